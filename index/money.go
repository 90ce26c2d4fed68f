// SPDX-License-Identifier: Apache-2.0

package index

import (
	"math"

	"github.com/copytaster/copytaster"
)

// NoAmount is the AmountKey of a document that states no figure.
const NoAmount = math.MinInt64

// AmountKey is the number by which SortAmount compares documents: the largest
// figure that the body states, in hundredths of its currency, whichever that is;
// of a range its end. A document whose figures are all vague has NoAmount.
func AmountKey(d *copytaster.Document) int64 {
	if m := Largest(d); m != nil {
		_, hi, _ := m.Interval()
		return hi
	}
	return NoAmount
}

// Largest is the figure by which AmountKey orders a document, the first of
// equals; nil where it states none.
func Largest(d *copytaster.Document) *copytaster.Money {
	var largest *copytaster.Money
	key := int64(NoAmount)
	for i := range d.Money {
		if _, hi, ok := d.Money[i].Interval(); ok && (largest == nil || hi > key) {
			largest, key = &d.Money[i], hi
		}
	}
	return largest
}

// MoneyBand is a value of the facet "money": an order of magnitude. Its Value is
// one of the query field money: as it stands, money:10m..<100m.
type MoneyBand struct {
	Value  string
	Label  string // what a person reads
	Lo, Hi int64  // hundredths, both included
}

// MoneyBands lists the bands, smallest first. They neither overlap nor leave a
// gap: an amount that ends one band begins the next.
func MoneyBands() []MoneyBand {
	const major = 100
	return []MoneyBand{
		{"<100k", "under 100,000", math.MinInt64, 100e3*major - 1},
		{"100k..<1m", "100,000 to 1m", 100e3 * major, 1e6*major - 1},
		{"1m..<10m", "1m to 10m", 1e6 * major, 10e6*major - 1},
		{"10m..<100m", "10m to 100m", 10e6 * major, 100e6*major - 1},
		{"100m..<1bn", "100m to 1bn", 100e6 * major, 1e9*major - 1},
		{">=1bn", "1bn and more", 1e9 * major, math.MaxInt64},
	}
}

// MoneyBandsOf returns the bands under which a document is counted, smallest
// first: those that one of its figures meets, so that a band's count is what
// asking for it finds. Vague figures are in none.
func MoneyBandsOf(d *copytaster.Document) []MoneyBand {
	var met []MoneyBand
	for _, b := range MoneyBands() {
		if b.meets(d.Money) {
			met = append(met, b)
		}
	}
	return met
}

func (b MoneyBand) meets(figures []copytaster.Money) bool {
	for i := range figures {
		if lo, hi, ok := figures[i].Interval(); ok && lo <= b.Hi && hi >= b.Lo {
			return true
		}
	}
	return false
}

// LabelBands puts the values of the facet "money" in the order of size, smallest
// first, with their labels: what a person is shown.
func LabelBands(counted []Bucket) []Bucket {
	var out []Bucket
	for _, band := range MoneyBands() {
		for _, b := range counted {
			if b.Value == band.Value {
				b.Label = band.Label
				out = append(out, b)
			}
		}
	}
	return out
}
