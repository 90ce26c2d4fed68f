// SPDX-License-Identifier: Apache-2.0

package indextest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// outcome is a step of a URL, n minutes after the first.
func outcome(url string, n int, state copytaster.State) copytaster.Outcome {
	return copytaster.Outcome{URL: url, State: state, Stage: "fetch", At: fetched.Add(time.Duration(n) * time.Minute)}
}

func testLedger(t *testing.T, open Opener) {
	ledger := func(t *testing.T) index.Ledger { return open(t).(index.Ledger) }
	if _, ok := open(t).(index.Ledger); !ok {
		t.Skip("the backend is no index.Ledger")
	}
	const url = "https://news.example/a"
	t.Run("a URL that was never heard of is ErrNotFound", func(t *testing.T) {
		if e, err := ledger(t).Lookup(t.Context(), url); !errors.Is(err, index.ErrNotFound) {
			t.Errorf("got %v, %v", e, err)
		}
	})
	t.Run("an entry grows by the rules of Note", func(t *testing.T) {
		l := ledger(t)
		found, done := outcome(url, 0, copytaster.StatePending), outcome(url, 1, copytaster.StateIndexed)
		found.Source, found.Stage = "wire", "discover"
		done.ID, done.ETag, done.LastModified, done.Source = "article", `"x"`, "Sat, 01 Mar 2014 09:00:00 GMT", "local-post"
		done.Version, done.Hash, done.Archive = 7, "h", "a.warc.gz#12"
		record(t, l, found, done)
		want := copytaster.Entry{Outcome: done, Found: found.At, Sources: []string{"local-post", "wire"}, Steps: []copytaster.Outcome{found, done}}
		wantEntry(t, l, want)
		record(t, l, done, found)
		wantEntry(t, l, want)
	})
	t.Run("pending replaces no final state, and nothing old what is new", func(t *testing.T) {
		l := ledger(t)
		record(t, l, outcome(url, 5, copytaster.StateGone))
		record(t, l, outcome(url, 9, copytaster.StatePending), outcome(url, 1, copytaster.StateIndexed))
		e, err := l.Lookup(t.Context(), url)
		if err != nil || e.State != copytaster.StateGone || len(e.Steps) != 3 {
			t.Errorf("got %+v, %v", e, err)
		}
	})
	t.Run("an outcome that says nothing fails alone, and for good", func(t *testing.T) {
		l := ledger(t)
		errs := l.Record(t.Context(), []copytaster.Outcome{
			outcome(url, 0, copytaster.StateGone), outcome("", 0, copytaster.StateGone), outcome(url, 0, "lost"), {URL: url, State: copytaster.StateGone},
		})
		if len(errs) != 4 || errs[0] != nil {
			t.Fatalf("got %v", errs)
		}
		for _, err := range errs[1:] {
			if copytaster.ClassOf(err) != copytaster.ClassPermanent {
				t.Errorf("got %v of class %s", err, copytaster.ClassOf(err))
			}
		}
	})
	t.Run("steps are bounded", func(t *testing.T) {
		l := ledger(t)
		for i := range index.MaxSteps + 5 {
			record(t, l, outcome(url, i, copytaster.StateUnchanged))
		}
		e, err := l.Lookup(t.Context(), url)
		if err != nil || len(e.Steps) != index.MaxSteps || !e.Steps[0].At.Equal(fetched.Add(5*time.Minute)) || !e.Found.Equal(fetched) {
			t.Errorf("got %+v, %v", e, err)
		}
	})
	t.Run("the tally counts every URL once", func(t *testing.T) { testTally(t, ledger(t)) })
	t.Run("entries are listed by URL, page by page", func(t *testing.T) { testEntries(t, ledger(t)) })
	t.Run("a limit out of bounds is ErrBadPage", func(t *testing.T) {
		for _, limit := range []int{-1, index.MaxSize + 1} {
			if _, err := ledger(t).Entries(t.Context(), "", "", limit); !errors.Is(err, index.ErrBadPage) {
				t.Errorf("limit %d: got %v", limit, err)
			}
		}
	})
	t.Run("the ledger outlives the article", func(t *testing.T) {
		b := open(t)
		d := payroll()
		put(t, b, d)
		record(t, b.(index.Ledger), outcome(d.URL, 0, copytaster.StateIndexed), outcome(d.URL, 1, copytaster.StateRemoved))
		remove(t, b, d.ID)
		if e, err := b.(index.Ledger).Lookup(t.Context(), d.URL); err != nil || e.State != copytaster.StateRemoved {
			t.Errorf("got %+v, %v", e, err)
		}
	})
}

func record(t *testing.T, l index.Ledger, outcomes ...copytaster.Outcome) {
	t.Helper()
	errs := l.Record(t.Context(), outcomes)
	if len(errs) != len(outcomes) {
		t.Fatalf("Record of %d outcomes returned %d errors", len(outcomes), len(errs))
	}
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	if b, ok := l.(index.Backend); ok {
		refresh(t, b)
	}
}

func wantEntry(t *testing.T, l index.Ledger, want copytaster.Entry) {
	t.Helper()
	got, err := l.Lookup(t.Context(), want.URL)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&want, got, equateEmpty); diff != "" {
		t.Errorf("entry (-want +got):\n%s", diff)
	}
}

func testTally(t *testing.T, l index.Ledger) {
	counts, err := l.Tally(t.Context())
	if err != nil || len(counts) != 0 {
		t.Errorf("an empty ledger tallies %v, %v", counts, err)
	}
	short := outcome("https://news.example/3", 1, copytaster.StateSkipped)
	short.Reason = "too short"
	listed := outcome("https://news.example/4", 1, copytaster.StateSkipped)
	listed.Reason = "a list"
	for i := range 5 {
		record(t, l, outcome(fmt.Sprint("https://news.example/", i), 0, copytaster.StatePending))
	}
	record(t, l, outcome("https://news.example/1", 1, copytaster.StateIndexed), outcome("https://news.example/2", 1, copytaster.StateIndexed), short, listed, short)
	got, err := l.Tally(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []index.Count{{State: "indexed", N: 2}, {State: "pending", N: 1}, {State: "skipped", Reason: "a list", N: 1}, {State: "skipped", Reason: "too short", N: 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func testEntries(t *testing.T, l index.Ledger) {
	for i := range 25 {
		state := copytaster.StateIndexed
		if i%5 == 0 {
			state = copytaster.StateDead
		}
		record(t, l, outcome(fmt.Sprintf("https://news.example/%02d", i), 0, state))
	}
	for _, tt := range []struct {
		state copytaster.State
		want  int
	}{{"", 25}, {copytaster.StateDead, 5}, {copytaster.StateIndexed, 20}, {copytaster.StateGone, 0}} {
		after, n := "", 0
		for {
			page, err := l.Entries(t.Context(), tt.state, after, 4)
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			for _, e := range page {
				if e.URL <= after || tt.state != "" && e.State != tt.state {
					t.Errorf("state %q: %s, %s comes after %s", tt.state, e.URL, e.State, after)
				}
				after = e.URL
				n++
			}
		}
		if n != tt.want {
			t.Errorf("state %q lists %d, want %d", tt.state, n, tt.want)
		}
	}
}
