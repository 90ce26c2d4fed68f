// SPDX-License-Identifier: Apache-2.0

package indextest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

func testOrder(t *testing.T, open Opener) {
	b := open(t)
	docs := timetable()
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
	put(t, b, docs...)
	for _, tt := range []struct {
		sort index.Sort
		want string
	}{
		{index.SortNewest, "east late west noon noon-later noon-latest month midnight-b midnight-a year undated-2 undated-1"},
		{index.SortOldest, "year midnight-a midnight-b month noon-latest noon-later noon west late east undated-1 undated-2"},
		{index.SortFetched, "undated-2 noon year month west undated-1 noon-later noon-latest midnight-b midnight-a late east"},
	} {
		t.Run(string(tt.sort), func(t *testing.T) {
			want := strings.Fields(tt.want)
			got := idsOf(search(t, b, "", index.Page{Sort: tt.sort}))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	t.Run("newest is the default", func(t *testing.T) {
		newest, unsaid := search(t, b, "", index.Page{Sort: index.SortNewest}), search(t, b, "", index.Page{})
		if diff := cmp.Diff(idsOf(newest), idsOf(unsaid)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("amount puts the largest figure first, and none last", func(t *testing.T) { testAmounts(t, open(t)) })
	t.Run("relevance puts what is about a word before what has it", func(t *testing.T) { testRelevance(t, open(t)) })
}

// timetable has documents that differ in one thing at a time.
func timetable() []*copytaster.Document {
	at := func(hour, zone int) copytaster.Date {
		return copytaster.Date{Time: time.Date(2014, 2, 26, hour, 0, 0, 0, time.FixedZone("", zone*3600)), Precision: copytaster.PrecisionTime}
	}
	month, year := at(0, 0), at(0, 0)
	month.Time, month.Precision = time.Date(2014, 2, 1, 0, 0, 0, 0, time.UTC), copytaster.PrecisionMonth
	year.Time, year.Precision = time.Date(2013, 1, 1, 0, 0, 0, 0, time.UTC), copytaster.PrecisionYear
	east := at(1, 10)
	east.Time = east.Time.AddDate(0, 0, 1) // the 27th where it is printed, though earlier than "late"
	docs := []*copytaster.Document{}
	add := func(id string, n int, d copytaster.Date) {
		docs = append(docs, document(id, n, "", ""))
		docs[len(docs)-1].Published = d
	}
	add("east", 0, east)
	add("late", 1, at(23, 0))
	add("west", 7, at(12, -8))
	add("noon", 10, at(12, 0))
	add("noon-later", 5, at(12, 0))
	add("noon-latest", 4, at(12, 0))
	add("month", 8, month)
	add("midnight-a", 2, day(2014, 1, 31))
	add("midnight-b", 2, day(2014, 1, 31))
	add("year", 9, year)
	add("undated-1", 6, copytaster.Date{})
	add("undated-2", 11, copytaster.Date{})
	return docs
}

// testAmounts sorts by index.AmountKey: currencies are not converted, of a range
// its end counts, of several figures the largest, vague ones not at all.
func testAmounts(t *testing.T, b index.Backend) {
	text := "It costs £1, or so."
	var docs []*copytaster.Document
	add := func(id string, n int, figures ...copytaster.Money) {
		d := document(id, n, "", text)
		d.Money = figures
		docs = append(docs, d)
	}
	sum := func(min, max int64) copytaster.Money { return figure(text, "£1", min, max) }
	euros := sum(7_000_000, 7_000_000)
	euros.Currency = "EUR"
	add("none-old", 0)
	add("vague", 3, sum(-1, -1))
	add("small", 9, sum(5, 5))
	add("nothing", 2, sum(0, 0))
	add("range", 1, sum(1_000, 8_000_000))
	add("euros", 4, sum(6, 6), euros, sum(-1, -1))
	add("up-to", 5, sum(-1, 500_000_000))
	add("more-than", 6, sum(500_000_000, -1))
	add("equal-b", 6, sum(500_000_000, 500_000_000))
	add("boundless", 8, sum(9_000_000_000_000_000_000, -1))
	put(t, b, docs...)
	want := strings.Fields("boundless more-than equal-b up-to range euros small nothing vague none-old")
	for _, query := range []string{"", "costs"} {
		p := index.Page{Sort: index.SortAmount}
		if diff := cmp.Diff(want, idsOf(search(t, b, query, p))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", query, diff)
		}
		p.Size = 3
		if diff := cmp.Diff(want, walk(t, b, query, p)); diff != "" {
			t.Errorf("%q in pages (-want +got):\n%s", query, diff)
		}
	}
}

func testRelevance(t *testing.T, b index.Backend) {
	filler := strings.Repeat("nothing of note happened at the meeting. ", 40)
	put(t, b,
		document("passing", 1, "Minutes", filler+"a probation officer spoke. "+filler),
		document("about", 2, "Probation sold off", "Probation staff say the probation service is failing. "+filler),
		document("other", 3, "Weather", filler))
	r := search(t, b, "probation", index.Page{Sort: index.SortRelevance})
	if diff := cmp.Diff([]string{"about", "passing"}, idsOf(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(r.Hits) == 2 && !(r.Hits[0].Score > r.Hits[1].Score) {
		t.Errorf("scores %v and %v do not fall", r.Hits[0].Score, r.Hits[1].Score)
	}
}

func testPaging(t *testing.T, open Opener) {
	b := open(t)
	docs := crowd(137)
	put(t, b, docs...)
	for _, sort := range index.Sorts() {
		for _, query := range []string{"", "council", "council -report", "-council", "xyzzy"} {
			t.Run(string(sort)+" "+query, func(t *testing.T) {
				whole := search(t, b, query, index.Page{Size: index.MaxSize, Sort: sort})
				if whole.Next != "" {
					t.Errorf("the one page has a next: %s", whole.Next)
				}
				if want := len(matching(parse(t, query), docs)); whole.Total != want {
					t.Errorf("a total of %d, want %d", whole.Total, want)
				}
				for _, size := range []int{1, 7, whole.Total, whole.Total + 1} {
					if diff := cmp.Diff(idsOf(whole), walk(t, b, query, index.Page{Size: max(size, 1), Sort: sort}), equateEmpty); diff != "" {
						t.Errorf("in pages of %d (-one page +pages):\n%s", size, diff)
					}
				}
			})
		}
	}
	t.Run("what comes in meanwhile neither repeats nor hides a hit", func(t *testing.T) {
		p := index.Page{Size: 10, Sort: index.SortFetched}
		first := search(t, b, "", p)
		put(t, b, document("zz-new", 100_000, "late copy", ""))
		p.After = first.Next
		second := search(t, b, "", p)
		whole := search(t, b, "", index.Page{Size: 21, Sort: index.SortFetched})
		got := slices.Concat([]string{"zz-new"}, idsOf(first), idsOf(second))
		if diff := cmp.Diff(idsOf(whole), got); diff != "" {
			t.Errorf("(-one page +pages):\n%s", diff)
		}
	})
	t.Run("a page has twenty hits where no size is said", func(t *testing.T) {
		if r := search(t, b, "", index.Page{}); len(r.Hits) != index.DefaultSize || r.Next == "" {
			t.Errorf("got %d hits and the cursor %q", len(r.Hits), r.Next)
		}
	})
}

// crowd returns documents many of which are equal in all that they are sorted by
// but the id.
func crowd(n int) []*copytaster.Document {
	r := rand.New(rand.NewPCG(3, 4))
	docs := make([]*copytaster.Document, n)
	for i := range docs {
		d := document(fmt.Sprintf("d%03d", i), r.IntN(20), "", "")
		if r.IntN(3) > 0 {
			d.Published = day(2014, 2, 1+r.IntN(9))
		}
		d.Title = []string{"Council report", "Report", "Council", ""}[r.IntN(4)]
		d.Text = []string{"the council met", "the council report of the council", "rain"}[r.IntN(3)]
		docs[i] = d
		if r.IntN(2) > 0 {
			d.Money = []copytaster.Money{{Span: copytaster.Span{End: 1}, Min: amount(int64(r.IntN(4))), Bound: copytaster.BoundExact}}
		}
	}
	return docs
}

// walk returns the ids of all hits, page by page.
func walk(t *testing.T, b index.Backend, query string, p index.Page) (ids []string) {
	t.Helper()
	total := -1
	for pages := 0; pages < 1000; pages++ {
		r := search(t, b, query, p)
		if total >= 0 && r.Total != total {
			t.Errorf("the total changes from %d to %d", total, r.Total)
		}
		total = r.Total
		ids = append(ids, idsOf(r)...)
		if r.Next == "" {
			return ids
		}
		if len(r.Hits) != p.Size {
			t.Errorf("a page of %d hits, not the last, has %d", p.Size, len(r.Hits))
		}
		p.After = r.Next
	}
	t.Fatal("the pages do not end")
	return nil
}

func testBadPage(t *testing.T, open Opener) {
	b := open(t)
	put(t, b, crowd(30)...)
	next := search(t, b, "council", index.Page{Size: 3}).Next
	if next == "" {
		t.Fatal("no next page")
	}
	damaged := []byte(next)
	damaged[len(damaged)/2] ^= 1
	for name, tt := range map[string]struct {
		query string
		page  index.Page
	}{
		"a negative size":             {"council", index.Page{Size: -1}},
		"a size out of bounds":        {"council", index.Page{Size: index.MaxSize + 1}},
		"an unknown sort":             {"council", index.Page{Sort: "best"}},
		"an unknown facet":            {"council", index.Page{Facets: []string{"mood"}}},
		"a cursor that is none":       {"council", index.Page{After: "page 2"}},
		"a damaged cursor":            {"council", index.Page{After: string(damaged)}},
		"a cut cursor":                {"council", index.Page{After: next[:len(next)-4]}},
		"a cursor of another query":   {"report", index.Page{After: next}},
		"a cursor of another order":   {"council", index.Page{After: next, Sort: index.SortOldest}},
		"a cursor without end":        {"council", index.Page{After: strings.Repeat(next, 1000)}},
		"a cursor with a letter more": {"council", index.Page{After: next + "A"}},
	} {
		t.Run(name, func(t *testing.T) {
			if r, err := b.Search(t.Context(), parse(t, tt.query), tt.page); !errors.Is(err, index.ErrBadPage) {
				t.Errorf("got %v, %v; want ErrBadPage", r, err)
			}
		})
	}
}
