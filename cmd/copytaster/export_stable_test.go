// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/control"
)

func TestStableExportDoesNotDependOnWhenCopyCame(t *testing.T) {
	on := func(id string, day int) *control.Exported {
		d := &copytaster.Document{Article: copytaster.Article{ID: id, Fetched: time.Unix(int64(len(id)), 0), Archive: "a.warc.gz:1"}}
		if day > 0 {
			d.Published = copytaster.Date{Time: time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC), Precision: copytaster.PrecisionDay}
		}
		return &control.Exported{Document: d}
	}
	for name, in := range map[string][]*control.Exported{
		"one order":   {on("c", 9), on("b", 8), on("a", 8), on("d", 8), on("f", 0), on("e", 0)},
		"another one": {on("c", 9), on("a", 8), on("d", 8), on("b", 8), on("e", 0), on("f", 0)},
	} {
		var out []string
		s, err := newSteady(index.SortNewest, func(e *control.Exported) error {
			if !e.Document.Fetched.IsZero() || e.Document.Archive != "" {
				t.Errorf("%s: %s tells our clock or archive", name, e.Document.ID)
			}
			out = append(out, e.Document.ID)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range in {
			if err := s.Write(e); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.before(func() error { out = append(out, "end"); return nil })(); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff("c a b d e f end", strings.Join(out, " ")); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if _, err := newSteady(index.SortFetched, nil); err == nil {
		t.Error("the order of arrival was called stable")
	}
}
