// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/copytaster/copytaster"
)

// KV is a bucket of values with compare-and-swap: Sources, Watches or Sites. Keys
// are any strings of at most 256 bytes; the size of a value is bounded per bucket.
type KV struct {
	name     string
	maxValue int
	kv       jetstream.KeyValue // nil for a name that does not exist
	bus      *Bus
}

// Entry is one change of a bucket.
type Entry struct {
	Key      string
	Value    []byte
	Revision uint64
	Deleted  bool
}

const maxKey = 256

// KV opens a bucket by name. Every method of an unknown one fails.
func (b *Bus) KV(name string) KV {
	k := KV{name: name, kv: b.buckets[name], bus: b}
	for _, s := range bucketTable() {
		if s.name == name {
			k.maxValue = int(s.maxValue)
		}
	}
	return k
}

// Get returns a value and its revision, or ErrNotFound.
func (k KV) Get(ctx context.Context, key string) (value []byte, revision uint64, err error) {
	enc, err := k.key(key)
	if err != nil {
		return nil, 0, err
	}
	ctx, cancel := k.bus.bounded(ctx)
	defer cancel()
	e, err := k.kv.Get(ctx, enc)
	if err != nil {
		return nil, 0, k.fail("get", key, err)
	}
	return e.Value(), e.Revision(), nil
}

// Create stores a value under a key that has none, or fails with ErrExists. It
// returns the revision.
func (k KV) Create(ctx context.Context, key string, value []byte) (uint64, error) {
	return k.write(ctx, key, value, "create", func(ctx context.Context, enc string) (uint64, error) { return k.kv.Create(ctx, enc, value) })
}

// Put stores a value whatever was there and returns the revision.
func (k KV) Put(ctx context.Context, key string, value []byte) (uint64, error) {
	return k.write(ctx, key, value, "put", func(ctx context.Context, enc string) (uint64, error) { return k.kv.Put(ctx, enc, value) })
}

// Update stores a value if the key still stands at revision, or fails with
// ErrConflict. It returns the new revision.
func (k KV) Update(ctx context.Context, key string, value []byte, revision uint64) (uint64, error) {
	return k.write(ctx, key, value, "update", func(ctx context.Context, enc string) (uint64, error) { return k.kv.Update(ctx, enc, value, revision) })
}

func (k KV) write(ctx context.Context, key string, value []byte, verb string, do func(ctx context.Context, enc string) (uint64, error)) (uint64, error) {
	enc, err := k.key(key)
	if err != nil {
		return 0, err
	}
	if len(value) > k.maxValue {
		return 0, copytaster.Permanent(fmt.Errorf("%s %s %q: a value of %d bytes is larger than %d", verb, k.name, key, len(value), k.maxValue))
	}
	ctx, cancel := k.bus.bounded(ctx)
	defer cancel()
	rev, err := do(ctx, enc)
	if err != nil {
		return 0, k.fail(verb, key, err)
	}
	return rev, nil
}

// Delete removes a key; one that is not there is no error.
func (k KV) Delete(ctx context.Context, key string) error {
	enc, err := k.key(key)
	if err != nil {
		return err
	}
	ctx, cancel := k.bus.bounded(ctx)
	defer cancel()
	if err := k.kv.Delete(ctx, enc); err != nil {
		return k.fail("delete", key, err)
	}
	return nil
}

// Keys lists the keys in order.
func (k KV) Keys(ctx context.Context) ([]string, error) {
	if k.kv == nil {
		return nil, k.unknown()
	}
	ctx, cancel := k.bus.bounded(ctx)
	defer cancel()
	lister, err := k.kv.ListKeys(ctx)
	if err != nil {
		return nil, k.fail("list", "", err)
	}
	var keys []string
	for enc := range lister.Keys() {
		keys = append(keys, decodeKey(enc))
	}
	if err := stopped(lister.Stop()); err != nil {
		return nil, k.fail("list", "", err)
	}
	slices.Sort(keys)
	return slices.Compact(keys), ctx.Err()
}

// Watch calls f with every present value and then with every change, in order,
// until ctx ends. It returns nil then.
func (k KV) Watch(ctx context.Context, f func(Entry)) error {
	if k.kv == nil {
		return k.unknown()
	}
	var w jetstream.KeyWatcher
	err := k.bus.Patiently(ctx, func(ctx context.Context) (err error) {
		w, err = k.kv.WatchAll(ctx)
		return err
	})
	if err != nil && ctx.Err() != nil {
		return nil // asked to stop while starting
	}
	if err != nil {
		return k.fail("watch", "", err)
	}
	for {
		select {
		case <-ctx.Done():
			return stopped(w.Stop())
		case e, ok := <-w.Updates():
			if !ok {
				return nil
			}
			if e != nil { // nil: the present values are through
				f(Entry{Key: decodeKey(e.Key()), Value: e.Value(), Revision: e.Revision(), Deleted: e.Operation() != jetstream.KeyValuePut})
			}
		}
	}
}

// stopped is the error of stopping a watcher or a lister. The client ends their
// subscriptions by itself after the last key, or when the context ends.
func stopped(err error) error {
	if errors.Is(err, nats.ErrBadSubscription) || errors.Is(err, jetstream.ErrConsumerNotFound) || errors.Is(err, nats.ErrConsumerNotFound) {
		return nil
	}
	return err
}

func (k KV) key(key string) (string, error) {
	if k.kv == nil {
		return "", k.unknown()
	}
	if key == "" || len(key) > maxKey {
		return "", copytaster.Permanent(fmt.Errorf("bucket %s: a key of %d bytes is not within 1 to %d", k.name, len(key), maxKey))
	}
	return encodeKey(key), nil
}

func (k KV) unknown() error {
	return copytaster.Permanent(fmt.Errorf("no bucket is called %q", k.name))
}

func (k KV) fail(verb, key string, err error) error {
	kind := err
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound), errors.Is(err, jetstream.ErrKeyDeleted):
		kind = ErrNotFound
	case errors.Is(err, jetstream.ErrKeyExists) && verb == "create":
		kind = ErrExists
	case apiCode(err) == jetstream.JSErrCodeStreamWrongLastSequence, errors.Is(err, jetstream.ErrKeyRevisionMismatch):
		kind = ErrConflict
	case apiCode(err) == codeStoreFailed:
		kind = fmt.Errorf("%w: %w", ErrFull, err)
	}
	return fmt.Errorf("%s %s %q: %w", verb, k.name, key, kind)
}
