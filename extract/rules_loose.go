// SPDX-License-Identifier: Apache-2.0

package extract

// ruleWhose reads "S, whose rail contracts ran out".
func ruleWhose(v *view, c clause) match {
	for j := c.at - 1; j > 0 && c.at-j < 7; j-- {
		if v.word(v.its[j].from) != "whose" {
			continue
		}
		for k := j - 1; k >= 0; k-- {
			if v.supplier(k, 0) {
				return match{names: v.list(k), act: v.stateAct(c), score: scoreGood, verb: v.stateVerb(c)}
			}
		}
	}
	return match{}
}

// ruleFor reads "a £330m contract for S".
func ruleFor(v *view, c clause) match {
	for j := c.at + 2; j < min(c.end, c.at+7) && v.word(v.its[c.at+1].from) == "of"; j++ {
		if v.supplier(j, 3) || v.supplier(j, 0) && v.listed(j) {
			return match{names: v.list(j), act: v.stateAct(c), score: scoreFair, verb: v.stateVerb(c)}
		}
		if v.its[j].kind != itWord {
			break
		}
	}
	if s := v.behind(c.at, min(c.end, c.at+6), "for"); s >= 0 && v.supplier(s, 2) && v.listed(s) && v.its[s].from-v.its[c.at].to < 6 {
		return match{names: v.list(s), act: actHold, score: scoreFair, verb: -1}
	}
	return match{}
}

// ruleOnly takes the only supplier of the clause for that of its only contract,
// where both are plain.
func ruleOnly(v *view, c clause) match {
	only := v.onlySupplier()
	if only < 0 {
		return v.onlyFirm(c)
	}
	m := match{act: v.stateAct(c), score: scoreLoose, verb: v.stateVerb(c)}
	for i := range v.its {
		if v.its[i].kind != itFirm || pronounFirm.has(v.its[i].hash) {
			continue
		}
		if names := v.resolve(i); len(names) > 0 && v.names[names[0]].party != v.names[v.its[only].name].party {
			m.names = names
			return m
		}
	}
	if !v.plain(c, only) || !v.listed(only) && !v.supplier(only, 3) && !v.publicText() || v.refersBack(c) {
		return match{}
	}
	m.names = []int{v.its[only].name}
	return m
}

// onlySupplier is the item of the one supplier of the sentence, or -1.
func (v *view) onlySupplier() int {
	like := 2
	if v.publicText() {
		like = 1
	}
	only := -1
	for i := range v.its {
		if !v.supplier(i, like) || v.inObject(i) {
			continue
		}
		if only >= 0 && v.names[v.its[i].name].party != v.names[v.its[only].name].party {
			return -1
		}
		only = i
	}
	return only
}

// refersBack reports whether the clause speaks of "the contract" of a sentence
// before, which had its supplier.
func (v *view) refersBack(c clause) bool {
	first := v.word(v.its[c.np].from)
	return (first == "the" || first == "this" || first == "that") && v.topic.told && v.si-v.topic.sent <= 2 && !v.owned(max(c.np-1, 0))
}

// ruleHired reads "chose S to operate the franchise".
func ruleHired(v *view, c clause) match {
	for g := c.np - 1; g >= 0; g-- {
		if v.its[g].kind == itVerb && v.its[g].verb.act == actHire {
			return v.hired(g)
		}
	}
	return match{}
}

// ruleTopic reads "a further £14m contract was awarded in August", where the
// sentence names no supplier and the one before did.
func ruleTopic(v *view, c clause) match {
	if m := v.furtherOne(c); len(m.names) > 0 {
		return m
	}
	if c.after < 0 || !v.its[c.after].passive || v.si-v.topic.sent > 3 || v.refersBack(c) {
		return match{}
	}
	switch v.its[c.after].verb.act {
	case actAward, actWin:
	default:
		return match{}
	}
	for i := range v.its {
		if v.supplier(i, 0) {
			return match{}
		}
	}
	return match{names: v.topic.suppliers, act: actAward, score: scoreFair, verb: c.after}
}

