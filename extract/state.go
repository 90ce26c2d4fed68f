// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"

	"github.com/copytaster/copytaster"
)

// state turns what a rule found into a relation.
func (v *view) state(c clause, m match) {
	if v.speculative() {
		return
	}
	r := relation{suppliers: m.names, sent: v.si, score: m.score, buyer: m.buyer, evidence: []copytaster.Span{v.s.Span}}
	if !r.buyer.known() {
		r.buyer = v.buyer(c, m)
	}
	r.values = v.values(c, m)
	r.subject = v.subjectOf(c, m)
	r.every = v.everyPhrase(c)
	r.purposed = v.purpose(c.at+1, c.end, m) != ""
	r.status, r.later = v.status(c, m)
	first := v.word(v.its[c.np].from)
	r.fresh = v.freshPhrase(c)
	r.the = first == "the" || first == "this" || first == "its" || first == "that"
	r.definite = (first == "the" || first == "this" || first == "that" || first == "its" || first == "their") && r.subject == "" && len(r.values) == 0
	v.add(r)
}

// add keeps a relation, unless the sentence already gave one of the same
// supplier that it only repeats.
func (v *view) add(r relation) {
	if r.suppliers = v.credible(r); len(r.suppliers) == 0 {
		return
	}
	if v.petty(r) {
		return
	}
	if o := v.topic.orphan; o != nil && v.si-o.sent <= orphanReach && !r.fresh {
		v.adopt(&r, o)
	}
	v.found = append(v.found, r)
}

// petty reports whether a relation is a person's purchase: a small sum, and no
// body that buys.
func (v *view) petty(r relation) bool {
	if r.buyer.known() || len(r.values) != 1 || v.publicText() {
		return false
	}
	_, hi, ok := v.money[r.values[0]].Interval()
	return ok && hi < pettySum
}

// pettySum is the amount below which a contract without a public customer is a
// person's, in hundredths of any currency.
const pettySum = 2000_00

// credible leaves out unlisted names for which nothing speaks: a single word
// with no sign of a company, in a text about nothing public.
func (v *view) credible(r relation) []int {
	var out []int
	for _, s := range r.suppliers {
		n := &v.names[s]
		if n.ent >= 0 || n.like > 0 || n.like == 0 && (v.publicText() || r.subject != "" && r.subject != "terms") {
			out = append(out, s)
		}
	}
	return out
}

// orphanReach is how many sentences back a contract without a supplier may lie.
const orphanReach = 3

// adopt completes a relation by a contract told of before without its supplier,
// where "the contract" can mean it.
func (v *view) adopt(r *relation, o *relation) {
	loose := r.bare && !v.apartFrom() && len(r.values) == 0 && v.si-o.sent <= 2 && !(r.buyer.known() && o.buyer.known() && !v.sameBuyer(r.buyer, o.buyer))
	if !r.the && !loose || len(r.values) > 0 && len(o.values) > 0 && !v.shareValue(r.values, o.values) {
		return
	}
	if len(r.values) == 0 {
		r.values = o.values
	}
	if r.subject == "" {
		r.subject = o.subject
	}
	if !r.buyer.known() {
		r.buyer = o.buyer
	}
	if o.later && outranks(o.status, r.status) && r.status != copytaster.StatusAwarded {
		r.status, r.later = o.status, true
	}
	r.evidence = append(r.evidence, o.evidence...)
	v.topic.orphan = nil
}

// apartFrom reports whether the sentence says that it tells of something else
// than the one before: "separately".
func (v *view) apartFrom() bool {
	for i := v.s.from; i < v.s.to; i++ {
		if oneOf(v.word(i), "separately", "meanwhile", "another", "second", "elsewhere") {
			return true
		}
	}
	return false
}

// freshPhrase reports whether the noun phrase speaks of a contract not spoken of
// before: "another", "a separate", "a second".
func (v *view) freshPhrase(c clause) bool {
	for i := v.its[c.np].from; i < v.its[c.at].from; i++ {
		switch v.word(i) {
		case "another", "separate", "second", "third", "further", "new", "additional", "different", "other":
			return true
		case "latest":
			return v.word(v.its[c.np].from) != "the"
		}
	}
	return false
}

