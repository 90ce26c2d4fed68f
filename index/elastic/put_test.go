// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

func TestPutIsReadAtOnce(t *testing.T) {
	x := openTest(t)
	if err := errors.Join(x.Put(t.Context(), threeDocuments())...); err != nil {
		t.Fatal(err)
	}
	if d, err := x.Get(t.Context(), "b"); err != nil || d.Title != "two" {
		t.Errorf("Get: %v, %v", d, err)
	}
	if docs, err := x.Revisions(t.Context(), "b"); err != nil || len(docs) != 1 {
		t.Errorf("Revisions: %v, %v", docs, err)
	}
	t.Run("and searchable within seconds, unasked", func(t *testing.T) {
		for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
			r, err := x.Search(t.Context(), copytaster.Query{}, index.Page{})
			if err != nil {
				t.Fatal(err)
			}
			if r.Total == 3 {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("only %d are found", r.Total)
			}
		}
	})
}

func TestLargeBatchesAreSplit(t *testing.T) {
	o := serverOptions(t)
	o.MaxBulk = 10_000
	x := openWith(t, o)
	var docs []*copytaster.Document
	for i := range 30 {
		docs = append(docs, article(fmt.Sprintf("a%02d", i), "copy", strings.Repeat("word ", i*40)))
	}
	putAll(t, x, docs...)
	wantTotal(t, x, "copy", 30)
}

func TestStrangeValuesAreTaken(t *testing.T) {
	x := openTest(t)
	d := article("strange", "odd", "It costs £1.")
	huge := strings.Repeat("name ", 20_000)
	d.Kind, d.Language, d.Sources, d.Byline, d.URL = copytaster.Kind(huge), huge, []string{huge}, []string{huge}, "https://x.example/"+strings.Repeat("y", 40_000)
	d.Mentions = []copytaster.Mention{{Party: copytaster.Party{Entity: strings.Repeat("i", 40_000), Name: huge}, Surface: "It", Role: copytaster.RoleSupplier}}
	d.Asides = []copytaster.Aside{{Zone: "unheard-of", Text: "somewhere"}, {Zone: copytaster.ZoneBody, Text: "elsewhere"}}
	d.Contracts = []copytaster.Contract{{Suppliers: []copytaster.Party{{Name: huge}}, Status: copytaster.Status(huge)}}
	d.Published = copytaster.Date{Time: time.Date(1, 1, 2, 0, 0, 0, 0, time.UTC), Precision: copytaster.PrecisionDay}
	var figures []copytaster.Money
	for range 12_000 { // more than Elasticsearch takes unasked
		figures = append(figures, copytaster.Money{Surface: "£1", Currency: "GBP"})
	}
	d.Money = figures
	putAll(t, x, d)
	for query, want := range map[string]int{"odd": 1, "published:<1900": 1, "zone:body somewhere": 0, "elsewhere": 0, "currency:gbp": 1, "supplier:*": 1, "author:name": 1} {
		wantTotal(t, x, query, want)
	}
	got, err := x.Get(t.Context(), "strange")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d, got); diff != "" {
		t.Errorf("(-put +got):\n%.2000s", diff)
	}
}

