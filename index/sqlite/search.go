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

// search is one search under way: a transaction in which hit, a temporary table
// or view, has the numbers of all hits.
type search struct {
	tx    *sql.Tx
	page  index.Page
	order order
	text  string
	total int
	share int // one article in so many is a hit
}

// Up to these shares it is quicker to walk an index of all articles and skip
// what is no hit than to look at each hit: measured with 100,000 articles, where
// the ways cost the same at about one in 400 for a page and one in 4 for a facet.
const (
	densePage  = 400
	denseFacet = 4
)

// find fills the table of hits and, where they are ranked, that of scores. Both
// belong to the connection and go with the transaction.
func (s *search) find(ctx context.Context, where expr) error {
	if err := s.findHits(ctx, where); err != nil {
		return err
	}
	newest, err := query(ctx, s.tx, "SELECT coalesce(max(n), 0) FROM article", nil, scanInt)
	if err != nil {
		return err
	}
	s.share = int(newest[0]) / max(s.total, 1)
	if s.page.Sort != index.SortRelevance {
		return nil
	}
	if _, err := s.tx.ExecContext(ctx, "CREATE TEMP TABLE score (n INTEGER PRIMARY KEY, score REAL)"); err != nil || s.order.score == "" {
		return err
	}
	_, err = s.tx.ExecContext(ctx, "INSERT INTO score SELECT rowid, "+scored+" FROM article_text WHERE article_text MATCH ?", s.order.score)
	return err
}

func (s *search) findHits(ctx context.Context, where expr) error {
	if where.sql == always().sql {
		if _, err := s.tx.ExecContext(ctx, "CREATE TEMP VIEW hit AS SELECT n FROM article"); err != nil {
			return err
		}
		total, err := query(ctx, s.tx, "SELECT count(*) FROM article", nil, scanInt)
		if err == nil {
			s.total = int(total[0])
		}
		return err
	}
	if _, err := s.tx.ExecContext(ctx, "CREATE TEMP TABLE hit (n INTEGER PRIMARY KEY)"); err != nil {
		return err
	}
	r, err := s.tx.ExecContext(ctx, "INSERT INTO hit SELECT n FROM article WHERE "+where.sql, where.args...)
	if err != nil {
		return err
	}
	total, err := r.RowsAffected()
	s.total = int(total)
	return err
}

// results reads the page and the facets.
func (s *search) results(ctx context.Context) (*index.Results, error) {
	r := &index.Results{Total: s.total, Hits: []index.Hit{}}
	if err := s.hits(ctx, r); err != nil {
		return nil, err
	}
	if len(s.page.Facets) > 0 {
		r.Facets = map[string][]index.Bucket{}
	}
	for _, name := range s.page.Facets {
		var err error
		if r.Facets[name], err = s.facet(ctx, name); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// hits reads one hit more than the page holds, to know whether there is a next.
func (s *search) hits(ctx context.Context, r *index.Results) error {
	text, args := s.order.query(s.share <= densePage, s.page.Size+1)
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

// facet counts the hits under each value. The greatest of their labels is shown,
// where they differ.
func (s *search) facet(ctx context.Context, name string) ([]index.Bucket, error) {
	from := "hit CROSS JOIN facet ON owner = n"
	if s.share <= denseFacet {
		from = "facet INDEXED BY facet_value CROSS JOIN hit ON n = owner"
	}
	return query(ctx, s.tx, `SELECT value, max(label), count(*) AS hits FROM `+from+` WHERE field = ?1 GROUP BY value ORDER BY hits DESC, value LIMIT ?2`,
		[]any{name, index.Buckets(name)},
		func(scan func(...any) error) (b index.Bucket, err error) {
			err = scan(&b.Value, &b.Label, &b.Count)
			return b, err
		})
}