// everyPhrase reports whether the noun phrase means all contracts of a supplier.
func (v *view) everyPhrase(c clause) bool {
	for i := max(v.s.from, v.its[c.np].from-4); i < v.its[c.at].from; i++ {
		if w := v.word(i); w == "all" || w == "every" {
			return true
		}
	}
	return false
}

// speculative reports whether the sentence only wonders: a question without a
// figure, "anyone?".
func (v *view) speculative() bool {
	if v.wonders == 0 {
		v.wonders = 1
		if v.onlyWonders() {
			v.wonders = 2
		}
	}
	return v.wonders == 2
}

// onlyWonders works out what speculative says.
func (v *view) onlyWonders() bool {
	last := v.raw(v.s.to - 1)
	for i := v.s.to - 1; i > v.s.from && v.toks[i].kind == kindPunct; i-- {
		if v.raw(i) == "?" {
			last = "?"
		}
	}
	if last != "?" {
		return v.denied()
	}
	switch v.word(v.s.from) {
	case "why", "how":
		return false
	}
	return true
}

// denied reports whether the sentence says that there is no contract.
func (v *view) denied() bool {
	for i := v.s.from; i < v.s.to; i++ {
		switch v.word(i) {
		case "article", "story", "report":
			if oneOf(v.word(i+1), "said", "stated", "suggested", "claimed", "reported", "wrongly", "incorrectly") && oneOf(v.word(i-1), "an", "our", "this", "earlier", "original", "previous") && i-v.s.from < 7 {
				return true // a correction
			}
		case "untrue", "false", "unfounded", "baseless", "incorrect", "wrong":
			if oneOf(v.word(v.s.from), "reports", "claims", "rumours", "rumors", "suggestions", "speculation") {
				return true
			}
		case "denied", "denies", "deny":
			if w := v.word(i + 1); w == "that" || w == "having" || w == "any" || w == "it" || w == "being" || w == "reports" || w == "claims" && v.word(i+2) == "that" {
				return true
			}
		case "no":
			if v.word(i+1) == "truth" {
				return true
			}
			if contractWords.has(v.hash(i+1)) || contractWords.has(v.hash(i+2)) {
				return true
			}
		}
	}
	return false
}

// statusOf is the state that an act leaves a contract in.
var statusOf = [...]copytaster.Status{
	actNone: copytaster.StatusInForce, actWin: copytaster.StatusAwarded, actAward: copytaster.StatusAwarded, actHire: copytaster.StatusAwarded,
	actSign: copytaster.StatusAwarded, actPay: copytaster.StatusInForce, actRun: copytaster.StatusInForce, actHold: copytaster.StatusInForce,
	actLose: copytaster.StatusTerminated, actExit: copytaster.StatusExiting, actEnd: copytaster.StatusTerminated, actCancel: copytaster.StatusCancelled,
	actExtend: copytaster.StatusExtended, actReview: copytaster.StatusUnderReview, actBid: copytaster.StatusBidding,
	actDispute: copytaster.StatusDisputed, actReplace: copytaster.StatusAwarded, actBuy: copytaster.StatusAwarded, actBreak: copytaster.StatusTerminated,
}

// status is the state that the clause tells, and whether it tells it outright.
func (v *view) status(c clause, m match) (copytaster.Status, bool) {
	if s := v.cue(c); s != "" && !(s == copytaster.StatusDisputed && m.act == actWin && m.verb >= 0) {
		return s, true
	}
	if w := v.word(v.its[c.at].from); (w == "extension" || w == "extensions") && !v.speculative() && (m.verb < 0 || !v.its[m.verb].negated && !v.planned(m.verb)) {
		return copytaster.StatusExtended, true
	}
	if m.verb >= 0 && m.act != actHold {
		if s, said, ok := v.verbStatus(c, m); ok {
			return s, said
		}
	}
	if m.act == actHold && m.verb >= 0 && v.its[m.verb].modal && !v.its[m.verb].negated && oneOf(v.word(v.its[m.verb].from), "share", "split") {
		return copytaster.StatusAwarded, false // "will share a contract"
	}
	return statusOf[m.act], m.act != actHold && m.act != actNone && m.act != actRun && m.act != actPay
}

