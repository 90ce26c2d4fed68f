// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/control"
)

// steady makes two exports of the same copy the same to the byte. It leaves out
// what our clock, our replays and our archive say, and puts documents that the order holds to
// be equal in the order of their ids: the index orders them by when they came.
type steady struct {
	write func(*control.Exported) error
	key   func(*copytaster.Document) int64
	equal []*control.Exported // documents of one key, not yet written
}

// newSteady refuses an order that is itself of our clock.
func newSteady(order index.Sort, write func(*control.Exported) error) (*steady, error) {
	switch order {
	case index.SortFetched:
		return nil, usage(fmt.Errorf("--stable with --sort fetched: two runs on the same copy fetch it in different orders"))
	case index.SortAmount:
		return &steady{write: write, key: index.AmountKey}, nil
	default:
		return &steady{write: write, key: dayKey}, nil
	}
}

// dayKey is the order by date; documents without one are equal.
func dayKey(d *copytaster.Document) int64 {
	key, _ := index.PublishedKey(d.Published)
	return key
}

// Write takes the next document in the index's order.
func (s *steady) Write(e *control.Exported) error {
	if len(s.equal) > 0 && s.key(s.equal[0].Document) != s.key(e.Document) {
		if err := s.flush(); err != nil {
			return err
		}
	}
	s.equal = append(s.equal, e)
	return nil
}

// before is finish, after all that is held back.
func (s *steady) before(finish func() error) func() error {
	return func() error {
		if err := s.flush(); err != nil {
			return err
		}
		return finish()
	}
}

// flush writes what is held back.
func (s *steady) flush() error {
	slices.SortFunc(s.equal, func(a, b *control.Exported) int { return cmp.Compare(a.Document.ID, b.Document.ID) })
	for _, e := range s.equal {
		e.Document.Fetched, e.Document.Generation, e.Document.Archive = time.Time{}, 0, ""
		if err := s.write(e); err != nil {
			return err
		}
	}
	s.equal = s.equal[:0]
	return nil
}
