// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"context"
	"errors"
	"fmt"
)

// ErrCorrupt is returned by Check for a file that does not hold together.
var ErrCorrupt = errors.New("the index is damaged")

// fullText are the tables of FTS5 with the table and column that number their
// rows.
var fullText = [...]struct{ table, of string }{
	{"article_text", "article"},
	{"aside_text", "aside"},
	{"contract_text", "contract"},
}

// Check reads the whole file and returns ErrCorrupt with what it finds wrong:
// damaged pages, full-text tables that do not hold together or do not have
// exactly the rows they should, articles without their revision.
func (x *Index) Check(ctx context.Context) error {
	err := x.write.transact(ctx, func() error {
		if err := x.write.checkPages(ctx); err != nil {
			return err
		}
		for _, f := range fullText {
			if err := x.write.checkText(ctx, f.table, f.of); err != nil {
				return err
			}
		}
		return x.write.none(ctx, "articles without their revision",
			"SELECT count(*) FROM article AS a WHERE NOT EXISTS (SELECT 1 FROM revision AS r WHERE r.id = a.id AND r.version = a.version)")
	})
	if err != nil {
		return fmt.Errorf("index %s: check: %w", x.path, err)
	}
	return nil
}

func (w *writer) checkPages(ctx context.Context) error {
	var found string
	if err := w.row(ctx, "PRAGMA integrity_check(1)", nil, &found); err != nil {
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	if found != "ok" {
		return fmt.Errorf("%w: %s", ErrCorrupt, found)
	}
	return nil
}

// checkText checks a full-text table and that its rows are those of another.
func (w *writer) checkText(ctx context.Context, table, of string) error {
	if err := w.exec(ctx, fmt.Sprintf("INSERT INTO %s (%s) VALUES ('integrity-check')", table, table)); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrCorrupt, table, err)
	}
	return errors.Join(
		w.none(ctx, "rows of "+of+" without text", fmt.Sprintf("SELECT count(*) FROM %s WHERE n NOT IN (SELECT id FROM %s_docsize)", of, table)),
		w.none(ctx, "texts without a row of "+of, fmt.Sprintf("SELECT count(*) FROM %s_docsize WHERE id NOT IN (SELECT n FROM %s)", table, of)),
	)
}

// none runs a query that counts what must not be.
func (w *writer) none(ctx context.Context, what, query string) error {
	var n int
	if err := w.row(ctx, query, nil, &n); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrCorrupt, what, err)
	}
	if n > 0 {
		return fmt.Errorf("%w: %d %s", ErrCorrupt, n, what)
	}
	return nil
}
