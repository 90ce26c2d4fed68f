// SPDX-License-Identifier: Apache-2.0

// Package indextest is the conformance suite of search backends: what package
// index promises, whatever the engine.
package indextest

import (
	"context"
	"slices"
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// Opener returns a new and empty index, and closes it when the test ends.
type Opener func(t *testing.T) index.Backend

// Refresher is an index that makes searchable what was put only after a while,
// unless it is asked to. The suite asks after each of its writes.
type Refresher interface {
	Refresh(ctx context.Context) error
}

// Run runs the suite. Its tests of index.Store and index.Ledger run where the
// backend implements them. Agree, which needs documents and queries from
// elsewhere, is the caller's to run.
func Run(t *testing.T, open Opener) {
	for _, part := range []struct {
		name string
		run  func(*testing.T, Opener)
	}{
		{"put", testPut},
		{"store", testStore},
		{"delete", testDelete},
		{"language", testLanguage},
		{"facets", testFacets},
		{"order", testOrder},
		{"paging", testPaging},
		{"bad page", testBadPage},
		{"limits", testLimits},
		{"concurrency", testConcurrency},
		{"ledger", testLedger},
	} {
		t.Run(part.name, func(t *testing.T) { part.run(t, open) })
	}
}

// put stores documents, none of which may fail.
func put(t *testing.T, b index.Backend, docs ...*copytaster.Document) {
	t.Helper()
	errs := b.Put(t.Context(), docs)
	if len(errs) != len(docs) {
		t.Fatalf("Put of %d documents returned %d errors", len(docs), len(errs))
	}
	for i, err := range errs {
		if err != nil {
			t.Fatalf("Put of %s: %v", docs[i].ID, err)
		}
	}
	refresh(t, b)
}

func refresh(t *testing.T, b index.Backend) {
	t.Helper()
	if r, ok := b.(Refresher); ok {
		if err := r.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func remove(t *testing.T, b index.Backend, ids ...string) {
	t.Helper()
	if err := b.Delete(t.Context(), ids...); err != nil {
		t.Fatal(err)
	}
	refresh(t, b)
}

func parse(t *testing.T, s string) copytaster.Query {
	t.Helper()
	q, err := copytaster.ParseQuery(s)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func search(t *testing.T, b index.Backend, query string, p index.Page) *index.Results {
	t.Helper()
	r, err := b.Search(t.Context(), parse(t, query), p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// find returns the ids of all hits of a query, sorted.
func find(t *testing.T, b index.Backend, query string) []string {
	t.Helper()
	r := search(t, b, query, index.Page{Size: index.MaxSize})
	ids := idsOf(r)
	if r.Total != len(ids) {
		t.Errorf("search %q: a total of %d for %d hits", query, r.Total, len(ids))
	}
	slices.Sort(ids)
	return ids
}

func idsOf(r *index.Results) []string {
	ids := make([]string, len(r.Hits))
	for i, h := range r.Hits {
		ids[i] = h.Document.ID
	}
	return ids
}
