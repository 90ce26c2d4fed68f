// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/index/sqlite"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/pipeline"
)

// tagger finds nothing and signs its work.
type tagger struct{}

func (tagger) Tag(d *copytaster.Document) { d.Extractor = "test" }
func (tagger) Revision() string           { return "test" }

// startLine returns the client of a line on a folder of its own, without a
// fetcher, that runs the named stages.
func startLine(t *testing.T, stages ...string) (*Client, *pipeline.Line) {
	t.Helper()
	dir := t.TempDir()
	b, err := bus.Open(t.Context(), bus.Options{Dir: filepath.Join(dir, "bus"), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ix, err := sqlite.Open(t.Context(), filepath.Join(dir, "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	l, err := pipeline.New(t.Context(), pipeline.Options{Bus: b, Index: ix, Tagger: tagger{},
		Names:   func(copytaster.Role, string) []string { return nil },
		Watches: []copytaster.Watch{{Name: "from-file", Query: "lamps"}}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ran := make(chan error, 1)
	go func() {
		if len(stages) == 0 {
			ran <- nil
			return
		}
		ran <- l.Run(ctx, stages...)
	}()
	t.Cleanup(func() {
		stop()
		if err := errors.Join(<-ran, ix.Close(), b.Close()); err != nil {
			t.Error(err)
		}
	})
	return Dial(serve(t, Handler(l, "test"))), l
}

var day = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func article(n int, text string) *copytaster.Document {
	d := &copytaster.Document{}
	d.URL = fmt.Sprintf("https://paper.example/%03d", n)
	d.Canonical, d.ID = d.URL, copytaster.ArticleID(d.URL)
	d.Title, d.Text, d.Sources = fmt.Sprintf("Story %d", n), text, []string{"paper"}
	d.Fetched = day.Add(time.Duration(n) * time.Second)
	d.Hash = copytaster.ContentHash(&d.Article)
	return d
}

// put indexes documents, and notes each in the ledger.
func put(t *testing.T, l *pipeline.Line, docs ...*copytaster.Document) {
	t.Helper()
	var outcomes []copytaster.Outcome
	for _, d := range docs {
		outcomes = append(outcomes, copytaster.Outcome{URL: d.URL, State: copytaster.StateIndexed, Stage: "index", At: d.Fetched, ID: d.ID, Source: "paper"})
	}
	errs := append(l.Index.Put(t.Context(), docs), l.Index.Record(t.Context(), outcomes)...)
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func wantFault(t *testing.T, err error, kind FaultKind, text string) {
	t.Helper()
	var f *Fault
	if !errors.As(err, &f) || f.Kind != kind || !strings.Contains(f.Msg, text) {
		t.Errorf("error %v, want a fault of kind %s with %q", err, kind, text)
	}
}

func TestSearchOverTheSocket(t *testing.T) {
	c, l := startLine(t)
	put(t, l, article(1, "The lamps are green. The doors are not."), article(2, "The doors are shut."))
	ctx := within(t, 30*time.Second)

	got, err := c.Search(ctx, SearchRequest{Query: "lamps"})
	if err != nil || got.Total != 1 || len(got.Hits) != 1 {
		t.Fatalf("%+v, %v; want one hit", got, err)
	}
	if h := got.Hits[0]; h.Document.Title != "Story 1" || len(h.Evidence.Marks) != 1 || h.Evidence.Marks[0].Of(h.Evidence.Sentence) != "lamps" {
		t.Errorf("hit %+v does not say what matched", h)
	}
	got, err = c.Search(ctx, SearchRequest{Query: "supplier:nobody"})
	if err != nil || got.Total != 0 || len(got.Notices) != 1 {
		t.Errorf("%+v, %v; want no hit and a notice", got, err)
	}
	_, err = c.Search(ctx, SearchRequest{Query: "lamps (doors"})
	wantFault(t, err, FaultUsage, "")
	_, err = c.Search(ctx, SearchRequest{Query: "lamps", Page: index.Page{Sort: "loudest"}})
	wantFault(t, err, FaultUsage, "loudest")
}

func TestExportGivesEveryDocumentOnce(t *testing.T) {
	c, l := startLine(t)
	var docs []*copytaster.Document
	for n := range 2*exportPage + 1 {
		docs = append(docs, article(n, "The lamps are green. The doors are not."))
	}
	put(t, l, docs...)
	put(t, l, article(900, "Nothing of the kind."))
	var ids []string
	err := c.Export(within(t, time.Minute), ExportRequest{Query: "lamps", Sort: index.SortOldest, Sentences: true}, func(e *Exported) error {
		ids = append(ids, e.Document.ID)
		if !strings.Contains(e.Sentence, "lamps") {
			t.Errorf("sentence %q has not what matched", e.Sentence)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, d := range docs {
		want = append(want, d.ID)
	}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Error(diff)
	}
	err = c.Export(within(t, 30*time.Second), ExportRequest{Query: "("}, func(*Exported) error { return errors.New("a document") })
	wantFault(t, err, FaultUsage, "")
}

func TestWatchesOverTheSocket(t *testing.T) {
	c, l := startLine(t)
	put(t, l, article(1, "The lamps are green."), article(2, "The lamps are red."))
	ctx := within(t, 30*time.Second)
	if err := c.AddWatch(ctx, copytaster.Watch{Name: "doors", Query: "doors"}); err != nil {
		t.Fatal(err)
	}
	all, err := c.Watches(ctx)
	if err != nil || len(all) != 2 || all[0].Name != "doors" || all[0].ReadOnly || !all[1].ReadOnly {
		t.Errorf("watches %+v, %v", all, err)
	}
	wantFault(t, c.AddWatch(ctx, copytaster.Watch{Name: "From File", Query: "x"}), FaultUsage, "a-z")
	wantFault(t, c.AddWatch(ctx, copytaster.Watch{Name: "from-file", Query: "x"}), FaultUsage, "configuration")
	wantFault(t, c.AddWatch(ctx, copytaster.Watch{Name: "x", Query: "x", Channels: []string{"mail"}}), FaultUsage, `"mail"`)
	wantFault(t, c.RemoveWatch(ctx, "from-file"), FaultUsage, "configuration")
	wantFault(t, c.RemoveWatch(ctx, "nothing"), FaultNotFound, "nothing")
	if err := c.RemoveWatch(ctx, "doors"); err != nil {
		t.Error(err)
	}
	got, err := c.TestWatch(ctx, TestRequest{Query: "lamps", Limit: 1})
	if err != nil || got.Total != 2 || len(got.Hits) != 1 || got.Hits[0].Document.Title != "Story 2" {
		t.Errorf("%+v, %v; want the newest of two", got, err)
	}
}

func TestWhyTellsRevisionsThatDiffer(t *testing.T) {
	c, l := startLine(t)
	first, again, edited := article(1, "The lamps are green."), article(1, "The lamps are green."), article(1, "The lamps are red.")
	again.Fetched, edited.Fetched = day.Add(time.Hour), day.Add(2*time.Hour)
	put(t, l, first, again, edited)
	ctx := within(t, 30*time.Second)
	got, err := c.Why(ctx, first.URL)
	if err != nil {
		t.Fatal(err)
	}
	if got.Entry.State != copytaster.StateIndexed || got.Title != "Story 1" {
		t.Errorf("%+v", got)
	}
	var fetched []time.Time
	for _, r := range got.Revisions {
		fetched = append(fetched, r.Fetched)
	}
	if diff := cmp.Diff([]time.Time{edited.Fetched, first.Fetched}, fetched); diff != "" {
		t.Error(diff)
	}
	_, err = c.Why(ctx, "https://paper.example/unknown")
	wantFault(t, err, FaultNotFound, "never seen")
}

func TestRemoveOverTheSocket(t *testing.T) {
	c, l := startLine(t, "index")
	put(t, l, article(1, "The lamps are green."), article(2, "The lamps are red."))
	ctx := within(t, time.Minute)
	done, err := c.Remove(ctx, "https://paper.example/001")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"https://paper.example/001"}; !slices.Equal(done.URLs, want) || done.Archived {
		t.Errorf("%+v; want the one URL, and no archive searched where there is none", done)
	}
	got, err := c.Search(ctx, SearchRequest{Query: "lamps"})
	if err != nil || got.Total != 1 {
		t.Errorf("%d hits, %v; want the other one", got.Total, err)
	}
	why, err := c.Why(ctx, "https://paper.example/001")
	if err != nil || why.Entry.State != copytaster.StateRemoved || len(why.Revisions) != 0 {
		t.Errorf("%+v, %v; want it removed", why, err)
	}
	_, err = c.Remove(ctx, "https://paper.example/unknown")
	wantFault(t, err, FaultNotFound, "never seen")
}

func TestALookAtTheSourcesSaysWhatItLeft(t *testing.T) {
	c, _ := startLine(t, "extract", "index", "alert") // nobody fetches
	ctx := within(t, time.Minute)
	if got, err := c.TakeIn(ctx, time.Minute); err != nil || got.Left != 0 || len(got.Failed) != 0 {
		t.Errorf("%+v, %v; want nothing left and no source failed", got, err)
	}
	if _, err := c.Add(ctx, []string{"https://paper.example/1", "https://paper.example/2"}); err != nil {
		t.Fatal(err)
	}
	if got, err := c.TakeIn(ctx, 300*time.Millisecond); err != nil || got.Left != 2 {
		t.Errorf("%+v, %v; want the two links left on the line", got, err)
	}
	if got, err := c.Poll(ctx); err != nil || got.Left != 0 {
		t.Errorf("%+v, %v; want no wait", got, err)
	}
}

func TestALinkThatWaitsHoldsNobodyUp(t *testing.T) {
	c, l := startLine(t, "extract", "index", "alert") // nobody fetches
	put(t, l, article(1, "The lamps are green."))
	ctx := within(t, time.Minute)
	added, err := c.Add(ctx, []string{"https://down.example/a?utm_source=x", "https://paper.example/new"})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"https://down.example/a", "https://paper.example/new"}; !slices.Equal(added.URLs, want) {
		t.Fatalf("URLs %v, want %v", added.URLs, want)
	}
	if n, err := c.Replay(ctx, "lamps"); err != nil || n.N != 1 {
		t.Errorf("%d replayed, %v; want one", n.N, err)
	}
	d, err := l.Index.Get(ctx, copytaster.ArticleID("https://paper.example/001"))
	if err != nil || d.Generation != 1 || d.Extractor != "test" {
		t.Errorf("%+v, %v; want it tagged again when replay returns", d, err)
	}
	now := copytaster.Outcome{URL: added.URLs[1], State: copytaster.StateGone, Stage: "fetch", At: l.Now()}
	if err := errors.Join(l.Index.Record(ctx, []copytaster.Outcome{now})...); err != nil {
		t.Fatal(err)
	}
	added.URLs = added.URLs[1:]
	var states []copytaster.State
	err = c.Settle(ctx, added, func(e *copytaster.Entry) error { states = append(states, e.State); return nil })
	if err != nil || !slices.Equal(states, []copytaster.State{copytaster.StateGone}) {
		t.Errorf("states %v, %v; want the one that settled", states, err)
	}
	_, err = c.Add(ctx, []string{"https://paper.example/b", "gopher://paper.example/"})
	wantFault(t, err, FaultUsage, "gopher")
}

func TestAStageThatNobodyRunsHoldsNobodyUp(t *testing.T) {
	c, l := startLine(t) // the replayed article stays in front of the extractors
	put(t, l, article(1, "The lamps are green."))
	if n, err := c.Replay(within(t, 30*time.Second), ""); err != nil || n.N != 1 {
		t.Errorf("%d replayed, %v; want one", n.N, err)
	}
}

func TestSettleEndsWithItsReader(t *testing.T) {
	c, _ := startLine(t)
	ctx := within(t, time.Minute)
	added, err := c.Add(ctx, []string{"https://down.example/a"})
	if err != nil {
		t.Fatal(err)
	}
	short, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	defer cancel()
	if err := c.Settle(short, added, func(*copytaster.Entry) error { return errors.New("it has not settled") }); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v, want that of the context", err)
	}
}

func TestStatusAndDeadLetters(t *testing.T) {
	c, l := startLine(t)
	put(t, l, article(1, "The lamps are green."))
	ctx := within(t, 30*time.Second)
	st, err := c.Status(ctx)
	if err != nil || st.Verb != "test" || st.Bus.Problem != "" || len(st.Bus.Streams) == 0 {
		t.Errorf("%+v, %v", st, err)
	}
	if want := []index.Count{{State: copytaster.StateIndexed, N: 1}}; !cmp.Equal(want, st.Tally) {
		t.Errorf("tally %+v, want %+v", st.Tally, want)
	}
	letters, err := c.Dead(ctx, LettersRequest{})
	if err != nil || len(letters) != 0 {
		t.Errorf("letters %v, %v", letters, err)
	}
	n, err := c.RetryDead(ctx, LettersRequest{All: true})
	if err != nil || n.N != 0 {
		t.Errorf("%d sent back, %v", n.N, err)
	}
	_, err = c.RetryDead(ctx, LettersRequest{IDs: []string{"nothing"}})
	wantFault(t, err, FaultNotFound, "nothing")
	_, err = c.DropDead(ctx, LettersRequest{IDs: []string{"nothing"}})
	wantFault(t, err, FaultNotFound, "nothing")
	sources, err := c.Sources(ctx)
	if err != nil || len(sources.Sources) != 0 {
		t.Errorf("sources %+v, %v", sources, err)
	}
}
