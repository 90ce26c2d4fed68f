// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"math/rand/v2"
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

// suspect is the delivery from which on a message is handled alone: one that
// kills or hangs its process takes the rest of its batch along until then.
const suspect = 3

// chunkBytes bounds the bodies that one call holds, beyond its first message.
const chunkBytes = 64 << 20

// serve runs one batch from delivery to ack: the fresh messages together, then
// the suspects one by one and in random order, so that each has its turn before
// the one that kills the process.
func (w *worker) serve(ctx context.Context, raws []jetstream.Msg) verdict {
	var fresh, suspects []jetstream.Msg
	for _, raw := range raws {
		if meta, err := raw.Metadata(); err == nil && meta.NumDelivered >= suspect {
			suspects = append(suspects, raw)
		} else {
			fresh = append(fresh, raw)
		}
	}
	result := failed
	for len(fresh) > 0 {
		var items []*item
		items, fresh = w.decodeSome(ctx, fresh)
		result = min(result, w.handle(ctx, items))
	}
	rand.Shuffle(len(suspects), func(i, j int) { suspects[i], suspects[j] = suspects[j], suspects[i] })
	for _, raw := range suspects {
		result = min(result, w.handle(ctx, []*item{w.decode(ctx, raw)}))
	}
	return result
}

// handle calls the handler with the items that have a body, and settles all.
func (w *worker) handle(ctx context.Context, items []*item) verdict {
	var sound []*item
	for _, it := range items {
		if it.err == nil {
			sound = append(sound, it)
		}
	}
	w.call(ctx, sound)
	w.settle(items)
	return w.judge(items)
}

// decodeSome decodes messages until their bodies reach chunkBytes and returns the
// rest.
func (w *worker) decodeSome(ctx context.Context, raws []jetstream.Msg) (items []*item, rest []jetstream.Msg) {
	size := 0
	for i, raw := range raws {
		it := w.decode(ctx, raw)
		items = append(items, it)
		if size += len(it.msg.Data); size >= chunkBytes {
			return items, raws[i+1:]
		}
	}
	return items, nil
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
