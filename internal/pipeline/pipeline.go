// SPDX-License-Identifier: Apache-2.0

// Package pipeline joins the bus and the domain: one short handler per stage.
// A stage takes a batch from a stream, calls a function, publishes what came of
// it, and returns one error per message; the bus alone acknowledges.
package pipeline

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/ingest"
	"github.com/copytaster/copytaster/internal/bus"
)

// Index is what the line needs of a backend.
type Index interface {
	index.Backend
	index.Store
	index.Ledger
}

// Fetcher turns a link into an article: see ingest.Fetcher.
type Fetcher interface {
	Fetch(ctx context.Context, l ingest.Link) (*ingest.Fetched, error)
}

// Tagger fills in what is found in a document: see extract.Tagger. It must be
// deterministic and safe for concurrent use.
type Tagger interface {
	Tag(d *copytaster.Document)
	Revision() string
}

// Source is a configured source with its poller.
type Source struct {
	Config ingest.SourceConfig
	Source ingest.Source
}

// Options are the parts of a line.
type Options struct {
	Bus      *bus.Bus
	Index    Index
	Fetcher  Fetcher
	Tagger   Tagger
	Names    alert.Names // resolves names in watches to gazetteer ids
	Lists    Lists       // makes Tagger and Names, which may then be nil, from lists that can change
	Sources  []Source
	Watches  []copytaster.Watch       // those of the configuration, read-only
	Channels map[string]alert.Channel // by name
	Archive  Archive                  // what a takedown blanks; nil if nothing is archived
	Sites    *Sites                   // what the fetcher strips by; nil learns nothing
	Log      *slog.Logger
	Now      func() time.Time // UTC; time.Now by default
}

// Line is the running pipeline. Its methods are safe for concurrent use.
type Line struct {
	Options
	matcher  atomic.Pointer[alert.Matcher]
	changing sync.Mutex // held while the setup is replaced
	matching sync.Mutex // held while the matcher is made and replaced
	now      atomic.Pointer[setup]
	wake     chan struct{} // discover: look at the schedule now
	rewire   chan struct{} // notify: look at the channels now
	id       string        // of this process, in leases
}

// New returns a line with its watches loaded from the configuration and the bus.
func New(ctx context.Context, o Options) (*Line, error) {
	if o.Now == nil {
		o.Now = func() time.Time { return time.Now().UTC() }
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	l := &Line{Options: o, wake: make(chan struct{}, 1), rewire: make(chan struct{}, 1), id: rand.Text()}
	if err := l.begin(ctx); err != nil {
		return nil, err
	}
	return l, nil
}

// stage is one moving part: a name that can be given to Run and the work that
// goes on until ctx is done.
type stage struct {
	name   string
	run    func(*Line, context.Context) error
	upkeep bool // its processes keep the streams in order too, see bus.Maintain
}

// stages is the one table of moving parts, in the order of an article's story.
func stages() []stage {
	return []stage{
		{name: "discover", run: (*Line).discover},
		{name: "fetch", run: (*Line).fetch},
		{name: "extract", run: (*Line).extract},
		{name: "index", run: (*Line).index, upkeep: true},
		{name: "alert", run: (*Line).alert},
		{name: "notify", run: (*Line).notify},
		{name: "serve", run: (*Line).serve},
	}
}

// StageNames lists the stages in the order of an article's story.
func StageNames() []string {
	var names []string
	for _, s := range stages() {
		names = append(names, s.name)
	}
	return names
}

// Run runs the named stages, all of them if none is named, until ctx is done and
// what was in flight is finished. The first failure stops the others.
func (l *Line) Run(ctx context.Context, names ...string) error {
	for _, n := range names {
		if !slices.Contains(StageNames(), n) {
			return fmt.Errorf("unknown stage %q: the stages are %v", n, StageNames())
		}
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return l.followWatches(ctx) })
	g.Go(func() error { return l.followDecisions(ctx) })
	for _, s := range stages() {
		if len(names) > 0 && !slices.Contains(names, s.name) {
			continue
		}
		if s.upkeep {
			g.Go(func() error { return l.Bus.Maintain(ctx) })
		}
		g.Go(func() error {
			if err := s.run(l, ctx); err != nil && ctx.Err() == nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
			return nil
		})
	}
	return g.Wait()
}

// serve stands for the pages, which the caller serves: a process that runs this
// stage alone does no other work of the line.
func (l *Line) serve(ctx context.Context) error {
	<-ctx.Done()
	return nil
}
