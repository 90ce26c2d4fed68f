// SPDX-License-Identifier: Apache-2.0

package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/ingest"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/pipeline"
)

// writer is a fetcher that makes articles up, of a given size.
type writer struct{ bytes int }

func (w writer) Fetch(_ context.Context, l ingest.Link) (*ingest.Fetched, error) {
	sentence := "The board met on Tuesday and agreed on nothing that it had not agreed on before, but at greater length. "
	name := l.URL[strings.LastIndex(l.URL, "/")+1:]
	a := copytaster.Article{ID: copytaster.ArticleID(l.URL), URL: l.URL, Canonical: l.URL, Sources: []string{l.Source},
		Title: "Story " + name, Fetched: time.Now().UTC().Truncate(time.Millisecond),
		Text: "Atos came up as " + name + ". " + strings.Repeat(sentence, w.bytes/len(sentence))}
	a.Hash = copytaster.ContentHash(&a)
	return &ingest.Fetched{Article: a, FinalURL: l.URL}, nil
}

// write puts n made-up stories on the line.
func write(t *testing.T, l *pipeline.Line, n int) {
	t.Helper()
	var items []ingest.Item
	for i := range n {
		items = append(items, ingest.Item{URL: fmt.Sprintf("https://paper.example/story%d", i)})
	}
	if _, err := l.PublishItems(t.Context(), ingest.SourceConfig{Name: "paper", Kind: "feed"}, items); err != nil {
		t.Fatal(err)
	}
}

func TestTenTimesTheStreamsFlowThrough(t *testing.T) {
	const mib = 1 << 20
	size := 2 * int64(mib)
	if raceDetector {
		size = mib / 2 // a quarter of the text for the same ten times: tagging is slow under the detector
	}
	w := world{fetcher: writer{bytes: int(size) / 20}, bus: bus.Options{
		MaxBytes: map[string]int64{bus.Articles: size, bus.Documents: size}}}
	l := startLine(t, w, "fetch", "extract", "index", "alert")
	const n = 200 // ten times the streams
	write(t, l, n)
	if err := l.Quiet(within(t, 10*time.Minute)); err != nil {
		t.Fatal(err)
	}
	if got := len(find(t, l, "board")); got != n {
		t.Errorf("%d of %d articles are found", got, n)
	}
	if got := tally(t, l); got[copytaster.StateIndexed] != n {
		t.Errorf("the ledger says %v", got)
	}
}

func TestALargeArticleGoesThroughByClaimCheck(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "report.txt")
	var text strings.Builder
	for i := range 24000 {
		fmt.Fprintf(&text, "In the matter numbered %d the board heard the parties and put off what it could not decide on the day.\n\n", i)
		if i == 20000 {
			text.WriteString("The contract for the lighthouse went to Atos for £12m, and nobody remarked on it.\n\n")
		}
	}
	if text.Len() < 2<<20 {
		t.Fatalf("the text is too short for the test: %d bytes", text.Len())
	}
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	l := startLine(t, world{}, "fetch", "extract", "index", "alert")
	ctx, since := within(t, 5*time.Minute), l.Now()
	urls, err := l.Add(ctx, []string{file})
	if err != nil {
		t.Fatal(err)
	}
	entries, err := l.Settle(ctx, urls, since)
	if err != nil || entries[0].State != copytaster.StateIndexed {
		t.Fatalf("%+v: %v", entries[0], err)
	}
	if hits := find(t, l, "lighthouse supplier:atos money:12m"); len(hits) != 1 {
		t.Errorf("the sentence at the far end is not found: %v", hits)
	}
}

func TestAFullAlertStreamLosesNoAlert(t *testing.T) {
	w := world{fetcher: writer{bytes: 300}, bus: bus.Options{MaxBytes: map[string]int64{bus.Alerts: 12 << 10},
		Delays: []time.Duration{50 * time.Millisecond, 100 * time.Millisecond, 200 * time.Millisecond, time.Minute}}}
	dir := t.TempDir()
	w.dir = dir
	const n = 60
	func() {
		l, done, err := openLine(t.Context(), w)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ran := make(chan error, 1)
		go func() { ran <- l.Run(ctx, "fetch", "extract", "index", "alert") }()
		write(t, l, n)
		for len(find(t, l, "supplier:atos")) < n {
			time.Sleep(20 * time.Millisecond)
		}
		if got := len(alertsIn(t, l)); got == 0 || got >= n {
			t.Errorf("%d alerts fitted; the test wants the stream full", got)
		}
		cancel()
		if err := errors.Join(<-ran, done()); err != nil {
			t.Fatal(err)
		}
	}()
	w.bus.MaxBytes = map[string]int64{bus.Alerts: 10 << 20}
	l := startLine(t, w, "fetch", "extract", "index", "alert")
	deadline := time.Now().Add(5 * time.Minute)
	for len(alertsIn(t, l)) < n && time.Now().Before(deadline) {
		time.Sleep(100 * time.Millisecond)
	}
	if got := len(alertsIn(t, l)); got != n {
		t.Errorf("%d of %d alerts stand after there was room again", got, n)
	}
}

