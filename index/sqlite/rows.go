// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"cmp"
	"math"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// The rows of a document are a pure function of it: see schema/001.sql.

// party is a row of the tables party and contract_party.
type party struct {
	role  copytaster.Role
	zone  copytaster.Zone
	value string
}

// Values of a party are marked by what they are, so that an id is never taken
// for a name.
const (
	markID   = "="
	markName = "~"
)

// parties collects rows, each once.
type parties map[party]bool

// add notes a naming, which has one row at least: "any supplier" is a question.
func (s parties) add(role copytaster.Role, zone copytaster.Zone, id string, names ...string) {
	before := len(s)
	if id != "" {
		s[party{role, zone, markID + id}] = true
	}
	for _, name := range names {
		if name = copytaster.FoldName(name); name != "" {
			s[party{role, zone, markName + name}] = true
		}
	}
	if len(s) == before {
		s[party{role, zone, ""}] = true
	}
}

// mentioned returns the parties named in the body and in the asides. A mention
// that says it stands elsewhere is in neither.
func mentioned(d *copytaster.Document) parties {
	rows := parties{}
	rows.addAll(d.Mentions, copytaster.ZoneBody)
	for _, a := range d.Asides {
		if a.Zone != copytaster.ZoneBody {
			rows.addAll(a.Mentions, a.Zone)
		}
	}
	return rows
}

func (s parties) addAll(mentions []copytaster.Mention, zone copytaster.Zone) {
	for _, m := range mentions {
		if m.Zone == zone || m.Zone == "" {
			s.add(m.Role, zone, m.Entity, m.Name, m.Alias, m.Surface)
		}
	}
}

// contracted returns the parties of a contract; their zone is empty.
func contracted(c *copytaster.Contract) parties {
	rows := parties{}
	for _, s := range c.Suppliers {
		rows.add(copytaster.RoleSupplier, "", s.Entity, s.Name)
	}
	if c.Buyer != (copytaster.Party{}) {
		rows.add(copytaster.RoleBuyer, "", c.Buyer.Entity, c.Buyer.Name)
	}
	return rows
}

// figure is a row of the tables money and contract_money.
type figure struct {
	lo, hi   any // int64 hundredths or nil
	currency string
	per      copytaster.Period
}

func figures(money []copytaster.Money) []figure {
	rows := make([]figure, len(money))
	for i := range money {
		m := &money[i]
		rows[i] = figure{currency: m.Currency, per: m.Per}
		if lo, hi, ok := m.Interval(); ok {
			rows[i].lo, rows[i].hi = lo, hi
		}
	}
	return rows
}

// keyword is a row of the table keyword.
type keyword struct{ field, value string }

// keywords returns the values of kind, source, author and language. A value of
// which folding leaves nothing is a row too: "any author" is a question.
func keywords(d *copytaster.Document) map[keyword]bool {
	rows := map[keyword]bool{}
	if d.Kind != "" {
		rows[keyword{"kind", copytaster.FoldName(string(d.Kind))}] = true
	}
	for _, s := range d.Sources {
		rows[keyword{"source", copytaster.FoldName(s)}] = true
	}
	for _, a := range d.Byline {
		rows[keyword{"author", " " + strings.Join(copytaster.Words(a), " ") + " "}] = true
	}
	tag := strings.ReplaceAll(strings.ToLower(d.Language), "_", "-")
	for i, r := range tag + "-" {
		if r == '-' && tag != "" {
			rows[keyword{"language", tag[:i]}] = true
		}
	}
	return rows
}

// counted is a row of the table facet; the map's value is its label.
type counted struct{ field, value string }

// facets returns what a document is counted under, once per value.
func facets(d *copytaster.Document) map[counted]string {
	rows := map[counted]string{}
	add := func(field, value, label string) {
		if value != "" {
			rows[counted{field, value}] = label
		}
	}
	for _, m := range d.Mentions {
		if (m.Zone == "" || m.Zone == copytaster.ZoneBody) && m.Role != copytaster.RoleOther {
			add(string(m.Role), cmp.Or(m.Entity, copytaster.FoldName(m.Name)), m.Name)
		}
	}
	for _, m := range d.Money {
		add("currency", m.Currency, "")
	}
	for _, b := range index.MoneyBandsOf(d) {
		add("money", b.Value, "")
	}
	for _, c := range d.Contracts {
		add("status", string(c.Status), "")
	}
	for _, s := range d.Sources {
		add("source", s, "")
	}
	add("kind", string(d.Kind), "")
	add("language", d.Language, "")
	if day := d.Published.Day(); len(day) >= len("2006-01") {
		add("month", day[:len("2006-01")], "")
	}
	return rows
}

// dates is the part of an article's row that it is sorted and dated by.
func dates(d *copytaster.Document) []any {
	newest, oldest := int64(math.MinInt64), int64(math.MaxInt64)
	if key, ok := index.PublishedKey(d.Published); ok {
		newest, oldest = key, key
	}
	from, to := d.Published.Days()
	fetched := ""
	if !d.Fetched.IsZero() {
		fetched = d.Fetched.UTC().Format(time.DateOnly)
	}
	return []any{newest, oldest, d.Fetched.UnixMilli(), orNull(from), orNull(to), orNull(fetched), index.AmountKey(d)}
}

// orNull is s, or NULL where it is empty.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
