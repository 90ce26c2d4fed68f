// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"context"
	"fmt"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// Get implements index.Store.
func (x *Index) Get(ctx context.Context, id string) (*copytaster.Document, error) {
	docs, err := x.revisions(ctx, id, 1)
	if err != nil {
		return nil, err
	}
	return docs[0], nil
}

// Revisions implements index.Store.
func (x *Index) Revisions(ctx context.Context, id string) ([]*copytaster.Document, error) {
	return x.revisions(ctx, id, -1)
}

// revisions returns the newest revisions of an article, at most limit where
// that is not negative, at least one.
func (x *Index) revisions(ctx context.Context, id string, limit int) ([]*copytaster.Document, error) {
	docs, err := query(ctx, x.read, "SELECT document FROM revision WHERE id = ? ORDER BY version DESC LIMIT ?", []any{id, limit}, scanDocument)
	if err != nil {
		return nil, fmt.Errorf("index: get %s: %w", id, err)
	}
	if len(docs) == 0 {
		return nil, fmt.Errorf("index: article %q: %w", id, index.ErrNotFound)
	}
	return docs, nil
}

func scanDocument(scan func(...any) error) (*copytaster.Document, error) {
	var blob []byte
	if err := scan(&blob); err != nil {
		return nil, err
	}
	return decode(blob)
}
