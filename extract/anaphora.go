// SPDX-License-Identifier: Apache-2.0

package extract

// resolve is what the item stands for: "the firm" and "it" mean the supplier
// that was spoken of last.
func (v *view) resolve(i int) []int {
	it := &v.its[i]
	if it.kind == itName {
		return v.list(i)
	}
	for j := i - 1; j >= 0; j-- {
		if v.its[j].kind == itName && v.supplier(j, 0) && !v.inObject(j) && !v.fromPlaceUnknown(j) {
			return v.antecedent(i, v.several(i, j))
		}
	}
	if v.bodyBefore(i) || pronounFirm.has(it.hash) && v.anyFirmBefore(i) {
		return nil
	}
	if names := v.fromTopic(i); len(names) > 0 || pronounFirm.has(it.hash) {
		return names
	}
	return v.named(i)
}

// named reads "The firm appointed to fix the dome, S, went": the name set
// between commas behind item i.
func (v *view) named(i int) []int {
	for j := i + 2; j+1 < len(v.its); j++ {
		if v.supplier(j, 0) && v.raw(v.its[j-1].from) == "," && v.raw(v.its[j+1].from) == "," {
			return []int{v.its[j].name}
		}
	}
	return nil
}

// anyFirmBefore reports whether "a company" stands before item i: "it" then
// means that one, whichever it is.
func (v *view) anyFirmBefore(i int) bool {
	for j := 0; j+1 < i; j++ {
		if w := v.word(v.its[j].from); w != "a" && w != "an" {
			continue
		}
		for k := j + 1; k < min(j+4, i); k++ {
			if v.its[k].kind == itWord && anaphorWords.has(v.its[k].hash) && !(k+1 < len(v.its) && v.its[k+1].kind == itName) {
				return true
			}
		}
	}
	return false
}

// inObject reports whether the name at item j is one that another was set
// against: behind "from", "against", "than", "replacing".
func (v *view) inObject(j int) bool {
	if v.defeated(j) {
		return true
	}
	if j+2 < len(v.its) && (v.word(v.its[j+1].from) == "rival" || v.word(v.its[j+1].from) == "rivals") && v.its[j+2].kind == itName {
		return true
	}
	for k := j - 1; k >= 0 && j-k < 4; k-- {
		switch v.word(v.its[k].from) {
		case "from", "against", "than", "replacing", "replace", "replaces", "replaced", "beating", "incumbent":
			return true
		case "rival", "rivals":
			return k == 0 || v.its[k-1].kind != itName // "X rival Y" is about Y
		}
		if v.its[k].kind != itWord {
			return false
		}
	}
	return false
}

// defeats are forms of verbs whose object is the rival that lost.
var defeats = hashSet("beat beats beating beaten saw see seeing sees fought fight fights fighting fend fended fends fending pipped pips pip outbid outbids outbidding edged edging edge trounced outscored undercut undercuts undercutting overtook overtakes held holding dislodged dislodging unseated unseating ousted ousting prised leapfrogged")

// defeated reports whether the name at item j, or the row that it ends, lost to
// another: "saw off S", "beat T and S to", "ahead of S", "competition from S".
func (v *view) defeated(j int) bool {
	for k := j - 1; k > 0 && j-k < 12; k-- {
		it := &v.its[k]
		w := v.word(it.from)
		switch {
		case defeats.has(it.hash) && it.kind != itName:
			return defeatsAlone(w) || oneOf(v.word(it.from+1), "off", "out") || oneOf(v.word(it.to-1), "off", "out")
		case w == "of" && oneOf(v.word(it.from-1), "ahead", "instead", "preference"), w == "from" && oneOf(v.word(it.from-1), "competition", "rivals", "away", "prised", "challenge"):
			return true
		case it.kind == itName, it.kind == itMark && v.raw(it.from) == ",", it.kind == itWord && !prepositions.has(it.hash) && !relatives.has(it.hash) && !beForms.has(it.hash) && !modalForms.has(it.hash):
		default:
			return false
		}
	}
	return false
}

