// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// recordRounds bounds how often an entry is read again because somebody else
// has written it in between.
const recordRounds = 8

// entry is a URL's entry as it is stored.
type entry struct {
	URL     string            `json:"url"`
	State   copytaster.State  `json:"state"`
	Reason  string            `json:"reason"`
	At      int64             `json:"at"`
	Article string            `json:"article,omitempty"`
	Entry   *copytaster.Entry `json:"entry"`
}

// ledgerID is the id of a URL's entry: a URL can be longer than an id may be.
func ledgerID(url string) string {
	sum := sha256.Sum256([]byte(url))
	return hex.EncodeToString(sum[:])
}

// Record implements index.Ledger. Each URL's entry is read, grown by the rules of
// index.Note, and written unless somebody else has written it since; then it is
// read again.
func (x *Index) Record(ctx context.Context, outcomes []copytaster.Outcome) []error {
	errs := make([]error, len(outcomes))
	byURL := map[string][]int{}
	var urls []string
	for i, o := range outcomes {
		if errs[i] = index.CheckOutcome(o); errs[i] != nil {
			continue
		}
		if byURL[o.URL] == nil {
			urls = append(urls, o.URL)
		}
		byURL[o.URL] = append(byURL[o.URL], i)
	}
	note := func(url string, e *copytaster.Entry) *copytaster.Entry {
		for _, i := range byURL[url] {
			e = index.Note(e, outcomes[i])
		}
		return e
	}
	for url, err := range x.record(ctx, urls, note) {
		for _, i := range byURL[url] {
			errs[i] = fmt.Errorf("index: record %s: %w", url, err)
		}
	}
	return errs
}

// record grows the entries of URLs and returns those that failed.
func (x *Index) record(ctx context.Context, urls []string, note func(string, *copytaster.Entry) *copytaster.Entry) map[string]error {
	failed := map[string]error{}
	for round := 0; len(urls) > 0; round++ {
		ops, written, err := x.noteAll(ctx, urls, note)
		if err != nil {
			for _, u := range urls {
				failed[u] = err
			}
			return failed
		}
		var again []string
		for i, err := range x.bulkSized(ctx, ops) {
			switch {
			case statusOf(err) == http.StatusConflict && round < recordRounds:
				again = append(again, written[i])
			case err != nil:
				failed[written[i]] = classed(err)
			}
		}
		urls = again
	}
	return failed
}

// bulkSized is bulk in requests of bounded size.
func (x *Index) bulkSized(ctx context.Context, ops []operation) []error {
	groups := make([][]operation, len(ops))
	for i := range ops {
		groups[i] = ops[i : i+1]
	}
	var errs []error
	for _, batch := range batches(groups, x.opts.MaxBulk) {
		errs = append(errs, x.bulk(ctx, ops[batch[0]:batch[len(batch)-1]+1])...)
	}
	return errs
}

// noteAll returns the operations that write the entries which change, and their
// URLs.
func (x *Index) noteAll(ctx context.Context, urls []string, note func(string, *copytaster.Entry) *copytaster.Entry) (ops []operation, written []string, err error) {
	places := make([]place, len(urls))
	for i, u := range urls {
		places[i] = place{x.ledgerIndex(), ledgerID(u)}
	}
	found, err := x.fetch(ctx, places, "entry")
	if err != nil {
		return nil, nil, err
	}
	for i, u := range urls {
		o, err := x.noteOne(&found[i], func(e *copytaster.Entry) *copytaster.Entry { return note(u, e) })
		if err != nil {
			return nil, nil, err
		}
		if o != nil {
			ops, written = append(ops, *o), append(written, u)
		}
	}
	return ops, written, nil
}

// noteOne returns the operation that writes an entry, or nil where it does not
// change.
func (x *Index) noteOne(s *stay, note func(*copytaster.Entry) *copytaster.Entry) (*operation, error) {
	o := &operation{verb: "create", index: x.ledgerIndex(), id: s.ID}
	var h held
	if s.Found {
		if err := json.Unmarshal(s.Source, &h); err != nil {
			return nil, fmt.Errorf("a stored entry cannot be read: %w", err)
		}
		o.verb, o.seq, o.primaryTerm = "index", &s.Seq, s.PrimaryTerm
	}
	before, err := json.Marshal(h.Entry)
	if err != nil {
		return nil, err
	}
	e := note(h.Entry)
	after, err := json.Marshal(e)
	if err != nil || bytes.Equal(before, after) {
		return nil, err
	}
	o.body, err = encodeJSON(entry{URL: e.URL, State: e.State, Reason: clipReason(e.Reason), At: e.At.UnixMilli(), Article: e.ID, Entry: e})
	return o, err
}

