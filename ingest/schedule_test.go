// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// polls runs n polls that each list items or fail, and returns the last wait.
func polls(c SourceConfig, n, items int, err error) (h History, wait time.Duration) {
	now := start
	for range n {
		h = h.Add(now, items, err)
		next := NextPoll(c, h, now, 0)
		wait, now = next.Sub(now), next
	}
	return h, wait
}

func near(got, want time.Duration) bool { return got >= want-want/10 && got <= want+want/10 }

func TestNextPollAdaptsToTheYield(t *testing.T) {
	feed := SourceConfig{Name: "x", Kind: "feed"}
	b := feed.Bounds()
	if _, busy := polls(feed, 30, 5, nil); !near(busy, b.Min) {
		t.Errorf("a source that always yields is polled every %s", busy)
	}
	if _, idle := polls(feed, 30, 0, nil); !near(idle, b.Max) {
		t.Errorf("a source that never yields is polled every %s", idle)
	}
	h, _ := polls(feed, 30, 0, nil)
	for range 2 * maxStep {
		h = h.Add(start, 1, nil)
	}
	if wait := NextPoll(feed, h, start, 0).Sub(start); !near(wait, b.Min) {
		t.Errorf("a source that woke up is polled every %s", wait)
	}
	if _, fixed := polls(SourceConfig{Name: "x", Kind: "feed", Every: 7 * time.Minute}, 30, 0, nil); !near(fixed, 7*time.Minute) {
		t.Errorf("a configured interval became %s", fixed)
	}
}

func TestNextPollBacksOffAndRecovers(t *testing.T) {
	c := SourceConfig{Name: "x", Kind: "feed"}
	down := errors.New("connection refused")
	var last time.Duration
	for n := 1; n <= 12; n++ {
		_, wait := polls(c, n, 0, down)
		if wait < last*8/10 || wait > maxBackOff*11/10 {
			t.Errorf("%s after %d failures, %s after one less", wait, n, last)
		}
		last = wait
	}
	if !near(last, maxBackOff) {
		t.Errorf("in the end %s", last)
	}
	h, _ := polls(c, 12, 0, down)
	h = h.Add(start, 0, nil)
	if wait := NextPoll(c, h, start, 0).Sub(start); h.Failures != 0 || h.LastError != "" || wait > 20*time.Minute {
		t.Errorf("once it is well: %s, %+v", wait, h)
	}
}

func TestNextPollHonoursRetryAfter(t *testing.T) {
	c := SourceConfig{Name: "x", Kind: "feed"}
	h := History{}.Add(start, 0, errors.New("429"))
	if wait := NextPoll(c, h, start, 3*time.Hour).Sub(start); wait != 3*time.Hour {
		t.Errorf("wait %s", wait)
	}
}

func TestNextPollSpreadsSourcesAndRepeats(t *testing.T) {
	seen := map[time.Time]bool{}
	for i := range 100 {
		c := SourceConfig{Name: fmt.Sprint("source-", i), Kind: "feed"}
		h := History{}.Add(start, 1, nil)
		next := NextPoll(c, h, start, 0)
		if !next.Equal(NextPoll(c, h, start, 0)) {
			t.Fatal("the same history gave two times")
		}
		seen[next] = true
	}
	if len(seen) < 80 {
		t.Errorf("100 sources are due at %d times", len(seen))
	}
}

func TestNextPollStaysInBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := SourceConfig{
			Name: rapid.StringMatching(`[a-z]{1,8}`).Draw(t, "name"), Kind: rapid.SampledFrom(Kinds()).Draw(t, "kind"),
			Every: rapid.SampledFrom([]time.Duration{0, time.Second, time.Hour, 48 * time.Hour}).Draw(t, "every"),
		}
		var h History
		now := start
		for range rapid.IntRange(1, 40).Draw(t, "polls") {
			var err error
			if rapid.Bool().Draw(t, "fails") {
				err = errors.New(strings.Repeat("x", 2000))
			}
			h = h.Add(now, rapid.IntRange(0, 3).Draw(t, "items"), err)
			next := NextPoll(c, h, now, 0)
			b := c.Bounds()
			if wait := next.Sub(now); wait < b.Min*9/10 || wait > max(b.Max, maxBackOff)*11/10 {
				t.Fatalf("wait %s in %+v", wait, b)
			}
			now = next
		}
		if b, err := json.Marshal(h); err != nil || len(b) > 1000 {
			t.Fatalf("%d bytes, %v", len(b), err)
		}
	})
}

