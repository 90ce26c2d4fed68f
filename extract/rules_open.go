// SPDX-License-Identifier: Apache-2.0

package extract

// The rules here read sentences whose verb is of no list: what it says is left
// open, and the frame around it decides.

// underOpen reads "S reports on X-rays under a deal worth": whatever S does under
// a contract, it has it.
func (v *view) underOpen(c clause) match {
	if !oneOf(v.word(v.its[c.np-1].from), "under", "via", "through") || v.otherTerms(c) {
		return match{}
	}
	for j := c.np - 2; j >= 0; j-- {
		if it := &v.its[j]; it.kind == itVerb || it.kind == itMark && oneOf(v.raw(it.from), ";", ":") {
			break
		}
		if j > 0 && v.its[j-1].kind == itVerb {
			continue // an object
		}
		if v.subjectKind(j, c.np-1) == subjectPlain && v.names[v.its[j].name].like >= 0 || v.subjectKind(j, c.np-1) == subjectFirm && !v.inPhrase(j) {
			if !v.plain(c, j) {
				return match{}
			}
			return match{names: v.listOf(j), act: actRun, score: scoreFair, verb: -1}
		}
	}
	return match{}
}

// otherTerms reports whether what stands "under" is no contract of the
// subject's: "under its deal with the EU", "under the terms of".
func (v *view) otherTerms(c clause) bool {
	return v.wordWithin(v.its[c.np].from, v.its[c.at].from, "trade") || v.wordWithin(v.its[c.np].from, v.its[c.at].from, "next")
}

// onlyFirm reads "the outsourcer would not be kept on when the agreement lapses":
// the sentence names no supplier, and what stands for one is the only party.
func (v *view) onlyFirm(c clause) match {
	at := -1
	for i := range v.its {
		if v.supplier(i, 1) {
			return match{}
		}
		if v.its[i].kind == itFirm && !pronounFirm.has(v.its[i].hash) && at < 0 {
			at = i
		}
	}
	if at < 0 || v.freshPhrase(c) || !v.plain(c, at) && !v.endedBy(c) {
		return match{}
	}
	names := v.resolve(at)
	if len(names) == 0 || v.names[names[0]].ent < 0 && v.names[names[0]].like < 2 && !v.topic.told {
		return match{} // nothing says that what was spoken of is a company
	}
	return match{names: names, act: v.stateAct(c), score: scoreLoose, verb: v.stateVerb(c)}
}

// endedBy reports whether the sentence tells outright of an end, which a "not"
// does not undo: "will not be kept on".
func (v *view) endedBy(c clause) bool { return v.cue(c) != "" }

// furtherOne reads "A second order, for face shields, worth £8m, followed": it
// names no supplier, and is that of the sentence before.
func (v *view) furtherOne(c clause) match {
	if len(v.topic.suppliers) == 0 || !v.topic.told || v.si-v.topic.sent > 4 || !v.freshPhrase(c) || v.denied() || !oneOf(v.word(v.its[c.np].from), "a", "another", "further", "two") {
		return match{}
	}
	if len(v.values(c, match{})) == 0 {
		return match{}
	}
	for i := range v.its {
		if v.supplier(i, 0) || v.its[i].kind == itFirm && !pronounFirm.has(v.its[i].hash) {
			return match{}
		}
	}
	return match{names: v.topic.suppliers, act: actAward, score: scoreFair, verb: -1}
}

// notDeeds are words that may follow a subject and that do nothing for a body,
// though "for" follows them.
var notDeeds = hashSet("works worked working lobbied lobbies campaigned campaigns speaks spoke waited called calls apologised apologized is was has had said says blamed asked thanked criticised praised accused stood stands needs needed wants wanted hopes hoped applied prepares prepared donated raised voted pressed pushed paved reserved known responsible bidding bids competed waits looks looked searched paused profits this its us news plus as previous various less unless always perhaps towards besides whereas across famous access business process press express address success loss losses boss bosses staffs costs shares sales talks does goes moved fell rose slipped jumped gained allowed created left based founded owned headed chaired listed floated fined sued convicted jailed argued warned claimed hired tipped praises calls arranged sponsored designed")