// verbStatus is the state that the verb tells by its mood; ok is false where the
// act alone says it.
func (v *view) verbStatus(c clause, m match) (s copytaster.Status, said, ok bool) {
	verb := &v.its[m.verb]
	s = statusOf[m.act]
	switch {
	case m.act == actExtend && verb.negated && !verb.modal:
		return copytaster.StatusTerminated, true, true
	case v.open(m), verb.negated && (s == copytaster.StatusTerminated || s == copytaster.StatusExiting):
		return copytaster.StatusInForce, false, true
	case s == copytaster.StatusAwarded && (v.planned(m.verb) || v.preferred(c)):
		return copytaster.StatusPlanned, true, true
	case m.act == actRun && (verb.modal || v.word(verb.from-1) == "to" && beForms.has(v.hash(verb.from-2))):
		return copytaster.StatusAwarded, false, true
	}
	return "", false, false
}

// open reports whether the verb tells of an end or an extension that is only
// possible, or still to come: "may be renewed", "expires in March".
func (v *view) open(m match) bool {
	verb := &v.its[m.verb]
	switch m.act {
	case actEnd, actExtend, actReview, actCancel, actLose, actBreak:
	default:
		return false
	}
	if verb.negated {
		return true
	}
	if verb.verb.form&formS != 0 && m.act == actEnd {
		w := v.word(verb.from)
		return w == "expires" || w == "ends" || w == "lapses"
	}
	for i := max(v.s.from, verb.from-4); i < verb.from; i++ {
		switch v.word(i) {
		case "may", "could", "might", "can", "if", "considering", "consider", "mulling", "weighing", "threatening", "threatened":
			return true
		}
	}
	return false
}

// planned reports whether an award is still to come: "is set to win", "would",
// "will be awarded", "is expected to".
func (v *view) planned(g int) bool {
	if v.word(v.its[g].from-1) == "to" {
		for i := v.its[g].from - 2; i >= max(v.s.from, v.its[g].from-14); i-- {
			if oneOf(v.word(i), "plans", "plan", "proposal", "proposals", "intention", "pressing", "hoping") {
				return true
			}
		}
	}
	for i := max(v.s.from, v.its[g].from-6); i < v.its[g].from; i++ {
		switch v.word(i) {
		case "set", "expected", "poised", "likely", "would", "planning", "plans", "plan", "intends", "minded", "close", "about", "hopes", "due", "could", "may", "might":
			return true
		}
	}
	return false
}

func (v *view) preferred(c clause) bool {
	for i := v.s.from; i+1 < v.s.to; i++ {
		if v.word(i) == "preferred" {
			switch v.word(i + 1) {
			case "bidder", "supplier", "bidders", "contractor", "partner", "operator", "provider":
				return true
			}
		}
	}
	return false
}

// hedged reports whether the words before a cue deny or suppose it: "would not",
// "may be", "refused to".
func hedged(before string, s copytaster.Status) bool {
	ws := strings.Fields(before)
	for i := len(ws) - 1; i >= 0 && i >= len(ws)-3; i-- {
		switch ws[i] {
		case "|":
			return false
		case "not", "never", "denied", "without", "threw", "thrown", "dismissed", "rejected", "survived", "considering", "mulling", "weighing", "threatening", "rule", "ruled":
			return true
		case "may", "might", "could", "unless", "if", "threatened", "avoid":
			return s != copytaster.StatusPlanned
		}
	}
	return false
}

// cue is the state that a word or phrase of the sentence tells, or "".
func (v *view) cue(c clause) copytaster.Status {
	if !v.cued {
		v.cued, v.sentenceStatus = true, v.findCue()
	}
	return v.sentenceStatus
}