// flaky is a channel that fails some times before it takes an alert.
type flaky struct{ fails, sent atomic.Int32 }

func (f *flaky) Send(context.Context, *copytaster.Alert) error {
	if f.fails.Add(-1) >= 0 {
		return errors.New("no connection")
	}
	f.sent.Add(1)
	return nil
}

func TestABrokenChannelDelaysOnlyItself(t *testing.T) {
	broken, good := &flaky{}, &flaky{}
	broken.fails.Store(2)
	w := world{fetcher: writer{bytes: 300}, channels: map[string]alert.Channel{"broken": broken, "good": good}}
	l := startLine(t, w, "fetch", "extract", "index", "alert", "notify")
	write(t, l, 3)
	if err := l.Quiet(within(t, 5*time.Minute)); err != nil {
		t.Fatal(err)
	}
	if good.sent.Load() != 3 || broken.sent.Load() != 3 {
		t.Errorf("good took %d, broken took %d, want 3 each", good.sent.Load(), broken.sent.Load())
	}
}

func TestAChannelThatIsTakenOutLosesNoAlert(t *testing.T) {
	desk, wire := &flaky{}, &flaky{}
	both := map[string]alert.Channel{"desk": desk, "wire": wire}
	l := startLine(t, world{fetcher: writer{bytes: 300}, channels: both}, "fetch", "extract", "index", "alert", "notify")
	ctx := within(t, 5*time.Minute)
	reload := func(channels map[string]alert.Channel) {
		t.Helper()
		if err := l.Reload(ctx, pipeline.Setup{Watches: watches(), Channels: channels}); err != nil {
			t.Fatal(err)
		}
	}
	reload(map[string]alert.Channel{"wire": wire})
	write(t, l, 3)
	if err := l.Quiet(ctx); err != nil { // the alerts of a channel that is not there hold nothing up
		t.Fatal(err)
	}
	got, err := l.ChannelStatuses(ctx)
	want := []pipeline.ChannelStatus{{Name: "desk", Waiting: 3}, {Name: "wire", Configured: true}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if err := l.ForgetChannel(ctx, "wire"); !errors.Is(err, pipeline.ErrUsage) {
		t.Errorf("a configured channel is forgotten: %v", err)
	}
	reload(both)
	if err := l.Quiet(ctx); err != nil {
		t.Fatal(err)
	}
	if desk.sent.Load() != 3 || wire.sent.Load() != 3 {
		t.Errorf("desk took %d, wire took %d, want 3 each: what waited comes when the channel is back", desk.sent.Load(), wire.sent.Load())
	}
	reload(map[string]alert.Channel{"wire": wire})
	if err := l.ForgetChannel(ctx, "desk"); err != nil {
		t.Fatal(err)
	}
	if err := l.ForgetChannel(ctx, "desk"); !errors.Is(err, bus.ErrNotFound) {
		t.Errorf("forgotten twice: %v", err)
	}
	if got, err := l.ChannelStatuses(ctx); err != nil || len(got) != 1 {
		t.Errorf("%+v, %v; want the wire alone", got, err)
	}
}

func TestARemovedArticleStaysRemoved(t *testing.T) {
	l := startLine(t, world{fetcher: writer{bytes: 300}}, "fetch", "extract", "index", "alert")
	ctx := within(t, 5*time.Minute)
	write(t, l, 2)
	if err := l.Quiet(ctx); err != nil {
		t.Fatal(err)
	}
	const url = "https://paper.example/story0"
	if _, err := l.Remove(ctx, url); err != nil {
		t.Fatal(err)
	}
	since := l.Now()
	urls, err := l.Add(ctx, []string{url})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Settle(ctx, urls, since); err != nil {
		t.Fatal(err)
	}
	if hits := find(t, l, "board"); len(hits) != 1 {
		t.Errorf("after the removal %v are found", hits)
	}
}

func TestAReplayTagsAgainAndRingsNobody(t *testing.T) {
	l := startLine(t, world{fetcher: writer{bytes: 300}}, "fetch", "extract", "index", "alert")
	ctx := within(t, 5*time.Minute)
	write(t, l, 3)
	if err := l.Quiet(ctx); err != nil {
		t.Fatal(err)
	}
	if err := l.AddWatch(ctx, copytaster.Watch{Name: "late", Query: "board"}); err != nil {
		t.Fatal(err)
	}
	n, err := l.Replay(ctx, copytaster.Query{})
	if err != nil || n != 3 {
		t.Fatalf("replayed %d: %v", n, err)
	}
	if err := l.Quiet(ctx); err != nil {
		t.Fatal(err)
	}
	for id := range alertsIn(t, l) {
		if strings.HasPrefix(id, "late.") {
			t.Errorf("the replay rang %s", id)
		}
	}
	docs, err := l.Index.Revisions(ctx, copytaster.ArticleID("https://paper.example/story0"))
	if err != nil || docs[0].Generation != 1 {
		t.Errorf("the newest generation is %d: %v", docs[0].Generation, err)
	}
}
