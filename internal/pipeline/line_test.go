// SPDX-License-Identifier: Apache-2.0

package pipeline_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/extract"
	"github.com/copytaster/copytaster/index/open"
	"github.com/copytaster/copytaster/ingest"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/demo"
	"github.com/copytaster/copytaster/internal/pipeline"
)

// The test binary plays two more parts: the process that reads PDFs, and the
// line that the crash test kills.
func TestMain(m *testing.M) {
	switch {
	case len(os.Args) > 1 && os.Args[1] == "pdf-worker":
		if err := ingest.PDFWorker(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	case os.Getenv(crashDir) != "":
		os.Exit(crashChild())
	case os.Getenv(memberVar) != "":
		os.Exit(memberChild())
	}
	os.Exit(m.Run())
}

// world is what the line reaches: a site and a receiver of alerts.
type world struct {
	dir, site, hook string
	press           bool          // the site has a press
	every           time.Duration // between polls of a source
	bus             bus.Options   // what differs from the delivered settings
	index           open.Options  // without a URL SQLite in the folder
	fetcher         pipeline.Fetcher
	channels        map[string]alert.Channel
	lists           pipeline.Lists
}

func watches() []copytaster.Watch {
	return []copytaster.Watch{
		{Name: "atos", Query: "supplier:atos"},
		{Name: "maximus", Query: "supplier:maximus"},
		{Name: "bypass", Query: "bypass"},
	}
}

// openLine opens a line on a folder, wired like the program's, and returns what
// closes it.
func openLine(ctx context.Context, w world) (l *pipeline.Line, done func() error, err error) {
	if err := os.MkdirAll(w.dir, 0o755); err != nil {
		return nil, nil, err
	}
	gaz, err := extract.Builtin()
	if err != nil {
		return nil, nil, err
	}
	o := w.bus
	o.Dir, o.Logger = filepath.Join(w.dir, "bus"), slog.New(slog.DiscardHandler)
	if o.Delays == nil {
		o.Delays = []time.Duration{20 * time.Millisecond, 50 * time.Millisecond, 100 * time.Millisecond, 200 * time.Millisecond, time.Second, time.Second, time.Second}
	}
	if o.AckWait == 0 {
		o.AckWait, o.PinnedTTL = time.Second, time.Second // what a killed line held comes again soon
	}
	b, err := bus.Open(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	if w.index.URL == "" {
		w.index.Dir = w.dir
	}
	ix, err := open.Open(ctx, w.index)
	if err != nil {
		return nil, nil, err
	}
	archive, err := ingest.OpenArchive(filepath.Join(w.dir, "archive"), ingest.ArchiveOptions{})
	if err != nil {
		return nil, nil, err
	}
	client := ingest.NewClient(ingest.ClientOptions{PerHost: time.Millisecond, AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	sources, err := w.sources(client)
	if err != nil {
		return nil, nil, err
	}
	po := pipeline.Options{Bus: b, Index: ix, Tagger: extract.NewTagger(gaz), Names: gaz.Resolve, Sources: sources, Watches: watches(), Channels: w.channels, Fetcher: w.fetcher, Lists: w.lists, Archive: archive}
	if po.Fetcher == nil {
		po.Fetcher = ingest.NewFetcher(ingest.FetcherOptions{Client: client, Archive: archive, PDFCommand: []string{os.Args[0], "pdf-worker"}})
	}
	if w.hook != "" {
		hook, err := alert.NewChannel(alert.ChannelConfig{Name: "desk", Kind: "webhook", URL: w.hook, AllowPrivate: true}, alert.Deps{})
		if err != nil {
			return nil, nil, err
		}
		po.Channels = map[string]alert.Channel{"desk": hook}
	}
	l, err = pipeline.New(ctx, po)
	return l, func() error {
		client.CloseIdle()
		for _, c := range []func() error{archive.Close, ix.Close, b.Close} {
			if err := c(); err != nil {
				return err
			}
		}
		return nil
	}, err
}

func (w world) sources(client *ingest.Client) ([]pipeline.Source, error) {
	if w.site == "" {
		return nil, nil
	}
	var all []pipeline.Source
	listings := (&demo.Site{Base: w.site}).Sources()
	if w.press {
		listings = append(listings, demo.Source{Name: "press", Kind: "feed", URL: w.site + "/press/rss.xml"})
	}
	for _, s := range listings {
		c := ingest.SourceConfig{Name: s.Name, Kind: s.Kind, URL: s.URL, Every: w.every, Country: "GB"}
		src, err := ingest.NewSource(c, client)
		if err != nil {
			return nil, err
		}
		all = append(all, pipeline.Source{Config: c, Source: src})
	}
	return all, nil
}

// startLine runs stages of a line for the time of a test.
func startLine(t *testing.T, w world, stages ...string) *pipeline.Line {
	t.Helper()
	if w.dir == "" {
		w.dir = t.TempDir()
	}
	l, done, err := openLine(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ran := make(chan error, 1)
	go func() { ran <- l.Run(ctx, stages...) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ran; err != nil {
			t.Errorf("the line ended with: %v", err)
		}
		if err := done(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return l
}

// serveSite serves the bundled web.
func serveSite(t *testing.T) *demo.Site {
	t.Helper()
	site, err := demo.NewSite()
	if err != nil {
		t.Fatal(err)
	}
	return serveBeside(t, site, site)
}

// serveBeside serves a handler that the bundled web is part of.
func serveBeside(t *testing.T, site *demo.Site, h http.Handler) *demo.Site {
	t.Helper()
	srv := httptest.NewUnstartedServer(h)
	site.Base = "http://" + srv.Listener.Addr().String() // before the first request can read it
	srv.Start()
	t.Cleanup(srv.Close)
	return site
}

// inbox is a receiver of webhooks that keeps the ids it was sent.
type inbox struct {
	mu  sync.Mutex
	ids map[string]int
}

func serveInbox(t *testing.T) (*inbox, string) {
	t.Helper()
	in := &inbox{ids: map[string]int{}}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		in.mu.Lock()
		defer in.mu.Unlock()
		in.ids[r.Header.Get("Webhook-Id")]++
	}))
	t.Cleanup(srv.Close)
	return in, srv.URL
}

func (in *inbox) received() map[string]int {
	in.mu.Lock()
	defer in.mu.Unlock()
	out := map[string]int{}
	for k, v := range in.ids {
		out[k] = v
	}
	return out
}

func within(t *testing.T, d time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

// alertsIn reads every alert that stands in the stream.
func alertsIn(t *testing.T, l *pipeline.Line) map[string]int {
	t.Helper()
	st, err := l.Bus.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := uint64(0)
	for _, s := range st.Streams {
		if s.Name == bus.Alerts {
			want = s.Messages
		}
	}
	ids := map[string]int{}
	if want == 0 {
		return ids
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	n := uint64(0)
	err = l.Bus.Tail(ctx, bus.Alerts, 1, func(m bus.Message) {
		var a copytaster.Alert
		if err := json.Unmarshal(m.Data, &a); err != nil {
			t.Errorf("alert: %v", err)
		}
		ids[a.ID]++
		if n++; n == want {
			cancel()
		}
	})
	if n != want {
		t.Fatalf("read %d of %d alerts: %v", n, want, err)
	}
	return ids
}

// tally counts URLs by state.
func tally(t *testing.T, l *pipeline.Line) map[copytaster.State]int {
	t.Helper()
	counts, err := l.Index.Tally(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := map[copytaster.State]int{}
	for _, c := range counts {
		out[c.State] += c.N
	}
	return out
}

// find searches and returns the URLs of the hits.
func find(t *testing.T, l *pipeline.Line, query string) []string {
	t.Helper()
	q, _, err := l.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	var urls []string
	page := indexPage()
	for {
		res, err := l.Index.Search(t.Context(), q, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range res.Hits {
			urls = append(urls, h.Document.URL)
		}
		if page.After = res.Next; page.After == "" {
			return urls
		}
	}
}
