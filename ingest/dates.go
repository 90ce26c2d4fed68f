// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
)

// layouts are the forms of dates in feeds and sitemaps: RFC 3339 and its
// shortenings (W3C-DTF), RFC 822 and its variations.
func layouts() []string {
	return []string{
		time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05 -0700",
		"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04",
		time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006 15:04 -0700",
		"2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 06 15:04:05 -0700", "Mon, 2 January 2006 15:04:05 -0700",
		"Mon, 2 Jan 2006 15:04:05",
	}
}

// parseDate reads a date in the zone as printed; what is no date, or an
// impossible one, is unknown.
func parseDate(s string) copytaster.Date {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" || len(s) > 64 {
		return copytaster.Date{}
	}
	for _, l := range layouts() {
		if t, err := time.Parse(l, s); err == nil {
			return dated(knownZone(t), copytaster.PrecisionTime)
		}
	}
	for l, p := range map[string]copytaster.Precision{
		"2006-01-02": copytaster.PrecisionDay, "2 Jan 2006": copytaster.PrecisionDay, "Mon, 2 Jan 2006": copytaster.PrecisionDay,
		"2006-01": copytaster.PrecisionMonth, "2006": copytaster.PrecisionYear,
	} {
		if t, err := time.Parse(l, s); err == nil {
			return dated(t, p)
		}
	}
	return copytaster.Date{}
}

func dated(t time.Time, p copytaster.Precision) copytaster.Date {
	if !plausible(t) {
		return copytaster.Date{}
	}
	return copytaster.Date{Time: t, Precision: p}
}

// knownZone gives the zones that RFC 822 names their offsets, which time.Parse
// does not know away from home, and British Summer Time, which feeds print.
func knownZone(t time.Time) time.Time {
	name, offset := t.Zone()
	hours, ok := map[string]int{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
		"BST": 1, "IST": 1, "CET": 1, "CEST": 2, "AEST": 10, "AEDT": 11}[name]
	if !ok || offset != 0 {
		return t
	}
	zone := time.FixedZone(name, hours*3600)
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone)
}

// plausible refuses the dates that broken programs print: before newspapers
// stood on the web in any number, or far ahead.
func plausible(t time.Time) bool {
	return t.Year() >= 1980 && t.Year() <= 2100
}

var urlDay = regexp.MustCompile(`(?i)[/_-]((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/_-]?(0[1-9]|[12]\d|3[01])(?:[/_.-]|$)`)

// urlDate is the day that a URL names: /2014/02/26/, /2014/feb/26/, -20140226.
func urlDate(u string) copytaster.Date {
	m := urlDay.FindStringSubmatch(u)
	if m == nil {
		return copytaster.Date{}
	}
	year, _ := strconv.Atoi(m[1])
	month, err := strconv.Atoi(m[2])
	if err != nil {
		month = 1 + strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(m[2]))/3
	}
	day, _ := strconv.Atoi(m[3])
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day || !plausible(t) {
		return copytaster.Date{}
	}
	return copytaster.Date{Time: t, Precision: copytaster.PrecisionDay, Origin: copytaster.OriginURL}
}
