// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/querytest"
)

// TestBothWaysAgree checks that walking the index and looking at each hit give
// the same page and the same counts.
func TestBothWaysAgree(t *testing.T) {
	x := openTest(t)
	putAll(t, x, querytest.Documents(13, 150)...)
	for _, q := range querytest.Queries(14, 60) {
		where, err := compile(q.Plan())
		if err != nil {
			t.Fatal(err)
		}
		for _, sort := range index.Sorts() {
			var got [2]*index.Results
			for i, share := range []int{1, 1_000_000} {
				got[i] = searchAs(t, x, where, order{sort: sort, score: ftsScore(q.Plan())}, share)
			}
			if diff := cmp.Diff(idsOf(got[0]), idsOf(got[1])); diff != "" {
				t.Errorf("query %q by %s (-walk +look):\n%s", q, sort, diff)
			}
			if diff := cmp.Diff(got[0].Facets, got[1].Facets); diff != "" {
				t.Errorf("query %q (-walk +look):\n%s", q, diff)
			}
		}
	}
}

func searchAs(t *testing.T, x *Index, where expr, o order, share int) *index.Results {
	t.Helper()
	tx, err := x.read.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	s := &search{tx: tx, order: o, page: index.Page{Size: 25, Sort: o.sort, Facets: index.FacetNames()}}
	if err := s.find(t.Context(), where); err != nil {
		t.Fatal(err)
	}
	s.share = share
	r, err := s.results(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func idsOf(r *index.Results) []string {
	ids := []string{}
	for _, h := range r.Hits {
		ids = append(ids, h.Document.ID)
	}
	return ids
}
