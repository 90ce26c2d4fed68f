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
			if b < 0 || v.its[b].kind != itName || notServing[v.its[i+1].hash] {
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
		if len(w) < 5 || !strings.HasSuffix(w, "ed") && w != "built" && w != "drawn" && w != "written" || notDone[v.hash(v.its[i-1].to-1)] {
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
		if v.its[i].kind != itWord || !supplierNouns[v.its[i].hash] {
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
		if workWords[v.its[j].hash] || v.its[j].kind == itPaper || v.its[j].kind == itVerb && v.its[j].verb.act == actRun {
			return true
		}
	}
	return false
}

// notServing are verbs before "for" that serve nobody.
var notServing = hashSet("works worked lobbied lobbies campaigned campaigns speaks spoke waited called calls apologised is was has had")

// bare reads the frame of a verb that needs no contract noun: paying, hiring,
// performing for somebody, replacing, defrauding.
func (v *view) bare(g int) {
	if v.speculative() {
		return
	}
	verb := &v.its[g]
	if verb.negated {
		return
	}
	var m match
	switch verb.verb.act {
	case actPay, actWin:
		m = v.paid(g)
	case actHire, actBid:
		m = v.hired(g)
	case actEnd, actBreak:
		m = v.dropped(g)
	case actRun:
		m = v.performs(g)
	case actAward:
		m = v.gives(g)
	case actReplace:
		m = v.replaced(g)
	case actDispute:
		m = v.disputed(g)
	case actExit:
		m = v.leaves(g)
	case actBuy:
		m = v.buys(g)
	}
	if len(m.names) == 0 || v.told(m.names, g) {
		return
	}
	c := clause{at: g, np: g, governor: g, after: -1, end: v.clauseEnd(g)}
	r := relation{suppliers: m.names, sent: v.si, score: m.score, buyer: m.buyer, evidence: []copytaster.Span{v.s.Span}}
	if !r.buyer.known() {
		r.buyer = v.buyer(c, m)
	}
	r.values = v.bareValues(g, c.end, m)
	r.subject = v.bareSubject(g, c.end, m)
	r.status, r.later = v.bareStatus(c, m)
	r.minor = m.act == actRun && !r.buyer.known() && len(r.values) == 0
	r.suppliers = v.alongside(r.suppliers)
	v.add(r)
}

// clauseEnd is the item at which the clause of the verb at g ends.
func (v *view) clauseEnd(g int) int {
	for j := g + 1; j < len(v.its); j++ {
		if v.its[j].kind == itMark {
			if r := v.raw(v.its[j].from); r == ";" || r == ":" {
				return j
			}
		}
	}
	return len(v.its)
}

// told reports whether a frame around a contract noun of this sentence has
// already told of one of the suppliers.
func (v *view) told(names []int, g int) bool {
	for i := range v.found {
		for _, s := range v.found[i].suppliers {
			for _, n := range names {
				if v.names[s].party == v.names[n].party && !v.another(&v.found[i], g) {
					v.complete(&v.found[i], g)
					return true
				}
			}
		}
	}
	return false
}

// another reports whether the verb at item g tells of a second engagement of the
// same supplier: it performs for a body that the first relation does not name.
func (v *view) another(r *relation, g int) bool {
	if v.its[g].verb.act != actRun || r.status != copytaster.StatusInForce || !r.buyer.known() {
		return false
	}
	for j := g + 1; j < min(len(v.its), g+12); j++ {
		if v.buyerAt(j) && v.its[j].kind == itName && v.names[v.its[j].name].party != v.buyerKey(r.buyer) {
			return true
		}
	}
	return false
}

// complete adds what the verb at item g says to a relation of the same sentence.
func (v *view) complete(r *relation, g int) {
	if verb := &v.its[g]; (verb.verb.act == actPay || receives[verb.hash]) && len(r.values) == 0 {
		r.values = v.bareValues(g, v.clauseEnd(g), match{act: actPay})
	}
	if act := v.its[g].verb.act; r.subject == "" && (act == actAward || act == actRun) {
		r.subject = v.bareSubject(g, v.clauseEnd(g), match{act: act})
	}
}

// paid reads "B paid S £5m", "S was paid £5m by B", "S received £5m from B".
func (v *view) paid(g int) match {
	verb := &v.its[g]
	m := match{act: actPay, score: scoreGood, verb: g}
	if verb.verb.act == actWin || verb.passive {
		s := v.subject(g)
		if s < 0 || !v.figureNear(g) || !v.customerBehind(g) && !(verb.verb.act == actPay && (len(v.found) > 0 || v.publicText() && v.listedAt(s))) || verb.verb.act == actWin && !receives[verb.hash] {
			return match{}
		}
		m.names = v.listOf(s)
		return m
	}
	if w := v.word(v.its[g].from); w == "charge" || w == "charged" || w == "charges" || w == "billed" || w == "bills" || w == "invoiced" {
		return v.charges(g)
	}
	if v.bodyBeforeVerb(g) < 0 {
		return match{}
	}
	if s := v.paidAntecedent(g); s >= 0 && v.figureNear(g) {
		m.names = []int{v.its[s].name}
		return m
	}
	for j := g + 1; j < min(len(v.its), g+9); j++ {
		if v.supplier(j, -1) && v.figureNear(g) && (j == g+1 || !v.inPhrase(j) || v.word(v.its[j-1].from) == "to" || v.word(v.its[j-1].from) == "with") {
			m.names = v.list(j)
			return m
		}
		if v.its[j].kind == itFirm {
			if m.names = v.resolve(j); len(m.names) == 0 && j == g+1 {
				m.names = v.fromTopic(j)
			}
			return m
		}
		if v.its[j].kind == itMark || v.its[j].kind == itVerb {
			return match{}
		}
	}
	return match{}
}

// paidAntecedent reads "S, which B has paid £5m": the item of S, or -1.
func (v *view) paidAntecedent(g int) int {
	b := v.bodyBeforeVerb(g)
	for j := b - 1; b >= 0 && j > 0 && b-j < 3; j-- {
		if w := v.word(v.its[j].from); w != "which" && w != "whom" && w != "that" {
			continue
		}
		k := j - 1
		if v.its[k].kind == itMark && k > 0 {
			k--
		}
		if v.supplier(k, 0) {
			return k
		}
	}
	return -1
}

// charges reads "S charged B £4m for".
func (v *view) charges(g int) match {
	s := v.subject(g)
	if s < 0 || !v.figureNear(g) || v.bodyIn(g+1, min(len(v.its), g+5)) < 0 && !(v.publicText() && v.listedAt(s)) {
		return match{}
	}
	return match{names: v.listOf(s), act: actPay, score: scoreGood, verb: g}
}

var receives = hashSet("receive receives received receiving earn earned earns gain pocket pockets pocketed pocketing got get gets getting")

// listedAt reports whether item i names, or stands for, a supplier of the list.
func (v *view) listedAt(i int) bool {
	for _, n := range v.listOf(i) {
		if v.names[n].ent >= 0 {
			return true
		}
	}
	return false
}

// figureNear reports whether a figure stands behind the verb at item g.
func (v *view) figureNear(g int) bool {
	for j := g + 1; j < min(len(v.its), g+12); j++ {
		if v.its[j].kind == itMoney {
			return true
		}
	}
	return false
}

// customerBehind reports whether "by B", "from B" or "to" follows the verb.
func (v *view) customerBehind(g int) bool {
	for j := g + 1; j+1 < min(len(v.its), g+14); j++ {
		if w := v.word(v.its[j].from); (w == "by" || w == "from") && v.bodyIn(j+1, min(len(v.its), j+6)) >= 0 {
			return true
		}
	}
	return false
}

// bodyBeforeVerb is the body that is the subject of the verb at item g, or -1.
func (v *view) bodyBeforeVerb(g int) int {
	for j := g - 1; j >= 0; j-- {
		it := &v.its[j]
		if v.buyerAt(j) {
			return j
		}
		if v.supplier(j, 1) && !v.inPhrase(j) || it.kind == itFirm && !pronounFirm[it.hash] {
			return -1
		}
	}
	return -1
}

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
	if v.its[g].passive || v.its[g].verb.form == formPart {
		s := v.subject(g)
		if s < 0 || !v.taskBehind(g) {
			return match{}
		}
		m.names = v.listOf(s)
		return m
	}
	if v.bodyBeforeVerb(g) < 0 {
		return match{}
	}
	if s := v.partyIn(g+1, min(len(v.its), g+7)); s >= 0 && (v.listed(s) || v.taskBehind(s) || v.its[s].kind == itFirm) {
		m.names = v.listOf(s)
		return m
	}
	return match{}
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

// performs reads "S runs X for B", "X is run by S on behalf of B", "S would
// provide logistics".
func (v *view) performs(g int) match {
	m := match{act: actRun, score: scoreFair, verb: g}
	if v.its[g].passive || v.its[g].verb.form&formPart != 0 && v.nextIs(g, "by") {
		if g > 0 && v.its[g-1].kind == itPaper {
			return match{}
		}
		s := v.behind(g, min(len(v.its), g+10), "by")
		if s < 0 || v.its[s].kind == itName && !v.listed(s) && !v.supplier(s, 1) || !v.publicText() && !v.serviceBefore(g) {
			return match{}
		}
		m.names = v.listOf(s)
		return m
	}
	s := v.subject(g)
	if s < 0 || v.nounUse(g) {
		return match{}
	}
	if !v.forBody(g) && !(v.listed(s) && v.its[g].modal && v.publicText() && v.close(s, g)) {
		return match{}
	}
	m.names = v.listOf(s)
	return m
}

// serviceBefore reports whether what is run is a service: "the programme is
// delivered by".
func (v *view) serviceBefore(g int) bool {
	for j := g - 1; j >= 0 && g-j < 6; j-- {
		if serviceWords[v.its[j].hash] {
			return true
		}
	}
	return false
}

var serviceWords = hashSet("canteen payroll laundry parking recruitment probation housing lighting waste bins roads service services programme scheme system centre centres helpline park parks collections maintenance transport meals tests assessments network hotline hostel ambulances trains buses ferries ferry accommodation security cleaning catering")

// nounUse reports whether the verb at item g is an infinitive of purpose of
// somebody else's, or part of a noun phrase.
func (v *view) nounUse(g int) bool {
	return g > 0 && v.its[g-1].kind == itWord && v.word(v.its[g-1].from) == "to" && !v.toBe(g-1)
}

// toBe reports whether the "to" at item i follows "is", "set", "continue".
func (v *view) toBe(i int) bool {
	if i == 0 {
		return false
	}
	switch v.word(v.its[i-1].from) {
	case "is", "are", "was", "set", "due", "continue", "continues", "begin", "start", "began", "started":
		return true
	}
	return false
}

func (v *view) nextIs(i int, w string) bool {
	return i+1 < len(v.its) && v.word(v.its[i+1].from) == w
}

// close reports whether the subject stands right before its verb.
func (v *view) close(s, g int) bool { return v.its[g].from-v.its[s].to < 5 }

// publicText reports whether the text is about public bodies at all.
func (v *view) publicText() bool {
	if v.topic.buyer >= 0 || v.specific() >= 0 || len(v.found) > 0 {
		return true
	}
	for i := v.s.from; i < v.s.to; i++ {
		if publicSigns[v.toks[i].hash] {
			return true
		}
	}
	return v.public()
}

// public reports whether the text names a body that buys, or two words or more
// of it are about public service.
func (a *analysis) public() bool {
	if a.publicity == 0 {
		a.publicity = 1
		if a.findPublic() {
			a.publicity = 2
		}
	}
	return a.publicity == 2
}

func (a *analysis) findPublic() bool {
	n := 0
	for i := range a.names {
		if a.names[i].buys() {
			return true
		}
	}
	for i := range a.toks {
		if publicSigns[a.toks[i].hash] {
			if n++; n > 1 {
				return true
			}
		}
	}
	return false
}

var publicSigns = hashSet("trust government ministers minister council councils councillors nhs taxpayer taxpayers public prison prisons asylum hospital hospitals school schools pupils patients army police whitehall benefit benefits claimants mps outsourcing privatisation outsourcers department ministry airbase navy pentagon federal congress")

// forBody reports whether "for B", "on behalf of B" or an object of B's follows
// the verb at item g.
func (v *view) forBody(g int) bool {
	for j := g + 1; j+1 < min(len(v.its), g+16); j++ {
		it := &v.its[j]
		if it.kind == itMark && v.raw(it.from) != "-" || it.kind == itVerb && j > g+1 && it.verb.form&(formPast|formS) != 0 {
			return false
		}
		switch v.word(it.from) {
		case "for", "of", "to", "at":
			if b := v.bodyIn(j+1, min(len(v.its), j+5)); b >= 0 {
				return true
			}
		}
		if v.buyerAt(j) && v.its[j].kind == itName {
			return true
		}
	}
	return false
}

// gives reads "B awarded lander missions to S", "outsourced its cleaning to S".
func (v *view) gives(g int) match {
	out := outsources[v.its[g].hash]
	if !v.its[g].passive && v.bodyBeforeVerb(g) < 0 && !(out && v.subject(g) >= 0) || v.its[g].passive && !out {
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
	if s := v.subject(g); s >= 0 && v.publicText() && v.close(s, g) && v.partyIn(g+1, min(len(v.its), g+5)) >= 0 {
		m.names = v.listOf(s)
		return m
	}
	return match{}
}

// disputed reads "S is charged with defrauding B", "B sues S".
func (v *view) disputed(g int) match {
	m := match{act: actDispute, score: scoreFair, verb: g}
	if v.specific() < 0 && !v.governmentNamed() {
		return match{}
	}
	if s := v.subject(g); s >= 0 {
		m.names = v.listOf(s)
		return m
	}
	if s := v.partyIn(g+1, min(len(v.its), g+6)); s >= 0 {
		m.names = v.listOf(s)
		return m
	}
	if w := v.firstSupplier(); w >= 0 {
		m.names = []int{v.its[w].name}
		return m
	}
	return match{}
}

// governmentNamed reports whether the sentence says "the government".
func (v *view) governmentNamed() bool {
	for i := range v.its {
		if v.its[i].kind == itBody {
			return true
		}
	}
	return false
}

// firstSupplier is the item of the first supplier of the sentence, or -1.
func (v *view) firstSupplier() int {
	for i := range v.its {
		if v.supplier(i, 2) {
			return i
		}
	}
	return -1
}

// buys reads "B has ordered 41 carriages from S".
func (v *view) buys(g int) match {
	if v.its[g].passive {
		return match{}
	}
	s := v.behind(g, min(len(v.its), g+10), "from")
	if s < 0 || v.its[s].kind == itFirm {
		return match{}
	}
	m := match{names: v.list(s), act: actAward, score: scoreGood, verb: g}
	if v.bodyBeforeVerb(g) >= 0 {
		return m
	}
	if b := v.subjectName(g); b >= 0 && v.listed(s) && v.figureNear(g) {
		m.buyer = party{name: v.its[b].name + 1}
		return m
	}
	return match{}
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

// leaves reads "S is to hand the keys of X back", "S quits X" with a body in the
// same sentence.
func (v *view) leaves(g int) match {
	switch v.word(v.its[g].from) {
	case "withdraw", "withdrew", "withdrawn", "withdraws", "withdrawing", "leave", "left", "leaves", "leaving", "abandon", "abandoned", "ditch", "ditched":
		return match{}
	}
	s := v.subject(g)
	if s < 0 || v.specific() < 0 && !v.governmentNamed() && !v.wordWithin(v.its[g].from, v.s.to, "state") {
		return match{}
	}
	return match{names: v.listOf(s), act: actExit, score: scoreFair, verb: g}
}
