// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"sort"

	"github.com/copytaster/copytaster"
)

// fieldParties makes names of the values of a notice's fields and puts them
// into its relation.
func (a *analysis) fieldParties(r *relation, suppliers []copytaster.Span, buyer copytaster.Span) {
	for _, s := range suppliers {
		a.fieldName(s, copytaster.RoleSupplier)
	}
	if buyer.End > 0 {
		a.fieldName(buyer, copytaster.RoleBuyer)
	}
	sort.SliceStable(a.names, func(i, j int) bool { return a.names[i].start < a.names[j].start })
	for i := range a.names {
		n := &a.names[i]
		if !n.field {
			continue
		}
		if n.role == copytaster.RoleBuyer {
			r.buyer = party{name: i + 1}
		} else {
			r.suppliers = append(r.suppliers, i)
		}
	}
}

// fieldName makes one name of the whole value of a field, however it is written. The names found inside it make way: one of them says
// which entity of the gazetteer it is, where it is the head of the value or stands
// behind "t/a".
func (a *analysis) fieldName(s copytaster.Span, role copytaster.Role) {
	from, to := a.tokensIn(s)
	n := name{from: from, to: to, start: int32(s.Start), end: int32(s.End), ent: -1, role: role, score: 0.95, like: 5, field: true}
	n.body = role == copytaster.RoleBuyer
	for n.sent+1 < len(a.sents) && a.sents[n.sent].to <= from {
		n.sent++
	}
	n.party = a.surface(&n)
	kept := a.names[:0:0]
	for i := range a.names {
		m := &a.names[i]
		if int(m.end) <= s.Start || int(m.start) >= s.End {
			kept = append(kept, *m)
			continue
		}
		if e := a.entity(m); e != nil && e.kind.serves(role) && (m.from == from || a.word(m.from-1) == "the" && m.from == from+1 || a.tradesAs(m.from)) {
			n.party, n.ent, n.alias = m.party, m.ent, m.alias
			n.first, n.flags = m.first, m.flags
		}
	}
	if a.word(from) == "the" && n.to-n.from > 1 {
		n.from++
		n.start = a.toks[n.from].start
	}
	a.names = append(kept, n)
}

// tradesAs reports whether "t/a" or "trading as" stands before token i.
func (a *analysis) tradesAs(i int) bool {
	return a.word(i-1) == "a" && a.word(i-2) == "t" || a.word(i-1) == "as" && a.word(i-2) == "trading"
}

// tokensIn are the tokens of a span.
func (a *analysis) tokensIn(s copytaster.Span) (from, to int) {
	from = sort.Search(len(a.toks), func(i int) bool { return int(a.toks[i].start) >= s.Start })
	to = sort.Search(len(a.toks), func(i int) bool { return int(a.toks[i].start) >= s.End })
	return from, max(to, from+1)
}
