// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strconv"

	"github.com/copytaster/copytaster"
)

// period is the period of f where it is a rate, and the token after its words.
// start is the token where the bound before f begins.
func (p *moneyParser) period(f figure) (copytaster.Period, int) {
	if per, k, ok := p.periodAt(f.to); ok {
		return per, k
	}
	if k := p.pastTax(f.to); k > f.to {
		if per, _, ok := p.periodAt(k); ok {
			return per, f.to
		}
	}
	if k, ok := p.pastRestated(f.to); ok {
		if per, _, ok := p.periodAt(k); ok {
			return per, f.to
		}
	}
	return "", f.to
}

// pastTax returns the token after "plus VAT" at token i, or i.
func (p *moneyParser) pastTax(i int) int {
	if t := p.at(i); t.word != wPlus && !t.isChar('+') {
		return i
	}
	switch p.lowerWord(i + 1) {
	case "vat", "gst", "tax", "expenses":
		return i + 2
	}
	return i
}

// pastRestated returns the token after a bracket, or after ", or three euros,".
func (p *moneyParser) pastRestated(i int) (int, bool) {
	closing := rune(')')
	switch {
	case p.at(i).isChar('('):
	case p.at(i).isChar(',') && p.at(i+1).word == wOr:
		closing = ','
	default:
		return i, false
	}
	for j := i + 2; j < i+16; j++ {
		if p.at(j).isChar(closing) {
			return j + 1, true
		}
	}
	return i, false
}

// periodAt reads the words of a rate at token i: "a year", "-a-month", "/hr",
// "per annum", "annually", "pcm".
func (p *moneyParser) periodAt(i int) (per copytaster.Period, next int, ok bool) {
	j := i
	if p.at(j).isChar(charDash) && p.at(j).tight() {
		j++
	}
	if !p.at(j).near() {
		return "", i, false
	}
	per, next = p.periodWord(j)
	if per == "" {
		per, next = p.periodPhrase(j)
	}
	return per, next, per != "" && !p.elsewhen(next)
}

// periodWord reads a rate of one word or abbreviation: "annually", "p.a.", "/hr".
func (p *moneyParser) periodWord(j int) (copytaster.Period, int) {
	t, next := p.at(j), p.at(j+1)
	switch {
	case p.word(j).roles&roleRate != 0 && (t.lower() || t.end-t.start > 3):
		return p.word(j).period, j + 1
	case t.isChar('/'):
		return p.periodUnit(j + 1)
	case t.word == wP && next.isChar('.') && next.tight():
		return p.dottedPeriod(j)
	case t.word == wP && next.isChar('/'):
		return p.periodUnit(j + 2)
	case t.word == wPm && t.gap <= gapSpace:
		return copytaster.PerMonth, j + 1
	}
	return "", j
}

// periodPhrase reads a rate of several words: "a year", "per user per month", "in
// annual savings".
func (p *moneyParser) periodPhrase(j int) (copytaster.Period, int) {
	if p.at(j).word == wIn && p.word(j+1).roles&roleRate != 0 && len(p.lowerWord(j+1)) > 3 {
		return p.word(j + 1).period, j + 2
	}
	if !p.distributes(j) {
		return "", j
	}
	per, next := p.periodUnit(p.next(j))
	if unit := p.at(j + 1); per == "" && unit.kind == tokWord && unit.near() && p.distributes(j+2) {
		return p.periodUnit(j + 3)
	}
	return per, next
}

// distributes says that the word at token i may come before the unit of a rate.
func (p *moneyParser) distributes(i int) bool {
	switch p.at(i).word {
	case wA, wAn, wPer, wEach, wEvery:
		return p.joined(i)
	}
	return false
}

// periodUnit reads the unit of a rate: "year", "calendar month".
func (p *moneyParser) periodUnit(i int) (copytaster.Period, int) {
	if !p.at(i).near() {
		return "", i
	}
	switch p.lowerWord(i) {
	case "calendar", "working", "academic", "fiscal", "single", "tax":
		i++
	case "financial":
		i++
	}
	if t := p.at(i); t.end-t.start == 1 && (!t.lower() || !t.tight()) { // $0.23/W
		return "", i
	}
	if p.word(i).roles&rolePeriod == 0 || !p.at(i).near() {
		return "", i
	}
	return p.word(i).period, i + 1
}

// dottedPeriod reads "p.a.", "p.c.m.", "p.w.", "p.h.".
func (p *moneyParser) dottedPeriod(i int) (copytaster.Period, int) {
	j := i + 2
	switch p.lowerWord(j) {
	case "a":
		return copytaster.PerYear, j + 1
	case "w":
		return copytaster.PerWeek, j + 1
	case "h":
		return copytaster.PerHour, j + 1
	case "d":
		return copytaster.PerDay, j + 1
	case "m", "c":
		return copytaster.PerMonth, j + 1
	}
	return "", i
}

