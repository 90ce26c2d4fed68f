// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"fmt"
	"math"
	"strings"

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

// query returns the statement that reads the next hits, at most limit.
func (o order) query(dense bool, limit int) (string, []any) {
	switch o.sort {
	case index.SortOldest:
		return o.keyset(dense, []string{"oldest", "fetched", "id"}, "", limit)
	case index.SortFetched:
		return o.keyset(dense, []string{"fetched", "id"}, " DESC", limit)
	case index.SortAmount:
		return o.keyset(dense, []string{"amount", "fetched", "id"}, " DESC", limit)
	case index.SortRelevance:
		return o.relevance(limit)
	}
	return o.keyset(dense, []string{"newest", "fetched", "id"}, " DESC", limit)
}

// keyset reads the hits after the cursor by columns, all rising or all falling:
// from the schema's index of them where hits are dense, else by sorting the
// hits. CROSS JOIN tells SQLite which table to walk.
func (o order) keyset(dense bool, columns []string, falling string, limit int) (string, []any) {
	from, where, later := "hit CROSS JOIN article USING (n)", "", ">"
	if dense {
		from = "article CROSS JOIN hit USING (n)"
	}
	if falling != "" {
		later = "<"
	}
	var args []any
	if o.after != nil {
		where = fmt.Sprintf(" WHERE (%s) %s (%s)", strings.Join(columns, ", "), later, places(len(columns)))
		args = []any{o.after.Keys[0], o.after.Keys[1], o.after.ID}[3-len(columns):]
	}
	by := " ORDER BY " + strings.Join(columns, falling+", ") + falling
	page := "SELECT id, version, " + columns[0] + ", fetched FROM " + from + where + by + " LIMIT ?"
	return "SELECT " + columns[0] + ", fetched, 0.0, id, document FROM (" + page + ") CROSS JOIN revision USING (id, version)" + by,
		append(args, limit)
}

// scored ranks by the weights of the columns title_word, title_stem, body_word and
// body_stem: a word of the headline says more of an article than one of its text.
const scored = "-bm25(article_text, 5.0, 5.0, 1.0, 1.0)"

// relevance reads the hits after the cursor by score. Hits that the ranking
// match does not find have the score 0, and come last.
func (o order) relevance(limit int) (string, []any) {
	var args []any
	where := ""
	if o.after != nil {
		score := math.Float64frombits(uint64(o.after.Keys[0]))
		where = " WHERE coalesce(score, 0.0) < ? OR (coalesce(score, 0.0) = ? AND id > ?)"
		args = append(args, score, score, o.after.ID)
	}
	return "SELECT 0, 0, score, id, document FROM (SELECT id, version, coalesce(score, 0.0) AS score FROM hit CROSS JOIN article USING (n) LEFT JOIN score USING (n)" +
		where + " ORDER BY 3 DESC, id LIMIT ?) JOIN revision USING (id, version) ORDER BY score DESC, id", append(args, limit)
}
