// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"

	"github.com/copytaster/copytaster"
)

// relative reads "S, which fixes potholes for B": whatever the verb, who does it
// for a body serves it.
func (v *view) relative() {
	for i := range v.its {
		if w := v.word(v.its[i].from); v.its[i].kind != itWord || w != "which" && w != "who" {
			continue
		}
		s := i - 1
		if s > 0 && v.its[s].kind == itMark {
			s--
		}
		if !v.supplier(s, 1) || v.told(v.list(s), i) {
			continue
		}
		for j := i + 2; j+1 < min(len(v.its), i+8) && v.its[j].kind == itWord; j++ {
			if v.word(v.its[j].from) != "for" {
				continue
			}
			b := v.bodyIn(j+1, min(len(v.its), j+5))
			if b < 0 || v.its[b].kind != itName || notServing.has(v.its[i+1].hash) {
				break
			}
			v.add(relation{suppliers: v.list(s), buyer: v.partyAt(b), status: copytaster.StatusInForce, sent: v.si, score: scoreLoose,
				subject: v.piece(i+1, j), evidence: []copytaster.Span{v.s.Span}})
		}
	}
}

// done reads "the hospital was finished by S, at a cost to B of £7m": any work
// that a supplier is said to have done, where a body or a sum stands beside it.
func (v *view) done() {
	for i := 1; i+1 < len(v.its); i++ {
		if v.word(v.its[i].from) != "by" || v.its[i-1].kind == itPaper {
			continue
		}
		w := v.word(v.its[i-1].to - 1)
		if len(w) < 5 || !strings.HasSuffix(w, "ed") && w != "built" && w != "drawn" && w != "written" || notDone.has(v.hash(v.its[i-1].to-1)) {
			continue
		}
		if it := &v.its[i-1]; it.kind == itVerb && it.verb.act != actRun && it.verb.act != actSign {
			continue
		}
		s := v.partyIn(i+1, min(len(v.its), i+6))
		if s < 0 || !v.supplier(s, 2) || v.specific() < 0 || v.told(v.list(s), i) || v.denied() {
			continue
		}
		v.add(relation{suppliers: v.list(s), buyer: party{name: v.specific() + 1}, status: copytaster.StatusInForce, sent: v.si, score: scoreLoose,
			subject: v.objectBefore(i - 1), values: v.valueBehind(s, len(v.its)), evidence: []copytaster.Span{v.s.Span}})
	}
}

// notDone are participles before "by" that tell of no work for a body.
var notDone = hashSet("owned acquired led headed founded backed funded hired employed criticised criticized accused sued fined denied followed joined caused overcharged misled disputed rejected bought published reported revealed issued faced posted announced sponsored chaired targeted represented named mentioned alleged replaced supplied donated advised commissioned awarded suffered claimed quoted lost")

// contractorOf reads "S, the Fells Council IT contractor" and "council contractor
// S": a word for a supplier that joins the two.
func (v *view) contractorOf() {
	for i := range v.its {
		if v.its[i].kind != itWord || !supplierNouns.has(v.its[i].hash) {
			continue
		}
		b := -1
		for j := i - 1; j >= 0 && i-j < 4; j-- {
			if v.buyerAt(j) && v.its[j].kind == itName {
				b = j
				break
			}
		}
		if b < 0 {
			continue
		}
		s := -1
		for _, j := range []int{i + 1, i + 2, b - 3, b - 2} {
			if v.supplier(j, 1) {
				s = j
				break
			}
		}
		if s < 0 || v.told(v.list(s), i) {
			continue
		}
		v.add(relation{suppliers: v.list(s), buyer: v.partyAt(b), status: copytaster.StatusInForce, sent: v.si, score: scoreFair, evidence: []copytaster.Span{v.s.Span}})
	}
}

var supplierNouns = hashSet("contractor supplier provider operator outsourcer subcontractor")

// passes reads "cleaning at the museum passed to S".
func (v *view) passes() {
	for i := 1; i+2 < len(v.its); i++ {
		if w := v.word(v.its[i].from); w != "passed" && w != "transferred" && w != "moved" || v.word(v.its[i+1].from) != "to" {
			continue
		}
		s := v.partyIn(i+2, min(len(v.its), i+6))
		if s < 0 || !v.supplier(s, 1) || !v.serviceBefore(i) && !v.workBefore(i) || v.told(v.list(s), i) {
			continue
		}
		v.add(relation{suppliers: v.list(s), status: copytaster.StatusInForce, sent: v.si, score: scoreFair,
			subject: v.objectBefore(i), evidence: []copytaster.Span{v.s.Span}})
	}
}

// workBefore reports whether work, or a contract, is what the verb at item i
// tells of.
func (v *view) workBefore(i int) bool {
	for j := i - 1; j >= 0 && i-j < 6; j-- {
		if workWords.has(v.its[j].hash) || v.its[j].kind == itPaper || v.its[j].kind == itVerb && v.its[j].verb.act == actRun {
			return true
		}
	}
	return false
}

// notServing are verbs before "for" that serve nobody.
var notServing = hashSet("works worked lobbied lobbies campaigned campaigns speaks spoke waited called calls apologised is was has had")

// ownService reads "S's tagging system failed, the Ministry said": a service of a
// listed supplier's, in a sentence with one named body.
func (v *view) ownService() {
	for i := range v.its {
		if !v.supplier(i, 0) || !v.listed(i) || !v.owned(i) || v.told([]int{v.its[i].name}, i) {
			continue
		}
		for j := i + 1; j < min(len(v.its), i+5); j++ {
			it := &v.its[j]
			if it.kind != itWord && it.kind != itVerb {
				break
			}
			if !serviceWords.has(it.hash) {
				continue
			}
			if b := v.buyerElse(clause{}, match{}); b >= 0 {
				v.add(relation{suppliers: []int{v.its[i].name}, buyer: v.partyAt(b), status: copytaster.StatusInForce, sent: v.si, score: scoreLoose,
					subject: v.piece(i+1, j+1), evidence: []copytaster.Span{v.s.Span}})
			}
			break
		}
	}
}
