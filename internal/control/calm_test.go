// SPDX-License-Identifier: Apache-2.0

package control

import (
	"slices"
	"testing"

	"github.com/copytaster/copytaster/internal/bus"
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
