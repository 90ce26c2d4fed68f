// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/index/sqlite"
	"github.com/copytaster/copytaster/internal/querytest"
	"github.com/copytaster/copytaster/internal/sitetest"
)

// TestEquality puts the same documents, those of the bundled site and the sample
// texts among them, into both backends and asks both the same queries: the sets
// must be those that Match accepts, the counts of facets and the orders equal.
func TestEquality(t *testing.T) {
	x := openTest(t)
	file, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	genuine := sitetest.Documents(t, filepath.Join("..", "..", "..", "shared", "data", "seeds"))
	docs, queries := append(genuine, querytest.Documents(19, 500-len(genuine))...), querytest.Queries(19, 1000)
	for batch := range slices.Chunk(docs, 100) {
		putAll(t, x, batch...)
		for _, err := range file.Put(t.Context(), batch) {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	var views []*copytaster.View
	for _, d := range docs {
		views = append(views, copytaster.NewView(d))
	}
	var seen tally
	for _, q := range queries {
		seen.match(t, q, views, compare(t, x, file, q, &seen))
		if slices.ContainsFunc(views[:len(genuine)], q.MatchView) {
			seen.real++
		}
	}
	t.Logf("%d queries over %d documents, %d of them real: %d find some and not all, %d some of the real; %d hits, %d values of facets and %d places in orders are compared, %d differ",
		len(queries), len(docs), len(genuine), seen.telling, seen.real, seen.hits, seen.values, seen.places, seen.faults)
	if seen.telling < len(queries)/2 || seen.real < len(queries)/10 {
		t.Errorf("of %d queries only %d find something and not everything, %d a real document", len(queries), seen.telling, seen.real)
	}
}

// tally counts what was compared.
type tally struct{ telling, real, hits, values, places, faults int }

func ask(t *testing.T, b index.Backend, q copytaster.Query, s index.Sort) *index.Results {
	t.Helper()
	p := index.Page{Size: 25, Sort: s}
	if s == index.SortNewest {
		p.Size, p.Facets = index.MaxSize, index.FacetNames()
	}
	r, err := b.Search(t.Context(), q, p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func idsOf(r *index.Results) []string {
	ids := make([]string, len(r.Hits))
	for i, h := range r.Hits {
		ids[i] = h.Document.ID
	}
	return ids
}

func (n *tally) match(t *testing.T, q copytaster.Query, views []*copytaster.View, r *index.Results) {
	t.Helper()
	var want []string
	for _, v := range views {
		if q.MatchView(v) {
			want = append(want, v.Document().ID)
		}
	}
	if len(want) > 0 && len(want) < len(views) {
		n.telling++
	}
	got := idsOf(r)
	slices.Sort(want)
	slices.Sort(got)
	n.hits += len(got)
	if !slices.Equal(want, got) || r.Total != len(want) {
		n.faults++
		t.Errorf("query %q: Match accepts %d, Elasticsearch finds %d (-Match +Elasticsearch):\n%s", q, len(want), r.Total, cmp.Diff(want, got))
	}
}

// compare asks both backends in every order that does not rank: by the newest
// for all hits, by the others for the first page. It returns all hits.
func compare(t *testing.T, x, file index.Backend, q copytaster.Query, n *tally) (all *index.Results) {
	t.Helper()
	for _, s := range index.Sorts() {
		if s == index.SortRelevance {
			continue
		}
		want, got := ask(t, file, q, s), ask(t, x, q, s)
		n.places += len(got.Hits)
		if s == index.SortNewest {
			all = got
		}
		if diff := cmp.Diff(idsOf(want), idsOf(got)); diff != "" {
			n.faults++
			t.Errorf("query %q by %s (-SQLite +Elasticsearch):\n%s", q, s, diff)
		}
		for name, buckets := range got.Facets {
			n.values += len(buckets)
			if diff := cmp.Diff(want.Facets[name], buckets); diff != "" && len(want.Facets[name])+len(buckets) > 0 {
				n.faults++
				t.Errorf("query %q, facet %s (-SQLite +Elasticsearch):\n%s", q, name, diff)
			}
		}
	}
	return all
}
