// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"time"

	"github.com/copytaster/copytaster/index"
)

// The size of a chart in its own units, and the most months that it shows: the
// latest.
const (
	chartHeight = 48
	chartStep   = 8
	chartMonths = 120
)

// chart is the coverage by month as bars.
type chart struct {
	Width, Height int // in its own units
	Pixels        int // as wide as it may get on the page
	Bars          []bar
	First, Last   string // months
	Label         string // for those who do not see it
}

// bar is one month; a month without copy has no height.
type bar struct {
	X, Y, Width, Height int
	Title               string // "March 2014: 12 articles"
}

// newChart draws the counts of the facet of months, nil for none. Months between
// the first and the last that have no copy are shown as gaps.
func newChart(months []index.Bucket) *chart {
	counts := map[string]int{}
	var first, last time.Time
	for _, b := range months {
		t, err := time.Parse("2006-01", b.Value)
		if err != nil {
			continue
		}
		counts[b.Value] = b.Count
		if first.IsZero() || t.Before(first) {
			first = t
		}
		if t.After(last) {
			last = t
		}
	}
	if first.IsZero() {
		return nil
	}
	if from := last.AddDate(0, 1-chartMonths, 0); first.Before(from) {
		first = from
	}
	return drawMonths(counts, first, last)
}

func drawMonths(counts map[string]int, first, last time.Time) *chart {
	most, busiest, total := 0, first, 0
	for t := first; !t.After(last); t = t.AddDate(0, 1, 0) {
		n := counts[t.Format("2006-01")]
		total += n
		if n > most {
			most, busiest = n, t
		}
	}
	const month = "January 2006"
	c := &chart{Height: chartHeight, First: first.Format(month), Last: last.Format(month)}
	for t := first; !t.After(last); t = t.AddDate(0, 1, 0) {
		n := counts[t.Format("2006-01")]
		b := bar{X: c.Width, Width: chartStep - 2, Title: t.Format(month) + ": " + plural(n, "article")}
		if n > 0 {
			b.Height = max(2, n*chartHeight/max(most, 1))
		}
		b.Y = chartHeight - b.Height
		c.Bars = append(c.Bars, b)
		c.Width += chartStep
	}
	c.Pixels = 2 * c.Width
	c.Label = fmt.Sprintf("Dated articles by month, %s to %s: %s in all, most in %s (%s)", c.First, c.Last, count(total), busiest.Format(month), count(most))
	return c
}
