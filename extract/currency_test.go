// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
)

func TestCurrencyTables(t *testing.T) {
	codes := setOf(currencyCodes)
	money := newCurrencyTable()
	known := func(name string) bool { _, family := money.usual[name]; return family || codes[name] }
	t.Run("codes are three capitals and stand once", func(t *testing.T) {
		if n := len(strings.Fields(currencyCodes)); n != len(codes) {
			t.Errorf("%d codes, %d of them different", n, len(codes))
		}
		for code := range codes {
			if len(code) != 3 || strings.ToUpper(code) != code {
				t.Errorf("%q is no code", code)
			}
		}
	})
	t.Run("weak, retired and dotted codes are codes", func(t *testing.T) {
		for _, code := range strings.Fields(weakCodes + " " + retiredCodes + " " + dotGrouping + " " + tagGrouping) {
			if !codes[code] {
				t.Errorf("%s is not in currencyCodes", code)
			}
		}
	})
	t.Run("families lead to codes", func(t *testing.T) {
		for family, countries := range money.families {
			if usual := money.usual[family]; usual != "" && !codes[usual] {
				t.Errorf("%s is usually %q", family, usual)
			}
			for country, code := range countries {
				if len(country) != 2 || !codes[code] {
					t.Errorf("%s in %q is %q", family, country, code)
				}
			}
		}
	})
	t.Run("every mark leads to a family or a code", func(t *testing.T) {
		for _, table := range []string{currencyWords, currencyPrefixes} {
			for f := range rows(table) {
				if !known(f[0]) || len(f) < 3 {
					t.Errorf("row %q", f)
				}
			}
		}
		for f := range rows(currencySigns) {
			if !known(f[1]) || len(f) != 2 {
				t.Errorf("row %q", f)
			}
		}
	})
	t.Run("every nationality leads somewhere and stands once", func(t *testing.T) {
		seen := make(map[string]bool)
		for f := range rows(nationalities) {
			for _, w := range f[1:] {
				if seen[w] || w != strings.ToLower(w) {
					t.Errorf("%q of %s", w, f[0])
				}
				seen[w] = true
			}
		}
	})
}

func TestCurrencyOfAMark(t *testing.T) {
	tests := []struct {
		name, text string
		hint       Hint
		want       string
		reason     copytaster.Reason
	}{
		{"a code is stated", "It cost USD 5m.", Hint{Country: "AU"}, "USD", copytaster.ReasonStated},
		{"an unambiguous symbol is stated", "It cost €5m.", Hint{}, "EUR", copytaster.ReasonStated},
		{"letters before the symbol are stated", "It cost NZ$5m.", Hint{Country: "AU"}, "NZD", copytaster.ReasonStated},
		{"an adjective is stated", "It cost 5m Canadian dollars.", Hint{}, "CAD", copytaster.ReasonStated},
		{"a nationality behind is stated", "It cost $5m Canadian.", Hint{}, "CAD", copytaster.ReasonStated},
		{"a code behind is stated", "It cost $5m AUD.", Hint{}, "AUD", copytaster.ReasonStated},
		{"a code in brackets is stated", "It cost Sh5m (UGX).", Hint{}, "UGX", copytaster.ReasonStated},
		{"a bare dollar is usually American", "It cost $5m.", Hint{}, "USD", copytaster.ReasonSymbol},
		{"a bare dollar is the publisher's", "It cost $5m.", Hint{Country: "sg"}, "SGD", copytaster.ReasonCountry},
		{"an address tells the publisher's country", "It cost $5m.", Hint{URL: "https://news.example.com.au/x"}, "AUD", copytaster.ReasonCountry},
		{"the country of the source beats its address", "It cost $5m.", Hint{Country: "NZ", URL: "https://a.example.ca/"}, "NZD", copytaster.ReasonCountry},
		{"a publisher without dollars leaves them American", "It cost $5m.", Hint{Country: "GB"}, "USD", copytaster.ReasonSymbol},
		{"cents follow the dollar", "It rose 6 cents.", Hint{Country: "CA"}, "CAD", copytaster.ReasonCountry},
		{"cents beside euros are of the euro", "It rose 5 cent to €2.", Hint{}, "EUR", copytaster.ReasonContext},
		{"pesos follow the country in the text", "In Chile it cost 5m pesos.", Hint{}, "CLP", copytaster.ReasonContext},
		{"pesos of nowhere have no currency", "It cost 5m pesos.", Hint{}, "", ""},
		{"rupees are usually Indian", "It cost 5m rupees.", Hint{}, "INR", copytaster.ReasonSymbol},
		{"rupees of a text about Pakistan are its own", "Pakistan paid 5m rupees.", Hint{}, "PKR", copytaster.ReasonContext},
		{"a retired currency needs its name", "It cost 5m francs.", Hint{Country: "FR"}, "CHF", copytaster.ReasonSymbol},
		{"a retired currency with its name is read", "It cost 5m French francs.", Hint{}, "FRF", copytaster.ReasonStated},
	}
	x := NewMoney()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ms := x.Find(tt.text, tt.hint)
			if len(ms) == 0 || ms[0].Currency != tt.want || ms[0].Reason != tt.reason {
				t.Errorf("%q: %+v, want %q by %q", tt.text, ms, tt.want, tt.reason)
			}
		})
	}
}

func TestDollarsBesideTheirOwn(t *testing.T) {
	ms := NewMoney().Find("The A$5m grant was topped up with $2m from Washington.", Hint{Country: "AU"})
	if len(ms) != 2 || ms[0].Currency != "AUD" || ms[1].Currency != "USD" {
		t.Errorf("found %v: a text that writes A$ means other dollars by $", moneyLines(ms))
	}
}

func TestHomeOfAHint(t *testing.T) {
	tests := map[Hint]string{
		{}:                                       "",
		{Country: "au"}:                          "AU",
		{URL: "https://www.example.co.uk/a"}:     "GB",
		{URL: "https://example.ie:8080/a"}:       "IE",
		{URL: "https://example.com/a"}:           "",
		{URL: "https://example.co/a"}:            "",
		{URL: "https://192.0.2.7/a"}:             "",
		{URL: "example.ca"}:                      "",
		{URL: "https://example.ca./"}:            "CA",
		{URL: "::bad::"}:                         "",
		{URL: "urn:sha256:00", Country: "NZ"}:    "NZ",
		{URL: "file:council/minutes.txt"}:        "",
		{URL: "http://[2001:db8::1]/index.html"}: "",
	}
	for hint, want := range tests {
		if got := hint.home(); got != want {
			t.Errorf("home of %+v is %q, want %q", hint, got, want)
		}
	}
}
