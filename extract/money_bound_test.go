// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
)

// tablePhrases yields each phrase of a table of bounds.
func tablePhrases(table string) map[string]copytaster.Bound {
	all := make(map[string]copytaster.Bound)
	for line := range strings.Lines(table) {
		bound, list, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		for phrase := range strings.SplitSeq(list, "|") {
			all[strings.TrimSpace(phrase)] = copytaster.Bound(bound)
		}
	}
	return all
}

func TestEveryPhraseBounds(t *testing.T) {
	x := NewMoney()
	check := func(text string, want copytaster.Bound) {
		t.Helper()
		ms := x.Find(text, Hint{})
		if len(ms) != 1 || ms[0].Bound != want || ms[0].Surface != "£5m" {
			t.Errorf("%q: %v, want one figure, %s", text, moneyLines(ms), want)
		}
	}
	before, behind := tablePhrases(boundTable), tablePhrases(afterTable)
	if len(before) < 50 || len(behind) < 20 {
		t.Fatalf("only %d and %d phrases", len(before), len(behind))
	}
	for phrase, want := range before {
		check("They want "+phrase+" £5m for it.", want)
	}
	for phrase, want := range behind {
		switch phrase {
		case "plus", "odd", "ish":
			check("They want £5m-"+phrase+" for it.", want)
		default:
			check("They want £5m "+phrase+", for it.", want)
		}
	}
}

func TestBounds(t *testing.T) {
	tests := map[string]string{
		"the row over £5m":           "exact",
		"a contract handed over £5m": "exact",
		"over a £5m contract":        "exact",
		"under the £5m contract":     "exact",
		"well over £5m":              "more_than",
		"almost a £5m loss":          "approx",
		"more than a £5m loss":       "more_than",
		"at least another £5m":       "at_least",
		"up to about £5m":            "up_to",
		"no more than £5m":           "up_to",
		"no less than £5m":           "at_least",
		"not-to-exceed £5m":          "up_to",
		"pushed the bill up to £5m":  "exact",
		"raised up to £5m":           "up_to",
		"an estimated loss of £5m":   "approx",
		"c.£5m":                      "approx",
		"c£5m":                       "approx",
		"~£5m":                       "approx",
		">£5m":                       "more_than",
		"≤ £5m":                      "up_to",
		"£5m+":                       "more_than",
		"£5m plus VAT":               "exact",
		"£5m-plus":                   "more_than",
		"£5m a year or more":         "at_least",
		"worries about £5m of debt":  "exact",
		"nearly £5m or more":         "at_least",
		"It is over. £5m was lost":   "exact",
	}
	x := NewMoney()
	for text, want := range tests {
		ms := x.Find(text, Hint{})
		if len(ms) != 1 || string(ms[0].Bound) != want {
			t.Errorf("%q: %v, want one figure, %s", text, moneyLines(ms), want)
		}
	}
}

