// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/querytest"
)

// undoAmounts takes a file back to the first schema.
func undoAmounts() []string {
	return []string{
		"DELETE FROM facet WHERE field = 'money'", "DROP INDEX article_amount", "ALTER TABLE article DROP COLUMN amount",
		"PRAGMA user_version = 1",
	}
}

func TestAFileOfTheFirstSchemaGetsItsAmounts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index.db")
	x := openAt(t, path)
	putAll(t, x, querytest.Documents(7, 300)...)
	want := amountsOf(t, x)
	if len(want) < 300 {
		t.Fatalf("only %d rows to compare", len(want))
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	run(t, path, undoAmounts()...)
	x = openAt(t, path)
	if diff := cmp.Diff(want, amountsOf(t, x)); diff != "" {
		t.Errorf("(-as written +as migrated):\n%s", diff)
	}
	check(t, x)
	q, err := copytaster.ParseQuery("money:>0")
	if err != nil {
		t.Fatal(err)
	}
	r, err := x.Search(t.Context(), q, index.Page{Sort: index.SortAmount, Size: 1, Facets: []string{"money"}})
	if err != nil || len(r.Hits) != 1 || len(r.Facets["money"]) < 3 {
		t.Errorf("got %+v, %v", r, err)
	}
}

// amountsOf returns what articles are sorted by and counted under.
func amountsOf(t *testing.T, x *Index) []string {
	t.Helper()
	rows, err := x.read.QueryContext(context.Background(), `SELECT id, 'amount', amount FROM article
		UNION ALL SELECT id, 'facet', value || label FROM facet JOIN article ON owner = n WHERE field = 'money' ORDER BY 1, 2, 3`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var id, kind, value string
		if err := rows.Scan(&id, &kind, &value); err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%s %s %s", id, kind, value))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
