// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// sweepClaims removes the objects that no message names any more. An object says
// in its metadata on which subject its message stands, and is left alone while it
// is young: its message may be on its way.
func (b *Bus) sweepClaims(ctx context.Context) error {
	list, err := b.objects.List(ctx)
	if errors.Is(err, jetstream.ErrNoObjectsFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("sweep claim checks: %w", err)
	}
	for _, o := range list {
		if time.Since(o.ModTime) < b.o.ClaimAge {
			continue
		}
		named, err := b.named(ctx, o)
		if err == nil && !named {
			err = b.objects.Delete(ctx, o.Name)
		}
		if err != nil {
			return fmt.Errorf("sweep claim check %s: %w", o.Name, err)
		}
	}
	return nil
}

// named walks the messages on the object's subject.
func (b *Bus) named(ctx context.Context, o *jetstream.ObjectInfo) (bool, error) {
	s, ok := b.streams[o.Metadata[claimStream]]
	if !ok {
		return true, nil // not one of ours
	}
	for seq := uint64(1); ; {
		raw, err := s.GetMsg(ctx, seq, jetstream.WithGetMsgSubject(o.Metadata[claimSubject]))
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return false, nil
		}
		if err != nil {
			return true, err
		}
		if raw.Header.Get(headerClaim) == o.Name {
			return true, nil
		}
		seq = raw.Sequence + 1
	}
}
