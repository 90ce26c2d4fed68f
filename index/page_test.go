// SPDX-License-Identifier: Apache-2.0

package index

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/copytaster/copytaster"
)

func TestPageNormal(t *testing.T) {
	t.Run("fills in the defaults", func(t *testing.T) {
		got, err := Page{}.Normal()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(Page{Size: 20, Sort: SortNewest}, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("keeps what is said", func(t *testing.T) {
		want := Page{Size: 1000, Sort: SortRelevance, After: "x", Facets: FacetNames()}
		got, err := want.Normal()
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Error(diff, err)
		}
	})
	for name, p := range map[string]Page{
		"size below 1":   {Size: -1},
		"size over 1000": {Size: 1001},
		"unknown sort":   {Sort: "NEWEST"},
		"unknown facet":  {Facets: []string{"kind", "Kind"}},
	} {
		t.Run("refuses a page with a "+name, func(t *testing.T) {
			if _, err := p.Normal(); !errors.Is(err, ErrBadPage) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestPublishedKey(t *testing.T) {
	at := func(s string) copytaster.Date {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return copytaster.Date{Time: v, Precision: copytaster.PrecisionTime}
	}
	t.Run("an unknown date has none", func(t *testing.T) {
		if key, ok := PublishedKey(copytaster.Date{}); ok {
			t.Errorf("got %d", key)
		}
	})
	t.Run("the printed day comes before the moment", func(t *testing.T) {
		rising := []copytaster.Date{
			at("0001-01-02T00:00:00Z"), at("1969-12-31T23:59:59Z"), at("1970-01-01T00:00:00Z"),
			at("2014-02-26T00:00:00+14:00"), at("2014-02-26T00:00:00Z"), at("2014-02-26T23:59:59Z"), at("2014-02-26T23:59:59-12:00"),
			at("2014-02-27T00:00:00+14:00"), at("9999-12-31T23:59:59Z"),
		}
		var keys []int64
		for _, d := range rising {
			key, ok := PublishedKey(d)
			if !ok {
				t.Fatalf("%v has no key", d)
			}
			keys = append(keys, key)
		}
		if !slices.IsSorted(keys) || len(slices.Compact(slices.Clone(keys))) != len(keys) {
			t.Errorf("keys do not rise: %d", keys)
		}
	})
	t.Run("orders any two dates as their days and moments are ordered", func(t *testing.T) {
		date := rapid.Custom(func(t *rapid.T) copytaster.Date {
			zone := time.FixedZone("", rapid.IntRange(-14*3600, 14*3600).Draw(t, "zone"))
			return copytaster.Date{Time: time.UnixMilli(rapid.Int64Range(-1<<42, 1<<42).Draw(t, "ms")).In(zone)}
		})
		rapid.Check(t, func(t *rapid.T) {
			a, b := date.Draw(t, "a"), date.Draw(t, "b")
			if rapid.Bool().Draw(t, "near") {
				b.Time = a.Time.Add(time.Duration(rapid.Int64Range(-90_000_000, 90_000_000).Draw(t, "ms")) * time.Millisecond).In(b.Time.Location())
			}
			ka, _ := PublishedKey(a)
			kb, _ := PublishedKey(b)
			want := slices.Compare([]int64{dayNumber(a.Time), a.Time.UnixMilli()}, []int64{dayNumber(b.Time), b.Time.UnixMilli()})
			if got := slices.Compare([]int64{ka}, []int64{kb}); got != want {
				t.Errorf("%v and %v compare as %d, want %d", a.Time, b.Time, got, want)
			}
		})
	})
}

// dayNumber is the printed day as a number, YYYYMMDD.
func dayNumber(t time.Time) int64 {
	y, m, d := t.Date()
	return int64(y*10_000 + int(m)*100 + d)
}

func TestBuckets(t *testing.T) {
	for _, name := range FacetNames() {
		want := MaxBuckets
		if name == "month" {
			want = 1200
		}
		if got := Buckets(name); got != want {
			t.Errorf("Buckets(%q) = %d, want %d", name, got, want)
		}
	}
}
