// SPDX-License-Identifier: Apache-2.0

package extract

import "github.com/copytaster/copytaster"

// signBits is the length of a sign in bits: the table of what each weighs has
// as many rows.
const signBits = 17

// signKind says where a sign was seen.
type signKind uint64

const (
	signForm      signKind = iota + 101 // of the name itself
	signHas                             // what else the sentence holds
	signBefore                          // the item so many places before the name, and after
	signAfter                           //
	signWordPre                         // the word there
	signWordPost                        //
	signLeft                            // some item of the seven before, and of the seven after
	signRight                           //
	signBuyer                           // what stands between the name and the nearest body
	signBuyerWord                       //
	signMoney                           // and the nearest figure
	signMoneyWord                       //
	signPaper                           // and the nearest contract noun
	signPaperWord                       //
	signPreps                           // the prepositions before the two
	signItem                            // some item of the sentence
	signWord                            // some word of the sentence
	signPrev                            // some item of the sentence before, and of the one after
	signNext                            //
	signVerb                            // the verb behind the name
	signPair                            // two items beside it
	signRun                             // two words in a row, near it
	signShape                           // of the words of a name that no list has
	signMine                            // the words of every sentence that names the party
)

// signs is what there is to see around a name, each sign hashed to signBits
// bits. What stands for a thing (a word, a class of words, a sort of item) is
// never the name of a company or a body, so that nothing is learned of any.
type signs []uint32

func (s *signs) add(kind signKind, what uint64) {
	*s = append(*s, uint32(join(uint64(kind), what)>>(64-signBits)))
}

// The sorts of item that a sign tells apart; from sortWord on the class of a
// word follows.
const (
	sortNone uint64 = iota + 1
	sortEnd
	sortSelf
	sortBuyer
	sortSupplier
	sortName
	sortOther
	sortFirm
	sortBody
	sortMoney
	sortPaper
	sortNumber
	sortMark = 20
	sortWord = 1000
)

// sort is what item i is to a sign; the name at item self is looked at.
func (v *view) sort(i, self int) uint64 {
	switch {
	case i < 0:
		return sortNone
	case i >= len(v.its):
		return sortEnd
	case i == self:
		return sortSelf
	}
	return v.sorts()[i]
}

// sorts is what each item of the sentence is to a sign.
func (v *view) sorts() []uint64 {
	if v.sorted == nil {
		v.sorted = make([]uint64, len(v.its))
		for i := range v.its {
			v.sorted[i] = v.sortOf(i)
		}
	}
	return v.sorted
}

func (v *view) sortOf(i int) uint64 {
	it := &v.its[i]
	switch it.kind {
	case itName:
		return v.sortOfName(i)
	case itFirm:
		return sortFirm
	case itBody:
		return sortBody
	case itMoney:
		return sortMoney
	case itPaper:
		return sortPaper
	case itMark:
		return sortMark + uint64(v.raw(it.from)[0])
	}
	if v.toks[it.from].kind == kindNumber {
		return sortNumber
	}
	return sortWord + uint64(wordClass(it.hash))
}

func (v *view) sortOfName(i int) uint64 {
	switch {
	case v.buyerAt(i):
		return sortBuyer
	case v.supplier(i, 2) || v.listed(i):
		return sortSupplier
	case v.names[v.its[i].name].like >= unlikely:
		return sortName
	}
	return sortOther
}

// look collects the signs of the sentence for the name who, which item i gives
// or stands for.
func (v *view) look(s *signs, i, who int) {
	v.lookAtForm(s, i, who)
	v.lookAround(s, i)
	has := v.lookFor(s, i)
	s.add(signHas, 100+has)
	if g := v.verbBehind(i); g >= 0 {
		s.add(signVerb, uint64(v.its[g].verb.act))
		s.add(signVerb, join(uint64(v.its[g].verb.act), has))
	}
	if v.names[who].ent >= 0 {
		has |= 1
	}
	s.add(signHas, has)
	v.lookOver(s, i)
}

// lookAtForm collects what the name itself shows.
func (v *view) lookAtForm(s *signs, i, who int) {
	n := &v.names[who]
	it := &v.its[i]
	listed := uint64(0)
	if n.ent >= 0 {
		listed = 1
	}
	s.add(signForm, listed)
	s.add(signForm, 10+uint64(min(max(n.like, unlikely), 5)-unlikely)*2+listed)
	s.add(signForm, 50+uint64(min(n.to-n.from, 4))*2+listed)
	for k, yes := range []bool{n.suffix, v.toks[it.to-1].poss, it.from == v.s.from, v.inPhrase(i), v.s.zone == copytaster.ZoneHeading} {
		if yes {
			s.add(signForm, 70+uint64(k))
		}
	}
	if it.kind == itFirm {
		s.add(signForm, 80)
		s.add(signForm, it.hash)
		s.add(signForm, 81+uint64(min(v.si-n.sent, 4)))
	}
	v.lookAtRivals(s, i, n.party)
	if n.ent < 0 {
		v.lookAtWords(s, n)
	}
}

