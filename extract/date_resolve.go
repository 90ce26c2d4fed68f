// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"time"

	"github.com/copytaster/copytaster"
)

// tense says on which side of the day of the article a date without a year lies.
type tense uint8

const (
	future tense = iota
	past
)

// dateOf is the date that was written, with the precision that was stated. What
// is counted from the day of the article is unknown where that day is, or where it
// is not known as exactly.
func (a *analysis) dateOf(c calendar, t tense) copytaster.Date {
	if c.year > 0 {
		return stated(c.year, c.month, c.day)
	}
	if !a.published.Known() {
		return copytaster.Date{}
	}
	base := a.published.Time
	if !a.exactEnough(c) {
		return copytaster.Date{}
	}
	switch {
	case c.unit == unitYear:
		return stated(base.Year()+c.shift.step(), c.month, c.day)
	case c.month > 0:
		return stated(yearOf(c, base, t), c.month, c.day)
	case c.unit == unitMonth:
		m := time.Date(base.Year(), base.Month()+time.Month(c.shift.step()), 1, 0, 0, 0, 0, time.UTC)
		return stated(m.Year(), int(m.Month()), 0)
	case c.unit == unitDay:
		return onDay(base.AddDate(0, 0, c.shift.step()))
	case c.unit == unitWeekday:
		return onDay(weekday(c, base, t))
	}
	return copytaster.Date{}
}

// exactEnough reports whether the day of the article is known as exactly as the
// date needs.
func (a *analysis) exactEnough(c calendar) bool {
	switch a.published.Precision {
	case copytaster.PrecisionYear:
		return c.unit == unitYear
	case copytaster.PrecisionMonth:
		return c.unit == unitYear || c.unit == unitMonth || c.month > 0 && c.day == 0
	}
	return true
}

// step is how many units a shift goes.
func (s shift) step() int {
	switch s {
	case shiftNext:
		return 1
	case shiftLast:
		return -1
	}
	return 0
}

// yearOf is the year of a month, or of a day and month, that is written without
// one: the nearest on the side of the article's day that is meant.
func yearOf(c calendar, base time.Time, t tense) int {
	year := base.Year()
	when, now := c.month*100+c.day, int(base.Month())*100+base.Day()
	if c.day == 0 {
		now = int(base.Month()) * 100
	}
	switch {
	case c.shift == shiftThis:
	case c.shift == shiftNext && when <= now, c.shift == shiftNone && t == future && when < now:
		year++
	case c.shift == shiftLast && when >= now, c.shift == shiftNone && t == past && when > now:
		year--
	}
	return year
}

// weekday is the nearest day of the week on the side of the article's day that is
// meant.
func weekday(c calendar, base time.Time, t tense) time.Time {
	days := (c.day - 1 - int(base.Weekday()) + 7) % 7
	if (c.shift == shiftLast || t == past) && c.shift != shiftNext {
		days -= 7
		if days == -7 && c.shift != shiftLast {
			days = 0
		}
	} else if days == 0 && c.shift == shiftNext {
		days = 7
	}
	return base.AddDate(0, 0, days)
}

func onDay(t time.Time) copytaster.Date { return stated(t.Year(), int(t.Month()), t.Day()) }

// stated is the date of a year, month and day, of which month and day may be 0.
func stated(year, month, day int) copytaster.Date {
	d := copytaster.Date{Precision: copytaster.PrecisionDay, Origin: copytaster.OriginText}
	switch {
	case month == 0:
		d.Precision, month, day = copytaster.PrecisionYear, 1, 1
	case day == 0:
		d.Precision, day = copytaster.PrecisionMonth, 1
	case day > daysIn(year, month):
		return copytaster.Date{}
	}
	d.Time = time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return d
}
