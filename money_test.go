// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"math"
	"testing"

	"github.com/govalues/decimal"
)

func TestHundredths(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want int64
	}{
		{"0", 0}, {"1", 100}, {"0.5", 50}, {"-3.25", -325}, {"0.005", 0}, {"0.015", 2}, {"0.025", 2}, {"1.999", 200},
		{"500000000", 500_000_000_00},
		{"92233720368547756", 92233720368547756_00},
		{"9999999999999999999", math.MaxInt64},
		{"-9999999999999999999", math.MinInt64},
	} {
		if got := Hundredths(decimal.MustParse(tt.in)); got != tt.want {
			t.Errorf("Hundredths(%s) = %d, want %d", tt.in, got, tt.want)
		}
	}
}

func TestIntervalIsTheStatedNumbers(t *testing.T) {
	d := func(s string) *Decimal {
		v := decimal.MustParse(s)
		return &v
	}
	for _, tt := range []struct {
		name   string
		money  Money
		lo, hi int64
		ok     bool
	}{
		{"exact", Money{Min: d("7"), Max: d("7")}, 700, 700, true},
		{"a range", Money{Min: d("10"), Max: d("12")}, 1000, 1200, true},
		{"more than", Money{Min: d("500")}, 50000, 50000, true},
		{"up to", Money{Max: d("500")}, 50000, 50000, true},
		{"vague", Money{Vague: true}, 0, 0, false},
		{"vague with a number", Money{Vague: true, Min: d("1")}, 0, 0, false},
		{"nothing", Money{}, 0, 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if lo, hi, ok := tt.money.Interval(); lo != tt.lo || hi != tt.hi || ok != tt.ok {
				t.Errorf("Interval = %d, %d, %t, want %d, %d, %t", lo, hi, ok, tt.lo, tt.hi, tt.ok)
			}
		})
	}
}
