// SPDX-License-Identifier: Apache-2.0

// Package index says what a search backend must do, and holds what the backends
// share: the order of hits, the cursors, the counting of facets and the rules by
// which the ledger's entries grow. The package index/open picks a backend.
package index

import (
	"context"
	"errors"
	"time"

	"github.com/copytaster/copytaster"
)

// ErrNotFound is returned for an article or a URL that the index does not hold.
var ErrNotFound = errors.New("not found")

// Backend stores documents and answers queries. It is safe for concurrent use
// and never retries: the worker loop does.
type Backend interface {
	// Put stores each document unless a revision of the same or a higher version
	// is there, which is success too: an older revision that comes late is kept
	// among the Revisions but is not searched. It returns one error per document,
	// len(errs) == len(docs) always; nil means that the document, or a newer one,
	// is durable. Putting a document again changes nothing.
	Put(ctx context.Context, docs []*copytaster.Document) (errs []error)
	// Search returns one page of the documents for which q.Match is true, read
	// from one state of the index. A page that cannot be is ErrBadPage.
	Search(ctx context.Context, q copytaster.Query, p Page) (*Results, error)
	// Delete removes articles with all their revisions; an id that is not there
	// is no error.
	Delete(ctx context.Context, ids ...string) error
	Close() error
}

// Store is a Backend that gives back single articles: all of ours do.
type Store interface {
	// Get returns the newest revision, or ErrNotFound.
	Get(ctx context.Context, id string) (*copytaster.Document, error)
	// Revisions returns every revision, newest first, or ErrNotFound. Of one
	// fetch only the highest generation is kept: a replay is not an edit.
	Revisions(ctx context.Context, id string) ([]*copytaster.Document, error)
}

// Ledger keeps what became of every URL (DESIGN.md section 4b). It lies beside
// the documents so that one backup holds both. Note has the rules by which an
// entry grows.
type Ledger interface {
	// Record notes outcomes, one error per outcome; nil means durable. An outcome
	// that was noted before changes nothing, StatePending never replaces a final
	// state, and of two final states the newer (by At) stays.
	Record(ctx context.Context, outcomes []copytaster.Outcome) (errs []error)
	// Lookup returns what is known of a URL, or ErrNotFound.
	Lookup(ctx context.Context, url string) (*copytaster.Entry, error)
	// Entries lists at most limit (1 to 1000; 0 means 100) URLs in a state ("" for
	// all), by URL, after the given one.
	Entries(ctx context.Context, state copytaster.State, after string, limit int) ([]*copytaster.Entry, error)
	// Tally counts the URLs by state and reason, in the order of the two. The
	// states' sum is the number of URLs ever discovered.
	Tally(ctx context.Context) ([]Count, error)
}

// Count is how many URLs ended in a state for a reason.
type Count struct {
	State  copytaster.State `json:"state"`
	Reason string           `json:"reason,omitempty"`
	N      int              `json:"n"`
}

// Sort is the order of hits. Each is total: the id decides between equals.
type Sort string

// The orders of hits. Undated articles come last in SortNewest and SortOldest.
// Every backend has every order, and every facet of FacetNames.
const (
	SortNewest    Sort = "newest"    // by published day and moment (PublishedKey), fetched, id, all falling: the default
	SortOldest    Sort = "oldest"    // by published day and moment, fetched, id, all rising
	SortFetched   Sort = "fetched"   // as they came in, newest first: by fetched, then id, both falling
	SortRelevance Sort = "relevance" // by the engine's score, falling, then id, rising
	SortAmount    Sort = "amount"    // by the largest figure stated (AmountKey), fetched, id, all falling: articles without one come last
)

// Sorts lists every order.
func Sorts() []Sort { return []Sort{SortNewest, SortOldest, SortFetched, SortRelevance, SortAmount} }

// Page says which hits to return. Cursors reach any depth at the same cost.
type Page struct {
	Size   int      // hits, 1 to 1000; 0 means 20
	After  string   // Results.Next of the page before; "" for the first page
	Sort   Sort     // "" means SortNewest
	Facets []string // names to count over all hits: see FacetNames
}

// FacetNames are the fields that can be counted: the number of matching
// documents for each value of supplier, buyer, status, money, currency, source,
// kind, language and published month. The values of money are those of
// MoneyBandsOf: every band that one of the document's figures meets.
func FacetNames() []string {
	return []string{"supplier", "buyer", "status", "money", "currency", "source", "kind", "language", "month"}
}

// Results is one page of hits.
type Results struct {
	Total  int                 `json:"total"` // exact
	Hits   []Hit               `json:"hits"`
	Facets map[string][]Bucket `json:"facets,omitempty"` // by count falling, then value; at most Buckets(name) each
	Next   string              `json:"next,omitempty"`   // cursor of the next page, "" on the last
	Took   time.Duration       `json:"took_ns"`
}

// Hit is one matching document.
type Hit struct {
	Document *copytaster.Document `json:"document"`
	Score    float64              `json:"score,omitempty"` // of the engine, with SortRelevance
}

// Bucket is one value of a facet and the number of matching documents that have
// it: for an organisation its id, or FoldName of a discovered name. Label is
// what a person reads: the gazetteer's or the discovered name.
type Bucket struct {
	Value string `json:"value"`
	Label string `json:"label,omitempty"`
	Count int    `json:"count"`
}
