// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/copytaster/copytaster"
)

func twoOperations() []operation {
	return []operation{
		{verb: "index", index: "x-v1-000001", id: "a", external: true, version: 7, body: []byte(`{}`)},
		{verb: "delete", index: "x-v1-000001", id: `b"\n`},
	}
}

func verdicts(t *testing.T, reply string) ([]error, error) {
	t.Helper()
	var a bulkAnswer
	if err := json.Unmarshal([]byte(reply), &a); err != nil {
		return nil, err
	}
	return a.verdicts(twoOperations())
}

func TestVerdicts(t *testing.T) {
	const first = `{"index":{"_index":"x-v1-000001","_id":"a","status":201}}`
	const second = `{"delete":{"_index":"x-v1-000001","_id":"b\"\\n","status":404}}`
	t.Run("an item that was written, and one that was not there to delete, are done", func(t *testing.T) {
		errs, err := verdicts(t, `{"errors":false,"items":[`+first+`,`+second+`]}`)
		if err != nil || errors.Join(errs...) != nil {
			t.Errorf("got %v, %v", errs, err)
		}
	})
	t.Run("an item's error has its status, type and causes", func(t *testing.T) {
		failed := `{"index":{"_index":"x-v1-000001","_id":"a","status":400,"error":{"type":"document_parsing_exception","reason":"failed to parse","caused_by":{"type":"x","reason":"a deeper reason"}}}}`
		errs, err := verdicts(t, `{"errors":true,"items":[`+failed+`,`+second+`]}`)
		if err != nil || errs[1] != nil || statusOf(errs[0]) != 400 {
			t.Fatalf("got %v, %v", errs, err)
		}
		for _, want := range []string{"400", "document_parsing_exception", "failed to parse", "a deeper reason"} {
			if !strings.Contains(errs[0].Error(), want) {
				t.Errorf("%v does not say %s", errs[0], want)
			}
		}
	})
	for name, reply := range map[string]string{
		"too few items":             `{"errors":false,"items":[` + first + `]}`,
		"too many items":            `{"errors":false,"items":[` + first + `,` + second + `,` + second + `]}`,
		"items in another order":    `{"errors":false,"items":[` + second + `,` + first + `]}`,
		"no word on errors":         `{"items":[` + first + `,` + second + `]}`,
		"an item of two verbs":      `{"errors":false,"items":[{"index":{"_index":"x-v1-000001","_id":"a","status":201},"create":{}},` + second + `]}`,
		"an item of another id":     `{"errors":false,"items":[` + strings.Replace(first, `"a"`, `"c"`, 1) + `,` + second + `]}`,
		"an item of another index":  `{"errors":false,"items":[` + strings.Replace(first, "000001", "000002", 1) + `,` + second + `]}`,
		"an item that is null":      `{"errors":false,"items":[null,` + second + `]}`,
		"a request's error instead": `{"error":{"type":"x","reason":"y"},"status":429}`,
	} {
		t.Run(name+" are no verdict on any", func(t *testing.T) {
			if errs, err := verdicts(t, reply); err == nil || errs != nil {
				t.Errorf("got %v, %v", errs, err)
			}
		})
	}
}

// FuzzVerdicts holds the reader of answers to its promise: success is said of an
// operation only by an item of its own with a status that says so.
func FuzzVerdicts(f *testing.F) {
	f.Add(`{"errors":false,"items":[{"index":{"_index":"x-v1-000001","_id":"a","status":201}},{"delete":{"_index":"x-v1-000001","_id":"b\"\\n","status":200}}]}`)
	f.Add(`{"errors":true,"items":[{"index":{"_index":"x-v1-000001","_id":"a","status":429,"error":{"type":"t","reason":"r"}}},{"delete":{"_index":"x-v1-000001","_id":"b\"\\n","status":503,"error":{}}}]}`)
	f.Add(`{}`)
	f.Add(`{"errors":false,"items":[{},{}]}`)
	f.Fuzz(func(t *testing.T, reply string) {
		var a bulkAnswer
		if json.Unmarshal([]byte(reply), &a) != nil {
			return
		}
		ops := twoOperations()
		errs, err := a.verdicts(ops)
		if err != nil {
			return
		}
		for i, err := range errs {
			item := a.Items[i][ops[i].verb]
			good := item.Status == 200 || item.Status == 201 || item.Status == 404 && ops[i].verb == "delete"
			if err == nil && (!good || item.ID != ops[i].id || item.Error != nil) {
				t.Errorf("item %d of %s counts as done", i, reply)
			}
		}
	})
}

func TestBatches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.IntRange(0, 5000), 0, 30).Draw(t, "sizes")
		limit := rapid.IntRange(1, 10_000).Draw(t, "limit")
		groups := make([][]operation, len(sizes))
		for i, n := range sizes {
			groups[i] = []operation{{id: "x", body: make([]byte, n)}, {id: "y", body: make([]byte, n/2)}}
		}
		var all []int
		for _, batch := range batches(groups, limit) {
			total := 0
			for _, g := range batch {
				total += sizes[g] + sizes[g]/2 + 2*(actionSize+1)
			}
			if len(batch) == 0 || len(batch) > 1 && total > limit {
				t.Errorf("a batch of %d groups has %d bytes, over %d", len(batch), total, limit)
			}
			all = append(all, batch...)
		}
		want := make([]int, len(sizes))
		for i := range want {
			want[i] = i
		}
		if !slices.Equal(all, want) {
			t.Errorf("batches hold %v, want %v", all, want)
		}
	})
}

