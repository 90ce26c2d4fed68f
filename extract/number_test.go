// SPDX-License-Identifier: Apache-2.0

package extract

import "testing"

// parserOf makes a parser that stands in the one paragraph of a text.
func parserOf(text string) *moneyParser {
	p := &moneyParser{lex: newMoneyLexicon()}
	p.reset(text)
	l := moneyLexer{lex: p.lex, text: text}
	p.ts = l.paragraph(nil)
	return p
}

func TestNumerals(t *testing.T) {
	tests := []struct {
		text, want string
		used       int // tokens
	}{
		{"7", "7", 1},
		{"25000", "25000", 1},
		{"1,234", "1234", 3},
		{"1,234,567.89", "1234567.89", 7},
		{"12,34,567.89", "1234567.89", 7},
		{"1.234.567", "1234567", 5},
		{"1.234.567,89", "1234567.89", 7},
		{"1.500,00", "1500", 5},
		{"1'250'000", "1250000", 5},
		{"1 250 000", "1250000", 3},
		{"1\u00a0250\u202f000", "1250000", 3},
		{"1 250 000,50", "1250000.5", 5},
		{"2.5", "2.5", 3},
		{"2,5", "2.5", 3},
		{"20.500", "20.5", 3},
		{"1.1075", "1.1075", 3},
		{"47.10.", "47.1", 3},
		{"1,23,", "1.23", 3},
		{"5,10,15", "5", 1},
		{"3.2.1", "3", 1},
		{"2014 500", "2014", 1},
		{"12 50", "12", 1},
		{"999999999999999999", "999999999999999999", 1},
		{".75", "0.75", 2},
		{"..75", "0.75", 3},
		{"2½", "2.5", 2},
		{"007", "7", 1},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			p := parserOf(tt.text)
			n, next, ok := p.numeral(0, spaceAny)
			d, exact := n.decimal()
			if !ok || !exact || d.String() != tt.want || next != tt.used {
				t.Errorf("read as %v over %d tokens (%v), want %s over %d", d, next, ok, tt.want, tt.used)
			}
		})
	}
	for _, text := range []string{"9999999999999999999", "1,999,999,999,999,999,999", "x", "", "."} {
		if n, _, ok := parserOf(text).numeral(0, spaceAny); ok {
			t.Errorf("%q was read as %+v", text, n)
		}
	}
}

func TestSpelledNumbers(t *testing.T) {
	tests := map[string]string{
		"seven":                            "7",
		"twenty-one":                       "21",
		"one hundred and five":             "105",
		"fifteen hundred":                  "1500",
		"two thousand five hundred":        "2500",
		"a hundred thousand":               "100000",
		"three hundred and twelve million": "312000000",
		"eighteen million nine hundred twenty five thousand": "18925000",
		"two thousand million":                               "2000000000",
		"two point five billion":                             "2500000000",
		"one point three":                                    "1.3",
		"point five o six":                                   "0.506",
		"half a million":                                     "500000",
		"a half-million":                                     "500000",
		"a quarter of a billion":                             "250000000",
		"quarter million":                                    "250000",
		"three-quarters of a million":                        "750000",
		"two and a half million":                             "2500000",
		"one and a quarter billion":                          "1250000000",
		"a million and a half":                               "1500000",
		"1.5 hundred thousand":                               "150000",
		"2 lakh crore":                                       "2000000000000",
		"5 thousand million":                                 "5000000000",
		"60-odd million":                                     "60000000",
		"3 mn":                                               "3000000",
		"4m":                                                 "4000000",
		"2.1B":                                               "2100000000",
		"1,7 Mrd":                                            "1700000000",
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			p := parserOf(text)
			n, next, ok := p.quantity(0, spaceAny)
			d, exact := n.decimal()
			if !ok || !exact || d.String() != want || next != len(p.ts) {
				t.Errorf("read as %v over %d of %d tokens (%v), want %s", d, next, len(p.ts), ok, want)
			}
		})
	}
}

func TestNumbersEndBeforeTheNextOne(t *testing.T) {
	tests := map[string]string{
		"one one":                   "1",
		"twenty fifty":              "20",
		"two hundred three hundred": "203",
		"five m m":                  "5000000",
		"5m million":                "5000000",
		"5 T-shirt":                 "5",
		"5 B&B":                     "5",
		"5m2":                       "5",
	}
	for text, want := range tests {
		p := parserOf(text)
		n, _, ok := p.quantity(0, spaceAny)
		if d, _ := n.decimal(); !ok || d.String() != want {
			t.Errorf("%q was read as %v, want %s", text, d, want)
		}
	}
}

func TestNumbersTooLarge(t *testing.T) {
	x := NewMoney()
	for _, text := range []string{
		"£999999999999999999999", "£9999999999999999 trillion", "£1 trillion trillion trillion trillion trillion",
		"nine thousand trillion trillion trillion pounds",
	} {
		for _, m := range x.Find(text, Hint{}) {
			checkAmounts(t, m)
		}
	}
	if ms := x.Find("£999999999999999999999", Hint{}); len(ms) != 0 {
		t.Errorf("a number of 21 digits was read as %v", moneyLines(ms))
	}
}