// elsewhen says that the words before token i tell a time: "a year earlier".
func (p *moneyParser) elsewhen(i int) bool {
	if !p.at(i).near() {
		return false
	}
	switch p.at(i).word {
	case wAgo, wEarlier, wLater, wBefore, wAfter, wPrevious, wPreviously:
		return true
	}
	return false
}

// rateBefore is the period that words before token i give: "an annual £10.5bn",
// "an annual budget of £5m", "annual spend over £10m".
func (p *moneyParser) rateBefore(i int) copytaster.Period {
	for j := i - 1; j >= i-6; j-- {
		switch w := p.word(j); {
		case w.roles&rolePeriod != 0 && (p.at(j+1).word == wRate || p.at(j+1).word == wRates):
			return w.period
		case w.roles&roleRate != 0 && len(p.lowerWord(j)) > 3:
			if w.period == copytaster.PerYear && p.lowerWord(j) == "annually" {
				return ""
			}
			return w.period
		case p.at(j).kind != tokWord || w.roles&(roleFlow|roleBig) == 0 && p.at(j).word != wA:
			return ""
		}
	}
	return ""
}

// duration is the time over which a sum is spread, as an ISO 8601 duration: "over
// ten years", "five-year £30m deal". start and to are the tokens that begin and follow the figure with its bound
// and rate.
func (p *moneyParser) duration(start, to int) string {
	if d := p.yearsBefore(start); d != "" {
		return d
	}
	if k, ok := p.pastRestated(to); ok && p.at(to).isChar('(') {
		to = k // £120m (excluding VAT) over four years
	}
	for j := to; j < to+7; j++ {
		t := p.at(j)
		if d, ok := p.compoundSpan(j); ok && j <= to+1 {
			return d
		}
		switch t.word {
		case wOver, wAcross:
			return p.spanOf(j + 1)
		}
		if t.kind != tokWord && !(t.isChar(',') && j == to || t.isChar(charDash) && t.tight()) || !t.near() {
			return ""
		}
	}
	return ""
}

// yearsBefore reads "five-year" among the few words before a figure.
func (p *moneyParser) yearsBefore(i int) string {
	for j := i - 1; j >= max(0, i-6); j-- {
		t := p.at(j)
		if p.word(j).roles&rolePeriod != 0 && p.at(j-1).isChar(charDash) && p.at(j-1).tight() {
			if j+1 == i || p.at(j+1).isChar(',') || p.word(j+1).roles&roleDeal != 0 {
				d, _ := p.compoundSpan(j - 2)
				return d
			}
			return ""
		}
		if t.kind != tokWord && !t.isChar(',') {
			return ""
		}
	}
	return ""
}

// compoundSpan reads "five-year" at token i.
func (p *moneyParser) compoundSpan(i int) (string, bool) {
	n, ok := p.smallNumber(i)
	if !ok || !p.at(i+1).isChar(charDash) || !p.at(i+1).tight() || p.word(i+2).roles&rolePeriod == 0 {
		return "", false
	}
	return isoSpan(n, p.word(i+2).period), true
}

// spanOf reads the words after "over": "the next ten years", "a decade".
func (p *moneyParser) spanOf(i int) string {
	n := int64(1)
	counted := false
	for j := i; j < i+7 && p.at(j).near(); j++ {
		w := p.at(j)
		if v, ok := p.smallNumber(j); ok {
			n, counted = v, true
		}
		switch {
		case w.word == wDecade || w.word == wDecades && counted:
			return "P" + strconv.FormatInt(10*n, 10) + "Y"
		case p.word(j).roles&rolePeriod != 0 && (counted || w.word == wYear && p.lowerWord(j-1) == "next"):
			return isoSpan(n, p.word(j).period)
		case w.kind == tokPunct && !w.isChar(charDash) && !w.isChar(charQuote):
			return ""
		}
	}
	return ""
}

// smallNumber is a whole number below a thousand at token i.
func (p *moneyParser) smallNumber(i int) (int64, bool) {
	t := p.at(i)
	if p.word(i).roles&roleNumber != 0 {
		return p.word(i).value, true
	}
	if t.kind != tokDigits || t.end-t.start > 3 {
		return 0, false
	}
	n, err := strconv.ParseInt(p.text[t.start:t.end], 10, 64)
	return n, err == nil
}

func isoSpan(n int64, unit copytaster.Period) string {
	count := strconv.FormatInt(n, 10)
	switch unit {
	case copytaster.PerYear:
		return "P" + count + "Y"
	case copytaster.PerMonth:
		return "P" + count + "M"
	case copytaster.PerWeek:
		return "P" + count + "W"
	case copytaster.PerDay:
		return "P" + count + "D"
	}
	return ""
}
