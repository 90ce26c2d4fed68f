// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// pull takes batches and hands each to a goroutine of its own, as long as there
// are free slots and the circuit is closed.
func (w *worker) pull(ctx, hard context.Context, cons jetstream.Consumer) error {
	var trouble pause
	for ctx.Err() == nil {
		got := w.slot(ctx) // first: what freed it may have opened the circuit
		size, probe := w.circuit.enter(ctx, w.c.Batch)
		raws, err := w.take(ctx, cons, size)
		if len(raws) == 0 {
			w.circuit.leave(probe, quiet, 0)
			w.free(got)
			if gone(err) && ctx.Err() == nil {
				return fmt.Errorf("consume %s: %w", w.c.Durable, err)
			}
			trouble.after(ctx, w.bus.log, w.c.Durable, err)
			continue
		}
		trouble = pause{}
		w.calls.Go(func() {
			defer w.free(true)
			beat := w.bus.heartbeat(raws)
			defer beat()
			if !got {
				w.slots <- struct{}{}
			}
			verdict := w.serve(hard, raws)
			w.circuit.leave(probe, verdict, w.bus.o.delay(w.circuit.count()+1))
		})
	}
	return nil
}

// slot takes a token and reports whether it got one. The owner of a shard loses
// it when it has not asked for messages for a while, so a pinned loop asks all
// the same after a quarter of that while, and what it gets waits for its slot.
func (w *worker) slot(ctx context.Context) bool {
	var late <-chan time.Time
	if w.c.Pinned {
		t := time.NewTimer(w.bus.o.PinnedTTL / 4)
		defer t.Stop()
		late = t.C
	}
	select {
	case w.slots <- struct{}{}:
		return true
	case <-late:
	case <-ctx.Done():
	}
	return false
}

func (w *worker) free(got bool) {
	if got {
		<-w.slots
	}
}

// idle is how long one request for messages stands at the server.
const idle = 30 * time.Second

// take waits for one message and then gathers more, up to n.
func (w *worker) take(ctx context.Context, cons jetstream.Consumer, n int) ([]jetstream.Msg, error) {
	first, err := w.fetch(ctx, cons, 1, idle)
	if len(first) == 0 || n == 1 {
		return first, err
	}
	wait := w.c.Wait
	if meta, merr := first[0].Metadata(); merr == nil && meta.NumPending > 0 {
		wait = max(wait, 100*time.Millisecond)
		n = min(n, int(meta.NumPending)+1)
	}
	if wait <= 0 {
		return first, nil
	}
	more, err := w.fetch(ctx, cons, n-1, wait)
	return append(first, more...), err
}

func (w *worker) fetch(ctx context.Context, cons jetstream.Consumer, n int, wait time.Duration) ([]jetstream.Msg, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	opts := []jetstream.FetchOpt{jetstream.FetchContext(ctx)}
	if w.c.Pinned {
		opts = append(opts, jetstream.FetchPriorityGroup(pinGroup))
	}
	batch, err := cons.Fetch(n, opts...)
	if err != nil {
		return nil, err
	}
	var raws []jetstream.Msg
	for raw := range batch.Messages() {
		raws = append(raws, raw)
	}
	if len(raws) > 0 && w.c.Pinned {
		w.pin = raws[0].Headers().Get("Nats-Pin-Id")
	}
	if err := batch.Error(); !errors.Is(err, context.DeadlineExceeded) {
		return raws, err
	}
	return raws, nil
}

// gone reports that the consumer does not exist any more.
func gone(err error) bool {
	return errors.Is(err, jetstream.ErrConsumerDeleted) || errors.Is(err, jetstream.ErrConsumerNotFound)
}

// unpin gives an owned shard to the next process at once, instead of after
// PinnedTTL.
func (w *worker) unpin() error {
	if w.pin == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), w.bus.o.Timeout)
	defer cancel()
	s := w.bus.streams[w.c.Stream]
	cons, err := s.Consumer(ctx, w.c.Durable)
	if err != nil || !pinnedBy(cons.CachedInfo(), w.pin) {
		return nil // the server forgets the owner by itself
	}
	if err := s.UnpinConsumer(ctx, w.c.Durable, pinGroup); err != nil {
		w.bus.log.Warn("shard not handed over at once", "consumer", w.c.Durable, "error", err)
	}
	return nil
}

func pinnedBy(info *jetstream.ConsumerInfo, pin string) bool {
	for _, g := range info.PriorityGroups {
		if g.PinnedClientID == pin {
			return true
		}
	}
	return false
}
