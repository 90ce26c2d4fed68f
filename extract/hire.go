// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
)

// hired reads "B has appointed S to", "S was chosen to".
func (v *view) hired(g int) match {
	m := match{act: v.its[g].verb.act, score: scoreGood, verb: g}
	if m.act == actBid && v.bidsTo(g) {
		if s := v.subject(g); s >= 0 {
			m.names = v.listOf(s)
		}
		return m
	}
	if m.act == actBid && !strings.HasPrefix(v.word(v.its[g].from), "shortlist") {
		return match{}
	}
	if v.its[g].passive {
		s := v.subject(g)
		if s < 0 || !v.taskBehind(g) {
			return match{}
		}
		m.names = v.listOf(s)
		return m
	}
	if v.bodyBeforeVerb(g) < 0 && (v.topic.buyer < 0 || v.subject(g) >= 0) && !v.itHired(g) {
		return match{}
	}
	if s := v.partyIn(g+1, min(len(v.its), g+7)); s >= 0 && (v.listed(s) || v.supplier(s, 1) || v.taskBehind(s) || v.its[s].kind == itFirm) {
		m.names = v.listOf(s)
		return m
	}
	return match{}
}

// itHired reads "three years after it hired S to replace its tax system, B": a
// listed supplier, hired for a task by what is named only later.
func (v *view) itHired(g int) bool {
	return g > 0 && pronounFirm.has(v.its[g-1].hash) && len(v.topic.suppliers) == 0 && v.supplier(g+1, 0) && v.listed(g+1) &&
		g+3 < len(v.its) && v.word(v.its[g+2].from) == "to"
}

// bidsTo reports whether the verb at item g is followed by a task or a thing of
// value: "vying to run", "bidding for the £5m".
func (v *view) bidsTo(g int) bool {
	if g+2 >= len(v.its) || !v.publicText() || strings.HasPrefix(v.word(v.its[g].from), "shortlist") && !v.its[g].passive {
		return false
	}
	switch v.word(v.its[g+1].from) {
	case "to":
		return v.its[g+2].kind == itVerb && v.its[g+2].verb.act == actRun
	case "for":
		return v.its[g+2].kind == itMoney || g+3 < len(v.its) && v.its[g+3].kind == itMoney
	}
	return false
}

// taskBehind reports whether a task follows item i: "to handle", "as supplier",
// "for the", "by B".
func (v *view) taskBehind(i int) bool {
	for j := i + 1; j < min(len(v.its), i+10); j++ {
		switch v.word(v.its[j].from) {
		case "to", "as", "for", "by":
			return true
		}
		if v.its[j].kind == itMark && v.raw(v.its[j].from) != "," && v.raw(v.its[j].from) != "(" && v.raw(v.its[j].from) != ")" {
			return false
		}
	}
	return false
}

// gives reads "B awarded lander missions to S", "outsourced its cleaning to S".
func (v *view) gives(g int) match {
	out := outsources.has(v.its[g].hash)
	if !v.its[g].passive && v.bodyBeforeVerb(g) < 0 && !(out && v.subject(g) >= 0) && !v.planTo(g) || v.its[g].passive && !out {
		return match{}
	}
	if !v.its[g].passive && v.supplier(g+1, 0) && v.listed(g+1) {
		return v.gave(g, g+1) // "hand S another eight years"
	}
	s := v.behind(g, min(len(v.its), g+14), "to")
	if s >= 0 && out {
		m := v.gave(g, s)
		m.act = actRun
		return m
	}
	if s < 0 || v.its[s].kind == itName && !v.listed(s) && !v.supplier(s, 1) && v.word(v.its[g].from) != "awarding" {
		return match{}
	}
	return v.gave(g, s)
}

// planTo reads "plans to hand", "the decision to give" at the verb at item g, in
// a text about bodies that buy.
func (v *view) planTo(g int) bool {
	return g > 1 && v.word(v.its[g-1].from) == "to" && v.publicText() &&
		oneOf(v.word(v.its[g-2].from), "plan", "plans", "decision", "proposal", "proposals", "move", "bid", "scheme", "agreement", "vote")
}

// outsources are verbs of giving that name no award: what they tell is that the
// supplier performs.
var outsources = hashSet("outsource outsources outsourced outsourcing subcontracts subcontracted subcontract")

// dropped reads "S has been axed by B", "B voted to fire S".
func (v *view) dropped(g int) match {
	m := match{act: actEnd, score: scoreFair, verb: g}
	if v.its[g].passive {
		if s := v.subject(g); s >= 0 && (v.its[g].verb.act == actBreak && v.publicText() || v.buyerIn(g, g+8) || v.nextIs(g, "by") && v.publicText()) && v.close(s, g) {
			m.names = v.listOf(s)
			return m
		}
		return match{}
	}
	if w := v.word(v.its[g].from); w == "end" || w == "ends" || w == "ended" || w == "fire" && v.bodyBeforeVerb(g) < 0 {
		return match{}
	}
	if v.bodyBeforeVerb(g) < 0 || !v.supplier(g+1, 1) {
		return match{}
	}
	m.names = v.list(g + 1)
	return m
}

// replaced reads "was replaced by S", "S takes over from", "S will replace".
func (v *view) replaced(g int) match {
	m := match{act: actReplace, score: scoreFair, verb: g}
	if v.its[g].passive {
		if s := v.behind(g, min(len(v.its), g+9), "by"); s >= 0 && (v.publicText() || len(v.found) > 0) {
			m.names = v.listOf(s)
		}
		return m
	}
	if s := v.subject(g); s >= 0 && v.publicText() && v.close(s, g) && (v.partyIn(g+1, min(len(v.its), g+5)) >= 0 || v.behind(g, min(len(v.its), g+9), "from") >= 0) {
		m.names = v.listOf(s)
		return m
	}
	return match{}
}

// buys reads "B has ordered 41 carriages from S".
func (v *view) buys(g int) match {
	s := v.behind(g, min(len(v.its), g+10), "from")
	if s < 0 || v.its[s].kind == itFirm || v.its[g].passive && !v.listed(s) && !v.publicText() {
		return match{}
	}
	m := match{names: v.list(s), act: actAward, score: scoreGood, verb: g}
	if v.its[g].passive {
		m.act = actRun
		return m
	}
	if v.bodyBeforeVerb(g) >= 0 {
		return m
	}
	if b := v.subjectName(g); b >= 0 && (v.listed(s) && v.figureNear(g) || v.supplier(s, 1) && v.counted(g)) {
		m.buyer = party{name: v.its[b].name + 1}
		return m
	}
	return match{}
}

// counted reports whether the verb at item g has a number of things for its
// object: "buy 41 carriages".
func (v *view) counted(g int) bool {
	if g+1 >= len(v.its) || v.its[g+1].kind != itWord {
		return false
	}
	return v.toks[v.its[g+1].from].kind == kindNumber || oneOf(v.word(v.its[g+1].from), "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozens", "hundreds", "thousands")
}

// subjectName is the item of the unlisted name right before the verb at item g,
// or -1.
func (v *view) subjectName(g int) int {
	for j := g - 1; j >= 0 && g-j < 4; j-- {
		if it := &v.its[j]; it.kind == itName {
			if n := &v.names[it.name]; n.ent < 0 && n.like > -4 {
				return j
			}
			return -1
		}
	}
	return -1
}
