// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Tail calls f with the messages of a stream in order until ctx ends, and returns
// nil then: from the sequence on, or only new ones for 0. It acks nothing and
// leaves nothing behind; a message whose body is gone from the object store is
// passed over with a warning. With an outside server it goes on where it was
// after an outage.
func (b *Bus) Tail(ctx context.Context, stream string, from uint64, f func(Message)) error {
	var trouble pause
	for {
		next, err := b.tail(ctx, stream, from, f)
		if ctx.Err() != nil || b.life.Err() != nil {
			return nil
		}
		if b.host != nil || errors.Is(err, ErrNotFound) {
			return fmt.Errorf("tail %s: %w", stream, err)
		}
		if next != from {
			from, trouble = next, pause{}
		}
		trouble.after(ctx, b.log, "tail of "+stream, err)
	}
}

// tail is Tail up to the first trouble. It returns where to go on.
func (b *Bus) tail(ctx context.Context, stream string, from uint64, f func(Message)) (next uint64, err error) {
	cfg := jetstream.OrderedConsumerConfig{DeliverPolicy: jetstream.DeliverNewPolicy, InactiveThreshold: time.Minute}
	if from > 0 {
		cfg.DeliverPolicy, cfg.OptStartSeq = jetstream.DeliverByStartSequencePolicy, from
	}
	cons, err := b.js.OrderedConsumer(ctx, stream, cfg)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return from, fmt.Errorf("%w: %w", ErrNotFound, err)
	}
	if err != nil {
		return from, err
	}
	iter, err := cons.Messages()
	if err != nil {
		return from, err
	}
	stop := context.AfterFunc(ctx, iter.Stop)
	defer stop()
	defer iter.Stop()
	for {
		raw, err := iter.Next()
		if err != nil || ctx.Err() != nil {
			return from, err
		}
		m, err := b.received(ctx, stream, raw)
		if m.Seq > 0 {
			from = m.Seq + 1
		}
		if err != nil {
			b.log.Warn("message left out of the live stream", "stream", stream, "seq", m.Seq, "error", err)
			continue
		}
		f(m)
	}
}

// received turns a delivered message into ours. With an error the message holds
// all but the body.
func (b *Bus) received(ctx context.Context, stream string, raw jetstream.Msg) (Message, error) {
	m := newMessage(stream, raw.Subject(), raw.Headers(), raw.Data())
	meta, err := raw.Metadata()
	if err != nil {
		return m, fmt.Errorf("metadata: %w", err)
	}
	m.Seq, m.Time, m.Delivered = meta.Sequence.Stream, meta.Timestamp, int(meta.NumDelivered)
	return m, b.resolve(ctx, &m)
}
