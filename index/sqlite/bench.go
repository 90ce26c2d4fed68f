// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// Bench writes documents to two new files in dir, with bare inserts of finished
// rows into one and with Put, which analyses, encodes, looks for revisions and
// isolates failures, into the other. The folder is the caller's to remove.
func Bench(ctx context.Context, dir string, docs []*copytaster.Document, batch int) (c index.Comparison, err error) {
	bare, err := Open(ctx, filepath.Join(dir, "bare.db"))
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, bare.Close()) }()
	x, err := Open(ctx, filepath.Join(dir, "put.db"))
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	rows, errs := bare.prepareAll(docs)
	if err := errors.Join(errs...); err != nil {
		return c, err
	}
	return index.Compare(len(docs), batch, func(from, to int) error { return bare.insertBare(ctx, rows[from:to]) },
		func(from, to int) error { return errors.Join(x.Put(ctx, docs[from:to])...) })
}

// insertBare writes rows in one transaction without a look at what is there.
func (x *Index) insertBare(ctx context.Context, rows []*prepared) error {
	return x.write.transact(ctx, func() error {
		for _, p := range rows {
			if err := x.write.exec(ctx, "INSERT INTO revision (id, version, document) VALUES (?, ?, ?)", p.doc.ID, p.doc.Version(), p.blob); err != nil {
				return err
			}
			if err := x.write.insertArticle(ctx, p, nil); err != nil {
				return err
			}
		}
		return nil
	})
}
