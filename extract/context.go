// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"slices"
	"sort"
	"strings"

	"github.com/copytaster/copytaster"
)

// Evidence for and against a listed name, added up. A name stands from keep on.
const (
	scorePlain    = 0.9  // a name that means nothing else
	scoreDoubtful = 0.35 // a name that is also a word, a surname or a place
	scoreKeep     = 0.5
	scoreSure     = 0.65
	forLicence    = 0.45 // the text names the same organisation in full
	forSuffix     = 0.6  // a legal suffix, or a company word, stands beside it
	forSign       = 0.3  // the sentence speaks of contracts, firms, shares
	forText       = 0.15 // so does the text
	forList       = 0.3  // it stands in a list with another supplier
	forAlone      = 0.2  // it stands alone, and the text brings in nobody of that name
	againstPerson = 0.6  // a title or a surname stands beside it
	againstVerb   = 0.5  // the sentence says what persons do
)

// known finds the organisations that the gazetteer lists, and decides for each
// whether it is meant.
func (a *analysis) known() {
	hits := a.g.match(a.text, a.toks)
	if toks, ok := unglue(a.text, a.toks, hits); ok {
		a.toks, a.low = toks, nil
		a.sents = split(a.text, a.toks, a.zones, &a.form)
		hits = a.g.match(a.text, a.toks)
	}
	sent := 0
	for _, h := range hits {
		for sent+1 < len(a.sents) && a.sents[sent].to <= h.from {
			sent++
		}
		if h.block {
			if a.blocked == nil {
				a.blocked = map[int]bool{}
			}
			a.blocked[h.from] = true
			continue
		}
		a.names = append(a.names, a.nameOf(h, sent))
	}
	a.chooseCountry()
	licensed := a.licences()
	signs := a.textSigns()
	for pass := range 2 { // what the first pass believes licenses its other mentions in the second
		for i := range a.names {
			n := &a.names[i]
			n.score = a.believe(i, licensed, signs)
			n.weak = n.score < scoreKeep
			if pass == 0 && n.score >= scoreSure {
				licensed[n.ent] = true
			}
		}
	}
	a.dropWeak()
}

// nameOf makes a name of a hit.
func (a *analysis) nameOf(h hit, sent int) name {
	al := &a.g.aliases[h.first-1]
	n := name{from: h.from, to: h.to, start: h.start, end: a.toks[h.to-1].end, sent: sent,
		alias: a.g.str(al.name), first: h.first, flags: al.flags, quiet: al.flags&flagQuiet != 0, suffix: h.suffix}
	if last := a.raw(h.to - 1); len(last) > 1 && last[len(last)-1] == '.' && !strings.Contains(last[:len(last)-1], ".") {
		n.end--
	}
	a.bind(&n, int(al.ent))
	return n
}

// bind says which entity of the gazetteer a name names.
func (a *analysis) bind(n *name, ent int) {
	n.ent = ent
	e := &a.g.ents[ent]
	n.party = a.g.str(e.id)
	n.role = roleOf(e.kind)
}

// roleOf is the role that a kind of entry has where the text shows no other.
func roleOf(k Kind) copytaster.Role {
	switch k {
	case KindSupplier, KindBoth:
		return copytaster.RoleSupplier
	case KindBuyer:
		return copytaster.RoleBuyer
	}
	return copytaster.RoleOther
}

// licences are the entities that the text names beyond doubt.
func (a *analysis) licences() map[int]bool {
	m := map[int]bool{}
	for i := range a.names {
		if n := &a.names[i]; n.flags&(flagContext|flagStripped) == 0 || n.suffix {
			m[n.ent] = true
		}
	}
	return m
}

// textSigns reports whether the text as a whole is about companies: two signs
// or more.
func (a *analysis) textSigns() bool {
	n := 0
	for i := range a.toks {
		if supplierSigns.has(a.toks[i].hash) {
			if n++; n > 1 {
				return true
			}
		}
	}
	return false
}

