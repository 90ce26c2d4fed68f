// SPDX-License-Identifier: Apache-2.0

package copytaster_test

import (
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/querytest"
)

// TestMatchAgreesWithTheDefinition compares MatchView with an evaluator that
// works each condition out from its definition, slowly, without its shortcuts.
func TestMatchAgreesWithTheDefinition(t *testing.T) {
	docs, queries := querytest.Documents(5, 120), querytest.Queries(5, 600)
	views := make([]*copytaster.View, len(docs))
	slow := make([]*naive, len(docs))
	for i, d := range docs {
		views[i], slow[i] = copytaster.NewView(d), newNaive(d)
	}
	hits := 0
	for _, q := range queries {
		for i, v := range views {
			got, want := q.MatchView(v), slow[i].holds(q.Plan())
			if got != want {
				t.Fatalf("%s: Match = %t, want %t, on\n%q\n%q", q, got, want, docs[i].Title, docs[i].Text)
			}
			if got {
				hits++
			}
		}
	}
	if share := hits * 100 / (len(docs) * len(queries)); share < 5 || share > 80 {
		t.Errorf("%d%% of the pairs match, which says little", share)
	}
}

// TestOperatorsMeanWhatTheySay holds for all queries p and q: a negation is the
// opposite, alternatives are either, side by side is both.
func TestOperatorsMeanWhatTheySay(t *testing.T) {
	var views []*copytaster.View
	for _, d := range querytest.Documents(9, 60) {
		views = append(views, copytaster.NewView(d))
	}
	queries := querytest.Queries(9, 300)
	for i, p := range queries {
		q := queries[(i+1)%len(queries)]
		not := copytaster.MustParseQuery("-(" + p.String() + ")")
		either := copytaster.MustParseQuery("(" + p.String() + ") OR (" + q.String() + ")")
		both := copytaster.MustParseQuery("-(-(" + p.String() + ")) -(-(" + q.String() + "))")
		for _, v := range views {
			a, b := p.MatchView(v), q.MatchView(v)
			if not.MatchView(v) == a {
				t.Fatalf("%s and %s are both %t", p, not, a)
			}
			if either.MatchView(v) != (a || b) {
				t.Fatalf("%s is %t, its parts %t and %t", either, !(a || b), a, b)
			}
			if both.MatchView(v) != (a && b) {
				t.Fatalf("%s is %t, its parts %t and %t", both, !(a && b), a, b)
			}
		}
	}
}

// naive evaluates conditions by going through everything.
type naive struct {
	doc   *copytaster.Document
	texts map[copytaster.Zone][][]copytaster.Token
}

func newNaive(d *copytaster.Document) *naive {
	n := &naive{doc: d, texts: map[copytaster.Zone][][]copytaster.Token{
		copytaster.ZoneTitle: {copytaster.Analyse(d.Title)}, copytaster.ZoneBody: {copytaster.Analyse(d.Text)},
	}}
	for _, a := range d.Asides {
		n.texts[a.Zone] = append(n.texts[a.Zone], copytaster.Analyse(a.Text))
	}
	return n
}

func (n *naive) holds(c copytaster.Cond) bool {
	switch c := c.(type) {
	case copytaster.And:
		return !slices.ContainsFunc(c, func(k copytaster.Cond) bool { return !n.holds(k) })
	case copytaster.Or:
		return slices.ContainsFunc(c, n.holds)
	case copytaster.Not:
		return !n.holds(c.Cond)
	case copytaster.TextCond:
		for _, z := range c.In {
			if slices.ContainsFunc(n.texts[z], func(t []copytaster.Token) bool { return naiveText(t, c) }) {
				return true
			}
		}
		return false
	case copytaster.EntityCond:
		return n.entity(c)
	case copytaster.MoneyCond:
		return slices.ContainsFunc(n.doc.Money, func(m copytaster.Money) bool { return naiveFigure(m, c) })
	case copytaster.ContractCond:
		return slices.ContainsFunc(n.doc.Contracts, func(k copytaster.Contract) bool { return naiveContract(k, c.Cond) })
	case copytaster.StatusCond, copytaster.SubjectCond:
		return n.holds(copytaster.ContractCond{Cond: c})
	case copytaster.KeywordCond:
		return n.keyword(c)
	case copytaster.DateCond:
		return n.date(c)
	case copytaster.ZoneCond:
		return len(n.texts[c.Zone]) > 0
	}
	panic("a condition that there is not")
}

// naiveText looks at every stretch of the text: in a proximity for all terms in
// one of len+Near, in a phrase for one that is the terms.
func naiveText(tokens []copytaster.Token, c copytaster.TextCond) bool {
	is := func(k copytaster.Token, term string) bool {
		switch {
		case c.Prefix:
			return strings.HasPrefix(k.Word, term)
		case c.Exact:
			return k.Word == term
		}
		return k.Stem == term
	}
	for start := range tokens {
		end := min(len(tokens), start+len(c.Terms)+c.Near)
		all := end-start >= len(c.Terms)
		for i, term := range c.Terms {
			if c.Near == 0 {
				all = all && is(tokens[start+i], term)
			} else {
				all = all && slices.ContainsFunc(tokens[start:end], func(k copytaster.Token) bool { return is(k, term) })
			}
			if !all {
				break
			}
		}
		if all {
			return true
		}
	}
	return false
}

