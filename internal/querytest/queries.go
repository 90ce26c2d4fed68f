// SPDX-License-Identifier: Apache-2.0

package querytest

import (
	"fmt"
	"strings"

	"github.com/copytaster/copytaster"
)

// Queries returns n queries of every form that the language has, about what
// Documents holds.
func Queries(seed int64, n int) []copytaster.Query {
	r := newRandom(seed, 2)
	out := make([]copytaster.Query, 0, n)
	for len(out) < n {
		// What stands side by side by chance can be refused, as two zones are.
		if q, err := copytaster.ParseQuery(r.query()); err == nil {
			out = append(out, q)
		}
	}
	return out
}

// query writes one query. Most are short, as people's are.
func (r random) query() string {
	switch n := r.IntN(10); {
	case n < 4:
		return r.leaf()
	case n < 7:
		return r.join(2+r.IntN(2), " ", r.leaf)
	}
	return r.expression(3)
}

func (r random) join(n int, separator string, part func() string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = part()
	}
	return strings.Join(parts, separator)
}

func (r random) expression(depth int) string {
	if depth == 0 {
		return r.leaf()
	}
	deeper := func() string { return r.expression(depth - 1) }
	switch r.IntN(8) {
	case 0, 1:
		return r.join(2, " ", deeper)
	case 2, 3:
		return "(" + r.join(2+r.IntN(2), " OR ", deeper) + ")"
	case 4:
		return "-(" + deeper() + ")"
	case 5:
		return "contract:(" + r.contractExpression(2) + ")"
	}
	return r.leaf()
}

func (r random) contractExpression(depth int) string {
	deeper := func() string { return r.contractExpression(depth - 1) }
	if depth == 0 {
		return r.contractLeaf()
	}
	switch r.IntN(6) {
	case 0, 1, 2:
		return r.join(2, " ", deeper)
	case 3:
		return "(" + r.join(2, " OR ", deeper) + ")"
	case 4:
		return "-" + r.contractLeaf()
	}
	return r.contractLeaf()
}

func (r random) contractLeaf() string {
	return pick(r, []func() string{r.party, r.party, r.figureValue, r.figureValue, r.status, r.subject})()
}

func (r random) leaf() string {
	s := pick(r, []func() string{
		r.word, r.word, r.word, r.phrase, r.phrase, r.titled, r.prefix, r.party, r.party, r.figureValue, r.figureValue,
		r.boundFigure, r.status, r.subject, r.keyword, r.keyword, r.day, r.day, r.zoned, r.zoned, r.contractOne,
	})()
	if r.chance(12) && !strings.Contains(s, " ") {
		return "-" + s
	}
	return s
}

func (r random) word() string {
	if r.chance(5) {
		return pick(r, []string{"unwritten", "Zürich", "fit-for-nothing"})
	}
	return pick(r, words())
}

func (r random) phrase() string {
	text := pick(r, phrases())
	if r.chance(50) {
		text = r.word() + " " + r.word()
	}
	s := fmt.Sprintf("%q", text)
	if r.chance(40) {
		return fmt.Sprintf("%s~%d", s, 1+r.IntN(6))
	}
	return s
}

func (r random) titled() string {
	return pick(r, []string{"title:", "body:"}) + pick(r, []func() string{r.word, r.phrase, r.prefix})()
}

func (r random) prefix() string {
	return pick(r, []string{"contract*", "review*", "work*", "prison*", "assess*", "tag*", "CAF*", "naï*", "20*", "unwr*", "fit*", "o'n*"})
}

func (r random) party() string {
	o := pick(r, organisations())
	value := o.id
	if value == "" || r.chance(40) {
		value = fmt.Sprintf("%q", pick(r, append(o.surfaces, o.name, strings.ToUpper(o.name))))
	}
	if r.chance(8) {
		value = "*"
	}
	if r.chance(4) {
		value = "nobody"
	}
	return string(o.role) + ":" + value
}

func (r random) figureValue() string {
	return pick(r, []string{
		"money:*", "money:>10m", "money:>=10m", "money:<1m", "money:<=£25k", "money:5m..12m", "money:5m..<12m", "money:£10m..", "money:..25,000",
		"money:>500m", "money:>=500m", "money:7", "money:10m", "money:1bn..2bn", "money:<7.50",
		"currency:gbp", "currency:eur", "currency:usd", "currency:*", "currency:jpy", "per:hour", "per:year", "per:*",
	})
}

// boundFigure asks several things of one figure.
func (r random) boundFigure() string {
	return pick(r, []string{"money:>1m", "money:*", "money:5m..60m", "money:<30k"}) + " " +
		pick(r, []string{"currency:gbp", "currency:*", "(currency:eur OR currency:usd)", "per:hour", "per:* currency:gbp"})
}

func (r random) status() string {
	return "status:" + pick(r, []string{"bidding", "awarded", "in-force", "extended", "under_review", "disputed", "cancelled", "*"})
}

func (r random) subject() string {
	return "subject:" + pick(r, []string{"assessment", "tagging", "prisons", `"probation services"`, `"electronic tagging"~3`, "support", "tag*", "*", "fishing"})
}

func (r random) keyword() string {
	return pick(r, []string{
		"kind:news", "kind:blog", "kind:notice", "kind:*", "source:guardian", "source:bbc-news", "source:*", "source:nobody",
		"author:bell", `author:"Bell, Ann"`, "author:O'Neill", "author:*", "language:en", "language:en-GB", "language:cy", "language:*",
	})
}

func (r random) day() string {
	return pick(r, []string{"published:", "fetched:"}) + pick(r, []string{
		"2014", "2013", "2014-02", "2013-12-24", "2014-01..2014-02", "2014-02..", "..2013-12-15", ">=2014-02-10", ">2014-01", "<2014", "<=2013-12", "*",
		"2014-01-03..2014-01-20",
	})
}

// zoned asks for an aside, or for something in one.
func (r random) zoned() string {
	zone := pick(r, []string{"zone:comment", "zone:related", "zone:body", "zone:jobs", "zone:*", "zone:promo", "(zone:comment OR zone:related)"})
	if r.chance(30) {
		return zone
	}
	return "(" + zone + " " + pick(r, []func() string{r.word, r.phrase, r.party, r.prefix})() + ")"
}

func (r random) contractOne() string {
	if r.chance(10) {
		return "contract:*"
	}
	return "contract:(" + r.contractExpression(1) + ")"
}
