// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// removal empties every table of what belongs to an article, what refers to
// other rows first.
var removal = [...]string{
	"DELETE FROM contract_party WHERE owner IN (SELECT n FROM contract WHERE article = ?)",
	"DELETE FROM contract_money WHERE owner IN (SELECT n FROM contract WHERE article = ?)",
	"DELETE FROM contract_text WHERE rowid IN (SELECT n FROM contract WHERE article = ?)",
	"DELETE FROM contract WHERE article = ?",
	"DELETE FROM aside_text WHERE rowid IN (SELECT n FROM aside WHERE article = ?)",
	"DELETE FROM aside WHERE article = ?",
	"DELETE FROM party WHERE owner = ?",
	"DELETE FROM money WHERE owner = ?",
	"DELETE FROM keyword WHERE owner = ?",
	"DELETE FROM facet WHERE owner = ?",
	"DELETE FROM article_text WHERE rowid = ?",
	"DELETE FROM article WHERE n = ?",
}

// removeRows removes what is searched of article n; its revisions stay.
func (w *writer) removeRows(ctx context.Context, n int64) error {
	for _, query := range removal {
		if err := w.exec(ctx, query, n); err != nil {
			return err
		}
	}
	return nil
}

// Delete implements index.Backend, in one transaction.
func (x *Index) Delete(ctx context.Context, ids ...string) error {
	err := x.write.transact(ctx, func() error {
		for _, id := range ids {
			if err := x.write.remove(ctx, id); err != nil {
				return fmt.Errorf("%s: %w", id, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("index: delete: %w", err)
	}
	return nil
}

func (w *writer) remove(ctx context.Context, id string) error {
	var n int64
	err := w.row(ctx, "SELECT n FROM article WHERE id = ?", []any{id}, &n)
	if err == nil {
		err = w.removeRows(ctx, n)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return w.exec(ctx, "DELETE FROM revision WHERE id = ?", id)
}

// Purge rewrites the file so that no byte of what was removed is left on the
// disk: Delete makes it unfindable, but SQLite keeps freed pages, and FTS5 the
// terms of removed rows, until they are written over. It needs as much free
// space again as the file has, and nothing is written meanwhile.
func (x *Index) Purge(ctx context.Context) error {
	err := x.write.transact(ctx, func() error {
		for _, f := range fullText {
			if err := x.write.exec(ctx, fmt.Sprintf("INSERT INTO %s (%s) VALUES ('optimize')", f.table, f.table)); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = x.write.rewrite(ctx)
	}
	if err != nil {
		return fmt.Errorf("index %s: purge: %w", x.path, err)
	}
	return nil
}
