// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"github.com/copytaster/copytaster"
)

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
		if m = v.gives(g); len(m.names) == 0 && verb.passive && v.figureNear(g) && v.customerBehind(g) {
			m = v.received(g)
		}
	case actReplace:
		m = v.replaced(g)
	case actDispute:
		m = v.disputed(g)
	case actExit:
		if m = v.leaves(g); len(m.names) == 0 {
			m = v.dropped(g)
		}
	case actBuy:
		m = v.buys(g)
	case actHold:
		m = v.keeps(g)
	case actExtend:
		if !v.open(match{act: actExtend, verb: g}) { // "it may be extended"
			m = v.keptOn(g)
		}
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
	r.bare = true
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
	if verb := &v.its[g]; (verb.verb.act == actPay || receives.has(verb.hash)) && len(r.values) == 0 {
		r.values = v.bareValues(g, v.clauseEnd(g), match{act: actPay})
	}
	if act := v.its[g].verb.act; r.subject == "" && (act == actAward || act == actRun) {
		r.subject = v.bareSubject(g, v.clauseEnd(g), match{act: act})
	}
}

func (v *view) nextIs(i int, w string) bool {
	return i+1 < len(v.its) && v.word(v.its[i+1].from) == w
}
