// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/copytaster/copytaster/internal/bus"
)

// How often a wait looks at the line, and how long nothing may move before what
// is in flight counts as waiting for a retry.
const (
	calmPoll  = 25 * time.Millisecond
	calmStill = 3 * time.Second
)

// calm waits until the stages after the fetch have nothing left to do, or do not
// get on with it. Links of other inputs are not waited for, nor what was given
// back to be tried again: a host or a receiver that is down would hold every verb
// for hours.
func (s *server) calm(ctx context.Context) error {
	var last []int
	moved, quiet := time.Now(), 0
	for quiet < 2 && time.Since(moved) < calmStill { // two looks, because a message may be between two streams at the first
		st, err := s.line.Bus.Status(ctx)
		if err != nil {
			return fmt.Errorf("wait for the line: %w", err)
		}
		now := waiting(st)
		if !slices.Equal(now, last) {
			last, moved = now, time.Now()
		}
		quiet++
		if slices.Max(now) > 0 {
			quiet = 0
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the line is still busy: %w", ctx.Err())
		case <-time.After(calmPoll):
		}
	}
	if r, ok := s.line.Index.(refresher); ok {
		return r.Refresh(ctx)
	}
	return nil
}

// refresher is an index that shows what was written only after a while, unless
// it is told to.
type refresher interface {
	Refresh(ctx context.Context) error
}

// waiting counts what each stream and reader beyond the links has to come, given
// and not settled included. It has at least one number, above zero if the server
// could not be asked.
func waiting(st bus.Status) []int {
	if len(st.Streams) == 0 {
		return []int{1}
	}
	counts := []int{0}
	for _, s := range st.Streams {
		if s.Name != bus.Links && s.Name != bus.Advisories {
			counts = append(counts, int(s.Unread))
		}
	}
	for _, c := range st.Consumers {
		if c.Stream != bus.Links && c.Stream != bus.Advisories {
			counts = append(counts, int(c.Pending), c.AckPending)
		}
	}
	return counts
}
