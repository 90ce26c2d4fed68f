// SPDX-License-Identifier: Apache-2.0

// Package web serves the newsroom's pages, the JSON API, health and metrics.
// The pages are rendered here and work without JavaScript; scripts and styles
// are embedded. There is no login: the handler answers only to the host names
// that it is told, and refuses writes from other origins.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/contracts"
	"github.com/prometheus/client_golang/prometheus"
)

// Searcher finds articles: every index backend is one.
type Searcher interface {
	Search(ctx context.Context, q copytaster.Query, p index.Page) (*index.Results, error)
	Get(ctx context.Context, id string) (*copytaster.Document, error)
	Revisions(ctx context.Context, id string) ([]*copytaster.Document, error)
}

// Ledger counts and lists what became of URLs: see index.Ledger.
type Ledger interface {
	Tally(ctx context.Context) ([]index.Count, error)
	Entries(ctx context.Context, state copytaster.State, after string, limit int) ([]*copytaster.Entry, error)
}

// Explainer tells what became of one URL, and which watches an article rang. An
// unknown URL is index.ErrNotFound.
type Explainer interface {
	Why(ctx context.Context, url string) (*copytaster.Entry, error)
	Rang(ctx context.Context, id string) ([]string, error)
}

// Watches keeps the watches. AddWatch also changes one; a watch of the
// configuration file is read-only and an error.
type Watches interface {
	ListWatches(ctx context.Context) ([]copytaster.Watch, error)
	AddWatch(ctx context.Context, w copytaster.Watch) error
	RemoveWatch(ctx context.Context, name string) error
}

// Adder takes in URLs by hand and returns those under which the ledger knows
// them. It returns when they are on the line, not when they are searchable.
type Adder interface {
	Add(ctx context.Context, inputs []string) (urls []string, err error)
}

// Live calls each with every document as it comes off the line, until ctx ends.
type Live interface {
	Follow(ctx context.Context, each func(*copytaster.Document)) error
}

// Source is how one configured source stands.
type Source struct {
	Name     string    `json:"name"`
	Kind     string    `json:"kind"`
	URL      string    `json:"url,omitempty"`
	LastPoll time.Time `json:"last_poll,omitzero"` // UTC
	LastItem time.Time `json:"last_item,omitzero"` // UTC: when it last had something new
	Next     time.Time `json:"next,omitzero"`      // UTC: when it is due again
	Failures int       `json:"failures,omitempty"` // in a row
	Problem  string    `json:"problem,omitempty"`  // of the last failure
	Paused   bool      `json:"paused,omitempty"`

	Confidence float64 `json:"confidence,omitempty"` // of stripping its last pages, 0 to 1; 0 where it has none
	Broken     bool    `json:"broken,omitempty"`     // and it has fallen: the site has probably been rebuilt
}

// Options are the parts that the pages show. Only Index is needed: a page whose
// part is nil is not served.
type Options struct {
	Index     Searcher
	Ledger    Ledger
	Explainer Explainer
	Watches   Watches
	Adder     Adder
	Reviewer  Reviewer
	Live      Live
	Sources   func(ctx context.Context) ([]Source, error)
	Status    func(ctx context.Context) (Status, error)
	Ready     func(ctx context.Context) error                        // nil: always ready
	Names     func(role copytaster.Role, name string) (ids []string) // resolves names in queries; nil for none
	Identify  func() (contracts.Identify, error)                     // reads the identifiers of the lists, for each export; nil for none
	Metrics   prometheus.Gatherer                                    // served beside those of this package; nil for none
	CheckUse  func(w copytaster.Watch) error                         // what keeps a watch from being saved: see alert.CheckWatch
	Hosts     []string                                               // names under which browsers may come, besides loopback
	Now       func() time.Time                                       // nil: time.Now
	Zone      *time.Location                                         // in which times are shown; nil: time.Local
	Log       *slog.Logger                                           // nil: none
	Version   string
}

// server answers requests. It does not change after New.
type server struct {
	Options
	pages *pages
	hub   *hub
}

// New returns the handler of the pages and the API, and a function that follows
// the live documents until its ctx ends: run it beside the server, or the wire
// does not announce new copy.
func New(o Options) (handler http.Handler, follow func(context.Context) error) {
	s := newServer(o)
	return s.guard(s.routes()), s.follow
}

func newServer(o Options) *server {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Zone == nil {
		o.Zone = time.Local
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &server{Options: o, hub: newHub()}
	s.pages = newPages(s)
	return s
}

// follow hands the live documents to the open pages until ctx ends, and ends
// their streams then, which would hold up the server's shutdown.
func (s *server) follow(ctx context.Context) error {
	defer s.hub.close()
	if s.Live == nil {
		<-ctx.Done()
		return nil
	}
	return s.Live.Follow(ctx, s.hub.publish)
}

// routes is the one table of addresses.
func (s *server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.Handle("GET /{$}", s.page(s.wire))
	mux.Handle("GET /search", s.page(s.searchPage))
	mux.Handle("GET /article/{id}", s.page(s.article))
	mux.Handle("GET /suppliers", s.page(s.suppliers))
	mux.Handle("GET /supplier/{id}", s.page(s.supplier))
	if s.Reviewer != nil {
		mux.Handle("GET /review", s.page(s.review))
		mux.Handle("POST /review", s.page(s.decide))
	}
	mux.Handle("GET /live", http.HandlerFunc(s.live))
	mux.Handle("GET /static/{file}", s.pages.static())
	mux.Handle("GET /healthz", http.HandlerFunc(s.healthz))
	mux.Handle("GET /readyz", http.HandlerFunc(s.readyz))
	mux.Handle("GET /metrics", s.metrics())
	if s.Watches != nil {
		mux.Handle("GET /watches", s.page(s.watches))
		mux.Handle("POST /watches", s.page(s.addWatch))
		mux.Handle("POST /watches/remove", s.page(s.removeWatch))
	}
	if s.Sources != nil {
		mux.Handle("GET /sources", s.page(s.sources))
	}
	if s.Ledger != nil {
		mux.Handle("GET /ledger", s.page(s.ledger))
	}
	if s.Adder != nil {
		mux.Handle("POST /add", s.page(s.add))
	}
	s.api(mux)
	mux.Handle("/", s.page(notFound))
	return mux
}
