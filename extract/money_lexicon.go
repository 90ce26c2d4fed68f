// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strconv"
	"strings"

	"github.com/copytaster/copytaster"
)

// wordRole is what a word may be in the grammar of money; one word may be
// several things ("c" is cents, circa and, with a dollar sign, Canadian).
type wordRole uint32

const (
	roleNumber     wordRole = 1 << iota // two, sixty
	roleScale                           // million, lakh
	roleShort                           // m, bn: a scale only behind digits
	roleAfter                           // a currency after a number
	roleBefore                          // a currency before a number
	roleSign                            // letters before a symbol: US$
	roleNation                          // Canadian
	rolePeriod                          // year
	roleRate                            // annually
	roleChange                          // rose
	roleTopic                           // row
	roleMove                            // pushed
	roleUnitPrice                       // litre
	roleWeight                          // weighed
	roleCue                             // cost
	roleBig                             // another
	roleCount                           // several
	rolePlural                          // tens, millions
	roleIdiom                           // question
	roleMinorEnd                        // per
	roleRange                           // ranging
	roleFlow                            // budget
	roleConvert                         // equivalent
	roleDisplay                         // resolution
	roleDeal                            // contract
	roleShare                           // dividend
	roleFigureNoun                      // salary
)

// moneyWord is one entry of the lexicon.
type moneyWord struct {
	roles   wordRole
	value   int64             // of a number
	exp     int               // of a scale: a power of ten
	after   currencyMark      // read behind a number
	before  currencyMark      // read in front of a number
	country string            // of a nationality
	period  copytaster.Period // "" for a period that is no rate we know
}

// moneyLexicon holds all words that the grammar knows. It is built once by
// newMoneyLexicon and never changed.
type moneyLexicon struct {
	ids    map[string]wordID
	byHash *wordMap[wordID] // the same by the words' hashes
	words  []moneyWord
	signs  map[string]currencyMark
	money  *currencyTable
	bounds *boundPhrases
}

func newMoneyLexicon() *moneyLexicon {
	l := &moneyLexicon{
		ids:   make(map[string]wordID),
		words: make([]moneyWord, 1),
		signs: make(map[string]currencyMark),
		money: newCurrencyTable(),
	}
	for _, w := range strings.Fields(moneyKeywords) {
		l.word(w)
	}
	l.addNumbers()
	l.addCurrencies()
	l.addContext()
	l.bounds = newBoundPhrases(l)
	hashes := make(map[uint64]wordID, len(l.ids))
	for w, id := range l.ids {
		hashes[hashFolded(w)] = id
	}
	l.byHash = mapOf(hashes)
	return l
}

// word returns the entry of a word, which it adds if need be. The pointer holds
// until the next call.
func (l *moneyLexicon) word(w string) *moneyWord { return &l.words[l.id(w)] }

func (l *moneyLexicon) id(w string) wordID {
	id, ok := l.ids[w]
	if !ok {
		id = wordID(len(l.words))
		l.ids[w] = id
		l.words = append(l.words, moneyWord{})
	}
	return id
}

func (l *moneyLexicon) addNumbers() {
	for w, v := range pairs(moneyNumbers) {
		e := l.word(w)
		e.roles |= roleNumber
		e.value, _ = strconv.ParseInt(v, 10, 64)
	}
	for w, v := range pairs(moneyScales) {
		e := l.word(w)
		e.roles |= roleScale
		e.exp, _ = strconv.Atoi(v)
	}
	for w, v := range pairs(moneyAbbreviations) {
		e := l.word(w)
		e.roles |= roleShort
		e.exp, _ = strconv.Atoi(v)
	}
	for w, v := range pairs(moneyPeriods) {
		e := l.word(w)
		e.roles |= rolePeriod
		e.period = copytaster.Period(v)
	}
	for w, v := range pairs(moneyRates) {
		e := l.word(w)
		e.roles |= roleRate
		e.period = copytaster.Period(v)
	}
}