func TestCheckpointStaysBounded(t *testing.T) {
	var ck Checkpoint
	for round := range 12 {
		var items []Item
		for i := range 1000 {
			items = append(items, Item{URL: fmt.Sprintf("http://a.test/%d/%d", round, i), Hash: "x"})
		}
		var fresh []Item
		fresh, ck = ck.advance(items, maxMaxItems)
		if len(fresh) != 1000 {
			t.Fatalf("round %d: %d new", round, len(fresh))
		}
	}
	ck.Parts = map[string]Part{}
	for i := range maxParts {
		ck.Parts[fmt.Sprintf("%08d", i)] = Part{ETag: strings.Repeat(`"`, 60), LastModified: strings.Repeat("x", 60), Stated: strings.Repeat("x", 30)}
	}
	b, err := json.Marshal(ck)
	if err != nil || len(b) > 64<<10 {
		t.Errorf("%d bytes, %v", len(b), err)
	}
}

func TestCheckpointForgetsOldItemsBeforeListedOnes(t *testing.T) {
	listed := func(from, n int) (items []Item) {
		for i := range n {
			items = append(items, Item{URL: fmt.Sprint("http://a.test/", from+i), Hash: "x"})
		}
		return items
	}
	_, ck := Checkpoint{}.advance(listed(0, maxMaxItems), maxMaxItems)
	_, ck = ck.advance(listed(maxMaxItems, maxMaxItems), maxMaxItems)
	if fresh, _ := ck.advance(listed(maxMaxItems, maxMaxItems), maxMaxItems); len(fresh) != 0 {
		t.Errorf("%d items of the last listing are news", len(fresh))
	}
}

// A publisher adds, edits and drops items at will between polls. Whatever it
// does, each revision that stood in some listing is given once.
func TestCheckpointGivesEachRevisionOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ck Checkpoint
		shown := map[string]string{} // URL to the hash given last
		for range rapid.IntRange(1, 12).Draw(t, "polls") {
			numbers := rapid.SliceOfNDistinct(rapid.IntRange(0, 30), 0, 20, rapid.ID[int]).Draw(t, "listed")
			var items []Item
			for _, n := range numbers {
				it := Item{URL: fmt.Sprint("http://a.test/", n), Hash: fmt.Sprint(rapid.IntRange(0, 2).Draw(t, "revision"))}
				if rapid.Bool().Draw(t, "dated") {
					it.Published = parseDate(fmt.Sprintf("2026-03-%02d", 1+n%28))
				}
				items = append(items, it)
			}
			want := map[string]string{}
			for _, it := range items {
				if shown[it.URL] != it.Hash {
					want[it.URL] = it.Hash
				}
				shown[it.URL] = it.Hash
			}
			var fresh []Item
			fresh, ck = ck.advance(items, 100)
			for i, it := range fresh {
				if want[it.URL] != it.Hash {
					t.Fatalf("gave %+v, which is not new", it)
				}
				delete(want, it.URL)
				if i > 0 && !it.stated().IsZero() && fresh[i-1].stated().After(it.stated()) {
					t.Fatalf("%+v stands after a newer one", it)
				}
			}
			if len(want) > 0 {
				t.Fatalf("kept back %v", want)
			}
		}
	})
}

func TestCheckpointSurvivesDamage(t *testing.T) {
	for _, seen := range []string{"x", strings.Repeat("x", 13), strings.Repeat("\xff", 100)} {
		if fresh, next := (Checkpoint{Seen: seen}).advance([]Item{{URL: "http://a.test/", Hash: "x"}}, 10); len(fresh) != 1 || len(next.Seen)%seenEntry != 0 {
			t.Errorf("%q: %d new, %q", seen, len(fresh), next.Seen)
		}
	}
}
