// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/bus"
)

// Replay sends every article that matches q through the extractors again, as a
// new generation of its newest revision, and returns how many there were. Alerts
// do not ring for a replay.
func (l *Line) Replay(ctx context.Context, q copytaster.Query) (int, error) {
	n, page := 0, index.Page{Size: 100, Sort: index.SortOldest}
	for {
		res, err := l.Index.Search(ctx, q, page)
		if err != nil {
			return n, fmt.Errorf("replay: %w", err)
		}
		for _, h := range res.Hits {
			if err := l.replayOne(ctx, h.Document.Article); err != nil {
				return n, fmt.Errorf("replay %s: %w", h.Document.URL, err)
			}
			n++
		}
		if res.Next == "" {
			return n, nil
		}
		page.After = res.Next
	}
}

func (l *Line) replayOne(ctx context.Context, a copytaster.Article) error {
	newest, seq, err := l.latest(ctx, a.ID)
	if err != nil {
		return err
	}
	if newest != nil && newest.Version() > a.Version() {
		a = *newest
	}
	if a.Generation == math.MaxUint16 {
		return errors.New("its generations are used up")
	}
	a.Generation++
	id := messageID(a.ID, a.Version(), "replay", a.Stripper)
	out, err := story{url: a.URL, source: first(a.Sources), replay: true}.message(bus.ArticleSubject(a.ID), id, copytaster.SchemaArticle, a)
	if err != nil {
		return err
	}
	out.Expect = &seq
	err = l.publish(ctx, out)
	if errors.Is(err, bus.ErrConflict) {
		return nil // a newer revision arrived, and went through the new extractors
	}
	return err
}
