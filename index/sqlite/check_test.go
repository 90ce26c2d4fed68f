// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/querytest"
)

func TestCheckFinds(t *testing.T) {
	for name, tt := range map[string]struct{ damage, says string }{
		"an article without text":     {"DELETE FROM article_text WHERE rowid = 1", "rows of article without text"},
		"a text without article":      {"DELETE FROM article WHERE n = 1", "texts without a row of article"},
		"an article without revision": {"DELETE FROM revision", "without their revision"},
		"a lost page of terms":        {"DELETE FROM article_text_data WHERE id > 10", "article_text"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "index.db")
			x := openAt(t, path)
			putAll(t, x, querytest.Documents(6, 5)...)
			check(t, x)
			run(t, path, tt.damage)
			if err := x.Check(t.Context()); !errors.Is(err, ErrCorrupt) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %v; want it to say %q", err, tt.says)
			}
		})
	}
}

// TestDamagedFile flips bytes all over the file: every call must return.
func TestDamagedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index.db")
	x, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	putAll(t, x, querytest.Documents(8, 40)...)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(9, 10))
	found := 0
	for range 40 {
		damaged := append([]byte(nil), whole...)
		for range 20 {
			damaged[r.IntN(len(damaged))] ^= byte(1 + r.IntN(255))
		}
		if useDamaged(t, damaged) {
			found++
		}
	}
	if found < 20 {
		t.Errorf("only %d of 40 damaged files gave an error", found)
	}
}

// useDamaged does everything with a damaged file and reports whether any call
// returned an error.
func useDamaged(t *testing.T, file []byte) bool {
	path := filepath.Join(t.TempDir(), "index.db")
	writeFile(t, path, file)
	x, err := Open(t.Context(), path)
	if err != nil {
		return true
	}
	defer x.Close()
	errs := x.Put(t.Context(), querytest.Documents(11, 3))
	for _, q := range append(querytest.Queries(12, 5), copytaster.Query{}) {
		_, err := x.Search(t.Context(), q, index.Page{Facets: index.FacetNames(), Sort: index.SortRelevance})
		errs = append(errs, err)
	}
	errs = append(errs, x.Check(t.Context()))
	return errors.Join(errs...) != nil
}
