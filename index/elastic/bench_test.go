// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"slices"
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/querytest"
)

// BenchmarkIndex reports Put's articles a second and, as "ratio", the time of bare
// bulk requests of the same bodies divided by Put's.
func BenchmarkIndex(b *testing.B) {
	docs := querytest.Newsroom(1000)
	var sum index.Comparison
	for b.Loop() {
		c, err := Bench(b.Context(), serverOptions(b), docs, 50)
		if err != nil {
			b.Fatal(err)
		}
		sum.Documents, sum.Bare, sum.Put = sum.Documents+c.Documents, sum.Bare+c.Bare, sum.Put+c.Put
	}
	b.ReportMetric(sum.Ratio(), "ratio")
	b.ReportMetric(float64(sum.Documents)/sum.Put.Seconds(), "articles/s")
}

// BenchmarkSearch asks what a desk asks, of 5,000 articles.
func BenchmarkSearch(b *testing.B) {
	x := openTest(b)
	docs := querytest.Newsroom(5000)
	for batch := range slices.Chunk(docs, 250) {
		for _, err := range x.Put(b.Context(), batch) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := x.Refresh(b.Context()); err != nil {
		b.Fatal(err)
	}
	for name, tt := range map[string]struct {
		query string
		page  index.Page
	}{
		"front page": {"", index.Page{}},
		"one word":   {querytest.Vocable(300), index.Page{}},
		"phrase":     {`"` + querytest.Vocable(1) + " " + querytest.Vocable(2) + `"`, index.Page{}},
		"contract":   {"contract:(supplier:supplier-7 status:awarded)", index.Page{}},
		"facets":     {querytest.Vocable(3), index.Page{Facets: index.FacetNames()}},
		"relevance":  {querytest.Vocable(30) + " " + querytest.Vocable(3), index.Page{Sort: index.SortRelevance}},
	} {
		q := copytaster.MustParseQuery(tt.query)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := x.Search(b.Context(), q, tt.page); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
