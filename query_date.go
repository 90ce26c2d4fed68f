// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"fmt"
	"time"
)

// dateCond reads a value of published: or fetched:.
func dateCond(n *node) (Cond, error) {
	c := DateCond{Field: n.leaf.field}
	if isAny(n.leaf) {
		return c, nil
	}
	if err := noPrefix(n); err != nil {
		return nil, err
	}
	lo, hi, err := interval(withoutSpace(n.leaf.text), readDays)
	c.From, c.To = dayString(lo), dayString(hi)
	if err != nil {
		return nil, &QueryError{n.pos, fmt.Sprintf("%s: cannot be %s: %v", c.Field, clip(n.leaf.text), err),
			"write 2014, 2014-02, 2014-02-26, 2014-02..2014-03, >=2014-02 or *"}
	}
	return c, nil
}

// readDays returns the first and the last day of a day, month or year, counted
// from 1970.
func readDays(s string) (first, last int64, err error) {
	years, months, days := 0, 0, 1
	layout := "2006-01-02"
	switch len(s) {
	case 4:
		layout, years, days = "2006", 1, 0
	case 7:
		layout, months, days = "2006-01", 1, 0
	}
	day, err := time.Parse(layout, s)
	if err != nil || day.Year() < 1000 || day.Year() > 9998 {
		return 0, 0, fmt.Errorf("%s is no day, month or year", clip(s))
	}
	return dayNumber(day), dayNumber(day.AddDate(years, months, days)) - 1, nil
}

// dayNumber counts a midnight in UTC in days from 1970.
func dayNumber(t time.Time) int64 {
	return t.Unix() / (24 * 60 * 60)
}

// dayString writes a day number as YYYY-MM-DD, an open end as "".
func dayString(day *int64) string {
	if day == nil {
		return ""
	}
	return time.Unix(*day*24*60*60, 0).UTC().Format("2006-01-02")
}
