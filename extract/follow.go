// SPDX-License-Identifier: Apache-2.0

package extract

import "github.com/copytaster/copytaster"

// followReach is how many sentences back "the contract" may reach.
const followReach = 3

// follow lets a sentence that speaks of "the contract" or says that "it is worth
// £5m" add to the contract spoken of before.
func (v *view) follow(all []relation) []relation {
	last := v.lastRelations(all)
	if len(last) == 0 {
		return all
	}
	v.earning(all, last)
	for i := range v.its {
		it := &v.its[i]
		switch {
		case it.kind == itPaper && !it.read && v.refers(i):
			it.read = true
			v.refer(all, last, v.clauseOf(i))
		case len(v.found) > 0:
		case (it.kind == itFirm || worthy.has(it.hash) && it.kind != itName) && v.worthIt(i):
			v.worth(all, last, v.valueBehind(i, len(v.its)))
		case it.kind == itFirm:
			v.worth(all, last, v.shareGoing(i))
		case it.kind == itVerb && it.verb.act == actPay:
			v.worth(all, last, v.paidOn(i, &all[last[0]]))
		case it.kind == itMoney && v.theSum(i):
			v.worth(all, last, []int{v.original(it.money)})
		case it.kind == itWord:
			if sum := v.pricedNoun(i); len(sum) > 0 && v.noOther(all, last) {
				v.worth(all, last, sum)
			}
		case it.kind == itVerb && receives.has(it.hash):
			v.earns(all, last, i)
		}
	}
	return all
}

// refer adds what a clause about "the contract" says to the relations that it
// can mean.
func (v *view) refer(all []relation, last []int, c clause) {
	for _, r := range last {
		if v.means(&all[r]) {
			v.extendWith(&all[r], c)
		}
	}
}

// worth gives a value to the relations that have none.
func (v *view) worth(all []relation, last, values []int) {
	for _, r := range last {
		if len(all[r].values) == 0 && len(values) > 0 {
			all[r].values = values
			all[r].evidence = append(all[r].evidence, v.s.Span)
		}
	}
}

// theSum reports whether the figure at item i tells what was spoken of before:
// "the $18m project", "this £3m-a-year contract".
func (v *view) theSum(i int) bool {
	if i == 0 || !oneOf(v.word(v.its[i-1].from), "the", "this", "that", "its") || v.notValue(i) {
		return false
	}
	for j := i + 1; j < min(len(v.its), i+5); j++ {
		it := &v.its[j]
		if it.kind == itPaper || it.kind != itName && worthy.has(it.hash) {
			return true
		}
		if it.kind == itName || it.kind == itMark && v.raw(it.from) != "-" {
			return false
		}
	}
	return false
}

// noOther reports whether the sentence names no supplier but those of the
// relations before.
func (v *view) noOther(all []relation, last []int) bool {
	for i := range v.its {
		if v.supplier(i, 1) && !v.has(all[last[0]].suppliers, v.its[i].name) {
			return false
		}
	}
	return true
}

// worthy are the nouns that a sentence of their own may give a value to.
var worthy = hashSet("work works investment project scheme programme job package order arrangement tie-up engagement assignment commission award renewal extension")

// activity reads "B is the contracting activity", with which American defence
// notices end.
func (v *view) activity(all []relation) {
	if len(all) == 0 || !v.before(v.s.to, v.s.from, hashContracting) {
		return
	}
	if words := v.folded(); !hasPhrase(words, "contracting activity") && !hasPhrase(words, "contracting agency") && !hasPhrase(words, "contracting authority") {
		return
	}
	last := v.awardsBefore(all)
	for i := range v.its {
		if v.its[i].kind != itName {
			continue
		}
		for _, r := range last {
			b := party{name: v.its[i].name + 1}
			if !all[r].buyer.known() || !v.buyerAt(i) || v.names[v.its[i].name].ent >= 0 {
				all[r].buyer = b
			}
		}
		return
	}
}

var hashContracting = hashSet("contracting")

// activityReach is how many sentences stand between the award and its last
// sentence in such a notice.
const activityReach = 14

