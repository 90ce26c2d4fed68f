// SPDX-License-Identifier: Apache-2.0

package extract

// prefixed reads a figure that starts with letters: "US$5m", "Rs 24 lakh", "EUR 3m".
func (p *moneyParser) prefixed(i int) (figure, bool) {
	if mark, j, ok := p.letterSign(i); ok {
		if f, ok := p.valued(i, j, mark, false); ok {
			return f, true
		}
	}
	w, t := p.word(i), p.at(i)
	if p.tag && i == 0 && w.roles&roleBefore == 0 {
		return p.named()
	}
	if w.roles&roleBefore == 0 || p.at(i-1).isChar('/') && t.tight() {
		return figure{}, false
	}
	j := i + 1
	if w.before.rule == "tag" && p.at(j).isChar('/') { // S/. 20
		j++
	}
	if p.at(j).isChar('.') && p.at(j).tight() && p.at(j+1).kind == tokDigits && !w.before.iso {
		j++
	}
	f, ok := p.valued(i, j, p.asWritten(i, w.before), false)
	if !ok || !p.prefixFits(i, f) {
		return figure{}, false
	}
	return f, true
}

// named reads a bare price whose currency is a name in front: "Malaysian ringgit 42".
func (p *moneyParser) named() (figure, bool) {
	country, j := p.word(0).country, 0
	if country != "" {
		j = p.next(0)
	}
	w := p.word(j)
	if w.roles&roleAfter == 0 || w.after.rule != "major" {
		return figure{}, false
	}
	f, ok := p.valued(0, j+1, w.after, false)
	f.country = country
	return f, ok && f.to == len(p.ts)
}

// prefixFits judges whether the letters at token i are a currency before f.
func (p *moneyParser) prefixFits(i int, f figure) bool {
	t := p.at(i)
	switch f.mark.rule {
	case "iso":
		return p.codeBefore(i, f)
	case "loose":
		return p.looseFits(i, f)
	case "glued":
		return t.shape&firstUpper != 0 && p.gluedFits(i, f)
	}
	return p.tag && t.shape&firstUpper != 0 && !f.lo.neg && i == 0 && f.to == len(p.ts)
}

// looseFits judges an abbreviation that may stand in any case: Rs 500 and rs500,
// but not the port RS232 and the engine RS25.
func (p *moneyParser) looseFits(i int, f figure) bool {
	t, tight := p.at(i), p.at(i+1).tight()
	if tight && p.serialPort(i+1) {
		return false
	}
	return p.tag || !t.upper() || !tight || t.end-t.start == 1 || f.lo.looksPaid()
}

// asWritten is the mark m as token i writes it: exchanges quote pence as GBp.
func (p *moneyParser) asWritten(i int, m currencyMark) currencyMark {
	t := p.at(i)
	m.minor = m.minor || m.iso && m.code == "GBP" && p.text[t.start:t.end] == "GBp"
	return m
}

// codeBefore judges a code of ISO 4217 before a number.
func (p *moneyParser) codeBefore(i int, f figure) bool {
	if !p.at(i).upper() && !f.mark.minor {
		return p.tag && !f.mark.weak
	}
	return !f.mark.weak || f.lo.grouped || f.lo.looksPaid() && f.lo.integer() < 0
}

// gluedFits judges the letters at token i before the digits of f: R500m, Sh500 and
// RM 50.00, but not the car R1T and the framework RM6187.
func (p *moneyParser) gluedFits(i int, f figure) bool {
	n, t := f.lo, p.at(i)
	if t.end-t.start == 1 {
		return p.at(i+1).tight() && (n.grouped || n.scaled && !p.model(f))
	}
	if !p.at(i+1).tight() && !p.tag && !n.looksPaid() {
		return false
	}
	return n.scaled || n.grouped || n.places == 2 || n.whole <= 3 && n.places == 0
}

// serialPort says that token i is the number of a serial port: RS232.
func (p *moneyParser) serialPort(i int) bool {
	t := p.at(i)
	switch p.text[t.start:t.end] {
	case "232", "422", "485":
		return true
	}
	return false
}

// model says that f is a name such as R1T, not an amount of rand.
func (p *moneyParser) model(f figure) bool {
	t := p.at(f.to - 1)
	return t.end-t.start == 1 && t.upper() && p.text[t.start] != 'M'
}

// letterSign reads letters and a symbol ("US$", "U.S. $", "c $") and returns the
// token after them.
func (p *moneyParser) letterSign(i int) (currencyMark, int, bool) {
	t := p.at(i)
	if t.word == wU && p.at(i+1).isChar('.') && p.at(i+2).word == wS {
		return p.usSign(i + 3)
	}
	sign := p.at(i + 1)
	if p.word(i).roles&roleSign == 0 || sign.kind != tokSign || !sign.near() {
		return currencyMark{}, i, false
	}
	if !sign.tight() && !p.loneLetters(i) {
		return currencyMark{}, i, false
	}
	mark, ok := p.lex.signs[p.lowerText(i)+p.signOf(i+1)]
	return mark, i + 2, ok
}

func (p *moneyParser) usSign(i int) (currencyMark, int, bool) {
	if p.at(i).isChar('.') {
		i++
	}
	return p.lex.signs["us$"], i + 1, p.at(i).kind == tokSign && p.at(i).char == '$' && p.at(i).near()
}

// loneLetters says that the letters at token i may stand apart from their symbol:
// "HK $5", but not the article of "a $5 note".
func (p *moneyParser) loneLetters(i int) bool {
	switch p.word(i).country {
	case "US", "CA":
		return p.at(i).upper()
	}
	s := p.lowerText(i)
	return len(s) > 1 && s != "can" && s != "col" || s == "c" && p.at(i-1).word != wOf
}

// lowerText is the lexicon's spelling of a short word in ASCII.
func (p *moneyParser) lowerText(i int) string {
	var b [12]byte
	t := p.at(i)
	n := copy(b[:], p.text[t.start:t.end])
	for k := range n {
		if b[k] >= 'A' && b[k] <= 'Z' {
			b[k] |= 0x20
		}
	}
	return string(b[:n])
}
