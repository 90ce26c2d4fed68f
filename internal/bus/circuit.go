// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// circuit stops a loop whose work fails as a whole, because what it writes to is
// down. While it is open one message at a time probes, with growing pauses; the
// first that is not a transient failure closes it. The zero value is closed.
type circuit struct {
	mu       sync.Mutex
	failures int
	until    time.Time
	probing  bool
	changed  chan struct{} // closed at the next change, nil when nobody waits
}

// probePause caps the pause between two probes, so that work resumes soon after
// the outage.
const probePause = time.Minute

type verdict int

// What became of a batch, for the circuit.
const (
	quiet  verdict = iota // there was no message
	moving                // at least one message was settled for good
	failed                // every message failed transiently
)

// enter waits until messages may be taken and says how many: size, or 1 for the
// probe of an open circuit. It also returns when ctx ends.
func (c *circuit) enter(ctx context.Context, size int) (n int, probe bool) {
	for {
		wait, changed := c.try()
		if changed == nil {
			return size, false
		}
		if wait < 0 {
			return 1, true
		}
		t := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			t.Stop()
			return 1, false
		case <-changed:
			t.Stop()
		case <-t.C:
		}
	}
}

// try returns a nil channel when the circuit is closed, a negative wait when the
// caller is the probe, and else how long to wait unless the channel closes.
func (c *circuit) try() (time.Duration, chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.failures == 0 {
		return 0, nil
	}
	if c.changed == nil {
		c.changed = make(chan struct{})
	}
	wait := time.Until(c.until)
	if c.probing {
		return max(wait, probePause), c.changed
	}
	if wait <= 0 {
		c.probing = true
		return -1, c.changed
	}
	return wait, c.changed
}

// leave reports what became of a batch; pause is how long to wait after a failure.
func (c *circuit) leave(probe bool, v verdict, pause time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if probe {
		c.probing = false
	}
	switch v {
	case moving:
		c.failures = 0
	case failed:
		c.failures++
		c.until = time.Now().Add(min(pause, probePause))
	}
	if c.changed != nil {
		close(c.changed)
		c.changed = nil
	}
}

// count is the number of failures in a row.
func (c *circuit) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.failures
}

// pause spaces out requests that the server answers with an error.
type pause struct{ n int }

// after waits a growing moment after an error, which it logs the first time.
func (p *pause) after(ctx context.Context, log *slog.Logger, durable string, err error) {
	if err == nil || ctx.Err() != nil {
		p.n = 0
		return
	}
	if p.n == 0 {
		log.Warn("no messages from the server", "consumer", durable, "error", err)
	}
	p.n = min(p.n+1, 6)
	select {
	case <-ctx.Done():
	case <-time.After(time.Duration(1<<p.n) * 50 * time.Millisecond):
	}
}
