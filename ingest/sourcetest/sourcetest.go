// SPDX-License-Identifier: Apache-2.0

// Package sourcetest is the conformance suite that every kind of source passes.
// A new kind gives a Harness that shows how its listing is written.
package sourcetest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/copytaster/copytaster/ingest"
)

// Entry is one article that a listing offers.
type Entry struct {
	Path  string // "/2026/03/01/a-council-signs-a-care-contract"
	Title string
	Day   time.Time // when it was published or last changed
}

// Harness shows the suite how to drive a kind of source.
type Harness struct {
	// Source makes the source. A web source lists the URL; a local one lists what
	// Write left in dir.
	Source func(t *testing.T, client *ingest.Client, url, dir string) ingest.Source
	// Render writes a web listing of the entries; base is the server's URL.
	Render func(base string, entries []Entry) []byte
	// Write puts the entries of a local listing into dir, in place of those that
	// are there.
	Write func(t *testing.T, dir string, entries []Entry)
	// Single is set for a kind that lists one page, whatever is on it.
	Single bool
	// Undated is set for a kind whose listing gives no dates: order is that of the
	// listing, from its end.
	Undated bool
}

// Client is a client for test servers on this machine: without a pace, and with
// limits small enough to be met.
func Client() *ingest.Client {
	return ingest.NewClient(ingest.ClientOptions{
		PerHost: -1, MaxBytes: 1 << 20, Timeout: 5 * time.Second,
		AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")},
	})
}

// rig is one source with its listing under the test's control.
type rig struct {
	source ingest.Source
	offer  func(...Entry)
	server *server // nil for a local kind
}

func (h Harness) rig(t *testing.T) *rig {
	t.Helper()
	dir := t.TempDir()
	if h.Write != nil {
		return &rig{source: h.Source(t, nil, "", dir), offer: func(e ...Entry) { h.Write(t, dir, e) }}
	}
	s := newServer(t)
	offer := func(e ...Entry) { s.set(answer{body: h.Render(s.URL, e)}) }
	return &rig{source: h.Source(t, Client(), s.URL+"/listing", dir), offer: offer, server: s}
}

// Run is the suite.
func Run(t *testing.T, h Harness) {
	t.Run("lists all that is offered, oldest first", func(t *testing.T) { listsAll(t, h) })
	t.Run("gives the same again for the same checkpoint", func(t *testing.T) { repeats(t, h) })
	t.Run("gives nothing when nothing is new", func(t *testing.T) { quiet(t, h) })
	t.Run("gives only what is new", func(t *testing.T) { onlyNew(t, h) })
	t.Run("gives a changed item again", func(t *testing.T) { changed(t, h) })
	t.Run("takes an item that came back for known", func(t *testing.T) { cameBack(t, h) })
	t.Run("keeps its checkpoint small", func(t *testing.T) { bounded(t, h) })
	t.Run("stops when it is cancelled", func(t *testing.T) { cancelled(t, h) })
	t.Run("can be asked by many at once", func(t *testing.T) { concurrent(t, h) })
	if h.Write == nil {
		runWeb(t, h)
	}
}

// Entries makes n entries, a day apart, oldest first.
func Entries(n int) []Entry {
	day := time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
	var out []Entry
	for i := range n {
		d := day.AddDate(0, 0, i)
		out = append(out, Entry{
			Path:  fmt.Sprintf("/%s/council-signs-contract-number-%d", d.Format("2006/01/02"), i),
			Title: fmt.Sprintf("Council signs %s contract for its care homes", word(i)), Day: d,
		})
	}
	return out
}

// word is a different word for each number: kinds that disregard figures in
// titles must still tell them apart.
func word(n int) string {
	s := ""
	for ; n > 0 || s == ""; n /= 26 {
		s = string(rune('a'+n%26)) + s
	}
	return "q" + s
}

func (h Harness) entries(n int) []Entry {
	if h.Single {
		n = 1
	}
	return Entries(n)
}

// listing is the order in which publishers print entries: newest first.
func listing(entries []Entry) []Entry {
	out := slices.Clone(entries)
	slices.Reverse(out)
	return out
}

func list(t *testing.T, r *rig, ck ingest.Checkpoint) ([]ingest.Item, ingest.Checkpoint) {
	t.Helper()
	items, next, err := r.source.List(context.Background(), ck)
	if err != nil {
		t.Fatalf("List: %v", err)
	}
	return items, next
}

func listsAll(t *testing.T, h Harness) {
	r := h.rig(t)
	want := h.entries(7)
	r.offer(listing(want)...)
	items, _ := list(t, r, ingest.Checkpoint{})
	if len(items) != len(want) {
		t.Fatalf("%d items of %d: %+v", len(items), len(want), items)
	}
	for i, it := range items {
		if it.URL == "" || it.Hash == "" {
			t.Errorf("item %d without URL or hash: %+v", i, it)
		}
		if !h.Single && !h.Undated && i > 0 && stated(items[i-1]).After(stated(it)) {
			t.Errorf("item %d is older than the one before it", i)
		}
	}
}

