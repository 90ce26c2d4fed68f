// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"math"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// order is how a page's hits are sorted, and the place after which it begins.
type order struct {
	sort  index.Sort
	score string // FTS5 match that ranks, for SortRelevance
	after *index.Cursor
}

func orderOf(p index.Page, plan copytaster.Cond, text string) (order, error) {
	o := order{sort: p.Sort}
	if p.Sort == index.SortRelevance {
		o.score = ftsScore(plan)
	}
	if p.After == "" {
		return o, nil
	}
	c, err := index.ParseCursor(p.After, text, p.Sort)
	o.after = &c
	return o, err
}

// found is a hit as it is read.
type found struct {
	cursor index.Cursor
	score  float64
	blob   []byte
}

func (o order) scan(scan func(...any) error) (f found, err error) {
	err = scan(&f.cursor.Keys[0], &f.cursor.Keys[1], &f.score, &f.cursor.ID, &f.blob)
	if o.sort == index.SortRelevance {
		f.cursor.Keys[0] = int64(math.Float64bits(f.score))
	}
	return f, err
}

// The keys of the orders: what stands in the schema's indices, to the letter.
const (
	newestKey = "coalesce(published, -9223372036854775807)"
	oldestKey = "coalesce(published, 9223372036854775807)"
)

// query returns the statement that reads the next hits, at most limit.
func (o order) query(limit int) (string, []any) {
	switch o.sort {
	case index.SortOldest:
		return o.keyset(oldestKey, "("+oldestKey+", fetched, id) > (?, ?, ?)", oldestKey+", fetched, id", limit)
	case index.SortFetched:
		return o.keyset("0", "? = 0 AND (fetched, id) < (?, ?)", "fetched DESC, id DESC", limit)
	case index.SortRelevance:
		return o.relevance(limit)
	}
	return o.keyset(newestKey, "("+newestKey+", fetched, id) < (?, ?, ?)", newestKey+" DESC, fetched DESC, id DESC", limit)
}

// keyset reads the hits after the cursor in an order of the schema's indices.
func (o order) keyset(key, after, by string, limit int) (string, []any) {
	var args []any
	where := ""
	if o.after != nil {
		where = " WHERE " + after
		args = []any{o.after.Keys[0], o.after.Keys[1], o.after.ID}
	}
	return "SELECT " + key + ", fetched, 0.0, id, document FROM (SELECT * FROM article JOIN hit USING (n)" + where +
		" ORDER BY " + by + " LIMIT ?) JOIN revision USING (id, version) ORDER BY " + by, append(args, limit)
}

// Weights of the columns title_word, title_stem, body_word and body_stem: a word
// of the headline says more of an article than one of its text.
const scored = "-bm25(article_text, 5.0, 5.0, 1.0, 1.0)"

// relevance reads the hits after the cursor by score. Hits that the ranking
// match does not find have the score 0, and come last.
func (o order) relevance(limit int) (string, []any) {
	ranked, args := "SELECT n, 0.0 AS score FROM hit", []any{}
	if o.score != "" {
		ranked = "SELECT hit.n, coalesce(score, 0.0) AS score FROM hit LEFT JOIN (SELECT rowid AS n, " + scored +
			" AS score FROM article_text WHERE article_text MATCH ?) AS t ON t.n = hit.n"
		args = append(args, o.score)
	}
	where := ""
	if o.after != nil {
		score := math.Float64frombits(uint64(o.after.Keys[0]))
		where = " WHERE score < ? OR (score = ? AND id > ?)"
		args = append(args, score, score, o.after.ID)
	}
	return "WITH ranked AS MATERIALIZED (" + ranked + "), page AS (SELECT id, version, score FROM ranked JOIN article USING (n)" + where +
		" ORDER BY score DESC, id LIMIT ?) SELECT 0, 0, score, id, document FROM page JOIN revision USING (id, version) ORDER BY score DESC, id", append(args, limit)
}
