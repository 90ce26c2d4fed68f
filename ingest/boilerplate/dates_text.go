// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/copytaster/copytaster"
)

// Days as they are printed: "3. März 2021", "March 3rd, 2021", "2021-03-03",
// "03.03.2021", "3/3/2021".
var (
	dayMonthYear = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th|\.|º|er)?\s+(?:de |of )?(\p{L}{3,10})\.?,?\s+(?:de |del )?((?:19|20)\d\d)\b`)
	monthDayYear = regexp.MustCompile(`(?i)\b(\p{L}{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b`)
	yearMonthDay = regexp.MustCompile(`\b((?:19|20)\d\d)[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})`)
	dayInDigits  = regexp.MustCompile(`(?:\b|\p{L})(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d|\d\d)\b`)
)

// months maps the beginnings of month names to numbers. The map is only read.
var months = sync.OnceValue(func() map[string]int {
	m := map[string]int{}
	for i, names := range []string{
		"jan ene gen jän led", "feb fev fév úno", "mar mär mrz maa bře", "apr abr avr dub", "may mai mag mei kvě", "jun jui giu čer",
		"jul lug čvc", "aug ago aoû srp", "sep set zář", "oct okt ott out říj", "nov lis", "dec dez dic déc pro",
	} {
		for n := range strings.FieldsSeq(names) {
			m[n] = i + 1
		}
	}
	m["juil"], m["juin"] = 7, 6
	return m
})

func monthOf(name string) int {
	r := []rune(strings.ToLower(name))
	if len(r) >= 4 {
		if n := months()[string(r[:4])]; n > 0 {
			return n
		}
	}
	return months()[string(r[:3])]
}

// findDay is the first day that a short text states; the zero Date where it
// states none.
func findDay(s string) copytaster.Date {
	if m := dayMonthYear.FindStringSubmatch(s); m != nil {
		if d := day(m[3], monthOf(m[2]), m[1]); d.Known() {
			return d
		}
	}
	if m := monthDayYear.FindStringSubmatch(s); m != nil {
		if d := day(m[3], monthOf(m[1]), m[2]); d.Known() {
			return d
		}
	}
	if m := yearMonthDay.FindStringSubmatch(s); m != nil {
		n, _ := strconv.Atoi(m[2])
		return day(m[1], n, m[3])
	}
	if m := dayInDigits.FindStringSubmatch(s); m != nil {
		year, n := m[3], 0
		if len(year) == 2 {
			year = "20" + year
		}
		n, _ = strconv.Atoi(m[2])
		if d := day(year, n, m[1]); d.Known() {
			return d
		}
		n, _ = strconv.Atoi(m[1]) // 12/31/2020
		return day(year, n, m[2])
	}
	return copytaster.Date{}
}

// day is the date of a year, month and day, the zero Date where there is no such
// day.
func day(year string, month int, dom string) copytaster.Date {
	y, _ := strconv.Atoi(year)
	d, _ := strconv.Atoi(dom)
	t := time.Date(y, time.Month(month), d, 0, 0, 0, 0, time.UTC)
	if y < 1970 || y > 2100 || month < 1 || t.Day() != d || int(t.Month()) != month {
		return copytaster.Date{}
	}
	return copytaster.Date{Time: t, Precision: copytaster.PrecisionDay, Origin: copytaster.OriginText}
}

// dateWords is the length up to which a block is read for a date.
const dateWords = 30

// printedDate is the date that the page prints: in an element that says so, next
// to the headline or the body; else in a line of its own there, else in a
// sentence.
func (p *page) printedDate() copytaster.Date {
	const above, below, labelled = 8, 4, 12 // blocks from the body
	var line, sentence copytaster.Date
	if d := p.dateline(); d.Known() {
		return d
	}
	for i := max(0, p.first-above); i < min(len(p.blocks), p.last+labelled+1); i++ {
		b := &p.blocks[i]
		if b.words > dateWords || b.digits < 4 || b.prob >= 0.9 || p.undated(i) {
			continue
		}
		d := findDay(b.text)
		switch {
		case !d.Known():
		case p.saysDate(b) || dateLabel.MatchString(b.text):
			return d
		case i > p.last+below && p.saidOf(b)&nameWho == 0:
		case b.prob < bodyLine && !line.Known():
			line = d
		case !sentence.Known():
			sentence = d
		}
	}
	switch {
	case line.Known():
		return line
	case sentence.Known():
		return sentence
	}
	return p.farDate()
}

// farDate is the date that stands alone below a line which says nothing but that a
// date follows, or, at last, the day on which the page says that it was last
// changed, wherever that is.
func (p *page) farDate() copytaster.Date {
	var changed copytaster.Date
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.digits < 4 || b.words > dateWords {
			continue
		}
		alone := i > 0 && b.words <= 4 && p.blocks[i-1].words <= 2 && dateLabel.MatchString(p.blocks[i-1].text)
		if !alone && !lastChange.MatchString(b.text) {
			continue
		}
		switch d := findDay(b.text); {
		case d.Known() && alone:
			return d
		case !changed.Known():
			changed = d
		}
	}
	return changed
}

// lastChange is what the foot of a page says of its last change.
var lastChange = regexp.MustCompile(`(?i)\b(?:last (?:edited|modified|updated|changed)|letzte (?:änderung|aktualisierung)|zuletzt (?:\S+ )*(?:geändert|bearbeitet|aktualisiert)|dernière modification|última (?:modificación|edición|actualización))\b`)

// datelineHead is the length up to which a dateline is looked for, in bytes.
const datelineHead = 60

// dateline is the day that begins one of the first paragraphs of the body, before a
// dash, bar or colon: "Press release of 4 March 2026 | Wexcombe - The council ...".
func (p *page) dateline() copytaster.Date {
	const paragraphs = 4
	for i, n := p.first, 0; i < len(p.blocks) && n < paragraphs; i++ {
		b := &p.blocks[i]
		if b.prob < bodyLine || i == p.titleAt {
			continue
		}
		n++
		head, _, ok := cutAtDash(cut(b.text, 2*datelineHead))
		if ok && b.words > dateWords && len(head) <= datelineHead {
			if d := lineDate(head); d.Known() {
				return d
			}
		}
	}
	return copytaster.Date{}
}

// startsWithDay reports whether a line begins with a day, in digits, and goes on
// with something else: "04.03.2026 - Ada Finch".
func startsWithDay(s string) bool {
	head, _, _ := cutAtDash(s)
	return s != "" && s[0] >= '0' && s[0] <= '9' && lineDate(head).Known()
}

// cutAtDash cuts s at the first dash, bar or colon that stands apart.
func cutAtDash(s string) (head, rest string, ok bool) {
	at, size := len(s), 0
	for _, sep := range []string{" - ", " – ", " — ", " | ", ": "} {
		if i := strings.Index(s, sep); i >= 0 && i < at {
			at, size = i, len(sep)
		}
	}
	return s[:at], s[at+size:], size > 0
}

// headlineDate is the date that the page prints beside the headline, in an element
// or behind a label that says so, or at the start of a line.
func (p *page) headlineDate() copytaster.Date {
	if p.titleAt < 0 {
		return copytaster.Date{}
	}
	for i := max(0, p.titleAt-besideHeadline); i < min(len(p.blocks), p.titleAt+besideHeadline+1); i++ {
		b := &p.blocks[i]
		if b.words > dateWords || b.digits < 4 || p.undated(i) {
			continue
		}
		if d := findDay(b.text); d.Known() && (p.saysDate(b) || dateLabel.MatchString(b.text) || startsWithDay(b.text)) {
			return d
		}
	}
	return copytaster.Date{}
}

// dateLabel begins a line that says when.
var dateLabel = regexp.MustCompile(`(?i)^(?:date|datum|stand|published|publié|publicado|veröffentlicht|gespeichert|posted)\b`)

// undated reports whether the dates of block i are none of the article's: those of
// menus, footers, comments and other articles.
func (p *page) undated(i int) bool {
	if nowLine.MatchString(p.blocks[i].text) {
		return true
	}
	x := p.boxOf(&p.blocks[i])
	return x != nil && !p.besideTitle(i) && (p.apart(i)&(nameFooter|nameNav) != 0 || x.tags&inNav != 0) || p.elsewhere(i)
}

// nowLine begins what a page says of the moment at which it is read.
var nowLine = regexp.MustCompile(`(?i)^(?:aktuelle[sr]? (?:datum|zeit|uhrzeit)|(?:heute|today|es) (?:ist|is)\b|it is currently|(?:current|server) (?:date|time)|nous sommes le|hoy es)`)

func (p *page) saysDate(b *block) bool {
	return p.saidOf(b)&nameDate != 0 || b.cues&cueUpdated != 0
}

// bodyEnds are the first and the last block of the body, the headline counting.
func (p *page) bodyEnds() (first, last int) {
	first, last = len(p.blocks), -1
	for i := range p.blocks {
		if p.blocks[i].prob >= bodyLine || i == p.titleAt {
			first, last = min(first, i), i
		}
	}
	return first, last
}

// lineDate is the day that a short line states and little else.
func lineDate(s string) copytaster.Date {
	if len(s) > 60 || len(strings.Fields(s)) > 7 {
		return copytaster.Date{}
	}
	return findDay(s)
}
