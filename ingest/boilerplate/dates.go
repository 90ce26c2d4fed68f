// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"regexp"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
)

// findDates reads when the article was published and modified.
func (p *page) findDates(ld map[string]any) (published, modified copytaster.Date) {
	published = firstDay(
		func() copytaster.Date { return firstDate(copytaster.OriginJSONLD, ldString(ld, "datePublished")) },
		func() copytaster.Date { return p.metaDate(publishedMetas) },
		p.markedDate,
		p.headlineDate,
		func() copytaster.Date { return p.metaDate(vagueMetas) },
		func() copytaster.Date { return p.timeDate(false) },
		func() copytaster.Date {
			return firstDate(copytaster.OriginJSONLD, ldString(p.head.ldPage(), "datePublished"))
		},
		func() copytaster.Date { return urlDate(p.url) },
		p.printedDate,
	)
	modified = firstDay(
		func() copytaster.Date { return firstDate(copytaster.OriginJSONLD, ldString(ld, "dateModified")) },
		func() copytaster.Date { return p.metaDate(modifiedMetas) },
		func() copytaster.Date { return p.timeDate(true) },
	)
	return published, modified
}

// firstDay is the first date of the sources that says the day, with the time from
// the first one that states a time on the same day, else the first that says
// anything: a bare year is often another thing's, a cited work's or a copyright's.
func firstDay(sources ...func() copytaster.Date) copytaster.Date {
	var day, coarse copytaster.Date
	for _, source := range sources {
		d := source()
		switch {
		case !d.Known():
		case d.Precision == copytaster.PrecisionTime && (!day.Known() || d.Day() == day.Day()):
			return d
		case d.Precision == copytaster.PrecisionDay && !day.Known():
			day = d
		case !coarse.Known():
			coarse = d
		}
	}
	if day.Known() {
		return day
	}
	return coarse
}

// The metas that state a date, the most telling first. The vague ones do not say
// what happened on that day: many systems put the last change there.
const (
	publishedMetas = "article:published_time og:article:published_time datepublished dc.date.issued dcterms.created pubdate publishdate publish-date " +
		"parsely-pub-date sailthru.date article.published citation_publication_date citation_date article:published bt:pubdate " +
		"cxenseparse:recs:publishtime published_time rnews:datepublished published published-date published_date"
	vagueMetas    = "date dc.date dcterms.date last-modified"
	modifiedMetas = "article:modified_time og:updated_time datemodified last-modified dcterms.modified"
)

func (p *page) metaDate(names string) copytaster.Date {
	return firstDate(copytaster.OriginMeta, p.head.first(strings.Fields(names)...))
}

// markedDate is the date of a time element that says it is the publication's, or
// stands beside the headline.
func (p *page) markedDate() copytaster.Date {
	var beside copytaster.Date
	for _, t := range p.head.times {
		d := parseDate(t.value, copytaster.OriginMarkup)
		switch {
		case !d.Known() || t.mod || p.elsewhere(t.block):
		case t.pub:
			return d
		case !beside.Known() && p.besideTitle(t.block):
			beside = d
		}
	}
	return beside
}

// besideTitle reports whether block i stands next to the headline.
func (p *page) besideTitle(i int) bool {
	return p.titleAt >= 0 && max(i-p.titleAt, p.titleAt-i) <= besideHeadline
}

func (p *page) timeDate(modified bool) copytaster.Date {
	var fallback copytaster.Date
	for _, t := range p.head.times {
		d := parseDate(t.value, copytaster.OriginMarkup)
		if !d.Known() || p.elsewhere(t.block) {
			continue
		}
		if modified && t.mod || !modified && t.pub && !t.mod {
			return d
		}
		if !modified && !fallback.Known() {
			fallback = d
		}
	}
	return fallback
}

// besideHeadline is the number of blocks from the headline within which a line of
// date or author is the article's, whatever its box is called.
const besideHeadline = 2

// elsewhere reports whether block i stands in comments, teasers or a quoted post:
// their dates and authors are not the article's. A box that holds the headline
// too is none of these.
func (p *page) elsewhere(i int) bool {
	if i >= len(p.blocks) {
		return false
	}
	x := p.boxOf(&p.blocks[i])
	if x == nil {
		return false
	}
	others := nameRelated | nameTeaser | nameEmbed
	if p.besideTitle(i) {
		others = 0
	}
	return p.apart(i)&(others|nameComment) != 0 || x.tags&inQuote != 0
}

