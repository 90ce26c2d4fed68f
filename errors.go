// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strings"
	"time"
)

// Class is what the worker loop does with a failure. Every error is classified
// once, where its cause is known; the loop alone acts on the class.
type Class string

// The classes of an error. An error without a class is transient.
const (
	ClassDone      Class = "done"      // nil: ack
	ClassSkip      Class = "skip"      // not for us: ack, and the reason goes to the ledger
	ClassTransient Class = "transient" // try again after this delivery's delay
	ClassPermanent Class = "permanent" // dead letter with the reason
)

type classed struct {
	class Class
	state State
	of    string
	after time.Duration
	err   error
}

func (c *classed) Error() string { return c.err.Error() }
func (c *classed) Unwrap() error { return c.err }

// Skip says that an input is not for us, and why: too short, not an article.
func Skip(reason string) error { return SkipAs(StateSkipped, reason) }

// SkipAs is Skip with the state in which the URL ends.
func SkipAs(state State, reason string) error {
	return &classed{class: ClassSkip, state: state, err: errors.New(reason)}
}

// Locate puts before err the place that it speaks of, a URL or a file: "get
// https://...: not found". ReasonOf leaves it out again.
func Locate(place string, err error) error {
	if err == nil {
		return nil
	}
	return &located{place, err}
}

type located struct {
	place string
	err   error
}

func (l *located) Error() string { return l.place + ": " + l.err.Error() }
func (l *located) Unwrap() error { return l.err }

// DuplicateOf says that the URL is another one's article.
func DuplicateOf(url string) error {
	return &classed{class: ClassSkip, state: StateDuplicate, of: url, err: fmt.Errorf("duplicate of %s", url)}
}

// Permanent marks err as one that no repetition can mend.
func Permanent(err error) error { return PermanentAs(StateDead, err) }

// PermanentAs is Permanent with the state in which the URL ends: StateGone for a
// page that the server says is not there.
func PermanentAs(state State, err error) error {
	if err == nil {
		return nil
	}
	return &classed{class: ClassPermanent, state: state, err: err}
}

// RetryAfter marks err as transient and says when to try again.
func RetryAfter(err error, d time.Duration) error {
	if err == nil {
		return nil
	}
	return &classed{class: ClassTransient, after: d, err: err}
}

// ClassOf is the class of err; nil is done, and an error without a class is
// transient: the zero value never means success.
func ClassOf(err error) Class {
	if err == nil {
		return ClassDone
	}
	var c *classed
	if errors.As(err, &c) {
		return c.class
	}
	return ClassTransient
}

// Delay is the wait that err advises, or 0.
func Delay(err error) time.Duration {
	var c *classed
	if errors.As(err, &c) {
		return c.after
	}
	return 0
}

// EndOf is the ledger state in which err leaves its URL and, for a duplicate,
// the URL that it repeats. The state is "" for a transient error and for nil.
func EndOf(err error) (state State, of string) {
	var c *classed
	if errors.As(err, &c) {
		return c.state, c.of
	}
	return "", ""
}

// ReasonOf is the text of err without the places that it names, so that failures
// of the same kind have the same reason and can be counted together: "not
// found", not of which URL. The ledger has that beside it.
func ReasonOf(err error) string {
	if err == nil {
		return ""
	}
	text := err.Error()
	for _, cause := range causes(err) {
		if kind := kindOf(cause); kind != "" {
			text = strings.Replace(text, cause.Error(), kind, 1)
		}
	}
	return text
}

// causes returns err and all that it wraps, outermost first.
func causes(err error) []error {
	out := []error{err}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		if cause := e.Unwrap(); cause != nil {
			out = append(out, causes(cause)...)
		}
	case interface{ Unwrap() []error }:
		for _, cause := range e.Unwrap() {
			out = append(out, causes(cause)...)
		}
	}
	return out
}

// kindOf is the text of an error that names a place, less the place; "" for one
// that names none.
func kindOf(err error) string {
	switch e := err.(type) {
	case *located:
		return e.err.Error()
	case *url.Error:
		return e.Err.Error()
	case *fs.PathError:
		return e.Op + ": " + e.Err.Error()
	case *classed:
		if e.of != "" {
			return "duplicate"
		}
	}
	return ""
}
