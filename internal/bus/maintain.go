// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// A stream is purged when it is fuller than purgeAbove of its size, down to
// purgeTo: what is left serves replays.
const (
	purgeAbove = 0.8
	purgeTo    = 0.5
)

// sweepEvery is how many rounds of Maintain pass between two looks at the object
// store.
const sweepEvery = 60

// Maintain keeps the streams in order until ctx ends, and returns nil then: it
// moves messages that used up their deliveries to the dead letters, makes room in
// streams that are nearly full, and removes claim-check objects that no message
// names. One process or several may run it. A failure is logged and tried again.
func (b *Bus) Maintain(ctx context.Context) error {
	t := time.NewTicker(b.o.PurgeEvery)
	defer t.Stop()
	for n := 0; ; n++ {
		err := b.tidy(ctx, n%sweepEvery == 0)
		if err != nil && ctx.Err() == nil {
			b.log.Warn("maintenance failed, is tried again", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
		}
	}
}

func (b *Bus) tidy(ctx context.Context, sweep bool) error {
	err := b.buryExhausted(ctx)
	for _, spec := range streamTable() {
		if spec.purge {
			err = errors.Join(err, b.relieve(ctx, spec.name))
		}
	}
	if sweep {
		err = errors.Join(err, b.sweepClaims(ctx))
	}
	return err
}

// relieve purges a stream that is nearly full.
func (b *Bus) relieve(ctx context.Context, name string) error {
	info, err := b.streams[name].Info(ctx)
	if err != nil {
		return fmt.Errorf("stream %s: %w", name, err)
	}
	if float64(info.State.Bytes) < purgeAbove*float64(info.Config.MaxBytes) {
		return nil
	}
	return b.purge(ctx, name)
}

// purge removes the oldest messages that every durable has settled, until the
// stream is half full: a stream that refuses new messages when it is full would
// otherwise refuse them for ever.
func (b *Bus) purge(ctx context.Context, name string) error {
	s := b.streams[name]
	floor, err := ackFloor(ctx, s)
	if err != nil {
		return fmt.Errorf("purge %s: %w", name, err)
	}
	info, err := s.Info(ctx)
	if err != nil {
		return fmt.Errorf("purge %s: %w", name, err)
	}
	upTo := min(floor, surplus(info)) + 1
	if upTo <= info.State.FirstSeq {
		return nil
	}
	if err := s.Purge(ctx, jetstream.WithPurgeSequence(upTo)); err != nil {
		return fmt.Errorf("purge %s: %w", name, err)
	}
	b.log.Info("stream purged of what all have read", "stream", name, "up_to", upTo-1)
	return nil
}

// surplus is the last sequence of the oldest messages that, at the mean size of
// all, make the stream fuller than purgeTo.
func surplus(info *jetstream.StreamInfo) uint64 {
	st := info.State
	over := float64(st.Bytes) - purgeTo*float64(info.Config.MaxBytes)
	if over <= 0 || st.Bytes == 0 {
		return 0
	}
	span := float64(st.LastSeq - st.FirstSeq + 1)
	return st.FirstSeq + uint64(span*over/float64(st.Bytes))
}

// ackFloor is the sequence up to which every durable of a stream has settled all.
func ackFloor(ctx context.Context, s jetstream.Stream) (uint64, error) {
	floor, any := ^uint64(0), false
	list := s.ListConsumers(ctx)
	for c := range list.Info() {
		if c.Config.Durable != "" {
			floor, any = min(floor, c.AckFloor.Stream), true
		}
	}
	if err := list.Err(); err != nil {
		return 0, err
	}
	if !any {
		return 0, nil
	}
	return floor, nil
}
