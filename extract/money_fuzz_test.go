// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/govalues/decimal"
	"pgregory.net/rapid"

	"github.com/copytaster/copytaster"
)

// checkFigures fails where a figure breaks what Find promises of every text.
func checkFigures(t interface {
	Helper()
	Fatalf(string, ...any)
}, text string, ms []copytaster.Money) {
	t.Helper()
	last := 0
	for i, m := range ms {
		if m.Start < last || m.End <= m.Start || m.End > len(text) {
			t.Fatalf("figure %d spans %d to %d after %d in %q", i, m.Start, m.End, last, text)
		}
		last = m.End
		if !utf8.RuneStart(text[m.Start]) || m.End < len(text) && !utf8.RuneStart(text[m.End]) {
			t.Fatalf("figure %d cuts a character: %d to %d in %q", i, m.Start, m.End, text)
		}
		if text[m.Start:m.End] != m.Surface {
			t.Fatalf("figure %d has surface %q, its span is %q", i, m.Surface, text[m.Start:m.End])
		}
		checkAmounts(t, m)
		if m.Converts < 0 || m.Converts > i || m.Converts > 0 && ms[m.Converts-1].Converts != 0 {
			t.Fatalf("figure %d converts %d in %q", i, m.Converts, text)
		}
	}
}

func checkAmounts(t interface {
	Helper()
	Fatalf(string, ...any)
}, m copytaster.Money) {
	t.Helper()
	lo, hi := m.Min != nil, m.Max != nil
	ok := false
	switch m.Bound {
	case copytaster.BoundMoreThan, copytaster.BoundAtLeast:
		ok = lo && !hi
	case copytaster.BoundLessThan, copytaster.BoundUpTo:
		ok = !lo && hi
	case copytaster.BoundRange:
		ok = lo && hi && m.Min.Less(*m.Max)
	case copytaster.BoundExact, copytaster.BoundApprox:
		ok = lo && hi && m.Min.Equal(*m.Max)
	}
	if m.Vague {
		ok = !lo && !hi && m.Bound == copytaster.BoundApprox
	}
	if !ok {
		t.Fatalf("%q is %v to %v with bound %q", m.Surface, m.Min, m.Max, m.Bound)
	}
	for _, d := range []*copytaster.Decimal{m.Min, m.Max} {
		if d == nil {
			continue
		}
		if back, err := decimal.Parse(d.String()); err != nil || !back.Equal(*d) {
			t.Fatalf("%q: amount %v does not survive its own text: %v", m.Surface, d, err)
		}
	}
}

func FuzzMoney(f *testing.F) {
	for _, c := range moneyCases(f) {
		f.Add(c.Text, c.Country)
	}
	for _, s := range hostileTexts() {
		f.Add(s[:min(len(s), 200)], "")
	}
	x := NewMoney()
	f.Fuzz(func(t *testing.T, text, country string) {
		ms := x.Find(text, Hint{Country: country})
		if utf8.ValidString(text) {
			checkFigures(t, text, ms)
		}
		if again := x.Find(text, Hint{Country: country}); !reflect.DeepEqual(ms, again) {
			t.Fatalf("two runs differ on %q:\n%v\n%v", text, ms, again)
		}
		if _, err := json.Marshal(ms); err != nil {
			t.Fatal(err)
		}
	})
}

// hostileTexts are short patterns that, repeated, have hurt parsers of figures.
func hostileTexts() []string {
	return []string{
		"£1,", "£", "1,1", "1.1.1.1.", "1 000 ", "£1-", "£1 to ", "one ", "a hundred and ", "million ", "tens of ",
		"$(1", "(£1 ", "between £1 and ", "up to ", "more than ", "£1 or ", "-£", "half a ", "point five ", "1'000'",
		"five hundred ", "two or ", "£1 a ", "£1 over the next ", "a few ", "US", "U.S.$", "p.", "1½", "m ", "\u00ad", "£\u00a0",
		"\n\n", "\t1", "£9999999999999999999", "€1.000,", "£1m (€1m; ", "pounds ", "1 pounds ", "EUR ", "Rs. ",
	}
}

func TestMoneyOnHostileText(t *testing.T) {
	x := NewMoney()
	for _, s := range hostileTexts() {
		t.Run(s, func(t *testing.T) {
			text := strings.Repeat(s, 20_000/len(s))
			checkFigures(t, text, x.Find(text, Hint{}))
		})
	}
}

func TestMoneyWorkIsLinear(t *testing.T) {
	x := NewMoney()
	for _, s := range hostileTexts() {
		small := allocsOf(x, strings.Repeat(s, 2_000/len(s)))
		large := allocsOf(x, strings.Repeat(s, 20_000/len(s)))
		if large > 12*small+200 {
			t.Errorf("%q: ten times the text takes %.0f allocations, not %.0f", s, large, 10*small)
		}
	}
}

func allocsOf(x *MoneyExtractor, text string) float64 {
	return testing.AllocsPerRun(1, func() { x.Find(text, Hint{}) })
}

func TestWrittenAmountsAreReadBack(t *testing.T) {
	x := NewMoney()
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.Int64Range(0, 999_999_999_999).Draw(t, "whole")
		cents := rapid.Int64Range(0, 99).Draw(t, "cents")
		want := decimal.MustNew(whole*100+cents, 2)
		for _, text := range spellings(whole, cents) {
			ms := x.Find("They paid "+text+" for it.", Hint{})
			if len(ms) != 1 || ms[0].Surface != text || !ms[0].Min.Equal(want) {
				t.Fatalf("%q was read as %v, want %v", text, moneyLines(ms), want)
			}
		}
	})
}

// spellings writes an amount as newspapers and notices do.
func spellings(whole, cents int64) []string {
	plain := decimal.MustNew(whole*100+cents, 2).String()
	return []string{
		"£" + plain, "£" + groupThousands(plain, ","), "GBP " + groupThousands(plain, ","), groupThousands(plain, "'") + " CHF",
		groupThousands(plain, "\u202f") + " EUR", "€" + continental(plain), plain + " US dollars", "US$" + plain,
	}
}

func groupThousands(s, sep string) string {
	whole, frac, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + sep + whole[i:]
	}
	return whole + "." + frac
}

func continental(s string) string {
	s = strings.Replace(groupThousands(s, " "), ".", ",", 1)
	return strings.ReplaceAll(s, " ", ".")
}

func BenchmarkMoney(b *testing.B) {
	var text strings.Builder
	for _, c := range moneyCases(b) {
		text.WriteString(c.Text + " " + filler + "\n\n")
	}
	x := NewMoney()
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		x.Find(text.String(), Hint{})
	}
}

// filler is copy without figures: in a newspaper most sentences have none.
const filler = `The committee will hear from the permanent secretary on Thursday, when members are expected to ask why the
review was delayed and who signed it off. Officials have declined to say whether the supplier was told in advance, and a
spokesman for the department said it did not comment on leaked documents.`

func BenchmarkMoneyHostile(b *testing.B) {
	x := NewMoney()
	for _, s := range []string{"£1,", "one ", "1,1", "between £1 and "} {
		b.Run(strings.TrimSpace(s), func(b *testing.B) {
			text := strings.Repeat(s, (1<<20)/len(s))
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				x.Find(text, Hint{})
			}
		})
	}
}