func naiveParty(c copytaster.EntityCond, entity string, names ...string) bool {
	if c.Any || entity != "" && slices.Contains(c.IDs, entity) {
		return true
	}
	return slices.ContainsFunc(names, func(name string) bool { return copytaster.FoldName(name) == c.Name })
}

func (n *naive) entity(c copytaster.EntityCond) bool {
	mentions := n.doc.Mentions
	if c.Zone != copytaster.ZoneBody {
		mentions = nil
		for _, a := range n.doc.Asides {
			if a.Zone == c.Zone {
				mentions = append(mentions, a.Mentions...)
			}
		}
	}
	return slices.ContainsFunc(mentions, func(m copytaster.Mention) bool {
		return m.Role == c.Role && naiveParty(c, m.Entity, m.Name, m.Alias, m.Surface)
	})
}

func naiveFigure(m copytaster.Money, c copytaster.MoneyCond) bool {
	asks := func(want, have string) bool {
		return want == "" || want == have || want == copytaster.AnyValue && have != ""
	}
	if !asks(c.Currency, m.Currency) || !asks(string(c.Per), string(m.Per)) {
		return false
	}
	if c.Lo == nil && c.Hi == nil {
		return true
	}
	var ends []*big.Rat
	for _, d := range []*copytaster.Decimal{m.Min, m.Max} {
		if d != nil {
			r, _ := new(big.Rat).SetString(d.String())
			ends = append(ends, r.Mul(r, big.NewRat(100, 1)))
		}
	}
	if m.Vague || len(ends) == 0 {
		return false
	}
	low, high := ends[0], ends[len(ends)-1]
	return (c.Lo == nil || high.Cmp(big.NewRat(*c.Lo, 1)) >= 0) && (c.Hi == nil || low.Cmp(big.NewRat(*c.Hi, 1)) <= 0)
}

func naiveContract(k copytaster.Contract, c copytaster.Cond) bool {
	switch c := c.(type) {
	case copytaster.And:
		return !slices.ContainsFunc(c, func(part copytaster.Cond) bool { return !naiveContract(k, part) })
	case copytaster.Or:
		return slices.ContainsFunc(c, func(part copytaster.Cond) bool { return naiveContract(k, part) })
	case copytaster.Not:
		return !naiveContract(k, c.Cond)
	case copytaster.EntityCond:
		parties := k.Suppliers
		if c.Role == copytaster.RoleBuyer {
			parties = nil
			if k.Buyer.Key() != "" {
				parties = []copytaster.Party{k.Buyer}
			}
		}
		return slices.ContainsFunc(parties, func(p copytaster.Party) bool { return naiveParty(c, p.Entity, p.Name) })
	case copytaster.MoneyCond:
		return slices.ContainsFunc(k.Values, func(m copytaster.Money) bool { return naiveFigure(m, c) })
	case copytaster.StatusCond:
		return k.Status == c.Status
	case copytaster.SubjectCond:
		if c.Any {
			return k.Subject != ""
		}
		return naiveText(copytaster.Analyse(k.Subject), c.Text)
	}
	panic("a condition that no contract can have")
}

func (n *naive) keyword(c copytaster.KeywordCond) bool {
	values := map[string][]string{"kind": {string(n.doc.Kind)}, "source": n.doc.Sources, "author": n.doc.Byline, "language": {n.doc.Language}}[c.Field]
	return slices.ContainsFunc(values, func(v string) bool {
		switch {
		case v == "" || c.Any:
			return v != ""
		case c.Field == "language":
			return strings.HasPrefix(strings.ToLower(v)+"-", c.Value+"-")
		case c.Field == "author":
			line := " " + copytaster.FoldName(v) + " "
			return !slices.ContainsFunc(strings.Fields(c.Value), func(w string) bool { return !strings.Contains(line, " "+w+" ") })
		}
		return copytaster.FoldName(v) == c.Value
	})
}

// date goes through the days that the document's date stands for.
func (n *naive) date(c copytaster.DateCond) bool {
	const day = "2006-01-02"
	at, stated := n.doc.Fetched.UTC(), day
	if c.Field == "published" {
		at, stated = n.doc.Published.Time, n.doc.Published.Day()
	}
	if at.IsZero() {
		return false
	}
	if c.Field == "fetched" {
		stated = at.Format(day)
	}
	for d := time.Date(at.Year(), 1, 1, 0, 0, 0, 0, time.UTC); d.Year() == at.Year(); d = d.AddDate(0, 0, 1) {
		s := d.Format(day)
		if strings.HasPrefix(s, stated) && (c.From == "" || s >= c.From) && (c.To == "" || s <= c.To) {
			return true
		}
	}
	return false
}
