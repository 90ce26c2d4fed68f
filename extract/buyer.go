// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"maps"
	"slices"

	"github.com/copytaster/copytaster"
)

// buyer finds the customer of a contract: by the verb's subject, the phrase
// behind the contract noun, the noun before it, then whoever else buys in the
// sentence.
func (v *view) buyer(c clause, m match) party {
	suppliers := map[int]bool{}
	for _, n := range m.names {
		suppliers[n] = true
	}
	for _, find := range []func(clause, match) int{v.buyerInPhrase, v.buyerBehind, v.buyerSubject, v.buyerAgent, v.buyerBetween, v.buyerNamed, v.buyerElse, v.buyerOwning, v.buyerUnknown, v.buyerSaying} {
		if i := find(c, m); i >= 0 && !(v.its[i].kind == itName && suppliers[v.its[i].name]) {
			return v.partyAt(i)
		}
	}
	return party{}
}

// partyAt is the buyer that item i names or stands for.
func (v *view) partyAt(i int) party {
	it := &v.its[i]
	if it.kind == itName {
		return party{name: it.name + 1}
	}
	switch w := v.word(it.to - 1); w {
	case "government", "ministers":
		if v.word(it.from) == "the" && it.to-it.from > 2 || v.specific() >= 0 {
			return party{name: v.specific() + 1}
		}
		if w == "ministers" {
			return party{}
		}
		return party{id: v.government()}
	}
	if v.topic.buyer < 0 {
		return party{name: v.specific() + 1}
	}
	return party{name: v.topic.buyer + 1}
}

// specific is a named body of the sentence, or -1.
func (v *view) specific() int {
	for i := range v.its {
		if v.its[i].kind == itName && v.buyerAt(i) {
			return v.its[i].name
		}
	}
	return -1
}

// government is the id of the government of the text's country. Of two that as
// much speaks for the British one is meant, or else the first by its code.
func (v *view) government() string {
	best, id := 0, ""
	votes := v.votes()
	for _, c := range slices.Sorted(maps.Keys(votes)) {
		if n := votes[c]; n > best || n == best && c == "GB" {
			best = n
			id = map[string]string{"GB": "uk-government", "US": "us-government"}[c]
		}
	}
	if v.g.Name(id) == "" {
		return ""
	}
	return id
}

// buyerInPhrase reads "the Home Office's contract", "NHS contract".
func (v *view) buyerInPhrase(c clause, _ match) int {
	for j := c.at - 1; j >= max(0, c.np-1); j-- {
		if v.buyerAt(j) && (v.owned(j) || v.its[j].to == v.its[c.at].from || j >= c.np && v.its[j].kind == itName && c.at-j < 5) {
			return j
		}
	}
	return -1
}

// buyerBehind reads "contract with B", "by B", "from B", "for B" behind the
// contract noun.
func (v *view) buyerBehind(c clause, m match) int {
	for j := c.at + 1; j < min(c.end, c.at+30); j++ {
		switch v.word(v.its[j].from) {
		case "with", "by", "from", "for", "between", "to", "under", "at", "across", "of", "behalf":
		default:
			continue
		}
		if b := v.bodyIn(j+1, min(c.end, j+6)); b >= 0 && !v.reportedBy(j, b) && !v.aside(b) {
			return b
		}
		if v.ranBy(j) {
			return j + 1
		}
	}
	return -1
}

// ranBy reports whether the name behind the "by" at item j runs the framework
// that a supplier has won a place on.
func (v *view) ranBy(j int) bool {
	return v.word(v.its[j].from) == "by" && j > 1 && j+1 < len(v.its) && v.its[j+1].kind == itName && !v.listed(j+1) &&
		v.its[j-1].kind == itVerb && v.its[j-1].verb.act == actRun && v.its[j-2].kind == itPaper
}

// bodyIn is the first body of a noun phrase that begins at item i, or -1.
func (v *view) bodyIn(i, end int) int {
	for j := i; j < end; j++ {
		it := &v.its[j]
		switch {
		case v.buyerAt(j):
			return j
		case j == i && it.kind == itVerb && it.verb.form&formBase != 0 && v.ownedAhead(j, end):
		case it.kind == itWord && !prepositions.has(it.hash) && !relatives.has(it.hash) && v.word(it.from) != "and":
		default:
			return -1
		}
	}
	return -1
}

// ownedAhead reports whether the next name behind item j is a possessive: "to
// overhaul the NHS's platform".
func (v *view) ownedAhead(j, end int) bool {
	for j++; j < end; j++ {
		if v.its[j].kind == itName {
			return v.owned(j)
		}
	}
	return false
}

// reportedBy reports whether the body is only the source: "according to B".
func (v *view) reportedBy(prep, b int) bool {
	return prep > 0 && v.word(v.its[prep-1].from) == "according"
}

// buyerSubject is the body that awards, hires, pays, ends or reviews.
func (v *view) buyerSubject(c clause, m match) int {
	g := m.verb
	if g < 0 || v.its[g].kind != itVerb || v.its[g].passive {
		g = c.governor
	}
	if g < 0 {
		return -1
	}
	for j := g - 1; j >= 0; j-- {
		if v.buyerAt(j) {
			return j
		}
		if v.its[j].kind == itMark && v.raw(v.its[j].from) == ";" {
			return -1
		}
	}
	return -1
}

