// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"fmt"

	"github.com/copytaster/copytaster/index"
)

// shardValues is how many values each shard counts: with one shard, or with no
// more values than this, counts are exact.
const shardValues = 10_000

// facetRequest asks for the counts of facets.
func facetRequest(names []string) object {
	aggs := object{}
	for _, name := range names {
		switch name {
		case "supplier", "buyer":
			aggs[name] = partyFacet(name)
		case "money":
			aggs[name] = values("bands", index.Buckets(name))
		default:
			aggs[name] = values(name, index.Buckets(name))
		}
	}
	return aggs
}

// values counts the documents under each value of a field, most frequent first,
// then by value.
func values(field string, size int) object {
	return object{"terms": object{
		"field": field, "size": size, "shard_size": shardValues, "order": []object{{"_count": "desc"}, {"_key": "asc"}},
	}}
}

// partyFacet counts organisations of a role. Each stands once in a document, so
// counting them counts documents. The greatest label is shown, where they differ.
func partyFacet(role string) object {
	byValue := values("parties.value", index.MaxBuckets)
	byValue["aggs"] = object{"label": object{"terms": object{"field": "parties.label", "size": 1, "shard_size": shardValues, "order": object{"_key": "desc"}}}}
	return object{
		"nested": object{"path": "parties"},
		"aggs":   object{"role": object{"filter": object{"term": object{"parties.role": role}}, "aggs": object{"values": byValue}}},
	}
}

// aggregation is a counted facet: its buckets, or for a party those inside.
type aggregation struct {
	Buckets []bucket `json:"buckets"`
	Role    *struct {
		Values aggregation `json:"values"`
	} `json:"role"`
}

type bucket struct {
	Key   string `json:"key"`
	Count int    `json:"doc_count"`
	Label struct {
		Buckets []struct {
			Key string `json:"key"`
		} `json:"buckets"`
	} `json:"label"`
}

// facets reads the counts of the named facets.
func (a *searchAnswer) facets(names []string) (map[string][]index.Bucket, error) {
	if len(names) == 0 {
		return nil, nil
	}
	out := map[string][]index.Bucket{}
	for _, name := range names {
		found, ok := a.Aggs[name]
		if !ok {
			return nil, fmt.Errorf("the answer does not count %s", name)
		}
		if found.Role != nil {
			found = found.Role.Values
		}
		out[name] = nil
		for _, b := range found.Buckets {
			k := index.Bucket{Value: b.Key, Count: b.Count}
			if len(b.Label.Buckets) > 0 {
				k.Label = b.Label.Buckets[0].Key
			}
			out[name] = append(out[name], k)
		}
	}
	return out, nil
}
