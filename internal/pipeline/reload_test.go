// SPDX-License-Identifier: Apache-2.0

package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/extract"
	"github.com/copytaster/copytaster/ingest"
	"github.com/copytaster/copytaster/internal/pipeline"
)

// withList are the lists of the program with entries of a newsroom.
func withList(own ...extract.Entry) pipeline.Lists {
	return func(accepted []extract.Entry) (pipeline.Tagger, alert.Names, error) {
		builtin, err := extract.BuiltinEntries()
		if err != nil {
			return nil, nil, err
		}
		gaz := extract.NewGazetteer(builtin, own, accepted)
		return extract.NewTagger(gaz), gaz.Resolve, nil
	}
}

// reporter is a fetcher of articles of one sentence.
type reporter struct{ sentence atomic.Pointer[string] }

func (r *reporter) says(s string) *reporter { r.sentence.Store(&s); return r }

func (r *reporter) Fetch(_ context.Context, l ingest.Link) (*ingest.Fetched, error) {
	a := copytaster.Article{ID: copytaster.ArticleID(l.URL), URL: l.URL, Canonical: l.URL, Sources: []string{l.Source},
		Title: "Story", Fetched: time.Now().UTC().Truncate(time.Millisecond), Text: *r.sentence.Load()}
	a.Hash = copytaster.ContentHash(&a)
	return &ingest.Fetched{Article: a, FinalURL: l.URL}, nil
}

// report puts stories with a sentence through the line.
func report(t *testing.T, l *pipeline.Line, r *reporter, sentence string, urls ...string) {
	t.Helper()
	r.says(sentence)
	var items []ingest.Item
	for _, u := range urls {
		items = append(items, ingest.Item{URL: "https://paper.example/" + u})
	}
	if _, err := l.PublishItems(t.Context(), ingest.SourceConfig{Name: "paper", Kind: "feed"}, items); err != nil {
		t.Fatal(err)
	}
	if err := l.Quiet(within(t, 5*time.Minute)); err != nil {
		t.Fatal(err)
	}
}

const orrinStory = "The council of Sandhaven met on Monday. Orrin Dredging Ltd has won a £12m contract to clear the harbour, the council said."

func TestAReloadChangesTheRunningLine(t *testing.T) {
	r, old, added := (&reporter{}).says(orrinStory), &flaky{}, &flaky{}
	l := startLine(t, world{fetcher: r, channels: map[string]alert.Channel{"old": old}}, "fetch", "extract", "index", "alert", "notify")
	report(t, l, r, orrinStory, "before")
	if hits := find(t, l, "supplier:orrin-works"); len(hits) != 0 {
		t.Fatalf("found before the list had it: %v", hits)
	}
	setup := pipeline.Setup{
		Lists:    withList(extract.Entry{ID: "orrin-works", Name: "Orrin Dredging"}),
		Watches:  []copytaster.Watch{{Name: "harbour", Query: "supplier:orrin-works"}},
		Channels: map[string]alert.Channel{"old": old, "added": added},
	}
	if err := l.Reload(t.Context(), setup); err != nil {
		t.Fatal(err)
	}
	report(t, l, r, orrinStory, "after")
	t.Run("a new list tags", func(t *testing.T) {
		if hits := find(t, l, "supplier:orrin-works"); !slices.Equal(hits, []string{"https://paper.example/after"}) {
			t.Errorf("found %v", hits)
		}
	})
	t.Run("a new watch rings through a new channel and an old one", func(t *testing.T) {
		if old.sent.Load() != 1 || added.sent.Load() != 1 {
			t.Errorf("old took %d, added %d, want 1 each", old.sent.Load(), added.sent.Load())
		}
		all, err := l.ListWatches(t.Context())
		if err != nil || len(all) != 1 || all[0].Name != "harbour" || !all[0].ReadOnly {
			t.Errorf("the watches are %v: %v", all, err)
		}
	})
	t.Run("new sources are listed", func(t *testing.T) {
		c := ingest.SourceConfig{Name: "new", Kind: "feed", Paused: true}
		setup.Sources = []pipeline.Source{{Config: c}}
		if err := l.Reload(t.Context(), setup); err != nil {
			t.Fatal(err)
		}
		all, err := l.SourceStatuses(t.Context())
		if err != nil || len(all) != 1 || all[0].Config.Name != "new" {
			t.Errorf("the sources are %v: %v", all, err)
		}
	})
}

