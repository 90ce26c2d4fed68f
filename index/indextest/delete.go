// SPDX-License-Identifier: Apache-2.0

package indextest

import (
	"errors"
	"testing"

	"github.com/copytaster/copytaster/index"
)

func testDelete(t *testing.T, open Opener) {
	t.Run("an article that is not there is no error", func(t *testing.T) {
		remove(t, open(t), "none", "neither")
	})
	t.Run("no ids are no error", func(t *testing.T) {
		b := open(t)
		put(t, b, payroll())
		remove(t, b)
		wantFound(t, b, "", "payroll")
	})
	t.Run("no query finds what was removed, and the rest stays", func(t *testing.T) {
		b := open(t)
		put(t, b, corpus()...)
		remove(t, b, "payroll", "tagging", "assessments", "cafe", "yearbook")
		for _, tt := range questions {
			for _, id := range find(t, b, tt.query) {
				if id != "bare" {
					t.Errorf("query %q still finds %s", tt.query, id)
				}
			}
		}
		r := search(t, b, "", index.Page{Facets: index.FacetNames()})
		for name, buckets := range r.Facets {
			if len(buckets) > 0 {
				t.Errorf("facet %s still counts %v", name, buckets)
			}
		}
		wantAbsent(t, b, "payroll")
	})
	t.Run("all revisions go", func(t *testing.T) {
		b := open(t)
		put(t, b, document("a", 1, "first", ""), document("a", 2, "second", ""), document("b", 1, "other", ""))
		remove(t, b, "a")
		wantAbsent(t, b, "a")
		wantFound(t, b, "", "b")
	})
	t.Run("a removed article can be put again", func(t *testing.T) {
		b := open(t)
		put(t, b, payroll())
		remove(t, b, "payroll")
		put(t, b, payroll())
		wantFound(t, b, "payroll", "payroll")
		wantFound(t, b, "contract:(supplier:capita)", "payroll")
	})
}

// wantAbsent checks that the index, where it gives back articles, has no such.
func wantAbsent(t *testing.T, b index.Backend, id string) {
	t.Helper()
	s, ok := b.(index.Store)
	if !ok {
		return
	}
	if d, err := s.Get(t.Context(), id); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("Get(%q) = %v, %v; want ErrNotFound", id, d, err)
	}
	if docs, err := s.Revisions(t.Context(), id); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("Revisions(%q) = %d of them, %v; want ErrNotFound", id, len(docs), err)
	}
}
