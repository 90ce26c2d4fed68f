// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/ingest"
	"github.com/copytaster/copytaster/internal/bus"
)

// fetch turns links into articles, one host at a time.
func (l *Line) fetch(ctx context.Context) error {
	return l.Bus.ConsumeShards(ctx, func(ctx context.Context, batch []bus.Message) []error {
		return each(batch, func(i int, m bus.Message) error { return l.fetchOne(ctx, &batch[i]) })
	})
}

func (l *Line) fetchOne(ctx context.Context, m *bus.Message) error {
	link, err := decode[ingest.Link](*m)
	if err != nil {
		return err
	}
	known, prev, err := l.known(ctx, link.URL)
	if err != nil {
		return err
	}
	if known.State == copytaster.StateRemoved {
		return copytaster.SkipAs(copytaster.StateRemoved, "taken down")
	}
	if prev != nil && prev.URL == link.URL && prev.Fetched.After(link.Found) {
		return l.publishArticle(ctx, m, claimed(prev, link))
	}
	if prev != nil {
		link.ETag, link.LastModified = known.ETag, known.LastModified
	}
	f, err := l.Fetcher.Fetch(ctx, link)
	var busy *ingest.BusyError
	if errors.As(err, &busy) {
		return l.putOff(ctx, link, busy)
	}
	if state, _ := copytaster.EndOf(err); state == copytaster.StateUnchanged && prev != nil {
		return l.publishArticle(ctx, m, claimed(prev, link))
	}
	if err != nil {
		return err
	}
	if err := l.refuseRemoved(ctx, link.URL, &f.Article); err != nil {
		return err
	}
	m.Note.ETag, m.Note.LastModified = f.ETag, f.LastModified
	if err := l.publishArticle(ctx, m, f.Article); err != nil {
		return err
	}
	l.learn(ctx, f)
	return nil
}

// refuseRemoved skips an article that was taken down while it was fetched, or
// that comes back by a URL nobody knew, and blanks what the archive got of it.
func (l *Line) refuseRemoved(ctx context.Context, url string, a *copytaster.Article) error {
	for _, u := range []string{url, a.URL, a.Canonical} {
		e, err := l.Index.Lookup(ctx, u)
		if errors.Is(err, index.ErrNotFound) || err == nil && e.State != copytaster.StateRemoved {
			continue
		}
		if err != nil {
			return fmt.Errorf("ledger: %w", err)
		}
		if l.Archive != nil && a.Archive != "" {
			if err := l.Archive.RedactRecord(a.Archive); err != nil {
				return err
			}
		}
		return copytaster.SkipAs(copytaster.StateRemoved, "taken down")
	}
	return nil
}

// maxHold is how long a link whose host wants a longer pause keeps its place; then
// it goes to the end of the queue. Neither counts as a delivery.
const maxHold = 30 * time.Second

// putOff waits for a polite pause, or for a part of it, and puts the link back.
func (l *Line) putOff(ctx context.Context, link ingest.Link, busy *ingest.BusyError) error {
	if err := sleep(ctx, min(busy.Wait, maxHold)); err != nil {
		return err
	}
	out, err := linkMessage(listing{link, "again " + l.Now().Format(time.RFC3339Nano)})
	if err != nil {
		return err
	}
	return l.publish(ctx, out)
}

// learn keeps what a page taught of its site. A page that teaches nothing costs
// a little precision later, and no copy.
func (l *Line) learn(ctx context.Context, f *ingest.Fetched) {
	if err := l.countStripping(ctx, &f.Article); err != nil {
		l.Log.Warn("stripping", "source", first(f.Article.Sources), "error", err)
	}
	if l.Sites == nil {
		return
	}
	if err := l.Sites.learn(ctx, f); err != nil {
		l.Log.Warn("site model", "host", f.Host, "error", err)
	}
}

// known is what the ledger knows of a URL and the article that it gave last.
func (l *Line) known(ctx context.Context, url string) (copytaster.Entry, *copytaster.Article, error) {
	e, err := l.Index.Lookup(ctx, url)
	if errors.Is(err, index.ErrNotFound) {
		return copytaster.Entry{}, nil, nil
	}
	if err != nil {
		return copytaster.Entry{}, nil, fmt.Errorf("ledger: %w", err)
	}
	if e.ID == "" {
		return *e, nil, nil
	}
	prev, _, err := l.latest(ctx, e.ID)
	return *e, prev, err
}

