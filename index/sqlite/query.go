// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"context"
	"database/sql"
)

// reader is a pool of connections or a transaction.
type reader interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// query returns what read makes of each row.
func query[T any](ctx context.Context, r reader, text string, args []any, read func(scan func(...any) error) (T, error)) ([]T, error) {
	rows, err := r.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := read(rows.Scan)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// scanInt reads one number.
func scanInt(scan func(...any) error) (n int64, err error) {
	err = scan(&n)
	return n, err
}
