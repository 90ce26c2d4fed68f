// SPDX-License-Identifier: Apache-2.0

package index

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/copytaster/copytaster"
)

var noon = time.Date(2014, 2, 26, 12, 0, 0, 0, time.UTC)

func step(n int, state copytaster.State) copytaster.Outcome {
	return copytaster.Outcome{URL: "u", State: state, Stage: "fetch", At: noon.Add(time.Duration(n) * time.Minute)}
}

func note(steps ...copytaster.Outcome) *copytaster.Entry {
	var e *copytaster.Entry
	for _, o := range steps {
		e = Note(e, o)
	}
	return e
}

func TestNote(t *testing.T) {
	for _, tt := range []struct {
		name  string
		steps []copytaster.Outcome
		want  copytaster.State
		at    int // minutes
	}{
		{"the first outcome is the state", []copytaster.Outcome{step(0, copytaster.StatePending)}, copytaster.StatePending, 0},
		{"a final state replaces pending", []copytaster.Outcome{step(0, copytaster.StatePending), step(1, copytaster.StateGone)}, copytaster.StateGone, 1},
		{"pending never replaces a final state", []copytaster.Outcome{step(0, copytaster.StateGone), step(1, copytaster.StatePending)}, copytaster.StateGone, 0},
		{"a final state counts though it comes late", []copytaster.Outcome{step(5, copytaster.StatePending), step(1, copytaster.StateGone)}, copytaster.StateGone, 1},
		{"a newer final state replaces an older one", []copytaster.Outcome{step(0, copytaster.StateGone), step(1, copytaster.StateIndexed)}, copytaster.StateIndexed, 1},
		{"an older final state does not replace a newer one", []copytaster.Outcome{step(1, copytaster.StateIndexed), step(0, copytaster.StateGone)}, copytaster.StateIndexed, 1},
		{"a newer pending replaces an older one", []copytaster.Outcome{step(0, copytaster.StatePending), step(2, copytaster.StatePending)}, copytaster.StatePending, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if e := note(tt.steps...); e.State != tt.want || !e.At.Equal(noon.Add(time.Duration(tt.at)*time.Minute)) {
				t.Errorf("got %s at %v, want %s", e.State, e.At, tt.want)
			}
		})
	}
	t.Run("what was said once stays until it is said anew", func(t *testing.T) {
		a, b, c := step(0, copytaster.StateIndexed), step(1, copytaster.StateUnchanged), step(2, copytaster.StateIndexed)
		a.ID, a.ETag, a.LastModified, a.Hash, a.Archive, a.Version = "id", "e1", "m1", "h1", "w1", 1
		c.ETag, c.Hash, c.Version = "e2", "h2", 3
		if e := note(a, b); e.ETag != "e1" || e.LastModified != "m1" || e.ID != "id" || e.State != copytaster.StateUnchanged {
			t.Errorf("after nothing new: %+v", e.Outcome)
		}
		e := note(a, b, c)
		if e.ETag != "e2" || e.LastModified != "" || e.Hash != "h2" || e.Version != 3 || e.Archive != "w1" {
			t.Errorf("after a new response, whose validators are its own: %+v", e.Outcome)
		}
	})
	t.Run("what a duplicate repeats goes with that state", func(t *testing.T) {
		d := step(0, copytaster.StateDuplicate)
		d.Of, d.Reason = "v", "duplicate of v"
		if e := note(d); e.Of != "v" {
			t.Errorf("got %+v", e)
		}
		if e := note(d, step(1, copytaster.StateIndexed)); e.Of != "" || e.Reason != "" {
			t.Errorf("an indexed URL still repeats another: %+v", e.Outcome)
		}
	})
	t.Run("the entry given is not changed", func(t *testing.T) {
		first := note(step(0, copytaster.StatePending), step(2, copytaster.StatePending))
		before := *first
		before.Steps = append([]copytaster.Outcome(nil), first.Steps...)
		Note(first, step(1, copytaster.StateGone))
		if diff := cmp.Diff(&before, first); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a final state outlives the step that made it", func(t *testing.T) {
		e := note(step(0, copytaster.StateDead))
		for i := range 2 * MaxSteps {
			e = Note(e, step(i+1, copytaster.StatePending))
		}
		if e.State != copytaster.StateDead || len(e.Steps) != MaxSteps || !e.Found.Equal(noon) {
			t.Errorf("got %s, %d steps, found %v", e.State, len(e.Steps), e.Found)
		}
	})
}

// outcomes draws outcomes of one URL that collide in time.
func outcomes() *rapid.Generator[copytaster.Outcome] {
	return rapid.Custom(func(t *rapid.T) copytaster.Outcome {
		word := func(label string) string { return rapid.SampledFrom([]string{"", "", "a", "b"}).Draw(t, label) }
		o := step(rapid.IntRange(0, 5).Draw(t, "minute"), rapid.SampledFrom(copytaster.States()).Draw(t, "state"))
		o.At = o.At.Add(time.Duration(rapid.IntRange(0, 999).Draw(t, "ns")))
		o.Reason, o.ID, o.Of, o.Hash, o.Source = word("reason"), word("id"), word("of"), word("hash"), word("source")
		o.ETag, o.LastModified, o.Archive = word("etag"), word("modified"), word("archive")
		return o
	})
}

func TestNoteDoesNotDependOnTheOrderOfArrival(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		steps := rapid.SliceOfN(outcomes(), 1, MaxSteps).Draw(t, "steps")
		want := note(steps...)
		shuffled := rapid.Permutation(steps).Draw(t, "shuffled")
		if diff := cmp.Diff(want, note(shuffled...), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("in another order:\n%s", diff)
		}
		if diff := cmp.Diff(want, note(append(shuffled, steps...)...), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("noted twice:\n%s", diff)
		}
	})
}

func TestCheckOutcome(t *testing.T) {
	if err := CheckOutcome(step(0, copytaster.StatePending)); err != nil {
		t.Error(err)
	}
	for i, o := range []copytaster.Outcome{{State: copytaster.StateGone, At: noon}, {URL: "u", At: noon}, {URL: "u", State: "lost", At: noon}, {URL: "u", State: copytaster.StateGone}} {
		if err := CheckOutcome(o); copytaster.ClassOf(err) != copytaster.ClassPermanent {
			t.Errorf("outcome %d: got %v", i, err)
		}
	}
}

func TestEntryLimit(t *testing.T) {
	for limit, want := range map[int]int{0: 100, 1: 1, 1000: 1000} {
		if got, err := EntryLimit(limit); got != want || err != nil {
			t.Errorf("EntryLimit(%d) = %d, %v", limit, got, err)
		}
	}
	for _, limit := range []int{-1, 1001} {
		if _, err := EntryLimit(limit); !errors.Is(err, ErrBadPage) {
			t.Errorf("EntryLimit(%d): %v", limit, err)
		}
	}
}

func ExampleNote() {
	found := copytaster.Outcome{URL: "https://news.example/a", State: copytaster.StatePending, At: noon, Source: "wire"}
	done := copytaster.Outcome{URL: "https://news.example/a", State: copytaster.StateIndexed, At: noon.Add(time.Second)}
	e := Note(Note(nil, found), done)
	fmt.Println(e.State, e.Sources, e.At.Sub(e.Found))
	// Output: indexed [wire] 1s
}
