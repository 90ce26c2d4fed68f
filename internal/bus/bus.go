// SPDX-License-Identifier: Apache-2.0

// Package bus is the pipeline's conveyor: JetStream, embedded or outside, its
// streams, publishing, the worker loop and the dead letters. It is the only
// importer of nats. It delivers at least once; what it acknowledges to a
// publisher is on disk; what it delivers may come again.
package bus

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Bus is a connection to the streams. It is safe for concurrent use.
type Bus struct {
	o       Options
	log     *slog.Logger
	host    *host // nil with an outside server
	conn    *nats.Conn
	js      jetstream.JetStream
	streams map[string]jetstream.Stream
	buckets map[string]jetstream.KeyValue
	objects jetstream.ObjectStore
	life    context.Context // ended by Close: handlers still at work are cancelled
	end     context.CancelFunc
	closing sync.Once
	lastEnd error
	lostAt  atomic.Pointer[time.Time] // when the connection broke; nil while it stands
	denied  atomic.Pointer[denial]
	monitor monitor
	ready   int // streams and consumers that ensure has found or made
}

// Open embeds a server in this process, or connects to the one at o.URL, and
// creates or checks the streams, buckets and consumers. It refuses a store that
// another process holds (lock.ErrHeld), one that has lost a stream
// (ErrStreamGone) and settings under which messages would be lost (ErrUnsafe).
// Any number of processes may open the same outside server.
func Open(ctx context.Context, o Options) (*Bus, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	b := &Bus{o: o, log: o.Logger, streams: map[string]jetstream.Stream{}, buckets: map[string]jetstream.KeyValue{}}
	b.life, b.end = context.WithCancel(context.WithoutCancel(ctx))
	if err := b.open(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open bus: %w", err), b.Close())
	}
	return b, nil
}

func (b *Bus) open(ctx context.Context) error {
	if err := b.connect(ctx); err != nil {
		return err
	}
	js, err := jetstream.New(b.conn, jetstream.WithDefaultTimeout(b.o.Timeout))
	if err != nil {
		return err
	}
	b.js = js
	return b.settleIn(ctx)
}

// Close ends the connection and the embedded server, waits for it, and gives the
// folder back. Call it after the consumers have returned; a handler still at
// work then is cancelled and its messages come again.
func (b *Bus) Close() error {
	b.closing.Do(func() {
		b.end()
		if b.conn != nil {
			b.lastEnd = b.flush()
			b.conn.Close()
		}
		if b.host != nil {
			b.lastEnd = errors.Join(b.lastEnd, b.host.stop())
		}
	})
	return b.lastEnd
}

// flush waits until the server has read what was sent, acks above all. Where the
// connection breaks meanwhile, what was not acked comes again.
func (b *Bus) flush() error {
	if !b.conn.IsConnected() {
		return nil
	}
	if err := b.conn.FlushTimeout(5 * time.Second); err != nil && b.conn.IsConnected() {
		return fmt.Errorf("flush: %w", err)
	}
	return nil
}
