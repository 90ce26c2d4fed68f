// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"sort"

	"github.com/copytaster/copytaster"
)

// nameFields makes names of the values of a notice's fields that name parties.
func (a *analysis) nameFields(n *noticeText) {
	for i := range n.awards {
		w := &n.awards[i]
		for _, s := range w.suppliers {
			a.fieldName(s, copytaster.RoleSupplier)
		}
		if w.client.End > 0 && w.client != n.buyer {
			a.fieldName(w.client, copytaster.RoleBuyer)
		}
	}
	if n.buyer.End > 0 {
		a.fieldName(n.buyer, copytaster.RoleBuyer)
	}
	sort.SliceStable(a.names, func(i, j int) bool { return a.names[i].start < a.names[j].start })
}

// fieldNamed is the index of the name that a field's value was made, or -1.
func (a *analysis) fieldNamed(s copytaster.Span) int {
	i := sort.Search(len(a.names), func(i int) bool { return int(a.names[i].end) > s.Start })
	if i < len(a.names) && int(a.names[i].start) < s.End {
		return i
	}
	return -1
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
		if e := a.entity(m); e != nil && e.kind.serves(role) && (m.from == from || a.word(m.from-1) == "the" && m.from == from+1 || a.tradesAs(m.from)) && !(role == copytaster.RoleBuyer && a.namedOn(m, to)) && !a.otherFirm(m, to) {
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

// namedOn reports whether a name inside a buyer's field is only the beginning of
// another: the "Department of Health" of "Department of Health and Human Services".
func (a *analysis) namedOn(n *name, to int) bool {
	return n.to+1 < to && oneOf(a.word(n.to), "and", "of", "for") && a.toks[n.to+1].cap
}

// otherFirm reports whether a name inside a field is a word that other companies
// have too, and goes on with another: the "Compass" of "Compass Minerals Ltd".
func (a *analysis) otherFirm(n *name, to int) bool {
	return n.flags&(flagContext|flagStripped) != 0 && !n.suffix && n.to < to && a.toks[n.to].cap && !legalForms.has(a.toks[n.to].hash) && !weakForms.has(a.toks[n.to].hash) && !places.has(a.toks[n.to].hash)
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
