// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"slices"

	"github.com/copytaster/copytaster"
)

// conviction is the probability from which a party is held to supply somebody,
// whether a frame tells of it or not. docs/EXTRACTION.md says what other lines
// would find.
const conviction = 0.6

// doubt is the probability from which a party that a frame tells of is shown as a
// supplier, and from which its contract is if three or more tell of it.
const doubt = 0.3

// roleOdds is what must speak for a name that no list has to be a supplier's:
// as much as against it. Half as much again finds a twentieth fewer and is wrong
// in a hundredth fewer cases.
const roleOdds = 0.0

// judge decides on what the frames tell, and on what they do not: relations of
// parties that hardly anything else speaks for go, parties that the text shows
// to supply somebody, in whatever words, are added.
func (t *court) judge(j *Judge) []relation {
	chance := map[string]float64{}
	for party, b := range t.cases {
		chance[party] = j.weigh(b.pleadings())
	}
	var out []relation
	for i := range t.told {
		if r := t.told[i]; t.stands(&r, chance) {
			t.amend(j, &r)
			out = append(out, r)
		}
	}
	for _, party := range t.order {
		if b := t.cases[party]; len(b.told) == 0 && chance[party] >= conviction {
			r := t.found(&t.chances[b.at])
			r.chance = chance[party]
			t.amend(j, &r)
			out = append(out, r)
		}
	}
	t.appoint(&j.Role, chance)
	return out
}

// appoint notes which parties that no list has are suppliers by what the text
// shows of them.
func (t *court) appoint(roles *Table, chance map[string]float64) {
	for i := range t.chances {
		c := &t.chances[i]
		n := &t.names[c.name]
		if n.ent >= 0 || t.servants[n.party] {
			continue
		}
		if told := len(t.cases[n.party].told) > 0; told && chance[n.party] >= doubt || roles.odds(c.signs) > roleOdds {
			if t.servants == nil {
				t.servants = map[string]bool{}
			}
			t.servants[n.party] = true
		}
	}
}

// stands reports whether enough speaks for what a frame tells, and leaves only
// those of its suppliers for whom it does.
func (t *court) stands(r *relation, chance map[string]float64) bool {
	kept := r.suppliers[:0:0]
	for _, n := range r.suppliers {
		party := t.names[n].party
		p, heard := chance[party]
		line := conviction
		if heard && len(t.cases[party].told) > 2 {
			line = doubt // the statements bear each other out
		}
		if heard && p < line {
			continue
		}
		kept = append(kept, n)
		r.chance = max(r.chance, p)
	}
	r.suppliers = kept
	return len(kept) > 0
}

// found is the relation that a chance tells of: no frame reads its sentence, so
// its slots are filled from what stands near.
func (t *court) found(c *chance) relation {
	v := c.view
	cl := clause{at: c.at, np: c.at, governor: -1, after: -1, end: len(v.its)}
	m := match{names: []int{c.name}, verb: v.verbBehind(c.at)}
	if m.verb >= 0 {
		m.act = v.its[m.verb].verb.act
	}
	r := relation{suppliers: m.names, buyer: v.buyer(cl, m), sent: v.si, score: scoreLoose, evidence: v.here(), status: copytaster.StatusInForce}
	if !r.buyer.known() {
		r.buyer = party{name: v.topic.buyer + 1}
	}
	if j := v.closest(c.at, func(j int) bool { return v.its[j].kind == itMoney && !v.notValue(j) }); j >= 0 {
		r.values = []int{v.original(v.its[j].money)}
	}
	if s := v.cue(cl); s != "" {
		r.status = s
	}
	r.subject = v.purpose(c.at+1, len(v.its), m)
	return r
}

// What must speak for a figure and for a customer, in odds, and by how much a
// state must be likelier than the one that is told. Each is where most slots come
// out right over passages that were judged by what others taught.
const (
	valueOdds       = 0.3
	toldValueOdds   = -0.5 // for a figure that a frame takes for the value
	buyerOdds       = -0.5
	privateOdds     = 1.0 // more, for one that no list has and that is no body by its name
	foundStateEdge  = 0.0
	toldStateEdge   = 1.0
	markedStateEdge = 5.0 // where a word in the text speaks of the state told
)

// amend fills the slots of the only relation of a supplier by what was learned;
// what the rules say of them is one sign of many.
func (t *court) amend(j *Judge, r *relation) {
	b := t.cases[t.names[r.suppliers[0]].party]
	if b == nil || len(b.told) > 1 {
		return
	}
	c := &t.chances[b.at]
	edge := markedStateEdge
	switch {
	case len(b.told) == 0:
		edge = foundStateEdge
	case unmarked(r.status):
		edge = toldStateEdge
	}
	t.price(j, r, c, len(b.told) > 0)
	r.status = copytaster.Status(j.state(t.stateSigns(b, r), string(r.status), edge))
	t.assign(j, r, c)
}

// price gives a relation its value. Of a frame's figures, which may be several
// (the old and the new, in two currencies), all stay if one does.
func (t *court) price(j *Judge, r *relation, c *chance, told bool) {
	best, odds := pick(t.figuresFor(c, r.values), &j.Value)
	switch {
	case told && odds > toldValueOdds && slices.Contains(r.values, best):
	case odds > valueOdds:
		r.values = []int{best}
	default:
		r.values = nil
	}
}

// unmarked reports whether a status is one that frames give where no word speaks
// of any.
func unmarked(s copytaster.Status) bool {
	return s == copytaster.StatusAwarded || s == copytaster.StatusInForce
}

// assign gives a relation its customer. One that the rules found and that is
// none of the choices stays: it has no name here.
func (t *court) assign(j *Judge, r *relation, c *chance) {
	choices := t.buyersFor(c, r.buyer)
	best, odds := pick(choices, &j.Buyer)
	if odds > lowOdds && !t.publicBody(best) && !t.denotes(r.buyer, &t.names[best]) {
		odds -= privateOdds
	}
	if odds > buyerOdds {
		r.buyer = party{name: best + 1}
		return
	}
	if slices.ContainsFunc(choices, func(ch choice) bool { return t.denotes(r.buyer, &t.names[ch.what]) }) {
		r.buyer = party{}
	}
}

// publicBody reports whether a name is that of a body that buys, by the list or
// by its words.
func (t *court) publicBody(i int) bool {
	n := &t.names[i]
	return n.ent >= 0 || n.body || n.role == copytaster.RoleBuyer
}

// pick is the best choice, and its odds.
func pick(choices []choice, t *Table) (best int, odds float64) {
	odds = lowOdds
	for i := range choices {
		if z := t.odds(choices[i].signs); z > odds {
			best, odds = choices[i].what, z
		}
	}
	return best, odds
}
