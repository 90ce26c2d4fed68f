// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"github.com/copytaster/copytaster"
)

// The rules of frames around a contract noun. Each looks for the supplier in one
// place of the clause.

// ruleAward reads "B awarded S a contract", "B awarded a contract to S", "the
// contract was awarded to S", "a contract awarded to S", "went to S".
func ruleAward(v *view, c clause) match {
	if g := c.governor; g >= 0 && v.its[g].verb.act == actAward && !v.its[g].passive && (v.its[g].verb.form != formPart || v.its[g].perfect) {
		for j := g + 1; j < c.np; j++ {
			if v.supplier(j, 0) && !v.inPhrase(j) || v.its[j].kind == itFirm {
				return v.gave(g, j)
			}
		}
		if s := v.behind(c.at, c.end, "to"); s >= 0 {
			return v.gave(g, s)
		}
	}
	for j := c.at + 1; j < min(c.end, c.at+16); j++ {
		it := &v.its[j]
		if !(it.kind == itVerb && it.verb.act == actAward && it.verb.form&formPart != 0) && !(it.kind == itWord && wentForms.has(it.hash)) {
			continue
		}
		if s := v.behind(j, min(c.end, j+12), "to"); s >= 0 {
			return v.gave(j, s)
		}
	}
	if oneOf(v.word(v.its[c.at].from), "award", "awards") {
		if s := v.behind(c.at, c.end, "to"); s >= 0 {
			return match{names: v.list(s), act: actAward, score: scoreStrong, verb: -1}
		}
	}
	return match{}
}

// wentForms are the forms of "go", which a contract does to its winner.
var wentForms = hashSet("go goes went gone going")

// gave is the match of a verb of giving and the receiver at item s.
func (v *view) gave(verb, s int) match {
	m := match{act: actAward, score: scoreStrong, verb: verb}
	if v.its[s].kind == itFirm {
		m.names = v.resolve(s)
	} else {
		m.names = v.list(s)
	}
	m.drop = v.its[verb].kind == itVerb && v.its[verb].negated
	if outsources.has(v.its[verb].hash) {
		m.act = actRun
	}
	return m
}

// behind is the supplier, or what stands for one, that follows the preposition
// prep after item i, before item end; -1 for none.
func (v *view) behind(i, end int, prep string) int {
	for j := i + 1; j < end; j++ {
		it := &v.its[j]
		if it.kind == itPaper && contractWords.has(it.hash) && j > i+2 {
			return -1
		}
		if it.kind != itWord || v.word(it.from) != prep {
			continue
		}
		if s := v.partyIn(j+1, min(end, j+9)); s >= 0 {
			return s
		}
		if prep != "to" {
			return -1
		}
	}
	return -1
}

// partyIn is the first supplier of a noun phrase that begins at item i, or -1:
// nothing but words may stand before it ("outsourcing giant Serco", "companies
// such as Deloitte").
func (v *view) partyIn(i, end int) int {
	for j := i; j < end; j++ {
		switch {
		case v.supplier(j, 0) && !v.owned(j), v.its[j].kind == itFirm:
			return j
		case v.supplier(j, 0) && v.ownedBySupplier(j):
		case v.supplier(j, 0), v.buyerAt(j), !v.beforeParty(j):
			return -1
		}
	}
	return -1
}

// beforeParty reports whether item j may stand in a noun phrase before the name
// of a party.
func (v *view) beforeParty(j int) bool {
	it := &v.its[j]
	switch it.kind {
	case itName, itMoney:
		return true
	case itWord:
		return !prepositions.has(it.hash) || oneOf(v.word(it.from), "of", "as", "by")
	case itVerb:
		return it.verb.act == actAward || it.verb.form&(formPart|formIng) != 0
	case itMark:
		return oneOf(v.raw(it.from), "-", "–", "—", ":")
	}
	return false
}

// ownedBySupplier reports whether the possessive at item j belongs to another
// supplier's name ("Serco's subsidiary X").
func (v *view) ownedBySupplier(j int) bool { return j+2 < len(v.its) && v.supplier(j+2, 0) }

