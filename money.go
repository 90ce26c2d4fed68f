// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"math"

	"github.com/govalues/decimal"
)

// Decimal is an exact decimal number of up to 19 digits.
type Decimal = decimal.Decimal

// Money is one figure. "more than £500m" has Min 500000000, no Max, GBP and
// BoundMoreThan; a vague figure ("tens of millions") is never given an amount.
type Money struct {
	Span
	Surface  string   `json:"surface"`
	Min      *Decimal `json:"min"`                // major units; nil where unbounded
	Max      *Decimal `json:"max"`                // major units; nil where unbounded
	Currency string   `json:"currency,omitempty"` // ISO 4217; "" where nothing tells
	Reason   Reason   `json:"reason,omitempty"`   // how the currency was resolved
	Bound    Bound    `json:"bound"`
	Per      Period   `json:"per,omitempty"`      // a rate: "£7 per hour"
	Over     string   `json:"over,omitempty"`     // ISO 8601 duration: "over ten years" is P10Y
	Vague    bool     `json:"vague,omitempty"`    // found, but no number was stated
	Converts int      `json:"converts,omitempty"` // 1 + index, in the document's Money, of the figure that this one restates in another currency
	Zone     Zone     `json:"zone,omitempty"`
}

// Bound says how a figure's number is meant.
type Bound string

// The bounds of a figure.
const (
	BoundExact    Bound = "exact"
	BoundApprox   Bound = "approx"
	BoundMoreThan Bound = "more_than"
	BoundAtLeast  Bound = "at_least"
	BoundLessThan Bound = "less_than"
	BoundUpTo     Bound = "up_to"
	BoundRange    Bound = "range"
)

// Period is the unit of a rate.
type Period string

// The periods of a rate. The empty period is a sum.
const (
	PerYear  Period = "year"
	PerMonth Period = "month"
	PerWeek  Period = "week"
	PerDay   Period = "day"
	PerHour  Period = "hour"
)

// Reason says how a figure's currency was resolved.
type Reason string

// The reasons for a currency.
const (
	ReasonStated  Reason = "stated"  // a code or an unambiguous word or symbol
	ReasonSymbol  Reason = "symbol"  // the usual reading of an ambiguous symbol
	ReasonCountry Reason = "country" // the publisher's country
	ReasonContext Reason = "context" // another figure or a name in the same text
)

// Interval is the figure as its stated numbers: from Min or Max to Max or Min,
// in hundredths, saturating. "more than £500m" is the one point 500m. ok is
// false for a vague figure, which has no number.
func (m *Money) Interval() (lo, hi int64, ok bool) {
	from, to := m.Min, m.Max
	if from == nil {
		from = to
	}
	if to == nil {
		to = from
	}
	if m.Vague || from == nil {
		return 0, 0, false
	}
	return Hundredths(*from), Hundredths(*to), true
}

// Hundredths is d in hundredths of the major unit, rounded half to even and
// saturating at the ends of int64: the form in which figures are indexed and
// compared.
func Hundredths(d Decimal) int64 {
	whole, frac, ok := d.Int64(2)
	if !ok || whole > math.MaxInt64/100-1 || whole < math.MinInt64/100+1 {
		if d.IsNeg() {
			return math.MinInt64
		}
		return math.MaxInt64
	}
	return whole*100 + frac
}
