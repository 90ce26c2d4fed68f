// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"time"

	"github.com/copytaster/copytaster"
)

// Settle waits until each URL has reached a final state since a time, and the
// line has nothing left to do. It returns the entries in the order of the URLs.
func (l *Line) Settle(ctx context.Context, urls []string, since time.Time) ([]*copytaster.Entry, error) {
	entries := make([]*copytaster.Entry, len(urls))
	for i, u := range urls {
		e, err := l.Final(ctx, u, since)
		if err != nil {
			return entries, err
		}
		entries[i] = e
	}
	return entries, l.Quiet(ctx)
}