func TestABadReloadChangesNothing(t *testing.T) {
	r, desk := (&reporter{}).says(orrinStory), &flaky{}
	l := startLine(t, world{fetcher: r, channels: map[string]alert.Channel{"desk": desk}}, "fetch", "extract", "index", "alert", "notify")
	if err := l.AddWatch(t.Context(), copytaster.Watch{Name: "mine", Query: "harbour"}); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("the list is broken")
	for name, c := range map[string]struct {
		setup pipeline.Setup
		want  string
	}{
		"a bad query":             {pipeline.Setup{Watches: []copytaster.Watch{{Name: "w", Query: "(("}}}, `watch "w"`},
		"a name made by hand":     {pipeline.Setup{Watches: []copytaster.Watch{{Name: "mine", Query: "x"}}}, "two of that name"},
		"a list that is not read": {pipeline.Setup{Lists: func([]extract.Entry) (pipeline.Tagger, alert.Names, error) { return nil, nil, broken }}, "broken"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := l.Reload(t.Context(), c.setup); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
	report(t, l, r, orrinStory, "one")
	if desk.sent.Load() != 1 {
		t.Errorf("the old watch rang %d times through the old channel", desk.sent.Load())
	}
	if hits := find(t, l, "supplier:atos OR harbour"); len(hits) != 1 {
		t.Errorf("the old lists find %v", hits)
	}
}

func TestReloadsWhileCopyComesInLoseNothing(t *testing.T) {
	r, desk := (&reporter{}).says(orrinStory), &flaky{}
	l := startLine(t, world{fetcher: r, channels: map[string]alert.Channel{"desk": desk}}, "fetch", "extract", "index", "alert", "notify")
	const n = 60
	var items []ingest.Item
	for i := range n {
		items = append(items, ingest.Item{URL: fmt.Sprintf("https://paper.example/%d", i)})
	}
	if err := l.Reload(t.Context(), pipeline.Setup{Watches: []copytaster.Watch{{Name: "w", Query: "harbour"}}, Channels: map[string]alert.Channel{"desk": desk}}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.PublishItems(t.Context(), ingest.SourceConfig{Name: "paper", Kind: "feed"}, items); err != nil {
		t.Fatal(err)
	}
	for i := range 10 {
		own := extract.Entry{ID: fmt.Sprintf("orrin-%d", i), Name: "Orrin Dredging"}
		channels := map[string]alert.Channel{"desk": desk, fmt.Sprintf("extra-%d", i%2): &flaky{}}
		if err := l.Reload(t.Context(), pipeline.Setup{Lists: withList(own), Channels: channels, Watches: []copytaster.Watch{{Name: "w", Query: "harbour"}}}); err != nil {
			t.Fatal(err)
		}
	}
	found := 0
	for deadline := time.Now().Add(5 * time.Minute); (found < n || desk.sent.Load() < n) && time.Now().Before(deadline); {
		time.Sleep(10 * time.Millisecond)
		found = len(find(t, l, "harbour"))
	}
	if found != n || desk.sent.Load() != n {
		t.Errorf("%d of %d articles found, %d alerts", found, n, desk.sent.Load())
	}
}

func TestDecisionsOnDiscoveredNames(t *testing.T) {
	r := (&reporter{}).says(orrinStory)
	dir := t.TempDir()
	l := startLine(t, world{dir: dir, fetcher: r, lists: withList()}, "fetch", "extract", "index", "alert")
	report(t, l, r, orrinStory, "open")
	suppliers := func(url string) (ids []string) {
		d, err := l.Index.Get(t.Context(), copytaster.ArticleID("https://paper.example/"+url))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range d.Mentions {
			if m.Role == copytaster.RoleSupplier {
				ids = append(ids, m.Key())
			}
		}
		return ids
	}
	found := suppliers("open")
	if len(found) == 0 || !strings.Contains(found[0], "Orrin Dredging") {
		t.Skipf("the extractor does not discover the supplier of the sentence: %v", found)
	}
	decide := func(name string, v copytaster.Verdict) copytaster.Decision {
		t.Helper()
		d, err := l.Decide(t.Context(), name, v)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	t.Run("a rejected one is tagged no more, with its contract, whatever its suffix", func(t *testing.T) {
		decide("Orrin  Dredging", copytaster.VerdictRejected)
		report(t, l, r, orrinStory, "rejected")
		if got := suppliers("rejected"); len(got) != 0 {
			t.Errorf("still tagged: %v", got)
		}
		if hits := find(t, l, "contract:(supplier:*)"); slices.Contains(hits, "https://paper.example/rejected") {
			t.Errorf("its contract is still there: %v", hits)
		}
	})
	t.Run("an accepted one has an id that queries know", func(t *testing.T) {
		d := decide("Orrin Dredging Ltd", copytaster.VerdictAccepted)
		if d.ID != "orrin-dredging-ltd" {
			t.Errorf("its id is %q", d.ID)
		}
		decide("Orrin Dredging", copytaster.VerdictOpen) // what was said of the other spelling
		report(t, l, r, orrinStory, "accepted")
		if got := suppliers("accepted"); !slices.Contains(got, d.ID) {
			t.Errorf("tagged as %v", got)
		}
		if hits := find(t, l, "supplier:orrin-dredging-ltd"); !slices.Contains(hits, "https://paper.example/accepted") {
			t.Errorf("the id finds %v", hits)
		}
		if again := decide("ORRIN DREDGING LTD", copytaster.VerdictAccepted); again.ID != d.ID {
			t.Errorf("accepted again it is %s", again.ID)
		}
	})
	t.Run("what a list has, what is no name and no verdict are refused", func(t *testing.T) {
		for name, v := range map[string]copytaster.Verdict{"Atos": copytaster.VerdictAccepted, " ": copytaster.VerdictRejected,
			strings.Repeat("x", 300): copytaster.VerdictRejected, "Varley": "perhaps"} {
			if _, err := l.Decide(t.Context(), name, v); !errors.Is(err, pipeline.ErrUsage) {
				t.Errorf("%.20s %s: %v", name, v, err)
			}
		}
	})
	t.Run("decisions stick", func(t *testing.T) {
		all, err := l.Decisions(t.Context())
		if err != nil || len(all) != 1 || all[0].Verdict != copytaster.VerdictAccepted {
			t.Errorf("%v: %v", all, err)
		}
		n, err := l.Replay(t.Context(), copytaster.Query{})
		if err != nil || n != 3 {
			t.Fatalf("replayed %d: %v", n, err)
		}
		if err := l.Quiet(within(t, 5*time.Minute)); err != nil {
			t.Fatal(err)
		}
		if hits := find(t, l, "supplier:orrin-dredging-ltd"); len(hits) != 3 {
			t.Errorf("after the replay %v are found", hits)
		}
	})
}
