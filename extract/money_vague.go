// SPDX-License-Identifier: Apache-2.0

package extract

// vague reads a figure that states no number: "multi-million-pound", "tens of
// millions of pounds", "a few hundred dollars", "six-figure sum".
func (p *moneyParser) vague(i int) (figure, bool) {
	w := p.at(i).word
	switch {
	case w == wMulti || w == wMultimillion || w == wMultibillion:
		return p.multiMillion(i)
	case p.word(i).roles&roleNumber != 0 && p.after(i).word == wFigure:
		return p.figureSum(i)
	case w == wA || p.word(i).roles&(roleCount|rolePlural) != 0 && !p.counted(i):
		return p.manyOf(i)
	}
	return figure{}, false
}

// counted says that a number stands before token i: "five millions".
func (p *moneyParser) counted(i int) bool {
	return p.joined(i) && (p.at(i-1).kind == tokDigits || p.word(i-1).roles&(roleNumber|roleScale) != 0)
}

func (p *moneyParser) multiMillion(i int) (figure, bool) {
	j := p.next(i)
	if p.at(i).word == wMulti {
		if p.word(j).roles&roleScale == 0 || !p.joined(j) {
			return figure{}, false
		}
		j = p.next(j)
	}
	return p.vagueOf(i, j)
}

// figureSum reads "six-figure sum" and "seven-figure salary". The noun is part of
// the figure only where it means money itself.
func (p *moneyParser) figureSum(i int) (figure, bool) {
	if v := p.word(i).value; v < 3 || v > 12 {
		return figure{}, false
	}
	j := p.next(p.next(i))
	if !p.joined(j) || p.word(j).roles&roleFigureNoun == 0 {
		return figure{}, false
	}
	switch p.at(j).word {
	case wSum, wSums, wAmount:
		j++
	}
	return figure{from: i, to: j, vague: true}, true
}

// manyOf reads "tens of millions of pounds", "several thousand dollars", "a few
// hundred euros".
func (p *moneyParser) manyOf(i int) (figure, bool) {
	j, ok := p.vagueCount(i)
	scales := 0
	for ; scales < 4 && (j == i || p.joined(j)) && p.word(j).roles&(roleScale|rolePlural) != 0; scales++ {
		j = p.next(j)
		if p.at(j).word == wOf && p.joined(j) && p.word(j+1).roles&(roleScale|rolePlural) != 0 {
			j++
		}
	}
	if !ok && scales == 0 {
		return figure{}, false
	}
	if f, ok := p.vagueOf(i, j); ok {
		return f, true
	}
	return figure{from: i, to: j, vague: true}, scales > 1 && p.spentVaguely(i, j)
}

// spentVaguely says that "tens of millions" at tokens from to to is money although
// no currency stands with it: the sentence has just said that it was paid, and
// goes on to nothing that could be counted instead.
func (p *moneyParser) spentVaguely(from, to int) bool {
	paid := false
	for i := from - 1; i >= from-3 && p.at(i).kind == tokWord; i-- {
		switch p.lowerWord(i) {
		case "cost", "costs", "costing", "worth", "spent", "spend", "spending", "paid", "pay", "saved", "save", "owed", "owes", "invested":
			paid = true
		}
	}
	end := p.at(to)
	return paid && (!end.near() || end.kind == tokPunct || end.word != wOf && p.word(to).roles&roleMinorEnd != 0)
}

// vagueCount passes "a few", "several", "a couple of"; a plural like "millions"
// needs none.
func (p *moneyParser) vagueCount(i int) (int, bool) {
	j := i
	switch w := p.at(i).word; {
	case w == wA && (p.at(i+1).word == wFew || p.at(i+1).word == wCouple):
		j = i + 2
	case w == wA:
		return len(p.ts), false
	case p.word(i).roles&roleCount != 0:
		j = i + 1
	default:
		return i, false
	}
	if p.at(j).word == wOf {
		j++
	}
	return j, true
}

// plural reads "£10s of millions" and "£1,000s" behind a symbol: no amount, though
// there are digits.
func (p *moneyParser) plural(i, j int, mark currencyMark) (figure, bool) {
	if p.at(j).kind != tokDigits || !p.at(j).tight() {
		return figure{}, false
	}
	n, k, ok := p.numeral(j, spaceHard)
	s := p.at(k)
	if !ok || s.word != wS || !s.tight() || !s.lower() || n.coef < 10 || n.exp != 0 {
		return figure{}, false
	}
	for c := n.coef; c > 1; c /= 10 {
		if c%10 != 0 {
			return figure{}, false
		}
	}
	k++
	for p.at(k).word == wOf && p.joined(k) && p.word(k+1).roles&rolePlural != 0 {
		k += 2
	}
	return figure{from: i, to: k, mark: mark, vague: true, signed: true}, true
}

// vagueOf completes a vague figure with the currency at token j.
func (p *moneyParser) vagueOf(i, j int) (figure, bool) {
	if p.at(j).word == wOf && p.joined(j) {
		j++
	}
	c, ok := p.currencyAt(j, moneyNumber{coef: 1e6, scaled: true, spelled: true})
	if !ok || !p.joined(j) || c.mark.rule == "need" && c.country == "" && p.word(j-1).roles&(roleScale|rolePlural) == 0 {
		return figure{}, false
	}
	return figure{from: i, to: c.to, mark: c.mark, country: c.country, wordy: c.wordy, vague: true}, true
}

// lonePenny reads "a dollar" and "a cent and a half" where an article is the
// number: with a half, as a rate, or behind a bound ("less than a dollar a day").
func (p *moneyParser) lonePenny(i int) (figure, bool) {
	w := p.at(i).word
	if w != wA && w != wAn {
		return figure{}, false
	}
	c, ok := p.currencyAt(i+1, moneyNumber{coef: 1, spelled: true})
	if !ok || c.mark.iso || !p.joined(i+1) {
		return figure{}, false
	}
	n := moneyNumber{coef: 1, spelled: true}
	half, k, isHalf := p.andHalf(n, c.to)
	if isHalf {
		n, c.to = half, k
	}
	f := figure{from: i, to: c.to, lo: n, mark: c.mark, country: c.country, wordy: c.wordy}
	bound, _ := p.boundBefore(f)
	_, _, rate := p.periodAt(f.to)
	if p.at(i-1).word == wHalf { // half a pound a week
		return f, false
	}
	return f, isHalf || rate || bound != "" && p.at(i-1).word == wThan
}
