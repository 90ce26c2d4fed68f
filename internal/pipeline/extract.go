// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"fmt"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/bus"
)

// extract turns articles into documents.
func (l *Line) extract(ctx context.Context) error {
	c := bus.Consumer{Stage: "extract", Stream: bus.Articles, Durable: "extract", Done: copytaster.StatePending}
	return l.Bus.Consume(ctx, c, l.extractBatch)
}

func (l *Line) extractBatch(ctx context.Context, batch []bus.Message) []error {
	errs := make([]error, len(batch))
	outs := make([]bus.Out, 0, len(batch))
	at := make([]int, 0, len(batch))
	for i := range batch {
		out, err := l.extractOne(&batch[i])
		if err == nil {
			err = l.refuseErased(ctx, &batch[i])
		}
		if err != nil {
			errs[i] = err
			continue
		}
		outs, at = append(outs, out), append(at, i)
	}
	for j, err := range l.publishAll(ctx, outs) {
		errs[at[j]] = err
	}
	return errs
}

func (l *Line) extractOne(m *bus.Message) (bus.Out, error) {
	a, err := decode[copytaster.Article](*m)
	if err != nil {
		return bus.Out{}, err
	}
	d := &copytaster.Document{Article: a}
	l.now.Load().tagger.Tag(d)
	note(m, &d.Article)
	m.Note.Reason = fmt.Sprintf("mentions %d, figures %d, contracts %d", len(d.Mentions), len(d.Money), len(d.Contracts))
	id := messageID(a.ID, a.Version(), "extract", d.Extractor)
	return storyOf(&a, m).message(bus.DocumentSubject(a.ID), id, copytaster.SchemaDocument, d)
}

// refuseErased skips an article that was taken down while it was tagged: its
// revisions are gone from the stream, which never loses what is being read, but
// for what comes back from the dead letters. The ledger is not asked, since
// nothing here may wait for the index.
func (l *Line) refuseErased(ctx context.Context, m *bus.Message) error {
	if m.Retried() {
		return nil
	}
	there, err := l.Bus.Has(ctx, m.Subject)
	if err == nil && !there {
		err = copytaster.SkipAs(copytaster.StateRemoved, "taken down")
	}
	return err
}
