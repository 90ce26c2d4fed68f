// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"slices"
	"testing"

	"github.com/copytaster/copytaster/internal/bus"
)

func reader(stream string, pending uint64, given int) bus.Status {
	return bus.Status{Streams: []bus.StreamStatus{{Name: stream}}, Consumers: []bus.ConsumerStatus{{Stream: stream, Pending: pending, AckPending: given}}}
}

func TestWhatAWaitWaitsFor(t *testing.T) {
	unread := func(stream string) bus.Status {
		return bus.Status{Streams: []bus.StreamStatus{{Name: stream, Unread: 1}}}
	}
	tests := []struct {
		name         string
		st           bus.Status
		verb, source int // left for a verb on one article, and for a look at the sources
	}{
		{"nothing is on the line", reader(bus.Documents, 0, 0), 0, 0},
		{"a document that no stage was given", reader(bus.Documents, 1, 0), 1, 1},
		{"a document at work", reader(bus.Documents, 0, 1), 1, 1},
		{"a document that no reader counts yet", unread(bus.Documents), 1, 1},
		{"an outcome on its way to the ledger", reader(bus.Ledger, 1, 0), 1, 1},
		{"links that wait", reader(bus.Links, 3, 0), 0, 3},
		{"a link that was given back", reader(bus.Links, 0, 1), 0, 1},
		{"a link that no reader counts yet", unread(bus.Links), 0, 1},
		{"the server's own notes", reader(bus.Advisories, 1, 1), 0, 0},
		{"a server that could not be asked", bus.Status{Problem: "connection lost"}, 1, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := remaining(tt.st, false); got != tt.verb {
				t.Errorf("a verb leaves %d, want %d", got, tt.verb)
			}
			if got := remaining(tt.st, true); got != tt.source {
				t.Errorf("a look at the sources leaves %d, want %d", got, tt.source)
			}
		})
	}
}

func TestWhatCountsAsMoving(t *testing.T) {
	still := reader(bus.Documents, 2, 1)
	tests := []struct {
		name  string
		st    bus.Status
		moved bool
	}{
		{"nothing", reader(bus.Documents, 2, 1), false},
		{"a document was read", reader(bus.Documents, 1, 2), true},
		{"a document was settled", reader(bus.Documents, 2, 0), true},
		{"an outcome was written", bus.Status{Streams: []bus.StreamStatus{{Name: bus.Documents, LastSeq: 1}}, Consumers: still.Consumers}, true},
		{"a link was put back", bus.Status{Streams: append(slices.Clone(still.Streams), bus.StreamStatus{Name: bus.Links, LastSeq: 7}), Consumers: still.Consumers}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := !slices.Equal(progress(still), progress(tt.st)); got != tt.moved {
				t.Errorf("moved: %v, want %v", got, tt.moved)
			}
		})
	}
}
