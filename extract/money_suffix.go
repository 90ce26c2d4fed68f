// SPDX-License-Identifier: Apache-2.0

package extract

// suffixMark is a currency that stands behind a number.
type suffixMark struct {
	mark    currencyMark
	country string
	to      int  // the token after it
	wordy   bool // "pounds": money or a weight
}

// currencyAt reads the currency at token i, behind the number n.
func (p *moneyParser) currencyAt(i int, n moneyNumber) (suffixMark, bool) {
	i = p.skipRounding(i)
	if t := p.at(i); t.isChar(charDash) && t.tight() && p.at(i+1).kind == tokWord && p.at(i+1).tight() {
		i++
	}
	if p.at(i).kind == tokSign {
		return p.signBehind(i)
	}
	i = p.skipOf(i)
	country, j := p.nationAt(i)
	t := p.at(j)
	if t.kind != tokWord || !t.near() {
		return suffixMark{}, false
	}
	w := p.word(j)
	if next := p.at(j + 1); w.roles&roleAfter == 0 || next.tight() && (next.kind == tokSign || p.lowerWord(j) == "l" && next.isChar('.')) {
		return p.rareBehind(j, n)
	}
	s := suffixMark{mark: p.asWritten(j, w.after), country: country, to: j + 1}
	s.wordy = s.mark.family == "pound" && s.mark.rule == "major" && country == ""
	if !p.suffixFits(j, s, n) {
		return suffixMark{}, false
	}
	if p.endsWithDot(j, s.mark) {
		s.to++
	}
	return s, true
}

// skipOf passes the "d'" and "de" of "12 millions d'euros".
func (p *moneyParser) skipOf(i int) int {
	switch {
	case p.at(i).word == wD && p.at(i+1).isChar(charQuote) && p.joined(i):
		return i + 2
	case (p.at(i).word == wDe || p.at(i).word == wDi) && p.joined(i) && p.word(i-1).roles&roleScale != 0:
		return i + 1
	}
	return i
}

// skipRounding passes the ",-" and "/-" of "50,- Kč" and "500/-".
func (p *moneyParser) skipRounding(i int) int {
	t, dash := p.at(i), p.at(i+1)
	if t.kind == tokPunct && t.tight() && (t.char == ',' || t.char == '.' || t.char == '/') &&
		dash.tight() && (dash.isChar(charDash) || dash.isChar(charEm)) {
		return i + 2
	}
	return i
}

// endsWithDot says that the point behind an abbreviation belongs to it: "руб.".
func (p *moneyParser) endsWithDot(i int, m currencyMark) bool {
	short := p.wide(i) && p.at(i).end-p.at(i).start <= 6
	return short && (m.code == "RUB" || m.code == "UAH" || m.code == "BGN") && p.at(i+1).isChar('.') && p.at(i+1).tight()
}

// nationAt reads the adjectives before a currency's name, as in "Hong Kong
// dollars", "U.S. dollars" and "new Turkish lira", and returns the country.
func (p *moneyParser) nationAt(i int) (country string, j int) {
	if p.at(i).word == wU && p.at(i+1).isChar('.') && p.at(i+2).word == wS && p.joined(i) {
		j = i + 3
		if p.at(j).isChar('.') {
			j++
		}
		return "US", j
	}
	for j = i; j < i+3 && p.joined(j) && p.at(j).kind == tokWord; j = p.next(j) {
		if p.leadsNation(j) {
			continue
		}
		if country == "" && p.isUnit(j) || p.word(j).roles&roleNation == 0 {
			break
		}
		country = p.word(j).country
	}
	return country, j
}

// isUnit says that the word at token i is a currency itself and no adjective of
// the next one: the euro of "50 euro", not that of "50 euro cents".
func (p *moneyParser) isUnit(i int) bool {
	return p.word(i).roles&roleAfter != 0 && p.word(p.next(i)).roles&roleAfter == 0
}

// leadsNation says that the word at token i belongs to the name of a country in
// two words: New Zealand, South Korean, Sri Lankan.
func (p *moneyParser) leadsNation(i int) bool {
	if p.word(p.next(i)).roles&roleNation == 0 && p.at(i).word != wNew {
		return false
	}
	switch p.lowerText(i) {
	case "new", "south", "north", "sri", "saudi", "east":
		return p.word(p.next(i)).roles&(roleNation|roleAfter) != 0
	}
	return false
}

