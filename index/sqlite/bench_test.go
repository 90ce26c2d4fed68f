// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// newsroom returns n articles of about 500 words whose frequencies are those of
// prose, with suppliers, figures and contracts.
func newsroom(n int) []*copytaster.Document {
	r := rand.New(rand.NewPCG(5, 6))
	zipf := rand.NewZipf(r, 1.1, 4, 40_000)
	word := func() string { return vocable(zipf.Uint64()) }
	docs := make([]*copytaster.Document, n)
	for i := range docs {
		d := &copytaster.Document{Extractor: "1"}
		d.ID, d.URL = fmt.Sprintf("article%08d", i), fmt.Sprintf("https://news.example/2014/%d", i)
		d.Canonical, d.Kind, d.Language = d.URL, copytaster.KindNews, "en-GB"
		d.Sources, d.Byline = []string{fmt.Sprintf("source-%d", r.IntN(20))}, []string{vocable(r.Uint64N(300)) + " " + vocable(r.Uint64N(300))}
		d.Fetched = time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * 5 * time.Minute)
		d.Published = copytaster.Date{Time: d.Fetched.Add(-time.Hour), Precision: copytaster.PrecisionTime, Origin: copytaster.OriginFeed}
		d.Title = strings.Join([]string{word(), word(), word(), word(), word(), word()}, " ")
		var text strings.Builder
		for w := range 300 + r.IntN(400) {
			text.WriteString(word() + []string{" ", " ", " ", " ", " ", ", ", ". "}[w%7])
		}
		d.Text = text.String()
		for k := range r.IntN(4) {
			p := copytaster.Party{Entity: fmt.Sprintf("supplier-%d", int(zipf.Uint64())%200), Name: "Supplier plc"}
			d.Mentions = append(d.Mentions, copytaster.Mention{Span: copytaster.Span{Start: k, End: k + 1}, Party: p, Surface: "Supplier", Role: copytaster.RoleSupplier, Score: 1})
			d.Money = append(d.Money, copytaster.Money{Currency: "GBP", Surface: "£1m", Bound: copytaster.BoundExact})
			d.Contracts = append(d.Contracts, copytaster.Contract{Suppliers: []copytaster.Party{p}, Status: copytaster.StatusAwarded, Subject: word()})
		}
		docs[i] = d
	}
	return docs
}

// vocable is a word of its own for each number.
func vocable(n uint64) string {
	const consonants, vowels = "bdfgklmnprstvz", "aeiou"
	var b strings.Builder
	for n += 20; n > 0; n /= 70 {
		b.WriteByte(consonants[n%14])
		b.WriteByte(vowels[n/14%5])
	}
	return b.String()
}

const batch = 50

// BenchmarkPut compares Put, which analyses, encodes, looks for revisions and
// isolates failures, with bare inserts of the same rows: the figure "ratio" is
// the time of these divided by Put's.
func BenchmarkPut(b *testing.B) {
	docs := newsroom(2000)
	var bytes int
	for _, d := range docs {
		bytes += len(d.Text)
	}
	b.SetBytes(int64(bytes))
	var raw, whole time.Duration
	for b.Loop() {
		raw += insertBare(b, openTest(b), docs)
		x := openTest(b)
		began := time.Now()
		for i := 0; i < len(docs); i += batch {
			for _, err := range x.Put(b.Context(), docs[i:i+batch]) {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
		whole += time.Since(began)
	}
	b.ReportMetric(raw.Seconds()/whole.Seconds(), "ratio")
	b.ReportMetric(float64(len(docs)*b.N)/whole.Seconds(), "docs/s")
}

func insertBare(b *testing.B, x *Index, docs []*copytaster.Document) time.Duration {
	rows, _ := x.prepareAll(docs)
	began := time.Now()
	for i := 0; i < len(rows); i += batch {
		err := x.write.transact(b.Context(), func() error {
			for _, p := range rows[i : i+batch] {
				if err := x.write.exec(b.Context(), "INSERT INTO revision (id, version, document) VALUES (?, ?, ?)", p.doc.ID, p.doc.Version(), p.blob); err != nil {
					return err
				}
				if err := x.write.insertArticle(b.Context(), p, nil); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(began)
}

func BenchmarkSearch(b *testing.B) {
	x := openTest(b)
	docs := newsroom(10_000)
	for i := 0; i < len(docs); i += 500 {
		for _, err := range x.Put(b.Context(), docs[i:i+500]) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	common, rare := vocable(3), vocable(900)
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
		{"phrase", `"` + common + " " + vocable(1) + `"`, index.Page{}},
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
