// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
)

// commonNoun reports whether a single capitalised word stands for any body or
// company: "the Council", "the Government".
func (a *analysis) commonNoun(i int) bool {
	h := a.toks[i].hash
	return publicWords.has(h) || bodyWords.has(h) || anaphorWords.has(h) || firmWords.has(h) || contractWords.has(h) || demonyms.has(h)
}

// likeness says how much a run of capitals looks like a company (above 0), or
// like a person, a place or another thing (below).
func (a *analysis) likeness(n *name) int {
	like := a.formed(n)
	if a.firmBeside(n) {
		like += 3
	}
	single := n.to-n.from == 1
	first := &a.toks[n.from]
	if single && a.adjective(n) {
		like -= 5
	}
	if single && first.upper {
		like--
	}
	if first.split > 0 && first.cap || !single && like == 0 {
		like++
	}
	if single && (a.short(n.from) || a.opensSentence(n)) {
		like -= 4
	}
	if a.ticker(n) || a.portfolio(n) || a.constituency(n) {
		like -= 6
	}
	if a.person(n) && (like < 3 || givenNames.has(first.hash)) {
		like -= 7
	}
	if n.from > 0 && a.toks[n.from-1].poss && places.has(a.toks[n.from-1].hash) && like < 1 {
		like += 2 // "Turkey's Everasia"
	}
	if places.has(a.toks[n.to-1].hash) && single || like <= 1 && a.placed(n) {
		like -= 5
	}
	return like
}

// formed says what the words of a name alone tell.
func (a *analysis) formed(n *name) int {
	last := a.toks[n.to-1].hash
	switch {
	case n.suffix:
		return 4
	case a.publicName(n) && !a.suffixed(n), a.clientBeside(n):
		n.body = true
		return -2
	case otherWords.has(last), a.is(n.from, otherStart):
		return -3
	case companyWords.has(last) && n.to-n.from > 1:
		return 2
	}
	return 0
}

// publicName reports whether a run is built like the name of a public body.
func (a *analysis) publicName(n *name) bool {
	if oneOf(a.word(n.from), "secretary", "minister") && n.to-n.from > 1 {
		return false // the holder of an office
	}
	last := a.toks[n.to-1].hash
	if publicWords.has(last) || a.is(n.from, publicStart) && n.to-n.from > 1 {
		return true
	}
	if w := a.word(n.to - 1); (w == "association" || w == "homes") && a.word(n.to-2) == "housing" {
		return true
	}
	if a.word(n.from) == "transport" && a.word(n.from+1) == "for" {
		return true
	}
	if a.word(n.from) == "police" && oneOf(a.word(n.from+1), "service", "scotland", "department") {
		return true
	}
	for i := n.from; i < n.to; i++ {
		if w := a.word(i); w == "nhs" || w == "council" || w == "department" || w == "ministry" || w == "borough" || w == "constabulary" {
			return true
		}
	}
	return false
}

// clientBeside reports whether a word for a customer stands right before the
// name: "the client, X", "housing association X".
func (a *analysis) clientBeside(n *name) bool {
	if n.suffix {
		return false
	}
	if w := a.word(n.from - 1); oneOf(w, "association", "landlord", "quango", "council", "authority", "constabulary") && !a.toks[n.from-1].cap && !a.toks[n.from].para {
		return true
	}
	return a.raw(n.from-1) == "," && oneOf(a.word(n.from-2), "client", "customer", "landlord", "association", "authority") && a.raw(n.to) == ","
}

// publicStart begin the names of public bodies.
var publicStart = hashSet("department ministry office bureau borough city nhs")

// suffixed reports whether a company word ends a run that a public word begins.
func (a *analysis) suffixed(n *name) bool {
	if oneOf(a.word(n.from), "department", "ministry") || a.word(n.from) == "office" && oneOf(a.word(n.from+1), "of", "for") {
		return false // "Ministry for Public Services"
	}
	return companyWords.has(a.toks[n.to-1].hash) && !publicWords.has(a.toks[n.to-1].hash)
}

// adjective reports whether a single word is formed like the adjective of a place
// or a time and stands before a noun: "a Victorian elegance".
func (a *analysis) adjective(n *name) bool {
	w := a.word(n.from)
	if w != "aussie" && w != "kiwi" && !(len(w) > 6 && (strings.HasSuffix(w, "ian") || strings.HasSuffix(w, "ese") || strings.HasSuffix(w, "ish"))) {
		return false
	}
	if n.to >= len(a.toks) || a.toks[n.to].cap || a.toks[n.to].kind != kindWord || a.toks[n.to-1].poss {
		return false
	}
	_, verb := verbs[a.word(n.to)]
	return !verb && !helps(a.hash(n.to)) && !oneOf(a.word(n.to), "and", "or", "to", "for", "in", "on", "at", "with", "from", "by")
}

// short reports whether the token at i is too short, or too much of a code, to
// be a name.
func (a *analysis) short(i int) bool {
	t := &a.toks[i]
	digits := 0
	for _, c := range a.text[t.start:t.end] {
		if '0' <= c && c <= '9' {
			digits++
		}
	}
	return t.end-t.start < 2 || digits > 2 && digits*2 > int(t.end-t.start)
}

