// SPDX-License-Identifier: Apache-2.0

package index

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestCursor(t *testing.T) {
	t.Run("comes back whole in its own search", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			c := Cursor{Keys: [2]int64{rapid.Int64().Draw(t, "key"), rapid.Int64().Draw(t, "key")}, ID: rapid.StringN(0, 100, 400).Draw(t, "id")}
			query, sort := rapid.String().Draw(t, "query"), rapid.SampledFrom(Sorts()).Draw(t, "sort")
			got, err := ParseCursor(c.Encode(query, sort), query, sort)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c, got); diff != "" {
				t.Error(diff)
			}
		})
	})
	t.Run("is refused when one character has changed", func(t *testing.T) {
		s := Cursor{Keys: [2]int64{1, -2}, ID: "article"}.Encode("capita", SortNewest)
		for i := range s {
			for _, c := range "A_z" {
				if changed := s[:i] + string(c) + s[i+1:]; changed != s {
					if _, err := ParseCursor(changed, "capita", SortNewest); !errors.Is(err, ErrBadPage) {
						t.Fatalf("character %d as %c: got %v", i, c, err)
					}
				}
			}
		}
	})
	t.Run("of another search is refused and says so", func(t *testing.T) {
		s := Cursor{ID: "article"}.Encode("capita", SortNewest)
		for _, other := range []struct {
			query string
			sort  Sort
		}{{"capita", SortOldest}, {"serco", SortNewest}, {"", SortNewest}} {
			_, err := ParseCursor(s, other.query, other.sort)
			if !errors.Is(err, ErrBadPage) || !strings.Contains(err.Error(), "another query or order") {
				t.Errorf("%v: got %v", other, err)
			}
		}
	})
}

func FuzzParseCursor(f *testing.F) {
	f.Add("")
	f.Add("page 2")
	f.Add(Cursor{Keys: [2]int64{1, 2}, ID: "article"}.Encode("q", SortNewest))
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseCursor(s, "q", SortNewest)
		if err != nil {
			if !errors.Is(err, ErrBadPage) {
				t.Fatalf("got %v", err)
			}
			return
		}
		if again := c.Encode("q", SortNewest); again != s {
			t.Errorf("%q is read as %+v, which is written %q", s, c, again)
		}
	})
}
