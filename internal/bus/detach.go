// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// Detach removes the reading position of a consumer for good, and the one for its
// dead letters: what it has not read it will never read. ErrNotFound is returned
// where there is none.
func (b *Bus) Detach(ctx context.Context, c Consumer) error {
	gone := 0
	for _, s := range c.withDefaults().sources() {
		err := b.js.DeleteConsumer(ctx, s.Stream, s.Durable)
		switch {
		case errors.Is(err, jetstream.ErrConsumerNotFound):
		case err != nil:
			return fmt.Errorf("detach %s: %w", s.Durable, err)
		default:
			gone++
		}
	}
	if gone == 0 {
		return fmt.Errorf("detach %s: %w", c.Durable, ErrNotFound)
	}
	return nil
}
