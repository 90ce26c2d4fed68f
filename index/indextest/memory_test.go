// SPDX-License-Identifier: Apache-2.0

package indextest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/querytest"
)

// memory is the plainest index there can be: it holds documents in maps and asks
// each of them. It shows that the suite asks for what package index promises,
// and for nothing that only one engine does.
type memory struct {
	mu        sync.RWMutex
	revisions map[string]map[int64]string // JSON by article and version
	urls      map[string]*copytaster.Entry
}

func openMemory(*testing.T) index.Backend {
	return &memory{revisions: map[string]map[int64]string{}, urls: map[string]*copytaster.Entry{}}
}

func TestTheSuiteAcceptsAPlainIndex(t *testing.T) { Run(t, openMemory) }

func TestAgree(t *testing.T) {
	Agree(t, openMemory(t), querytest.Documents(2, 100), querytest.Queries(2, 100))
}

func (m *memory) Put(ctx context.Context, docs []*copytaster.Document) []error {
	m.mu.Lock()
	defer m.mu.Unlock()
	errs := make([]error, len(docs))
	for i, d := range docs {
		if errs[i] = ctx.Err(); errs[i] == nil {
			errs[i] = m.put(d)
		}
	}
	return errs
}

func (m *memory) put(d *copytaster.Document) error {
	if d == nil || d.ID == "" {
		return copytaster.Permanent(errors.New("no id"))
	}
	text, err := json.Marshal(d)
	if err != nil {
		return copytaster.Permanent(err)
	}
	all := m.revisions[d.ID]
	if all == nil {
		all = map[int64]string{}
		m.revisions[d.ID] = all
	}
	for v := range all {
		if v/1024 == d.Version()/1024 {
			if v >= d.Version() {
				return nil
			}
			delete(all, v)
		}
	}
	all[d.Version()] = string(text)
	return nil
}

func (m *memory) Get(ctx context.Context, id string) (*copytaster.Document, error) {
	docs, err := m.Revisions(ctx, id)
	if err != nil {
		return nil, err
	}
	return docs[0], nil
}

func (m *memory) Revisions(_ context.Context, id string) (docs []*copytaster.Document, err error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	versions := slices.Sorted(maps.Keys(m.revisions[id]))
	if len(versions) == 0 {
		return nil, index.ErrNotFound
	}
	slices.Reverse(versions)
	for _, v := range versions {
		d := new(copytaster.Document)
		if err := json.Unmarshal([]byte(m.revisions[id][v]), d); err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	return docs, nil
}

func (m *memory) Delete(ctx context.Context, ids ...string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, id := range ids {
		delete(m.revisions, id)
	}
	return nil
}

func (m *memory) Close() error { return nil }

// place is a hit with what it is sorted by: rising numbers come first.
type place struct {
	doc    *copytaster.Document
	cursor index.Cursor
	score  float64
}

func (m *memory) Search(ctx context.Context, q copytaster.Query, p index.Page) (*index.Results, error) {
	p, err := p.Normal()
	if err != nil {
		return nil, err
	}
	var after *index.Cursor
	if p.After != "" {
		c, err := index.ParseCursor(p.After, q.String(), p.Sort)
		if err != nil {
			return nil, err
		}
		after = &c
	}
	places, err := m.places(ctx, q, p.Sort)
	if err != nil {
		return nil, err
	}
	r := &index.Results{Total: len(places), Facets: count(places, p.Facets)}
	for _, h := range places {
		if after != nil && compare(p.Sort, h.cursor, *after) <= 0 {
			continue
		}
		if len(r.Hits) == p.Size {
			last := r.Hits[p.Size-1].Document
			r.Next = cursorOf(last, q, p.Sort).Encode(q.String(), p.Sort)
			break
		}
		r.Hits = append(r.Hits, index.Hit{Document: h.doc, Score: h.score})
	}
	return r, nil
}

// places returns all hits in order.
func (m *memory) places(ctx context.Context, q copytaster.Query, sort index.Sort) (out []place, err error) {
	m.mu.RLock()
	ids := slices.Collect(maps.Keys(m.revisions))
	m.mu.RUnlock()
	for _, id := range ids {
		d, err := m.Get(ctx, id)
		if err := cmp.Or(ctx.Err(), err); err != nil {
			return nil, err
		}
		if q.Match(d) {
			out = append(out, place{d, cursorOf(d, q, sort), score(d, q)})
		}
	}
	slices.SortFunc(out, func(a, b place) int { return compare(sort, a.cursor, b.cursor) })
	return out, ctx.Err()
}

// score is the share of the words that are the query's, the headline's ten times.
func score(d *copytaster.Document, q copytaster.Query) float64 {
	asked := strings.Fields(strings.ToLower(q.String()))
	n := 0
	words := append(slices.Repeat(copytaster.Words(d.Title), 10), copytaster.Words(d.Text)...)
	for _, w := range words {
		if slices.Contains(asked, w) {
			n++
		}
	}
	return float64(n) / float64(len(words)+1)
}

func cursorOf(d *copytaster.Document, q copytaster.Query, sort index.Sort) index.Cursor {
	c := index.Cursor{ID: d.ID}
	key, ok := index.PublishedKey(d.Published)
	switch {
	case sort == index.SortRelevance:
		c.Keys[0] = int64(math.Float64bits(score(d, q))) // rises with a positive number
	case sort == index.SortFetched:
		c.Keys[0] = d.Fetched.UnixMilli()
	case sort == index.SortAmount:
		c.Keys = [2]int64{index.AmountKey(d), d.Fetched.UnixMilli()}
	case !ok && sort == index.SortNewest:
		c.Keys = [2]int64{math.MinInt64, d.Fetched.UnixMilli()}
	case !ok:
		c.Keys = [2]int64{math.MaxInt64, d.Fetched.UnixMilli()}
	default:
		c.Keys = [2]int64{key, d.Fetched.UnixMilli()}
	}
	return c
}

func compare(sort index.Sort, a, b index.Cursor) int {
	n := cmp.Or(cmp.Compare(a.Keys[0], b.Keys[0]), cmp.Compare(a.Keys[1], b.Keys[1]))
	switch {
	case sort == index.SortOldest:
		return cmp.Or(n, cmp.Compare(a.ID, b.ID))
	case sort == index.SortRelevance:
		return cmp.Or(-n, cmp.Compare(a.ID, b.ID))
	}
	return -cmp.Or(n, cmp.Compare(a.ID, b.ID))
}

// count counts the facets.
func count(places []place, names []string) map[string][]index.Bucket {
	out := map[string][]index.Bucket{}
	for _, name := range names {
		buckets := map[string]*index.Bucket{}
		for _, h := range places {
			for value, label := range valuesOf(h.doc, name) {
				if buckets[value] == nil {
					buckets[value] = &index.Bucket{Value: value, Label: label}
				}
				buckets[value].Count++
			}
		}
		list := []index.Bucket{}
		for _, b := range buckets {
			list = append(list, *b)
		}
		slices.SortFunc(list, func(a, b index.Bucket) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
		})
		out[name] = list[:min(len(list), index.Buckets(name))]
	}
	return out
}

