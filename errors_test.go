// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
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

func TestReasonOfLeavesOutThePlace(t *testing.T) {
	missing := errors.New("server answers 404 Not Found")
	_, noFile := os.Open(filepath.Join(t.TempDir(), "none.pdf"))
	for _, tt := range []struct {
		name         string
		err          error
		text, reason string
	}{
		{"nil", nil, "", ""},
		{"an error without a place", missing, "server answers 404 Not Found", "server answers 404 Not Found"},
		{"a located one", Locate("get https://x.example/1", missing), "get https://x.example/1: server answers 404 Not Found", "server answers 404 Not Found"},
		{"a classed one within", Locate("get u", PermanentAs(StateGone, missing)), "get u: server answers 404 Not Found", "server answers 404 Not Found"},
		{"what stands before stays", fmt.Errorf("fetch: %w", Locate("get u", missing)), "fetch: get u: server answers 404 Not Found", "fetch: server answers 404 Not Found"},
		{"places in places", Locate("get u", &url.Error{Op: "Get", URL: "u", Err: missing}), `get u: Get "u": server answers 404 Not Found`, "server answers 404 Not Found"},
		{"several at once", errors.Join(Locate("a", missing), Locate("b", missing)), "a: server answers 404 Not Found\nb: server answers 404 Not Found",
			"server answers 404 Not Found\nserver answers 404 Not Found"},
		{"a file", fmt.Errorf("read: %w", noFile), "read: " + noFile.Error(), "read: open: no such file or directory"},
		{"a duplicate", DuplicateOf("https://x.example/"), "duplicate of https://x.example/", "duplicate"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := ReasonOf(tt.err); got != tt.reason {
				t.Errorf("the reason is %q, want %q", got, tt.reason)
			}
			if tt.err != nil && tt.err.Error() != tt.text {
				t.Errorf("the error is %q, want %q", tt.err, tt.text)
			}
		})
	}
	if Locate("u", nil) != nil {
		t.Error("nothing has failed, and Locate returns an error")
	}
	if err := Locate("u", Permanent(missing)); !errors.Is(err, missing) || ClassOf(err) != ClassPermanent {
		t.Errorf("%v hides its cause or its class", err)
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
