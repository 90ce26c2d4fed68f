// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"github.com/govalues/decimal"

	"github.com/copytaster/copytaster"
)

// moneyNumber is coef x 10^exp, so that scale words only raise the exponent and
// no digit is ever lost.
type moneyNumber struct {
	coef    int64
	exp     int
	whole   int  // digits before the decimal point, 0 for a spelled number
	places  int  // digits after it
	grouped bool // thousands were marked
	scaled  bool // a scale word stands with it
	power   int  // of ten, of the scale words that a range may share: 6 in 1.5m
	dot3    bool // one point and three digits: thousands in some currencies
	spelled bool // in words
	odd     bool // "60-odd": about
	neg     bool
}

// decimal is the exact value of n; ok is false where it has more than 19 digits.
func (n moneyNumber) decimal() (copytaster.Decimal, bool) {
	coef, scale := n.coef, 0
	for e := n.exp; e > 0; e-- {
		if coef > (1<<63-1)/10 {
			return copytaster.Decimal{}, false
		}
		coef *= 10
	}
	if n.exp < 0 {
		scale = -n.exp
	}
	if n.neg {
		coef = -coef
	}
	d, err := decimal.New(coef, scale)
	if err != nil {
		return copytaster.Decimal{}, false
	}
	return d.Trim(0), true
}

// less says that the value of n is below that of m.
func (n moneyNumber) less(m moneyNumber) bool {
	a, ok := n.decimal()
	b, ok2 := m.decimal()
	return ok && ok2 && a.Less(b)
}

// integer is the value of a plain whole number, or -1.
func (n moneyNumber) integer() int64 {
	if n.exp != 0 || n.scaled || n.neg {
		return -1
	}
	return n.coef
}

// looksPaid says that digits look like money by themselves: a scale, thousands
// marked or two decimals.
func (n moneyNumber) looksPaid() bool { return n.scaled || n.grouped || n.places == 2 || n.whole >= 4 }

// spaceRule says which white space may part the thousands of a number.
type spaceRule uint8

const (
	spaceHard spaceRule = iota // only no-break and thin spaces
	spaceAny                   // a plain space too
)

// maxGroups bounds the groups of one number, and with it the look-ahead.
const maxGroups = 8

// numeral is a number in digits with its separators: groups[i] is followed by
// seps[i], which is ' ' for white space.
type numeral struct {
	groups [maxGroups]moneyToken
	seps   [maxGroups]rune
	n      int
}

// numeral reads a number in digits at token i and returns the token after it.
func (p *moneyParser) numeral(i int, spaces spaceRule) (moneyNumber, int, bool) {
	var m numeral
	if p.at(i).isChar('.') { // $.75
		return p.fractionOnly(i)
	}
	if p.at(i).kind != tokDigits {
		return moneyNumber{}, i, false
	}
	m.groups[0], m.n = *p.at(i), 1
	j := i + 1
	for m.n < maxGroups {
		sep, width := p.separator(j, &m, spaces)
		if width == 0 {
			break
		}
		m.seps[m.n-1] = sep
		m.groups[m.n] = *p.at(j + width - 1)
		m.n++
		j += width
	}
	num, used, ok := m.value(p.text)
	if !ok {
		return moneyNumber{}, j, false
	}
	return p.halves(num, i+2*used-1-m.spaces(used))
}

// spaces counts the white-space separators among the first used groups, which
// are no tokens.
func (m *numeral) spaces(used int) int {
	n := 0
	for _, s := range m.seps[:used-1] {
		if s == ' ' {
			n++
		}
	}
	return n
}

// separator recognises what parts two groups of digits at token j, and the tokens
// that it and the next group take: 2, or 1 for a space, or 0.
func (p *moneyParser) separator(j int, m *numeral, spaces spaceRule) (rune, int) {
	t := p.at(j)
	if t.kind == tokDigits {
		if m.spaced(t, spaces) {
			return ' ', 1
		}
		return 0, 0
	}
	if t.kind != tokPunct || !t.tight() || t.char != '.' && t.char != ',' && t.char != charQuote {
		return 0, 0
	}
	if next := p.at(j + 1); next.kind != tokDigits || !next.tight() {
		return 0, 0
	}
	return t.char, 2
}

