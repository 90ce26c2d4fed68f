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
		if v.its[i].kind == itPaper && !v.used[i] && !v.otherPaper(i) {
			v.paper(i)
		}
	}
	for i := range v.its {
		if v.its[i].kind == itVerb {
			v.bare(i)
		}
	}
	v.relative()
	v.contractorOf()
	v.passes()
	v.done()
	v.nouns()
}

// otherBefore and otherAfter are words beside a contract noun that make it a
// thing of another sort.
var (
	otherBefore = words("social record recording book futures options employment zero-hours hours rental tenancy phone mobile sim plea peace trade takeover merger brexit pay buyout book publishing marriage modelling nuclear hitman film arms-control settlement prosecution confidentiality non-disclosure collective coalition climate paris withdrawal short-term shareholder player playing managerial broadband sponsorship kit confidence-and-supply licensing tv")
	otherAfter  = words("manager managers officer officers administrator lawsuit killing killer killers law cleaner cleaners bridge workers staff work")
)

// paper reads the frame around the contract noun at item i.
func (v *view) paper(i int) {
	c := v.clauseOf(i)
	for _, rule := range paperRules {
		m := rule(v, c)
		if len(m.names) == 0 {
			continue
		}
		if v.used[i] = true; m.drop {
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
	for j > 0 {
		it := &v.its[j-1]
		switch {
		case it.kind == itMoney:
		case it.kind == itWord && !prepositions[it.hash] && !relatives[it.hash] && !beForms[it.hash] && !haveForms[it.hash] && v.word(it.from) != "and" && v.word(it.from) != "or":
			if articles[it.hash] {
				return j - 1
			}
		case it.kind == itWord && v.word(it.from) == "and" && j > 1 && v.its[j-2].kind == itWord && !articles[v.its[j].hash] && i-j < 4:
		case it.kind == itMark && (v.raw(it.from) == "," && j > 1 && i-j < 5 && (v.its[j-2].kind == itMoney || v.its[j-2].kind == itWord && j-2 > 0 && (v.its[j-3].kind == itMoney || articles[v.its[j-3].hash])) || v.raw(it.from) == "“" || v.raw(it.from) == "”" || v.raw(it.from) == "-"):
		case it.kind == itMark && (v.raw(it.from) == ")" && j > 1 && v.its[j-2].kind == itMoney || v.raw(it.from) == "(" && v.its[j].kind == itMoney):
		case it.kind == itName && !v.owned(j-1) && i-j < 6 && (v.buyerAt(j-1) || v.its[j-1].to == v.its[j].from):
			return j - 1
		case it.kind == itName && v.owned(j-1):
			return j - 1
		case it.kind == itVerb && it.verb.form&(formIng|formPart|formBase) != 0 && !v.subjectClose(j-1) && v.attributive(j-1):
		default:
			return j
		}
		j--
		if i-j > 9 {
			return j
		}
	}
	return j
}

// attributive reports whether the verb form at item j stands as a noun or
// adjective before the contract noun: "monitoring contract", "proposed deal".
func (v *view) attributive(j int) bool {
	for k := j - 1; k >= 0 && j-k < 6; k-- {
		it := &v.its[k]
		if it.kind == itMoney || it.kind == itWord && articles[it.hash] || it.kind == itName && v.owned(k) {
			return true
		}
		if it.kind != itWord || prepositions[it.hash] || beForms[it.hash] {
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
		if it.kind == itPaper && contractWords[it.hash] && j-i > 2 || it.kind == itMark && v.raw(it.from) == ";" {
			return j
		}
	}
	return len(v.its)
}

// verbAfter is the verb that the contract noun at i is the subject of, or -1.
func (v *view) verbAfter(i, end int) int {
	for j := i + 1; j < end && j-i < 14; j++ {
		it := &v.its[j]
		if it.kind == itName && !v.inPhrase(j) && v.word(it.from-1) != "and" || it.kind == itFirm && !v.inPhrase(j) || it.kind == itWord && clauseWords[it.hash] {
			return -1
		}
		if it.kind == itVerb {
			if v.word(it.from-1) == "be" && v.word(it.from-2) == "to" && !beForms[v.hash(it.from-3)] {
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
