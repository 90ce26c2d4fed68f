// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"hash/fnv"
	"strconv"
	"time"
)

// History is how the polls of a source have gone: a value, kept beside its
// checkpoint. The zero History is that of a source which was never polled.
type History struct {
	Step      int       `json:"step,omitempty"`     // the interval is the starting one times 1.25 to this power
	Failures  int       `json:"failures,omitempty"` // in a row
	Polls     int       `json:"polls,omitempty"`
	Items     int       `json:"items,omitempty"` // listed as new or changed, in all
	LastPoll  time.Time `json:"last_poll,omitzero"`
	LastOK    time.Time `json:"last_ok,omitzero"`
	LastItem  time.Time `json:"last_item,omitzero"`   // the poll that last yielded an item
	LastError string    `json:"last_error,omitempty"` // of the last poll
}

// Bounds limit the time between polls of a source that answers.
type Bounds struct {
	Start, Min, Max time.Duration
}

// Bounds are the limits for a source. A configured interval is fixed.
func (c SourceConfig) Bounds() Bounds {
	switch {
	case c.Every > 0:
		return Bounds{Start: c.Every, Min: c.Every, Max: c.Every}
	case LocalKind(c.Kind):
		return Bounds{Start: 30 * time.Second, Min: 10 * time.Second, Max: 5 * time.Minute}
	}
	return Bounds{Start: 10 * time.Minute, Min: 2 * time.Minute, Max: 2 * time.Hour}
}

// Limits of a History.
const (
	maxStep      = 12             // 1.25 to the 12th is 14.6
	maxErrorText = 500            // bytes of History.LastError
	maxBackOff   = 12 * time.Hour // a source that is mended is noticed within half a day
)

// Add is the history once a poll has listed a number of items, or failed.
func (h History) Add(at time.Time, items int, err error) History {
	h.Polls++
	h.LastPoll, h.LastError = at, ""
	if err != nil {
		h.Failures++
		h.LastError = err.Error()
		h.LastError = h.LastError[:min(len(h.LastError), maxErrorText)]
		return h
	}
	h.Failures, h.LastOK = 0, at
	h.Items += items
	if items > 0 {
		h.LastItem = at
		h.Step = max(h.Step-1, -maxStep)
	} else {
		h.Step = min(h.Step+1, maxStep)
	}
	return h
}

// NextPoll is when a source is due again after the poll at now: a pure function.
// The interval shrinks by a fifth with each poll that yields and grows by a
// quarter with each that does not; failures double it, up to half a day; a
// server's Retry-After (retryAfter, or 0) is never undercut. Each wait is moved
// by up to a tenth, by a hash of the source's name, so that sources which began
// together do not stay together.
func NextPoll(c SourceConfig, h History, now time.Time, retryAfter time.Duration) time.Time {
	wait := h.interval(c.Bounds())
	if h.Failures > 0 {
		wait = backOff(wait, h.Failures)
	}
	wait = jitter(wait, c.Name, h.Polls)
	return now.Add(max(wait, retryAfter))
}

// interval is the time between polls that succeed.
func (h History) interval(b Bounds) time.Duration {
	d := float64(b.Start)
	for range max(h.Step, 0) {
		d *= 1.25
	}
	for range max(-h.Step, 0) {
		d /= 1.25
	}
	return min(max(time.Duration(d), b.Min), b.Max)
}

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
	return d - d/10 + d/5/1000*time.Duration(h.Sum32()%1000)
}