// clipReason cuts what is counted by, not what is stored: a value of more than
// maxKeyword characters would not be counted at all.
func clipReason(s string) string {
	if len(s) <= maxKeyword {
		return s
	}
	return bounded(s)
}

// Lookup implements index.Ledger.
func (x *Index) Lookup(ctx context.Context, url string) (*copytaster.Entry, error) {
	found, err := x.fetch(ctx, []place{{x.ledgerIndex(), ledgerID(url)}}, "entry")
	if err != nil {
		return nil, fmt.Errorf("index: look up %s: %w", url, err)
	}
	if !found[0].Found {
		return nil, fmt.Errorf("index: URL %q: %w", url, index.ErrNotFound)
	}
	return decodeEntry(found[0].Source)
}

func decodeEntry(source json.RawMessage) (*copytaster.Entry, error) {
	var h held
	if err := json.Unmarshal(source, &h); err != nil {
		return nil, fmt.Errorf("index: a stored entry cannot be read: %w", err)
	}
	if h.Entry == nil {
		return nil, errors.New("index: a stored entry is missing in its source")
	}
	return h.Entry, nil
}

// Entries implements index.Ledger. It sees all that was recorded.
func (x *Index) Entries(ctx context.Context, state copytaster.State, after string, limit int) ([]*copytaster.Entry, error) {
	limit, err := index.EntryLimit(limit)
	if err != nil {
		return nil, err
	}
	if err := x.refresh(ctx, x.ledgerIndex()); err != nil {
		return nil, err
	}
	where := []object{{"range": object{"url": object{"gt": after}}}}
	if state != "" {
		where = append(where, object{"term": object{"state": state}})
	}
	answer, err := x.find(ctx, x.ledgerIndex(), object{
		"query": allOf(where), "size": limit, "sort": []object{{"url": "asc"}}, "_source": []string{"entry"}, "track_total_hits": false,
	})
	if err != nil {
		return nil, fmt.Errorf("index: entries: %w", err)
	}
	var entries []*copytaster.Entry
	for _, h := range answer.Hits.Hits {
		e, err := decodeEntry(h.Source)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// tallyPage is how many counts are read at once.
const tallyPage = 1000

// Tally implements index.Ledger. It sees all that was recorded.
func (x *Index) Tally(ctx context.Context) ([]index.Count, error) {
	if err := x.refresh(ctx, x.ledgerIndex()); err != nil {
		return nil, err
	}
	by := object{"size": tallyPage, "sources": []object{
		{"state": object{"terms": object{"field": "state"}}},
		{"reason": object{"terms": object{"field": "reason"}}},
	}}
	var counts []index.Count
	for {
		page, next, err := x.tally(ctx, by)
		if err != nil {
			return nil, fmt.Errorf("index: tally: %w", err)
		}
		counts = append(counts, page...)
		if len(page) < tallyPage {
			return counts, nil
		}
		by["after"] = next
	}
}

func (x *Index) tally(ctx context.Context, by object) (counts []index.Count, next json.RawMessage, err error) {
	b, err := body(object{"size": 0, "track_total_hits": false, "aggs": object{"tally": object{"composite": by}}})
	if err != nil {
		return nil, nil, err
	}
	var answer struct {
		searchAnswer
		Aggs struct {
			Tally *struct {
				After   json.RawMessage `json:"after_key"`
				Buckets []struct {
					Key struct {
						State  copytaster.State `json:"state"`
						Reason string           `json:"reason"`
					} `json:"key"`
					Count int `json:"doc_count"`
				} `json:"buckets"`
			} `json:"tally"`
		} `json:"aggregations"`
	}
	if err := x.call(ctx, searchOf(x.ledgerIndex(), b), &answer); err != nil {
		return nil, nil, err
	}
	if err := answer.complete(); err != nil {
		return nil, nil, err
	}
	if answer.Aggs.Tally == nil {
		return nil, nil, errors.New("the answer has no tally")
	}
	for _, k := range answer.Aggs.Tally.Buckets {
		counts = append(counts, index.Count{State: k.Key.State, Reason: k.Key.Reason, N: k.Count})
	}
	return counts, answer.Aggs.Tally.After, nil
}
