// SPDX-License-Identifier: Apache-2.0

package extract

import "github.com/copytaster/copytaster"

// The rules of frames around a contract noun. Each looks for the supplier in one
// place of the clause.

// ruleAward reads "B awarded S a contract", "B awarded a contract to S", "the
// contract was awarded to S", "a contract awarded to S", "went to S".
func ruleAward(v *view, c clause) match {
	if g := c.governor; g >= 0 && v.its[g].verb.act == actAward && !v.its[g].passive && v.its[g].verb.form != formPart {
		for j := g + 1; j < c.np; j++ {
			if v.supplier(j, 0) && !v.inPhrase(j) {
				return v.gave(g, j)
			}
			if v.its[j].kind == itFirm {
				return v.gave(g, j)
			}
		}
		if s := v.behind(c.at, c.end, "to"); s >= 0 {
			return v.gave(g, s)
		}
	}
	for j := c.at + 1; j < min(c.end, c.at+16); j++ {
		it := &v.its[j]
		gives := it.kind == itVerb && it.verb.act == actAward && it.verb.form&formPart != 0
		goes := it.kind == itWord && (v.word(it.from) == "went" || v.word(it.from) == "go" || v.word(it.from) == "goes" || v.word(it.from) == "gone" || v.word(it.from) == "going")
		if !gives && !goes {
			continue
		}
		if s := v.behind(j, min(c.end, j+12), "to"); s >= 0 {
			return v.gave(j, s)
		}
	}
	if w := v.word(v.its[c.at].from); w == "award" || w == "awards" {
		if s := v.behind(c.at, c.end, "to"); s >= 0 {
			return match{names: v.list(s), act: actAward, score: scoreStrong, verb: -1}
		}
	}
	return match{}
}

// gave is the match of a verb of giving and the receiver at item s.
func (v *view) gave(verb, s int) match {
	m := match{act: actAward, score: scoreStrong, verb: verb}
	if v.its[s].kind == itFirm {
		m.names = v.resolve(s)
	} else {
		m.names = v.list(s)
	}
	m.drop = v.its[verb].kind == itVerb && v.its[verb].negated
	if outsources[v.its[verb].hash] {
		m.act = actRun
	}
	return m
}

// behind is the supplier, or what stands for one, that follows the preposition
// prep after item i, before item end; -1 for none.
func (v *view) behind(i, end int, prep string) int {
	for j := i + 1; j < end; j++ {
		it := &v.its[j]
		if it.kind == itPaper && contractWords[it.hash] && j > i+2 {
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
		it := &v.its[j]
		switch {
		case v.supplier(j, 0) && !v.owned(j) || v.supplier(j, 0) && v.ownedBySupplier(j):
			if v.owned(j) {
				continue
			}
			return j
		case it.kind == itFirm:
			return j
		case v.buyerAt(j):
			return -1
		case it.kind == itName, it.kind == itWord && (!prepositions[it.hash] || v.word(it.from) == "of" || v.word(it.from) == "as" || v.word(it.from) == "by"):
		case it.kind == itVerb && (it.verb.act == actAward || it.verb.form&(formPart|formIng) != 0), it.kind == itMoney:
		case it.kind == itMark && (v.raw(it.from) == "-" || v.raw(it.from) == "–" || v.raw(it.from) == "—" || v.raw(it.from) == ":"):
		default:
			return -1
		}
	}
	return -1
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
		if !v.supplier(j, 0) || !v.owned(j) && (!v.supplier(j, 2) && !(j == c.at-1 && v.inTopic(j)) || j+3 < c.at) {
			continue
		}
		return match{names: []int{v.its[j].name}, act: v.stateAct(c), score: scoreGood, verb: v.stateVerb(c)}
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
	first, ok := v.since[n.party]
	return ok && first < v.si && n.like >= 0
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
	if verb.modal && v.conditional(g) {
		m.act = actBid
	}
	return m
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
		return match{}
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
		return match{}
	}
	if (verb.verb.act == actBreak || verb.verb.act == actHire) && !verb.passive {
		return match{}
	}
	if s := v.subject(g); s >= 0 {
		return match{names: v.listOf(s), act: verb.verb.act, score: scoreFair, verb: g, drop: verb.negated && verb.verb.act != actHold}
	}
	return match{}
}

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
	only := -1
	like := 2
	if v.publicText() {
		like = 1
	}
	for i := range v.its {
		if !v.supplier(i, like) || v.inObject(i) {
			continue
		}
		if only >= 0 && v.names[v.its[i].name].party != v.names[v.its[only].name].party {
			return match{}
		}
		only = i
	}
	for i := range v.its {
		if v.its[i].kind == itFirm && !pronounFirm[v.its[i].hash] && only >= 0 {
			if names := v.resolve(i); len(names) > 0 && v.names[names[0]].party != v.names[v.its[only].name].party {
				return match{names: names, act: v.stateAct(c), score: scoreLoose, verb: v.stateVerb(c)}
			}
		}
	}
	if only < 0 || !v.plain(c, only) || !v.listed(only) && !v.supplier(only, 3) && !v.publicText() || v.refersBack(c) {
		return match{}
	}
	return match{names: []int{v.its[only].name}, act: v.stateAct(c), score: scoreLoose, verb: v.stateVerb(c)}
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
		if w := v.word(i); v.raw(i) == "?" || w == "if" || w == "former" || w == "lawsuit" && !v.listed(s) {
			return false
		}
		if negations[v.toks[i].hash] && !v.harmless(i) {
			return false
		}
	}
	return true
}

// harmless reports whether the "not" at token i denies no contract: "would not
// renew", "could not prove".
func (v *view) harmless(i int) bool {
	for j := i + 1; j < min(i+4, v.s.to); j++ {
		switch verbs[v.word(j)].act {
		case actExtend, actEnd:
			return true
		case actNone:
		default:
			return false
		}
	}
	return v.word(i) == "not" && !beForms[v.hash(i-1)] && !haveForms[v.hash(i-1)]
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

// ruleRunner reads "S is the frontrunner for the contract".
func ruleRunner(v *view, c clause) match {
	for j := c.np - 1; j >= 0 && c.np-j < 5; j-- {
		switch v.word(v.its[j].from) {
		case "frontrunner", "favourite", "favorite", "runner", "contender", "contenders", "bidders", "bidder", "running", "favourites":
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
