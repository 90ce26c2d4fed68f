// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/querytest"
)

// BenchmarkIndex reports Put's articles a second and, as "ratio", the time of bare
// inserts into the same tables divided by Put's.
func BenchmarkIndex(b *testing.B) {
	docs := querytest.Newsroom(2000)
	var sum index.Comparison
	for b.Loop() {
		c, err := Bench(b.Context(), b.TempDir(), docs, 50)
		if err != nil {
			b.Fatal(err)
		}
		sum.Documents, sum.Bare, sum.Put = sum.Documents+c.Documents, sum.Bare+c.Bare, sum.Put+c.Put
	}
	b.ReportMetric(sum.Ratio(), "ratio")
	b.ReportMetric(float64(sum.Documents)/sum.Put.Seconds(), "articles/s")
}

func BenchmarkSearch(b *testing.B) {
	x := openTest(b)
	docs := querytest.Newsroom(10_000)
	for i := 0; i < len(docs); i += 500 {
		for _, err := range x.Put(b.Context(), docs[i:i+500]) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	common, rare := querytest.Vocable(3), querytest.Vocable(900)
	deep := index.Page{Sort: index.SortNewest, Size: 1000}
	for range 8 {
		r, err := x.Search(b.Context(), copytaster.Query{}, deep)
		if err != nil {
			b.Fatal(err)
		}
		deep.After = r.Next
	}
	deep.Size = 20
	for _, bb := range []struct {
		name, query string
		page        index.Page
	}{
		{"everything", "", index.Page{}},
		{"everything, facets", "", index.Page{Facets: index.FacetNames()}},
		{"deep page", "", deep},
		{"common term", common, index.Page{}},
		{"common term, relevance", common, index.Page{Sort: index.SortRelevance}},
		{"common term, facets", common, index.Page{Facets: index.FacetNames()}},
		{"rare term", rare, index.Page{}},
		{"rare term, relevance", rare, index.Page{Sort: index.SortRelevance}},
		{"two terms", common + " " + rare, index.Page{}},
		{"phrase", `"` + common + " " + querytest.Vocable(1) + `"`, index.Page{}},
		{"prefix", rare[:2] + "*", index.Page{}},
		{"negation", "-" + common, index.Page{}},
		{"supplier and status", "supplier:supplier-7 status:awarded published:2014-01", index.Page{}},
		{"contract", "contract:(supplier:supplier-7 status:awarded)", index.Page{}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			q := copytaster.MustParseQuery(bb.query)
			total := 0
			for b.Loop() {
				r, err := x.Search(b.Context(), q, bb.page)
				if err != nil {
					b.Fatal(err)
				}
				total = r.Total
			}
			b.ReportMetric(float64(total), "hits")
		})
	}
}
