// SPDX-License-Identifier: Apache-2.0

package extract

// joins reports whether the small word at j joins two parts of one name: "of"
// and "for" do, "and" only between the parts of a body's name.
func (a *analysis) joins(i, j int) bool {
	if prev := a.toks[j-1].hash; a.word(j) == "of" && j-1 > i && (publicWords.has(prev) || companyWords.has(prev)) {
		return publicWords.has(prev) // "Housing Maintenance Authority of Western Australia", but not "Solaris Systems of Tulsa"
	}
	switch a.word(j) {
	case "and":
		return publicWords.has(a.toks[i].hash) || a.wordWithin(i, j, "department") || a.wordWithin(i, j, "ministry") || a.bodyAhead(j+1, places.has(a.toks[j-1].hash), j-i) || a.oneBody(i, j)
	case "for":
		return publicWords.has(a.toks[i].hash) || a.word(i) == "homes" || a.word(i) == "centre" || a.word(i) == "office" || a.word(i) == "transport"
	}
	return !places.has(a.toks[j+1].hash) && !(j+2 < len(a.toks) && demonyms.has(a.toks[j+1].hash) && places.has(a.toks[j+2].hash)) || publicWords.has(a.toks[i].hash) || otherStart.has(a.toks[i].hash) || a.word(i) == "bank"
}

// bodyAhead reports whether the run of capitals from token j on, of two words or
// more, ends as the name of a public body does: "and South Cumbria Care Board".
// Where no place stands before the "and", only a longer one will do: "Driver and
// Vehicle Standards Agency".
func (a *analysis) bodyAhead(j int, place bool, before int) bool {
	for k := j; k < min(j+7, len(a.toks)) && a.toks[k].cap && a.toks[k].kind == kindWord; k++ {
		if k > j && bodyTails.has(a.toks[k].hash) {
			return place || before == 1 && k-j == 2 && oneOf(a.word(k), "agency", "board")
		}
	}
	return false
}

// oneBody reports whether the "and" at token j joins two parts of a body's name:
// the article, or an owner, before it goes with both ("the Humber and Wolds Fire
// Authority"), or what follows cannot stand alone ("Thornby and District Council").
func (a *analysis) oneBody(i, j int) bool {
	for k := i; k < j; k++ {
		if h := a.toks[k].hash; publicWords.has(h) || legalForms.has(h) {
			return false
		}
	}
	if a.word(j+1) == "district" && a.word(j+2) == "council" {
		return true
	}
	if a.word(i-1) != "the" && (i == 0 || !a.toks[i-1].poss) {
		return false
	}
	k := j + 1
	for k < min(j+7, len(a.toks)) && a.toks[k].cap && a.toks[k].kind == kindWord && !a.toks[k].poss {
		k++
	}
	return k > j+2 && (bodyTails.has(a.toks[k-1].hash) || jointTails.has(a.toks[k-1].hash))
}

var (
	bodyTails  = hashSet("board trust authority agency council partnership")
	jointTails = hashSet("laboratory administration commission service services directorate unit department office committee")
	// patrons give their names to hospitals and schools.
	patrons = hashSet("st saint queen king prince princess lady")
	// nationalTails end names that begin with a nation's.
	nationalTails = hashSet("library museum academy institute council corps navy fund university college hospital waterways")
)

// possessiveName reports whether the possessive before token j is part of a
// name: "St Bride's Hospital", "Harkin's Coaches".
func (a *analysis) possessiveName(i, j int) bool {
	if h := a.toks[j].hash; !a.toks[j].cap || !companyWords.has(h) && !publicWords.has(h) {
		return a.groupOwns(j)
	}
	return patrons.has(a.toks[i].hash) || j == i+1 && companyWords.has(a.toks[j].hash)
}

// groupOwns reports whether token j is the apostrophe of those whom a public body
// is named for: "Teachers' Superannuation Board".
func (a *analysis) groupOwns(j int) bool {
	return a.toks[j-1].poss && oneOf(a.raw(j), "'", "’") && a.adjoining(j+1) && (publicWords.has(a.hash(j+1)) || a.bodyAhead(j+1, true, 1))
}

// adjoining reports whether token i is a capitalised word behind a space.
func (a *analysis) adjoining(i int) bool {
	return i < len(a.toks) && a.toks[i].cap && a.toks[i].gap == sepSpace && !a.toks[i].para
}

// nationalBody reports whether the adjective before a run belongs to it: "Scottish
// Ambulance Service".
func (a *analysis) nationalBody(i, end, sent int) bool {
	if !a.adjoins(i) || !demonyms.has(a.hash(i-1)) || !neverName.has(a.hash(i-1)) || a.titled(i) {
		return false
	}
	last := a.toks[end-1].hash
	if (a.word(i-2) == "the" || a.sents[sent].from == i-1) && nationalTails.has(last) {
		return true // "the British Library"
	}
	return end-i > 1 && (bodyEnds.has(last) || a.word(end-1) == "agency") && !a.headedBody(&name{from: i, to: end})
}