// signBehind reads a symbol behind a number: "7€", "10 $", "100 US$".
func (p *moneyParser) signBehind(i int) (suffixMark, bool) {
	t, next := p.at(i), p.at(i+1)
	mark, ok := p.lex.signs[p.signOf(i)]
	switch {
	case !ok || t.gap > gapSpace:
		return suffixMark{}, false
	case t.char == '$' && p.script, t.char == '$' && next.kind == tokWord && next.tight(), next.isChar('(') && next.tight():
		return suffixMark{}, false
	case next.kind == tokDigits && next.gap <= gapSpace && !t.tight() && !p.minorAt(i+2, mark):
		return suffixMark{}, false // the symbol belongs to the next number: "5 for the 20 £10 notes"
	}
	return suffixMark{mark: mark, to: i + 1}, true
}

// rareBehind reads the marks behind a number that are no words of the lexicon's
// main list: letters with a symbol ("1 R$") and the "c" of cents.
func (p *moneyParser) rareBehind(i int, n moneyNumber) (suffixMark, bool) {
	t := p.at(i)
	if p.tag && p.lowerWord(i) == "l" && p.at(i+1).isChar('.') && p.lowerWord(i+2) == "e" {
		return suffixMark{mark: p.lex.money.mark("EGP", "tag"), to: i + 3}, true // L.E.
	}
	if mark, j, ok := p.letterSign(i); ok && t.gap <= gapSpace && p.at(j).kind != tokDigits {
		return suffixMark{mark: mark, to: j}, true
	}
	if t.word == wC && t.lower() && (t.tight() && n.integer() > 0 && n.integer() < 100 || p.tag) && !p.runsOn(i) && p.centsFit(i) {
		mark := p.lex.money.mark("cent", "minor")
		return suffixMark{mark: mark, to: i + 1}, true
	}
	return suffixMark{}, false
}

// centsFit says that a "c" behind a number may be cents: the price is all there
// is, or the sentence is about prices.
func (p *moneyParser) centsFit(i int) bool {
	if p.tag {
		return true
	}
	return p.cued(i, roleCue) && !p.at(i-1).isChar(charDash)
}

// suffixFits judges whether the word at token i is a currency behind n.
func (p *moneyParser) suffixFits(i int, s suffixMark, n moneyNumber) bool {
	t := p.at(i)
	if s.mark.iso {
		return p.codeFits(i, s.mark, n)
	}
	switch s.mark.rule {
	case "minor":
		return p.minorFits(i, n)
	case "need":
		return s.country != "" || n.scaled && n.power+n.exp >= 6
	case "grand":
		return t.lower() && !n.scaled && (p.tag || p.cued(i, roleCue)) && p.word(i+1).roles&roleIdiom == 0
	case "lower", "slang":
		return t.lower() || s.country != ""
	}
	return p.abbreviationFits(i, s.mark, n)
}

// abbreviationFits judges the marks of currencyPrefixes behind a number.
func (p *moneyParser) abbreviationFits(i int, m currencyMark, n moneyNumber) bool {
	t := p.at(i)
	switch m.rule {
	case "glued":
		return p.alone(i) || t.end-t.start > 1 && (p.tag || t.tight() && t.upper() && n.looksPaid())
	case "tag":
		return p.alone(i)
	case "tail":
		return p.tag || p.wide(i) || t.shape&firstUpper != 0 && n.looksPaid()
	case "loose":
		return p.tag || p.wide(i) || n.looksPaid() || !t.upper() && (!t.tight() || n.integer() > 9)
	}
	return true
}

// minorFits judges pence and cents behind n; 50 Cent is a person.
func (p *moneyParser) minorFits(i int, n moneyNumber) bool {
	t := p.at(i)
	if t.word == wP {
		return t.tight() && t.lower() && p.penceFit(i, n)
	}
	return t.lower() || t.upper() || n.integer() != 50
}

// alone says that the text is nothing but a number and the mark at token i, which
// no sentence would hold: "1 Gs".
func (p *moneyParser) alone(i int) bool {
	t, next := p.at(i), p.at(i+1)
	return p.tag && (t.upper() || t.shape&firstUpper != 0 || p.wide(i)) && p.at(0).kind == tokDigits &&
		(next.kind == tokNone || next.isChar('.') || next.isChar('/'))
}

