// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// Put implements index.Backend: one transaction for all documents. Should it
// fail, each is given one of its own, so that the failure of one is that one's
// alone. (Savepoints would cost more: FTS5 writes out its terms at each.)
func (x *Index) Put(ctx context.Context, docs []*copytaster.Document) []error {
	rows, errs := x.prepareAll(docs)
	var good []int
	for i := range rows {
		if errs[i] == nil {
			good = append(good, i)
		}
	}
	err := x.putRows(ctx, rows, good...)
	if err == nil {
		return errs
	}
	for _, i := range good {
		if errs[i] = err; len(good) > 1 && ctx.Err() == nil {
			errs[i] = x.putRows(ctx, rows, i)
		}
		if errs[i] != nil {
			errs[i] = copytaster.Locate("index: put "+rows[i].doc.ID, errs[i])
		}
	}
	return errs
}

// putRows writes those of the documents that chosen numbers, or none.
func (x *Index) putRows(ctx context.Context, rows []*prepared, chosen ...int) error {
	if len(chosen) == 0 {
		return nil
	}
	return x.write.transact(ctx, func() error {
		for _, i := range chosen {
			if err := x.write.put(ctx, rows[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// put writes a document unless its revision, or for the searched rows a newer
// one, is there.
func (w *writer) put(ctx context.Context, p *prepared) error {
	version := p.doc.Version()
	kept, err := w.keepRevision(ctx, p, version)
	if err != nil || !kept {
		return err
	}
	var n, newest int64
	err = w.row(ctx, "SELECT n, version FROM article WHERE id = ?", []any{p.doc.ID}, &n, &newest)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return w.insertArticle(ctx, p, nil)
	case err != nil:
		return err
	case newest >= version:
		return nil
	}
	if err := w.removeRows(ctx, n); err != nil {
		return err
	}
	return w.insertArticle(ctx, p, n)
}

// keepRevision stores the revision, and drops those of the same fetch that it
// replays. It reports false where a version at least as high of the same fetch
// is there.
func (w *writer) keepRevision(ctx context.Context, p *prepared, version int64) (bool, error) {
	first := version &^ 1023 // generation 0 of the same fetch
	var has int
	err := w.row(ctx, "SELECT count(*) FROM revision WHERE id = ? AND version BETWEEN ? AND ?",
		[]any{p.doc.ID, version, first + 1023}, &has)
	if err != nil || has > 0 {
		return false, err
	}
	if err := w.exec(ctx, "DELETE FROM revision WHERE id = ? AND version BETWEEN ? AND ?", p.doc.ID, first, version); err != nil {
		return false, err
	}
	return true, w.exec(ctx, "INSERT INTO revision (id, version, document) VALUES (?, ?, ?)", p.doc.ID, version, p.blob)
}

// insertArticle writes the rows that are searched, as article n where the
// article has been there before.
func (w *writer) insertArticle(ctx context.Context, p *prepared, n any) error {
	args := append([]any{n, p.doc.ID, p.doc.Version()}, dates(p.doc)...)
	number, err := w.insert(ctx, `INSERT INTO article (n, id, version, newest, oldest, fetched, published_from, published_to, fetched_day, amount)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, args...)
	if err != nil {
		return err
	}
	for _, step := range []func(context.Context, *prepared, int64) error{
		w.insertText, w.insertAsides, w.insertFound, w.insertContracts, w.insertKeywords, w.insertFacets,
	} {
		if err := step(ctx, p, number); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) insertText(ctx context.Context, p *prepared, n int64) error {
	return w.exec(ctx, "INSERT INTO article_text (rowid, title_word, title_stem, body_word, body_stem) VALUES (?, ?, ?, ?, ?)",
		n, p.title.Words, p.title.Stems, p.body.Words, p.body.Stems)
}

func (w *writer) insertAsides(ctx context.Context, p *prepared, n int64) error {
	for i, t := range p.asides {
		a, err := w.insert(ctx, "INSERT INTO aside (article, zone) VALUES (?, ?)", n, p.doc.Asides[i].Zone)
		if err != nil {
			return err
		}
		if err := w.exec(ctx, "INSERT INTO aside_text (rowid, word, stem) VALUES (?, ?, ?)", a, t.Words, t.Stems); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) insertFound(ctx context.Context, p *prepared, n int64) error {
	for r := range mentioned(p.doc) {
		if err := w.exec(ctx, "INSERT INTO party (owner, role, zone, value) VALUES (?, ?, ?, ?)", n, r.role, r.zone, r.value); err != nil {
			return err
		}
	}
	return w.insertFigures(ctx, "money", n, p.doc.Money)
}

// insertFigures writes rows of money or contract_money.
func (w *writer) insertFigures(ctx context.Context, table string, owner int64, money []copytaster.Money) error {
	for _, f := range figures(money) {
		err := w.exec(ctx, "INSERT INTO "+table+" (owner, lo, hi, currency, per) VALUES (?, ?, ?, ?, ?)", owner, f.lo, f.hi, f.currency, f.per)
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) insertContracts(ctx context.Context, p *prepared, n int64) error {
	for i := range p.doc.Contracts {
		if err := w.insertContract(ctx, &p.doc.Contracts[i], p.subjects[i], n); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) insertContract(ctx context.Context, c *copytaster.Contract, subject index.Terms, article int64) error {
	n, err := w.insert(ctx, "INSERT INTO contract (article, status, subject) VALUES (?, ?, ?)", article, c.Status, subject.Words != "")
	if err != nil {
		return err
	}
	for r := range contracted(c) {
		if err := w.exec(ctx, "INSERT INTO contract_party (owner, role, value) VALUES (?, ?, ?)", n, r.role, r.value); err != nil {
			return err
		}
	}
	if err := w.insertFigures(ctx, "contract_money", n, c.Values); err != nil {
		return err
	}
	return w.exec(ctx, "INSERT INTO contract_text (rowid, word, stem) VALUES (?, ?, ?)", n, subject.Words, subject.Stems)
}

func (w *writer) insertKeywords(ctx context.Context, p *prepared, n int64) error {
	for r := range keywords(p.doc) {
		if err := w.exec(ctx, "INSERT INTO keyword (owner, field, value) VALUES (?, ?, ?)", n, r.field, r.value); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) insertFacets(ctx context.Context, p *prepared, n int64) error {
	for r, label := range facets(p.doc) {
		if err := w.exec(ctx, "INSERT INTO facet (owner, field, value, label) VALUES (?, ?, ?, ?)", n, r.field, r.value, label); err != nil {
			return err
		}
	}
	return nil
}
