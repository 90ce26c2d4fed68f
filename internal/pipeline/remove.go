// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/ingest"
	"github.com/copytaster/copytaster/internal/bus"
)

// Archive is what a takedown needs of the archive: see ingest.Archive.
type Archive interface {
	Redact(ctx context.Context, about func(*ingest.Record) bool) (int, error)
	RedactRecord(ref string) error
}

// Removal is what a takedown reached.
type Removal struct {
	URLs     []string `json:"urls"`             // that led to the article; none of them comes back
	Messages int      `json:"messages"`         // of the streams, alerts not counted
	Alerts   int      `json:"alerts"`           // taken out of the stream; what was sent is sent
	Letters  int      `json:"letters"`          // dead letters dropped
	Records  int      `json:"records"`          // of the archive blanked
	Unread   string   `json:"unread,omitempty"` // what could not be read of the archive, and may hold the page still
	Archived bool     `json:"archived"`         // the archive was searched
}

// Remove takes an article down by a URL of it: out of the index, its revisions
// included, out of the streams, the alerts and the dead letters, and out of the
// archive. The ledger remembers the removal of all URLs that led to the article,
// so that no source brings it back. It may be repeated, after a crash too.
// index.ErrNotFound is returned for a URL that the ledger does not know.
func (l *Line) Remove(ctx context.Context, url string) (Removal, error) {
	e, err := l.Why(ctx, url)
	if err != nil {
		return Removal{}, fmt.Errorf("remove: %w", err)
	}
	t := &takedown{line: l, id: e.ID}
	for _, step := range []func(context.Context, string) error{
		t.identify,
		t.find,
		t.mark, // first: a link that is fetched in the next moment must find it
		t.sweep,
		t.settle,
		t.redact,
		t.mark, // last again: what was in flight may have said that it is indexed
	} {
		if err := step(ctx, e.URL); err != nil {
			return t.Removal, fmt.Errorf("remove %s: %w", url, err)
		}
	}
	return t.Removal, nil
}

// takedown is a removal under way.
type takedown struct {
	Removal
	line *Line
	id   string // of the article; "" for a URL that gave none
}

// identify waits for the ledger where it does not know the article yet: the URL
// may have been fetched a moment ago.
func (t *takedown) identify(ctx context.Context, url string) error {
	if t.id != "" {
		return nil
	}
	t.URLs = []string{url}
	if err := t.mark(ctx, url); err != nil {
		return err
	}
	if _, err := t.line.Calm(ctx, Patience{Still: removeStill}); err != nil {
		return err
	}
	e, err := t.line.Index.Lookup(ctx, url)
	if err == nil {
		t.id = e.ID
	}
	return err
}

// find collects the URLs that led to the article, its canonical one included.
func (t *takedown) find(ctx context.Context, url string) error {
	urls := []string{url}
	if t.id != "" {
		stated, err := t.stated(ctx)
		if err != nil {
			return err
		}
		urls = append(urls, stated...)
		for after := ""; ; {
			page, err := t.line.Index.Entries(ctx, "", after, index.MaxSize)
			if err != nil {
				return err
			}
			if len(page) == 0 {
				break
			}
			for _, e := range page {
				if after = e.URL; e.ID == t.id {
					urls = append(urls, e.URL)
				}
			}
		}
	}
	t.URLs = union(urls, nil)
	return nil
}

// stated are the URLs that the article's revisions name.
func (t *takedown) stated(ctx context.Context) (urls []string, err error) {
	docs, err := t.line.Index.Revisions(ctx, t.id)
	if err != nil && !errors.Is(err, index.ErrNotFound) {
		return nil, err
	}
	for _, d := range docs {
		urls = append(urls, d.URL, d.Canonical)
	}
	newest, _, err := t.line.latest(ctx, t.id)
	if newest != nil {
		urls = append(urls, newest.URL, newest.Canonical)
	}
	return urls, err
}

// mark writes the removal into the ledger, at once and by the stream.
func (t *takedown) mark(ctx context.Context, _ string) error {
	for _, u := range t.URLs {
		o := copytaster.Outcome{URL: u, State: copytaster.StateRemoved, Reason: "taken down", Stage: "remove", At: t.line.Now(), ID: t.id}
		if err := t.line.record(ctx, o); err != nil {
			return err
		}
		if err := errors.Join(t.line.Index.Record(ctx, []copytaster.Outcome{o})...); err != nil {
			return err
		}
	}
	return nil
}

