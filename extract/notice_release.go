// SPDX-License-Identifier: Apache-2.0

package extract

var hashRevenue = hashSet("revenue revenues")

// earning reads what companies tell exchanges a contract brings in: "The contract
// is expected to generate revenues of £31m over its term", "expects revenue of
// £14.2m to be recognised over the term".
func (v *view) earning(all []relation, last []int) {
	if !v.before(v.s.to, v.s.from, hashRevenue) {
		return
	}
	words := v.folded()
	of := hasPhrase(words, "over the term") || hasPhrase(words, "over its term") || hasPhrase(words, "over the life") || hasPhrase(words, "over the contract")
	for i := range v.its {
		if v.its[i].kind == itPaper && v.refers(i) && (hasPhrase(words, "generate") || hasPhrase(words, "deliver") || hasPhrase(words, "contribute")) {
			of = true
		}
	}
	if !of {
		return
	}
	for i := range v.its {
		if v.its[i].kind != itMoney || i < 2 || !oneOf(v.word(v.its[i-1].from), "of", "approximately", "around", "about") {
			continue
		}
		for _, r := range last {
			if len(all[r].values) == 0 {
				all[r].values = []int{v.its[i].money}
				all[r].evidence = append(all[r].evidence, v.s.Span)
			}
		}
		return
	}
}
