// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"errors"
	"fmt"
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
