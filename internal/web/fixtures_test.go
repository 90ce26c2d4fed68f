// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/index/sqlite"
	"github.com/govalues/decimal"
)

// now is the clock of every test: the desk's hour.
func now() time.Time { return time.Date(2014, 3, 27, 6, 40, 0, 0, time.UTC) }

// newsroom is a server with real parts, but for the line: watches, live copy and
// sources are kept in memory.
type newsroom struct {
	t       testing.TB
	index   *sqlite.Index
	handler http.Handler
	hub     *hub
	live    chan *copytaster.Document
	mu      sync.Mutex
	saved   []copytaster.Watch
	added   []string
	decided []copytaster.Decision
	ready   error
}

func newNewsroom(t testing.TB, docs ...*copytaster.Document) *newsroom {
	t.Helper()
	backend, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = backend.Close() })
	n := &newsroom{t: t, index: backend, live: make(chan *copytaster.Document)}
	n.saved = []copytaster.Watch{{Name: "configured", Query: "supplier:atos", ReadOnly: true, Channels: []string{"desk"}}}
	n.put(docs...)
	s := newServer(Options{
		Index: backend, Ledger: backend, Explainer: n, Watches: n, Adder: n, Live: n, Reviewer: n, Identify: identifiers,
		Sources: n.sources, Status: n.status, Ready: func(context.Context) error { return n.ready },
		Names: names, Hosts: []string{"taster.example"}, Now: now, Zone: time.UTC, Version: "1.2.3",
	})
	n.handler, n.hub = s.guard(s.routes()), s.hub
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = s.follow(ctx) }()
	t.Cleanup(func() { cancel(); <-done })
	return n
}

func (n *newsroom) put(docs ...*copytaster.Document) {
	n.t.Helper()
	for i, err := range n.index.Put(context.Background(), docs) {
		if err != nil {
			n.t.Fatalf("document %d: %v", i, err)
		}
	}
}

func names(_ copytaster.Role, name string) []string {
	return map[string][]string{"atos": {"atos"}, "dwp": {"dwp"}}[strings.ToLower(name)]
}

func (n *newsroom) Follow(ctx context.Context, each func(*copytaster.Document)) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case d := <-n.live:
			each(d)
		}
	}
}

func (n *newsroom) ListWatches(context.Context) ([]copytaster.Watch, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.saved), nil
}

func (n *newsroom) AddWatch(_ context.Context, w copytaster.Watch) error {
	if w.Name == "" {
		return errors.New("a name is 1 to 64 of a-z, 0-9 and -")
	}
	if _, err := copytaster.ParseQuery(w.Query); err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.saved = append(n.saved, w)
	return nil
}

func (n *newsroom) RemoveWatch(_ context.Context, name string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	at := slices.IndexFunc(n.saved, func(w copytaster.Watch) bool { return w.Name == name })
	if at < 0 || n.saved[at].ReadOnly {
		return errors.New("this watch stands in the configuration file; change it there")
	}
	n.saved = slices.Delete(n.saved, at, at+1)
	return nil
}

func (n *newsroom) Add(_ context.Context, inputs []string) ([]string, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.added = append(n.added, inputs...)
	return inputs, nil
}

func (n *newsroom) Why(ctx context.Context, u string) (*copytaster.Entry, error) {
	return n.index.Lookup(ctx, u)
}

func (n *newsroom) Rang(context.Context, string) ([]string, error) {
	return []string{"configured"}, nil
}

func (n *newsroom) sources(context.Context) ([]Source, error) {
	return []Source{
		{Name: "guardian", Kind: "feed", LastPoll: now().Add(-time.Minute), LastItem: now().Add(-time.Hour), Next: now().Add(time.Minute)},
		{Name: "silent", Kind: "sitemap", Failures: 3, Problem: "503 from <b>news.example</b>", LastPoll: now()},
		{Name: "resting", Kind: "folder", Paused: true},
	}, nil
}

func (n *newsroom) status(context.Context) (Status, error) {
	return Status{Stages: []StageStatus{{Name: "fetch", Pending: 12, InFlight: 2}, {Name: "index"}, {Pending: 9}},
		Streams: []StreamStatus{{Name: "ARTICLES", Messages: 5, Bytes: 500, MaxBytes: 1000}}, Dead: 1, DiskFree: 1 << 30}, nil
}

// do sends a request as a browser on the same machine does.
func (n *newsroom) do(method, target string, body io.Reader, header ...string) *http.Response {
	n.t.Helper()
	r := httptest.NewRequest(method, target, body)
	r.Host = "localhost:8080"
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	n.handler.ServeHTTP(w, r)
	return w.Result()
}

