// SPDX-License-Identifier: Apache-2.0

package indextest

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// equateEmpty takes nil and empty slices for the same.
var equateEmpty = cmpopts.EquateEmpty()

func testPut(t *testing.T, open Opener) {
	t.Run("no documents are no errors", func(t *testing.T) {
		if errs := open(t).Put(t.Context(), nil); len(errs) != 0 {
			t.Errorf("got %v", errs)
		}
	})
	t.Run("a document that cannot be stored fails alone, and for good", func(t *testing.T) {
		b := open(t)
		errs := b.Put(t.Context(), []*copytaster.Document{payroll(), document("", 0, "no id", ""), nil, cafe()})
		if len(errs) != 4 || errs[0] != nil || errs[3] != nil {
			t.Fatalf("got %v", errs)
		}
		for _, i := range []int{1, 2} {
			if copytaster.ClassOf(errs[i]) != copytaster.ClassPermanent {
				t.Errorf("document %d: got %v of class %s, want a permanent error", i, errs[i], copytaster.ClassOf(errs[i]))
			}
		}
		refresh(t, b)
		wantFound(t, b, "", "cafe", "payroll")
	})
	t.Run("a document put again is there once", func(t *testing.T) {
		b := open(t)
		put(t, b, corpus()...)
		put(t, b, corpus()...)
		wantFound(t, b, "", "assessments", "bare", "cafe", "payroll", "tagging", "yearbook")
		wantFound(t, b, "money:500m", "assessments")
	})
	t.Run("an update leaves nothing of what was there", func(t *testing.T) {
		b := open(t)
		put(t, b, corpus()...)
		for i, d := range corpus() {
			put(t, b, document(d.ID, 100+i, "rewritten", ""))
		}
		onlyBare(t, b, "rewritten")
	})
	for _, tt := range []struct {
		name       string
		first      *copytaster.Document
		second     *copytaster.Document
		want, gone string
	}{
		{"a newer revision replaces an older one", document("a", 1, "first", ""), document("a", 2, "second", ""), "second", "first"},
		{"an older revision does not replace a newer one", document("a", 2, "second", ""), document("a", 1, "first", ""), "second", "first"},
		{"the same version does not replace itself", document("a", 1, "first", ""), document("a", 1, "twin", ""), "first", "twin"},
		{"a higher generation replaces a lower one", document("a", 1, "first", ""), generation(1, document("a", 1, "second", "")), "second", "first"},
		{"a lower generation does not replace a higher one", generation(2, document("a", 1, "second", "")), document("a", 1, "first", ""), "second", "first"},
		{"a later fetch replaces a higher generation", generation(9, document("a", 1, "first", "")), document("a", 2, "second", ""), "second", "first"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := open(t)
			put(t, b, tt.first)
			put(t, b, tt.second)
			wantFound(t, b, tt.want, "a")
			wantFound(t, b, tt.gone)
			b = open(t)
			put(t, b, tt.first, tt.second) // in one batch
			wantFound(t, b, tt.want, "a")
			wantFound(t, b, tt.gone)
		})
	}
}

func generation(n uint16, d *copytaster.Document) *copytaster.Document {
	d.Generation = n
	return d
}

func wantFound(t *testing.T, b index.Backend, query string, ids ...string) {
	t.Helper()
	if got := find(t, b, query); !slices.Equal(got, ids) {
		t.Errorf("query %q finds %q, want %q", query, got, ids)
	}
}

// onlyBare checks that all articles of the corpus have become bare but for one
// word of the title.
func onlyBare(t *testing.T, b index.Backend, word string) {
	t.Helper()
	var docs []*copytaster.Document
	for i, d := range corpus() {
		docs = append(docs, document(d.ID, 100+i, word, ""))
	}
	for _, tt := range questions {
		q := parse(t, tt.query)
		if diff := cmp.Diff(matching(q, docs), find(t, b, tt.query), equateEmpty); diff != "" {
			t.Errorf("query %q (-want +got):\n%s", tt.query, diff)
		}
	}
	r := search(t, b, "", index.Page{Facets: index.FacetNames()})
	for name, buckets := range r.Facets {
		if len(buckets) > 0 {
			t.Errorf("facet %s still counts %v", name, buckets)
		}
	}
}

func testStore(t *testing.T, open Opener) {
	if _, ok := open(t).(index.Store); !ok {
		t.Skip("the backend is no index.Store")
	}
	t.Run("a document comes back whole", func(t *testing.T) {
		b := open(t)
		put(t, b, corpus()...)
		for _, want := range corpus() {
			got, err := b.(index.Store).Get(t.Context(), want.ID)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, sameDocument...); diff != "" {
				t.Errorf("%s (-put +got):\n%s", want.ID, diff)
			}
		}
	})
	t.Run("a hit is the whole document", func(t *testing.T) {
		b := open(t)
		put(t, b, corpus()...)
		r := search(t, b, "supplier:atos", index.Page{})
		if len(r.Hits) != 1 {
			t.Fatalf("got %d hits", len(r.Hits))
		}
		if diff := cmp.Diff(assessments(), r.Hits[0].Document, sameDocument...); diff != "" {
			t.Errorf("(-put +got):\n%s", diff)
		}
	})
	t.Run("an article that is not there is ErrNotFound", func(t *testing.T) {
		wantAbsent(t, open(t), "none")
	})
	t.Run("revisions are newest first, whatever the order of arrival", func(t *testing.T) {
		b := open(t)
		put(t, b, document("a", 2, "second", ""))
		put(t, b, document("a", 3, "third", ""), document("a", 1, "first", ""), document("b", 1, "other", ""))
		wantTitles(t, b, "a", "third", "second", "first")
		d, err := b.(index.Store).Get(t.Context(), "a")
		if err != nil || d.Title != "third" {
			t.Errorf("Get returns %v, %v; want the third", d, err)
		}
	})
	t.Run("of one fetch the highest generation is kept", func(t *testing.T) {
		b := open(t)
		put(t, b, document("a", 1, "first", ""), document("a", 2, "second", ""))
		put(t, b, generation(1, document("a", 1, "first again", "")), generation(2, document("a", 2, "second again", "")))
		put(t, b, generation(1, document("a", 2, "too late", "")))
		wantTitles(t, b, "a", "second again", "first again")
	})
}

// sameDocument compares documents as their JSON does.
var sameDocument = []cmp.Option{equateEmpty, cmp.Comparer(func(a, b copytaster.Decimal) bool { return a.Cmp(b) == 0 })}

func wantTitles(t *testing.T, b index.Backend, id string, want ...string) {
	t.Helper()
	docs, err := b.(index.Store).Revisions(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range docs {
		got = append(got, d.Title)
	}
	if !slices.Equal(got, want) {
		t.Errorf("revisions of %s: %q, want %q", id, got, want)
	}
}
