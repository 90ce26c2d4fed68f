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
// passed over with a warning.
func (b *Bus) Tail(ctx context.Context, stream string, from uint64, f func(Message)) error {
	cfg := jetstream.OrderedConsumerConfig{DeliverPolicy: jetstream.DeliverNewPolicy, InactiveThreshold: time.Minute}
	if from > 0 {
		cfg.DeliverPolicy, cfg.OptStartSeq = jetstream.DeliverByStartSequencePolicy, from
	}
	cons, err := b.js.OrderedConsumer(ctx, stream, cfg)
	if err != nil {
		return fmt.Errorf("tail %s: %w", stream, err)
	}
	iter, err := cons.Messages()
	if err != nil {
		return fmt.Errorf("tail %s: %w", stream, err)
	}
	stop := context.AfterFunc(ctx, iter.Stop)
	defer stop()
	defer iter.Stop()
	for {
		raw, err := iter.Next()
		if ctx.Err() != nil || errors.Is(err, jetstream.ErrMsgIteratorClosed) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("tail %s: %w", stream, err)
		}
		m, err := b.received(ctx, stream, raw)
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
