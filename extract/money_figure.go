// SPDX-License-Identifier: Apache-2.0

package extract

// maxTag is the length in bytes of a text that may be nothing but a price ("1 R$",
// a cell of a table): marks that prose uses otherwise count there.
const maxTag = 40

// signed reads a figure that starts with a symbol: "£500m", "-£5", "$-99.99".
func (p *moneyParser) signed(i int) (figure, bool) {
	neg := p.isMinus(i)
	j := i
	if neg {
		j++
	}
	if p.at(j).kind != tokSign {
		return figure{}, false
	}
	mark, ok := p.lex.signs[p.signOf(j)]
	if !ok {
		return figure{}, false
	}
	if f, ok := p.plural(i, j+1, mark); ok {
		return f, true
	}
	if own, ok := p.signThenLetters(j); ok {
		return p.valued(i, j+2, own, neg)
	}
	return p.valued(i, j+1, mark, neg)
}

// signThenLetters reads "$US5m", as Australia and New Zealand write it.
func (p *moneyParser) signThenLetters(j int) (currencyMark, bool) {
	t, digits := p.at(j+1), p.at(j+2)
	if p.at(j).char != '$' || t.kind != tokWord || !t.tight() || !t.upper() || digits.kind != tokDigits || !digits.tight() {
		return currencyMark{}, false
	}
	mark, ok := p.lex.signs[p.lowerText(j+1)+"$"]
	return mark, ok
}

func (p *moneyParser) signOf(i int) string {
	if p.at(i).kind != tokSign {
		return ""
	}
	return string(p.at(i).char)
}

// isMinus says that token i is a minus sign: a dash with nothing before it and a
// figure right behind it.
func (p *moneyParser) isMinus(i int) bool {
	t, prev := p.at(i), p.at(i-1)
	return t.isChar(charDash) && p.at(i+1).tight() && (!t.tight() || prev.isChar('(') || prev.kind == tokNone)
}

// valued reads the number at token j of a figure that starts at token i with mark.
func (p *moneyParser) valued(i, j int, mark currencyMark, neg bool) (figure, bool) {
	if p.tag && p.at(j).isChar(':') {
		j++
	}
	if f, ok := p.bracketed(i, j, mark); ok {
		return f, true
	}
	if p.at(j).isChar(charDash) && p.at(j+1).kind == tokDigits && p.at(j+1).tight() && p.at(j-1).kind == tokSign {
		neg = true
		j++
	}
	if !p.opensNumber(j) {
		return figure{}, false
	}
	spaces := spaceHard
	if p.tag || mark.iso || mark.code == "EUR" || mark.rule == "loose" {
		spaces = spaceAny
	}
	n, k, ok := p.quantity(j, spaces)
	if !ok || !n.priced() {
		return figure{}, false
	}
	n.neg = neg
	f := figure{from: i, to: k, lo: n, mark: mark, signed: true}
	p.settle(&f)
	return p.again(f), true
}

// priced says that a mark may stand before n: not before the "000" over a column,
// and not before a small number in words.
func (n moneyNumber) priced() bool {
	heading := n.coef == 0 && n.whole > 1 && n.places == 0
	return n.coef >= 0 && !heading && (!n.spelled || n.scaled)
}

// opensNumber says that a number may start at token j, behind a mark.
func (p *moneyParser) opensNumber(j int) bool {
	t := p.at(j)
	if !t.near() {
		return false
	}
	return t.kind == tokDigits || t.kind == tokFraction || t.isChar('.') || t.word == wHalf || p.word(j).roles&roleNumber != 0
}

// bracketed reads the negative figures of accounts: "$(2.4) million".
func (p *moneyParser) bracketed(i, j int, mark currencyMark) (figure, bool) {
	if !p.at(j).isChar('(') || !p.at(j).tight() || p.at(j+1).kind != tokDigits || !p.at(j+1).tight() {
		return figure{}, false
	}
	n, k, ok := p.numeral(j+1, spaceHard)
	if !ok || !p.at(k).isChar(')') {
		return figure{}, false
	}
	n, k = p.scale(n, k+1)
	n.neg = true
	f := figure{from: i, to: k, lo: n, mark: mark, signed: true}
	p.settle(&f)
	return f, true
}

// settle applies to the numbers what the mark says of them: a point before
// thousands, a scale in the mark.
func (p *moneyParser) settle(f *figure) {
	for _, n := range []*moneyNumber{&f.lo, &f.hi} {
		if n.dot3 && !n.scaled && p.dotted(f.mark.code) && !p.unitPrice(f.to) && !p.rateLike(f, n) {
			n.exp += 3
			n.grouped, n.places = true, 0
		}
		n.dot3 = false
		if f.mark.exp > 0 && n.coef > 0 && !n.scaled {
			n.exp += f.mark.exp
			n.scaled = true
		}
	}
	f.mark.exp = 0
}

// dotted says that a currency's thousands are parted by points.
func (p *moneyParser) dotted(code string) bool {
	return p.lex.money.dots[code] || p.tag && p.lex.money.tagDots[code]
}

// rateLike says that n is a decimal although three digits follow its point: English
// copy prints rates of exchange so ("€1.155"), amounts with a comma.
func (p *moneyParser) rateLike(f *figure, n *moneyNumber) bool {
	return f.signed && f.mark.code == "EUR" && n.whole == 1 && n.coef%10 != 0 && !p.tag
}

