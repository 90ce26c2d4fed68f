// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/bus"
)

// ErrBusy says that a line still has work.
var ErrBusy = errors.New("the old line is not empty")

// Moved counts what came over from another line.
type Moved struct {
	Articles int `json:"articles"`
	URLs     int `json:"urls"`
	Alerts   int `json:"alerts"`
	Values   int `json:"values"` // watches, decisions, checkpoints, what was learned of sites
}

// MoveFrom takes over all that another line holds: its alerts, so that none rings
// again, its watches and checkpoints, the ledger, and every article with its
// revisions, which goes through the extractors of this line. The other line must
// be at rest and have nothing left to do (ErrBusy). It may be repeated after a
// crash; what is here already stays.
func (l *Line) MoveFrom(ctx context.Context, queue *bus.Bus, from Index) (n Moved, err error) {
	if err := atRest(ctx, from); err != nil {
		return n, err
	}
	for _, step := range []func() error{
		func() (err error) { n.Alerts, err = l.moveAlerts(ctx, queue); return err },
		func() (err error) { n.Values, err = l.moveValues(ctx, queue); return err },
		func() (err error) { n.URLs, err = l.moveLedger(ctx, from); return err },
		func() (err error) { n.Articles, err = l.moveArticles(ctx, from); return err },
	} {
		if err := step(); err != nil {
			return n, fmt.Errorf("move: %w", err)
		}
	}
	return n, nil
}

// atRest refuses a line with URLs that have not ended: their links would be lost.
func atRest(ctx context.Context, from Index) error {
	waiting, err := from.Entries(ctx, copytaster.StatePending, "", 1)
	if err != nil {
		return fmt.Errorf("move: %w", err)
	}
	if len(waiting) > 0 {
		return fmt.Errorf("%w: %s and maybe others have not ended; run it until status counts nothing as pending", ErrBusy, waiting[0].URL)
	}
	return nil
}

// moveAlerts stores the alerts marked as replayed, so that no channel sends them.
func (l *Line) moveAlerts(ctx context.Context, queue *bus.Bus) (n int, err error) {
	err = queue.Walk(ctx, bus.Alerts, func(m bus.Message) error {
		head := map[string]string{bus.HeaderReplay: "1", bus.HeaderSchema: copytaster.SchemaAlert}
		_, err := l.Bus.Publish(ctx, bus.Out{Subject: m.Subject, Data: m.Data, Header: head})
		if err != nil && !errors.Is(err, bus.ErrExists) {
			return err
		}
		n++
		return nil
	})
	return n, err
}

// moveValues copies the buckets; a value that is here already stays.
func (l *Line) moveValues(ctx context.Context, queue *bus.Bus) (n int, err error) {
	for _, name := range []string{bus.Watches, bus.Decisions, bus.Sources, bus.Sites} {
		old, own := queue.KV(name), l.Bus.KV(name)
		keys, err := old.Keys(ctx)
		if err != nil {
			return n, err
		}
		for _, key := range keys {
			value, _, err := old.Get(ctx, key)
			if err != nil {
				return n, err
			}
			if _, err := own.Create(ctx, key, value); err != nil && !errors.Is(err, bus.ErrExists) {
				return n, err
			}
			n++
		}
	}
	return n, nil
}

// moveLedger records every step that the old ledger remembers.
func (l *Line) moveLedger(ctx context.Context, from Index) (n int, err error) {
	for after := ""; ; {
		page, err := from.Entries(ctx, "", after, index.MaxSize)
		if err != nil || len(page) == 0 {
			return n, err
		}
		var steps []copytaster.Outcome
		for _, e := range page {
			steps = append(steps, stepsOf(e)...)
		}
		for part := range slices.Chunk(steps, 500) {
			if err := errors.Join(l.Index.Record(ctx, part)...); err != nil {
				return n, err
			}
		}
		n, after = n+len(page), page[len(page)-1].URL
	}
}

// stepsOf is what an entry was made of, as far as it remembers: that it was found,
// by whom, and its steps.
func stepsOf(e *copytaster.Entry) []copytaster.Outcome {
	var steps []copytaster.Outcome
	for _, s := range e.Sources {
		steps = append(steps, copytaster.Outcome{URL: e.URL, State: copytaster.StatePending, Stage: "discover", At: e.Found, Source: s, Reason: "listed by " + s})
	}
	for _, s := range e.Steps {
		s.URL = e.URL
		steps = append(steps, s)
	}
	last := e.Outcome
	last.Source = ""
	if len(e.Steps) == 0 {
		steps = append(steps, last)
	}
	return steps
}

// moveArticles writes the older revisions of each article and sends its newest
// through the extractors. The oldest come first, so that order among equals holds.
func (l *Line) moveArticles(ctx context.Context, from Index) (n int, err error) {
	page := index.Page{Size: 100, Sort: index.SortOldest}
	for {
		res, err := from.Search(ctx, copytaster.Query{}, page)
		if err != nil {
			return n, err
		}
		for _, h := range res.Hits {
			if err := l.moveArticle(ctx, from, h.Document); err != nil {
				return n, fmt.Errorf("%s: %w", h.Document.URL, err)
			}
			n++
		}
		if page.After = res.Next; page.After == "" {
			return n, nil
		}
	}
}

func (l *Line) moveArticle(ctx context.Context, from Index, d *copytaster.Document) error {
	all, err := from.Revisions(ctx, d.ID)
	if err != nil {
		return err
	}
	for _, old := range slices.Backward(all) { // each is put alone: the newest decides
		if err := errors.Join(l.Index.Put(ctx, []*copytaster.Document{old})...); err != nil {
			return err
		}
	}
	return l.replayOne(ctx, d.Article)
}
