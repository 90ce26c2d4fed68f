// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

func compiled(t testing.TB, query string) string {
	t.Helper()
	q, err := compile(copytaster.MustParseQuery(query).Plan())
	if err != nil {
		t.Fatal(err)
	}
	b, err := encodeJSON(q)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestCompile(t *testing.T) {
	for query, want := range map[string]string{
		"":                    `{"match_all":{}}`,
		"title:capita":        `{"term":{"title_stems":{"value":"capita"}}}`,
		`title:"pay"`:         `{"term":{"title_words":{"value":"pay"}}}`,
		"body:pay*":           `{"prefix":{"body_words":{"value":"pay"}}}`,
		`body:"fit for work"`: `{"match_phrase":{"body_words":{"analyzer":"whitespace","query":"fit for work"}}}`,
		`body:"fit work"~3`: `{"intervals":{"body_words":{"all_of":{"intervals":[{"match":{"analyzer":"whitespace","max_gaps":0,"query":"fit"}},` +
			`{"match":{"analyzer":"whitespace","max_gaps":0,"query":"work"}}],"max_gaps":3,"ordered":false}}}}`,
		"-kind:news":     `{"bool":{"must_not":{"term":{"keys":{"value":"kind=news"}}}}}`,
		"source:*":       `{"term":{"keys":{"value":"source"}}}`,
		"zone:comment":   `{"term":{"keys":{"value":"aside@comment"}}}`,
		"supplier:atos":  `{"terms":{"keys":["supplier@body=atos","supplier@body~atos"]}}`,
		"supplier:*":     `{"term":{"keys":"supplier@body"}}`,
		"status:awarded": `{"nested":{"path":"contracts","query":{"term":{"contracts.keys":"status=awarded"}},"score_mode":"none"}}`,
		"money:>=1 currency:gbp": `{"nested":{"path":"money","query":{"bool":{"filter":[{"range":{"money.hi":{"gte":100}}},{"term":{"money.currency":"GBP"}}]}},` +
			`"score_mode":"none"}}`,
		"contract:(buyer:dwp money:*)": `{"nested":{"path":"contracts","query":{"bool":{"filter":[{"nested":{"path":"contracts.money","query":{"match_all":{}},"score_mode":"none"}},` +
			`{"terms":{"contracts.keys":["buyer=dwp","buyer~dwp"]}}]}},"score_mode":"none"}}`,
		"published:2014-02": `{"bool":{"filter":[{"exists":{"field":"published_from"}},{"range":{"published_to":{"gte":"2014-02-01"}}},` +
			`{"range":{"published_from":{"lte":"2014-02-28"}}}]}}`,
	} {
		t.Run(query, func(t *testing.T) {
			if diff := cmp.Diff(want, compiled(t, query)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCompileRefusesWhatItDoesNotKnow(t *testing.T) {
	for name, c := range map[string]copytaster.Cond{
		"nil":                           nil,
		"a text inside a contract":      copytaster.ContractCond{Cond: copytaster.And{copytaster.TextCond{Terms: []string{"x"}}}},
		"an unknown date":               copytaster.Or{copytaster.DateCond{Field: "printed"}},
		"a contract inside a contract":  copytaster.ContractCond{Cond: copytaster.ContractCond{Cond: copytaster.And{}}},
		"an unknown thing in a refusal": copytaster.Not{Cond: nil},
	} {
		t.Run(name, func(t *testing.T) {
			if q, err := compile(c); err == nil {
				t.Errorf("got %v", q)
			}
		})
	}
}

// depthOf is how deep objects stand in one another, wrapped ones not counted.
func depthOf(v any) int {
	deepest := 0
	switch v := v.(type) {
	case map[string]any:
		for _, k := range v {
			deepest = max(deepest, depthOf(k))
		}
		return deepest + 1
	case []any:
		for _, k := range v {
			deepest = max(deepest, depthOf(k))
		}
	}
	return deepest
}

func TestDeepQueriesAreWrapped(t *testing.T) {
	half := copytaster.MaxQueryDepth/3 - 1
	query := strings.Repeat("(a -(b OR ", half) + "contract:(money:1)" + strings.Repeat("))", half)
	text := compiled(t, query)
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	if d := depthOf(v); d > 60 || !strings.Contains(text, "wrapper") {
		t.Errorf("the query is %d objects deep", d)
	}
}

func FuzzCompile(f *testing.F) {
	for _, s := range []string{"", "a b", "-a", `"a b"~3`, "contract:(supplier:x money:>1)", "zone:comment (a OR b)", "author:\"O'Neill, Ann\"", "published:2014"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := copytaster.ParseQuery(s)
		if err != nil {
			return
		}
		for _, sort := range index.Sorts() {
			request, err := searchRequest(q.Plan(), s, index.Page{Size: 1, Sort: sort, Facets: index.FacetNames()})
			if err != nil {
				t.Fatalf("%q cannot be compiled: %v", s, err)
			}
			if _, err := encodeJSON(request); err != nil {
				t.Fatalf("%q cannot be written: %v", s, err)
			}
		}
	})
}

func TestAnswersToASearch(t *testing.T) {
	const good = `{"timed_out":false,"_shards":{"total":1,"successful":1,"failed":0},"hits":{"total":{"value":0,"relation":"eq"},"hits":[]}}`
	page, err := index.Page{}.Normal()
	if err != nil {
		t.Fatal(err)
	}
	read := func(reply string) error {
		var a searchAnswer
		if err := json.Unmarshal([]byte(reply), &a); err != nil {
			return err
		}
		if err := a.complete(); err != nil {
			return err
		}
		_, err := a.results("", page)
		return err
	}
	if err := read(good); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"a failed shard":            {`"successful":1,"failed":0`, `"successful":0,"failed":1,"failures":[{"reason":{"type":"x","reason":"y"}}]`},
		"a failed shard, no reason": {`"failed":0`, `"failed":1`},
		"a silent shard":            {`"total":1`, `"total":2`},
		"a timeout":                 {`"timed_out":false`, `"timed_out":true`},
		"an inexact total":          {`"eq"`, `"gte"`},
		"no total":                  {`"value":0,`, ``},
		"no shards":                 {`"_shards"`, `"_shard"`},
		"a hit without a document":  {`"hits":[]`, `"hits":[{"_id":"a","_source":{}}]`},
		"a hit without a source":    {`"hits":[]`, `"hits":[{"_id":"a"}]`},
	} {
		t.Run(name+" is an error", func(t *testing.T) {
			reply := strings.Replace(good, change[0], change[1], 1)
			if reply == good {
				t.Fatal("nothing has changed")
			}
			if err := read(reply); err == nil {
				t.Errorf("%s is taken for an answer", reply)
			}
		})
	}
}

// FuzzSearchAnswer reads any answer without harm.
func FuzzSearchAnswer(f *testing.F) {
	f.Add(`{"_shards":{"total":1,"successful":1,"failed":0},"hits":{"total":{"value":1,"relation":"eq"},"hits":[{"_id":"a","_source":{"document":{"id":"a"}},"sort":[1,2,"a"]}]},"aggregations":{"kind":{"buckets":[{"key":"news","doc_count":1}]}}}`)
	f.Add(`{}`)
	f.Fuzz(func(t *testing.T, reply string) {
		var a searchAnswer
		if json.Unmarshal([]byte(reply), &a) != nil || a.complete() != nil {
			return
		}
		for _, sort := range index.Sorts() {
			r, err := a.results("q", index.Page{Size: 1, Sort: sort, Facets: []string{"kind"}})
			if err == nil && len(r.Hits) > 1 {
				t.Errorf("%s gives %d hits on a page of one", reply, len(r.Hits))
			}
		}
	})
}

func TestCursors(t *testing.T) {
	for sort, values := range map[index.Sort]string{
		index.SortNewest: `[-9223372036854775808,1393416000000,"a"]`, index.SortOldest: `[9223372036854775807,-62135596800000,"a"]`,
		index.SortFetched: `[1393416000000,"a"]`, index.SortRelevance: `[1.2345679,"a"]`, index.SortAmount: `[-9223372036854775808,0,"a"]`,
	} {
		t.Run(string(sort), func(t *testing.T) {
			h := hit{ID: "a"}
			if err := json.Unmarshal([]byte(values), &h.Sort); err != nil {
				t.Fatal(err)
			}
			c, err := cursorOf(&h, sort)
			if err != nil {
				t.Fatal(err)
			}
			again, err := encodeJSON(after(c, sort))
			if err != nil || string(again) != values {
				t.Errorf("%s comes back as %s, %v", values, again, err)
			}
			h.Sort = h.Sort[1:]
			if _, err := cursorOf(&h, sort); err == nil {
				t.Error("a hit with a value too few has a cursor")
			}
		})
	}
}