func stated(it ingest.Item) time.Time {
	if it.Modified.Known() {
		return it.Modified.Time
	}
	return it.Published.Time
}

func repeats(t *testing.T, h Harness) {
	r := h.rig(t)
	r.offer(listing(h.entries(4))...)
	first, ck1 := list(t, r, ingest.Checkpoint{})
	second, ck2 := list(t, r, ingest.Checkpoint{})
	if !slices.Equal(first, second) {
		t.Errorf("first %+v, then %+v", first, second)
	}
	if a, b := encoded(t, ck1), encoded(t, ck2); a != b {
		t.Errorf("checkpoint %s, then %s", a, b)
	}
}

func encoded(t *testing.T, ck ingest.Checkpoint) string {
	t.Helper()
	b, err := json.Marshal(ck)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// reread is a checkpoint as it comes back from a store.
func reread(t *testing.T, ck ingest.Checkpoint) (out ingest.Checkpoint) {
	t.Helper()
	if err := json.Unmarshal([]byte(encoded(t, ck)), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func quiet(t *testing.T, h Harness) {
	r := h.rig(t)
	r.offer(listing(h.entries(4))...)
	_, ck := list(t, r, ingest.Checkpoint{})
	for range 2 {
		var items []ingest.Item
		if items, ck = list(t, r, reread(t, ck)); len(items) > 0 {
			t.Fatalf("items though nothing is new: %+v", items)
		}
	}
}

func onlyNew(t *testing.T, h Harness) {
	if h.Single {
		t.Skip("it lists one page")
	}
	r := h.rig(t)
	all := h.entries(6)
	r.offer(listing(all[:4])...)
	_, ck := list(t, r, ingest.Checkpoint{})
	r.offer(listing(all)...)
	items, ck := list(t, r, reread(t, ck))
	if len(items) != 2 {
		t.Fatalf("%d items, want the 2 new ones: %+v", len(items), items)
	}
	if items, _ = list(t, r, ck); len(items) > 0 {
		t.Errorf("and again: %+v", items)
	}
}

func changed(t *testing.T, h Harness) {
	r := h.rig(t)
	all := h.entries(4)
	r.offer(listing(all)...)
	before, ck := list(t, r, ingest.Checkpoint{})
	i := len(all) - 1
	all[i].Title = "Council ends its contract for care homes early"
	all[i].Day = all[i].Day.Add(3 * time.Hour)
	r.offer(listing(all)...)
	items, _ := list(t, r, ck)
	if len(items) != 1 || !slices.ContainsFunc(before, func(it ingest.Item) bool { return it.URL == items[0].URL }) {
		t.Fatalf("items %+v, want the changed one", items)
	}
}

func cameBack(t *testing.T, h Harness) {
	if h.Single {
		t.Skip("it lists one page")
	}
	r := h.rig(t)
	all := h.entries(5)
	r.offer(listing(all)...)
	_, ck := list(t, r, ingest.Checkpoint{})
	r.offer(listing(all[2:])...)
	_, ck = list(t, r, ck)
	r.offer(listing(all)...)
	if items, _ := list(t, r, ck); len(items) > 0 {
		t.Errorf("items that were seen before: %+v", items)
	}
}

// maxCheckpoint is how long a checkpoint may be as JSON.
const maxCheckpoint = 64 << 10

func bounded(t *testing.T, h Harness) {
	r := h.rig(t)
	ck := ingest.Checkpoint{}
	all, step := h.entries(6000), 500
	if h.Write != nil {
		all, step = h.entries(300), 100 // files cost time to make
	}
	for i := 0; i < len(all); i += step {
		r.offer(listing(all[i:min(i+step, len(all))])...)
		_, ck = list(t, r, ck)
		if n := len(encoded(t, ck)); n > maxCheckpoint {
			t.Fatalf("checkpoint of %d bytes", n)
		}
	}
}

func cancelled(t *testing.T, h Harness) {
	r := h.rig(t)
	r.offer(listing(h.entries(3))...)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if items, _, err := r.source.List(ctx, ingest.Checkpoint{}); err == nil || len(items) > 0 {
		t.Errorf("%d items, error %v", len(items), err)
	}
}

func concurrent(t *testing.T, h Harness) {
	r := h.rig(t)
	r.offer(listing(h.entries(3))...)
	want, _ := list(t, r, ingest.Checkpoint{})
	errs := make(chan error, 8)
	for range cap(errs) {
		go func() {
			items, _, err := r.source.List(context.Background(), ingest.Checkpoint{})
			if err == nil && !slices.Equal(items, want) {
				err = fmt.Errorf("items %+v", items)
			}
			errs <- err
		}()
	}
	for range cap(errs) {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}
