// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/extract"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/index/elastic"
	"github.com/copytaster/copytaster/index/open"
	"github.com/copytaster/copytaster/index/sqlite"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/config"
	"github.com/copytaster/copytaster/internal/pipeline"
	"github.com/copytaster/copytaster/internal/querytest"
)

// benchBatch is how many articles the index stage takes at once when it has much
// to do.
const benchBatch = 100

func benchCmd(g *globals) *cobra.Command {
	c := &cobra.Command{Use: "bench", Short: "Measure this machine"}
	c.AddCommand(benchIndexCmd(g))
	return c
}

func benchIndexCmd(g *globals) *cobra.Command {
	n := 2000
	c := &cobra.Command{
		Use:   "index",
		Short: "Measure how fast articles are indexed, and what that costs over bare writes",
		Long: "Writes generated articles of about 500 words to a scratch SQLite file beside the data and, where\n" +
			"index.url is set, to scratch indices of that cluster: bare, with what the program adds, and through\n" +
			"the index stage with its queue. Everything is removed again.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if n < 1 || n > 1_000_000 {
				return usage(fmt.Errorf("--articles %d: 1 to 1000000 are possible", n))
			}
			cfg, err := g.load()
			if err != nil {
				return err
			}
			found, err := benchAll(cmd.Context(), cfg, querytest.Newsroom(n))
			if err != nil {
				return fmt.Errorf("bench index: %w", err)
			}
			return printBench(cmd.OutOrStdout(), found, g.json)
		},
	}
	c.Flags().IntVar(&n, "articles", n, "how many to write each way")
	return c
}

// benched is what was measured of one backend, in articles a second.
type benched struct {
	Backend    string  `json:"backend"`
	Articles   int     `json:"articles"`
	Bare       float64 `json:"bare_per_second"`
	Put        float64 `json:"put_per_second"`
	Stage      float64 `json:"stage_per_second"`
	PutRatio   float64 `json:"put_ratio"`
	StageRatio float64 `json:"stage_ratio"`
}

func printBench(w io.Writer, found []benched, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(found)
	}
	p := newPrinter(w)
	p.line("%-14s %9s %12s %12s %18s %18s", "backend", "articles", "bare/s", "put/s", "put : bare", "stage : bare")
	for _, b := range found {
		p.line("%-14s %9d %12.0f %12.0f %18.2f %8.0f/s %7.2f", b.Backend, b.Articles, b.Bare, b.Put, b.PutRatio, b.Stage, b.StageRatio)
	}
	return p.err
}

// benchAll measures SQLite and, where one is configured, Elasticsearch.
func benchAll(ctx context.Context, cfg *config.Config, docs []*copytaster.Document) (found []benched, err error) {
	if err := os.MkdirAll(cfg.DataDir, 0o755); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(cfg.DataDir, "bench-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	b := bench{dir: dir, docs: docs}
	file, err := b.file(ctx)
	if err != nil {
		return nil, err
	}
	o, ok, err := indexOptions(cfg).Cluster()
	if err != nil || !ok {
		return []benched{file}, err
	}
	cluster, err := b.cluster(ctx, o)
	return []benched{file, cluster}, err
}

// bench writes documents to scratch backends.
type bench struct {
	dir  string
	docs []*copytaster.Document
}

func (b bench) file(ctx context.Context) (benched, error) {
	c, err := sqlite.Bench(ctx, b.dir, b.docs, benchBatch)
	if err != nil {
		return benched{}, err
	}
	x, err := sqlite.Open(ctx, filepath.Join(b.dir, "stage.db"))
	if err != nil {
		return benched{}, err
	}
	took, err := b.stage(ctx, x)
	return b.result("SQLite", c, took), errors.Join(err, x.Close())
}

func (b bench) cluster(ctx context.Context, o elastic.Options) (benched, error) {
	c, err := elastic.Bench(ctx, o, b.docs, benchBatch)
	if err != nil {
		return benched{}, err
	}
	x, remove, err := elastic.Scratch(ctx, o)
	if err != nil {
		return benched{}, err
	}
	took, err := b.stage(ctx, x)
	return b.result("Elasticsearch", c, took), errors.Join(err, remove())
}

func (b bench) result(backend string, c index.Comparison, stage time.Duration) benched {
	rate := func(d time.Duration) float64 { return float64(len(b.docs)) / max(d, 1).Seconds() }
	return benched{Backend: backend, Articles: len(b.docs), Bare: rate(c.Bare), Put: rate(c.Put), Stage: rate(stage),
		PutRatio: c.Ratio(), StageRatio: c.Bare.Seconds() / max(stage, 1).Seconds()}
}

// stage queues the documents and times the index stage until it has settled the
// last of them: written, told the ledger, acknowledged.
func (b bench) stage(ctx context.Context, x open.Index) (took time.Duration, err error) {
	dir, err := os.MkdirTemp(b.dir, "queue-")
	if err != nil {
		return 0, err
	}
	done, settled := make(chan struct{}), atomic.Int64{}
	q, err := bus.Open(ctx, bus.Options{Dir: dir, Logger: slog.New(slog.DiscardHandler), Observe: func(o bus.Observation) {
		if o.Stage == "index" && o.State == copytaster.StateIndexed && settled.Add(1) == int64(len(b.docs)) {
			close(done)
		}
	}})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, q.Close()) }()
	if err := queue(ctx, q, b.docs); err != nil {
		return 0, err
	}
	gaz, err := extract.Builtin()
	if err != nil {
		return 0, err
	}
	l, err := pipeline.New(ctx, pipeline.Options{Bus: q, Index: x, Tagger: extract.NewTagger(gaz), Names: gaz.Resolve})
	if err != nil {
		return 0, err
	}
	return runUntil(ctx, l, done)
}

// queue puts documents on the line as the extract stage does.
func queue(ctx context.Context, q *bus.Bus, docs []*copytaster.Document) error {
	outs := make([]bus.Out, len(docs))
	for i, d := range docs {
		data, err := json.Marshal(d)
		if err != nil {
			return err
		}
		outs[i] = bus.Out{Subject: bus.DocumentSubject(d.ID), ID: d.ID, Data: data,
			Header: map[string]string{bus.HeaderSchema: copytaster.SchemaDocument, bus.HeaderURL: d.URL}}
	}
	return errors.Join(q.PublishBatch(ctx, outs)...)
}

// runUntil runs the index stage until done is closed and returns how long that
// took.
func runUntil(ctx context.Context, l *pipeline.Line, done <-chan struct{}) (time.Duration, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, 1)
	began := time.Now()
	go func() { ended <- l.Run(ctx, "index") }()
	select {
	case <-done:
		took := time.Since(began)
		cancel()
		return took, <-ended
	case err := <-ended:
		return 0, errors.Join(err, ctx.Err())
	}
}