// opensSentence reports whether a single word has its capital only because it
// begins a sentence, as far as the next word tells: a noun ("School meals"), not
// a verb, a comma or a bracket.
func (a *analysis) opensSentence(n *name) bool {
	if n.from != a.sents[n.sent].from || a.toks[n.to-1].poss || n.to >= len(a.toks) || a.toks[n.from].upper || a.toks[n.from].split > 0 {
		return false
	}
	t := &a.toks[n.to]
	if t.kind == kindPunct {
		return false
	}
	w := a.word(n.to)
	if helps(t.hash) || adverbs.has(t.hash) || w == "said" || w == "says" || w == "and" {
		return false
	}
	v, ok := verbs[w]
	return !(ok && v.form&(formS|formPast) != 0) && !strings.HasSuffix(w, "ed")
}

// ticker reports whether a run is a stock exchange's short name: "(NYSE: ACN)".
func (a *analysis) ticker(n *name) bool {
	return n.to-n.from == 1 && a.raw(n.from-1) == ":" && a.raw(n.to) == ")"
}

// constituency reports whether a run is a member's seat: "Ida Orr (Kelby East)".
func (a *analysis) constituency(n *name) bool {
	return a.raw(n.from-1) == "(" && a.raw(n.to) == ")" && givenNames.has(a.hash(n.from-3)) && n.from > 1 && a.toks[n.from-2].cap
}

// portfolio reports whether a run is what a minister is one for: "Secretary of
// State for Defence".
func (a *analysis) portfolio(n *name) bool {
	if a.word(n.from-1) != "for" {
		return false
	}
	for i := n.from - 2; i > n.from-5; i-- {
		switch a.word(i) {
		case "state", "secretary", "minister", "spokesman", "spokeswoman", "spokesperson", "senator", "mp":
			return true
		}
	}
	return false
}

// firmBeside reports whether a word for a company stands beside the name:
// "outsourcing firm X", "X, a software company,", "companies X, Y and Z".
func (a *analysis) firmBeside(n *name) bool {
	switch before := a.hash(n.from - 1); {
	case firmWords.has(before) && a.toks[n.from].gap != sepStop && !a.toks[n.from-1].poss:
		return true
	case a.raw(n.from-1) == "," && firmWords.has(a.hash(n.from-2)):
		return true
	case oneOf(a.word(n.from-1), "named", "called"):
		return firmWords.has(a.hash(n.from-2)) || firmWords.has(a.hash(n.from-3))
	}
	if !oneOf(a.raw(n.to), ",", "–", "—", "-", "(") || !oneOf(a.word(n.to+1), "the", "a", "an", "one", "which", "who") {
		return false
	}
	for i := n.to + 2; i < min(n.to+10, len(a.toks)); i++ {
		if firmWords.has(a.toks[i].hash) {
			return true
		}
		if a.toks[i].kind == kindPunct && a.raw(i) != "-" || a.toks[i].para {
			return false
		}
	}
	return false
}

// person reports whether a run is a person's name.
func (a *analysis) person(n *name) bool {
	words := n.to - n.from
	company := companyWords.has(a.toks[n.to-1].hash) || n.suffix
	switch {
	case agentWords.has(a.hash(n.from-1)) && (a.toks[n.from-1].cap || words > 1), a.raw(n.from-1) == "." && agentWords.has(a.hash(n.from-2)):
		return true // "Dr Vane", "the analyst Ida Orr"
	case agentWords.has(a.toks[n.from].hash) && words > 1:
		return true // "Baroness Vale"
	case words == 3 && n.from == a.sents[n.sent].from && givenNames.has(a.toks[n.from+1].hash):
		return true // "Owner Ida Orr"
	case words > 3 || company:
		return false
	case givenNames.has(a.toks[n.from].hash), a.raw(n.to) == "," && a.numberAt(n.to+1) && a.raw(n.to+2) == ",":
		return true // "Ida Orr", "Orr, 46,"
	}
	if a.raw(n.from-1) == "(" && a.raw(n.to) == ")" && givenNames.has(a.hash(n.from-3)) && a.toks[n.from-2].cap {
		return true // the seat of a member: "Ida Orr (Rochford West)"
	}
	return words == 2 && (a.word(n.from-1) == "said" || a.word(n.to) == "who")
}

// numberAt reports whether token i is a number.
func (a *analysis) numberAt(i int) bool { return i < len(a.toks) && a.toks[i].kind == kindNumber }

// placed reports whether a run is named as a place: "in X", "X, Virginia".
func (a *analysis) placed(n *name) bool {
	switch a.word(n.from - 1) {
	case "in", "at", "near", "along", "around", "across", "outside", "throughout":
		return true
	}
	return a.raw(n.to) == "," && (places.has(a.hash(n.to+1)) || a.doublePlace(n.to+1)) && !firmWords.has(a.hash(n.from-1))
}
