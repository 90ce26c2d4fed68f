// SPDX-License-Identifier: Apache-2.0

package extract

import "github.com/copytaster/copytaster"

// seated adds to a relation the suppliers that stand in its sentence with their
// seats, as American defence notices list them: "S Inc., Clifton, New Jersey
// (W56KGU-1); T LLC, McLean, Virginia; and U Corp., Dayton, Ohio, have been
// awarded".
func (v *view) seated() {
	if len(v.found) == 0 {
		return
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
