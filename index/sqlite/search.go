// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// Search implements index.Backend. It reads all of its answer from one state of
// the file.
func (x *Index) Search(ctx context.Context, q copytaster.Query, p index.Page) (*index.Results, error) {
	r, err := x.search(ctx, q.Plan(), q.String(), p)
	if err != nil {
		return nil, fmt.Errorf("index: search %q: %w", q.String(), err)
	}
	return r, nil
}

func (x *Index) search(ctx context.Context, plan copytaster.Cond, text string, p index.Page) (r *index.Results, err error) {
	began := time.Now()
	p, err = p.Normal()
	if err != nil {
		return nil, err
	}
	order, err := orderOf(p, plan, text)
	if err != nil {
		return nil, err
	}
	where, err := compile(plan)
	if err != nil {
		return nil, err
	}
	tx, err := x.read.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, tx.Rollback()) }()
	s := &search{tx: tx, page: p, order: order, text: text}
	if err := s.find(ctx, where); err != nil {
		return nil, err
	}
	r, err = s.results(ctx)
	if err != nil {
		return nil, err
	}
	r.Took = time.Since(began)
	return r, nil
}

// search is one search under way: a transaction whose temporary table hit holds
// the numbers of all hits.
type search struct {
	tx    *sql.Tx
	page  index.Page
	order order
	text  string
}

// find fills the table of hits. It belongs to the connection and goes with the
// transaction.
func (s *search) find(ctx context.Context, where expr) error {
	if _, err := s.tx.ExecContext(ctx, "CREATE TEMP TABLE hit (n INTEGER PRIMARY KEY)"); err != nil {
		return err
	}
	_, err := s.tx.ExecContext(ctx, "INSERT INTO hit SELECT n FROM article WHERE "+where.sql, where.args...)
	return err
}

// results reads the page, the total and the facets.
func (s *search) results(ctx context.Context) (*index.Results, error) {
	r := &index.Results{Hits: []index.Hit{}}
	total, err := query(ctx, s.tx, "SELECT count(*) FROM hit", nil, scanInt)
	if err != nil {
		return nil, err
	}
	r.Total = int(total[0])
	if err := s.hits(ctx, r); err != nil {
		return nil, err
	}
	for _, name := range s.page.Facets {
		if r.Facets == nil {
			r.Facets = map[string][]index.Bucket{}
		}
		if r.Facets[name], err = s.facet(ctx, name); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// hits reads one hit more than the page holds, to know whether there is a next.
func (s *search) hits(ctx context.Context, r *index.Results) error {
	text, args := s.order.query(s.page.Size + 1)
	found, err := query(ctx, s.tx, text, args, s.order.scan)
	if err != nil {
		return err
	}
	if len(found) > s.page.Size {
		found = found[:s.page.Size]
		r.Next = found[len(found)-1].cursor.Encode(s.text, s.page.Sort)
	}
	for _, f := range found {
		d, err := decode(f.blob)
		if err != nil {
			return fmt.Errorf("article %s: %w", f.cursor.ID, err)
		}
		r.Hits = append(r.Hits, index.Hit{Document: d, Score: f.score})
	}
	return nil
}

// facet counts the hits under each value.
func (s *search) facet(ctx context.Context, name string) ([]index.Bucket, error) {
	return query(ctx, s.tx, `SELECT value, max(label), count(*) AS hits FROM hit JOIN facet ON owner = hit.n
		WHERE field = ? GROUP BY value ORDER BY hits DESC, value LIMIT ?`, []any{name, index.Buckets(name)},
		func(scan func(...any) error) (b index.Bucket, err error) {
			err = scan(&b.Value, &b.Label, &b.Count)
			return b, err
		})
}
