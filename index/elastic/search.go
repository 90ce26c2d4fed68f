// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// Search implements index.Backend: one request, answered from one state of each
// shard. A page begins where the cursor says, by search_after, so that any depth
// costs the same.
func (x *Index) Search(ctx context.Context, q copytaster.Query, p index.Page) (*index.Results, error) {
	r, err := x.search(ctx, q.Plan(), q.String(), p)
	if err != nil {
		return nil, fmt.Errorf("index: search %q: %w", q.String(), err)
	}
	return r, nil
}

func (x *Index) search(ctx context.Context, plan copytaster.Cond, text string, p index.Page) (*index.Results, error) {
	began := time.Now()
	p, err := p.Normal()
	if err != nil {
		return nil, err
	}
	request, err := searchRequest(plan, text, p)
	if err != nil {
		return nil, err
	}
	answer, err := x.find(ctx, x.readAlias(), request)
	if err != nil {
		return nil, err
	}
	r, err := answer.results(text, p)
	if err != nil {
		return nil, err
	}
	r.Took = time.Since(began)
	return r, nil
}

// searchRequest is the body of a search. It asks for one hit more than the page
// holds, to know whether there is a next.
func searchRequest(plan copytaster.Cond, text string, p index.Page) (object, error) {
	where, err := compile(plan)
	if err != nil {
		return nil, err
	}
	query := object{"bool": object{"filter": where}}
	if p.Sort == index.SortRelevance {
		query = object{"bool": object{"filter": where, "should": ranking(plan), "minimum_should_match": 0}}
	}
	request := object{
		"query": query, "size": p.Size + 1, "track_total_hits": true, "_source": []string{"document"},
		"sort": sortBy(p.Sort),
	}
	if len(p.Facets) > 0 {
		request["aggs"] = facetRequest(p.Facets)
	}
	if p.After == "" {
		return request, nil
	}
	c, err := index.ParseCursor(p.After, text, p.Sort)
	if err != nil {
		return nil, err
	}
	request["search_after"] = after(c, p.Sort)
	return request, nil
}

// hit is one found document as the server gives it.
type hit struct {
	ID      string            `json:"_id"`
	Version int64             `json:"_version"`
	Score   *float64          `json:"_score"`
	Source  json.RawMessage   `json:"_source"`
	Sort    []json.RawMessage `json:"sort"`
}

// searchAnswer is the server's answer to a search.
type searchAnswer struct {
	TimedOut bool   `json:"timed_out"`
	PIT      string `json:"pit_id"`
	Shards   struct {
		Total      *int `json:"total"`
		Successful int  `json:"successful"`
		Failed     int  `json:"failed"`
		Failures   []struct {
			Reason *reason `json:"reason"`
		} `json:"failures"`
	} `json:"_shards"`
	Hits struct {
		Total struct {
			Value    *int   `json:"value"`
			Relation string `json:"relation"`
		} `json:"total"`
		Hits []hit `json:"hits"`
	} `json:"hits"`
	Aggs map[string]aggregation `json:"aggregations"`
}

// complete returns an error for an answer that does not speak for all shards, or
// that is no answer to a search at all.
func (a *searchAnswer) complete() error {
	s := a.Shards
	switch {
	case s.Total == nil:
		return errors.New("the answer is not one to a search")
	case s.Failed > 0 && len(s.Failures) > 0:
		return fmt.Errorf("%d of %d shards failed: %s", s.Failed, *s.Total, s.Failures[0].Reason.text())
	case s.Failed > 0 || s.Successful < *s.Total:
		return fmt.Errorf("%d of %d shards answered", s.Successful, *s.Total)
	case a.TimedOut:
		return errors.New("the server ran out of time")
	}
	return nil
}

// find sends a search to an index or an alias; "" where the request names a
// point in time.
func (x *Index) find(ctx context.Context, name string, request object) (*searchAnswer, error) {
	b, err := body(request)
	if err != nil {
		return nil, err
	}
	answer := new(searchAnswer)
	if err := x.call(ctx, searchOf(name, b), answer); err != nil {
		return nil, err
	}
	return answer, answer.complete()
}

// searchOf is a search of an index, an alias or, for "", of the point in time
// that its body names. Half an answer is none.
func searchOf(name string, body io.Reader) esapi.SearchRequest {
	partial := false
	r := esapi.SearchRequest{Body: body, AllowPartialSearchResults: &partial}
	if name != "" {
		r.Index = []string{name}
	}
	return r
}

// results reads the page and the facets.
func (a *searchAnswer) results(text string, p index.Page) (*index.Results, error) {
	if a.Hits.Total.Value == nil || a.Hits.Total.Relation != "eq" {
		return nil, errors.New("the answer has no exact total")
	}
	r := &index.Results{Total: *a.Hits.Total.Value, Hits: []index.Hit{}}
	hits := a.Hits.Hits
	if len(hits) > p.Size {
		hits = hits[:p.Size]
		c, err := cursorOf(&hits[p.Size-1], p.Sort)
		if err != nil {
			return nil, err
		}
		r.Next = c.Encode(text, p.Sort)
	}
	for _, h := range hits {
		d, err := decode(h.Source)
		if err != nil {
			return nil, fmt.Errorf("article %s: %w", h.ID, err)
		}
		found := index.Hit{Document: d}
		if p.Sort == index.SortRelevance && h.Score != nil {
			found.Score = *h.Score
		}
		r.Hits = append(r.Hits, found)
	}
	var err error
	r.Facets, err = a.facets(p.Facets)
	return r, err
}
