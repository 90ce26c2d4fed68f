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
	published = firstDate(copytaster.OriginJSONLD, ldString(ld, "datePublished"))
	modified = firstDate(copytaster.OriginJSONLD, ldString(ld, "dateModified"))
	if !published.Known() {
		published = firstDate(copytaster.OriginMeta, p.head.first("article:published_time", "og:article:published_time",
			"datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created", "pubdate", "publishdate", "publish-date",
			"parsely-pub-date", "sailthru.date", "article.published", "last-modified", "dcterms.date", "citation_publication_date",
			"citation_date", "article:published", "bt:pubdate", "cxenseparse:recs:publishtime", "published_time", "rnews:datepublished"))
	}
	if !modified.Known() {
		modified = firstDate(copytaster.OriginMeta, p.head.first("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified"))
	}
	if !published.Known() {
		published = p.timeDate(false)
	}
	if !modified.Known() {
		modified = p.timeDate(true)
	}
	if !published.Known() {
		published = urlDate(p.url)
	}
	if !published.Known() {
		published = p.printedDate()
	}
	return published, modified
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

// elsewhere reports whether block i stands in comments, teasers or a quoted post:
// their dates are not the article's.
func (p *page) elsewhere(i int) bool {
	if i >= len(p.blocks) {
		return false
	}
	x := p.boxOf(&p.blocks[i])
	return x != nil && (x.path&(nameComment|nameRelated|nameTeaser|nameEmbed) != 0 || x.tags&inQuote != 0)
}

func firstDate(o copytaster.Origin, values ...string) copytaster.Date {
	for _, v := range values {
		if d := parseDate(v, o); d.Known() {
			return d
		}
	}
	return copytaster.Date{}
}

var urlDay = regexp.MustCompile(`/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/-]|$)`)

// urlDate is the day that stands in a URL's path.
func urlDate(u string) copytaster.Date {
	m := urlDay.FindStringSubmatch(u)
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
		{"02.01.2006, 15:04", clock}, {"2006-01", copytaster.PrecisionMonth}, {"2006", copytaster.PrecisionYear},
	}
}
