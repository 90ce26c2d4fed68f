// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/pipeline"
)

func TestWhatAVerbWaitsFor(t *testing.T) {
	reader := func(stream string, pending uint64, given int) bus.Status {
		return bus.Status{Streams: []bus.StreamStatus{{Name: stream}}, Consumers: []bus.ConsumerStatus{{Stream: stream, Pending: pending, AckPending: given}}}
	}
	unread := func(stream string) bus.Status {
		return bus.Status{Streams: []bus.StreamStatus{{Name: stream, Unread: 1}}}
	}
	tests := []struct {
		name  string
		st    bus.Status
		waits bool
	}{
		{"nothing is on the line", reader(bus.Documents, 0, 0), false},
		{"a document that no stage was given", reader(bus.Documents, 1, 0), true},
		{"a document at work", reader(bus.Documents, 0, 1), true},
		{"a document that no reader counts yet", unread(bus.Documents), true},
		{"an outcome on its way to the ledger", reader(bus.Ledger, 1, 0), true},
		{"another input's link", reader(bus.Links, 1, 0), false},
		{"another input's link, given back", reader(bus.Links, 0, 1), false},
		{"a link that no reader counts yet", unread(bus.Links), false},
		{"the server's own notes", reader(bus.Advisories, 1, 1), false},
		{"a server that could not be asked", bus.Status{Problem: "connection lost"}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := slices.Max(waiting(tt.st)) > 0; got != tt.waits {
				t.Errorf("waits: %v, want %v", got, tt.waits)
			}
		})
	}
}

// slow is an index that shows what was written when it is told to.
type slow struct {
	pipeline.Index
	told int
}

// Refresh implements refresher.
func (s *slow) Refresh(context.Context) error { s.told++; return nil }

func TestAVerbEndsWhenWhatItWroteIsFound(t *testing.T) {
	_, l := startLine(t, "extract", "index", "alert")
	ix := &slow{Index: l.Index}
	s := &server{line: &pipeline.Line{Options: pipeline.Options{Bus: l.Bus, Index: ix}}}
	if err := s.calm(within(t, 30*time.Second)); err != nil || ix.told != 1 {
		t.Errorf("the index was told %d times, %v; want once", ix.told, err)
	}
}