// valuesOf returns the values of a document under a facet, with their labels.
func valuesOf(d *copytaster.Document, name string) map[string]string {
	out := map[string]string{}
	switch name {
	case "supplier", "buyer":
		for _, m := range d.Mentions {
			if string(m.Role) == name {
				out[cmp.Or(m.Entity, copytaster.FoldName(m.Name))] = m.Name
			}
		}
	case "status":
		for _, c := range d.Contracts {
			out[string(c.Status)] = ""
		}
	case "currency":
		for _, m := range d.Money {
			out[m.Currency] = ""
		}
	case "money":
		for _, b := range index.MoneyBandsOf(d) {
			out[b.Value] = ""
		}
	case "source":
		for _, s := range d.Sources {
			out[s] = ""
		}
	case "kind":
		out[string(d.Kind)] = ""
	case "language":
		out[d.Language] = ""
	case "month":
		if day := d.Published.Day(); len(day) >= 7 {
			out[day[:7]] = ""
		}
	}
	delete(out, "")
	return out
}

func (m *memory) Record(_ context.Context, outcomes []copytaster.Outcome) []error {
	m.mu.Lock()
	defer m.mu.Unlock()
	errs := make([]error, len(outcomes))
	for i, o := range outcomes {
		if errs[i] = index.CheckOutcome(o); errs[i] == nil {
			m.urls[o.URL] = index.Note(m.urls[o.URL], o)
		}
	}
	return errs
}

func (m *memory) Lookup(_ context.Context, url string) (*copytaster.Entry, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if e, ok := m.urls[url]; ok {
		return e, nil
	}
	return nil, fmt.Errorf("%s: %w", url, index.ErrNotFound)
}

func (m *memory) Entries(_ context.Context, state copytaster.State, after string, limit int) (out []*copytaster.Entry, err error) {
	if limit, err = index.EntryLimit(limit); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	for _, url := range slices.Sorted(maps.Keys(m.urls)) {
		if e := m.urls[url]; url > after && (state == "" || e.State == state) && len(out) < limit {
			out = append(out, e)
		}
	}
	return out, nil
}

func (m *memory) Tally(context.Context) (out []index.Count, err error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	counts := map[index.Count]int{}
	for _, e := range m.urls {
		counts[index.Count{State: e.State, Reason: e.Reason}]++
	}
	for c, n := range counts {
		c.N = n
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b index.Count) int {
		return cmp.Or(cmp.Compare(a.State, b.State), cmp.Compare(a.Reason, b.Reason))
	})
	return out, nil
}
