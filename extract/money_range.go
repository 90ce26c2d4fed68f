// SPDX-License-Identifier: Apache-2.0

package extract

// changeWindow is how many tokens before "from £14m to £40m" may hold the verb
// that makes it a change; directly before "$2.80 to $51.15" it is changeNear.
const (
	changeWindow = 14
	changeNear   = 3
)

// extend looks behind the figure f for the other end of a range. It returns f,
// widened to the range, or f and a second figure where the text tells a change
// ("rose from £14m to £40m").
func (p *moneyParser) extend(f figure) (figure, *figure) {
	if f.ranged || f.vague {
		return f, nil
	}
	j, ok := p.rangeJoin(f, f.to)
	if !ok || p.at(f.to).word == wOr {
		return f, nil
	}
	g, ok := p.secondEnd(f, j)
	if !ok {
		return p.bareEnd(f, j), nil
	}
	if g.mark.code != f.mark.code || g.mark.minor != f.mark.minor || g.country != f.country && g.country != "" {
		return f, nil
	}
	lo := shareScale(f.lo, g.lo)
	if !lo.less(g.lo) || p.at(f.to).word == wTo && (p.changed(f.from) || p.quoted(f, g)) {
		return f, &g
	}
	f.to, f.hi, f.lo, f.ranged = g.to, g.lo, lo, true
	return f, nil
}

// quoted says that f and g are a share's move and its price: "6.5p to 398p".
func (p *moneyParser) quoted(f, g figure) bool {
	f.lo.coef *= 10
	return f.mark.minor && f.lo.less(g.lo) && p.at(f.from-1).word != wFrom
}

// secondEnd reads a figure with a mark of its own at token j.
func (p *moneyParser) secondEnd(f figure, j int) (figure, bool) {
	g, ok := p.figureAt(j)
	if !ok || g.ranged || g.vague || g.lo.neg || p.at(j).isChar(charDash) {
		return g, false
	}
	return g, true
}

// bareEnd reads the end of a range without a mark: "£10-12m", "$50-100,000".
func (p *moneyParser) bareEnd(f figure, j int) figure {
	if !f.signed || p.at(j).kind != tokDigits {
		return f
	}
	n, k, ok := p.quantity(j, spaceHard)
	if !ok {
		return f
	}
	lo := shareScale(f.lo, n)
	if n.grouped && !f.lo.grouped && !f.lo.scaled && f.lo.integer() > 0 && f.lo.integer()*1000 < n.integer() {
		lo.exp += 3
	}
	if !lo.less(n) || !p.bareEndFits(f, k, n) {
		return f
	}
	f.to, f.lo, f.hi, f.ranged = k, lo, n, true
	return f
}

// bareEndFits judges the number n without a mark, before token to, as the end of
// a range: it has a scale or as many digits as the first, or the sentence goes on
// as after a price.
func (p *moneyParser) bareEndFits(f figure, to int, n moneyNumber) bool {
	join := p.at(f.to)
	dash := join.isChar(charDash)
	switch {
	case dash && !join.tight():
		return n.scaled || n.grouped && f.lo.grouped
	case n.scaled, dash && (n.grouped || f.lo.places > 0 && n.places > 0):
		return true
	case f.lo.scaled, p.carriesOn(to):
		return false
	case dash, n.grouped && f.lo.grouped, !p.at(to).near(), p.at(to).kind == tokPunct:
		return true
	}
	before := p.at(f.from - 1).word
	return before == wFrom || before == wBetween || p.word(to).roles&roleMinorEnd != 0
}

// carriesOn says that what stands at token i belongs to the number before it: the
// number is a count, a time or a share.
func (p *moneyParser) carriesOn(i int) bool {
	t := p.at(i)
	if !t.tight() {
		return false
	}
	return t.kind == tokWord || t.isChar(charDash) || t.isChar(':') || t.isChar('%') ||
		t.isChar('/') && p.word(i+1).roles&rolePeriod == 0
}

// rangeJoin reads what joins the two ends of a range at token i, behind f, and
// returns the token after it.
func (p *moneyParser) rangeJoin(f figure, i int) (int, bool) {
	t, next := p.at(i), p.at(i+1)
	if !t.near() || !next.near() {
		return i, false
	}
	switch {
	case t.isChar(charDash):
		return i + 1, next.tight() == t.tight() || next.kind == tokSign
	case t.word == wTo:
		return i + 1, true
	case t.word == wAnd:
		return i + 1, p.betweenBefore(f.from)
	case t.word == wOr:
		return i + 1, f.lo.spelled
	}
	return i, false
}

// betweenBefore says that "between" stands before token i, with no more than a
// word of estimate in the way.
func (p *moneyParser) betweenBefore(i int) bool {
	for j := i - 1; j >= i-3; j-- {
		switch w := p.at(j); {
		case w.word == wBetween:
			return true
		case w.kind != tokWord || w.word != wAbout && w.word != wAround && w.word != wA && p.word(j).roles&roleBig == 0:
			return false
		}
	}
	return false
}

// changed says that a word of change governs the figure at token i, so that the
// "to" behind it leads from one amount to another.
func (p *moneyParser) changed(i int) bool {
	window, from := changeNear, false
	for j := i - 1; j >= max(0, i-window); j-- {
		t := p.at(j)
		switch roles := p.word(j).roles; {
		case t.kind == tokPunct && (t.char == '.' || t.char == ';' || t.char == '?' || t.char == ':'):
			return false
		case t.word == wFrom && !from:
			window, from = changeWindow, true
		case from && roles&roleRange != 0:
			return false
		case roles&roleChange != 0:
			return true
		}
	}
	return false
}

// shareScale gives lo the scale that is written once, at the end of a range:
// "£10-12m", "$1.3 to $1.5bn", "two or three hundred pounds".
func shareScale(lo, hi moneyNumber) moneyNumber {
	if lo.scaled || lo.grouped || lo.whole > 3 {
		return lo
	}
	mantissa, power := hi.mantissa()
	if power > 0 && lo.less(mantissa) {
		lo.exp += power
		lo.scaled = true
	}
	return lo
}

// mantissa is n without the power of ten of its scale words, and that power. In a
// spelled number "hundred" is one of them.
func (n moneyNumber) mantissa() (moneyNumber, int) {
	m, power := n, n.power
	if !n.spelled {
		m.exp -= power
		return m, power
	}
	for range power {
		m.coef /= 10
	}
	if m.coef%100 == 0 && m.coef < 1e4 && m.exp == 0 {
		m.coef /= 100
		power += 2
	}
	return m, power
}