// defeatsAlone reports whether a verb of defeat needs no particle.
func defeatsAlone(w string) bool {
	return !oneOf(w, "saw", "see", "seeing", "sees", "fought", "fight", "fights", "fighting", "fend", "fended", "fends", "fending", "edged", "edging", "edge", "held", "holding")
}

// antecedent is the one of a row that the item means: all for a plural, the
// first otherwise.
func (v *view) antecedent(i int, row []int) []int {
	if len(row) < 2 {
		return row
	}
	switch w := v.word(v.its[i].to - 1); w {
	case "they", "firms", "companies", "pair", "duo", "trio", "contractors", "suppliers", "their":
		return row
	}
	return row[:1]
}

// bodyBefore reports whether "it" more likely means a body of the same sentence.
func (v *view) bodyBefore(i int) bool {
	if !pronounFirm.has(v.its[i].hash) {
		return false
	}
	for j := i - 1; j >= 0; j-- {
		if v.buyerAt(j) && !v.inPhrase(j) {
			return true
		}
	}
	return false
}

// topicReach is how many sentences back "the firm" may reach.
const topicReach = 6

func (v *view) fromTopic(i int) []int {
	if len(v.topic.suppliers) == 0 || v.si-v.topic.sent > topicReach {
		return nil
	}
	return v.antecedent(i, v.topic.suppliers)
}

// resolvePronoun is what "its" or "their" at item i stands for.
func (v *view) resolvePronoun(i int) []int {
	if v.bodyOwns(i) {
		return nil
	}
	for j := i - 1; j >= 0; j-- {
		it := &v.its[j]
		if v.buyerAt(j) && !v.inPhrase(j) {
			return nil
		}
		if v.supplier(j, 0) && !v.inObject(j) && !v.fromPlaceUnknown(j) {
			return v.antecedent(i, v.list(j))
		}
		if it.kind == itFirm {
			return v.resolve(j)
		}
	}
	return v.fromTopic(i)
}

// several is the row of the name at item j; for a plural, where the row is that
// name alone, every supplier before it that does not merely describe another
// ("Southeastern operator Go-Ahead").
func (v *view) several(i, j int) []int {
	row := v.list(j)
	if len(row) > 1 || v.word(v.its[i].from) != "they" && v.word(v.its[i].from) != "both" {
		return row
	}
	var names []int
	describes := false
	for k := j; k >= 0; k-- {
		if !v.supplier(k, 1) || v.inObject(k) {
			continue
		}
		next := k + 1
		head := k > 0 && firmWords.has(v.its[k-1].hash)
		describes = next < len(v.its) && !head && (firmWords.has(v.its[next].hash) || describes && v.word(v.its[next].from) == "and" && next+1 < len(v.its) && v.its[next+1].kind == itName)
		if !describes {
			names = append([]int{v.its[k].name}, names...)
		}
	}
	if v.joinedAny(j) {
		return names
	}
	return row
}

// joinedAny reports whether an "and" stands between the names before item j.
func (v *view) joinedAny(j int) bool {
	for k := 0; k < j; k++ {
		if v.word(v.its[k].from) == "and" {
			return true
		}
	}
	return false
}

// fromPlaceUnknown reports whether the name at item j is an unlisted one that
// stands where a place would.
func (v *view) fromPlaceUnknown(j int) bool {
	return !v.listed(j) && v.names[v.its[j].name].like < 2 && v.fromPlace(j)
}

// bodyOwns reports whether the "its" at item i means a body that is the subject
// of a verb that takes suppliers for objects: "B has shortlisted S for its".
func (v *view) bodyOwns(i int) bool {
	for g := i - 1; g >= 0; g-- {
		if v.its[g].kind != itVerb || v.its[g].passive {
			continue
		}
		switch v.its[g].verb.act {
		case actAward, actHire, actBid, actPay, actEnd, actCancel, actExtend, actReview:
			return v.bodyBeforeVerb(g) >= 0
		}
		return false
	}
	return false
}
