// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// stay is a document as the server gives it back, whether or not it is
// searchable yet.
type stay struct {
	Index       string          `json:"_index"`
	ID          string          `json:"_id"`
	Found       bool            `json:"found"`
	Version     int64           `json:"_version"`
	Seq         int64           `json:"_seq_no"`
	PrimaryTerm int64           `json:"_primary_term"`
	Source      json.RawMessage `json:"_source"`
	Error       *reason         `json:"error"`
}

// place is where a document lies: an index or an alias of one, and its id there.
type place struct{ index, id string }

// fetch returns what lies at each of the places, in their order, with the named
// fields of its source; none for its version only.
func (x *Index) fetch(ctx context.Context, places []place, fields ...string) ([]stay, error) {
	asked := make([]object, len(places))
	for i, p := range places {
		asked[i] = object{"_index": p.index, "_id": p.id, "_source": false}
		if len(fields) > 0 {
			asked[i]["_source"] = fields
		}
	}
	b, err := body(object{"docs": asked})
	if err != nil {
		return nil, err
	}
	var answer struct {
		Docs []stay `json:"docs"`
	}
	if err := x.call(ctx, esapi.MgetRequest{Body: b}, &answer); err != nil {
		return nil, err
	}
	if len(answer.Docs) != len(places) {
		return nil, fmt.Errorf("the answer about %d documents has %d", len(places), len(answer.Docs))
	}
	for i, d := range answer.Docs {
		if d.ID != places[i].id {
			return nil, fmt.Errorf("item %d of the answer is not about %s", i, places[i].id)
		}
		if d.Error != nil {
			return nil, &fault{kind: d.Error.Type, reason: d.Error.text()}
		}
	}
	return answer.Docs, nil
}

// versions returns the version of what lies where the operations go; 0 where
// nothing does.
func (x *Index) versions(ctx context.Context, ops []operation) ([]int64, error) {
	places := make([]place, len(ops))
	for i, o := range ops {
		places[i] = place{o.index, o.id}
	}
	found, err := x.fetch(ctx, places)
	out := make([]int64, len(found))
	for i, f := range found {
		if f.Found {
			out[i] = f.Version
		}
	}
	return out, err
}

// held is the part of a source that is read back.
type held struct {
	Document *copytaster.Document `json:"document"`
	Entry    *copytaster.Entry    `json:"entry"`
}

func decode(source json.RawMessage) (*copytaster.Document, error) {
	var h held
	if err := json.Unmarshal(source, &h); err != nil {
		return nil, fmt.Errorf("a stored document cannot be read: %w", err)
	}
	if h.Document == nil {
		return nil, fmt.Errorf("a stored document is missing in its source")
	}
	return h.Document, nil
}

// Get implements index.Store. It sees what was put, whether or not it is
// searchable yet.
func (x *Index) Get(ctx context.Context, id string) (*copytaster.Document, error) {
	found, err := x.fetch(ctx, []place{{x.readAlias(), id}}, "document")
	if err != nil {
		return nil, fmt.Errorf("index: get %s: %w", id, err)
	}
	if !found[0].Found {
		return nil, fmt.Errorf("index: article %q: %w", id, index.ErrNotFound)
	}
	d, err := decode(found[0].Source)
	if err != nil {
		return nil, fmt.Errorf("index: get %s: %w", id, err)
	}
	return d, nil
}

// Revisions implements index.Store. It sees all that was put.
func (x *Index) Revisions(ctx context.Context, id string) ([]*copytaster.Document, error) {
	if err := x.refresh(ctx, x.revisionIndex()); err != nil {
		return nil, err
	}
	var docs []*copytaster.Document
	err := x.eachRevision(ctx, id, []string{"document"}, func(h hit) error {
		d, err := decode(h.Source)
		docs = append(docs, d)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("index: get %s: %w", id, err)
	}
	if len(docs) == 0 {
		return nil, fmt.Errorf("index: article %q: %w", id, index.ErrNotFound)
	}
	return docs, nil
}

// revisionPage is how many revisions are read at once.
const revisionPage = 100

// eachRevision yields the searchable revisions of an article, newest first.
func (x *Index) eachRevision(ctx context.Context, id string, fields []string, yield func(hit) error) error {
	request := object{
		"query": object{"term": object{"article": id}}, "size": revisionPage,
		"sort": []object{{"version": "desc"}}, "_source": false,
	}
	if len(fields) > 0 {
		request["_source"] = fields
	}
	for {
		answer, err := x.find(ctx, x.revisionIndex(), request)
		if err != nil {
			return err
		}
		for _, h := range answer.Hits.Hits {
			if err := yield(h); err != nil {
				return err
			}
		}
		if len(answer.Hits.Hits) < revisionPage {
			return nil
		}
		request["search_after"] = answer.Hits.Hits[revisionPage-1].Sort
	}
}