// plain reports whether nothing in the sentence denies, asks or supposes, and
// the contract stands near the name.
func (v *view) plain(c clause, s int) bool {
	d := v.its[c.at].from - v.its[s].from
	if d > 32 || d < -32 {
		return false
	}
	for i := v.s.from; i < v.s.to; i++ {
		if oneOf(v.word(i), "missed", "lost", "loses", "misses") && v.word(i+1) == "out" || v.word(i) == "unsuccessful" {
			return false
		}
		if w := v.word(i); v.raw(i) == "?" || w == "if" || w == "former" || w == "lawsuit" && !v.listed(s) {
			return false
		}
		if negations.has(v.toks[i].hash) && !v.harmless(i) {
			return false
		}
	}
	return true
}

// harmless reports whether the "not" at token i denies no contract: "would not
// renew", "could not prove".
func (v *view) harmless(i int) bool {
	if w := v.word(i); w == "failed" || w == "fails" || w == "failing" {
		return !gains[verbs[v.word(i+2)].act]
	}
	for j := i + 1; j < min(i+4, v.s.to); j++ {
		switch verbs[v.word(j)].act {
		case actExtend, actEnd:
			return true
		case actNone:
		default:
			return false
		}
	}
	return v.word(i) == "not" && !beForms.has(v.hash(i-1)) && !haveForms.has(v.hash(i-1))
}

// ruleNear takes the supplier that stands nearest before the contract noun, or
// else nearest behind it, where several are named and no frame decides.
func ruleNear(v *view, c clause) match {
	if v.refersBack(c) || !v.publicText() {
		return match{}
	}
	for _, at := range []int{v.nearest(c.np, -1), v.nearest(c.at, 1)} {
		if at >= 0 && v.plain(c, at) {
			return match{names: v.list(at), act: v.stateAct(c), score: scoreLoose - 0.05, verb: v.stateVerb(c)}
		}
	}
	return match{}
}

// nearest is the item of the next supplier from item i on in a direction, or -1.
func (v *view) nearest(i, step int) int {
	for j := i; j >= 0 && j < len(v.its); j += step {
		if v.supplier(j, 1) && !v.inObject(j) {
			return j
		}
		if v.its[j].kind == itMark && v.raw(v.its[j].from) == ";" {
			return -1
		}
	}
	return -1
}

// ruleUnderWhich reads "the deal under which S guards empty barracks".
func ruleUnderWhich(v *view, c clause) match {
	if c.at+3 >= c.end || v.word(v.its[c.at+2].from) != "which" {
		return match{}
	}
	if s := v.partyIn(c.at+3, min(c.end, c.at+8)); s >= 0 && v.its[s].kind == itName {
		return match{names: v.list(s), act: actRun, score: scoreGood, verb: -1}
	}
	return match{}
}

// ruleRunner reads "S is the frontrunner for the contract".
func ruleRunner(v *view, c clause) match {
	for j := c.np - 1; j >= 0 && c.np-j < 5; j-- {
		switch v.word(v.its[j].from) {
		case "bidders", "bidder":
			if !v.nextIs(j, "for") {
				continue
			}
			if w := v.word(v.its[j].from - 1); w == "successful" || w == "winning" {
				if s := v.subject(j); s >= 0 {
					return match{names: v.listOf(s), act: actWin, score: scoreGood, verb: -1}
				}
			}
			fallthrough
		case "frontrunner", "favourite", "favorite", "runner", "contender", "contenders", "running", "favourites", "race", "contention", "shortlist":
			if s := v.subject(j); s >= 0 {
				m := match{names: v.listOf(s), act: actBid, score: scoreGood, verb: -1}
				if w := v.behind(c.at, len(v.its), "with"); w >= 0 && v.wordWithin(v.its[w].from, v.s.to, "bidding") {
					m.names = append(append([]int(nil), m.names...), v.listOf(w)...)
				}
				return m
			}
		}
	}
	return match{}
}