// awardsBefore are the relations of the last sentence of the paragraph that had
// any.
func (v *view) awardsBefore(all []relation) []int {
	var last []int
	for i := len(all) - 1; i >= 0 && v.si-all[i].sent <= activityReach; i-- {
		if len(last) > 0 && all[i].sent != all[last[0]].sent {
			break
		}
		last = append(last, i)
	}
	for si := v.si; len(last) > 0 && si > all[last[0]].sent; si-- {
		if v.sents[si].para {
			return nil
		}
	}
	return last
}

// earns reads "It will earn £12m a year", said of the supplier of the relations
// before.
func (v *view) earns(all []relation, last []int, g int) {
	s := v.subject(g)
	if s < 0 || !v.figureNear(g) {
		return
	}
	names := v.listOf(s)
	for _, r := range last {
		if len(all[r].values) == 0 && len(names) > 0 && v.names[names[0]].party == v.names[all[r].suppliers[0]].party {
			all[r].values = v.bareValues(g, v.clauseEnd(g), match{act: actPay})
			all[r].evidence = append(all[r].evidence, v.s.Span)
		}
	}
}

// means reports whether the sentence may speak of a relation: it names no
// supplier, or that of the relation.
func (v *view) means(r *relation) bool {
	for i := range v.its {
		if v.its[i].kind != itFirm || pronounFirm.has(v.its[i].hash) {
			continue
		}
		if names := v.resolve(i); len(names) > 0 {
			return v.names[names[0]].party == v.names[r.suppliers[0]].party
		}
	}
	return true
}

// lastRelations are the relations of the last sentence that had any.
func (v *view) lastRelations(all []relation) []int {
	var last []int
	for i := len(all) - 1; i >= 0; i-- {
		if v.si-all[i].sent > followReach || len(last) > 0 && all[i].sent != all[last[0]].sent {
			break
		}
		last = append(last, i)
	}
	return last
}

// refers reports whether the contract noun at item i is one spoken of before:
// behind "the", "this", "its existing".
func (v *view) refers(i int) bool {
	np := v.phraseStart(i)
	switch v.word(v.its[np].from) {
	case "the", "this", "that", "its", "their", "current", "original":
		return true
	}
	return false
}

// worthIt reports whether "it is worth" or "it is valued at" begins at item i.
func (v *view) worthIt(i int) bool {
	for j := i + 1; j < min(len(v.its), i+14); j++ {
		if k := v.its[j].kind; k == itPaper || k == itVerb || k == itName && j > i+4 || k == itMark && v.raw(v.its[j].from) != "," {
			return false
		}
		switch v.word(v.its[j].from) {
		case "worth", "valued", "costs", "cost", "costing":
			return true
		}
	}
	return false
}

// extendWith adds what the clause says to a relation.
func (v *view) extendWith(r *relation, c clause) {
	m := match{names: r.suppliers, act: v.stateAct(c), verb: v.stateVerb(c)}
	if vals := v.values(c, m); len(vals) > 0 && len(r.values) == 0 {
		r.values = vals
	}
	if b := v.buyer(c, m); !r.buyer.known() && b.known() {
		r.buyer = b
	}
	if s, said := v.status(c, m); said && outranks(s, r.status) && v.tells(c, s) {
		r.status, r.later = s, true
	}
	if r.subject == "" {
		r.subject = v.subjectOf(c, m)
	}
	if len(r.evidence) < maxEvidence {
		r.evidence = append(r.evidence, v.s.Span)
	}
}

// tells reports whether the clause says outright that the contract reached a
// state: the verb that it is the subject of does, or a phrase of the sentence.
func (v *view) tells(c clause, s copytaster.Status) bool {
	if c.after >= 0 && (v.its[c.after].passive || v.its[c.after].verb.form&(formPast|formS) != 0) {
		return true
	}
	if g := c.governor; g >= 0 && !v.its[g].modal {
		switch v.its[g].verb.act {
		case actEnd, actCancel, actExtend, actReview, actExit, actLose:
			return true
		}
	}
	return s == v.cue(c)
}

// outranks reports whether a state told later replaces one told before: that it
// was once awarded does not undo that it is under review now.
func outranks(later, before copytaster.Status) bool {
	switch later {
	case copytaster.StatusAwarded:
		return before == copytaster.StatusBidding || before == copytaster.StatusPlanned
	case copytaster.StatusInForce, copytaster.StatusPlanned, copytaster.StatusBidding:
		return before == later
	}
	return true
}