// TestRecordersDoNotLoseSteps lets several processes note steps of one URL at
// once: none is lost, whatever the order.
func TestRecordersDoNotLoseSteps(t *testing.T) {
	x := openTest(t)
	const writers, steps = 4, 4
	at := time.Date(2014, 2, 26, 12, 0, 0, 0, time.UTC)
	var wait sync.WaitGroup
	for w := range writers {
		wait.Go(func() {
			for i := range steps {
				o := copytaster.Outcome{URL: "u", State: copytaster.StateUnchanged, Stage: fmt.Sprint("stage-", w), At: at.Add(time.Duration(i) * time.Minute)}
				for {
					err := x.Record(t.Context(), []copytaster.Outcome{o})[0]
					if err == nil {
						break
					}
					if copytaster.ClassOf(err) != copytaster.ClassTransient {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	wait.Wait()
	e, err := x.Lookup(t.Context(), "u")
	if err != nil || len(e.Steps) != writers*steps {
		t.Fatalf("%d of %d steps, %v", len(e.Steps), writers*steps, err)
	}
}

func TestALedgerOfLongURLs(t *testing.T) {
	x := openTest(t)
	long := "https://x.example/" + strings.Repeat("p", 8000)
	gone := copytaster.Outcome{URL: long, State: copytaster.StateGone, Reason: strings.Repeat("é", 9000), At: time.Now()}
	worse := gone
	worse.URL = long + strings.Repeat("q", 40_000)
	errs := x.Record(t.Context(), []copytaster.Outcome{gone, worse})
	if errs[0] != nil || copytaster.ClassOf(errs[1]) != copytaster.ClassPermanent {
		t.Errorf("got %v", errs)
	}
	e, err := x.Lookup(t.Context(), long)
	if err != nil || e.Reason != gone.Reason {
		t.Errorf("got %v", err)
	}
	counts, err := x.Tally(t.Context())
	if err != nil || len(counts) != 1 || counts[0].N != 1 {
		t.Errorf("got %d counts, %v", len(counts), err)
	}
}

func TestTallyOfManyReasons(t *testing.T) {
	x := openTest(t)
	var outcomes []copytaster.Outcome
	for i := range tallyPage + 50 {
		outcomes = append(outcomes, copytaster.Outcome{URL: fmt.Sprint("u", i), State: copytaster.StateSkipped, Reason: fmt.Sprintf("reason %05d", i), At: time.Now()})
	}
	if err := errors.Join(x.Record(t.Context(), outcomes)...); err != nil {
		t.Fatal(err)
	}
	counts, err := x.Tally(t.Context())
	if err != nil || len(counts) != len(outcomes) {
		t.Fatalf("%d counts of %d, %v", len(counts), len(outcomes), err)
	}
	for i, c := range counts {
		if c.Reason != fmt.Sprintf("reason %05d", i) || c.N != 1 {
			t.Fatalf("count %d is %v", i, c)
		}
	}
}

func TestRevisionsPastAPage(t *testing.T) {
	x := openTest(t)
	var docs []*copytaster.Document
	for i := range revisionPage + 7 {
		d := article("a", fmt.Sprint("revision ", i), "")
		d.Fetched = d.Fetched.Add(time.Duration(i) * time.Minute)
		docs = append(docs, d)
	}
	putAll(t, x, docs...)
	got, err := x.Revisions(t.Context(), "a")
	if err != nil || len(got) != len(docs) || got[0].Title != fmt.Sprint("revision ", revisionPage+6) {
		t.Fatalf("%d revisions, %v", len(got), err)
	}
	if err := x.Delete(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Revisions(t.Context(), "a"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("after Delete: %v", err)
	}
}

// TestPagingPastTenThousand walks through more hits than Elasticsearch pages by
// numbers.
func TestPagingPastTenThousand(t *testing.T) {
	if testing.Short() {
		t.Skip("puts 10,500 documents")
	}
	x := openTest(t)
	const n = 10_500
	for from := 0; from < n; from += 500 {
		docs := make([]*copytaster.Document, 500)
		for i := range docs {
			docs[i] = article(fmt.Sprintf("a%06d", from+i), "copy", "")
		}
		if err := errors.Join(x.Put(t.Context(), docs)...); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for p := (index.Page{Size: index.MaxSize, Sort: index.SortOldest}); ; {
		r, err := x.Search(t.Context(), copytaster.MustParseQuery("copy"), p)
		if err != nil {
			t.Fatal(err)
		}
		if r.Total != n {
			t.Fatalf("a total of %d, want %d", r.Total, n)
		}
		for _, id := range idsOf(r) {
			seen[id] = true
		}
		if p.After = r.Next; p.After == "" {
			break
		}
	}
	if len(seen) != n {
		t.Errorf("%d different hits, want %d", len(seen), n)
	}
}
