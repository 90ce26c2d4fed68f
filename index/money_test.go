// SPDX-License-Identifier: Apache-2.0

package index

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"
	"pgregory.net/rapid"

	"github.com/copytaster/copytaster"
)

// stating returns a document with figures from lo to hi hundredths; a negative
// end is none.
func stating(ends ...[2]int64) *copytaster.Document {
	d := new(copytaster.Document)
	for _, e := range ends {
		m := copytaster.Money{Min: hundredths(e[0]), Max: hundredths(e[1])}
		m.Vague = m.Min == nil && m.Max == nil
		d.Money = append(d.Money, m)
	}
	return d
}

func hundredths(n int64) *copytaster.Decimal {
	if n < 0 {
		return nil
	}
	d := decimal.MustNew(n, 2)
	return &d
}

func TestAmountKeyIsTheLargestStatedFigure(t *testing.T) {
	for name, tt := range map[string]struct {
		doc  *copytaster.Document
		want int64
	}{
		"no figure":                {stating(), NoAmount},
		"a vague figure":           {stating([2]int64{-1, -1}), NoAmount},
		"nothing":                  {stating([2]int64{0, 0}), 0},
		"the larger of two":        {stating([2]int64{700, 700}, [2]int64{500, 500}), 700},
		"the end of a range":       {stating([2]int64{100, 900}), 900},
		"more than":                {stating([2]int64{500, -1}), 500},
		"up to":                    {stating([2]int64{-1, 300}), 300},
		"vague ones do not count":  {stating([2]int64{-1, -1}, [2]int64{1, 1}), 1},
		"the largest that fits in": {stating([2]int64{math.MaxInt64, -1}), math.MaxInt64},
	} {
		t.Run(name, func(t *testing.T) {
			if got := AmountKey(tt.doc); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}

func TestLargestIsTheFirstOfEquals(t *testing.T) {
	d := stating([2]int64{-1, -1}, [2]int64{3, 3}, [2]int64{1, 9}, [2]int64{9, 9})
	if got := Largest(d); got != &d.Money[2] {
		t.Errorf("got %+v", got)
	}
	if got := Largest(stating([2]int64{-1, -1})); got != nil {
		t.Errorf("a vague figure is the largest: %+v", got)
	}
}

func TestMoneyBandsCoverEveryAmountOnce(t *testing.T) {
	bands := MoneyBands()
	if bands[0].Lo != math.MinInt64 || bands[len(bands)-1].Hi != math.MaxInt64 {
		t.Error("the bands leave out an end")
	}
	for i, b := range bands[1:] {
		if b.Lo != bands[i].Hi+1 {
			t.Errorf("%s begins at %d, and %s ends at %d", b.Value, b.Lo, bands[i].Value, bands[i].Hi)
		}
	}
}

func TestMoneyBandsAreQueriesWithTheirEnds(t *testing.T) {
	for _, b := range MoneyBands() {
		q, err := copytaster.ParseQuery("money:" + b.Value)
		if err != nil {
			t.Errorf("%s: %v", b.Value, err)
			continue
		}
		want := copytaster.MoneyCond{Lo: &b.Lo, Hi: &b.Hi}
		if b.Lo == math.MinInt64 {
			want.Lo = nil
		}
		if b.Hi == math.MaxInt64 {
			want.Hi = nil
		}
		if diff := cmp.Diff(copytaster.Cond(want), q.Plan()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", b.Value, diff)
		}
	}
}

func TestMoneyBandsOfAreThoseWhoseQueryMatches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		end := rapid.OneOf(rapid.Int64Range(-1, math.MaxInt64), rapid.SampledFrom([]int64{-1, 0, 99_999_99, 100_000_00, 1_000_000_00, 100_000_000_00, 1_000_000_000_00}))
		var ends [][2]int64
		for range rapid.IntRange(0, 4).Draw(t, "figures") {
			lo, hi := end.Draw(t, "min"), end.Draw(t, "max")
			if hi >= 0 && hi < lo {
				lo, hi = hi, lo
			}
			ends = append(ends, [2]int64{lo, hi})
		}
		d := stating(ends...)
		var got []string
		for _, b := range MoneyBandsOf(d) {
			got = append(got, b.Value)
		}
		for _, b := range MoneyBands() {
			q, err := copytaster.ParseQuery("money:" + b.Value)
			if err != nil {
				t.Fatal(err)
			}
			if q.Match(d) != slices.Contains(got, b.Value) {
				t.Errorf("figures %v: the bands are %q, and money:%s finds it: %v", ends, got, b.Value, q.Match(d))
			}
		}
	})
}

func TestLabelBandsPutsThemInOrder(t *testing.T) {
	got := LabelBands([]Bucket{{Value: ">=1bn", Count: 9}, {Value: "odd", Count: 5}, {Value: "<100k", Count: 3}})
	want := []Bucket{{"<100k", "under 100,000", 3}, {">=1bn", "1bn and more", 9}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
