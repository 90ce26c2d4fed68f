// SPDX-License-Identifier: Apache-2.0

package extract

import "github.com/copytaster/copytaster"

// seated adds to a relation the suppliers that stand in its sentence with their
// seats, as American defence notices list them: "S Inc., Clifton, New Jersey
// (W56KGU-1); T LLC, McLean, Virginia; and U Corp., Dayton, Ohio, have been
// awarded".
func (v *view) seated() {
	verb, sum := v.awardedSum()
	if len(v.found) == 0 && sum > 0 {
		v.announced(verb, sum)
	}
	if len(v.found) == 0 {
		return
	}
	if len(v.found) == 1 && len(v.found[0].values) == 0 && sum > 0 {
		v.found[0].values = []int{v.its[sum].money}
	}
	names := v.seatedNames()
	if len(names) < 2 {
		return
	}
	each := hasPhrase(v.folded(), "compete for each")
	for i := range v.found {
		r := &v.found[i]
		if each && r.status == copytaster.StatusBidding {
			r.status, r.later = copytaster.StatusAwarded, true // they have the contract, and compete for its orders
		}
		if len(r.suppliers) > 0 && v.has(names, r.suppliers[0]) {
			r.suppliers = names
		}
	}
}

// awardedSum finds "awarded a $48.6m", also "awarded a maximum $48.6m", and
// returns the items of verb and sum, or zeros.
func (v *view) awardedSum() (verb, sum int) {
	for i := 1; i+2 < len(v.its); i++ {
		if !v.is(v.its[i].to-1, hashAwarded) || !oneOf(v.word(v.its[i+1].from), "a", "an") {
			continue
		}
		for j := i + 2; j < min(len(v.its), i+5); j++ {
			if v.its[j].kind == itMoney {
				return i, j
			}
		}
	}
	return 0, 0
}

var hashAwarded = hashSet("awarded")

// announced reads the first sentence of such a notice where no frame does,
// because kinds of contracts stand between sum and contract: "S, Carlsbad,
// California, is awarded a $48.6m ceiling single-award, indefinite-delivery
// contract".
func (v *view) announced(verb, sum int) {
	names := v.seatedNames()
	if len(names) == 0 || !oneOf(v.raw(v.names[names[0]].to), ",", "*") || v.negated(verb) {
		return
	}
	for i := sum + 1; i < len(v.its); i++ {
		if v.its[i].kind == itPaper {
			v.add(relation{suppliers: names, values: []int{v.its[sum].money}, subject: v.purpose(i+1, len(v.its), match{}), status: copytaster.StatusAwarded,
				later: true, sent: v.si, score: scoreStrong, evidence: []copytaster.Span{v.s.Span}})
			return
		}
	}
}

// negated reports whether the verb at item i is.
func (v *view) negated(i int) bool { return v.its[i].kind == itVerb && v.its[i].negated }

// seatedNames are the names that begin the sentence or stand behind a semicolon
// in it, up to its verb.
func (v *view) seatedNames() []int {
	var names []int
	for i := range v.its {
		it := &v.its[i]
		if it.kind == itVerb {
			break
		}
		if it.kind != itName || !v.supplier(i, 0) {
			continue
		}
		j := i - 1
		if j >= 0 && v.word(v.its[j].from) == "and" {
			j--
		}
		if j < 0 || v.raw(v.its[j].from) == ";" {
			names = append(names, it.name)
		}
	}
	return names
}
