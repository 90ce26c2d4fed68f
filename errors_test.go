// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

func TestClassesOfErrors(t *testing.T) {
	cause := errors.New("cause")
	for _, tt := range []struct {
		name  string
		err   error
		class Class
		state State
		of    string
		delay time.Duration
	}{
		{"nil is done", nil, ClassDone, "", "", 0},
		{"an error without a class is transient", cause, ClassTransient, "", "", 0},
		{"a skip", Skip("too short"), ClassSkip, StateSkipped, "", 0},
		{"a skip with a state", SkipAs(StateBlocked, "robots"), ClassSkip, StateBlocked, "", 0},
		{"a duplicate", DuplicateOf("https://x.example/"), ClassSkip, StateDuplicate, "https://x.example/", 0},
		{"a permanent error", Permanent(cause), ClassPermanent, StateDead, "", 0},
		{"a permanent error with a state", PermanentAs(StateGone, cause), ClassPermanent, StateGone, "", 0},
		{"advice on when to retry", RetryAfter(cause, time.Minute), ClassTransient, "", "", time.Minute},
		{"a class keeps through wrapping", fmt.Errorf("fetch: %w", Permanent(cause)), ClassPermanent, StateDead, "", 0},
		{"nothing permanent about nil", Permanent(nil), ClassDone, "", "", 0},
		{"nothing to retry about nil", RetryAfter(nil, time.Minute), ClassDone, "", "", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			state, of := EndOf(tt.err)
			if c, d := ClassOf(tt.err), Delay(tt.err); c != tt.class || state != tt.state || of != tt.of || d != tt.delay {
				t.Errorf("class %s, state %q of %q, delay %v; want %s, %q of %q, %v", c, state, of, d, tt.class, tt.state, tt.of, tt.delay)
			}
		})
	}
	if err := Permanent(cause); !errors.Is(err, cause) || err.Error() != "cause" {
		t.Errorf("%v hides its cause", err)
	}
}

func TestStatesAreListedOnce(t *testing.T) {
	seen := map[State]bool{}
	for _, s := range States() {
		if seen[s] || s.Final() == (s == StatePending) {
			t.Errorf("%s: listed before %t, final %t", s, seen[s], s.Final())
		}
		seen[s] = true
	}
	if State("").Final() {
		t.Error("no state is final")
	}
}