// lookAtWords collects of what sort the words of a name are that no list has,
// never which they are.
func (v *view) lookAtWords(s *signs, n *name) {
	number, split, upper, joint, office := false, false, true, false, false
	for i := n.from; i < n.to; i++ {
		t := &v.toks[i]
		number = number || t.kind == kindNumber
		split = split || t.split > 0
		upper = upper && t.upper
		joint = joint || v.raw(i) == "&" || v.word(i) == "and"
		office = office || agentWords.has(t.hash)
	}
	first, last := v.toks[n.from].hash, v.toks[n.to-1].hash
	for k, yes := range []bool{number, split, upper, joint, office, places.has(first), places.has(last), givenNames.has(first),
		companyWords.has(last), publicWords.has(last)} {
		if yes {
			s.add(signShape, uint64(k))
		}
	}
	s.add(signShape, 100+uint64(wordClass(first)))
	s.add(signShape, 1000+uint64(wordClass(last)))
	if n.to-n.from == 1 {
		s.add(signShape, 2000+uint64(wordClass(first)))
	}
}

// lookAtRivals tells how many other suppliers the sentence names, and whether
// this is the first of several.
func (v *view) lookAtRivals(s *signs, i int, party string) {
	rivals, first := 0, true
	for _, r := range v.servers() {
		if r.party != party {
			rivals++
			first = first && r.at > i
		}
	}
	s.add(signForm, 90+uint64(min(rivals, 3)))
	if rivals > 0 && first {
		s.add(signForm, 95)
	}
}

// server is a supplier that a sentence names.
type server struct {
	party string
	at    int // the first item that names it
}

// servers are the suppliers that the sentence names. They are worked out once.
func (v *view) servers() []server {
	if v.serving == nil {
		v.serving = []server{}
		seen := map[string]bool{}
		for j := range v.its {
			if !v.supplier(j, 2) {
				continue
			}
			if p := v.names[v.its[j].name].party; !seen[p] {
				seen[p] = true
				v.serving = append(v.serving, server{p, j})
			}
		}
	}
	return v.serving
}

// lookAround collects the items close to item i, and the words in a row there.
func (v *view) lookAround(s *signs, i int) {
	v.lookAtRuns(s, i)
	for k, two := range [][2]int{{i - 2, i - 1}, {i + 1, i + 2}, {i - 1, i + 1}} {
		s.add(signPair, join(v.sort(two[0], i), v.sort(two[1], i))*4+uint64(k))
	}
	for d := 1; d <= 7; d++ {
		l, r := i-d, i+d
		if d <= 3 {
			s.add(signBefore, v.sort(l, i)*8+uint64(d))
			s.add(signAfter, v.sort(r, i)*8+uint64(d))
			if l >= 0 {
				s.add(signWordPre, v.its[l].hash*8+uint64(d))
			}
			if r < len(v.its) {
				s.add(signWordPost, v.its[r].hash*8+uint64(d))
			}
		}
		if l >= 0 {
			s.add(signLeft, v.sort(l, i))
		}
		if r < len(v.its) {
			s.add(signRight, v.sort(r, i))
		}
	}
}

// lookAtRuns collects every two words in a row near item i, on this side of it
// and on that.
func (v *view) lookAtRuns(s *signs, i int) {
	at := v.words()
	word := func(j int) uint64 {
		if j < 0 || j >= len(at) {
			return 0
		}
		return at[j]
	}
	s.add(signRun, join(word(i-2), word(i-1))*4)
	s.add(signRun, join(word(i+1), word(i+2))*4+1)
	s.add(signRun, join(word(i-1), word(i+1))*4+2)
	for k := max(0, i-7); k < min(len(at)-1, i+7); k++ {
		s.add(signRun, join(join(at[k], at[k+1]), 3+side(i, k)))
	}
}

// words is each item of the sentence by its letters, and what has a name or a
// figure by its sort.
func (v *view) words() []uint64 {
	if v.spelt == nil {
		v.spelt = make([]uint64, len(v.its))
		for i, sort := range v.sorts() {
			v.spelt[i] = sort
			if k := v.its[i].kind; k == itWord || k == itVerb || k == itPaper || k == itFirm {
				v.spelt[i] = v.its[i].hash
			}
		}
	}
	return v.spelt
}

