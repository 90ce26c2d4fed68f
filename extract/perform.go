// SPDX-License-Identifier: Apache-2.0

package extract

// performs reads "S runs X for B", "X is run by S on behalf of B", "S would
// provide logistics".
func (v *view) performs(g int) match {
	m := match{act: actRun, score: scoreFair, verb: g}
	if v.its[g].passive || v.its[g].verb.form&formPart != 0 && v.nextIs(g, "by") {
		m.names = v.performedBy(g)
		return m
	}
	s := v.subject(g)
	if s < 0 || v.nounUse(g) {
		return match{}
	}
	if !v.forBody(g) && !(v.listed(s) && (v.its[g].modal || v.continues(g)) && v.publicText() && v.close(s, g)) {
		return match{}
	}
	m.names = v.listOf(s)
	return m
}

// performedBy reads "X is run by S".
func (v *view) performedBy(g int) []int {
	if g > 0 && v.its[g-1].kind == itPaper || !v.publicText() && !v.serviceBefore(g) {
		return nil
	}
	s := v.behind(g, min(len(v.its), g+10), "by")
	if s < 0 || v.its[s].kind == itName && !v.listed(s) && !v.supplier(s, 1) && v.specific() < 0 && !v.serviceBefore(g) {
		return nil
	}
	return v.listOf(s)
}

// serviceBefore reports whether what is run is a service: "the programme is
// delivered by".
func (v *view) serviceBefore(g int) bool {
	for j := g - 1; j >= 0 && g-j < 6; j-- {
		if serviceWords.has(v.its[j].hash) {
			return true
		}
	}
	return false
}

var serviceWords = hashSet("canteen payroll laundry parking recruitment probation housing lighting waste bins roads service services programme scheme system centre centres helpline park parks collections maintenance transport meals tests assessments network hotline hostel ambulances trains buses ferries ferry accommodation security cleaning catering education teaching healthcare translation interpreting dentistry fleet helpdesk pensions passports visas buses trams tram lighting heating nurseries leisure libraries ambulance prison prisons wing ward wards")

// keeps reads "S would keep HMP X for another decade".
func (v *view) keeps(g int) match {
	if v.its[g].passive { // "data is held by S on behalf of B"
		if s := v.behind(g, min(len(v.its), g+8), "by"); s >= 0 && v.servedBy(s) >= 0 {
			return match{names: v.listOf(s), act: actRun, score: scoreFair, verb: g}
		}
		return match{}
	}
	s := v.subject(g)
	if s < 0 || v.its[g].passive || !v.furtherTerm(g) || !v.publicText() || !v.listedAt(s) && !v.supplier(s, 1) {
		return match{}
	}
	return match{names: v.listOf(s), act: actExtend, score: scoreFair, verb: g}
}

// keptOn reads "S has been kept on by B", "B has kept S on", "B keeps on S".
func (v *view) keptOn(g int) match {
	m := match{act: actExtend, score: scoreFair, verb: g}
	if v.its[g].to-v.its[g].from < 2 || v.open(m) {
		return match{} // not "kept on", or only possible
	}
	if v.its[g].passive {
		if s := v.subject(g); s >= 0 && v.close(s, g) && v.publicText() && (v.listedAt(s) || v.supplier(s, 1)) {
			m.names = v.listOf(s)
		}
		return m
	}
	if v.bodyBeforeVerb(g) >= 0 && v.supplier(g+1, 1) {
		m.names = v.list(g + 1)
	}
	return m
}

// furtherTerm reports whether the verb at item g is followed by a further length
// of time: "for another decade", "for a further five years", "until 2029, three
// years longer than planned".
func (v *view) furtherTerm(g int) bool {
	for i := v.its[g].to; i+2 < v.s.to; i++ {
		switch w := v.word(i); {
		case w == "another" || w == "further" || w == "extra" || w == "additional":
			for k := i + 1; k < min(i+4, v.s.to); k++ {
				if oneOf(v.word(k), "year", "years", "decade", "month", "months") {
					return true
				}
			}
		case oneOf(w, "years", "months", "year") && (v.word(i+1) == "longer" || v.word(i+1) == "more"):
			return true
		}
	}
	return false
}

// nounUse reports whether the verb at item g is an infinitive of purpose of
// somebody else's, or part of a noun phrase.
func (v *view) nounUse(g int) bool {
	return g > 0 && v.its[g-1].kind == itWord && v.word(v.its[g-1].from) == "to" && !v.toBe(g-1)
}