// deeds reads "S fixes potholes for B", "it has guarded job centres on behalf of
// B": whatever the verb, who does it for a named body serves it.
func (v *view) deeds() {
	for i := range v.its {
		if !(v.supplier(i, 0) && !v.owned(i) && !v.defeated(i) || v.its[i].kind == itFirm) || v.inPhrase(i) {
			continue
		}
		verb := v.openVerb(i)
		if verb < 0 {
			continue
		}
		b := v.servedBy(verb)
		if b < 0 {
			continue
		}
		names := v.listOf(i)
		if len(names) == 0 || v.told(names, verb) || v.denied() || v.speculative() {
			continue
		}
		r := relation{suppliers: names, buyer: v.partyAt(b), sent: v.si, score: scoreLoose, evidence: v.here(), bare: true,
			subject: v.piece(verb, b), values: v.tailValue(verb, len(v.its))}
		r.status, r.later = v.bareStatus(clause{}, match{act: actRun, verb: verb})
		v.add(r)
	}
}

// openVerb is the item of the verb of no list that follows the subject at item
// i, or -1: a word behind "will", "has been", or one that ends like a verb.
func (v *view) openVerb(i int) int {
	helped := false
	for j := i + 1; j < min(len(v.its), i+6); j++ {
		it := &v.its[j]
		if it.kind != itWord {
			return -1
		}
		w := v.word(it.from)
		switch {
		case helps(it.hash):
			helped = true
		case adverbs.has(it.hash) || oneOf(w, "which", "who", "that"):
		case notDeeds.has(it.hash) || len(w) < 4 || prepositions.has(it.hash) || articles.has(it.hash) || negations.has(it.hash):
			return -1
		case modalForms.has(v.hash(it.from - 1)), v.word(it.from-1) == "to" && helped:
			return j
		case helped && (verbEnds(w, "ed") || verbEnds(w, "ing")), verbEnds(w, "ed"), verbEnds(w, "s") && !verbEnds(w, "ss"):
			return j
		default:
			return -1
		}
	}
	return -1
}

// verbEnds reports whether a word ends so, with a stem before it.
func verbEnds(w, end string) bool { return len(w) > len(end)+2 && w[len(w)-len(end):] == end }

// servedBy is the named body that "for", or "on behalf of", says the verb at
// item g is done for, or -1.
func (v *view) servedBy(g int) int {
	for j := g + 1; j+1 < min(len(v.its), g+14); j++ {
		it := &v.its[j]
		if it.kind == itMark && v.raw(it.from) != "-" && !v.inFigure(j) || it.kind == itVerb && it.verb.form&(formPast|formS) != 0 && !it.passive || it.kind == itPaper {
			return -1
		}
		if w := v.word(it.from); w != "for" && !(w == "of" && v.word(it.from-1) == "behalf") {
			continue
		}
		if b := v.bodyIn(j+1, min(len(v.its), j+5)); b >= 0 && v.its[b].kind == itName {
			return b
		}
		for k := j + 2; k+1 < min(len(v.its), j+8) && v.its[k].kind == itWord; k++ { // "for the chamber at B"
			if !oneOf(v.word(v.its[k].from), "at", "of", "in") {
				continue
			}
			if b := v.bodyIn(k+1, min(len(v.its), k+4)); b >= 0 && v.its[b].kind == itName {
				return b
			}
		}
	}
	return -1
}

// inFigure reports whether the mark at item j stands inside a number: "1,150".
func (v *view) inFigure(j int) bool {
	t := v.its[j].from
	return t > 0 && t+1 < len(v.toks) && v.toks[t-1].kind == kindNumber && v.toks[t+1].kind == kindNumber && v.toks[t+1].start == v.toks[t].end
}