// lookFor collects what joins item i to the nearest body, figure and contract
// noun, and returns which of them there are, as bits.
func (v *view) lookFor(s *signs, i int) uint64 {
	has, prep, sorts := uint64(0), v.prepBefore(i), v.sorts()
	s.add(signPreps, prep)
	if b := v.closest(i, func(j int) bool { return sorts[j] == sortBuyer || sorts[j] == sortBody }); b >= 0 {
		has |= 2
		if v.its[b].kind == itName {
			has |= 16
		}
		s.add(signPreps, join(join(prep, v.prepBefore(b)), side(i, b)))
		s.add(signPreps, join(v.prepBefore(b), 5+side(i, b)))
		v.lookBetween(s, i, b, signBuyer, signBuyerWord)
	}
	if m := v.closest(i, func(j int) bool { return sorts[j] == sortMoney }); m >= 0 {
		has |= 4
		s.add(signPreps, join(join(prep, v.prepBefore(m)), 10+side(i, m)))
		v.lookBetween(s, i, m, signMoney, signMoneyWord)
	}
	if p := v.closest(i, func(j int) bool { return sorts[j] == sortPaper }); p >= 0 {
		has |= 8
		s.add(signPreps, join(prep, 20+side(i, p)))
		v.lookBetween(s, i, p, signPaper, signPaperWord)
	}
	return has
}

// lookBetween collects the items between two that are not far apart.
func (v *view) lookBetween(s *signs, i, j int, kind, word signKind) {
	lo, hi, way := min(i, j), max(i, j), side(i, j)*7
	s.add(kind, 5+uint64(min((hi-lo)/3, 5))*32+way)
	if hi-lo > 16 {
		return
	}
	for k := lo + 1; k < hi; k++ {
		s.add(kind, join(v.sort(k, i), way))
		if v.its[k].kind == itWord || v.its[k].kind == itVerb {
			s.add(word, join(v.its[k].hash, way))
		}
	}
}

// lookOver collects every item and word of the sentence.
func (v *view) lookOver(s *signs, i int) {
	for j := range v.its {
		if k := v.its[j].kind; k != itName && k != itMark {
			s.add(signItem, v.sort(j, i))
			s.add(signWord, v.its[j].hash)
		}
	}
}

// seenFrom is what the sentence holds for a name in the one beside it, and
// which of a body, a figure, a contract noun and "the firm" there is, as bits.
// It is worked out once a side.
func (v *view) seenFrom(kind signKind) (signs, uint64) {
	at := &v.beside[kind-signPrev]
	if at.signs == nil {
		at.signs = make(signs, 0, len(v.its)+2)
		for _, what := range v.sorts() {
			switch what {
			case sortBuyer, sortBody:
				at.has |= 1
			case sortMoney:
				at.has |= 2
			case sortPaper:
				at.has |= 4
			case sortFirm:
				at.has |= 8
			}
			if what >= sortWord {
				at.signs.add(kind, what)
			}
		}
		at.signs.add(kind, 2000+at.has)
		at.signs.add(kind, 3000+at.has&7)
	}
	return at.signs, at.has
}

// glance is what a sentence shows from one beside it.
type glance struct {
	signs signs
	has   uint64
}

// lookFrom collects what a sentence next to that of a name holds.
func (v *view) lookFrom(s *signs, kind signKind, listed bool) {
	seen, has := v.seenFrom(kind)
	*s = append(*s, seen...)
	if listed {
		s.add(kind, 4000+has&7)
	}
}

// verbBehind is the verb that follows item i with nothing but words between, or
// -1.
func (v *view) verbBehind(i int) int {
	for j := i + 1; j < min(len(v.its), i+6); j++ {
		switch v.its[j].kind {
		case itVerb:
			return j
		case itWord:
		default:
			return -1
		}
	}
	return -1
}

// side is 1 for an item behind the one at i, and 2 for one before it.
func side(i, j int) uint64 {
	if j > i {
		return 1
	}
	return 2
}

// prepBefore is the preposition before item i, with two words at most between,
// or the kind of what stands in the way.
func (v *view) prepBefore(i int) uint64 {
	for j := i - 1; j >= 0 && i-j < 4; j-- {
		if v.its[j].kind != itWord {
			return uint64(v.its[j].kind)
		}
		if prepositions.has(v.its[j].hash) || relatives.has(v.its[j].hash) {
			return v.its[j].hash
		}
	}
	return 99
}

// closest is the item nearest to item i for which is holds, or -1.
func (v *view) closest(i int, is func(int) bool) int {
	for d := 1; d < len(v.its); d++ {
		if i+d < len(v.its) && is(i+d) {
			return i + d
		}
		if i-d >= 0 && is(i-d) {
			return i - d
		}
	}
	return -1
}
