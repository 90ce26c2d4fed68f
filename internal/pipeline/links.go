// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/ingest"
	"github.com/copytaster/copytaster/internal/bus"
)

// schemaLink is the wire format of a link, which no other program reads.
const schemaLink = "copytaster.link.v1"

// linkBatch is how many links are published together: one sync instead of one
// for each.
const linkBatch = 100

// listing is a link and what tells its message from others of the same URL.
type listing struct {
	link     ingest.Link
	revision string
}

// PublishItems puts listed items on the line and returns how many there were. An
// item that cannot be put into words is left out and logged; it costs the others
// nothing.
func (l *Line) PublishItems(ctx context.Context, c ingest.SourceConfig, items []ingest.Item) (int, error) {
	found := l.Now()
	for part := range slices.Chunk(items, linkBatch) {
		batch := make([]listing, len(part))
		for i, it := range part {
			batch[i] = listing{ingest.NewLink(c, it, found), it.Hash}
		}
		err := l.publishLinks(ctx, batch)
		if copytaster.ClassOf(err) == copytaster.ClassPermanent {
			l.Log.Error("listed items left out", "source", c.Name, "error", err)
			err = nil
		}
		if err != nil {
			return 0, err
		}
	}
	return len(items), nil
}

// publishLinks puts links on the line, in the one spelling of their URLs that
// the ledger knows. The ledger learns of each before it is published, so that
// none can vanish unseen. A transient error hides the permanent ones: all comes
// again.
func (l *Line) publishLinks(ctx context.Context, batch []listing) error {
	var outcomes, links []bus.Out
	var bad error
	for _, b := range batch {
		b.link.URL = spelling(b.link.URL)
		o, oerr := outcomeMessage(copytaster.Outcome{URL: b.link.URL, State: copytaster.StatePending, Stage: "discover",
			At: b.link.Found, Source: b.link.Source, Reason: "listed by " + b.link.Source})
		m, merr := linkMessage(b)
		if err := errors.Join(oerr, merr); err != nil {
			bad = errors.Join(bad, fmt.Errorf("%s: %w", b.link.URL, err))
			continue
		}
		outcomes, links = append(outcomes, o), append(links, m)
	}
	for _, outs := range [][]bus.Out{outcomes, links} {
		if err := errors.Join(l.publishAll(ctx, outs)...); err != nil {
			return err
		}
	}
	return bad
}

func linkMessage(b listing) (bus.Out, error) {
	id := copytaster.ArticleID(b.link.URL+"\n"+b.link.Source+"\n"+b.revision) + ".link"
	return story{url: b.link.URL, source: b.link.Source}.message(bus.LinkSubject(b.link.Host()), id, schemaLink, b.link)
}

func outcomeMessage(o copytaster.Outcome) (bus.Out, error) {
	data, err := copytaster.Encode(&o)
	if err != nil {
		return bus.Out{}, err
	}
	id := copytaster.ArticleID(o.URL+"\n"+o.Source+"\n"+o.At.Format(time.RFC3339Nano)) + "." + o.Stage
	return bus.Out{Subject: bus.LedgerSubject(o.Stage), ID: id, Data: data,
		Header: map[string]string{bus.HeaderSchema: copytaster.SchemaOutcome}}, nil
}

// record publishes one outcome for the ledger.
func (l *Line) record(ctx context.Context, o copytaster.Outcome) error {
	out, err := outcomeMessage(o)
	if err != nil {
		return err
	}
	return l.publish(ctx, out)
}
