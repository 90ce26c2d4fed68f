// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/control"
)

// entryOf is the ledger's entry after steps a minute apart.
func entryOf(steps ...copytaster.Outcome) *copytaster.Entry {
	var e *copytaster.Entry
	for i, s := range steps {
		s.URL, s.At = "https://paper.example/a", time.Date(2026, 3, 1, 6, 30+i, 0, 0, time.UTC)
		e = index.Note(e, s)
	}
	return e
}

func TestWhySaysWhatFailedAndWhenItIsTriedAgain(t *testing.T) {
	found := copytaster.Outcome{State: copytaster.StatePending, Stage: "discover", Source: "paper"}
	failed := copytaster.Outcome{State: copytaster.StatePending, Stage: "fetch", Reason: "connection refused", Delivery: 3,
		Next: time.Date(2199, 3, 1, 7, 0, 0, 0, time.UTC)}
	overdue := failed
	overdue.Next = time.Date(2026, 3, 1, 7, 0, 0, 0, time.UTC)
	indexed := copytaster.Outcome{State: copytaster.StateIndexed, Stage: "index"}
	tests := []struct {
		name      string
		e         *copytaster.Entry
		want, not string
	}{
		{"never fetched", entryOf(found, failed), "  pending\n  fetch failed at try 3, 2026-03-01 06:31 UTC: connection refused; tried again 2199-03-01 07:00 UTC\n", "pending: "},
		{"nobody was there to try", entryOf(found, overdue), "due again since 2026-03-01 07:00 UTC: run, or the next add, tries it", "tried again"},
		{"indexed before, fails now", entryOf(found, indexed, failed), "  indexed\n  fetch failed at try 3", "pending"},
		{"failed once, then came", entryOf(found, failed, indexed), "  indexed\n", "tried again"},
		{"its steps", entryOf(found, failed, indexed), "06:31:00.000  fetch    failed: connection refused; again 2199-03-01 07:00 UTC\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			(&printer{w: &out}).why(&control.WhyReply{Entry: tt.e})
			if got := out.String(); !strings.Contains(got, tt.want) || tt.not != "" && strings.Contains(strings.Split(got, "\nsteps")[0], tt.not) {
				t.Errorf("%s\ndoes not say %q, or says %q", got, tt.want, tt.not)
			}
		})
	}
}