// unitPrice says that "a litre" or the like stands at token i.
func (p *moneyParser) unitPrice(i int) bool {
	t := p.at(i)
	if t.word != wA && t.word != wPer && !t.isChar('/') {
		return false
	}
	return p.word(p.next(i)).roles&roleUnitPrice != 0
}

// again takes in a currency that is written twice: "£1.8 million pound". A code
// behind the figure says what its symbol left open: "$20m CAD".
func (p *moneyParser) again(f figure) figure {
	j := f.to
	if p.at(j).isChar(charDash) && p.at(j).tight() {
		j++
	}
	t, w := p.at(j), p.word(j)
	if t.kind != tokWord || !t.near() || w.roles&(roleAfter|roleNation) == 0 {
		return f
	}
	m := w.after
	if p.nationBehind(j) && f.mark.family == "dollar" {
		f.country = w.country
		return f
	}
	switch {
	case m.iso && t.upper() && f.mark.family != "" && p.family(f.mark, m.code):
		f.mark = m
	case m.rule == "major" && m.code == f.mark.code && (f.mark.family == m.family || m.family == ""):
		f.to = j + 1
	}
	return f
}

// nationBehind says that the word at token i names the country of the dollars
// before it: "$7 Canadian", but not "$7 Canadian tickets".
func (p *moneyParser) nationBehind(i int) bool {
	next := p.at(i + 1)
	if p.word(i).country == "US" && p.at(i).lower() { // "$5 us" is no nation
		return false
	}
	return p.word(i).roles&roleNation != 0 && (!next.near() || next.kind == tokPunct && !next.isChar(charDash) && !next.isChar('.') || p.endsSentence(i+1)) && p.at(i).word != wU
}

// family says that code is one of the currencies that mark may be.
func (p *moneyParser) family(mark currencyMark, code string) bool {
	for _, c := range p.lex.money.families[mark.family] {
		if c == code {
			return true
		}
	}
	return mark.code == code
}

// suffixed reads a figure whose number comes first: "3.2m GBP", "half a billion
// dollars", "30p", "10 to 20 dollars".
func (p *moneyParser) suffixed(i int) (figure, bool) {
	from, ok := p.numberStart(i)
	if !ok {
		return figure{}, false
	}
	n, j, ok := p.quantity(i, spaceAny)
	if !ok {
		return p.lonePenny(i)
	}
	n.neg = from < i
	f := figure{from: from, lo: n}
	if c, ok := p.currencyAt(j, n); ok {
		return p.subunits(p.marked(f, c)), true
	}
	return p.sharedMark(f, j)
}

// marked completes a figure with the currency behind its number.
func (p *moneyParser) marked(f figure, c suffixMark) figure {
	f.to, f.mark, f.country, f.wordy = c.to, c.mark, c.country, c.wordy
	if exp := p.scaleAt(f.to); exp > 0 && c.mark.iso && !f.lo.scaled { // 75 USD million
		f.lo, f.to = p.scale(f.lo, f.to)
		f.hi.exp += exp
	}
	p.settle(&f)
	return f
}

// numberStart says that a number may start at token i, and where its minus is.
func (p *moneyParser) numberStart(i int) (int, bool) {
	t, prev := p.at(i), p.at(i-1)
	if !t.tight() || i == 0 {
		return i, true
	}
	switch {
	case prev.kind == tokWord && t.kind == tokDigits, prev.kind == tokDigits:
		return i, false
	case prev.isChar('/'), prev.isChar('#'), prev.isChar('*'), prev.isChar('×'), prev.isChar('±'), prev.isChar('^'):
		return i, false
	case prev.isChar('.'), prev.isChar(','), prev.isChar(':'), prev.isChar(charQuote):
		return i, !prev.tight() || p.at(i-2).kind != tokDigits
	case p.isMinus(i-1) && t.kind == tokDigits:
		return i - 1, true
	}
	return i, true
}

// leadingPoint reads ".75 €".
func (p *moneyParser) leadingPoint(i int) (figure, bool) {
	t := p.at(i)
	if t.isChar('.') && !t.tight() && p.at(i+1).kind == tokDigits && p.at(i+1).tight() {
		return p.suffixed(i)
	}
	if t.isChar(charDash) && p.isMinus(i) && p.at(i+1).kind == tokDigits {
		return p.suffixed(i + 1)
	}
	return figure{}, false
}

// sharedMark reads a range whose currency is written once, at its end: "10-20
// dollars", "two or three pounds", "between 1.1 and 1.3 million euros".
func (p *moneyParser) sharedMark(f figure, i int) (figure, bool) {
	j, ok := p.rangeJoin(f, i)
	if !ok {
		return figure{}, false
	}
	n, k, ok := p.quantity(j, spaceHard)
	if !ok {
		return figure{}, false
	}
	c, ok := p.currencyAt(k, n)
	if !ok {
		return figure{}, false
	}
	f.hi, f.ranged = n, true
	f.lo = shareScale(f.lo, n)
	if f = p.marked(f, c); !f.lo.less(f.hi) {
		return figure{}, false
	}
	return f, true
}
