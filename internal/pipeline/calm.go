// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/copytaster/copytaster/internal/bus"
)

// calmPoll is how often a wait for calm looks at the line.
const calmPoll = 25 * time.Millisecond

// Patience is what a wait for calm waits for, and how long.
type Patience struct {
	Links bool          // the links on the line too, whoever put them there
	Still time.Duration // give up when nothing has moved for so long: what is left waits for a retry; 0 never gives up
}

// Quiet waits until no stage has anything to do, and what was done is found.
func (l *Line) Quiet(ctx context.Context) error {
	_, err := l.Calm(ctx, Patience{Links: true})
	return err
}

// Calm waits until the stages have nothing left to do, or do not get on with it,
// and what was done is found. It returns how many messages it did not wait for: a
// host or a receiver that is down is tried again for a day.
func (l *Line) Calm(ctx context.Context, p Patience) (left int, err error) {
	var last []int
	moved, quiet := time.Now(), 0
	for quiet < 2 && (p.Still == 0 || time.Since(moved) < p.Still) { // two looks, because a message may be between two streams at the first
		st, err := l.Bus.Status(ctx)
		if err != nil {
			return left, fmt.Errorf("wait for the line: %w", err)
		}
		st = l.waited(st)
		var now []int
		now, left = progress(st), remaining(st, p.Links)
		if !slices.Equal(now, last) {
			last, moved = now, time.Now()
		}
		quiet++
		if left > 0 {
			quiet = 0
		}
		if err := sleep(ctx, calmPoll); err != nil {
			return left, fmt.Errorf("the line is still busy: %w", err)
		}
	}
	return left, l.refresh(ctx)
}

// refresher is an index that shows what was written only after a while, unless
// it is told to.
type refresher interface {
	Refresh(ctx context.Context) error
}

func (l *Line) refresh(ctx context.Context) error {
	if r, ok := l.Index.(refresher); ok {
		return r.Refresh(ctx)
	}
	return nil
}

// remaining counts what the readers have to come, given and not settled included:
// above zero if the server could not be asked. Links count if they are asked for.
func remaining(st bus.Status, links bool) int {
	if len(st.Streams) == 0 {
		return 1
	}
	counts := func(stream string) bool { return stream != bus.Advisories && (links || stream != bus.Links) }
	n := 0
	for _, s := range st.Streams {
		if counts(s.Name) {
			n += int(s.Unread)
		}
	}
	for _, c := range st.Consumers {
		if counts(c.Stream) {
			n += int(c.Pending) + c.AckPending
		}
	}
	return n
}

// progress is a picture of the line that differs from the last one if something
// moved: the ends of the streams, but for the links, which a polite pause puts
// back again and again, and how far their readers are.
func progress(st bus.Status) []int {
	var counts []int
	for _, s := range st.Streams {
		if s.Name != bus.Links && s.Name != bus.Advisories {
			counts = append(counts, int(s.LastSeq))
		}
	}
	for _, c := range st.Consumers {
		if c.Stream != bus.Links && c.Stream != bus.Advisories {
			counts = append(counts, int(c.Pending), c.AckPending)
		}
	}
	return counts
}
