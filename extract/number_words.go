// SPDX-License-Identifier: Apache-2.0

package extract

// quantity reads a number at token i, in digits or words, with the scale words
// behind it: "3.2m", "half a billion", "two and a half million".
func (p *moneyParser) quantity(i int, spaces spaceRule) (moneyNumber, int, bool) {
	n, j, ok := p.bareNumber(i, spaces)
	if !ok {
		return n, j, false
	}
	if half, k, ok := p.andHalf(n, j); ok && p.scaleAt(k) > 0 {
		n, j = half, k
	}
	if p.at(j).isChar(charDash) && p.at(j).tight() && p.at(j+1).word == wOdd { // 60-odd million
		n.odd = true
		j += 2
	}
	if n.spelled && n.power > 0 && n.power < 16 {
		n, j = p.spelledAndHalf(n, j)
	}
	if n.spelled && n.exp == 0 && !n.odd && p.word(j).roles&roleScale != 0 {
		return n, j, true // the words before took all the scales that are theirs
	}
	n, j = p.scale(n, j)
	return n, j, true
}

// spelledAndHalf reads the tail of "a million and a half".
func (p *moneyParser) spelledAndHalf(n moneyNumber, j int) (moneyNumber, int) {
	m := n
	for range n.power {
		m.coef /= 10
	}
	half, k, ok := p.andHalf(m, j)
	if !ok {
		return n, j
	}
	half.exp += n.power
	return half, k
}

func (p *moneyParser) bareNumber(i int, spaces spaceRule) (moneyNumber, int, bool) {
	t := p.at(i)
	switch {
	case t.kind == tokDigits, t.isChar('.'):
		return p.numeral(i, spaces)
	case t.kind == tokFraction:
		return moneyNumber{coef: quartersOf(t.char) * 25, exp: -2}, i + 1, true
	case t.kind != tokWord || t.word == 0:
		return moneyNumber{}, i, false
	}
	if n, j, ok := p.partOf(i); ok {
		return n, j, true
	}
	return p.spelled(i)
}

// partOf reads "half a", "a quarter of a", "three-quarters of a" before a scale.
func (p *moneyParser) partOf(i int) (moneyNumber, int, bool) {
	n, j, ok := p.part(i)
	if !ok {
		return n, i, false
	}
	j = p.next(j)
	if p.at(j).word == wOf && p.joined(j) {
		j = p.next(j)
	}
	if w := p.at(j).word; (w == wA || w == wOne) && p.joined(j) {
		j = p.next(j)
	}
	return n, j, p.joined(j) && p.word(j).roles&roleScale != 0
}

// part reads the fraction alone and returns its last token.
func (p *moneyParser) part(i int) (moneyNumber, int, bool) {
	half := moneyNumber{coef: 5, exp: -1, spelled: true}
	quarter := moneyNumber{coef: 25, exp: -2, spelled: true}
	first, second := p.at(i).word, p.after(i).word
	one := first == wA || first == wOne
	switch {
	case first == wHalf:
		return half, i, true
	case first == wQuarter:
		return quarter, i, true
	case one && second == wHalf:
		return half, p.next(i), true
	case one && second == wQuarter:
		return quarter, p.next(i), true
	case p.word(i).value == 3 && (second == wQuarters || second == wQuarter):
		return moneyNumber{coef: 75, exp: -2, spelled: true}, p.next(i), true
	}
	return half, i, false
}

// maxWords bounds a number in words, and with it the look-ahead.
const maxWords = 16

