// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"

	"github.com/copytaster/copytaster/internal/bus"
)

// RetryDead sends dead letters back to their stage: those named, or all of a
// stage ("" for every stage). It returns how many went.
func (l *Line) RetryDead(ctx context.Context, stage string, ids []string, all bool) (int, error) {
	if all {
		var err error
		if ids, err = l.letters(ctx, stage, func(bus.Letter) bool { return true }); err != nil {
			return 0, err
		}
	}
	return len(ids), l.Bus.Dead().Retry(ctx, ids...)
}

// dropLetters forgets the dead letters that are wanted, and returns how many.
func (l *Line) dropLetters(ctx context.Context, wanted func(bus.Letter) bool) (int, error) {
	ids, err := l.letters(ctx, "", wanted)
	if err != nil {
		return 0, err
	}
	return len(ids), l.Bus.Dead().Drop(ctx, ids...)
}

// letters returns the ids of the dead letters of a stage that are wanted.
func (l *Line) letters(ctx context.Context, stage string, wanted func(bus.Letter) bool) (ids []string, err error) {
	for after := uint64(0); ; {
		page, err := l.Bus.Dead().List(ctx, stage, after, 100)
		if err != nil || len(page) == 0 {
			return ids, err
		}
		for _, letter := range page {
			if after = letter.Seq; wanted(letter) {
				ids = append(ids, letter.ID)
			}
		}
	}
}
