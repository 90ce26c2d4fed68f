// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"hash/fnv"
	"strconv"
	"time"
)

// Schedule is when a source is polled next and why: a value, kept beside the
// checkpoint. The zero Schedule is due at once.
type Schedule struct {
	Next     time.Time     `json:"next,omitzero"`
	Interval time.Duration `json:"interval,omitempty"` // between polls that succeed
	Failures int           `json:"failures,omitempty"` // in a row
	LastPoll time.Time     `json:"last_poll,omitzero"`
	LastOK   time.Time     `json:"last_ok,omitzero"`
	LastNew  time.Time     `json:"last_new,omitzero"` // the poll that last yielded an item
	Error    string        `json:"error,omitempty"`   // of the last poll
}

// Bounds limit the adaptive interval.
type Bounds struct {
	Start, Min, Max time.Duration
}

// Poll is what one poll of a source came to.
type Poll struct {
	At         time.Time
	Items      int
	Err        error
	RetryAfter time.Duration // that the server asked for
}

// maxBackOff is the longest wait after failures: a source that is mended is
// noticed within a day.
const maxBackOff = 12 * time.Hour

// Bounds are the limits of a source's poll interval. A configured one is fixed.
func (c SourceConfig) Bounds() Bounds {
	switch {
	case c.Every > 0:
		return Bounds{Start: c.Every, Min: c.Every, Max: c.Every}
	case LocalKind(c.Kind):
		return Bounds{Start: 30 * time.Second, Min: 10 * time.Second, Max: 5 * time.Minute}
	}
	return Bounds{Start: 10 * time.Minute, Min: 2 * time.Minute, Max: 2 * time.Hour}
}

// Due reports whether the source is to be polled at now.
func (s Schedule) Due(now time.Time) bool { return !now.Before(s.Next) }

// After is the schedule once a poll is done: a pure function. The interval
// shrinks by a quarter when a poll yields and grows by a quarter when it does
// not; failures double the wait, up to half a day; a server's Retry-After is
// never undercut. Each wait is moved by up to a tenth, by a hash of seed, so
// that sources which began together do not stay together.
func (s Schedule) After(p Poll, b Bounds, seed string) Schedule {
	s.LastPoll, s.Error = p.At, ""
	if s.Interval == 0 {
		s.Interval = b.Start
	}
	if p.Err != nil {
		s.Failures++
		s.Error = p.Err.Error()
		s.Interval = clamp(s.Interval, b)
		wait := jitter(backOff(s.Interval, s.Failures), seed, s.Failures)
		s.Next = p.At.Add(max(wait, p.RetryAfter))
		return s
	}
	s.Failures, s.LastOK = 0, p.At
	if p.Items > 0 {
		s.LastNew = p.At
		s.Interval -= s.Interval / 4
	} else {
		s.Interval += s.Interval / 4
	}
	s.Interval = clamp(s.Interval, b)
	s.Next = p.At.Add(max(jitter(s.Interval, seed, int(p.At.Unix())), p.RetryAfter))
	return s
}

func clamp(d time.Duration, b Bounds) time.Duration { return min(max(d, b.Min), b.Max) }

// backOff doubles the interval at each failure from the second on.
func backOff(interval time.Duration, failures int) time.Duration {
	limit := max(maxBackOff, interval)
	for ; failures > 1 && interval < limit; failures-- {
		interval *= 2
	}
	return min(interval, limit)
}

// jitter moves d by -10% to +10%, always by the same for the same seed and n.
func jitter(d time.Duration, seed string, n int) time.Duration {
	h := fnv.New32a()
	h.Write([]byte(seed + "#" + strconv.Itoa(n)))
	return d - d/10 + time.Duration(int64(d)/5*int64(h.Sum32()%1000)/1000)
}
