// SPDX-License-Identifier: Apache-2.0

package indextest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

func testLimits(t *testing.T, open Opener) {
	t.Run("an empty index answers everything with nothing", func(t *testing.T) {
		b := open(t)
		for _, tt := range questions {
			for _, sort := range index.Sorts() {
				r := search(t, b, tt.query, index.Page{Sort: sort, Facets: index.FacetNames()})
				if r.Total != 0 || len(r.Hits) != 0 || r.Next != "" {
					t.Errorf("query %q finds %d", tt.query, r.Total)
				}
			}
		}
	})
	t.Run("a document of 10 MB is searched to its last word", func(t *testing.T) {
		b := open(t)
		put(t, b, document("huge", 1, "", strings.Repeat("The minutes of the committee. ", 350_000)+"Adjourned sine die."), document("small", 2, "", "Adjourned."))
		wantFound(t, b, `"adjourned sine die"`, "huge")
		wantFound(t, b, `"committee adjourned"`, "huge")
		wantFound(t, b, "adjourned", "huge", "small")
		wantFound(t, b, "adjourned -sine", "small")
	})
	t.Run("a very long word is found", func(t *testing.T) {
		b := open(t)
		word := strings.Repeat("x", 100_000)
		put(t, b, document("long", 1, "", "a "+word+" b"))
		wantFound(t, b, strings.Repeat("x", 10_000), "long")
	})
	t.Run("queries of the greatest size are answered", func(t *testing.T) { testGreatQueries(t, open(t)) })
	t.Run("strange texts do no harm", func(t *testing.T) {
		b := open(t)
		texts := []string{"", " ", "\n\n", "\x00 zero \x00", `"quoted" * ^ : () { } - + , NEAR AND OR NOT`, "'; DROP TABLE article; --", "\u202eright to left", "\ufeffmark", "e\u0301", strings.Repeat("a\u0301", 1000), "🇬🇧 👩‍👩‍👧"}
		var docs []*copytaster.Document
		for i, text := range texts {
			docs = append(docs, document(fmt.Sprint("strange-", i), i, text, text))
		}
		put(t, b, docs...)
		for _, query := range []string{"zero", "near", `"near and or not"`, "drop", "right", "mark", "é", `"drop table article"`, "table*"} {
			if diff := cmp.Diff(matching(parse(t, query), docs), find(t, b, query), equateEmpty); diff != "" {
				t.Errorf("query %q (-Match +index):\n%s", query, diff)
			}
		}
	})
}

// testGreatQueries asks with as many values as a query may have, and as deep.
func testGreatQueries(t *testing.T, b index.Backend) {
	put(t, b, corpus()...)
	long := func(item, op string) string {
		n := min(copytaster.MaxQueryLeaves-1, copytaster.MaxQueryLen/(len(item)+len(op)+4))
		parts := make([]string, n)
		for i := range parts {
			parts[i] = fmt.Sprintf(item, i)
		}
		return strings.Join(parts, op)
	}
	deep := strings.Repeat("(capita (serco OR ", copytaster.MaxQueryDepth/2-1) + "payroll" + strings.Repeat("))", copytaster.MaxQueryDepth/2-1)
	for _, query := range []string{
		long("w%d", " OR ") + " OR payroll", long("-w%d", " "), long("source:s%d", " OR ") + " OR source:wire", long("-source:s%d", " "),
		long("supplier:s%d", " OR "), long("money:%d", " OR "), "zone:comment (" + long("w%d", " OR ") + ")", deep,
		"contract:(" + long("subject:s%d", " OR ") + ")", `"` + strings.Repeat("who is ", 30) + `fit"~100`,
	} {
		if diff := cmp.Diff(matching(parse(t, query), corpus()), find(t, b, query), equateEmpty); diff != "" {
			t.Errorf("query %.40q... (-Match +index):\n%s", query, diff)
		}
	}
}

func testConcurrency(t *testing.T, open Opener) {
	t.Run("readers see whole batches while one writes", func(t *testing.T) { testReaders(t, open(t)) })
	t.Run("writers do not lose each other's documents", func(t *testing.T) {
		b := open(t)
		var all sync.WaitGroup
		for w := range 4 {
			all.Go(func() {
				for i := range 5 {
					for _, err := range b.Put(t.Context(), []*copytaster.Document{document(fmt.Sprintf("w%d-%d", w, i), i, "copy", ""), document("shared", 10*w+i, "copy", "")}) {
						if err != nil {
							t.Error(err)
						}
					}
				}
			})
		}
		all.Wait()
		refresh(t, b)
		if got := find(t, b, "copy"); len(got) != 21 {
			t.Errorf("found %d documents, want 21: %q", len(got), got)
		}
	})
	t.Run("a cancelled context ends the call, and does no harm", func(t *testing.T) {
		b := open(t)
		put(t, b, payroll())
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if errs := b.Put(ctx, []*copytaster.Document{cafe()}); len(errs) != 1 || !errors.Is(errs[0], context.Canceled) {
			t.Errorf("Put: got %v", errs)
		}
		if _, err := b.Search(ctx, copytaster.Query{}, index.Page{}); !errors.Is(err, context.Canceled) {
			t.Errorf("Search: got %v", err)
		}
		if err := b.Delete(ctx, "payroll"); !errors.Is(err, context.Canceled) {
			t.Errorf("Delete: got %v", err)
		}
		wantFound(t, b, "", "payroll")
		put(t, b, cafe())
		wantFound(t, b, "", "cafe", "payroll")
	})
}

// testReaders rewrites a set of documents over and over, and checks that every
// answer has each of them once.
func testReaders(t *testing.T, b index.Backend) {
	const documents, rounds = 8, 12
	batch := func(round int) (docs []*copytaster.Document) {
		for i := range documents {
			docs = append(docs, document(fmt.Sprint("d", i), round, fmt.Sprint("round", round), "common"))
		}
		return docs
	}
	put(t, b, batch(0)...)
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				r, err := b.Search(t.Context(), copytaster.MustParseQuery("common"), index.Page{Facets: []string{"kind"}})
				if err != nil {
					t.Error(err)
					return
				}
				if r.Total != documents || len(r.Hits) != documents {
					t.Errorf("a reader sees %d, and %d hits; want %d", r.Total, len(r.Hits), documents)
					return
				}
			}
		})
	}
	for round := range rounds {
		put(t, b, batch(round+1)...)
	}
	close(stop)
	readers.Wait()
	wantTotal := search(t, b, fmt.Sprint("round", rounds), index.Page{}).Total
	if wantTotal != documents {
		t.Errorf("the last round has %d documents, want %d", wantTotal, documents)
	}
}
