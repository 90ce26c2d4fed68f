// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"crypto/rand"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/index/indextest"
)

// serverOptions are those of the server that the tests use; without one the test
// is skipped.
func serverOptions(t testing.TB) Options {
	t.Helper()
	o := Options{
		URL:      os.Getenv("COPYTASTER_TEST_ELASTICSEARCH"),
		Username: os.Getenv("COPYTASTER_TEST_ELASTICSEARCH_USER"),
		Password: os.Getenv("COPYTASTER_TEST_ELASTICSEARCH_PASSWORD"),
		Prefix:   "test-" + strings.ToLower(rand.Text()[:12]),
		Timeout:  30 * time.Second,
	}
	if o.URL == "" {
		t.Skip("no Elasticsearch: COPYTASTER_TEST_ELASTICSEARCH is not set (.ci/elasticsearch starts one)")
	}
	if path := os.Getenv("COPYTASTER_TEST_ELASTICSEARCH_CA"); path != "" {
		ca, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		o.CA = ca
	}
	return o
}

// openTest opens an empty index under a name of the test's own, and removes all
// of it at the end.
func openTest(t testing.TB) *Index { return openWith(t, serverOptions(t)) }

func openWith(t testing.TB, o Options) *Index {
	t.Helper()
	x, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(x.wipe(), x.Close()); err != nil {
			t.Error(err)
		}
	})
	return x
}

func putAll(t testing.TB, x *Index, docs ...*copytaster.Document) {
	t.Helper()
	if err := errors.Join(x.Put(t.Context(), docs)...); err != nil {
		t.Fatal(err)
	}
	if err := x.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// article is a small document.
func article(id, title, text string) *copytaster.Document {
	d := new(copytaster.Document)
	d.ID, d.Title, d.Text, d.Fetched = id, title, text, time.Date(2014, 2, 26, 12, 0, 0, 0, time.UTC)
	return d
}

func wantTotal(t testing.TB, x *Index, query string, want int) {
	t.Helper()
	r, err := x.Search(t.Context(), copytaster.MustParseQuery(query), index.Page{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Total != want {
		t.Errorf("query %q finds %d, want %d", query, r.Total, want)
	}
}

// TestConformance empties two indices in turn, for to make one costs seconds.
func TestConformance(t *testing.T) {
	pool := []*Index{openTest(t), openTest(t)}
	opened := 0
	indextest.Run(t, func(t *testing.T) index.Backend {
		opened++
		x := pool[opened%len(pool)]
		x.empty(t)
		return x
	})
	t.Logf("%d times a new index", opened)
}

// empty removes all documents, revisions and entries.
func (x *Index) empty(t *testing.T) {
	t.Helper()
	if err := x.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{x.documentIndex(1), x.revisionIndex(), x.ledgerIndex()} {
		for {
			answer, err := x.find(t.Context(), name, object{"query": everything(), "size": 5000, "_source": false})
			if err != nil {
				t.Fatal(err)
			}
			if len(answer.Hits.Hits) == 0 {
				break
			}
			var ops []operation
			for _, h := range answer.Hits.Hits {
				ops = append(ops, operation{verb: "delete", index: name, id: h.ID})
			}
			if err := errors.Join(x.bulk(t.Context(), ops)...); err != nil {
				t.Fatal(err)
			}
			if err := x.refresh(t.Context(), name); err != nil {
				t.Fatal(err)
			}
		}
	}
	time.Sleep(forgetting)
}
