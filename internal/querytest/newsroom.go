// SPDX-License-Identifier: Apache-2.0

package querytest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
)

// Newsroom returns n articles of about 500 words whose frequencies are those of
// prose, with suppliers, figures and contracts.
func Newsroom(n int) []*copytaster.Document {
	r := rand.New(rand.NewPCG(5, 6))
	zipf := rand.NewZipf(r, 1.1, 4, 40_000)
	word := func() string { return Vocable(zipf.Uint64()) }
	docs := make([]*copytaster.Document, n)
	for i := range docs {
		d := &copytaster.Document{Extractor: "1"}
		d.ID, d.URL = fmt.Sprintf("article%08d", i), fmt.Sprintf("https://news.example/2014/%d", i)
		d.Canonical, d.Kind, d.Language = d.URL, copytaster.KindNews, "en-GB"
		d.Sources, d.Byline = []string{fmt.Sprintf("source-%d", r.IntN(20))}, []string{Vocable(r.Uint64N(300)) + " " + Vocable(r.Uint64N(300))}
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

// Vocable is a word of its own for each number.
func Vocable(n uint64) string {
	const consonants, vowels = "bdfgklmnprstvz", "aeiou"
	var b strings.Builder
	for n += 20; n > 0; n /= 70 {
		b.WriteByte(consonants[n%14])
		b.WriteByte(vowels[n/14%5])
	}
	return b.String()
}
