// SPDX-License-Identifier: Apache-2.0

package copytaster_test

import (
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/querytest"
)

// BenchmarkMatchManyWatches is the alert stage's work: a new document against
// 2,000 watches.
func BenchmarkMatchManyWatches(b *testing.B) {
	queries := querytest.Queries(1, 2000)
	docs := querytest.Documents(1, 50)
	for _, d := range docs { // as long as articles are
		d.Text = strings.Repeat(d.Text+"\n\n", 10)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		v := copytaster.NewView(docs[i%len(docs)])
		i++
		for _, q := range queries {
			q.MatchView(v)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(queries)), "ns/watch")
}

func BenchmarkExplain(b *testing.B) {
	v := copytaster.NewView(review())
	q := copytaster.MustParseQuery(`supplier:atos money:>10m "fit for work" review -prison`)
	for b.Loop() {
		q.Explain(v)
	}
}

func BenchmarkParseQuery(b *testing.B) {
	for b.Loop() {
		if _, err := copytaster.ParseQuery(`supplier:atos buyer:dwp money:>10m currency:gbp published:2014-02..2014-03 "fit for work" -capita (a OR b)`); err != nil {
			b.Fatal(err)
		}
	}
}
