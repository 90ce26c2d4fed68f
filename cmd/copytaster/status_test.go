// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/control"
	"github.com/copytaster/copytaster/internal/pipeline"
)

func TestStatusSaysWhatWaits(t *testing.T) {
	many := []index.Count{{State: copytaster.StateIndexed, N: 1200}}
	for i, reason := range []string{"a", "b", "c", "d", "e", "f\x1b[2J", "g"} {
		many = append(many, index.Count{State: copytaster.StatePending, Reason: reason, N: 7 - i})
	}
	tests := []struct {
		name string
		in   control.StatusReply
		want string
	}{
		{"nothing came yet", control.StatusReply{}, "nothing has come in yet\n"},
		{"all is well", control.StatusReply{Tally: many[:1], Bus: bus.Status{Consumers: []bus.ConsumerStatus{{Stage: "fetch"}}},
			Channels: []pipeline.ChannelStatus{{Name: "desk", Configured: true}}}, "  1200 indexed\n"},
		{"a morning of trouble", control.StatusReply{Tally: many, Bus: bus.Status{Dead: 2, Problem: "disk full", Consumers: []bus.ConsumerStatus{
			{Stage: "fetch", Stream: bus.Links, Pending: 3, AckPending: 1}, {Stage: "fetch", Stream: bus.Links, AckPending: 2, Redelivered: 2},
			{Stage: "index", Stream: bus.Documents, Pending: 1}, {Stage: "notify", Stream: bus.Alerts, Pending: 9}, {Stream: bus.Advisories, Pending: 4}}},
			Channels: []pipeline.ChannelStatus{{Name: "desk", Configured: true, Waiting: 1}, {Name: "old", Waiting: 9}, {Name: "older"}}},
			`  1200 indexed
    28 pending
         7: a
         6: b
         5: c
         4: d
         3: e
         and 2 other reasons
     6 waiting for fetch, 2 of them tried before
     1 waiting for index
     2 in the dead letters: copytaster dead list
  channel desk: 1 alert waits
  channel old: not in the configuration; 9 alerts wait for it to come back, or for: copytaster channels forget old
  channel older: not in the configuration; nothing waits
  trouble: disk full
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			(&printer{w: &out}).status(&tt.in)
			if diff := cmp.Diff(tt.want, out.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
