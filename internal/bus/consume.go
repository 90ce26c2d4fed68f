// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/copytaster/copytaster"
)

// Handler does the work of one stage on a batch and returns one verdict per
// message, in order: nil, or an error whose class the loop acts on. It may see a
// message again, however it answered before, so its effects must be repeatable:
// do the work, publish downstream, then return. It does not retry, log or ack.
// ctx ends when a call exceeds Consumer.Limit, or a drain Options.Drain; the
// handler then returns what it has. Calls run concurrently where Consumer.Workers is above 1.
type Handler func(ctx context.Context, batch []Message) []error

// Consumer says what a stage reads and how.
type Consumer struct {
	Stage   string // in outcomes, dead letters and logs
	Stream  string
	Durable string // name of the reading position; processes that share it share the work
	Filter  string // subject, with wildcards; "" for the whole stream

	Batch       int           // most messages in one call; 1 by default
	Wait        time.Duration // how long to gather after the first message of a batch
	Workers     int           // calls at once; 1 by default
	MaxInFlight int           // most messages delivered and not settled, those waiting for their retry included; 1000 by default

	Limit time.Duration // longest call; then its context ends, and a lone message that still hangs is poison; 15 minutes by default

	Done        copytaster.State // state that nil leaves the URL in; "" for none
	Pinned      bool             // one process at a time reads, and paces what it reads
	Independent bool             // one message's failure says nothing of the next: no circuit breaker
	FromNow     bool             // a new durable starts at the stream's end
}

func (c Consumer) withDefaults() Consumer {
	c.Batch = or(c.Batch, 1)
	c.Workers = or(c.Workers, 1)
	c.MaxInFlight = or(c.MaxInFlight, 1000)
	c.Limit = or(c.Limit, 15*time.Minute)
	return c
}

// sources are the durables that a consumer reads: its own and, where a dead
// letter cannot go back to the stream, its twin.
func (c Consumer) sources() []Consumer {
	if spec, _ := specNamed(c.Stream); spec.queue {
		return []Consumer{c}
	}
	return []Consumer{c, c.twin()}
}

// twin reads the dead letters that come back to c.
func (c Consumer) twin() Consumer {
	t := c
	t.Stream, t.Durable, t.Filter = Retries, "retry-"+c.Durable, retrySubject(c.Durable)
	t.Batch, t.Workers, t.Pinned, t.FromNow = 1, 1, false, false
	return t
}

// Consume runs the worker loop of a stage until ctx ends: it takes messages,
// calls h, emits outcomes, writes dead letters, and acks. It is the only code
// that acks. When ctx ends it stops taking, lets h finish, for at most
// Options.Drain, settles and returns nil. An error means that the loop could not
// start or that the server has no such consumer any more.
func (b *Bus) Consume(ctx context.Context, c Consumer, h Handler) error {
	c = c.withDefaults()
	if c.Stage == "" || c.Durable == "" || h == nil {
		return errors.New("consume: stage, durable and handler are needed")
	}
	err := b.work(ctx, c, h)
	if errors.Is(err, context.Canceled) && (ctx.Err() != nil || b.life.Err() != nil) {
		return nil // asked to stop while starting
	}
	return err
}

// Attach makes the reading position of a consumer that will be run later, so
// that a new one of FromNow misses nothing that is published in between.
func (b *Bus) Attach(ctx context.Context, c Consumer) error {
	if err := b.Patiently(ctx, func(ctx context.Context) error { return b.ensureSources(ctx, c.withDefaults()) }); err != nil {
		return fmt.Errorf("attach: %w", err)
	}
	return nil
}

// ConsumeShards runs the fetch stage: one loop per link shard, each owned by one
// process at a time. It is Consume for all of them.
func (b *Bus) ConsumeShards(ctx context.Context, h Handler) error {
	return parallel(ctx, Shards, func(ctx context.Context, n int) error {
		c := shardConsumer(n)
		c.Workers = b.o.ShardWorkers
		return b.Consume(ctx, c, h)
	})
}

func (b *Bus) work(ctx context.Context, c Consumer, h Handler) error {
	sources := c.sources()
	if err := b.Patiently(ctx, func(ctx context.Context) error { return b.ensureSources(ctx, c) }); err != nil {
		return fmt.Errorf("consume: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(b.life, cancel)()
	return parallel(ctx, len(sources), func(ctx context.Context, n int) error {
		w := &worker{bus: b, c: sources[n], h: h, slots: make(chan struct{}, sources[n].Workers)}
		return w.run(ctx)
	})
}

// parallel runs f for 0 to n-1 and ends the others' context when one fails. It
// returns when all have returned.
func parallel(ctx context.Context, n int, f func(context.Context, int) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			if errs[i] = f(ctx, i); errs[i] != nil {
				cancel()
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

func specNamed(name string) (streamSpec, bool) {
	for _, s := range streamTable() {
		if s.name == name {
			return s, true
		}
	}
	return streamSpec{}, false
}

// worker is one loop on one durable.
type worker struct {
	bus     *Bus
	c       Consumer
	h       Handler
	circuit circuit
	slots   chan struct{} // one token per call at work
	calls   sync.WaitGroup
	pin     string // id under which the server knows this process as the owner
}

func (w *worker) run(ctx context.Context) error {
	var cons jetstream.Consumer
	err := w.bus.Patiently(ctx, func(ctx context.Context) (err error) {
		cons, err = w.bus.streams[w.c.Stream].Consumer(ctx, w.c.Durable)
		return err
	})
	if err != nil {
		return fmt.Errorf("consume %s: %w", w.c.Durable, err)
	}
	hard, stop := w.bus.hardContext(ctx)
	defer stop()
	err = w.pull(ctx, hard, cons)
	w.calls.Wait()
	return errors.Join(err, w.unpin())
}

// hardContext outlives ctx by Options.Drain, or until the bus is closed.
func (b *Bus) hardContext(ctx context.Context) (context.Context, func()) {
	hard, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	late := func() { cancel(ErrHardStop) }
	closed := context.AfterFunc(b.life, late)
	drain := context.AfterFunc(ctx, func() {
		t := time.AfterFunc(b.o.Drain, late)
		context.AfterFunc(hard, func() { t.Stop() })
	})
	return hard, func() { closed(); drain(); cancel(nil) }
}
