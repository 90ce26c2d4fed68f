// SPDX-License-Identifier: Apache-2.0

package extract

// maxUnit is how many tokens the unit in brackets of a label may have.
const maxUnit = 4

// labelled reads the bare number behind a label of a form that has the currency
// in brackets: "Awarded value (€): 1,186,400.00", "Total (in INR): 46,80,500".
func (p *moneyParser) labelled(i int) (figure, bool) {
	mark, ok := p.unitBefore(i)
	if !ok {
		return figure{}, false
	}
	f, ok := p.valued(i, i, mark, false)
	return f, ok && !f.ranged && (f.lo.grouped || f.lo.looksPaid() || f.lo.scaled)
}

// byLabel gives a figure the currency that its label has in brackets: "Contract
// value (AUD): $12,400".
func (p *moneyParser) byLabel(f *figure, i int) {
	if mark, ok := p.unitBefore(i); ok && f.mark.family != "" && p.family(f.mark, mark.code) {
		f.mark = mark
	}
}

// unitBefore is the currency in brackets before the colon that stands before
// token i.
func (p *moneyParser) unitBefore(i int) (currencyMark, bool) {
	if !p.at(i-1).isChar(':') || !p.at(i-2).isChar(')') {
		return currencyMark{}, false
	}
	for open := i - 3; open >= i-3-maxUnit && open >= 0; open-- {
		if p.at(open).isChar('(') {
			return p.unitAt(open+1, i-2)
		}
	}
	return currencyMark{}, false
}

// unitAt reads the currency that fills the tokens from i to end, behind an "in".
func (p *moneyParser) unitAt(i, end int) (currencyMark, bool) {
	t := p.at(i)
	if t.word == wIn && i+1 < end {
		i++
		t = p.at(i)
	}
	if mark, next, ok := p.letterSign(i); ok && next == end {
		return mark, true
	}
	if i+1 != end {
		return currencyMark{}, false
	}
	if t.kind == tokSign {
		mark, ok := p.lex.signs[p.signOf(i)]
		return mark, ok
	}
	w := p.word(i)
	return w.before, w.roles&roleBefore != 0 && w.before.code != "" && (t.upper() || w.before.rule == "loose")
}
