// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/config"
	"github.com/copytaster/copytaster/internal/contracts"
	"github.com/copytaster/copytaster/internal/pipeline"
	"github.com/copytaster/copytaster/internal/web"
)

// servePages serves a handler until ctx is done, and follows the live documents
// beside it where it shows them.
func servePages(ctx context.Context, ln net.Listener, h http.Handler, follow func(context.Context) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return serveUntil(ctx, ln, h) })
	if follow != nil {
		g.Go(func() error { return follow(ctx) })
	}
	return g.Wait()
}

// paged reports whether a process with these stages serves the pages.
func paged(stages []string) bool { return len(stages) == 0 || slices.Contains(stages, "serve") }

// probes leaves of the pages what a machine asks for.
func probes(h http.Handler) http.Handler {
	mux := http.NewServeMux()
	for _, path := range []string{"GET /healthz", "GET /readyz", "GET /metrics"} {
		mux.Handle(path, h)
	}
	return mux
}

func newPages(cfg *config.Config, h *holding, log *slog.Logger) (http.Handler, func(context.Context) error) {
	l := h.Line
	return web.New(web.Options{
		Index: l.Index, Ledger: l.Index, Explainer: l, Watches: l, Adder: adder{l}, Live: l, Reviewer: l,
		Sources:  func(ctx context.Context) ([]web.Source, error) { return sourcesOf(ctx, l) },
		Status:   func(ctx context.Context) (web.Status, error) { return statusOf(ctx, l) },
		Ready:    func(ctx context.Context) error { return ready(ctx, l) },
		Names:    l.Names,
		Identify: func() (contracts.Identify, error) { return identify(cfg) },
		Metrics:  h.meters.registry,
		CheckUse: alert.CheckWatch,
		Hosts:    cfg.Web.AllowHosts,
		Log:      log,
		Version:  version(),
	})
}

// ready reports whether the line can take copy in: the bus is healthy and the
// index answers.
func ready(ctx context.Context, l *pipeline.Line) error {
	if err := l.Bus.Ready(ctx); err != nil {
		return fmt.Errorf("bus: %w", err)
	}
	if _, err := l.Index.Search(ctx, copytaster.Query{}, index.Page{Size: 1}); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	return nil
}

// adder lets the pages add what a browser may ask for: never a file of this
// machine.
type adder struct{ line *pipeline.Line }

// Add implements web.Adder.
func (a adder) Add(ctx context.Context, inputs []string) ([]string, error) {
	for _, in := range inputs {
		if !strings.HasPrefix(in, "http://") && !strings.HasPrefix(in, "https://") {
			return nil, fmt.Errorf("%w: add %s: the pages take http and https addresses only", pipeline.ErrUsage, in)
		}
	}
	return a.line.Add(ctx, inputs)
}

func sourcesOf(ctx context.Context, l *pipeline.Line) ([]web.Source, error) {
	all, err := l.SourceStatuses(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]web.Source, len(all))
	for i, s := range all {
		out[i] = web.Source{Name: s.Config.Name, Kind: s.Config.Kind, URL: s.Config.URL, LastPoll: s.History.LastPoll,
			LastItem: s.History.LastItem, Next: s.Next, Failures: s.History.Failures, Problem: s.History.LastError, Paused: s.Config.Paused,
			Confidence: s.Stripping.Lately, Broken: s.Stripping.Broken()}
	}
	return out, nil
}

func statusOf(ctx context.Context, l *pipeline.Line) (web.Status, error) {
	st, err := l.Bus.Levels(ctx)
	if err != nil {
		return web.Status{}, err
	}
	out := web.Status{Problem: st.Problem, Dead: st.Dead, DiskFree: st.DiskFree}
	at := map[string]int{} // the shards of a stage are one row
	for _, c := range st.Consumers {
		if c.Stage == "" {
			continue // the bus's own
		}
		i, ok := at[c.Stage]
		if !ok {
			i = len(out.Stages)
			at[c.Stage] = i
			out.Stages = append(out.Stages, web.StageStatus{Name: c.Stage})
		}
		out.Stages[i].Pending += c.Pending
		out.Stages[i].InFlight += c.AckPending
		out.Stages[i].Redelivered += c.Redelivered
	}
	for _, s := range st.Streams {
		out.Streams = append(out.Streams, web.StreamStatus{Name: s.Name, Messages: s.Messages, Bytes: s.Bytes, MaxBytes: s.MaxBytes})
	}
	return out, nil
}
