// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"github.com/copytaster/copytaster"
)

// Scores of the kinds of frame, calibrated on the development data: the share
// of relations of a kind that were right.
const (
	scoreStrong = 0.93 // the verb names both: "won the contract", "awarded to"
	scoreGood   = 0.85 // possessives, "contract with X", "held by X"
	scoreFair   = 0.7  // a supplier that acts under a contract, or for a body
	scoreLoose  = 0.55 // the only supplier beside the only contract
)

// frames reads every frame of the sentence: first those around a contract noun,
// then those of verbs that need none.
func (v *view) frames() {
	if v.foreign() {
		return
	}
	for i := range v.its {
		if v.its[i].kind == itPaper && !v.its[i].read && !v.otherPaper(i) {
			v.paper(i)
		}
	}
	for i := range v.its {
		if v.its[i].kind == itVerb {
			v.bare(i)
		}
	}
	v.relative()
	v.deeds()
	v.nominals()
	v.contractorOf()
	v.ownService()
	v.passes()
	v.done()
	v.nouns()
	v.rememberPay()
}

// otherBefore and otherAfter are words beside a contract noun that make it a
// thing of another sort.
var (
	otherBefore = words("social record recording book futures options employment zero-hours hours rental tenancy phone mobile sim plea peace trade takeover merger brexit pay buyout book publishing marriage modelling nuclear hitman film arms-control settlement prosecution confidentiality non-disclosure collective coalition climate paris withdrawal short-term shareholder player playing managerial broadband sponsorship kit confidence-and-supply licensing tv")
	otherAfter  = words("news manager managers officer officers administrator lawsuit book books intake killing killer killers law cleaner cleaners bridge workers staff work")
)

// paper reads the frame around the contract noun at item i.
func (v *view) paper(i int) {
	c := v.clauseOf(i)
	for _, rule := range paperRules {
		m := rule(v, c)
		if len(m.names) == 0 {
			continue
		}
		if v.its[i].read = true; m.drop {
			return
		}
		m.names = v.alongside(m.names)
		v.state(c, m)
		v.passedOn(c, m)
		return
	}
	v.remember(c)
}

// remember keeps a contract that the sentence tells of without its supplier: a
// later sentence may name who has "the contract".
func (v *view) remember(c clause) {
	if v.denied() || v.its[c.np].kind == itWord && v.word(v.its[c.np].from) == "the" && len(v.values(c, match{})) == 0 {
		return
	}
	m := match{act: v.stateAct(c), verb: v.stateVerb(c)}
	r := relation{values: v.values(c, m), subject: v.subjectOf(c, m), sent: v.si, evidence: []copytaster.Span{v.s.Span}, buyer: v.buyer(c, m)}
	r.status, r.later = v.status(c, m)
	v.orphan = &r
}

// rememberPay keeps what a body is said to pay for something, where the sentence
// names nobody who gets it: "the council is splashing out £340,000 on coaches".
func (v *view) rememberPay() {
	if v.orphan != nil || len(v.found) > 0 || v.speculative() {
		return
	}
	for i := range v.its {
		if v.supplier(i, 1) {
			return
		}
	}
	for g := range v.its {
		it := &v.its[g]
		if it.kind != itVerb || it.verb.act != actPay && !receives.has(it.hash) || it.negated || !v.figureNear(g) || !receives.has(it.hash) && v.subject(g) >= 0 {
			continue
		}
		c := clause{at: g, np: g, governor: g, after: -1, end: v.clauseEnd(g)}
		m := match{act: actPay, verb: g}
		r := relation{values: v.bareValues(g, c.end, m), subject: v.spentOn(g), sent: v.si, evidence: v.here(), buyer: v.buyer(c, m), status: copytaster.StatusInForce}
		v.orphan = &r
		return
	}
}

// spentOn is what money is spent on, behind the verb at item g.
func (v *view) spentOn(g int) string {
	for j := g + 1; j+1 < min(len(v.its), g+10); j++ {
		if oneOf(v.word(v.its[j].from), "on", "for", "to") && v.its[j].kind == itWord && v.its[j+1].kind != itMoney {
			return v.piece(j+1, len(v.its))
		}
	}
	return ""
}

// clause is a contract noun with what governs it.
type clause struct {
	at       int // the item of the contract noun
	np       int // the first item of its noun phrase
	governor int // the verb before it, or -1
	after    int // the verb that it is the subject of, or -1
	end      int // the item at which its reach ends
}

// match is what a rule found: the suppliers, how well, and what the frame says
// of the state.
type match struct {
	names []int
	act   act
	score float64
	verb  int  // the verb's item, or -1
	drop  bool // the text denies it, or says that somebody else has it
	buyer party
}

// paperRules are tried in their order; the first that finds a supplier holds.
var paperRules = []func(*view, clause) match{
	ruleAward, ruleHeldBy, ruleBetween, ruleOwner, ruleFrom, ruleRunner, ruleWith, ruleIts, ruleSubject, ruleHired, ruleTakes, ruleUnderWhich, ruleUnder, ruleWhose, ruleFor, ruleOnly, ruleTopic, ruleNear,
}

// clauseOf finds what governs a contract noun.
func (v *view) clauseOf(i int) clause {
	c := clause{at: i, np: v.phraseStart(i), governor: -1, after: -1}
	c.governor = v.governor(c.np)
	c.end = v.reach(i)
	c.after = v.verbAfter(i, c.end)
	return c
}