// spelled reads a number in words: "two hundred and fifty", "fifteen hundred",
// "eighteen million nine hundred thousand", "two point five", and "a" or "an"
// before a scale.
func (p *moneyParser) spelled(i int) (moneyNumber, int, bool) {
	s := spelledNumber{last: 19}
	j, end := i, i
	if w := p.at(i).word; (w == wA || w == wAn) && p.after(i).kind == tokWord && p.word(p.next(i)).roles&roleScale != 0 {
		s.current, s.any = 1, true
		j = p.next(i)
	}
	bare := p.at(i-1).word == wBetween // its "and" joins two figures
	for s.words < maxWords && (s.words == 0 || p.joined(j)) {
		k := j
		if p.at(j).word == wAnd && !bare && s.round() && p.joined(j+1) {
			k = j + 1
		}
		if !s.add(p.word(k)) {
			break
		}
		j, end = p.next(k), k+1
	}
	n := moneyNumber{coef: s.total + s.current, spelled: true, scaled: s.scaled, power: s.power()}
	if p.at(end).word == wPoint && (end == i || p.joined(end)) {
		n, end = p.pointWords(n, end)
	}
	return n, end, s.words > 0 || n.exp < 0
}

// maxSpelled is the largest number that is read in words.
const maxSpelled = int64(1e17)

// spelledNumber is a number in words so far.
type spelledNumber struct {
	total, current int64
	last           int // exponent of the last scale
	words          int
	any, scaled    bool
}

// round says that an "and" may continue the number: "two hundred and fifty".
func (s *spelledNumber) round() bool {
	return s.words > 0 && s.current%100 == 0 && s.current+s.total > 0
}

// power is the exponent of the scale that ends the number, as in "three million".
func (s *spelledNumber) power() int {
	if s.current != 0 || !s.scaled {
		return 0
	}
	return s.last
}

func (s *spelledNumber) add(w *moneyWord) bool {
	switch {
	case w.roles&roleNumber != 0:
		if unit := s.current % 100; unit != 0 && (w.value > 9 || w.value == 0 || unit%10 != 0 || unit < 20) {
			return false
		}
		s.current += w.value
	case w.roles&roleScale == 0 || !s.any:
		return false
	case w.exp == 2:
		if s.current == 0 || s.current > 99 {
			return false
		}
		s.current *= 100
	default:
		if !s.scale(w.exp) {
			return false
		}
	}
	s.words++
	s.any = true
	return true
}

// scale multiplies by a thousand or more. A bigger scale after a smaller one
// multiplies all: "two thousand million".
func (s *spelledNumber) scale(exp int) bool {
	factor := int64(1)
	for range exp {
		factor *= 10
	}
	switch {
	case s.total > maxSpelled/factor && exp >= s.last || s.current > maxSpelled/factor:
		return false
	case exp < s.last && s.current > 0:
		s.total += s.current * factor
	case exp >= s.last && s.current == 0:
		s.total *= factor
	default:
		return false
	}
	s.current, s.last, s.scaled = 0, exp, true
	return true
}

// pointWords reads "point five o six" behind n.
func (p *moneyParser) pointWords(n moneyNumber, i int) (moneyNumber, int) {
	j, m := i+1, n
	for j-i <= 9 && p.joined(j) {
		w := p.at(j)
		switch {
		case w.word == wO || w.word == wOh:
			m.coef *= 10
		case p.word(j).roles&roleNumber != 0 && p.word(j).value < 10 && m.coef < 1e15:
			m.coef = m.coef*10 + p.word(j).value
		case w.kind == tokDigits && w.end-w.start == 1:
			m.coef = m.coef*10 + int64(p.text[w.start]-'0')
		default:
			return keepPoint(n, m, i, j)
		}
		m.exp--
		j++
	}
	return keepPoint(n, m, i, j)
}

// keepPoint drops a "point" that no digit follows.
func keepPoint(n, m moneyNumber, i, j int) (moneyNumber, int) {
	if m.exp == n.exp {
		return n, i
	}
	return m, j
}

// andHalf reads "and a half", "and a quarter" behind n.
func (p *moneyParser) andHalf(n moneyNumber, i int) (moneyNumber, int, bool) {
	if p.at(i).isChar(charDash) && p.at(i).tight() && p.at(i+1).tight() {
		i++
	}
	if p.at(i).word != wAnd || !p.joined(i) || p.after(i).word != wA || n.exp != 0 || n.coef > 1e12 {
		return n, i, false
	}
	j := p.next(p.next(i))
	switch p.at(j).word {
	case wHalf:
		n.coef, n.exp = n.coef*10+5, -1
	case wQuarter:
		n.coef, n.exp = n.coef*100+25, -2
	default:
		return n, i, false
	}
	return n, j + 1, true
}

