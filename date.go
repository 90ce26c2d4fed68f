// SPDX-License-Identifier: Apache-2.0

package copytaster

import "time"

// Date is a point in time as somebody claimed it. The zero Date is unknown: it
// matches no query and is never charted.
type Date struct {
	Time      time.Time `json:"time,omitzero"`       // in the zone as printed; midnight UTC for a bare day
	Precision Precision `json:"precision,omitempty"` // how much of Time was stated
	Origin    Origin    `json:"origin,omitempty"`    // who said so
}

// Precision is how much of a date was stated.
type Precision string

// Precisions of a date.
const (
	PrecisionYear  Precision = "year"
	PrecisionMonth Precision = "month"
	PrecisionDay   Precision = "day"
	PrecisionTime  Precision = "time"
)

// Origin is where a date was read.
type Origin string

// Origins of a date, best first.
const (
	OriginJSONLD Origin = "json-ld"
	OriginMeta   Origin = "meta"
	OriginMarkup Origin = "markup"
	OriginFeed   Origin = "feed"
	OriginURL    Origin = "url"
	OriginText   Origin = "text"
	OriginFile   Origin = "file"
)

// Known reports whether the date was stated at all.
func (d Date) Known() bool { return !d.Time.IsZero() }

// Day is the calendar day as the publisher printed it, YYYY-MM-DD (YYYY-MM or
// YYYY where less was stated), or "" for an unknown date.
func (d Date) Day() string {
	if !d.Known() {
		return ""
	}
	switch d.Precision {
	case PrecisionYear:
		return d.Time.Format("2006")
	case PrecisionMonth:
		return d.Time.Format("2006-01")
	}
	return d.Time.Format("2006-01-02")
}

// Days is the first and the last calendar day that the date stands for,
// YYYY-MM-DD as the publisher printed it: one day twice, or all of a month or
// year where no more was stated. Both are "" for an unknown date.
func (d Date) Days() (first, last string) {
	const day = "2006-01-02"
	if !d.Known() {
		return "", ""
	}
	year, month, _ := d.Time.Date()
	switch d.Precision {
	case PrecisionYear:
		return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format(day), time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC).Format(day)
	case PrecisionMonth:
		return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC).Format(day), time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Format(day)
	}
	printed := d.Time.Format(day)
	return printed, printed
}
