// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/bus"
)

// Follow calls each with every document as it comes off the line from now on,
// until ctx ends. Replays are left out: they are nothing new.
func (l *Line) Follow(ctx context.Context, each func(*copytaster.Document)) error {
	return l.Bus.Tail(ctx, bus.Documents, 0, func(m bus.Message) {
		if replayed(&m) {
			return
		}
		if d, err := decode[copytaster.Document](m); err == nil {
			each(&d) // an undecodable one is the index stage's to bury
		}
	})
}
