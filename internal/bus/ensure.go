// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// ensure creates what is missing and checks what is there.
func (b *Bus) ensure(ctx context.Context) error {
	known, err := readMarker(b.o.Dir)
	if err != nil {
		return err
	}
	b.streams = map[string]jetstream.Stream{}
	b.buckets = map[string]jetstream.KeyValue{}
	for _, spec := range streamTable() {
		s, err := b.ensureStream(ctx, spec.config(b.o), known)
		if err != nil {
			return err
		}
		b.streams[spec.name] = s
	}
	if err := b.ensureBuckets(ctx, known); err != nil {
		return err
	}
	for _, c := range workTable() {
		if err := b.ensureConsumer(ctx, c.withDefaults()); err != nil {
			return err
		}
	}
	return writeMarker(b.o.Dir, known)
}

// ensureStream opens a stream, or makes it where the store never had it. The
// size of an existing stream changes only when the caller names one.
func (b *Bus) ensureStream(ctx context.Context, want jetstream.StreamConfig, known marker) (jetstream.Stream, error) {
	s, err := b.js.Stream(ctx, want.Name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		if err := b.mayCreate(want.Name, known); err != nil {
			return nil, err
		}
		known[want.Name] = true
		return b.js.CreateStream(ctx, want)
	}
	if err != nil {
		return nil, fmt.Errorf("stream %s: %w", want.Name, err)
	}
	known[want.Name] = true
	have := s.CachedInfo().Config
	if err := checkStream(have); err != nil {
		return nil, err
	}
	return b.resize(ctx, s, have)
}

func (b *Bus) resize(ctx context.Context, s jetstream.Stream, have jetstream.StreamConfig) (jetstream.Stream, error) {
	n, ok := b.o.MaxBytes[have.Name]
	if !ok || n == have.MaxBytes {
		return s, nil
	}
	have.MaxBytes = n
	s, err := b.js.UpdateStream(ctx, have)
	if err != nil {
		return nil, fmt.Errorf("stream %s: set its size to %d bytes: %w", have.Name, n, err)
	}
	return s, nil
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

// checkStream refuses settings under which the server drops, or acknowledges
// what is not on disk.
func checkStream(c jetstream.StreamConfig) error {
	wrong := ""
	switch {
	case c.Discard != jetstream.DiscardNew:
		wrong = "discards old messages when it is full; set its discard policy to new"
	case c.PersistMode == jetstream.AsyncPersistMode:
		wrong = "has persist_mode async, which acknowledges before the disk has it; set it to default"
	case c.Storage != jetstream.FileStorage:
		wrong = "lies in memory; make it anew with file storage"
	case c.NoAck:
		wrong = "has no_ack set, so that publishers learn nothing; clear it"
	case c.MaxAge > 0:
		wrong = "drops messages by age; set max_age to 0"
	case c.MaxMsgs > 0:
		wrong = "has a limit of messages; set max_msgs to -1"
	case c.MaxBytes <= 0:
		wrong = "has no limit of bytes and would fill the disk; set max_bytes"
	}
	if wrong != "" {
		return fmt.Errorf("%w: %s %s", ErrUnsafe, c.Name, wrong)
	}
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
	return nil
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
	return kv, nil
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
