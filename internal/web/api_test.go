// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
)

func decode[T any](t *testing.T, resp *http.Response) T {
	t.Helper()
	defer resp.Body.Close()
	var v T
	if err := json.NewDecoder(resp.Body).Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAPISearchesWithEvidence(t *testing.T) {
	n := newNewsroom(t, testArticle(1), testArticle(2), testArticle(3))
	resp := n.do("GET", "/api/v1/search?q=supplier:atos&size=2&facets=supplier,buyer&sort=fetched", nil)
	got := decode[found](t, resp)
	if got.Total != 3 || len(got.Hits) != 2 || got.Next == "" || len(got.Facets) != 2 || got.Query != "supplier:atos" {
		t.Errorf("total %d, %d hits, next %q, facets %v, query %q", got.Total, len(got.Hits), got.Next, got.Facets, got.Query)
	}
	if e := got.Hits[0].Evidence; !strings.Contains(e.Sentence, "Atos") || len(e.Marks) == 0 {
		t.Errorf("evidence %+v", e)
	}
	last := decode[found](t, n.do("GET", "/api/v1/search?q=supplier:atos&size=2&sort=fetched&after="+url.QueryEscape(got.Next), nil))
	if len(last.Hits) != 1 || last.Next != "" {
		t.Errorf("last page: %d hits, next %q", len(last.Hits), last.Next)
	}
	if none := decode[found](t, n.do("GET", "/api/v1/search?q=nothinglikeit", nil)); none.Hits == nil || none.Total != 0 {
		t.Errorf("no hits are %v", none.Hits)
	}
}

func TestAPIProblems(t *testing.T) {
	n := newNewsroom(t)
	asJSON := []string{"Content-Type", "application/json"}
	tests := []struct {
		method, target, body string
		header               []string
		status               int
	}{
		{"GET", "/api/v1/search?q=" + url.QueryEscape("unions status:done"), "", nil, 400},
		{"GET", "/api/v1/search?size=0", "", nil, 400},
		{"GET", "/api/v1/search?size=many", "", nil, 400},
		{"GET", "/api/v1/search?sort=best", "", nil, 400},
		{"GET", "/api/v1/search?facets=colour", "", nil, 400},
		{"GET", "/api/v1/articles/none", "", nil, 404},
		{"GET", "/api/v1/why?url=none", "", nil, 404},
		{"GET", "/api/v1/export?q=(", "", nil, 400},
		{"GET", "/api/v1/export?format=pdf", "", nil, 400},
		{"POST", "/api/v1/add", "inputs=x", nil, 415},
		{"POST", "/api/v1/add", "{", asJSON, 400},
		{"POST", "/api/v1/add", `{"inputs":[]}`, asJSON, 400},
		{"POST", "/api/v1/add", `{"inputs":["/etc/passwd"]}`, asJSON, 400},
		{"POST", "/api/v1/add", `{"urls":["https://a.example"]}`, asJSON, 400},
		{"POST", "/api/v1/add", `{"inputs":["` + strings.Repeat("a", 2<<20) + `"]}`, asJSON, 400},
		{"POST", "/api/v1/watches", `{"name":"a","query":"("}`, asJSON, 400},
		{"POST", "/api/v1/watches", `{"name":"","query":"a"}`, asJSON, 400},
		{"DELETE", "/api/v1/watches/configured", "", nil, 409},
	}
	for _, tt := range tests {
		t.Run(tt.method+" "+tt.target[:min(len(tt.target), 60)], func(t *testing.T) {
			resp := n.do(tt.method, tt.target, strings.NewReader(tt.body), tt.header...)
			if kind := resp.Header.Get("Content-Type"); resp.StatusCode != tt.status || kind != "application/problem+json" {
				t.Fatalf("status %d as %s, want %d", resp.StatusCode, kind, tt.status)
			}
			if p := decode[problemDetails](t, resp); p.Status != tt.status || p.Title == "" || p.Detail == "" || p.Type != "about:blank" {
				t.Errorf("problem %+v", p)
			}
		})
	}
	p := decode[problemDetails](t, n.do("GET", "/api/v1/search?q="+url.QueryEscape("unions status:done"), nil))
	if p.Position == nil || *p.Position != 14 {
		t.Errorf("problem %+v, want position 14", p)
	}
}

func TestAPIReadsAndWrites(t *testing.T) {
	n := newNewsroom(t, testArticle(1))
	n.outcome(copytaster.Outcome{URL: "https://news.example/b", State: copytaster.StateSkipped, Reason: "too short", Stage: "fetch", At: now()})
	asJSON := []string{"Content-Type", "application/json"}
	if d := decode[copytaster.Document](t, n.do("GET", "/api/v1/articles/"+testArticle(1).ID, nil)); d.Title != testArticle(1).Title || len(d.Contracts) != 1 {
		t.Errorf("article %q with %d contracts", d.Title, len(d.Contracts))
	}
	if all := decode[[]copytaster.Document](t, n.do("GET", "/api/v1/articles/"+testArticle(1).ID+"/revisions", nil)); len(all) != 1 {
		t.Errorf("%d revisions", len(all))
	}
	if e := decode[copytaster.Entry](t, n.do("GET", "/api/v1/why?url="+url.QueryEscape("https://news.example/b"), nil)); e.Reason != "too short" {
		t.Errorf("entry %+v", e)
	}
	if _, body := n.get("/api/v1/tally"); !strings.Contains(body, `"too short"`) {
		t.Errorf("tally %s", body)
	}
	if _, body := n.get("/api/v1/sources"); !strings.Contains(body, `"guardian"`) {
		t.Errorf("sources %s", body)
	}
	if resp := n.do("POST", "/api/v1/add", strings.NewReader(`{"inputs":["https://news.example/x"]}`), asJSON...); resp.StatusCode != http.StatusAccepted {
		t.Errorf("add: status %d", resp.StatusCode)
	}
	if resp := n.do("POST", "/api/v1/watches", strings.NewReader(`{"name":"mine","query":"unions"}`), asJSON...); resp.StatusCode != http.StatusCreated {
		t.Errorf("watch: status %d", resp.StatusCode)
	}
	if all := decode[[]copytaster.Watch](t, n.do("GET", "/api/v1/watches", nil)); len(all) != 2 {
		t.Errorf("watches %v", all)
	}
	if resp := n.do("DELETE", "/api/v1/watches/mine", nil); resp.StatusCode != http.StatusNoContent {
		t.Errorf("remove: status %d", resp.StatusCode)
	}
}

func TestExportGivesAll(t *testing.T) {
	var docs []*copytaster.Document
	for i := range exportPage + 7 {
		docs = append(docs, testArticle(i+1))
	}
	docs[3].Title = "=HYPERLINK(\"https://evil.example\")"
	n := newNewsroom(t, docs...)
	_, lines := n.get("/api/v1/export?q=unions")
	scan := bufio.NewScanner(strings.NewReader(lines))
	scan.Buffer(nil, 1<<20)
	count := 0
	for scan.Scan() {
		var d copytaster.Document
		if err := json.Unmarshal(scan.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		count++
	}
	if count != len(docs) {
		t.Errorf("%d lines, want %d", count, len(docs))
	}
	_, text := n.get("/api/v1/export?q=unions&format=csv")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != len(docs)+1 {
		t.Fatalf("%d rows (%v), want %d", len(rows), err, len(docs)+1)
	}
	if got, want := rows[1][0]+" "+rows[1][10], docs[0].ID+" Unions welcomed the move."; got != want {
		t.Errorf("the first row is of %q, want %q", got, want)
	}
	if !strings.Contains(text, `'=HYPERLINK`) {
		t.Error("a formula went through")
	}
}

func TestLiveStreamsMatchingCopy(t *testing.T) {
	n := newNewsroom(t)
	srv := httptest.NewServer(n.handler)
	defer func() { srv.CloseClientConnections(); srv.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", srv.URL+"/live?q="+url.QueryEscape(`"contract (2)"`), nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if kind := resp.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Fatalf("content type %s", kind)
	}
	n.live <- testArticle(1)
	n.live <- testArticle(2)
	scan := bufio.NewScanner(resp.Body)
	for scan.Scan() {
		if data, ok := strings.CutPrefix(scan.Text(), "data: "); ok {
			var a announcement
			if err := json.Unmarshal([]byte(data), &a); err != nil || a.ID != testArticle(2).ID {
				t.Errorf("announced %s (%v), want the second article", data, err)
			}
			break
		}
	}
	n.hub.close()
	for scan.Scan() {
	}
	if err := scan.Err(); err != nil {
		t.Errorf("the stream did not end in peace: %v", err)
	}
}

func TestLiveRefusesBadQueriesAndTooManyPages(t *testing.T) {
	n := newNewsroom(t)
	if status, _ := n.get("/live?q=("); status != http.StatusBadRequest {
		t.Errorf("status %d", status)
	}
	for range maxListeners {
		n.hub.listen()
	}
	if status, _ := n.get("/live"); status != http.StatusServiceUnavailable {
		t.Errorf("status %d, want 503", status)
	}
	for range backlog + 10 {
		n.hub.publish(testArticle(1)) // nobody reads: the line is not held up
	}
}

func TestMetricsAreThoseOfTheManual(t *testing.T) {
	n := newNewsroom(t, testArticle(1))
	n.outcome(copytaster.Outcome{URL: "https://news.example/b", State: copytaster.StateIndexed, Stage: "index", At: now()})
	status, text := n.get("/metrics")
	if status != http.StatusOK {
		t.Fatalf("status %d: %s", status, text)
	}
	for _, line := range []string{`copytaster_up{part="bus"} 1`, `copytaster_urls{state="indexed"} 1`, `copytaster_stage_pending_messages{stage="fetch"} 12`,
		`copytaster_stream_limit_bytes{stream="ARTICLES"} 1000`, "copytaster_dead_letters 1", "copytaster_documents 1", `copytaster_source_failures{source="silent"} 3`} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("no line %s", line)
		}
	}
	if strings.Contains(text, `stage=""`) {
		t.Error("a reader of the bus's own is shown as a stage")
	}
	manual, err := os.ReadFile(filepath.Join("..", "..", "docs", "METRICS.md"))
	if err != nil {
		t.Fatal(err)
	}
	served := regexp.MustCompile(`(?m)^# TYPE (copytaster_\w+)`).FindAllStringSubmatch(text, -1)
	if len(served) < 10 {
		t.Fatalf("%d metrics", len(served))
	}
	for _, m := range served {
		if !strings.Contains(string(manual), "`"+m[1]) {
			t.Errorf("docs/METRICS.md does not describe %s", m[1])
		}
	}
	asked, _, _ := strings.Cut(string(manual), "\n## What a process counts") // of that part the verbs' tests take care
	for _, m := range regexp.MustCompile("(?m)^\\| `(copytaster_\\w+)").FindAllStringSubmatch(asked, -1) {
		if !strings.Contains(text, "# TYPE "+m[1]+" ") {
			t.Errorf("docs/METRICS.md describes %s, which is not served", m[1])
		}
	}
}