// apart is what the names around block i say and those around the headline do
// not: near the body all of these, elsewhere those of the boxes that hold both.
func (p *page) apart(i int) names {
	x := &p.boxes[p.blocks[i].box]
	if p.titleAt < 0 {
		return x.path
	}
	if p.nearBody(i) {
		if head := p.boxOf(&p.blocks[p.titleAt]); head != nil {
			return x.path &^ head.path
		}
	}
	for up := x; ; up = &p.boxes[up.parent] {
		if up.first <= int32(p.titleAt) && int32(p.titleAt) < up.end {
			return x.path &^ up.path
		}
		if up.parent < 0 {
			return x.path
		}
	}
}

// nearBody reports whether block i stands in the body or next to it.
func (p *page) nearBody(i int) bool {
	const above, below = 8, 6 // blocks
	return p.first-above <= i && i <= p.last+below
}

func firstDate(o copytaster.Origin, values ...string) copytaster.Date {
	for _, v := range values {
		if d := parseDate(v, o); d.Known() {
			return d
		}
	}
	return copytaster.Date{}
}

var (
	urlDay     = regexp.MustCompile(`/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/-]|$)`)
	urlCompact = regexp.MustCompile(`/((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[-_/.]`)
)

// urlDate is the day that stands in a URL's path.
func urlDate(u string) copytaster.Date {
	m := urlDay.FindStringSubmatch(u)
	if m == nil {
		m = urlCompact.FindStringSubmatch(u)
	}
	if m == nil {
		return copytaster.Date{}
	}
	t, err := time.Parse("2006-1-2", m[1]+"-"+m[2]+"-"+m[3])
	if err != nil {
		return copytaster.Date{}
	}
	return copytaster.Date{Time: t, Precision: copytaster.PrecisionDay, Origin: copytaster.OriginURL}
}

// parseDate reads the usual forms of a date in markup; the zero Date where s is
// none of them, or lies outside 1970 to 2100.
func parseDate(s string, o copytaster.Origin) copytaster.Date {
	s = strings.TrimSpace(s)
	if len(s) < 4 || len(s) > 64 {
		return copytaster.Date{}
	}
	for _, f := range dateForms() {
		if t, err := time.Parse(f.layout, s); err == nil && t.Year() >= 1970 && t.Year() <= 2100 {
			return copytaster.Date{Time: t, Precision: f.precision, Origin: o}
		}
	}
	if len(s) > 10 && s[4] == '-' && s[7] == '-' {
		return parseDate(s[:10], o)
	}
	return copytaster.Date{}
}

type dateForm struct {
	layout    string
	precision copytaster.Precision
}

func dateForms() []dateForm {
	const clock, day = copytaster.PrecisionTime, copytaster.PrecisionDay
	return []dateForm{
		{time.RFC3339, clock}, {"2006-01-02T15:04:05Z0700", clock}, {"2006-01-02T15:04Z07:00", clock}, {"2006-01-02T15:04Z0700", clock},
		{"2006-01-02T15:04:05", clock}, {"2006-01-02T15:04", clock}, {"2006-01-02 15:04:05", clock}, {"2006-01-02 15:04", clock},
		{"2006-01-02 15:04:05Z07:00", clock}, {"2006-01-02 15:04:05 -0700", clock}, {"2006-01-02", day}, {"2006/01/02", day},
		{"20060102", day}, {"20060102T150405Z", clock}, {"2006/01/02 15:04:05", clock},
		{time.RFC1123, clock}, {time.RFC1123Z, clock}, {time.RFC822, clock}, {time.RFC850, clock}, {time.ANSIC, clock},
		{"Jan 2, 2006", day}, {"January 2, 2006", day}, {"2 January 2006", day}, {"2 Jan 2006", day}, {"Monday 2 January 2006", day},
		{"Monday, January 2, 2006", day}, {"Monday, 2 January 2006", day}, {"02.01.2006", day}, {"2.1.2006", day}, {"02/01/2006", day},
		{"Jan 2, 2006 3:04 PM", clock}, {"January 2, 2006 3:04 PM", clock}, {"January 2, 2006, 3:04 PM", clock}, {"02.01.2006 15:04", clock},
		{"02.01.2006, 15:04", clock}, {"02.01.2006 15:04:05", clock}, {"02.01.2006, 15:04:05", clock}, {"2006-01", copytaster.PrecisionMonth}, {"2006", copytaster.PrecisionYear},
	}
}
