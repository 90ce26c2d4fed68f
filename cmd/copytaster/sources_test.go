// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	"github.com/copytaster/copytaster/internal/control"
)

func TestWhatALookAtTheSourcesComesTo(t *testing.T) {
	tests := []struct {
		name string
		in   control.PollReply
		want string // "" for success
	}{
		{"all is in", control.PollReply{}, ""},
		{"a source is down", control.PollReply{Failed: map[string]string{"blog": "refused"}}, "1 source failed"},
		{"a host is down", control.PollReply{Left: 1}, "1 message left on the line: run, or the next poll, goes on with what waits"},
		{"both", control.PollReply{Failed: map[string]string{"a": "x", "b": "y"}, Left: 12},
			"2 sources failed; 12 messages left on the line: run, or the next poll, goes on with what waits"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := polled(tt.in)
			if tt.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil || err.Error() != tt.want || exitCode(err) != exitPartial {
				t.Errorf("%v with exit code %d, want %q with %d", err, exitCode(err), tt.want, exitPartial)
			}
		})
	}
}