// get returns the status and the body of a page.
func (n *newsroom) get(target string) (int, string) {
	n.t.Helper()
	return read(n.t, n.do("GET", target, nil))
}

// post sends a form as our own page does.
func (n *newsroom) post(target string, values url.Values) *http.Response {
	n.t.Helper()
	return n.do("POST", target, strings.NewReader(values.Encode()),
		"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
}

func read(t testing.TB, resp *http.Response) (int, string) {
	t.Helper()
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

// wants fails for each string that a page lacks.
func wants(t *testing.T, page string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(page, p) {
			t.Errorf("the page lacks %q:\n%s", p, mainPart(page))
		}
	}
}

// mainPart is the part of a page that differs from page to page.
func mainPart(page string) string {
	_, after, ok := strings.Cut(page, "<main")
	if !ok {
		return page
	}
	return "<main" + after
}

const storyText = "Ministers are reviewing a deal worth more than £500m with Atos, the assessor of disability benefits.\n\n" +
	"The Department for Work and Pensions declined to comment. Unions welcomed the move."

// testArticle is a document about one contract; n tells several apart.
func testArticle(n int) *copytaster.Document {
	first, _, _ := strings.Cut(storyText, "\n\n")
	amount := decimal.MustNew(500000000, 0)
	money := copytaster.Money{Span: spanOf("£500m"), Surface: "£500m", Min: &amount, Currency: "GBP", Bound: copytaster.BoundMoreThan, Zone: copytaster.ZoneBody}
	u := fmt.Sprintf("https://www.news.example/politics/%d", n)
	d := &copytaster.Document{
		Article: copytaster.Article{
			ID: copytaster.ArticleID(u), URL: u, Canonical: u, Sources: []string{"guardian"}, Kind: copytaster.KindNews,
			Title: fmt.Sprintf("Benefits assessor may lose its contract (%d)", n), Byline: []string{"A. Reporter"}, Section: "Politics", Language: "en-GB",
			Published: copytaster.Date{Time: now().Add(-time.Duration(n) * time.Hour), Precision: copytaster.PrecisionTime, Origin: copytaster.OriginJSONLD},
			Fetched:   now().Add(-time.Duration(n) * time.Minute), Text: storyText, Hash: fmt.Sprint("h", n),
			Asides: []copytaster.Aside{{Zone: copytaster.ZoneComment, Author: "reader", Text: "Atos again. About time.", At: len(storyText),
				Mentions: []copytaster.Mention{{Span: copytaster.Span{Start: 0, End: 4}, Party: copytaster.Party{Entity: "atos", Name: "Atos"}, Surface: "Atos", Role: copytaster.RoleSupplier, Zone: copytaster.ZoneComment, Score: 1}}}},
		},
		Mentions: []copytaster.Mention{
			{Span: spanOf("Atos"), Party: copytaster.Party{Entity: "atos", Name: "Atos"}, Surface: "Atos", Role: copytaster.RoleSupplier, Zone: copytaster.ZoneBody, Score: 1},
			{Span: spanOf("Department for Work and Pensions"), Party: copytaster.Party{Entity: "dwp", Name: "Department for Work and Pensions"}, Surface: "Department for Work and Pensions", Role: copytaster.RoleBuyer, Zone: copytaster.ZoneBody, Score: 1},
		},
		Money:     []copytaster.Money{money},
		Sentences: []copytaster.Span{spanOf(first), spanOf("The Department for Work and Pensions declined to comment."), spanOf("Unions welcomed the move.")},
	}
	d.Contracts = []copytaster.Contract{{Suppliers: []copytaster.Party{d.Mentions[0].Party}, Buyer: d.Mentions[1].Party, Subject: "disability benefit assessments",
		Values: []copytaster.Money{money}, Status: copytaster.StatusUnderReview, Evidence: []copytaster.Span{spanOf(first)}, Score: 0.9,
		End: copytaster.Date{Time: time.Date(2031, 3, 1, 0, 0, 0, 0, time.UTC), Precision: copytaster.PrecisionMonth, Origin: copytaster.OriginText}}}
	return d
}

func spanOf(part string) copytaster.Span {
	at := strings.Index(storyText, part)
	return copytaster.Span{Start: at, End: at + len(part)}
}

// outcome notes what became of a URL.
func (n *newsroom) outcome(o copytaster.Outcome) {
	n.t.Helper()
	for _, err := range n.index.Record(context.Background(), []copytaster.Outcome{o}) {
		if err != nil {
			n.t.Fatal(err)
		}
	}
}

var _ index.Ledger = (*sqlite.Index)(nil)