// buyerAgent reads "by B" behind a passive verb.
func (v *view) buyerAgent(c clause, m match) int {
	for _, g := range []int{m.verb, c.after, c.governor} {
		if g < 0 || v.its[g].kind != itVerb {
			continue
		}
		for j := g + 1; j < min(len(v.its), g+16); j++ {
			if w := v.word(v.its[j].from); w == "by" || w == "from" || w == "with" || w == "for" {
				if b := v.bodyIn(j+1, min(len(v.its), j+6)); b >= 0 {
					return b
				}
			}
		}
	}
	return -1
}

// buyerBetween reads "supply masks to B in an agreement": the body between the
// verb and the contract noun.
func (v *view) buyerBetween(c clause, m match) int {
	if c.governor < 0 {
		return -1
	}
	for j := c.governor + 1; j < c.np; j++ {
		if w := v.word(v.its[j].from); w == "to" || w == "for" || w == "with" {
			if b := v.bodyIn(j+1, c.np); b >= 0 {
				return b
			}
		}
	}
	return -1
}

// buyerNamed reads "X has awarded a contract to S", where X is a name of no known
// sort.
func (v *view) buyerNamed(c clause, m match) int {
	g := m.verb
	if g < 0 || v.its[g].kind != itVerb || v.its[g].passive || m.act != actAward {
		return -1
	}
	return v.subjectName(g)
}

// buyerElse is the only body that the sentence names.
func (v *view) buyerElse(c clause, m match) int {
	only := -1
	for i := range v.its {
		if v.its[i].kind != itName || !v.buyerAt(i) || v.isGeneric(party{name: v.its[i].name + 1}) || v.aside(i) || v.leftBehind(i) {
			continue
		}
		if only >= 0 && v.names[v.its[i].name].party != v.names[v.its[only].name].party {
			return -1
		}
		only = i
	}
	return only
}

// buyerUnknown reads "appointed by X to", "won the contract from X", where X is a
// name of no known sort.
func (v *view) buyerUnknown(c clause, m match) int {
	g := m.verb
	if g < 0 || v.its[g].kind != itVerb {
		return -1
	}
	prep := ""
	switch {
	case v.its[g].passive && (m.act == actHire || m.act == actAward || m.act == actPay):
		prep = "by"
	case m.act == actWin:
		prep = "from"
	default:
		return -1
	}
	for j := g + 1; j+1 < min(len(v.its), g+14); j++ {
		if v.word(v.its[j].from) == prep && v.its[j+1].kind == itName && !v.listed(j+1) && v.names[v.its[j+1].name].like > -4 {
			return j + 1
		}
	}
	return -1
}

// buyerSaying reads "X said that S had won the order", where X is a name of no
// known sort and the only one that speaks: who announces an award gives it.
func (v *view) buyerSaying(c clause, m match) int {
	switch m.act {
	case actWin, actAward, actHire, actHold:
	default:
		return -1
	}
	for j := 1; j < len(v.its); j++ {
		if !oneOf(v.word(v.its[j].from), "said", "says", "announced", "confirmed") {
			continue
		}
		for k := j - 1; k >= 0; k-- {
			if v.its[k].kind != itName {
				continue
			}
			if n := &v.names[v.its[k].name]; k > 0 || n.ent >= 0 || n.like < -1 || v.has(m.names, v.its[k].name) {
				return -1
			}
			return k
		}
		return -1
	}
	return -1
}

// buyerOwning reads "to run the NHS's network": the only body whose thing the
// work is done on, be it a name for many bodies.
func (v *view) buyerOwning(c clause, m match) int {
	only := -1
	for i := range v.its {
		if v.its[i].kind != itName || !v.buyerAt(i) || !v.owned(i) || v.aside(i) {
			continue
		}
		if only >= 0 && v.names[v.its[only].name].party != v.names[v.its[i].name].party {
			return -1
		}
		only = i
	}
	return only
}

// aside reports whether the body at item i is only compared, passed over or
// quoted: "instead of the NHS", "according to the MoD".
func (v *view) aside(i int) bool {
	for j := i - 1; j >= 0 && i-j < 6; j-- {
		switch v.word(v.its[j].from) {
		case "instead", "against", "unlike", "than", "according", "rather", "former":
			return true
		}
	}
	return false
}

// nearReach is how many sentences away a body may be named to be the customer
// of a contract that names none.
const nearReach = 2

// nearBuyers gives the records without a buyer the one body that the text
// names, where it stands near.
func (a *analysis) nearBuyers(recs []record) {
	only := -1
	for i := range a.names {
		n := &a.names[i]
		if !n.buys() || a.isGeneric(party{name: i + 1}) || a.sents[n.sent].zone != copytaster.ZoneBody || n.ent < 0 && !bodyEnds.has(a.toks[n.to-1].hash) {
			continue
		}
		if only >= 0 && a.names[only].party != n.party {
			return
		}
		only = i
	}
	if only < 0 {
		return
	}
	for i := range recs {
		if r := &recs[i]; !r.buyer.known() && a.namedNear(only, r.sent) {
			r.buyer = party{name: only + 1}
		}
	}
}

// namedNear reports whether the party of a name is named within reach of a
// sentence.
func (a *analysis) namedNear(name, sent int) bool {
	for i := range a.names {
		if d := a.names[i].sent - sent; a.names[i].party == a.names[name].party && -nearReach <= d && d <= nearReach {
			return true
		}
	}
	return false
}

// leftBehind reports whether the body at item i is what a supplier runs or hands
// back, not who it does it for: "hands back Hinchley Hospital".
func (v *view) leftBehind(i int) bool {
	for j := i - 1; j >= 0 && i-j < 3; j-- {
		if v.its[j].kind == itVerb && !v.owned(i) {
			return v.its[j].verb.act == actExit || v.its[j].verb.act == actRun
		}
	}
	return false
}