// scale applies the scale words at token i: "m", "million", "hundred thousand".
func (p *moneyParser) scale(n moneyNumber, i int) (moneyNumber, int) {
	for range 3 {
		exp := p.scaleAt(i)
		if exp == 0 || n.exp+exp > 30 {
			return n, i
		}
		n.exp += exp
		n.scaled = true
		n.power += exp
		if n.dot3 && p.foreignScale(i) { // 1.000 millones
			n.exp, n.dot3, n.grouped = n.exp+3, false, true
		}
		if p.at(i).kind != tokWord {
			i++ // the hyphen of "2-million"
		}
		i = p.pastDot(i)
		if half, j, ok := p.millionAndHalf(n, i, exp); ok {
			return half, j
		}
	}
	return n, i
}

// foreignScale says that the scale at token i is of a language that parts
// thousands by points.
func (p *moneyParser) foreignScale(i int) bool {
	switch p.lowerWord(i) {
	case "millones", "milioni", "miliardi":
		return true
	}
	t := p.at(i)
	return t.end-t.start > 8 && p.text[t.end-2:t.end] == "en" // Millionen, Milliarden
}

// pastDot is the token after the scale at token i, and after the point of "3,7
// Mrd. Euro" where a currency follows.
func (p *moneyParser) pastDot(i int) int {
	switch p.at(i).word {
	case wMrd, wMio, wMln:
		if p.at(i+1).isChar('.') && p.joined(i+2) && (p.at(i+2).kind == tokSign || p.word(i+2).roles&roleAfter != 0) {
			return i + 2
		}
	}
	return i + 1
}

// millionAndHalf reads the tail of "a million and a half".
func (p *moneyParser) millionAndHalf(n moneyNumber, i, exp int) (moneyNumber, int, bool) {
	plain := n
	plain.exp = 0
	half, j, ok := p.andHalf(plain, i)
	if !ok || n.exp != exp {
		return n, i, false
	}
	half.exp += exp
	return half, j, true
}

// scaleAt is the power of ten of the scale at token i, which follows a number, or 0.
func (p *moneyParser) scaleAt(i int) int {
	t := p.at(i)
	k := i
	if t.isChar(charDash) && t.tight() && p.at(i+1).tight() { // £2-million
		k = i + 1
		t = p.at(k)
	}
	w := p.word(k)
	switch {
	case t.kind != tokWord || !t.near() || p.word(i-1).roles&(roleShort|roleScale) == roleShort:
		return 0
	case w.roles&roleScale != 0:
		return w.exp
	case w.roles&roleShort == 0 || k != i:
		return 0
	case t.tight() && !p.runsOn(i):
		return w.exp
	case t.gap <= gapSpace && p.shortApart(i):
		return w.exp
	}
	return 0
}

// runsOn says that the token is only the beginning of something: "5m2", "5k@".
func (p *moneyParser) runsOn(i int) bool {
	t := p.at(i + 1)
	return t.tight() && (t.kind == tokDigits || t.isChar('_') || t.isChar('@'))
}

// shortApart says that an abbreviation may be a scale although a space stands
// before it: "£1.4 bn", but not "£5 T-shirt" or "£5 B&B".
func (p *moneyParser) shortApart(i int) bool {
	t, next := p.at(i), p.at(i+1)
	if t.end-t.start == 1 && (p.text[t.start]|0x20 == 'b' || p.text[t.start]|0x20 == 't') {
		return false
	}
	if next.tight() && (next.isChar('&') || next.isChar(charQuote) || next.isChar(charDash) && p.word(i+2).roles&roleMinorEnd == 0 && p.at(i+2).word != wPlus) {
		return false
	}
	return !p.runsOn(i)
}