func TestActionLines(t *testing.T) {
	seq := int64(0)
	for want, o := range map[string]operation{
		`{"index":{"_index":"i","_id":"a\nb","version":7,"version_type":"external"}}`: {verb: "index", index: "i", id: "a\nb", external: true, version: 7},
		`{"index":{"_index":"i","_id":"a","version":0,"version_type":"external"}}`:    {verb: "index", index: "i", id: "a", external: true},
		`{"delete":{"_index":"i","_id":"a"}}`:                                         {verb: "delete", index: "i", id: "a"},
		`{"index":{"_index":"i","_id":"a","if_seq_no":0,"if_primary_term":1}}`:        {verb: "index", index: "i", id: "a", seq: &seq, primaryTerm: 1},
	} {
		got, err := o.line()
		if err != nil || string(got) != want {
			t.Errorf("got %s, %v; want %s", got, err, want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for v, want := range map[string]time.Duration{
		"": 0, "5": 5 * time.Second, " 5 ": 5 * time.Second, "-5": 0, "x": 0, "99999999999": maxRetryAfter, "86400": maxRetryAfter,
		now.Add(time.Minute).Format(http.TimeFormat): time.Minute, now.Add(-time.Minute).Format(http.TimeFormat): 0,
	} {
		if got := retryAfter(v, now); got != want {
			t.Errorf("%q is %s, want %s", v, got, want)
		}
	}
}

func TestFaultsOfARequest(t *testing.T) {
	for body, want := range map[string]string{
		`{"error":{"type":"t","reason":"r"},"status":400}`: "Elasticsearch answers 400 t: r",
		`{"error":"no handler found","status":400}`:        `Elasticsearch answers 400: {"error":"no handler found","status":400}`,
		"<html>":                     "Elasticsearch answers 400: <html>",
		"":                           "Elasticsearch answers 400",
		strings.Repeat("x", 10_000):  "Elasticsearch answers 400: " + strings.Repeat("x", 200),
		strings.Repeat("\xff", 1000): "Elasticsearch answers 400",
	} {
		got := newFault(400, http.Header{}, []byte(body)).Error()
		if got = strings.TrimSuffix(got, ": "); got != want {
			t.Errorf("%.60q gives %q, want %q", body, got, want)
		}
	}
}

func TestClasses(t *testing.T) {
	for status, want := range map[int]copytaster.Class{
		400: copytaster.ClassPermanent, 413: copytaster.ClassPermanent,
		401: copytaster.ClassTransient, 403: copytaster.ClassTransient, 404: copytaster.ClassTransient, 408: copytaster.ClassTransient,
		409: copytaster.ClassTransient, 429: copytaster.ClassTransient, 500: copytaster.ClassTransient, 502: copytaster.ClassTransient, 503: copytaster.ClassTransient,
	} {
		err := classed(fmt.Errorf("put: %w", &fault{status: status}))
		if got := copytaster.ClassOf(err); got != want {
			t.Errorf("%d is %s, want %s", status, got, want)
		}
	}
	if classed(nil) != nil {
		t.Error("no error becomes one")
	}
	t.Run("of two verdicts on one document the one that can be mended counts", func(t *testing.T) {
		for _, errs := range [][]error{{&fault{status: 400}, &fault{status: 503}}, {&fault{status: 503}, &fault{status: 400}}, {nil, &fault{status: 503}}} {
			if got := copytaster.ClassOf(worst(errs)); got != copytaster.ClassTransient {
				t.Errorf("%v are %s", errs, got)
			}
		}
		if err := worst([]error{nil, nil}); err != nil {
			t.Error(err)
		}
	})
}

func TestFieldsOfADocument(t *testing.T) {
	d := article("a", "Capita's pay", "")
	d.Language, d.Kind, d.Sources, d.Byline = "en_GB", copytaster.KindNews, []string{"Wire", "Wire"}, []string{"Jane O'Neill", "…"}
	d.Mentions = []copytaster.Mention{{Party: copytaster.Party{Entity: "capita", Name: "Capita plc"}, Surface: "Capita", Role: copytaster.RoleSupplier}}
	d.Asides = []copytaster.Aside{{Zone: copytaster.ZoneComment, Text: "one"}, {Zone: copytaster.ZoneComment, Text: "two"}, {Zone: "elsewhere", Text: "three"}}
	p := newPreparer()
	s := p.source(d, false)
	want := []string{"supplier@body", "supplier@body=capita", "supplier@body~capita plc", "supplier@body~capita", "aside@comment", "aside@elsewhere",
		"kind", "kind=news", "source", "source=wire", "author", "language", "language=en", "language=en-gb"}
	if diff := cmp.Diff(want, s.Keys); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]*columns{"comment": {[]string{"one", "two"}, []string{"one", "two"}}}, s.Asides); diff != "" {
		t.Errorf("asides (-want +got):\n%s", diff)
	}
	if s.TitleWords != "capita pay" || !slices.Equal(s.Authors, []string{"jane oneill", ""}) || s.Text != "" {
		t.Errorf("got %q, %q, %q", s.TitleWords, s.Authors, s.Text)
	}
	if got := p.source(d, true); got.Title != d.Title {
		t.Errorf("the native title is %q", got.Title)
	}
}

func TestLongKeysStayApart(t *testing.T) {
	long := strings.Repeat("é", 20_000)
	a, b := bounded(long+"a"), bounded(long+"b")
	if a == b || len(a) > maxKey+100 || a != bounded(long+"a") {
		t.Errorf("keys of %d and %d bytes", len(a), len(b))
	}
	if bounded("short") != "short" {
		t.Error("a short key has changed")
	}
}
