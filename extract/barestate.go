// SPDX-License-Identifier: Apache-2.0

package extract

import "github.com/copytaster/copytaster"

// bareValues are the figures behind a verb of paying, or behind "worth" in the
// clause of another verb.
func (v *view) bareValues(g, end int, m match) []int {
	for j := g + 1; j < end && m.act == actPay; j++ {
		if v.its[j].kind == itMoney {
			return []int{v.its[j].money}
		}
	}
	for j := g + 1; j+2 < end; j++ { // "appointed on the £2.5bn programme"
		if v.its[j+2].kind == itMoney && (v.its[j].kind == itVerb && v.its[j].verb.act == actRun || oneOf(v.word(v.its[j].from), "for", "on", "to", "under", "in", "through")) && oneOf(v.word(v.its[j+1].from), "the", "a") {
			return []int{v.its[j+2].money}
		}
	}
	if m.act == actRun && v.its[g].passive { // "the £16m wall, built by S"
		for j := g - 1; j >= 0 && g-j < 9; j-- {
			if v.its[j].kind == itMoney && !v.notValue(j) {
				return []int{v.its[j].money}
			}
		}
	}
	if out := v.valueBehind(g, end); len(out) > 0 {
		return out
	}
	for _, n := range m.names { // "by S (£2.3m a year)"
		if i := v.itemOf(n); i >= 0 && len(m.names) == 1 && i+2 < end && v.raw(v.its[i+1].from) == "(" && v.its[i+2].kind == itMoney {
			return []int{v.original(v.its[i+2].money)}
		}
	}
	return v.tailValue(g, end)
}

// itemOf is the item of a name, or -1.
func (v *view) itemOf(n int) int {
	for i := range v.its {
		if v.its[i].kind == itName && v.its[i].name == n {
			return i
		}
	}
	return -1
}

// bareSubject is what is done: behind "to" or "for", or the verb's own object.
func (v *view) bareSubject(g, end int, m match) string {
	if m.act == actAward {
		if s := v.upTo(g+1, end, "to"); s != "" {
			return s
		}
	}
	if s := v.purpose(g+1, end, m); s != "" && m.act != actRun {
		return s
	}
	if m.act == actRun && !v.its[g].passive {
		return v.piece(g, end)
	}
	if m.act == actRun {
		return v.objectBefore(g)
	}
	return ""
}

// objectBefore is the noun phrase that a passive verb has for its subject.
func (v *view) objectBefore(g int) string {
	to := g
	for to > 0 && v.its[to-1].kind == itWord && (beForms.has(v.its[to-1].hash) || adverbs.has(v.its[to-1].hash) || modalForms.has(v.its[to-1].hash)) {
		to--
	}
	from := to
	for from > 0 && v.its[from-1].kind == itWord && to-from < 8 && !relatives.has(v.its[from-1].hash) {
		from--
	}
	if from == to {
		return ""
	}
	return cutSubject(v.text[v.toks[v.its[from].from].start:v.toks[v.its[to-1].to-1].end])
}

// upTo is the text from item i to the word w.
func (v *view) upTo(i, end int, w string) string {
	for j := i; j < end; j++ {
		if v.word(v.its[j].from) == w && j > i {
			return cutSubject(v.text[v.toks[v.its[i].from].start:v.toks[v.its[j-1].to-1].end])
		}
	}
	return ""
}

// bareStatus is the state that a verb without a contract noun tells.
func (v *view) bareStatus(c clause, m match) (copytaster.Status, bool) {
	if s := v.cue(c); s != "" && v.cueCounts(m.act, s) {
		return s, true
	}
	verb := &v.its[m.verb]
	if (m.act == actRun || m.act == actExtend || m.act == actHire) && v.furtherTerm(m.verb) {
		return copytaster.StatusExtended, true
	}
	switch m.act {
	case actRun:
		if verb.modal && !v.wordWithin(v.s.from, verb.from, "will") {
			return copytaster.StatusPlanned, true
		}
		fallthrough
	case actPay:
		if verb.modal {
			return copytaster.StatusAwarded, false
		}
		return copytaster.StatusInForce, false
	case actHire, actAward:
		if v.planned(m.verb) {
			return copytaster.StatusPlanned, true
		}
	}
	return statusOf[m.act], true
}

// cueCounts reports whether a state that a phrase of the sentence tells is that
// of what the verb tells of, and not of another supplier's contract.
func (v *view) cueCounts(a act, s copytaster.Status) bool {
	switch a {
	case actRun, actPay, actDispute, actExit, actEnd:
		return true
	}
	return s == copytaster.StatusPlanned || s == copytaster.StatusBidding || v.oneSupplier()
}

// posts are what somebody is said to be without a verb of the list, and the state
// that it tells; postWords are the words that one of them cannot be without.
var (
	posts = []struct {
		phrase string
		status copytaster.Status
	}{{"preferred bidder", copytaster.StatusPlanned}, {"preferred supplier", copytaster.StatusPlanned},
		{"as the supplier of", copytaster.StatusPlanned}, {"as supplier of", copytaster.StatusPlanned}, {"the main contractor", copytaster.StatusInForce}, {"as main contractor", copytaster.StatusAwarded},
		{"in the race", copytaster.StatusBidding}, {"in the running", copytaster.StatusBidding}, {"in contention", copytaster.StatusBidding}, {"in pole position", copytaster.StatusPlanned}}
	postWords = hashSet("bidder supplier contractor race running contention position")
)

// nouns reads what stands without any verb of the list: "S, named as preferred
// bidder", "S is named as the supplier of tests".
func (v *view) nouns() {
	if !v.before(v.s.to, v.s.from, postWords) {
		return
	}
	for _, p := range posts {
		if !hasPhrase(v.folded(), p.phrase) {
			continue
		}
		s := v.firstSupplier()
		if s < 0 && p.status == copytaster.StatusBidding && v.publicText() {
			s = v.nearest(0, 1)
		}
		if s < 0 || v.told(v.list(s), 0) {
			continue
		}
		c := clause{at: s, np: s, governor: -1, after: -1, end: len(v.its)}
		m := match{names: v.list(s), score: scoreGood, verb: -1}
		v.add(relation{suppliers: m.names, sent: v.si, score: m.score, buyer: v.buyer(c, m), values: v.anyValue(s),
			subject: v.purpose(s+1, len(v.its), m), status: p.status, later: true, evidence: []copytaster.Span{v.s.Span}})
	}
}

// anyValue is the price behind item s.
func (v *view) anyValue(s int) []int {
	if out := v.valueBehind(s, len(v.its)); len(out) > 0 {
		return out
	}
	return v.tailValue(s, len(v.its))
}

// oneSupplier reports whether the sentence names one supplier only, or one row of
// them, so that what it tells of a contract's state can be of no other.
func (v *view) oneSupplier() bool {
	only := -1
	for i := range v.its {
		if !v.supplier(i, 1) {
			continue
		}
		if only >= 0 && !v.has(v.list(only), v.its[i].name) {
			return false
		}
		only = i
	}
	return only >= 0
}