// spaced says that the three digits of t continue the number across a space.
func (m *numeral) spaced(t *moneyToken, spaces spaceRule) bool {
	limit := gapHard
	if spaces == spaceAny {
		limit = gapSpace
	}
	three := t.end-t.start == 3 && m.groups[0].end-m.groups[0].start <= 3
	uniform := m.n == 1 || m.seps[m.n-2] == ' '
	return three && uniform && t.gap >= gapHard && t.gap <= limit && t.start-m.groups[m.n-1].end <= 3
}

// value reads the groups: how many of them make one number, and which.
func (m *numeral) value(text string) (num moneyNumber, used int, ok bool) {
	grouped := m.grouped()
	used = grouped
	num.grouped = grouped > 1
	num.dot3 = grouped == 2 && m.seps[0] == '.' && (m.n == 2 || m.seps[1] != ',')
	decimal := used < m.n && m.isDecimal(used)
	if num.dot3 && !decimal { // a decimal unless the currency says otherwise
		num.grouped, used, decimal = false, 1, true
	}
	for _, g := range m.groups[:used] {
		num.whole += g.end - g.start
		ok = num.push(text[g.start:g.end])
	}
	if !decimal {
		return num, used, ok
	}
	g := m.groups[used]
	ok = num.push(text[g.start:g.end])
	num.places = g.end - g.start
	num.exp = -num.places
	num.dot3 = num.dot3 && num.coef >= 1000
	return num, used + 1, ok
}

// push appends digits to the coefficient.
func (n *moneyNumber) push(digits string) bool {
	for i := range len(digits) {
		if n.coef >= 1e17 {
			n.coef = -1
			return false
		}
		n.coef = n.coef*10 + int64(digits[i]-'0')
	}
	return n.coef >= 0
}

// grouped counts the leading groups that are thousands of one number: three
// digits each, or two and at last three as India writes them.
func (m *numeral) grouped() int {
	first := m.groups[0]
	if first.end-first.start > 3 || m.n == 1 {
		return 1
	}
	sep, n := m.seps[0], 1
	for n < m.n && m.seps[n-1] == sep {
		size := m.groups[n].end - m.groups[n].start
		if size != 3 && (size != 2 || sep != ',' || !m.indian(n)) {
			break
		}
		n++
	}
	return n
}

// indian says that group i of two digits is followed by more groups of the same
// number, the last of three: 12,34,567.
func (m *numeral) indian(i int) bool {
	for j := i + 1; j < m.n && m.seps[j-1] == ','; j++ {
		switch m.groups[j].end - m.groups[j].start {
		case 3:
			return true
		case 2:
		default:
			return false
		}
	}
	return false
}

// isDecimal says that group i is the fraction of the number before it.
func (m *numeral) isDecimal(i int) bool {
	sep, size := m.seps[i-1], m.groups[i].end-m.groups[i].start
	switch {
	case i > 1 && sep == m.seps[0]: // 1,234,5
		return false
	case sep == '.':
		return m.n == i+1 || m.seps[i] != '.' // not a version: 3.2.1
	case sep == ',':
		return size <= 2 && (m.n == i+1 || m.seps[i] != ',')
	}
	return false
}

// fractionOnly reads ".75", and the "..75" of sloppy price tags.
func (p *moneyParser) fractionOnly(i int) (moneyNumber, int, bool) {
	if p.at(i+1).isChar('.') && p.at(i+1).tight() {
		i++
	}
	t := p.at(i + 1)
	if t.kind != tokDigits || !t.tight() {
		return moneyNumber{}, i, false
	}
	var n moneyNumber
	ok := n.push(p.text[t.start:t.end])
	n.places = t.end - t.start
	n.exp = -n.places
	return n, i + 2, ok
}

// halves adds a fraction sign behind digits: 2½.
func (p *moneyParser) halves(n moneyNumber, i int) (moneyNumber, int, bool) {
	t := p.at(i)
	if t.kind != tokFraction || !t.tight() || n.exp != 0 || n.coef > 1e12 {
		return n, i, true
	}
	n.coef, n.exp = n.coef*100+quartersOf(t.char)*25, -2
	return n, i + 1, true
}

func quartersOf(fraction rune) int64 {
	switch fraction {
	case '¼':
		return 1
	case '½':
		return 2
	}
	return 3
}