// wide says that the word has a letter outside ASCII: it is no English word.
func (p *moneyParser) wide(i int) bool {
	t := p.at(i)
	for _, b := range []byte(p.text[t.start:t.end]) {
		if b >= 0x80 {
			return true
		}
	}
	return false
}

// codeFits judges a code of ISO 4217 behind a number. A code before a number with
// a scale of its own belongs to that one: "in 2014 EUR 5m was paid".
func (p *moneyParser) codeFits(i int, m currencyMark, n moneyNumber) bool {
	t, next := p.at(i), p.at(i+1)
	if m.weak && (!t.upper() || !n.looksPaid()) || !t.upper() && !t.lower() && !m.minor {
		return false
	}
	if next.kind != tokDigits || !next.near() || next.gap == gapLine && t.gap <= gapSpace && n.looksPaid() {
		return true
	}
	if n.whole == 4 && !n.grouped && n.integer() >= 1900 && n.integer() < 2100 {
		return false
	}
	behind, _, ok := p.quantity(i+1, spaceHard)
	return !ok || !behind.scaled && !behind.grouped && behind.places == 0
}

// penceFit judges a "p" behind digits: "30p" is money, "1080p" a picture.
func (p *moneyParser) penceFit(i int, n moneyNumber) bool {
	if n.spelled || n.scaled || n.whole > 4 || p.runsOn(i) {
		return false
	}
	if next := p.at(i + 1); next.isChar('.') && next.tight() && p.at(i+2).tight() && p.at(i+2).kind == tokWord {
		return p.at(i+2).word != wA && p.at(i+2).word != wD // p.a.
	}
	switch p.lowerWord(i - 2) {
	case "page", "pages", "para", "no":
		return false
	}
	switch n.integer() {
	case 720, 1080, 1440, 2160, 4320:
		return p.cued(i, roleShare)
	}
	return n.integer() < 240 || !p.cued(i, roleDisplay)
}

// minorAt says that a subunit of mark stands at token i: the "cent" of "10 $ 30 cent".
func (p *moneyParser) minorAt(i int, mark currencyMark) bool {
	w := p.word(i)
	return w.roles&roleAfter != 0 && w.after.minor && p.at(i).near() &&
		(w.after.family == mark.family || w.after.family == "cent" && (mark.family == "dollar" || mark.code == "EUR"))
}

// subunits adds the subunits behind a figure of whole units: "thirteen dollars and
// forty-five cents", "two pounds fifty", "12€50".
func (p *moneyParser) subunits(f figure) figure {
	if f.mark.minor || f.lo.exp != 0 || f.lo.coef > 1e13 {
		return f
	}
	j := f.to
	and := p.at(j).word == wAnd && p.joined(j)
	if and {
		j++
	}
	n, k, ok := p.bareNumber(j, spaceHard)
	if !ok || !p.joined(j) || n.coef < 0 || n.exp != 0 || n.coef > 999 {
		return f
	}
	if k, ok = p.minorEnd(f, j, k, and, n); !ok {
		return f
	}
	factor, places := int64(100), 2
	if n.whole == 3 {
		factor, places = 1000, 3
	}
	f.lo.coef, f.lo.exp, f.lo.places = f.lo.coef*factor+n.coef, -places, places
	f.to = k
	return f
}

// minorEnd judges the number n at tokens from to to as the subunits of f, and
// returns the token after them.
func (p *moneyParser) minorEnd(f figure, from, to int, and bool, n moneyNumber) (int, bool) {
	glued := p.at(f.to-1).kind == tokSign && p.at(from).tight() && n.whole >= 2
	switch {
	case n.coef > 99:
		return to, glued
	case p.minorAt(to, f.mark):
		return to + 1, true
	}
	return to, glued || p.bareMinor(f, from, to, and)
}

// bareMinor says that a number without a word may be subunits: "two pounds fifty
// a ticket", but not "five pounds twenty years ago".
func (p *moneyParser) bareMinor(f figure, from, to int, and bool) bool {
	end := p.at(to)
	if end.tight() && end.kind == tokWord {
		return false
	}
	stops := !end.near() || end.kind == tokPunct && !end.isChar(charDash) && !end.isChar('%') && (!end.isChar(',') || p.at(from).kind == tokWord && !and)
	if and && !stops || p.at(f.to-1).kind == tokSign {
		return false
	}
	if p.at(from).kind == tokDigits && p.at(from).end-p.at(from).start > 2 {
		return false
	}
	return stops || !and && p.word(to).roles&roleMinorEnd != 0
}
