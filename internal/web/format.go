// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
)

// clock is the time of day, with the date unless it is today.
func (s *server) clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t, now := t.In(s.Zone), s.Now().In(s.Zone)
	switch {
	case t.Format(time.DateOnly) == now.Format(time.DateOnly):
		return t.Format("15:04")
	case t.Year() == now.Year():
		return t.Format("2 Jan 15:04")
	}
	return t.Format("2 Jan 2006")
}

// stamp is a time in full, with its zone.
func (s *server) stamp(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.In(s.Zone).Format("2 January 2006, 15:04:05 MST")
}

// dateText is a publisher's date as precise as it was stated, in the zone in
// which it was printed.
func dateText(d copytaster.Date) string {
	if !d.Known() {
		return "undated"
	}
	switch d.Precision {
	case copytaster.PrecisionYear:
		return d.Time.Format("2006")
	case copytaster.PrecisionMonth:
		return d.Time.Format("January 2006")
	case copytaster.PrecisionTime:
		if _, offset := d.Time.Zone(); offset == 0 {
			return d.Time.Format("2 January 2006, 15:04 UTC")
		}
		return d.Time.Format("2 January 2006, 15:04 -07:00")
	}
	return d.Time.Format("2 January 2006")
}

// lifeText says when a contract starts and ends, as precisely as the copy does.
func lifeText(c *copytaster.Contract) string {
	var parts []string
	if c.Start.Known() {
		parts = append(parts, "from "+dateText(c.Start))
	}
	if c.End.Known() {
		parts = append(parts, "until "+dateText(c.End))
	}
	return strings.Join(parts, " ")
}

// dayText is a publisher's day in short, for lists.
func dayText(d copytaster.Date) string {
	switch {
	case !d.Known():
		return "undated"
	case d.Precision == copytaster.PrecisionYear || d.Precision == copytaster.PrecisionMonth:
		return dateText(d)
	}
	return d.Time.Format("2 Jan 2006")
}

// stateText is what a reader calls a state of a URL.
func stateText(s copytaster.State) string { return strings.ReplaceAll(string(s), "_", " ") }

// originText says who stated a date.
func originText(o copytaster.Origin) string {
	texts := map[copytaster.Origin]string{
		copytaster.OriginJSONLD: "from the page's JSON-LD", copytaster.OriginMeta: "from the page's metadata",
		copytaster.OriginMarkup: "from the page's markup", copytaster.OriginFeed: "from the feed",
		copytaster.OriginURL: "from the address", copytaster.OriginText: "from the text", copytaster.OriginFile: "from the file",
	}
	return texts[o]
}

// count writes a number with commas.
func count(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// plural is "1 article", "2 articles", "3 watches".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "ch") {
		noun += "e"
	}
	return count(n) + " " + noun + "s"
}

// webURL is the address if a browser may be sent there, else "".
func webURL(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// host is the address's host as a reader knows it.
func host(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
