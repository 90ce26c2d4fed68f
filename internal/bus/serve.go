// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/copytaster/copytaster"
)

// item is one message on its way through a call.
type item struct {
	raw     jetstream.Msg
	msg     Message
	err     error  // the verdict
	stack   string // of the panic, where the handler panicked
	term    bool   // poison: never deliver again
	elapsed time.Duration
}

// serve runs one batch from delivery to ack.
func (w *worker) serve(ctx context.Context, raws []jetstream.Msg) verdict {
	items := make([]*item, len(raws))
	var sound []*item
	for i, raw := range raws {
		items[i] = w.decode(ctx, raw)
		if items[i].err == nil {
			sound = append(sound, items[i])
		}
	}
	w.call(ctx, sound)
	w.settle(items)
	return w.judge(items)
}

// decode makes a message of what was delivered. One whose body cannot be had
// never reaches the handler.
func (w *worker) decode(ctx context.Context, raw jetstream.Msg) *item {
	m, err := w.bus.received(ctx, w.c.Stream, raw)
	m.Note = &copytaster.Outcome{}
	m.InProgress = raw.InProgress
	poison := copytaster.ClassOf(err) == copytaster.ClassPermanent
	return &item{raw: raw, msg: m, err: err, term: poison}
}

// call hands items to the handler and notes the verdicts. A panic in a batch is
// traced to its message by handing them over one by one.
func (w *worker) call(ctx context.Context, items []*item) {
	if len(items) == 0 {
		return
	}
	start := time.Now()
	errs, crash := w.try(ctx, items)
	elapsed := time.Since(start)
	switch {
	case crash != nil && len(items) > 1:
		for _, it := range items {
			w.call(ctx, []*item{it})
		}
		return
	case crash != nil:
		items[0].err, items[0].stack, items[0].term = copytaster.Permanent(crash), crash.stack, true
	case len(errs) != len(items):
		for _, it := range items {
			it.err = fmt.Errorf("the handler returned %d verdicts for %d messages", len(errs), len(items))
		}
	default:
		for i, it := range items {
			it.err = errs[i]
		}
	}
	for _, it := range items {
		it.elapsed = elapsed
	}
}

// crash is a handler's panic.
type crash struct {
	value any
	stack string
}

// Error says what the handler panicked with.
func (c *crash) Error() string { return fmt.Sprintf("panic: %v", c.value) }

func (w *worker) try(ctx context.Context, items []*item) (errs []error, c *crash) {
	defer func() {
		if v := recover(); v != nil {
			c = &crash{value: v, stack: string(debug.Stack())}
		}
	}()
	batch := make([]Message, len(items))
	for i, it := range items {
		batch[i] = it.msg
	}
	return w.h(ctx, batch), nil
}

// judge tells the circuit whether the batch failed as a whole.
func (w *worker) judge(items []*item) verdict {
	if w.c.Independent {
		return moving
	}
	for _, it := range items {
		if copytaster.ClassOf(it.err) != copytaster.ClassTransient {
			return moving
		}
	}
	return failed
}

// heartbeat tells the server twice per AckWait that the work goes on, until the
// returned function is called.
func (b *Bus) heartbeat(raws []jetstream.Msg) (stop func()) {
	done := make(chan struct{})
	go func() {
		t := time.NewTicker(b.o.AckWait / 2)
		defer t.Stop()
		for {
			select {
			case <-done:
				return
			case <-t.C:
			}
			for _, raw := range raws {
				if err := raw.InProgress(); err != nil && !errors.Is(err, jetstream.ErrMsgAlreadyAckd) {
					b.log.Warn("sign of life not sent", "subject", raw.Subject(), "error", err)
				}
			}
		}
	}()
	return func() { close(done) }
}
