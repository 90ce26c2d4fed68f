// SPDX-License-Identifier: Apache-2.0

package pipeline

import "context"

// RetryDead sends dead letters back to their stage: those named, or all of a
// stage ("" for every stage). It returns how many went.
func (l *Line) RetryDead(ctx context.Context, stage string, ids []string, all bool) (int, error) {
	if all {
		ids = nil
		for after := uint64(0); ; {
			letters, err := l.Bus.Dead().List(ctx, stage, after, 100)
			if err != nil {
				return 0, err
			}
			if len(letters) == 0 {
				break
			}
			for _, letter := range letters {
				ids, after = append(ids, letter.ID), letter.Seq
			}
		}
	}
	return len(ids), l.Bus.Dead().Retry(ctx, ids...)
}