func TestRanges(t *testing.T) {
	tests := map[string][]string{
		"£10-12m":                      {"£10-12m|10000000..12000000|GBP|range"},
		"between £10m and £12m":        {"£10m and £12m|10000000..12000000|GBP|range"},
		"between about £10m and £12m":  {"£10m and £12m|10000000..12000000|GBP|range"},
		"$1.3 to $1.5bn":               {"$1.3 to $1.5bn|1300000000..1500000000|USD|range"},
		"$50-100,000":                  {"$50-100,000|50000..100000|USD|range"},
		"£50-£100,000":                 {"£50-£100,000|50..100000|GBP|range"},
		"£500 to £1m":                  {"£500 to £1m|500..1000000|GBP|range"},
		"from £25,000 to £35,000":      {"£25,000 to £35,000|25000..35000|GBP|range"},
		"rose from £14m to £40m":       {"£14m|14000000|GBP|exact", "£40m|40000000|GBP|exact"},
		"fell $1.33 to $42.12":         {"$1.33|1.33|USD|exact", "$42.12|42.12|USD|exact"},
		"the fees range from £5 to £9": {"£5 to £9|5..9|GBP|range"},
		"£3m, £4m and £5m":             {"£3m|3000000|GBP|exact", "£4m|4000000|GBP|exact", "£5m|5000000|GBP|exact"},
		"from £9m to £2m":              {"£9m|9000000|GBP|exact", "£2m|2000000|GBP|exact"},
		"£5m to $9m":                   {"£5m|5000000|GBP|exact", "$9m|9000000|USD|exact"},
		"£5 to 10 people":              {"£5|5|GBP|exact"},
		"£5-10 people":                 {"£5-10|5..10|GBP|range"},
		"£20 - 12 of them":             {"£20|20|GBP|exact"},
		"two or three pounds a week":   {"two or three pounds|2..3|GBP|range|week"},
		"10p to 20p":                   {"10p to 20p|0.1..0.2|GBP|range"},
		"£1.50 -£2.50":                 {"£1.50 -£2.50|1.5..2.5|GBP|range"},
		"£5m and £6m":                  {"£5m|5000000|GBP|exact", "£6m|6000000|GBP|exact"},
	}
	x := NewMoney()
	for text, want := range tests {
		if diff := cmp.Diff(want, moneyLines(x.Find(text, Hint{}))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestRates(t *testing.T) {
	tests := map[string]copytaster.Period{
		"a year": "year", "-a-year": "year", "per annum": "year", "p.a.": "year", "pa": "year", "/yr": "year",
		"annually": "year", "each year": "year", "every year": "year", "per financial year": "year",
		"a month": "month", "/mo": "month", "pcm": "month", "per calendar month": "month", "p.c.m.": "month",
		"a week": "week", "weekly": "week", "p/w": "week", "a day": "day", "daily": "day", "an hour": "hour",
		"/hr": "hour", "/h": "hour", "ph": "hour", "per user per month": "month", "a head a year": "year",
		"in annual savings": "year",
		"a year ago":        "", "a year earlier": "", "a year later": "", "a month before": "", "a share": "", "a head": "",
		"a quarter": "", "/W": "", "a barrel": "", "an hour ago": "", "a\n\nyear": "",
	}
	x := NewMoney()
	for words, want := range tests {
		text := "They paid £5"
		if words[0] != '-' && words[0] != '/' {
			text += " "
		}
		ms := x.Find(text+words, Hint{})
		if len(ms) != 1 || ms[0].Per != want || ms[0].Surface != "£5" {
			t.Errorf("%q: %v, want a rate by %q", text+words, moneyLines(ms), want)
		}
	}
}

func TestRatesBeforeTheFigure(t *testing.T) {
	tests := map[string]copytaster.Period{
		"an annual £5m":                "year",
		"an annual budget of £5m":      "year",
		"a weekly allowance of £5":     "week",
		"an hourly rate of £5":         "hour",
		"Day rates of £5":              "day",
		"annual spend over £5m":        "year",
		"the annual report cost £5m":   "",
		"its annual meeting heard £5m": "",
		"annually it loses £5m":        "",
	}
	x := NewMoney()
	for text, want := range tests {
		ms := x.Find(text, Hint{})
		if len(ms) != 1 || ms[0].Per != want {
			t.Errorf("%q: %v, want a rate by %q", text, moneyLines(ms), want)
		}
	}
}

func TestDurations(t *testing.T) {
	tests := map[string]string{
		"£5m over ten years":                    "P10Y",
		"£5m over the next decade":              "P10Y",
		"£5m over two decades":                  "P20Y",
		"£5m, over 18 months":                   "P18M",
		"£5m across three years":                "P3Y",
		"a £5m contract over six weeks":         "P6W",
		"a five-year £5m deal":                  "P5Y",
		"a five-year, £5m deal":                 "P5Y",
		"a £5m, four-year framework":            "P4Y",
		"a three-year contract worth £5m":       "P3Y",
		"£5m over the next year":                "P1Y",
		"£5m over the year":                     "",
		"£5m over budget":                       "",
		"£5m. Over ten years it grew":           "",
		"a three-week low of £5":                "",
		"£5m was moved to a firm that ran over": "",
	}
	x := NewMoney()
	for text, want := range tests {
		ms := x.Find(text, Hint{})
		if len(ms) != 1 || ms[0].Over != want {
			t.Errorf("%q: %v, want it over %q", text, moneyLines(ms), want)
		}
	}
}

func TestConversions(t *testing.T) {
	tests := map[string][]int{
		"$325m (£170m)":                         {0, 1},
		"400m Argentine pesos ($136m; £72.3m)":  {0, 1, 1},
		"4bn euros (£2.8bn, $4.8bn) and £3m":    {0, 1, 1, 0},
		"£5m, or about $6m, was lost":           {0, 1},
		"a $1.5bn deal (about Rs 12,500 crore)": {0, 1},
		"£5m/$6m":                               {0, 1},
		"$10bn per annum (£5.5bn)":              {0, 1},
		"£12m (£10m last year)":                 {0, 0},
		"£12m, and $10m in aid":                 {0, 0},
		"£12m in Ghana. ($10m was lost)":        {0, 0},
		"£12m\n\n($10m)":                        {0, 0},
		"$20 (£10) to $30 (£15)":                {0, 1, 0, 3},
		"tens of millions of pounds ($90m)":     {0, 1},
	}
	x := NewMoney()
	for text, want := range tests {
		var got []int
		for _, m := range x.Find(text, Hint{}) {
			got = append(got, m.Converts)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	x := NewMoney()
	cases := moneyCases(t)
	want := make([][]string, len(cases))
	for i, c := range cases {
		want[i] = moneyLines(x.Find(c.Text, Hint{Country: c.Country, URL: c.URL}))
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i, c := range cases {
				if diff := cmp.Diff(want[i], moneyLines(x.Find(c.Text, Hint{Country: c.Country, URL: c.URL}))); diff != "" {
					t.Errorf("%q (-alone +together):\n%s", c.Text, diff)
				}
			}
		})
	}
	wg.Wait()
}