// latest is the newest revision of an article that was published, and the
// sequence to expect when publishing the next. Revisions that the bus has let go
// are read from the index.
func (l *Line) latest(ctx context.Context, id string) (*copytaster.Article, uint64, error) {
	m, err := l.Bus.Last(ctx, bus.ArticleSubject(id))
	if err == nil {
		a, derr := decode[copytaster.Article](*m)
		return &a, m.Seq, derr
	}
	if !errors.Is(err, bus.ErrNotFound) {
		return nil, 0, fmt.Errorf("last revision: %w", err)
	}
	d, err := l.Index.Get(ctx, id)
	if errors.Is(err, index.ErrNotFound) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, fmt.Errorf("last revision: %w", err)
	}
	return &d.Article, 0, nil
}

// publishArticle publishes a unless the newest revision says the same. Somebody
// who was faster is met by looking again.
func (l *Line) publishArticle(ctx context.Context, m *bus.Message, a copytaster.Article) error {
	for range 4 {
		prev, seq, err := l.latest(ctx, a.ID)
		if err != nil {
			return err
		}
		next, err := succeed(prev, a)
		note(m, &next)
		if err != nil && !grows(prev, next) {
			return err
		}
		perr := l.sendArticle(ctx, m, next, seq)
		if perr == nil {
			return err
		}
		if !errors.Is(perr, bus.ErrConflict) {
			return perr
		}
	}
	return copytaster.Locate("article "+a.ID, errors.New("other fetchers keep publishing it"))
}

// succeed decides what a newly fetched article is to the newest known revision:
// a revision to publish (nil), the same again, or another URL's article. The
// article returned carries the sources of both.
func succeed(prev *copytaster.Article, a copytaster.Article) (copytaster.Article, error) {
	if prev == nil {
		return a, nil
	}
	sources := union(prev.Sources, a.Sources)
	keepClaims(prev, &a)
	other := a.URL != prev.URL
	canonical, err := copytaster.Canonical(a.URL)
	self := err == nil && canonical == a.Canonical
	if a.Hash != prev.Hash && (!other || self) {
		a.Sources = sources
		if !a.Fetched.After(prev.Fetched) {
			a.Fetched = prev.Fetched.Add(time.Millisecond)
		}
		return a, nil
	}
	same := *prev
	same.Sources = sources
	same.Fetched = prev.Fetched.Add(time.Millisecond)
	if other {
		return same, copytaster.DuplicateOf(prev.URL)
	}
	if len(sources) > len(prev.Sources) {
		return same, copytaster.SkipAs(copytaster.StateUnchanged, "the same story, now also listed by "+strings.Join(a.Sources, ", "))
	}
	return same, copytaster.SkipAs(copytaster.StateUnchanged, "same text as before")
}

// grows reports whether next lists a source that prev does not: the one reason
// to publish an unchanged article.
func grows(prev *copytaster.Article, next copytaster.Article) bool {
	return prev != nil && len(next.Sources) > len(prev.Sources)
}

func (l *Line) sendArticle(ctx context.Context, m *bus.Message, a copytaster.Article, seq uint64) error {
	id := messageID(a.ID, a.Version(), "fetch", a.Stripper)
	out, err := storyOf(&a, m).message(bus.ArticleSubject(a.ID), id, copytaster.SchemaArticle, a)
	if err != nil {
		return err
	}
	out.Expect = &seq
	return l.publish(ctx, out)
}

// messageID names one revision at one stage, so that repeating a handler after a
// crash publishes nothing twice (DESIGN.md section 4).
func messageID(id string, version int64, stage, revision string) string {
	return id + "." + strconv.FormatInt(version, 36) + "." + stage + "." + revision
}

// note tells the ledger which article the message led to.
func note(m *bus.Message, a *copytaster.Article) {
	m.Note.ID, m.Note.Version, m.Note.Hash, m.Note.Archive = a.ID, a.Version(), a.Hash, a.Archive
}

func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}