// believe adds up what speaks for a name.
func (a *analysis) believe(i int, licensed map[int]bool, signs bool) float64 {
	n := &a.names[i]
	score := scorePlain
	doubtful := n.flags&(flagContext|flagStripped) != 0 && !n.suffix
	if doubtful {
		score = scoreDoubtful
		if licensed[n.ent] {
			score += forLicence
		}
		if a.signNear(n) {
			score += forSign
		}
		if signs && len(a.form.marks) < minForm { // every notice speaks of suppliers
			score += forText
		}
		if a.besideSupplier(i) {
			score += forList
		}
		if a.standsAlone(n) {
			score += forAlone
		}
		if a.adjoins(n.to) && a.is(n.to, elsewhere) {
			score -= againstPerson
		}
	}
	if n.to-n.from == 1 && !n.suffix && a.entity(n).kind != KindBuyer {
		score -= a.personNear(n, doubtful)
	}
	return min(max(score, 0), 0.99)
}

// standsAlone reports whether a name of one word has its capital for no other
// reason than that it is a name, and nobody of that name is brought in: copy
// names a person in full, or with a title, before it uses the surname alone. An
// acronym is no surname and no word at the head of a sentence.
func (a *analysis) standsAlone(n *name) bool {
	if n.to-n.from > 1 || n.to >= len(a.toks) || a.entity(n).kind == KindBuyer || a.titled(n.from) || a.adjoins(n.to) && !a.toks[n.to-1].poss {
		return false
	}
	if t := &a.toks[n.from]; t.upper && t.end-t.start < 5 {
		return a.word(n.from-1) != "the" && (!a.adjoins(n.from) || a.toks[n.from-1].poss)
	}
	if oneOf(a.word(n.from-1), "the", "in", "near", "around", "outside") {
		return false
	}
	if n.from == a.sents[n.sent].from && !a.signNear(n) && !a.inBusiness() && !a.acts(n) {
		return false
	}
	if a.opensSentence(n) || a.adjoins(n.from) {
		return false
	}
	for i := range a.toks {
		if a.toks[i].hash == a.toks[n.from].hash && i != n.from && a.toks[i].cap && a.adjoins(i) {
			return false
		}
	}
	return true
}

// acts reports whether a verb follows the name, which is none of those that
// persons do.
func (a *analysis) acts(n *name) bool {
	t := &a.toks[n.to]
	if personVerbs.has(t.hash) {
		return false
	}
	v, words := a.verbAt(n.to, a.sents[n.sent].to)
	return helps(t.hash) || words > 0 && (v.form&formS != 0 || v.form&(formPast|formPart) == formPast)
}

// inBusiness reports whether the text has a figure, or a listed name beyond
// doubt.
func (a *analysis) inBusiness() bool {
	return len(a.money) > 0 || slices.ContainsFunc(a.names, func(n name) bool { return n.flags&(flagContext|flagStripped) == 0 || n.suffix })
}

// elsewhere are words that make another organisation of a doubtful name that they
// follow: "Southern Water".
var elsewhere = hashSet("water housing homes airways airlines bank powergrid gas cross university")

// signNear reports whether the sentence of a name speaks of companies.
func (a *analysis) signNear(n *name) bool {
	s := a.sents[n.sent]
	if a.entity(n).kind == KindBuyer || a.entity(n).kind == KindOther || a.entity(n).kind == KindWatchdog {
		return a.bodySign(n)
	}
	for i := max(s.from, n.from-25); i < min(s.to, n.to+25); i++ {
		if (i < n.from || i >= n.to) && (supplierSigns.has(a.toks[i].hash) || firmWords.has(a.toks[i].hash)) {
			return true
		}
	}
	return false
}

// bodySign reports whether a doubtful name of a body is used as one: "the
// Army", or a short form in capitals.
func (a *analysis) bodySign(n *name) bool {
	prev := a.word(n.from - 1)
	return prev == "the" || a.toks[n.from].upper || n.to-n.from > 1 || a.toks[n.to-1].poss
}

// besideSupplier reports whether an undoubted supplier is joined to the name by
// a comma or an "and".
func (a *analysis) besideSupplier(i int) bool {
	joined := func(x, y *name) bool {
		if y.from-x.to > 2 || y.from <= x.to {
			return false
		}
		w := a.raw(x.to)
		return (w == "," || w == "and" || w == "or" || w == "&") && (x.flags&flagContext == 0 || y.flags&flagContext == 0)
	}
	return i > 0 && joined(&a.names[i-1], &a.names[i]) || i+1 < len(a.names) && joined(&a.names[i], &a.names[i+1])
}

