// SPDX-License-Identifier: Apache-2.0

package extract

import "sort"

// itemKind is what a piece of a sentence is to the rules.
type itemKind uint8

const (
	itWord  itemKind = iota
	itName           // an organisation, or a run of capitals that may be one
	itFirm           // "the firm", "it": a supplier named before
	itBody           // "the council", "ministers": a buyer
	itMoney          // a figure
	itPaper          // a contract noun
	itVerb           // a verb of the list
	itMark           // punctuation
)

// item is a piece of a sentence: from <= token < to.
type item struct {
	kind     itemKind
	from, to int
	name     int // index into analysis.names, for itName
	money    int // index into analysis.money, for itMoney
	verb     verb
	passive  bool // a participle behind a form of "be", or without a subject
	negated  bool
	perfect  bool // behind "has", or joined by "and" to what is
	modal    bool // behind "will", "would", "could" ...
	read     bool // a contract noun that a frame has read
	hash     uint64
}

// clauseMarks end the reach of a preposition.
var (
	beForms      = hashSet("be is are was were been being am get gets got")
	modalForms   = hashSet("will would could should may might shall can must")
	haveForms    = hashSet("has have had having")
	adverbs      = hashSet("also now already just recently still currently previously originally reportedly today finally officially subsequently since then later earlier again formally successfully jointly quietly once first last likely expected due set to been being not never soon almost certainly last week month year yesterday today monday tuesday wednesday thursday friday night earlier provisionally controversially ultimately eventually")
	articles     = hashSet("a an the its their his her this that these those another new any every all some one two three several his our your no both each further separate")
	pronounFirm  = hashSet("it they")
	relatives    = hashSet("which who that whose")
	prepositions = hashSet("of for to with by from on in at under over into through via between across after before during within against about as since until despite following without per including")
	doVerbs      = hashSet("do does did")
)

// helps reports whether a word is one of the verbs that help others: a form of
// "be" or "have", or a modal one.
func helps(hash uint64) bool { return beForms.has(hash) || haveForms.has(hash) || modalForms.has(hash) }

// items cuts a sentence into pieces.
func (a *analysis) items(s *sentence) []item {
	out := a.scratch.room(s.to - s.from)
	next, money := a.nameFrom(s.from), a.moneyFrom(s.Start)
	for i := s.from; i < s.to; {
		it := item{kind: itWord, from: i, to: i + 1, hash: a.toks[i].hash}
		for next < len(a.names) && a.names[next].from < i {
			next++
		}
		switch {
		case next < len(a.names) && a.names[next].from == i:
			it.kind, it.name = itName, next
			it.to = max(a.names[next].to, i+1)
		case money < len(a.money) && a.money[money].End <= s.End && a.moneyAt(money, i):
			it.kind, it.money = itMoney, money
			it.to = a.tokenAfter(i, a.money[money].End)
			money++
		default:
			a.classify(s, &it, out)
		}
		it.hash = a.toks[it.from].hash
		out = append(out, it)
		i = it.to
	}
	a.voices(out)
	return out
}

// moneyIn reports whether a figure stands in a sentence.
func (a *analysis) moneyIn(s *sentence) bool {
	i := a.moneyFrom(s.Start)
	return i < len(a.money) && a.money[i].End <= s.End
}

// moneyFrom is the first figure that begins at or after a byte: the figures are
// in the order of the text.
func (a *analysis) moneyFrom(at int) int {
	return sort.Search(len(a.money), func(i int) bool { return a.money[i].Start >= at })
}

// moneyAt reports whether the figure covers token i.
func (a *analysis) moneyAt(m, i int) bool {
	return a.money[m].Start < int(a.toks[i].end) && int(a.toks[i].start) < a.money[m].End
}

// tokenAfter is the first token from i on that begins at or after byte end.
func (a *analysis) tokenAfter(i, end int) int {
	for i++; i < len(a.toks) && int(a.toks[i].start) < end; i++ {
	}
	return i
}

// classify says what the words from it.from on are.
func (a *analysis) classify(s *sentence, it *item, before []item) {
	i := it.from
	t := &a.toks[i]
	if t.kind == kindPunct {
		it.kind = itMark
		return
	}
	if kind, n := a.standsFor(s, i); n > 0 {
		it.kind, it.to = kind, i+n
		return
	}
	if haveForms.has(t.hash) && a.auxiliary(i, s.to) {
		return
	}
	if v, n := a.verbAt(i, s.to); n > 0 && !a.nominal(i, v, before) {
		it.kind, it.verb, it.to = itVerb, v, i+n
		return
	}
	if contractWords.has(t.hash) || orderWords.has(t.hash) && a.orderAt(i) {
		it.kind = itPaper
	}
}

