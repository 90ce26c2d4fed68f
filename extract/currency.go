// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"

	"github.com/copytaster/copytaster"
)

// currencyMark is what a symbol, code or word says of a figure's currency.
type currencyMark struct {
	code   string // ISO 4217: the usual reading; "" where there is none
	family string // "dollar": several countries' money; "" where the code is sure
	rule   string // how the mark may be written: see currencyWords and currencyPrefixes
	minor  bool   // a hundredth of the unit: pence, cents
	iso    bool   // the mark is a code of ISO 4217
	weak   bool   // a code that is a word too: see weakCodes
	exp    int    // power of ten that is part of the mark, as in MGBP
}

// currencyTable holds what the tables of currency_table.go say. It is built once
// and never changed.
type currencyTable struct {
	families map[string]map[string]string // family, then country: code
	usual    map[string]string            // family: code
	dots     map[string]bool              // see dotGrouping
	retired  map[string]bool              // see retiredCodes
	tagDots  map[string]bool              // see tagGrouping
}

func newCurrencyTable() *currencyTable {
	t := &currencyTable{
		families: make(map[string]map[string]string),
		usual:    make(map[string]string),
		dots:     setOf(dotGrouping),
		retired:  setOf(retiredCodes),
		tagDots:  setOf(tagGrouping),
	}
	for line := range strings.Lines(currencyFamilies) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		t.usual[f[0]] = strings.Trim(f[1], "-")
		t.families[f[0]] = make(map[string]string, len(f))
		for _, pair := range f[2:] {
			country, code, _ := strings.Cut(pair, "=")
			t.families[f[0]][country] = code
		}
	}
	return t
}

// setOf is the set of the words of a table.
func setOf(table string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(table) {
		set[w] = true
	}
	return set
}

// mark is the mark for a family or a code. A family of one country is sure.
func (t *currencyTable) mark(name, rule string) currencyMark {
	m := currencyMark{code: name, rule: rule, minor: rule == "minor"}
	if usual, ok := t.usual[name]; ok {
		m.code = usual
		if len(t.families[name]) > 0 {
			m.family = name
		}
	}
	return m
}

// in is the mark's currency in a country, or "" where the family has none there.
func (t *currencyTable) in(m currencyMark, country string) string {
	return t.families[m.family][country]
}

// resolve decides the currency of a mark. stated is the country that the figure
// itself names ("Canadian dollars"), home the publisher's, seen the country of
// the family that the text names most, all "" where unknown.
func (t *currencyTable) resolve(m currencyMark, stated, home, seen string) (string, copytaster.Reason) {
	if m.family == "" {
		if m.code == "" {
			return "", ""
		}
		return m.code, copytaster.ReasonStated
	}
	if code := t.in(m, stated); code != "" {
		return code, copytaster.ReasonStated
	}
	if code := t.in(m, home); code != "" && !t.retired[code] {
		return code, copytaster.ReasonCountry
	}
	if code := t.in(m, seen); code != "" && !t.retired[code] {
		return code, copytaster.ReasonContext
	}
	if m.code == "" {
		return "", ""
	}
	return m.code, copytaster.ReasonSymbol
}
