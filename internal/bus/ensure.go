// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go/jetstream"
)

// settleIn makes the streams and consumers ready.
func (b *Bus) settleIn(ctx context.Context) error {
	if err := b.checkSync(ctx); err != nil {
		return err
	}
	return b.Patiently(ctx, b.ensure)
}

// ensure creates what is missing and checks what is there. Asked again after an
// error it goes on where it stopped, so that several processes that start on an
// empty cluster come to an end, however slow the server makes what they ask for.
func (b *Bus) ensure(ctx context.Context) error {
	file := markerFile(b.o)
	known, err := readMarker(file)
	if err != nil {
		return err
	}
	if err := b.ensureStreams(ctx, known); err != nil {
		return err
	}
	if err := b.openBuckets(ctx); err != nil {
		return err
	}
	streams := len(b.streams)
	for _, c := range workTable()[b.ready-streams:] {
		if err := b.ensureSources(ctx, c.withDefaults()); err != nil {
			return err
		}
		b.ready++
	}
	return writeMarker(file, known)
}

// ensureStreams opens or makes the streams, those behind the buckets and the
// object store among them.
func (b *Bus) ensureStreams(ctx context.Context, known marker) error {
	for _, want := range streamConfigs(b.o) {
		if b.streams[want.Name] == nil {
			s, err := b.ensureStream(ctx, want, known)
			if err != nil {
				return err
			}
			b.streams[want.Name] = s
			b.ready++
		}
		known[want.Name] = true
	}
	return nil
}

// ensureStream opens a stream, or makes it where the store never had it. To make
// one that somebody has just made alike is no error.
func (b *Bus) ensureStream(ctx context.Context, want jetstream.StreamConfig, known marker) (jetstream.Stream, error) {
	ctx, cancel := b.step(ctx)
	defer cancel()
	s, err := b.js.Stream(ctx, want.Name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		if err := b.mayCreate(want.Name, known); err != nil {
			return nil, err
		}
		if s, err = b.js.CreateStream(ctx, want); err != nil {
			return nil, fmt.Errorf("create stream %s with %d replicas: %w", want.Name, want.Replicas, err)
		}
		return s, nil
	}
	if err != nil {
		return nil, fmt.Errorf("stream %s: %w", want.Name, err)
	}
	have := s.CachedInfo().Config
	if err := errors.Join(checkStream(have), checkShape(have, want)); err != nil {
		return nil, err
	}
	return b.resize(ctx, s, have)
}

// resize brings an existing stream to the size that the caller names, to at least
// the replicas asked for, and to reads by its leader: any replica may answer a
// direct read, and one that is behind would deny what was just written. What
// nobody names stays as it is.
func (b *Bus) resize(ctx context.Context, s jetstream.Stream, have jetstream.StreamConfig) (jetstream.Stream, error) {
	want := have
	if n, ok := b.o.MaxBytes[bucketName(have.Name)]; ok {
		want.MaxBytes = n
	}
	want.Replicas, want.AllowDirect = max(have.Replicas, b.o.Replicas), false
	if want.MaxBytes == have.MaxBytes && want.Replicas == have.Replicas && !have.AllowDirect {
		return s, nil
	}
	s, err := b.js.UpdateStream(ctx, want)
	if err != nil {
		return nil, fmt.Errorf("stream %s: set its size to %d bytes, its replicas to %d and reads to its leader: %w", have.Name, want.MaxBytes, want.Replicas, err)
	}
	b.log.Info("stream changed", "stream", have.Name, "max_bytes", want.MaxBytes, "replicas", want.Replicas)
	return s, nil
}

// bucketName is the name of a stream without what marks it as a bucket's.
func bucketName(stream string) string {
	return strings.TrimPrefix(strings.TrimPrefix(stream, "KV_"), "OBJ_")
}

func (b *Bus) mayCreate(name string, known marker) error {
	if !known[name] {
		return nil
	}
	if !b.o.AllowLoss {
		return fmt.Errorf("%w: %s was in this store and is not there now, so its messages are lost; restore the folder from a backup, "+
			"or open it once with loss allowed and run reconcile, which publishes again from the archive what is missing", ErrStreamGone, name)
	}
	b.log.Warn("a stream was lost and is made anew", "stream", name)
	return nil
}

// openBuckets opens the buckets and the object store on their streams.
func (b *Bus) openBuckets(ctx context.Context) error {
	for _, spec := range bucketTable() {
		kv, err := b.js.KeyValue(ctx, spec.name)
		if err != nil {
			return fmt.Errorf("bucket %s: %w", spec.name, err)
		}
		b.buckets[spec.name] = kv
	}
	store, err := b.js.ObjectStore(ctx, claims)
	if err != nil {
		return fmt.Errorf("object store %s: %w", claims, err)
	}
	b.objects = store
	return nil
}

// ensureSources makes all durables that a consumer reads.
func (b *Bus) ensureSources(ctx context.Context, c Consumer) error {
	for _, s := range c.sources() {
		if err := b.ensureConsumer(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// ensureConsumer makes the durable, or brings an existing one to the present
// table of delays. Where it starts to read is decided once, when it is made.
func (b *Bus) ensureConsumer(ctx context.Context, c Consumer) error {
	s, ok := b.streams[c.Stream]
	if !ok {
		return fmt.Errorf("consumer %s: no stream is called %q", c.Durable, c.Stream)
	}
	ctx, cancel := b.step(ctx)
	defer cancel()
	want := c.config(b.o)
	have, err := s.Consumer(ctx, c.Durable)
	if err == nil {
		old := have.CachedInfo().Config
		want.DeliverPolicy, want.OptStartSeq, want.OptStartTime = old.DeliverPolicy, old.OptStartSeq, old.OptStartTime
		if sameConsumer(old, want) {
			return nil
		}
	} else if !errors.Is(err, jetstream.ErrConsumerNotFound) {
		return fmt.Errorf("consumer %s: %w", c.Durable, err)
	}
	if _, err := s.CreateOrUpdateConsumer(ctx, want); err != nil {
		return fmt.Errorf("consumer %s: %w", c.Durable, err)
	}
	return nil
}

// sameConsumer compares what the bus sets. A BackOff counts as different: the
// server adds it to the delay of a nak.
func sameConsumer(a, b jetstream.ConsumerConfig) bool {
	return len(a.BackOff) == 0 && a.AckWait == b.AckWait && a.FilterSubject == b.FilterSubject &&
		a.MaxAckPending == b.MaxAckPending && a.MaxDeliver == b.MaxDeliver &&
		a.PriorityPolicy == b.PriorityPolicy && a.PinnedTTL == b.PinnedTTL && a.Metadata[metaStage] == b.Metadata[metaStage]
}