// standsFor reports whether the words from token i on stand for a supplier or a
// buyer, and how many they are.
func (a *analysis) standsFor(s *sentence, i int) (itemKind, int) {
	t := &a.toks[i]
	if pronounFirm.has(t.hash) && t.kind == kindWord && !(t.upper && i > s.from) && !a.expletive(i) {
		return itFirm, 1
	}
	if bodyWords.has(t.hash) && !t.cap && !t.poss && a.ownedBody(i) {
		return itBody, 1
	}
	return a.anaphor(s, i)
}

// expletive reports whether the "it" at token i stands for nothing: "it would be
// in the public interest to".
func (a *analysis) expletive(i int) bool {
	if a.word(i) != "it" || !modalForms.has(a.hash(i+1)) || a.word(i+2) != "be" {
		return false
	}
	w := a.word(i + 3)
	v := verbs[w]
	return v.form&(formPart|formIng) == 0 && w != "worth"
}

// ownedBody reports whether a possessive stands before the body's word at token
// i: "Germany's defence ministry", "the state's health department".
func (a *analysis) ownedBody(i int) bool {
	for j := i - 1; j >= 0 && i-j < 4; j-- {
		if a.toks[j].poss {
			return true
		}
		if a.toks[j].kind == kindPunct || prepositions.has(a.toks[j].hash) || a.toks[j].cap {
			return false
		}
	}
	return false
}

// auxiliary reports whether the form of "have" at token i only helps another
// verb: "has been", "has won", "had to".
func (a *analysis) auxiliary(i, end int) bool {
	for j := i + 1; j < min(end, i+5); j++ {
		w := a.word(j)
		if w == "been" || w == "to" || len(w) > 3 && w[len(w)-2:] == "ed" {
			return true
		}
		if verbs[w].form&formPart != 0 {
			return true
		}
		if !adverbs.has(a.toks[j].hash) && !negations.has(a.toks[j].hash) {
			return false
		}
	}
	return false
}

// orderAt reports whether a weak word for a contract is one here: "task order",
// "an order worth".
func (a *analysis) orderAt(i int) bool {
	w := a.word(i)
	switch w {
	case "award", "awards":
		return a.word(i+1) == "to" || a.moneyBefore(i) || a.word(i+1) == "worth"
	case "relationship", "partnership", "ties":
		return a.word(i+1) == "with" && a.public()
	case "order", "orders", "arrangement", "arrangements", "extension", "extensions":
		return a.word(i-1) == "the" && w[0] == 'a' || a.word(i-1) == "task" || a.word(i-1) == "delivery" || a.word(i+1) == "worth" || a.word(i+1) == "with" || a.word(i+1) == "for" || a.word(i+1) == "to" || a.word(i+1) == "from" || a.moneyBefore(i) || a.raw(i+1) == "," && oneOf(a.word(i+2), "for", "worth", "placed", "valued")
	}
	return false
}

// moneyBefore reports whether a figure stands close before token i.
func (a *analysis) moneyBefore(i int) bool {
	start := int(a.toks[i].start)
	m := a.moneyFrom(start) - 1
	return m >= 0 && a.money[m].End <= start && start-a.money[m].End < 24
}

// anaphorStarts begin what stands for somebody.
var anaphorStarts = hashSet("ministers government the this that both")

// anaphor reports whether "the firm", "the French company" or "the council"
// begins at token i, and how many tokens it has.
func (a *analysis) anaphor(s *sentence, i int) (itemKind, int) {
	if !a.is(i, anaphorStarts) {
		return itWord, 0
	}
	w := a.word(i)
	if oneOf(w, "ministers", "government") {
		return itBody, 1
	}
	for n := 1; n <= 4 && i+n < s.to; n++ {
		if a.endsAnaphor(i+n) && !(n == 1 && oneOf(a.word(i+n), "two", "three", "both", "four")) || w == "that" && n > 1 {
			return itWord, 0
		}
		t := &a.toks[i+n]
		if i+n+1 < s.to && a.nounFollows(i+n) || a.nameAt(i+n+1) && !a.toks[i+n].poss || a.behind(i+n) {
			continue
		}
		switch {
		case anaphorWords.has(t.hash):
			return itFirm, n + 1
		case bodyWords.has(t.hash):
			return itBody, n + 1
		}
	}
	return itWord, 0
}