// phraseStart is the first item of the noun phrase that ends in item i.
func (v *view) phraseStart(i int) int {
	j := i
	for j > 0 && i-j <= 9 {
		it := &v.its[j-1]
		switch {
		case it.kind == itMoney, v.adjectival(j-1, i), v.inNumber(j-1, i), v.participle(j - 1):
		case it.kind == itWord && articles.has(it.hash), v.ownerAt(j-1, i):
			return j - 1
		default:
			return j
		}
		j--
	}
	return j
}

// adjectival reports whether item j is a word that may stand before a noun at
// item i in one noun phrase.
func (v *view) adjectival(j, i int) bool {
	it := &v.its[j]
	if it.kind != itWord || articles.has(it.hash) {
		return false
	}
	if v.word(it.from) == "and" {
		return j > 0 && v.its[j-1].kind == itWord && !articles.has(v.its[j+1].hash) && i-j < 5
	}
	return !prepositions.has(it.hash) && !relatives.has(it.hash) && !beForms.has(it.hash) && !haveForms.has(it.hash) && v.word(it.from) != "or"
}

// inNumber reports whether item j is a mark inside a noun phrase: in "a £400m,
// four-year framework", "the $325m (£170m) contract", or a quote.
func (v *view) inNumber(j, i int) bool {
	if v.its[j].kind != itMark {
		return false
	}
	figure := func(k int) bool { return k >= 0 && v.its[k].kind == itMoney }
	switch v.raw(v.its[j].from) {
	case ",":
		if i-j > 5 || j == 0 {
			return false
		}
		return figure(j-1) || v.its[j-1].kind == itWord && j > 1 && (figure(j-2) || articles.has(v.its[j-2].hash))
	case ")":
		return figure(j - 1)
	case "(":
		return figure(j + 1)
	case "“", "”", "-":
		return true
	}
	return false
}

// ownerAt reports whether the name at item j is the first of the noun phrase of
// item i: a possessive, a body, or a name right before it.
func (v *view) ownerAt(j, i int) bool {
	if v.its[j].kind != itName {
		return false
	}
	return v.owned(j) || i-j < 7 && (v.buyerAt(j) || v.its[j].to == v.its[j+1].from)
}

// participle reports whether the verb at item j is an adjective or a noun of the
// noun phrase.
func (v *view) participle(j int) bool {
	it := &v.its[j]
	return it.kind == itVerb && it.verb.form&(formIng|formPart|formBase) != 0 && !v.subjectClose(j) && v.attributive(j)
}

// attributive reports whether the verb form at item j stands as a noun or
// adjective before the contract noun: "monitoring contract", "proposed deal".
func (v *view) attributive(j int) bool {
	for k := j - 1; k >= 0 && j-k < 6; k-- {
		it := &v.its[k]
		if it.kind == itMoney || it.kind == itWord && articles.has(it.hash) || it.kind == itName && v.owned(k) {
			return true
		}
		if it.kind != itWord || prepositions.has(it.hash) || beForms.has(it.hash) {
			return false
		}
	}
	return false
}

func (v *view) subjectClose(j int) bool {
	return j > 0 && (v.its[j-1].kind == itName && !v.owned(j-1) || v.its[j-1].kind == itFirm)
}

// governor is the nearest verb of the list before item i in its clause, or -1.
func (v *view) governor(i int) int {
	for j := i - 1; j >= 0; j-- {
		it := &v.its[j]
		if it.kind == itVerb {
			if it.passive && j > 0 && v.its[j-1].kind == itPaper && i-j > 2 {
				continue // "a framework run by B and a contract ..."
			}
			return j
		}
		if it.kind == itMark {
			if r := v.raw(it.from); r == ";" || r == ":" || r == "—" || r == "–" {
				return -1
			}
		}
		if it.kind == itPaper && i-j > 2 && !v.wordWithin(v.its[j].from, v.its[i].from, "and") {
			return -1
		}
	}
	return -1
}

// reach is the item at which what stands behind a contract noun ends: at a
// semicolon, another contract noun in a phrase of its own, or the sentence's end.
func (v *view) reach(i int) int {
	for j := i + 1; j < len(v.its); j++ {
		it := &v.its[j]
		if it.kind == itPaper && contractWords.has(it.hash) && j-i > 2 || it.kind == itMark && v.raw(it.from) == ";" {
			return j
		}
	}
	return len(v.its)
}

// verbAfter is the verb that the contract noun at i is the subject of, or -1.
func (v *view) verbAfter(i, end int) int {
	for j := i + 1; j < end && j-i < 14; j++ {
		it := &v.its[j]
		if it.kind == itName && !v.inPhrase(j) && v.word(it.from-1) != "and" || it.kind == itFirm && !v.inPhrase(j) || it.kind == itWord && clauseWords.has(it.hash) {
			return -1
		}
		if it.kind == itVerb {
			if it.verb.form == formIng && !it.modal && v.word(it.from-1) != "be" && !beForms.has(v.hash(it.from-1)) {
				continue // "a contract for research into manufacturing was awarded"
			}
			if v.word(it.from-1) == "be" && v.word(it.from-2) == "to" && !beForms.has(v.hash(it.from-3)) {
				return -1 // ", to be replaced by"
			}
			if it.passive || it.verb.form&(formPast|formS) != 0 || it.modal {
				return j
			}
			if v.word(it.from-1) != "to" {
				return j
			}
		}
	}
	return -1
}

// clauseWords begin a clause with a subject of its own.
var clauseWords = hashSet("after before when while because although since until but whereas if")
