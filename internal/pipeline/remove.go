// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"errors"
	"fmt"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/bus"
)

// Remove takes an article down by a URL of it: out of the index, its revisions
// included, and out of the streams. The ledger remembers the removal, so that no
// source brings the URL back. index.ErrNotFound is returned for a URL that the
// ledger does not know.
func (l *Line) Remove(ctx context.Context, url string) error {
	e, err := l.Why(ctx, url)
	if err != nil {
		return fmt.Errorf("remove: %w", err)
	}
	if e.ID != "" {
		if err := l.removeArticle(ctx, e.ID); err != nil {
			return fmt.Errorf("remove %s: %w", url, err)
		}
	}
	if err := l.dropLetters(ctx, e.URL); err != nil {
		return fmt.Errorf("remove %s: %w", url, err)
	}
	o := copytaster.Outcome{URL: e.URL, State: copytaster.StateRemoved, Reason: "taken down", Stage: "remove", At: l.Now(), ID: e.ID}
	if err := l.record(ctx, o); err != nil {
		return fmt.Errorf("remove %s: %w", url, err)
	}
	// The ledger is written at once too: a link that is fetched in the next moment
	// must find the removal there.
	return errors.Join(l.Index.Record(ctx, []copytaster.Outcome{o})...)
}

// purger is an index that can wipe what it has deleted from its files.
type purger interface {
	Purge(ctx context.Context) error
}

// removeArticle empties the streams first: what they hold could be indexed again.
func (l *Line) removeArticle(ctx context.Context, id string) error {
	for stream, subject := range map[string]string{
		bus.Articles:  bus.ArticleSubject(id),
		bus.Documents: bus.DocumentSubject(id),
	} {
		if err := l.Bus.DeleteSubject(ctx, stream, subject); err != nil {
			return err
		}
	}
	if err := l.Index.Delete(ctx, id); err != nil {
		return err
	}
	if p, ok := l.Index.(purger); ok {
		return p.Purge(ctx)
	}
	return nil
}
