// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

var errLost = errors.New("connection lost")

// failing is a newsroom whose parts do not answer; after is how many searches
// still do.
type failing struct {
	*newsroom
	after int
}

func (f *failing) Search(ctx context.Context, q copytaster.Query, p index.Page) (*index.Results, error) {
	if f.after--; f.after < 0 {
		return nil, errLost
	}
	return f.index.Search(ctx, q, p)
}

func (f *failing) Get(ctx context.Context, id string) (*copytaster.Document, error) {
	return f.index.Get(ctx, id)
}
func (f *failing) Revisions(context.Context, string) ([]*copytaster.Document, error) {
	return nil, errLost
}
func (f *failing) ListWatches(context.Context) ([]copytaster.Watch, error) { return nil, errLost }
func (f *failing) Tally(context.Context) ([]index.Count, error)            { return nil, errLost }
func (f *failing) Why(context.Context, string) (*copytaster.Entry, error)  { return nil, errLost }
func (f *failing) Add(context.Context, []string) ([]string, error)         { return nil, errLost }
func (f *failing) Entries(context.Context, copytaster.State, string, int) ([]*copytaster.Entry, error) {
	return nil, errLost
}

// breakDown gives the newsroom parts that fail.
func breakDown(n *newsroom, searches int) {
	f := &failing{n, searches}
	n.handler, _ = New(Options{Index: f, Ledger: f, Explainer: f, Watches: f, Adder: f, Now: now, Zone: time.UTC,
		Sources: func(context.Context) ([]Source, error) { return nil, errLost },
		Status:  func(context.Context) (Status, error) { return Status{}, errLost }})
}

func TestPartsThatDoNotAnswerAreErrorsNotEmptyPages(t *testing.T) {
	n := newNewsroom(t, testArticle(1))
	breakDown(n, 0)
	for _, target := range []string{"/", "/search?q=unions", "/article/" + testArticle(1).ID, "/watches", "/watches?q=unions", "/sources", "/ledger", "/ledger?state=dead",
		"/api/v1/search", "/api/v1/articles/" + testArticle(1).ID + "/revisions", "/api/v1/tally", "/api/v1/why?url=x", "/api/v1/watches", "/api/v1/sources"} {
		if status, page := n.get(target); status != http.StatusInternalServerError || !strings.Contains(page, errLost.Error()) {
			t.Errorf("%s: status %d: %s", target, status, mainPart(page))
		}
	}
	if status, page := read(t, n.post("/add", url.Values{"url": {"https://news.example"}})); status != http.StatusBadRequest || !strings.Contains(page, errLost.Error()) {
		t.Errorf("add: status %d", status)
	}
}

func TestMetricsTellWhichPartDoesNotAnswer(t *testing.T) {
	n := newNewsroom(t)
	breakDown(n, 0)
	_, text := n.get("/metrics")
	for _, part := range []string{"index", "ledger", "bus", "sources"} {
		if !strings.Contains(text, `copytaster_up{part="`+part+`"} 0`) {
			t.Errorf("%s is not told:\n%s", part, text)
		}
	}
	if strings.Contains(text, "copytaster_urls") {
		t.Error("a ledger that does not answer is counted as empty")
	}
}

func TestLedgerShowsABusThatDoesNotAnswer(t *testing.T) {
	n := newNewsroom(t)
	n.handler, _ = New(Options{Index: n.index, Ledger: n.index, Now: now, Zone: time.UTC,
		Status: func(context.Context) (Status, error) { return Status{}, errLost }})
	status, page := n.get("/ledger")
	if status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	wants(t, page, `role="alert">connection lost`)
}

func TestAnExportThatFailsIsNotTakenForTheWhole(t *testing.T) {
	var docs []*copytaster.Document
	for i := range exportPage + 1 {
		docs = append(docs, testArticle(i+1))
	}
	n := newNewsroom(t, docs...)
	breakDown(n, 1)
	srv := httptest.NewServer(n.handler)
	defer srv.Close()
	resp, err := http.Get(srv.URL + "/api/v1/export")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if _, err := resp.Body.Read(make([]byte, 1)); err != nil {
		t.Fatalf("nothing came: %v", err)
	}
	var total int
	for buf := make([]byte, 64<<10); err == nil; {
		var got int
		got, err = resp.Body.Read(buf)
		total += got
	}
	if errors.Is(err, io.EOF) {
		t.Errorf("the export ended in peace after %d bytes", total)
	}
}
