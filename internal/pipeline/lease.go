// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"errors"
	"time"

	"github.com/copytaster/copytaster/internal/bus"
)

// Lease is the right of one process to poll a source for a while. The processes'
// clocks must agree to within a few seconds.
type Lease struct {
	Owner string    `json:"owner"` // the process's own random name
	Until time.Time `json:"until"` // UTC
}

// A lease is renewed three times before it runs out, so that one that is long in
// listing keeps it and one that dies gives it up soon.
const leaseTime = 30 * time.Second

// due is when the process called id may poll the source: when it is due, or when
// another's lease has run out.
func (st *SourceState) due(now time.Time, id string) time.Time {
	if st.Lease.Owner != "" && st.Lease.Owner != id && st.Lease.Until.After(now) && st.Lease.Until.After(st.Next) {
		return st.Lease.Until
	}
	return st.Next
}

// lease is a held one. Its context ends when another process has taken it, which
// happens when this one was suspended, or when a person has asked for a poll at
// once.
type lease struct {
	ctx  context.Context
	lose context.CancelFunc // gives up what is done under the lease
	stop context.CancelFunc // ends keep
	done chan struct{}      // closed when keep has ended

	line *Line
	name string
	st   SourceState
	rev  uint64
}

// lease takes a source for this process and keeps it until release is called. It
// fails with bus.ErrConflict where somebody was faster. A bus in this process has
// no second process that could poll, and no lease is written.
func (l *Line) lease(ctx context.Context, name string, st SourceState, rev uint64) (*lease, error) {
	h := &lease{line: l, name: name, st: st, rev: rev, done: make(chan struct{})}
	h.ctx, h.lose = context.WithCancel(ctx)
	var keeping context.Context
	keeping, h.stop = context.WithCancel(h.ctx)
	if !l.Bus.Shared() {
		close(h.done)
		return h, nil
	}
	if err := h.write(ctx); err != nil {
		h.lose()
		return nil, err
	}
	go h.keep(keeping)
	return h, nil
}

// release stops renewing and returns the revision at which the state now stands.
func (h *lease) release() uint64 {
	h.stop()
	<-h.done
	return h.rev
}

// write takes or renews the lease where the state is still at the revision that
// this process last saw.
func (h *lease) write(ctx context.Context) error {
	h.st.Lease = Lease{Owner: h.line.id, Until: h.line.Now().Add(leaseTime)}
	rev, err := h.line.putSourceState(ctx, h.name, h.st, h.rev)
	if err != nil {
		return err
	}
	h.rev = rev
	return nil
}

// keep renews the lease until ctx ends. A write that has begun is brought to its
// end, so that the revision is known.
func (h *lease) keep(ctx context.Context) {
	defer close(h.done)
	t := time.NewTicker(leaseTime / 3)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		until := h.st.Lease.Until
		err := h.write(context.WithoutCancel(ctx))
		if errors.Is(err, bus.ErrConflict) || err != nil && h.line.Now().After(until) {
			h.line.Log.Warn("poll given up: its lease is lost", "source", h.name, "error", err)
			h.lose()
			return
		}
	}
}