// ruleHeldBy reads "the contract held by S", "run by S", "won by S".
func ruleHeldBy(v *view, c clause) match {
	for j := c.at + 1; j < min(c.end, c.at+16); j++ {
		it := &v.its[j]
		if it.kind == itVerb && it.verb.form&formPart != 0 && j+1 < len(v.its) && v.word(v.its[j+1].from) == "by" {
			if it.verb.act == actRun && v.wonByListed(c) {
				continue // "a place on a framework run by B"
			}
			switch it.verb.act {
			case actHold, actRun, actWin, actSign, actLose:
				if s := v.partyIn(j+2, min(c.end, j+9)); s >= 0 {
					return match{names: v.listOf(s), act: it.verb.act, score: scoreStrong, verb: j}
				}
			}
		}
	}
	return match{}
}

// wonByListed reports whether a listed supplier is already the winner of the
// contract.
func (v *view) wonByListed(c clause) bool {
	g := c.governor
	if g < 0 || v.its[g].verb.act != actWin && !v.its[g].passive {
		return false
	}
	s := v.subject(g)
	return s >= 0 && (v.its[s].kind == itFirm || v.listed(s))
}

// listOf is the row of names that item s begins, or what it stands for.
func (v *view) listOf(s int) []int {
	if v.its[s].kind == itFirm {
		return v.resolve(s)
	}
	return v.list(s)
}

// ruleBetween reads "the contract between B and S".
func ruleBetween(v *view, c clause) match {
	for j := c.at + 1; j < min(c.end, c.at+8); j++ {
		if v.word(v.its[j].from) != "between" {
			continue
		}
		for k := j + 1; k < min(c.end, j+9); k++ {
			if v.supplier(k, 0) {
				if !v.buyerIn(j, k+4) && !v.listed(k) {
					return match{}
				}
				return match{names: []int{v.its[k].name}, act: v.stateAct(c), score: scoreStrong, verb: v.stateVerb(c)}
			}
		}
	}
	return match{}
}

// buyerIn reports whether a body stands between two items.
func (v *view) buyerIn(from, to int) bool {
	for j := from; j < min(to, len(v.its)); j++ {
		if v.buyerAt(j) {
			return true
		}
	}
	return false
}

// ruleTakes reads "S takes over the franchise from T".
func ruleTakes(v *view, c clause) match {
	g := c.governor
	if g < 0 || v.its[g].verb.act != actReplace || v.its[g].passive || !v.directObject(g, c.at) {
		return match{}
	}
	if s := v.subject(g); s >= 0 {
		return match{names: v.listOf(s), act: actReplace, score: scoreGood, verb: g}
	}
	return match{}
}

// ruleFrom reads "an order for rifles from S", where a body orders or cancels.
func ruleFrom(v *view, c clause) match {
	if w := v.word(v.its[c.at].from); w != "order" && w != "orders" && w != "deal" {
		return match{}
	}
	g := c.governor
	if g < 0 || v.bodyBeforeVerb(g) < 0 {
		return match{}
	}
	if s := v.behind(c.at, min(c.end, c.at+8), "from"); s >= 0 && v.its[s].kind == itName {
		return match{names: v.list(s), act: v.its[g].verb.act, score: scoreGood, verb: g}
	}
	return match{}
}

// passedOn reads the second half of "S lost the contract to T".
func (v *view) passedOn(c clause, m match) {
	if m.act != actLose && m.act != actEnd {
		return
	}
	s := v.behind(c.at, min(c.end, c.at+6), "to")
	if s < 0 || v.its[s].kind != itName {
		return
	}
	for _, n := range m.names {
		if v.names[n].party == v.names[v.its[s].name].party {
			return
		}
	}
	m.names, m.act, m.buyer = v.list(s), actAward, party{}
	r := relation{suppliers: m.names, sent: v.si, score: scoreStrong, evidence: []copytaster.Span{v.s.Span}, values: v.values(c, m),
		subject: v.subjectOf(c, m), status: copytaster.StatusAwarded, later: true}
	r.buyer = v.buyer(c, m)
	v.add(r)
}
