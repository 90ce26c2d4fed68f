// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
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
		d := article(fmt.Sprintf("article%08d", i), word()+" "+word()+" "+word()+" "+word(), "")
		d.URL, d.Kind, d.Language = fmt.Sprintf("https://news.example/2014/%d", i), copytaster.KindNews, "en-GB"
		d.Sources, d.Byline = []string{fmt.Sprintf("source-%d", r.IntN(20))}, []string{word() + " " + word()}
		d.Fetched = d.Fetched.Add(time.Duration(i) * time.Minute)
		d.Published = copytaster.Date{Time: d.Fetched, Precision: copytaster.PrecisionTime, Origin: copytaster.OriginFeed}
		var text strings.Builder
		for w := range 300 + r.IntN(400) {
			text.WriteString(word() + []string{" ", " ", " ", " ", " ", ", ", ". "}[w%7])
		}
		d.Text = text.String()
		for k := range r.IntN(4) {
			p := copytaster.Party{Entity: fmt.Sprintf("supplier-%d", r.IntN(200)), Name: "Supplier plc"}
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

const batchSize = 50

// BenchmarkIndex compares Put, which analyses, encodes, asks where to write and
// judges every verdict, with bare bulk requests of the same bodies to indices of
// the same mappings: the figure "ratio" is the time of these divided by Put's.
func BenchmarkIndex(b *testing.B) {
	serverOptions(b)
	docs := newsroom(1000)
	size := 0
	for _, d := range docs {
		size += len(d.Text)
	}
	b.SetBytes(int64(size))
	var raw, whole time.Duration
	for b.Loop() {
		bare, x := openTest(b), openTest(b)
		requests := requestsOf(b, bare, docs)
		for i, batch := range slices.Collect(slices.Chunk(docs, batchSize)) {
			// In turn, so that a noisy machine and a server that warms up are fair.
			steps := []func(){
				func() { raw += sendBare(b, bare, requests[i]) },
				func() { whole += putTimed(b, x, batch) },
			}
			steps[i%2]()
			steps[1-i%2]()
		}
	}
	b.ReportMetric(float64(raw)/float64(whole), "ratio")
	b.ReportMetric(float64(len(docs)*b.N)/whole.Seconds(), "articles/s")
}

func putTimed(b *testing.B, x *Index, docs []*copytaster.Document) time.Duration {
	began := time.Now()
	errs := x.Put(b.Context(), docs)
	took := time.Since(began)
	if err := errors.Join(errs...); err != nil {
		b.Fatal(err)
	}
	return took
}

// requestsOf makes the operations of bulk requests beforehand.
func requestsOf(b *testing.B, x *Index, docs []*copytaster.Document) (requests [][]operation) {
	prepared, errs := x.prepareAll(docs)
	targets, err := x.targets(b.Context())
	if err := errors.Join(append(errs, err)...); err != nil {
		b.Fatal(err)
	}
	for batch := range slices.Chunk(prepared, batchSize) {
		var ops []operation
		for i := range batch {
			ops = append(ops, x.putOperations(&batch[i], targets)...)
		}
		requests = append(requests, ops)
	}
	return requests
}

func sendBare(b *testing.B, x *Index, ops []operation) time.Duration {
	began := time.Now()
	_, err := x.sendBulk(b.Context(), ops)
	took := time.Since(began)
	if err != nil {
		b.Fatal(err)
	}
	return took
}

// BenchmarkSearch asks what a desk asks, of 5,000 articles.
func BenchmarkSearch(b *testing.B) {
	x := openTest(b)
	docs := newsroom(5000)
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
		"one word":   {vocable(300), index.Page{}},
		"phrase":     {`"` + vocable(1) + " " + vocable(2) + `"`, index.Page{}},
		"contract":   {"contract:(supplier:supplier-7 status:awarded)", index.Page{}},
		"facets":     {vocable(3), index.Page{Facets: index.FacetNames()}},
		"relevance":  {vocable(30) + " " + vocable(3), index.Page{Sort: index.SortRelevance}},
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