// endsAnaphor reports whether the token at i cannot stand in "the French
// outsourcing company".
func (a *analysis) endsAnaphor(i int) bool {
	t := &a.toks[i]
	return t.kind == kindPunct && a.raw(i) != "-" || strongPaper.has(t.hash) || articles.has(t.hash) || a.nameAt(i) && !a.placeOnly(i)
}

// placeOnly reports whether the name that begins at token i is a place before the
// noun that counts: "the Leeds company".
func (a *analysis) placeOnly(i int) bool {
	n := &a.names[a.nameFrom(i)]
	return n.ent < 0 && n.to == i+1 && places.has(a.toks[i].hash) && !a.toks[i].poss
}

// nounFollows reports whether the word at i only stands before the noun that
// counts: "the group company".
func (a *analysis) nounFollows(i int) bool {
	next := a.hash(i + 1)
	return (anaphorWords.has(next) || bodyWords.has(next) || contractWords.has(next)) && !a.toks[i].poss
}

// behind reports whether the word at i is only the modifier of a capitalised
// name, or of another noun, that follows: "the company Serco", "the group stage".
func (a *analysis) behind(i int) bool {
	if i+1 >= len(a.toks) || a.toks[i].poss {
		return false
	}
	t := &a.toks[i+1]
	return t.cap && !t.para && t.gap == sepSpace && t.kind == kindWord
}

// voices marks passives, negations and modals.
func (a *analysis) voices(its []item) {
	for i := range its {
		v := &its[i]
		if v.kind != itVerb {
			continue
		}
		be, have := false, false
		for j := i - 1; j >= 0 && i-j < 8; j-- {
			h := its[j].hash
			switch {
			case its[j].kind != itWord:
				j = 0
			case beForms.has(h):
				be = true
			case haveForms.has(h):
				have = true
			case modalForms.has(h):
				v.modal = true
			case negations.has(h):
				v.negated = true
			case !adverbs.has(h) && !doVerbs.has(h):
				j = 0
			}
		}
		if have && v.modal && v.negated {
			v.negated = false // "should not have given": but it did
		}
		have = have || a.joinedPerfect(its, i)
		v.perfect = have && !be
		v.passive = a.passive(its, i, be, have)
	}
}

// joinedPerfect reports whether an "and" joins the participle at item i to one
// behind "has": "has dropped S and given the contract to T".
func (a *analysis) joinedPerfect(its []item, i int) bool {
	if i < 3 || its[i].verb.form&formPart == 0 || a.word(its[i-1].from) != "and" {
		return false
	}
	for j := i - 2; j >= 0 && i-j < 12; j-- {
		if its[j].kind == itVerb {
			return its[j].perfect
		}
	}
	return false
}

// passive reports whether the verb at item i is one: behind a form of "be", or a
// participle without an object of its own ("suppliers appointed to the panel").
func (a *analysis) passive(its []item, i int, be, have bool) bool {
	v := &its[i]
	if v.verb.form&formPart == 0 {
		return false
	}
	if be {
		return true
	}
	if i+1 < len(its) && v.verb.form&formPart != 0 && a.word(its[i+1].from) == "by" {
		return true
	}
	base := v.verb.form&formBase != 0 && (v.modal || i > 0 && a.word(its[i-1].from) == "to")
	if have || base || v.verb.form&formBase != 0 {
		return false
	}
	if v.verb.form&formPast == 0 {
		return true
	}
	if i > 0 && a.raw(its[i-1].from) == "," && v.verb.act == actRun && a.wordWithin(v.to, min(v.to+5, len(a.toks)), "by") {
		return true // "meals, provided until July by S"
	}
	if i+1 >= len(its) || v.to-v.from > 1 {
		return false
	}
	switch a.word(its[i+1].from) {
	case "from":
		return v.verb.act == actBuy
	case "by", "to", "as", "under", "without", "between":
		return v.verb.act != actRun || a.word(its[i+1].from) == "by"
	case "for":
		return v.verb.act == actHire
	}
	return false
}
