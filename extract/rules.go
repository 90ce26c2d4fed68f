// SPDX-License-Identifier: Apache-2.0

package extract

// ruleWith reads "contract with S": but where the subject is itself a supplier,
// the one behind "with" is the customer.
func ruleWith(v *view, c clause) match {
	s := v.behind(c.at, min(c.end, c.at+14), "with")
	if s < 0 || v.its[s].kind == itFirm && len(v.resolve(s)) == 0 {
		return match{}
	}
	if v.commaBetween(c.at, s) {
		if m := ruleSubject(v, c); len(m.names) > 0 && v.its[s].kind == itName && v.listed(s) {
			m.names = append(append([]int(nil), m.names...), v.its[s].name)
			return m
		}
	}
	m := match{act: actHold, score: scoreGood, verb: c.governor}
	if g := c.governor; g >= 0 {
		m.act = v.its[g].verb.act
		if sub := v.subject(g); sub >= 0 && v.its[s].kind == itName && v.supplierSubject(g, sub, s) {
			m.names, m.score = v.listOf(sub), scoreStrong
			m.buyer = party{name: v.its[s].name + 1}
			return m
		}
	}
	if v.its[s].kind == itName && v.names[v.its[s].name].ent < 0 && !v.publicSide(c) && v.names[v.its[s].name].like < 2 {
		return match{}
	}
	m.names = v.listOf(s)
	m.drop = m.verb >= 0 && v.its[m.verb].negated && gains[m.act]
	return m
}

// gains are the acts that make a contract: where one is denied there is none.
var gains = map[act]bool{actWin: true, actAward: true, actHire: true, actSign: true, actPay: true, actHold: true, actBid: true, actRun: true}

// commaBetween reports whether a comma stands between two items.
func (v *view) commaBetween(i, j int) bool {
	for k := i + 1; k < j; k++ {
		if v.its[k].kind == itMark && v.raw(v.its[k].from) == "," {
			return true
		}
	}
	return false
}

// supplierSubject reports whether, of two companies that sign with each other,
// the subject is the one that supplies: it is listed, and the other is not.
func (v *view) supplierSubject(g, sub, other int) bool {
	if v.its[sub].kind == itFirm {
		return !v.listed(other)
	}
	act := v.its[g].verb.act
	return (act == actWin || act == actSign || act == actHold || act == actLose) && v.supplier(sub, 0) && v.listed(sub) && !v.listed(other)
}

func (v *view) listed(i int) bool { return v.its[i].kind == itName && v.names[v.its[i].name].ent >= 0 }

// publicSide reports whether a body that buys stands in the sentence, or the
// text is about one.
func (v *view) publicSide(c clause) bool {
	for i := range v.its {
		if v.buyerAt(i) {
			return true
		}
	}
	return v.topic.buyer >= 0
}

// ruleOwner reads "S's £250m contract", "the S contract", "current S contracts".
func ruleOwner(v *view, c clause) match {
	for j := c.at - 1; j >= max(0, c.np-1); j-- {
		if !v.supplier(j, 0) && !(j == c.at-1 && v.owned(j) && v.supplier(j, -1) && v.publicText()) || v.ownsAsBuyer(c, j) || !v.owned(j) && (!v.supplier(j, 2) && !(j == c.at-1 && v.inTopic(j)) || j+3 < c.at) {
			continue
		}
		return match{names: []int{v.its[j].name}, act: v.stateAct(c), score: scoreGood, verb: v.stateVerb(c)}
	}
	return match{}
}

// ruleIts reads "its £22m contract".
func ruleIts(v *view, c clause) match {
	for j := c.np; j >= 0 && c.np-j < 5; j-- {
		if w := v.word(v.its[j].from); v.its[j].kind == itWord && (w == "its" || w == "their") {
			if names := v.resolvePronoun(j); len(names) > 0 {
				m := match{names: names, act: v.stateAct(c), score: scoreGood, verb: v.stateVerb(c)}
				if v.newPhrase(c) {
					m.act = actAward
				}
				return m
			}
		}
		if v.its[j].kind != itWord && j < c.np {
			break
		}
	}
	return match{}
}

// inTopic reports whether the text spoke of the name at item j before.
func (v *view) inTopic(j int) bool {
	if v.its[j].kind != itName {
		return false
	}
	n := &v.names[v.its[j].name]
	p, ok := v.parties[n.party]
	return ok && p.since < v.si && n.like >= 0
}