func (l *moneyLexicon) addCurrencies() {
	weak := setOf(weakCodes + " " + retiredCodes)
	for _, code := range strings.Fields(currencyCodes) {
		m := currencyMark{code: code, rule: "iso", iso: true, weak: weak[code]}
		e := l.word(strings.ToLower(code))
		e.roles |= roleAfter | roleBefore
		e.after, e.before = m, m
	}
	penny := currencyMark{code: "GBP", rule: "iso", iso: true, minor: true} // the exchanges' code for pence
	e := l.word("gbx")
	e.roles |= roleAfter | roleBefore
	e.after, e.before = penny, penny
	for _, code := range []string{"GBP", "EUR", "USD", "SEK", "NOK", "DKK", "CHF"} {
		for prefix, exp := range map[string]int{"m": 6, "k": 3, "t": 3, "mn": 6, "bn": 9} {
			e := l.word(prefix + strings.ToLower(code))
			e.roles |= roleAfter | roleBefore
			e.after = currencyMark{code: code, rule: "iso", iso: true, exp: exp}
			e.before = e.after
		}
	}
	for f := range rows(currencyWords) {
		m := l.money.mark(f[0], f[1])
		if m.rule == "grand" {
			m.exp = 3
		}
		for _, w := range f[2:] {
			e := l.word(w)
			e.roles |= roleAfter
			e.after = m
		}
	}
	l.word("u").roles |= roleSign // of U.S.$
	for f := range rows(currencyPrefixes) {
		l.addPrefix(l.money.mark(f[0], f[1]), f[2:])
	}
	for f := range rows(currencySigns) {
		l.addSign(f[0], l.money.mark(f[1], "sign"))
	}
}

// addPrefix adds marks that may stand on either side of a number.
func (l *moneyLexicon) addPrefix(m currencyMark, words []string) {
	for _, w := range words {
		e := l.word(w)
		if m.rule != "tail" {
			e.roles |= roleBefore
			e.before = m
		}
		if e.roles&roleAfter == 0 {
			e.roles |= roleAfter
			e.after = m
		}
	}
}

// addSign adds a symbol, or the letters before one.
func (l *moneyLexicon) addSign(sign string, m currencyMark) {
	m.minor = sign == "¢"
	l.signs[sign] = m
	if letters := strings.TrimRight(sign, "$£¥€¢₵"); letters != "" && letters != sign {
		l.word(letters).roles |= roleSign
	}
}

func (l *moneyLexicon) addContext() {
	for f := range rows(nationalities) {
		for _, w := range f[1:] {
			e := l.word(w)
			e.roles |= roleNation
			e.country = f[0]
		}
	}
	e := l.word("euro")
	e.roles |= roleNation
	e.country = "EU"
	for role, words := range map[wordRole]string{
		roleChange: changeWords, roleTopic: topicWords, roleMove: moveWords, roleUnitPrice: unitPrices,
		roleWeight: weightWords, roleCue: moneyCues, roleBig: bigWords, roleCount: vagueCounts,
		rolePlural: pluralScales, roleIdiom: idiomNouns, roleMinorEnd: minorEnds,
		roleRange: rangeWords, roleFlow: flowWords, roleConvert: converters, roleFigureNoun: figureNouns, roleDisplay: displayWords, roleShare: shareWords, roleDeal: dealNouns,
	} {
		for _, w := range strings.Fields(words) {
			l.word(w).roles |= role
		}
	}
}

// rows yields the fields of each line of a table.
func rows(table string) func(yield func([]string) bool) {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(table) {
			if f := strings.Fields(line); len(f) > 1 && !yield(f) {
				return
			}
		}
	}
}

// pairs yields the "name=value" fields of a table.
func pairs(table string) func(yield func(name, value string) bool) {
	return func(yield func(string, string) bool) {
		for _, f := range strings.Fields(table) {
			if name, value, ok := strings.Cut(f, "="); ok && !yield(name, value) {
				return
			}
		}
	}
}