// personNear is what speaks for a person or another thing of that name.
func (a *analysis) personNear(n *name, doubtful bool) float64 {
	if agentWords.has(a.hash(n.from-1)) && a.toks[n.from-1].cap && a.toks[n.from].gap == sepSpace {
		return againstPerson
	}
	if stop := a.raw(n.from - 1); stop == "." && agentWords.has(a.hash(n.from-2)) && a.toks[n.from-2].cap {
		return againstPerson
	}
	cost := 0.0
	if givenNames.has(a.hash(n.from-1)) && a.toks[n.from-1].cap && (doubtful || a.toks[n.from].gap == sepSpace && n.from-1 != a.sents[n.sent].from && !a.titled(n.from)) {
		cost = againstPerson
	}
	if a.surnameAfter(n) || a.agedAfter(n.to) || a.modelAfter(n) {
		cost = againstPerson
	}
	if doubtful && a.personal(n) {
		cost += againstVerb
	}
	return cost
}

// agedAfter reports whether token i begins what copy says of a person's age:
// ", 29,".
func (a *analysis) agedAfter(i int) bool {
	return a.raw(i) == "," && a.numberAt(i+1) && len(a.raw(i+1)) == 2 && oneOf(a.raw(i+2), ",", ".", ":")
}

// modelAfter reports whether a name is that of a machine's maker: "an Airbus
// A320".
func (a *analysis) modelAfter(n *name) bool {
	w := a.raw(n.to)
	return oneOf(a.word(n.from-1), "a", "an", "his", "her") && len(w) > 1 && w[0] >= 'A' && w[0] <= 'Z' && strings.ContainsAny(w[1:2], "0123456789")
}

// surnameAfter reports whether a capital word that is no company word follows.
func (a *analysis) surnameAfter(n *name) bool {
	if n.to >= len(a.toks) || a.toks[n.to-1].poss {
		return false
	}
	t := &a.toks[n.to]
	if !t.cap || t.upper || t.kind != kindWord || t.gap != sepSpace || t.para || companyWords.has(t.hash) || publicWords.has(t.hash) || agentWords.has(t.hash) {
		return false
	}
	if strings.IndexByte(a.text[n.end:t.start], '\n') >= 0 || a.nameAt(n.to) || strings.ContainsAny(a.raw(n.to), "0123456789") {
		return false
	}
	return !a.titled(n.to) && !properUse.has(t.hash)
}

// properUse are capitalised words that may follow a company's name: countries,
// days, programmes, and the rest of a headline.
var properUse = hashSet("uk us usa europe ireland scotland wales australia america asia india canada germany france monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december plc's nhs whitehall hmp raf contract contracts to in is and wins for on")

// titled reports whether the words around token i are in title case, as in a
// headline, where a capital means nothing.
func (a *analysis) titled(i int) bool {
	caps, small := 0, 0
	for j := max(0, i-6); j < min(len(a.toks), i+6); j++ {
		t := &a.toks[j]
		if t.kind != kindWord || t.end-t.start < 4 {
			continue
		}
		if t.cap {
			caps++
		} else {
			small++
		}
	}
	return caps > 3 && small == 0
}

// personal reports whether the sentence says of the name what is said of
// persons.
func (a *analysis) personal(n *name) bool {
	s := a.sents[n.sent]
	for i := n.to; i < min(s.to, n.to+8); i++ {
		if personVerbs.has(a.toks[i].hash) {
			return true
		}
	}
	return false
}

// nameAt reports whether a name begins at token i. The names are in the order of
// the text.
func (a *analysis) nameAt(i int) bool {
	j := a.nameFrom(i)
	return j < len(a.names) && a.names[j].from == i
}

// nameFrom is the first name that begins at token i or behind it.
func (a *analysis) nameFrom(i int) int {
	return sort.Search(len(a.names), func(k int) bool { return a.names[k].from >= i })
}

// hash is the hash of token i, or 0 beyond the text.
func (a *analysis) hash(i int) uint64 {
	if i < 0 || i >= len(a.toks) {
		return 0
	}
	return a.toks[i].hash
}

// dropWeak forgets the names that are not meant.
func (a *analysis) dropWeak() {
	kept := a.names[:0]
	for _, n := range a.names {
		if !n.weak {
			kept = append(kept, n)
		}
	}
	a.names = kept
}
