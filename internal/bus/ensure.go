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
	return b.patiently(ctx, b.ensure)
}

// ensure creates what is missing and checks what is there.
func (b *Bus) ensure(ctx context.Context) error {
	file := markerFile(b.o)
	known, err := readMarker(file)
	if err != nil {
		return err
	}
	b.streams = map[string]jetstream.Stream{}
	b.buckets = map[string]jetstream.KeyValue{}
	for _, spec := range streamTable() {
		s, err := b.ensureStream(ctx, spec, known)
		if err != nil {
			return err
		}
		b.streams[spec.name] = s
	}
	if err := b.ensureBuckets(ctx, known); err != nil {
		return err
	}
	for _, c := range workTable() {
		if err := b.ensureSources(ctx, c.withDefaults()); err != nil {
			return err
		}
	}
	return writeMarker(file, known)
}

// ensureStream opens a stream, or makes it where the store never had it.
func (b *Bus) ensureStream(ctx context.Context, spec streamSpec, known marker) (jetstream.Stream, error) {
	want := spec.config(b.o)
	s, err := b.js.Stream(ctx, want.Name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		if err := b.mayCreate(want.Name, known); err != nil {
			return nil, err
		}
		if s, err = b.js.CreateStream(ctx, want); err != nil {
			return nil, fmt.Errorf("create stream %s with %d replicas: %w", want.Name, want.Replicas, err)
		}
		known[want.Name] = true
		return s, nil
	}
	if err != nil {
		return nil, fmt.Errorf("stream %s: %w", want.Name, err)
	}
	known[want.Name] = true
	have := s.CachedInfo().Config
	if err := errors.Join(checkStream(have), checkShape(have, want)); err != nil {
		return nil, err
	}
	return b.resize(ctx, s, have)
}

// resize brings an existing stream to the size that the caller names and to at
// least the replicas asked for; what nobody names stays as it is.
func (b *Bus) resize(ctx context.Context, s jetstream.Stream, have jetstream.StreamConfig) (jetstream.Stream, error) {
	want := have
	if n, ok := b.o.MaxBytes[bucketName(have.Name)]; ok {
		want.MaxBytes = n
	}
	want.Replicas = max(have.Replicas, b.o.Replicas)
	if want.MaxBytes == have.MaxBytes && want.Replicas == have.Replicas {
		return s, nil
	}
	s, err := b.js.UpdateStream(ctx, want)
	if err != nil {
		return nil, fmt.Errorf("stream %s: set its size to %d bytes and its replicas to %d: %w", have.Name, want.MaxBytes, want.Replicas, err)
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

func (b *Bus) ensureBuckets(ctx context.Context, known marker) error {
	for _, spec := range bucketTable() {
		kv, err := b.ensureBucket(ctx, spec, known)
		if err != nil {
			return fmt.Errorf("bucket %s: %w", spec.name, err)
		}
		b.buckets[spec.name] = kv
	}
	name := "OBJ_" + claims
	store, err := b.js.ObjectStore(ctx, claims)
	if errors.Is(err, jetstream.ErrBucketNotFound) {
		if err := b.mayCreate(name, known); err != nil {
			return err
		}
		store, err = b.js.CreateObjectStore(ctx, claimConfig(b.o))
	}
	if err != nil {
		return fmt.Errorf("object store %s: %w", claims, err)
	}
	known[name] = true
	b.objects = store
	return b.ensureBacking(ctx, name)
}

// ensureBacking holds the stream behind a bucket or an object store to the same
// rules as the others, by its bucket's name where a size is given.
func (b *Bus) ensureBacking(ctx context.Context, name string) error {
	s, err := b.js.Stream(ctx, name)
	if err != nil {
		return fmt.Errorf("stream %s: %w", name, err)
	}
	have := s.CachedInfo().Config
	if err := checkStream(have); err != nil {
		return err
	}
	_, err = b.resize(ctx, s, have)
	return err
}

func (b *Bus) ensureBucket(ctx context.Context, spec bucketSpec, known marker) (jetstream.KeyValue, error) {
	name := "KV_" + spec.name
	kv, err := b.js.KeyValue(ctx, spec.name)
	if errors.Is(err, jetstream.ErrBucketNotFound) {
		if err := b.mayCreate(name, known); err != nil {
			return nil, err
		}
		kv, err = b.js.CreateKeyValue(ctx, spec.config(b.o))
	}
	if err != nil {
		return nil, err
	}
	known[name] = true
	return kv, b.ensureBacking(ctx, name)
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
