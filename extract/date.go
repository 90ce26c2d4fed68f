// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strconv"
	"strings"
	"time"
)

// calendar is a date as it is written: what it does not state is 0.
type calendar struct {
	from, to         int // tokens, with "the end of", "early", "next"
	year, month, day int
	until            int // the second year of "2025/26", or 0
	shift            shift
	unit             unit // what "next" and "this" count: a year, a month, a week, a weekday
}

// shift is how a date stands to the day of the article.
type shift uint8

const (
	shiftNone shift = iota
	shiftThis
	shiftNext
	shiftLast
)

// unit is what a relative date counts.
type unit uint8

const (
	unitNone unit = iota
	unitYear
	unitMonth
	unitWeek
	unitDay
	unitWeekday // calendar.day is 1 for Sunday and so on
)

var (
	months = numbered("january february march april may june july august september october november december",
		"jan feb mar apr may jun jul aug sept oct nov dec", "- - - - - - - - sep")
	weekdays = numbered("sunday monday tuesday wednesday thursday friday saturday")
	shifts   = map[string]shift{"next": shiftNext, "coming": shiftNext, "following": shiftNext, "last": shiftLast, "this": shiftThis}
	periods  = map[string]unit{"year": unitYear, "month": unitMonth, "week": unitWeek}
	// partOf are words before a date that say which part of it is meant, which no
	// precision can hold, and edges those that want "of" behind them.
	partOf = hashSet("early late mid summer spring autumn fall winter the around about")
	edges  = hashSet("end start beginning close middle")
	// starts are the words that a date can begin with; most words are none.
	starts = hashSet("january february march april may june july august september october november december " +
		"jan feb mar apr jun jul aug sep sept oct nov dec sunday monday tuesday wednesday thursday friday saturday " +
		"year month week today tomorrow yesterday")
	counted = hashSet("homes houses people staff jobs workers employees beds vehicles units places schools prices figures levels pupils patients prisoners sites buses trains miles tonnes hours families")
)

// numbered numbers the words of each list from 1.
func numbered(lists ...string) map[string]int {
	m := map[string]int{}
	for _, l := range lists {
		for i, w := range strings.Fields(l) {
			m[w] = i + 1
		}
	}
	return m
}

// dateAt reads the date that begins at token i, without the words before it that
// belong to it.
func (a *analysis) dateAt(i, end int) (calendar, bool) {
	if i >= end || a.toks[i].kind != kindNumber && !a.is(i, starts) {
		return calendar{}, false
	}
	for _, read := range []func(i, end int) (calendar, bool){a.numericDate, a.dayMonth, a.monthDate, a.yearDate, a.wordDate} {
		if c, ok := read(i, end); ok {
			c.from = i
			return a.widen(c), true
		}
	}
	return calendar{}, false
}