// about reports whether a message or a letter about a URL, from a subject, is the
// article's.
func (t *takedown) about(url, subject string) bool {
	return url != "" && t.leads(url) || t.id != "" && strings.HasSuffix(subject, "."+bus.Token(t.id))
}

// leads reports whether a URL leads to the article.
func (t *takedown) leads(url string) bool {
	_, found := slices.BinarySearch(t.URLs, url)
	return found
}

// purger is an index that can wipe what it has deleted from its files.
type purger interface {
	Purge(ctx context.Context) error
}

// sweep empties the streams first: what they hold could be indexed again.
func (t *takedown) sweep(ctx context.Context, _ string) error {
	if err := t.sweepStreams(ctx); err != nil {
		return err
	}
	n, err := t.line.dropLetters(ctx, func(d bus.Letter) bool { return t.about(d.Header[bus.HeaderURL], d.Subject) })
	t.Letters += n
	if err != nil || t.id == "" {
		return err
	}
	return t.line.erase(ctx, t.id)
}

// erase takes an article out of the index, and out of its files where it can.
func (l *Line) erase(ctx context.Context, id string) error {
	if err := l.Index.Delete(ctx, id); err != nil {
		return err
	}
	if p, ok := l.Index.(purger); ok {
		return p.Purge(ctx)
	}
	return nil
}

// refuseLate skips what was taken down while a stage that began at a time had it
// in hand, if that was long enough for a takedown not to have waited for it.
func (l *Line) refuseLate(ctx context.Context, began time.Time, url string) error {
	if time.Since(began) < inHand/2 {
		return nil
	}
	e, err := l.Index.Lookup(ctx, url)
	switch {
	case errors.Is(err, index.ErrNotFound):
		return nil
	case err != nil:
		return fmt.Errorf("ledger: %w", err)
	case e.State == copytaster.StateRemoved:
		return copytaster.SkipAs(copytaster.StateRemoved, "taken down")
	}
	return nil
}

func (t *takedown) sweepStreams(ctx context.Context) error {
	n, err := t.line.Bus.EraseWhere(ctx, bus.Retries, "", func(m *bus.Message) bool { return t.about(m.Header[bus.HeaderURL], m.Subject) })
	t.Messages += n
	if err != nil || t.id == "" {
		return err
	}
	for _, s := range []struct {
		stream, filter string
		n              *int
	}{
		{bus.Articles, bus.ArticleSubject(t.id), &t.Messages},
		{bus.Documents, bus.DocumentSubject(t.id), &t.Messages},
		{bus.Alerts, bus.AlertsOf(t.id), &t.Alerts},
	} {
		n, err := t.line.Bus.EraseWhere(ctx, s.stream, s.filter, nil)
		if *s.n += n; err != nil {
			return err
		}
	}
	return nil
}

// settle looks again, and sweeps again, until a look finds nothing: what a stage
// had in hand when the streams were emptied comes out at its other end. A stage
// that keeps something longer than that looks by itself, see refuseLate.
func (t *takedown) settle(ctx context.Context, url string) error {
	for range maxSweeps {
		if _, err := t.line.Calm(ctx, Patience{Still: removeStill}); err != nil {
			return err
		}
		if err := sleep(ctx, inHand); err != nil {
			return err
		}
		before := t.Messages + t.Alerts
		if err := t.sweepStreams(ctx); err != nil || t.id == "" {
			return err
		}
		left, _, err := t.line.latest(ctx, t.id)
		if err != nil || left == nil && t.Messages+t.Alerts == before {
			return err
		}
		if err := t.sweep(ctx, url); err != nil {
			return err
		}
	}
	return errors.New("it keeps coming back")
}

const (
	removeStill = 3 * time.Second // how long nothing may move before a takedown goes on all the same
	inHand      = time.Second     // how long a stage may keep a message without looking whether it was taken down
	maxSweeps   = 10
)

// redact blanks every record of the archive whose page, or whose link, is one of
// the URLs. Damage is reported and not an error: nobody can mend it here.
func (t *takedown) redact(ctx context.Context, _ string) error {
	a := t.line.Archive
	if a == nil {
		return nil
	}
	n, err := a.Redact(ctx, func(r *ingest.Record) bool {
		return t.leads(spelling(r.URL)) || t.leads(spelling(r.Link.URL))
	})
	t.Archived, t.Records = true, n
	if errors.Is(err, ingest.ErrArchive) {
		t.Unread = err.Error()
		return nil
	}
	return err
}
