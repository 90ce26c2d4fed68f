// SPDX-License-Identifier: Apache-2.0

package copytaster

import "time"

// State is how far a discovered URL has come. Every URL ends in exactly one of
// the states other than StatePending.
type State string

// The states of a URL.
const (
	StatePending    State = "pending"     // discovered and still on the line
	StateIndexed    State = "indexed"     // its article is searchable
	StateUnchanged  State = "unchanged"   // looked at again, nothing new; counted as indexed before
	StateDuplicate  State = "duplicate"   // another URL's article
	StateNotArticle State = "not_article" // a list, a form, a gallery
	StateBlocked    State = "blocked"     // robots.txt forbids it
	StateGone       State = "gone"        // 404 or 410
	StateSkipped    State = "skipped"     // with a reason
	StateDead       State = "dead"        // in the dead letters, with a reason
	StateRemoved    State = "removed"     // taken down by hand
)

// States lists every state in the order in which a summary prints them.
func States() []State {
	return []State{StateIndexed, StateUnchanged, StateDuplicate, StateNotArticle, StateBlocked,
		StateGone, StateSkipped, StateDead, StateRemoved, StatePending}
}

// Final reports whether a URL may end in the state.
func (s State) Final() bool { return s != StatePending && s != "" }

// Outcome is one step of one URL: what the worker loop emits, and what the
// ledger keeps.
type Outcome struct {
	URL          string    `json:"url"`
	State        State     `json:"state"`
	Reason       string    `json:"reason,omitempty"`
	Stage        string    `json:"stage"`
	At           time.Time `json:"at"`           // UTC
	ID           string    `json:"id,omitempty"` // the article's id, once known
	Of           string    `json:"of,omitempty"` // the URL that a duplicate repeats
	Version      int64     `json:"version,omitempty"`
	Hash         string    `json:"hash,omitempty"` // content hash of the article
	Source       string    `json:"source,omitempty"`
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	Archive      string    `json:"archive,omitempty"`
	Delivery     int       `json:"delivery,omitempty"` // of a try that failed and is not the last: which it was, from 1
	Next         time.Time `json:"next,omitzero"`      // of such a try: when the next one is due
}

// Entry is what the ledger knows of one URL: its state, and its steps, oldest
// first.
type Entry struct {
	Outcome
	Found   time.Time `json:"found"`             // when it was first discovered
	Sources []string  `json:"sources,omitempty"` // who listed it
	Steps   []Outcome `json:"steps,omitempty"`   // bounded, newest kept
}

// Failing returns the newest step where it is a try that failed and is tried
// again, whatever the URL's state is from before; nil where it is not.
func (e *Entry) Failing() *Outcome {
	if n := len(e.Steps); n > 0 && e.Steps[n-1].Delivery > 0 {
		return &e.Steps[n-1]
	}
	return nil
}
