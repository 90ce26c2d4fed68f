// SPDX-License-Identifier: Apache-2.0

package indextest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// everything is what the facets of the whole corpus count.
var everything = map[string][]index.Bucket{
	"supplier": {{Value: "serco", Label: "Serco Group", Count: 2}, {Value: "atos", Label: "Atos", Count: 1},
		{Value: "brightwater ltd", Label: "Brightwater Ltd", Count: 1}, {Value: "capita", Label: "Capita plc", Count: 1}},
	"buyer":    {{Value: "barnet-council", Label: "Barnet Council", Count: 1}, {Value: "dwp", Label: "Department for Work and Pensions", Count: 1}},
	"status":   {{Value: "awarded", Count: 2}, {Value: "exiting_early", Count: 1}, {Value: "under_review", Count: 1}},
	"money":    {{Value: "10m..<100m", Count: 2}, {Value: "<100k", Count: 2}, {Value: "100m..<1bn", Count: 1}, {Value: "1m..<10m", Count: 1}},
	"currency": {{Value: "GBP", Count: 3}, {Value: "EUR", Count: 1}},
	"source":   {{Value: "guardian", Count: 2}, {Value: "local-post", Count: 2}, {Value: "wire", Count: 2}},
	"kind":     {{Value: "news", Count: 2}, {Value: "blog", Count: 1}, {Value: "opinion", Count: 1}, {Value: "report", Count: 1}},
	"language": {{Value: "en-GB", Count: 2}, {Value: "en", Count: 1}, {Value: "fr", Count: 1}},
	"month":    {{Value: "2014-02", Count: 2}, {Value: "2014-03", Count: 1}},
}

func testFacets(t *testing.T, open Opener) {
	b := open(t)
	put(t, b, corpus()...)
	t.Run("each value is counted once per document", func(t *testing.T) {
		r := search(t, b, "", index.Page{Facets: index.FacetNames()})
		if diff := cmp.Diff(everything, r.Facets, equateEmpty); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
	t.Run("all hits are counted, not the page's", func(t *testing.T) {
		r := search(t, b, "supplier:serco", index.Page{Size: 1, Facets: []string{"supplier", "kind"}})
		want := map[string][]index.Bucket{
			"supplier": {{Value: "serco", Label: "Serco Group", Count: 2}, {Value: "atos", Label: "Atos", Count: 1}, {Value: "brightwater ltd", Label: "Brightwater Ltd", Count: 1}},
			"kind":     {{Value: "blog", Count: 1}, {Value: "news", Count: 1}},
		}
		if diff := cmp.Diff(want, r.Facets, equateEmpty); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
	t.Run("a value that is counted can be asked for", func(t *testing.T) {
		for field, buckets := range everything {
			for _, k := range buckets {
				if field == "month" {
					field = "published"
				}
				if r := search(t, b, fmt.Sprintf("%s:%q", field, k.Value), index.Page{}); field != "language" && r.Total != k.Count {
					t.Errorf("%s is counted %d times, and asking for it finds %d", k.Value, k.Count, r.Total)
				}
			}
		}
	})
	t.Run("a figure at the end of a band is counted once, a range in every band that it meets", func(t *testing.T) { testBands(t, open(t)) })
	t.Run("no hits have no values", func(t *testing.T) {
		r := search(t, b, "xyzzy", index.Page{Facets: []string{"supplier"}})
		if len(r.Facets["supplier"]) != 0 {
			t.Errorf("got %v", r.Facets)
		}
	})
	t.Run("the most frequent values come, and no more than the bound", func(t *testing.T) {
		testManyValues(t, open(t))
	})
}

// testBands puts figures at the ends of bands, and checks that each band's count
// is what asking for it finds: the facet "money" is index.MoneyBandsOf, not the
// band of the largest figure alone.
func testBands(t *testing.T, b index.Backend) {
	var docs []*copytaster.Document
	for i, sum := range [][2]int64{{99_999, 99_999}, {100_000, 100_000}, {1_000_000, 1_000_000}, {100_000_000, -1}, {-1, 1_000_000_000},
		{999_999_999, 999_999_999}, {90_000, 10_000_000}, {0, 0}, {-1, -1}} {
		text := "It costs £1."
		d := document(fmt.Sprintf("sum-%d", i), i, "", text)
		d.Money = []copytaster.Money{figure(text, "£1", sum[0], sum[1])}
		docs = append(docs, d)
	}
	put(t, b, docs...)
	got := search(t, b, "", index.Page{Facets: []string{"money"}}).Facets["money"]
	want := []index.Bucket{{Value: "<100k", Count: 3}, {Value: "100k..<1m", Count: 2}, {Value: "100m..<1bn", Count: 2},
		{Value: "1m..<10m", Count: 2}, {Value: "10m..<100m", Count: 1}, {Value: ">=1bn", Count: 1}}
	slices.SortFunc(want, cmpBuckets)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, k := range got {
		if r := search(t, b, "money:"+k.Value, index.Page{}); r.Total != k.Count {
			t.Errorf("%s is counted %d times, and asking for it finds %d", k.Value, k.Count, r.Total)
		}
	}
}

// cmpBuckets is the order of a facet's values.
func cmpBuckets(a, b index.Bucket) int {
	if a.Count != b.Count {
		return b.Count - a.Count
	}
	return strings.Compare(a.Value, b.Value)
}

// testManyValues gives an index one source more than a facet shows, the last of
// which has the most documents.
func testManyValues(t *testing.T, b index.Backend) {
	var docs []*copytaster.Document
	for i := range index.MaxBuckets + 1 {
		d := document(fmt.Sprintf("d%03d", i), i, "", "")
		d.Sources = []string{fmt.Sprintf("source-%03d", i), "source-" + fmt.Sprint(index.MaxBuckets)}
		docs = append(docs, d)
	}
	put(t, b, docs...)
	got := search(t, b, "", index.Page{Facets: []string{"source"}}).Facets["source"]
	if len(got) != index.MaxBuckets {
		t.Fatalf("got %d values, want %d", len(got), index.MaxBuckets)
	}
	want := index.Bucket{Value: "source-" + fmt.Sprint(index.MaxBuckets), Count: index.MaxBuckets + 1}
	if got[0] != want || got[1].Value != "source-000" {
		t.Errorf("got %v, %v first", got[0], got[1])
	}
}
