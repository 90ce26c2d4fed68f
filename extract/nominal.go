// SPDX-License-Identifier: Apache-2.0

package extract

import "github.com/copytaster/copytaster"

// here is the sentence as evidence.
func (v *view) here() []copytaster.Span { return []copytaster.Span{v.s.Span} }

// Nouns that tell what verbs tell, by what they tell of.
var (
	choosing   = hashSet("appointment reappointment selection choice hiring engagement recruitment nomination")
	performing = hashSet("stewardship running management handling operation operations oversight provision delivery maintenance tenure performance record upkeep")
	talking    = hashSet("talks negotiations discussions")
	offering   = hashSet("tenders bids offers proposals submissions quotes")
	building   = hashSet("work works construction refurbishment installation upgrade repairs restoration demolition")
	inviting   = hashSet("invite invites invited inviting ask asks asked asking")
)

// nominals reads the frames of nouns that stand for verbs: "the appointment of S
// to", "S's stewardship of X", "talks with S over", "bids from S and T", and
// "invited S to bid".
func (v *view) nominals() {
	if v.speculative() || !v.publicText() {
		return
	}
	for i := range v.its {
		it := &v.its[i]
		if it.kind == itMoney {
			v.moneyWent(i)
		}
		if it.kind == itName || it.kind == itMark || it.kind == itMoney {
			continue
		}
		switch {
		case choosing.has(it.hash):
			v.nounOf(i, "of", copytaster.StatusAwarded)
		case talking.has(it.hash):
			v.nounOf(i, "with", copytaster.StatusPlanned)
		case offering.has(it.hash):
			v.nounOf(i, "from", copytaster.StatusBidding)
		case inviting.has(it.hash):
			v.invited(i)
		case v.word(it.from) == "back" && v.nextIs(i, "from"):
			v.tookBack(i)
		case building.has(it.hash):
			v.nounOf(i, "by", copytaster.StatusInForce)
		case performing.has(it.hash):
			v.ownWork(i)
		}
	}
}

// tookBack reads "has taken the prison back from S", the "back" at item i.
func (v *view) tookBack(i int) {
	s := v.partyIn(i+2, min(len(v.its), i+6))
	if s < 0 || !v.supplier(s, 1) || v.its[s].kind == itFirm || v.buyerAt(s) {
		return
	}
	for j := i - 1; j >= 0 && i-j < 8; j-- {
		if oneOf(v.word(v.its[j].from), "take", "takes", "took", "taken", "taking", "brought", "bring", "clawed") {
			v.tell(s, copytaster.StatusTerminated, v.piece(j+1, i), scoreFair)
			return
		}
	}
}

// moneyWent reads "a further £640,000 went to S", the figure at item i.
func (v *view) moneyWent(i int) {
	for j := i + 1; j+2 < min(len(v.its), i+6); j++ {
		it := &v.its[j]
		if wentForms.has(it.hash) && v.word(v.its[j+1].from) == "to" {
			s := v.partyIn(j+2, min(len(v.its), j+8))
			if s < 0 || v.its[s].kind == itFirm || !v.supplier(s, 1) || v.notValue(i) || v.told(v.list(s), s) {
				return
			}
			b := party{name: v.topic.buyer + 1}
			if v.specific() >= 0 {
				b = party{name: v.specific() + 1}
			}
			v.add(relation{suppliers: v.list(s), buyer: b, values: []int{v.original(v.its[i].money)}, status: copytaster.StatusInForce, sent: v.si,
				score: scoreFair, subject: v.purpose(s+1, len(v.its), match{}), evidence: v.here()})
			return
		}
		if it.kind != itWord {
			return
		}
	}
}

// nounOf reads a noun at item i whose supplier stands behind a preposition.
func (v *view) nounOf(i int, prep string, status copytaster.Status) {
	for j := i + 1; j+1 < min(len(v.its), i+14); j++ {
		it := &v.its[j]
		if it.kind == itMark && v.raw(it.from) != "-" || it.kind == itPaper {
			return
		}
		if v.word(it.from) != prep {
			continue
		}
		s := v.partyIn(j+1, min(len(v.its), j+7))
		if s < 0 || v.its[s].kind == itFirm || !v.listed(s) && !v.supplier(s, 1) {
			continue
		}
		if prep == "with" && v.bodyBeforeVerb(i) < 0 && v.topic.buyer < 0 {
			return
		}
		v.tell(s, status, v.purpose(s+1, len(v.its), match{}), scoreFair)
		return
	}
}

// invited reads "invited S and T to bid", "asked S to make an offer for".
func (v *view) invited(i int) {
	s := v.partyIn(i+1, min(len(v.its), i+6))
	if s < 0 || v.its[s].kind == itFirm {
		return
	}
	for j := s + 1; j+1 < min(len(v.its), s+8); j++ {
		if v.word(v.its[j].from) != "to" {
			continue
		}
		w := v.its[j+1].from
		if oneOf(v.word(w), "bid", "tender", "compete", "pitch", "quote", "price", "submit") || oneOf(v.word(w), "make", "put", "send") && (v.wordWithin(w, w+5, "offer") || v.wordWithin(w, w+5, "bid") || v.wordWithin(w, w+5, "bids")) {
			v.tell(s, copytaster.StatusBidding, v.purpose(j+2, len(v.its), match{}), scoreFair)
		}
	}
}

// ownWork reads "S's stewardship of the prison" in a sentence with a body.
func (v *view) ownWork(i int) {
	if i+1 >= len(v.its) || v.word(v.its[i+1].from) != "of" {
		return
	}
	for j := i - 1; j >= 0 && i-j < 4; j-- {
		if v.supplier(j, 0) && v.owned(j) && (v.listed(j) || v.supplier(j, 1)) {
			if v.specific() >= 0 || v.topic.buyer >= 0 {
				v.tell(j, copytaster.StatusInForce, v.piece(i+2, len(v.its)), scoreLoose)
			}
			return
		}
		if v.its[j].kind != itWord {
			return
		}
	}
}

// tell adds what a noun's frame says of the supplier at item s and of those in a
// row with it.
func (v *view) tell(s int, status copytaster.Status, subject string, score float64) {
	names := v.list(s)
	if v.told(names, s) {
		return
	}
	c := clause{at: s, np: s, governor: -1, after: -1, end: len(v.its)}
	m := match{names: names, score: score, verb: -1}
	r := relation{suppliers: names, buyer: v.buyer(c, m), sent: v.si, score: score, evidence: v.here(), subject: subject,
		values: v.tailValue(s, len(v.its)), status: status, later: true}
	if !r.buyer.known() {
		r.buyer = party{name: v.topic.buyer + 1}
	}
	if cue := v.cue(c); cue != "" && status == copytaster.StatusInForce {
		r.status = cue
	}
	v.add(r)
}
