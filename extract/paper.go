// SPDX-License-Identifier: Apache-2.0

package extract

// foreign reports whether the sentence speaks of contracts of another sort:
// sport, show business, markets.
func (v *view) foreign() bool {
	sport, market := 0, 0
	for i := v.s.from; i < v.s.to; i++ {
		h := v.toks[i].hash
		if sportSigns.has(h) {
			sport++
		}
		if marketSigns.has(h) {
			market++
		}
	}
	return sport >= 2 || market >= 2
}

// otherPaper reports whether a contract noun means something that is no supply
// contract, or one that is denied.
func (v *view) otherPaper(i int) bool {
	it := &v.its[i]
	w, prev, before, next := v.word(it.from), v.word(it.from-1), v.word(it.from-2), v.word(it.to)
	deal := oneOf(w, "deal", "deals", "agreement")
	switch {
	case otherBefore[prev], otherAfter[next] && next != "":
		return true
	case deal && (oneOf(prev, "great", "good") || next == "with" && prev == "to" || v.takeover()):
		return true // "a great deal", "to deal with"
	case next == "on" && prev == "a" && oneOf(before, "put", "out", "taken"):
		return true // a killer's
	case prev == "of" && before == "out", prev == "of" && before == "breach" && !v.anyListed():
		return true
	case prev == "of" && before == "breach":
		return false
	case oneOf(next, "to", "for") && dealVerbs[v.word(it.to+1)]:
		return true
	case oneOf(prev, "his", "her", "my", "your"), prev == "their" && v.staffBefore(i):
		return true // somebody's employment
	case oneOf(prev, "no", "any"), prev == "without" && !v.toks[it.from].para:
		return true
	case oneOf(w, "tender", "tenders", "commission", "outsourcing"):
		return !v.bidBefore(i) && !(oneOf(next, "won", "awarded") && v.word(it.to+1) == "by")
	}
	return v.phoneDeal(i)
}

// staffBefore reports whether "their" before the contract noun at item i means
// workers: no supplier stands between.
func (v *view) staffBefore(i int) bool {
	for j := i - 2; j >= 0; j-- {
		if oneOf(v.word(v.its[j].from), "staff", "workers", "employees", "cleaners", "drivers", "nurses", "teachers", "players", "guards", "doctors", "actors") {
			return true
		}
		if v.supplier(j, 0) {
			return false
		}
	}
	return false
}

// dealVerbs say that a deal is one between owners.
var dealVerbs = words("buy acquire purchase merge sell combine takeover")

// takeover reports whether the sentence is about one company buying another,
// and about no body.
func (v *view) takeover() bool {
	for i := range v.its {
		if v.buyerAt(i) {
			return false
		}
	}
	for i := v.s.from; i < v.s.to; i++ {
		switch v.word(i) {
		case "buy", "acquire", "takeover", "merger", "merge", "acquisition", "buyout", "acquires", "acquired":
			return true
		}
	}
	return false
}

// bidBefore reports whether "tender" or "commission" is a contract here: behind
// a verb of winning or bidding.
func (v *view) bidBefore(i int) bool {
	g := v.governor(i)
	if g < 0 {
		return false
	}
	switch v.its[g].verb.act {
	case actWin, actAward, actLose:
		return true
	}
	return false
}

// phoneDeal reports whether the sentence sells a consumer contract.
func (v *view) phoneDeal(i int) bool {
	n := 0
	for j := v.s.from; j < v.s.to; j++ {
		if phoneSigns.has(v.toks[j].hash) {
			n++
		}
	}
	return n >= 2 || n == 1 && v.word(v.its[i].from-1) == "month"
}

// anyListed reports whether the sentence names a supplier of the list.
func (v *view) anyListed() bool {
	for i := range v.its {
		if v.supplier(i, 2) && v.listed(i) {
			return true
		}
	}
	return false
}

// workWords name what is won, besides a contract.
var workWords = hashSet("job work jobs role project scheme programme program mission missions partnership business order orders tender recompete gig prize package slice spot lot lots phase tranche portion chunk scheme schemes operation")

// works takes "job", "project" and their like for a contract behind a verb of
// winning or losing, and before "went to S".
func (v *view) works() {
	for i := range v.its {
		it := &v.its[i]
		if it.kind != itWord || !workWords.has(it.hash) {
			continue
		}
		if v.goesTo(i) || v.jobFor(i) {
			it.kind = itPaper
			continue
		}
		v.takesShare(i)
		for g := i - 1; g >= 0 && i-g < 7; g-- {
			if v.its[g].kind == itVerb {
				switch v.its[g].verb.act {
				case actWin, actLose, actBid, actReplace:
					if v.directObject(g, i) || defeats.has(v.its[g].hash) && v.word(v.its[i-1].from-1) == "to" {
						it.kind = itPaper
					}
				case actAward:
					if v.its[g].passive || v.directObject(g, i) {
						it.kind = itPaper
					}
				}
				break
			}
		}
	}
}

// takesShare makes a verb of winning of "takes" before the share at item i:
// "takes the biggest slice".
func (v *view) takesShare(i int) {
	if !oneOf(v.word(v.its[i].from), "slice", "package", "lot", "lots", "share", "chunk", "portion", "tranche", "phase") {
		return
	}
	for g := i - 1; g >= 0 && i-g < 6 && v.its[g].kind != itMark; g-- {
		if oneOf(v.word(v.its[g].from), "takes", "took", "take", "taken", "taking") && v.its[g].kind == itWord {
			v.its[g].kind, v.its[g].verb = itVerb, verb{act: actWin, form: formPast}
			return
		}
	}
}

// goesTo reads "the work will instead go to", "the final lot, covering pumps,
// goes to" behind the noun at item i.
func (v *view) goesTo(i int) bool {
	clause := false
	for j := i + 1; j+1 < min(len(v.its), i+9); j++ {
		it := &v.its[j]
		switch {
		case wentForms.has(it.hash):
			return v.word(v.its[j+1].from) == "to"
		case it.kind == itMark && v.raw(it.from) == ",":
			clause = true
		case clause, haveForms.has(it.hash), it.kind == itWord && (modalForms.has(it.hash) || beForms.has(it.hash) || adverbs.has(it.hash) || oneOf(v.word(it.from), "instead", "therefore", "now")):
		default:
			return false
		}
	}
	return false
}

// jobFor reads "a £33m job for B" at the noun at item i: with a figure before it
// and a customer behind it, any work is a contract.
func (v *view) jobFor(i int) bool {
	if i+2 >= len(v.its) || !oneOf(v.word(v.its[i+1].from), "for", "with", "at") || v.bodyIn(i+2, min(len(v.its), i+6)) < 0 {
		return false
	}
	for j := i - 1; j >= 0 && i-j < 5; j-- {
		if v.its[j].kind == itMoney {
			return true
		}
		if v.its[j].kind != itWord {
			return false
		}
	}
	return false
}

// directObject reports whether nothing but the words of one noun phrase stands
// between the verb at item g and the noun at item i.
func (v *view) directObject(g, i int) bool {
	for j := g + 1; j < i; j++ {
		it := &v.its[j]
		if it.kind == itVerb || it.kind == itPaper || it.kind == itWord && prepositions.has(it.hash) && v.word(it.from) != "of" {
			return false
		}
	}
	return true
}
