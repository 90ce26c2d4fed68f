// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/bus"
)

// index writes documents and, beside them, the ledger.
func (l *Line) index(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	docs := bus.Consumer{Stage: "index", Stream: bus.Documents, Durable: "index", Batch: 100, Done: copytaster.StateIndexed}
	g.Go(func() error { return l.Bus.Consume(ctx, docs, l.indexBatch) })
	ledger := bus.Consumer{Stage: "ledger", Stream: bus.Ledger, Durable: "ledger", Batch: 500}
	g.Go(func() error { return l.Bus.Consume(ctx, ledger, l.ledgerBatch) })
	return g.Wait()
}

func (l *Line) indexBatch(ctx context.Context, batch []bus.Message) []error {
	return batched(batch, func(i int, d *copytaster.Document) { note(&batch[i], &d.Article) },
		func(docs []*copytaster.Document) []error { return l.putAll(ctx, docs) })
}

// putAll writes documents. What was taken down while that took long is deleted
// again.
func (l *Line) putAll(ctx context.Context, docs []*copytaster.Document) []error {
	started := time.Now()
	errs := l.Index.Put(ctx, docs)
	if len(errs) != len(docs) {
		return errs
	}
	for i, d := range docs {
		if errs[i] != nil {
			continue
		}
		if errs[i] = l.refuseLate(ctx, started, d.URL); copytaster.ClassOf(errs[i]) == copytaster.ClassSkip {
			if err := l.erase(ctx, d.ID); err != nil {
				errs[i] = err
			}
		}
	}
	return errs
}

func (l *Line) ledgerBatch(ctx context.Context, batch []bus.Message) []error {
	return batched(batch, func(int, *copytaster.Outcome) {}, func(outcomes []*copytaster.Outcome) []error {
		flat := make([]copytaster.Outcome, len(outcomes))
		for i, o := range outcomes {
			flat[i] = *o
		}
		return l.Index.Record(ctx, flat)
	})
}

// batched decodes a batch, writes what could be decoded in one call, and gives
// each message its own verdict. A writer that answers with the wrong number of
// verdicts has failed for all.
func batched[T any](batch []bus.Message, seen func(int, *T), write func([]*T) []error) []error {
	errs := make([]error, len(batch))
	var good []*T
	var at []int
	for i, m := range batch {
		v, err := decode[T](m)
		if err != nil {
			errs[i] = err
			continue
		}
		seen(i, &v)
		good, at = append(good, &v), append(at, i)
	}
	verdicts := write(good)
	for j, i := range at {
		if len(verdicts) != len(good) {
			errs[i] = errVerdicts
			continue
		}
		errs[i] = verdicts[j]
	}
	return errs
}
