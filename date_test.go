// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"testing"
	"time"
)

func TestDateStandsForDays(t *testing.T) {
	late := time.Date(2012, 2, 28, 23, 30, 0, 0, time.FixedZone("", -5*60*60)) // the 29th in UTC
	for _, tt := range []struct {
		name             string
		date             Date
		day, first, last string
	}{
		{"an unknown date for none", Date{Precision: PrecisionDay}, "", "", ""},
		{"a time for the day as printed", Date{Time: late, Precision: PrecisionTime}, "2012-02-28", "2012-02-28", "2012-02-28"},
		{"a day for itself", Date{Time: late, Precision: PrecisionDay}, "2012-02-28", "2012-02-28", "2012-02-28"},
		{"no precision for the day", Date{Time: late}, "2012-02-28", "2012-02-28", "2012-02-28"},
		{"a month for all its days", Date{Time: late, Precision: PrecisionMonth}, "2012-02", "2012-02-01", "2012-02-29"},
		{"December too", Date{Time: time.Date(2013, 12, 1, 0, 0, 0, 0, time.UTC), Precision: PrecisionMonth}, "2013-12", "2013-12-01", "2013-12-31"},
		{"a year for all its days", Date{Time: late, Precision: PrecisionYear}, "2012", "2012-01-01", "2012-12-31"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			first, last := tt.date.Days()
			if tt.date.Day() != tt.day || first != tt.first || last != tt.last {
				t.Errorf("Day %s, Days %s to %s, want %s, %s to %s", tt.date.Day(), first, last, tt.day, tt.first, tt.last)
			}
		})
	}
}