// number is the whole number that token i is, 0 for another token and beyond the
// text. "1st" is 1.
func (a *analysis) number(i, end int) int {
	if i < 0 || i >= end || a.toks[i].kind != kindNumber {
		return 0
	}
	s := a.raw(i)
	if n := len(s); n > 2 {
		switch s[n-2:] {
		case "st", "nd", "rd", "th":
			s = s[:n-2]
		}
	}
	if len(s) > 4 {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// tight reports whether token i hangs on the one before it: "01/04", "2025-26".
func (a *analysis) tight(i, end int) bool { return i < end && a.toks[i].gap == sepTight }

// numericDate reads 01/04/2025, 1.4.25 and 2025-04-01. The day comes first, but
// for the United States.
func (a *analysis) numericDate(i, end int) (calendar, bool) {
	if i+2 >= end || !a.tight(i+1, end) || !a.tight(i+2, end) || a.tight(i+3, end) || a.tight(i, end) {
		return calendar{}, false
	}
	x, y, z := a.number(i, end), a.number(i+1, end), a.number(i+2, end)
	c := calendar{to: i + 3, year: z, month: y, day: x}
	switch {
	case len(a.raw(i)) == 4:
		c.year, c.day = x, z
	case len(a.raw(i+2)) == 2 && z > 0:
		c.year = 2000 + z
	}
	if c.month > 12 || a.monthFirst() && len(a.raw(i)) < 4 && c.day <= 12 {
		c.month, c.day = c.day, c.month
	}
	return c, validYear(c.year) && c.month >= 1 && c.month <= 12 && c.day >= 1 && c.day <= daysIn(c.year, c.month)
}

// monthFirst reports whether 04/05/2025 is the fifth of April: the publisher is
// American, or is unknown and all the text's money is.
func (a *analysis) monthFirst() bool {
	if a.home != "" {
		return a.home == "US"
	}
	for i := range a.money {
		if a.money[i].Currency != "USD" {
			return false
		}
	}
	return len(a.money) > 0
}

func validYear(y int) bool { return y >= 1950 && y < 2100 }

// daysIn is the number of days of a month, that of a leap year for year 0.
func daysIn(year, month int) int {
	if year == 0 {
		year = 2000
	}
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// month is the month that token i names, or 0: "may" and "march" are verbs.
func (a *analysis) month(i, end int) int {
	if i >= end || !a.toks[i].cap {
		return 0
	}
	return months[a.word(i)]
}

// dayMonth reads "1 April 2025", "1st of April", "Monday 1 April".
func (a *analysis) dayMonth(i, end int) (calendar, bool) {
	if i < end && weekdays[a.word(i)] > 0 {
		j := i + 1
		if a.raw(j) == "," {
			j++
		}
		c, ok := a.dayMonth(j, end)
		if !ok {
			c, ok = a.monthDate(j, end)
		}
		return c, ok && c.day > 0
	}
	day := a.number(i, end)
	j := i + 1
	if a.word(j) == "of" {
		j++
	}
	m := a.month(j, end)
	if m == 0 || day < 1 || day > daysIn(0, m) {
		return calendar{}, false
	}
	c := calendar{to: j + 1, month: m, day: day}
	a.yearBehind(&c, end)
	return c, true
}

// monthDate reads "April 2025", "April 1, 2025", "April".
func (a *analysis) monthDate(i, end int) (calendar, bool) {
	m := a.month(i, end)
	if m == 0 {
		return calendar{}, false
	}
	c := calendar{to: i + 1, month: m}
	j := i + 1
	if a.raw(j) == "." && a.toks[i].end == a.toks[j].start {
		j++ // "Dec. 31, 2027"
	}
	if d := a.number(j, end); d >= 1 && d <= daysIn(0, m) && !a.tight(j+1, end) {
		c.day, c.to = d, j+1
	}
	a.yearBehind(&c, end)
	return c, true
}

// yearBehind adds the year that stands behind a day and month or a month: "April
// 2025", "April 1, 2025", "April of next year".
func (a *analysis) yearBehind(c *calendar, end int) {
	j := c.to
	if a.raw(j) == "." || a.raw(j) == "," && c.day > 0 || a.word(j) == "of" || a.word(j) == "in" {
		j++
	}
	if y := a.year(j, end); y > 0 && !a.tight(j+1, end) {
		c.year, c.to = y, j+1
		return
	}
	if s := shifts[a.word(j)]; s != shiftNone && a.word(j+1) == "year" && j+1 < end {
		c.shift, c.unit, c.to = s, unitYear, j+2
	}
}

// year is the year that token i states, or 0: four digits that count nothing.
func (a *analysis) year(i, end int) int {
	if i >= end || len(a.raw(i)) != 4 {
		return 0
	}
	y := a.number(i, end)
	if !validYear(y) || a.is(i+1, counted) && i+1 < end || i > 0 && isCurrencySign(a.raw(i-1)) {
		return 0
	}
	return y
}

func isCurrencySign(s string) bool { return s == "£" || s == "$" || s == "€" }

// yearDate reads "2027" and the financial year "2026/27".
func (a *analysis) yearDate(i, end int) (calendar, bool) {
	y := a.year(i, end)
	if y == 0 || a.tight(i, end) && a.year(i-1, end) == 0 {
		return calendar{}, false
	}
	c := calendar{to: i + 1, year: y}
	if !a.tight(i+1, end) || a.year(i+1, end) > y {
		return c, true
	}
	z := a.number(i+1, end)
	if len(a.raw(i+1)) == 2 {
		z += y / 100 * 100
	}
	c.to, c.until = i+2, z
	return c, z > y && z < 2100 && !a.tight(i+2, end)
}

// wordDate reads "next year", "the end of the year", "tomorrow", "Monday".
func (a *analysis) wordDate(i, end int) (calendar, bool) {
	w := a.word(i)
	c := calendar{to: i + 1}
	switch {
	case w == "today" || w == "tomorrow" || w == "yesterday":
		c.unit, c.shift = unitDay, map[string]shift{"today": shiftThis, "tomorrow": shiftNext, "yesterday": shiftLast}[w]
	case weekdays[w] > 0 && a.toks[i].cap:
		c.unit, c.day = unitWeekday, weekdays[w]
	case periods[w] != unitNone && shifts[a.word(i-1)] != shiftNone:
		c.unit = periods[w]
	case w == "year" && a.word(i-1) == "the" && a.word(i-2) == "of" && a.is(i-3, edges):
		c.unit, c.shift = unitYear, shiftThis
	default:
		return c, false
	}
	return c, true
}

// widen takes in the words before a date that belong to it, and the shift among
// them.
func (a *analysis) widen(c calendar) calendar {
	for i := c.from - 1; i >= 0 && c.from-i < 7; i-- {
		s := shifts[a.word(i)]
		switch {
		case s != shiftNone && c.shift == shiftNone && c.year == 0:
			c.shift = s
		case a.is(i, partOf):
		case a.word(i) == "of" && (a.is(i-1, edges) || a.is(i-1, partOf)):
			i--
		case a.word(i) == "least" && a.word(i-1) == "at":
			i--
		default:
			return c
		}
		c.from = i
	}
	return c
}
