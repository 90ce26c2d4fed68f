// SPDX-License-Identifier: Apache-2.0

package extract

// maxUnit is how many tokens the unit in brackets of a label may have.
const maxUnit = 4

// labelled reads the bare number behind a label of a form that has the currency
// in brackets: "Awarded value (€): 1,186,400.00", "Total (in INR): 46,80,500".
func (p *moneyParser) labelled(i int) (figure, bool) {
	if !p.at(i-1).isChar(':') || !p.at(i-2).isChar(')') {
		return figure{}, false
	}
	for open := i - 3; open >= i-3-maxUnit && open >= 0; open-- {
		if !p.at(open).isChar('(') {
			continue
		}
		mark, ok := p.unitAt(open+1, i-2)
		if !ok {
			return figure{}, false
		}
		f, ok := p.valued(i, i, mark, false)
		return f, ok && !f.ranged && (f.lo.grouped || f.lo.looksPaid() || f.lo.scaled)
	}
	return figure{}, false
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
