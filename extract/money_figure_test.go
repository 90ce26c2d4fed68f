// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// checkLines compares the figures of each text, in the notation of the cases.
func checkLines(t *testing.T, hint Hint, tests map[string][]string) {
	t.Helper()
	x := NewMoney()
	for text, want := range tests {
		if diff := cmp.Diff(want, moneyLines(x.Find(text, hint))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// inProse makes a text longer than a bare price, so that the rules of prose hold.
func inProse(s string) string {
	return "The committee was told on Tuesday that " + s + " had been agreed."
}

func TestSymbols(t *testing.T) {
	tests := map[string][]string{}
	for f := range rows(currencySigns) {
		if f[0] == "¢" {
			continue
		}
		mark := NewMoney().lex.signs[f[0]]
		sign := strings.ToUpper(f[0])
		text := sign + "1,250"
		want := text + "|1250|" + mark.code + "|exact"
		tests[inProse(text)] = []string{want}
	}
	if len(tests) < 60 {
		t.Fatalf("only %d symbols", len(tests))
	}
	checkLines(t, Hint{}, tests)
}

func TestCodes(t *testing.T) {
	tests := map[string][]string{}
	for _, code := range strings.Fields(currencyCodes) {
		tests[inProse(code+" 1,250.50")] = []string{code + " 1,250.50|1250.5|" + code + "|exact"}
		tests[inProse("3.5m "+code)] = []string{"3.5m " + code + "|3500000|" + code + "|exact"}
	}
	checkLines(t, Hint{}, tests)
}

func TestCurrencyNames(t *testing.T) {
	tests := map[string][]string{}
	for f := range rows(currencyWords) {
		if f[1] != "major" && f[1] != "slang" {
			continue
		}
		mark := newCurrencyTable().mark(f[0], f[1])
		for _, w := range f[2:] {
			want := "3 million " + w + "|3000000"
			if mark.code != "" {
				want += "|" + mark.code
			} else {
				want += "|"
			}
			tests[inProse("3 million "+w)] = []string{want + "|exact"}
		}
	}
	if len(tests) < 90 {
		t.Fatalf("only %d names", len(tests))
	}
	checkLines(t, Hint{}, tests)
}

func TestFigures(t *testing.T) {
	checkLines(t, Hint{}, map[string][]string{
		"in the letter, £ 1.4 bn was named":              {"£ 1.4 bn|1400000000|GBP|exact"},
		"of£500m, glued to a word":                       {"£500m|500000000|GBP|exact"},
		"the £1.8 million pound refurbishment":           {"£1.8 million pound|1800000|GBP|exact"},
		"the cost was $20m AUD, the bank said":           {"$20m|20000000|AUD|exact"},
		"he took 75 USD million and 50 million USD":      {"75 USD million|75000000|USD|exact", "50 million USD|50000000|USD|exact"},
		"a 48.5 MGBP purchase and MUSD 3":                {"48.5 MGBP|48500000|GBP|exact", "MUSD 3|3000000|USD|exact"},
		"it lost $(2.4) million in the year":             {"$(2.4) million|-2400000|USD|exact"},
		"a refund of -£45 and of £-3":                    {"-£45|-45|GBP|exact", "£-3|-3|GBP|exact"},
		"thirteen dollars and forty-five cents was paid": {"thirteen dollars and forty-five cents|13.45|USD|exact"},
		"five pounds twenty years ago was a price":       {"five pounds|5|GBP|exact"},
		"they paid U.S. $5m and U.S.$6m and US $7m":      {"U.S. $5m|5000000|USD|exact", "U.S.$6m|6000000|USD|exact", "US $7m|7000000|USD|exact"},
		"A $4 billion deal and a $5 note were shown":     {"$4 billion|4000000000|USD|exact", "$5|5|USD|exact"},
		"they gave 5m New Zealand dollars to it":         {"5m New Zealand dollars|5000000|NZD|exact"},
		"they gave 5m New Taiwan dollars to it":          {"5m New Taiwan dollars|5000000|TWD|exact"},
		"they gave 5m South Korean won to it":            {"5m South Korean won|5000000|KRW|exact"},
		"they gave 5m Sri Lankan rupees to it":           {"5m Sri Lankan rupees|5000000|LKR|exact"},
		"they gave 50 euro cents and 65 Canadian cents":  {"50 euro cents|0.5|EUR|exact", "65 Canadian cents|0.65|CAD|exact"},
		"the 3.5m-euro grant and the five-cent hit":      {"3.5m-euro|3500000|EUR|exact", "five-cent|0.05|EUR|exact"},
		"the £\n500 million cost wrapped":                {"£\n500 million|500000000|GBP|exact"},
		"the £500\n\nmillion cost did not":               {"£500|500|GBP|exact"},
		"£1\t000 in two cells of one row of the table":   {"£1|1|GBP|exact"},
		"£1,£2,£3": {"£1|1|GBP|exact", "£2|2|GBP|exact", "£3|3|GBP|exact"},
		"in 2014 EUR 500m was paid, in 2013 500m EUR":    {"EUR 500m|500000000|EUR|exact", "500m EUR|500000000|EUR|exact"},
		"paid in 2013 278 dollars at the door there":     {"278 dollars|278|USD|exact"},
		"DM 5, as it was, or 5 German marks, as written": {"5 German marks|5|DEM|exact"},
	})
}

func TestSpacesInNumbers(t *testing.T) {
	checkLines(t, Hint{}, map[string][]string{
		"They paid £5 100 times over the whole of the year.":    {"£5|5|GBP|exact"},
		"They paid EUR 5 100 to each of the thirty families.":   {"EUR 5 100|5100|EUR|exact"},
		"They paid £5\u00a0100 to each of the thirty families.": {"£5\u00a0100|5100|GBP|exact"},
		"They paid 5 100 euros to each of the thirty families.": {"5 100 euros|5100|EUR|exact"},
		"They paid 50 50 euros to each of the thirty families.": {"50 euros|50|EUR|exact"},
	})
}

func TestPointBeforeThreeDigits(t *testing.T) {
	checkLines(t, Hint{}, map[string][]string{
		"It cost $20.500 when it was sold to the old museum.": {"$20.500|20.5|USD|exact"},
		"It cost Rp 31.500 when it was sold to the museum.":   {"Rp 31.500|31500|IDR|exact"},
		"It cost €12.500 when it was sold to the old museum.": {"€12.500|12500|EUR|exact"},
		"It cost €1.250m when it was sold to the old museum.": {"€1.250m|1250000|EUR|exact"},
		"Petrol is at €1.680 a litre in most of the country.": {"€1.680|1.68|EUR|exact"},
		"The pound bought €1.155 when it was last published.": {"€1.155|1.155|EUR|exact"},
		"It cost 1.250 euros when it was sold to the museum.": {"1.250 euros|1250|EUR|exact"},
		"It cost €0.549 when it was sold to the old museum.":  {"€0.549|0.549|EUR|exact"},
	})
}

func TestBarePricesOnly(t *testing.T) {
	for _, s := range []string{"1 Q", "1 L", "1 KM", "1 MT", "1 Gs", "1 B/.", "S/. 20", "Q 5"} {
		if ms := NewMoney().Find(s, Hint{}); len(ms) != 1 {
			t.Errorf("the bare price %q gives %v", s, moneyLines(ms))
		}
		if ms := NewMoney().Find(inProse(s), Hint{}); len(ms) != 0 {
			t.Errorf("in prose %q gives %v", s, moneyLines(ms))
		}
	}
}

func TestVagueFigures(t *testing.T) {
	vague := func(s, currency string) []string {
		return []string{strings.TrimRight(s+"|vague|"+currency, "|") + padMoney(currency) + "|approx"}
	}
	checkLines(t, Hint{}, map[string][]string{
		"It took tens of millions of pounds to mend":         vague("tens of millions of pounds", "GBP"),
		"Hundreds of thousands of euros were lost":           vague("Hundreds of thousands of euros", "EUR"),
		"He asked for a few hundred dollars":                 vague("a few hundred dollars", "USD"),
		"He asked for a couple of thousand pounds":           vague("a couple of thousand pounds", "GBP"),
		"He asked for several million Swiss francs":          vague("several million Swiss francs", "CHF"),
		"A multi-million-pound deal":                         vague("multi-million-pound", "GBP"),
		"A multi million pound deal":                         vague("multi million pound", "GBP"),
		"A multibillion-dollar deal":                         vague("multibillion-dollar", "USD"),
		"She got a six-figure sum for it":                    vague("six-figure sum", ""),
		"She got a seven-figure salary for it":               vague("seven-figure", ""),
		"A six-figure number of people came":                 nil,
		"Several real improvements and many won medals":      nil,
		"Tens of thousands of people came by train":          nil,
		"It cost tens of millions.":                          vague("tens of millions", ""),
		"It sold tens of millions.":                          nil,
		"It cost tens of millions of people their jobs":      nil,
		"five millions of pounds were lost at sea long ago":  nil,
		"The bill ran to £100s of millions, the union said":  vague("£100s of millions", "GBP"),
		"Thousands of pounds of beef were thrown away there": nil,
		"Thousands of pounds of savings were thrown away":    vague("Thousands of pounds", "GBP"),
		"They were paid a dollar a day":                      {"a dollar|1|USD|exact|day"},
		"They were paid less than a pound":                   {"a pound|1|GBP|less_than"},
		"It fell almost a cent and a half on the day":        {"a cent and a half|0.015|USD|approx"},
		"It is a dollar coin and the pound is a currency":    nil,
	})
}

// padMoney keeps the empty field of a figure without a currency.
func padMoney(currency string) string {
	if currency == "" {
		return "|"
	}
	return ""
}