// toBe reports whether the "to" at item i follows "is", "set", "continue".
func (v *view) toBe(i int) bool {
	if i == 0 {
		return false
	}
	switch v.word(v.its[i-1].from) {
	case "agreed", "agrees", "pledged", "promised", "is", "are", "was", "set", "due", "continue", "continues", "begin", "start", "began", "started":
		return true
	}
	return false
}

// continues reads "S would continue to repair", "S is to run" at the verb at
// item g.
func (v *view) continues(g int) bool {
	return g > 1 && v.word(v.its[g-1].from) == "to" && v.toBe(g-1)
}

// close reports whether the subject stands right before its verb.
func (v *view) close(s, g int) bool { return v.its[g].from-v.its[s].to < 5 }

// publicText reports whether the text is about public bodies at all.
func (v *view) publicText() bool {
	if v.topic.buyer >= 0 || v.specific() >= 0 || len(v.found) > 0 {
		return true
	}
	for i := v.s.from; i < v.s.to; i++ {
		if publicSigns.has(v.toks[i].hash) {
			return true
		}
	}
	return v.public()
}

// public reports whether the text names a body that buys, or two words or more
// of it are about public service.
func (a *analysis) public() bool {
	if a.publicity == 0 {
		a.publicity = 1
		if a.findPublic() {
			a.publicity = 2
		}
	}
	return a.publicity == 2
}

func (a *analysis) findPublic() bool {
	n := 0
	for i := range a.names {
		if a.names[i].buys() {
			return true
		}
	}
	for i := range a.toks {
		if publicSigns.has(a.toks[i].hash) {
			if n++; n > 1 {
				return true
			}
		}
	}
	return false
}

var publicSigns = hashSet("trust government ministers minister council councils councillors nhs taxpayer taxpayers public prison prisons asylum hospital hospitals school schools pupils patients army police whitehall benefit benefits claimants mps outsourcing privatisation outsourcers department ministry airbase navy pentagon federal congress passport passports probation offenders inmates refuse libraries residents ratepayers motorists commuters procurement refugees academies colleges veterans customs border ambulance ambulances firefighters nurses courts judges commissioners pensions")

// forBody reports whether "for B", "on behalf of B" or an object of B's follows
// the verb at item g.
func (v *view) forBody(g int) bool {
	for j := g + 1; j+1 < min(len(v.its), g+16); j++ {
		it := &v.its[j]
		if it.kind == itMark && v.raw(it.from) != "-" || it.kind == itVerb && j > g+1 && it.verb.form&(formPast|formS) != 0 {
			return false
		}
		switch v.word(it.from) {
		case "for", "of", "to", "at":
			if b := v.bodyIn(j+1, min(len(v.its), j+5)); b >= 0 {
				return true
			}
		}
		if v.buyerAt(j) && v.its[j].kind == itName {
			return true
		}
	}
	return false
}

// disputed reads "S is charged with defrauding B", "B sues S".
func (v *view) disputed(g int) match {
	m := match{act: actDispute, score: scoreFair, verb: g}
	if v.specific() < 0 && !v.governmentNamed() {
		return match{}
	}
	if s := v.subject(g); s >= 0 {
		m.names = v.listOf(s)
		return m
	}
	if s := v.partyIn(g+1, min(len(v.its), g+6)); s >= 0 {
		m.names = v.listOf(s)
		return m
	}
	if w := v.firstSupplier(); w >= 0 {
		m.names = []int{v.its[w].name}
		return m
	}
	return match{}
}

// governmentNamed reports whether the sentence says "the government".
func (v *view) governmentNamed() bool {
	for i := range v.its {
		if v.its[i].kind == itBody {
			return true
		}
	}
	return false
}

// firstSupplier is the item of the first supplier of the sentence, or -1.
func (v *view) firstSupplier() int {
	for i := range v.its {
		if v.supplier(i, 2) {
			return i
		}
	}
	return -1
}

// leaves reads "S is to hand the keys of X back", "S quits X" with a body in the
// same sentence.
func (v *view) leaves(g int) match {
	switch v.word(v.its[g].from) {
	case "withdraw", "withdrew", "withdrawn", "withdraws", "withdrawing", "leave", "left", "leaves", "leaving", "abandon", "abandoned", "ditch", "ditched":
		return match{}
	}
	s := v.subject(g)
	if s < 0 || v.specific() < 0 && !v.governmentNamed() && !v.wordWithin(v.its[g].from, v.s.to, "state") {
		return match{}
	}
	return match{names: v.listOf(s), act: actExit, score: scoreFair, verb: g}
}