// ownsAsBuyer reports whether the owner at item j is a body that also supplies,
// and here buys: another supplier is the subject.
func (v *view) ownsAsBuyer(c clause, j int) bool {
	e := v.entity(&v.names[v.its[j].name])
	if e == nil || e.kind != KindBoth || c.governor < 0 {
		return false
	}
	s := v.subject(c.governor)
	return s >= 0 && s != j
}

// newPhrase reports whether the noun phrase says that the contract is new.
func (v *view) newPhrase(c clause) bool {
	for i := v.its[c.np].from; i < v.its[c.at].from; i++ {
		if w := v.word(i); w == "new" || w == "latest" {
			return true
		}
	}
	return false
}

// stateVerb is the verb that says how an owned contract stands: the one that it
// is the subject of, else the one before it.
func (v *view) stateVerb(c clause) int {
	if c.after >= 0 && (v.its[c.after].passive || v.its[c.after].verb.form&(formPast|formS) != 0) {
		return c.after
	}
	g := c.governor
	if g < 0 || v.its[g].negated || c.np-g > 8 {
		return -1
	}
	for j := g; j < c.np; j++ {
		if w := v.word(v.its[j].from); w == "but" || w == "while" || w == "not" && j < g+3 {
			return -1
		}
	}
	if v.word(v.its[g].from-2) == "not" {
		return -1
	}
	return g
}

func (v *view) stateAct(c clause) act {
	if g := v.stateVerb(c); g >= 0 {
		return v.its[g].verb.act
	}
	return actHold
}

// ruleSubject reads "S won the contract", "S was awarded the contract", "S was
// stripped of", "S quit", "S is bidding for".
func ruleSubject(v *view, c clause) match {
	g := c.governor
	if g < 0 {
		return match{}
	}
	verb := &v.its[g]
	switch verb.verb.act {
	case actAward, actHire, actBreak, actEnd, actPay:
		if !verb.passive {
			return match{}
		}
	case actReview, actDispute, actCancel, actRun, actReplace, actNone, actExtend:
		return match{}
	}
	s := v.subject(g)
	if s < 0 {
		return match{}
	}
	m := match{names: v.listOf(s), act: verb.verb.act, score: scoreStrong, verb: g, drop: verb.negated && gains[verb.verb.act] || verb.verb.act == actLose && v.nextIs(g, "out")}
	if verb.modal && v.conditional(g) && gains[m.act] {
		m.act = actBid
	}
	if v.word(verb.from-1) == "from" || v.chiefOf(s) {
		m.drop = true // "barred S from bidding for", "S chief Ida Orr has signed"
	}
	if !verb.modal && v.wordWithin(max(v.s.from, verb.from-6), verb.from, "if") {
		m.drop = true // "if S won the contract"
	}
	return m
}

// chiefOf reports whether the name at item s only says whose chief a person is,
// in a sentence that names no body.
func (v *view) chiefOf(s int) bool {
	return s+1 < len(v.its) && v.its[s].kind == itName && v.specific() < 0 && !v.moneyIn(v.s) && !v.owned(s) && agentWords.has(v.its[s+1].hash) && v.its[s+1].kind == itWord
}

// ruleUnder reads "S will resurface roads under a deal worth", "run by S under a
// contract with B".
func ruleUnder(v *view, c clause) match {
	p := c.np - 1
	if p < 0 || v.its[p].kind != itWord {
		return match{}
	}
	switch v.word(v.its[p].from) {
	case "under", "through", "in", "via", "of", "on", "from", "to", "by", "after", "for", "as":
	default:
		return match{}
	}
	g := c.governor
	if g < 0 {
		return v.underOpen(c)
	}
	verb := &v.its[g]
	if verb.passive {
		if s := v.behind(g, c.np, "by"); s >= 0 {
			return match{names: v.listOf(s), act: verb.verb.act, score: scoreGood, verb: g}
		}
	}
	switch verb.verb.act {
	case actRun, actExit, actHold, actWin, actLose, actBid, actBreak, actHire, actDispute:
	default:
		return v.underOpen(c)
	}
	if (verb.verb.act == actBreak || verb.verb.act == actHire) && !verb.passive {
		return match{}
	}
	if s := v.subject(g); s >= 0 {
		return match{names: v.listOf(s), act: verb.verb.act, score: scoreFair, verb: g, drop: verb.negated && verb.verb.act != actHold}
	}
	return match{}
}
