// SPDX-License-Identifier: Apache-2.0

package index

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/copytaster/copytaster"
)

// MaxSteps is how many steps an entry of the ledger keeps: the newest.
const MaxSteps = 20

// CheckOutcome returns a permanent error for an outcome that no ledger can hold.
func CheckOutcome(o copytaster.Outcome) error {
	switch {
	case o.URL == "":
		return copytaster.Permanent(errors.New("ledger: an outcome without a URL"))
	case !slices.Contains(copytaster.States(), o.State):
		return copytaster.Permanent(fmt.Errorf("ledger: %s: unknown state %q", o.URL, o.State))
	case o.At.IsZero():
		return copytaster.Permanent(fmt.Errorf("ledger: %s: an outcome without a time", o.URL))
	}
	return nil
}

// Note returns the entry e, nil for a URL never heard of, with the outcome o
// added. The result does not depend on the order in which outcomes arrive, as
// long as no step is lost for being older than the newest MaxSteps:
//
//   - the state, with its reason, stage, time, what it repeats and when it is
//     tried again, is that of the newest final outcome, and of the newest pending one while there is none;
//   - every other field is the newest that was stated; ETag and LastModified are
//     one field, for both are of one response;
//   - Found is the oldest time, Sources are all sources, Steps the newest
//     MaxSteps, oldest first.
//
// Times are kept in milliseconds. An outcome noted before changes nothing.
func Note(e *copytaster.Entry, o copytaster.Outcome) *copytaster.Entry {
	o.At, o.Next = o.At.UTC().Truncate(time.Millisecond), o.Next.UTC().Truncate(time.Millisecond)
	if e == nil {
		e = &copytaster.Entry{Outcome: o, Found: o.At}
	}
	n := &copytaster.Entry{Outcome: e.Outcome, Found: e.Found, Sources: addSource(e.Sources, o.Source), Steps: addStep(e.Steps, o)}
	if o.At.Before(n.Found) {
		n.Found = o.At
	}
	if outranks(o, n.Outcome) {
		n.State, n.Reason, n.Stage, n.At, n.Of = o.State, o.Reason, o.Stage, o.At, o.Of
		n.Delivery, n.Next = o.Delivery, o.Next
	}
	for _, step := range n.Steps {
		carry(&n.Outcome, step)
	}
	return n
}

// outranks reports whether a decides the state rather than b.
func outranks(a, b copytaster.Outcome) bool {
	if a.State.Final() != b.State.Final() {
		return a.State.Final()
	}
	return compareSteps(a, b) > 0
}

// compareSteps orders steps by time; the rest decides between equal times, so
// that the order of arrival never does.
func compareSteps(a, b copytaster.Outcome) int {
	return cmp.Or(
		a.At.Compare(b.At), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Stage, b.Stage), cmp.Compare(a.State, b.State),
		cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Of, b.Of), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Hash, b.Hash),
		cmp.Compare(a.Source, b.Source), cmp.Compare(a.ETag, b.ETag), cmp.Compare(a.LastModified, b.LastModified),
		cmp.Compare(a.Archive, b.Archive), cmp.Compare(a.Delivery, b.Delivery), a.Next.Compare(b.Next),
	)
}

// addStep returns steps with o in its place, unless it is there or is older than
// all of a full list.
func addStep(steps []copytaster.Outcome, o copytaster.Outcome) []copytaster.Outcome {
	at, found := slices.BinarySearchFunc(steps, o, compareSteps)
	if found {
		return steps
	}
	steps = slices.Insert(slices.Clone(steps), at, o)
	return steps[max(0, len(steps)-MaxSteps):]
}

// addSource returns the sorted sources with s among them.
func addSource(sources []string, s string) []string {
	at, found := slices.BinarySearch(sources, s)
	if found || s == "" {
		return sources
	}
	return slices.Insert(slices.Clone(sources), at, s)
}

// carry copies what a newer step states into o, its deciding fields excepted.
func carry(o *copytaster.Outcome, step copytaster.Outcome) {
	o.ID = cmp.Or(step.ID, o.ID)
	o.Version = cmp.Or(step.Version, o.Version)
	o.Hash = cmp.Or(step.Hash, o.Hash)
	o.Source = cmp.Or(step.Source, o.Source)
	o.Archive = cmp.Or(step.Archive, o.Archive)
	if step.ETag != "" || step.LastModified != "" {
		o.ETag, o.LastModified = step.ETag, step.LastModified
	}
}

// EntryLimit is the limit of Ledger.Entries with its default filled in, or
// ErrBadPage for one that is out of range.
func EntryLimit(limit int) (int, error) {
	if limit == 0 {
		return 100, nil
	}
	if limit < 0 || limit > MaxSize {
		return 0, fmt.Errorf("%w: limit %d is not between 1 and %d", ErrBadPage, limit, MaxSize)
	}
	return limit, nil
}
