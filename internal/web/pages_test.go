// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
)

func TestWireShowsTheNewestFirstWithItsEvidence(t *testing.T) {
	n := newNewsroom(t, testArticle(2), testArticle(1))
	status, page := n.get("/")
	if status != http.StatusOK {
		t.Fatalf("status %d: %s", status, page)
	}
	wants(t, page, "<h1>The wire</h1>", "2 articles", "06:39", "news.example", "more than £500m", `class="chip supplier"`, "under review",
		"Ministers are reviewing a deal worth more than £500m with Atos", `data-live="/live"`)
	if strings.Index(page, "contract (1)") > strings.Index(page, "contract (2)") {
		t.Error("the newer article stands below the older one")
	}
}

func TestWireWithoutCopySaysWhatToDo(t *testing.T) {
	_, page := newNewsroom(t).get("/")
	wants(t, page, "No copy yet.", `href="/ledger"`)
}

func TestWirePagesByCursor(t *testing.T) {
	var docs []*copytaster.Document
	for i := range wireSize + 5 {
		docs = append(docs, testArticle(i+1))
	}
	n := newNewsroom(t, docs...)
	_, page := n.get("/")
	older := regexp.MustCompile(`rel="next" href="([^"]+)"`).FindStringSubmatch(page)
	if older == nil {
		t.Fatal("no link to older copy")
	}
	_, second := n.get(strings.ReplaceAll(older[1], "&amp;", "&"))
	if got := strings.Count(second, `class="item"`); got != 5 {
		t.Errorf("%d articles on the second page, want 5", got)
	}
	wants(t, second, `<a href="/">Newest</a>`)
	if strings.Contains(second, "data-live") {
		t.Error("an older page announces new copy")
	}
}

func TestSearchShowsHitsFacetsAndMarks(t *testing.T) {
	n := newNewsroom(t, testArticle(1), testArticle(2))
	status, page := n.get("/search?q=" + url.QueryEscape("supplier:atos unions"))
	if status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	wants(t, page, "2 articles", "<mark>Atos</mark>", "also in comments (1)", `value="supplier:atos unions"`, "<h2>Suppliers</h2>", "<h2>Buyers</h2>",
		`title="take this condition back"`, `href="/search?q=supplier%3Aatos&#43;unions&#43;-buyer%3Adwp&amp;sort=newest"`,
		`href="/watches?q=supplier%3Aatos&#43;unions"`, "March 2014", "Export CSV", "<h2>Figures</h2>",
		`<option value="amount">largest figure</option>`)
}

func TestSearchHoldsItsStateInTheAddress(t *testing.T) {
	var docs []*copytaster.Document
	for i := range searchSize + 3 {
		docs = append(docs, testArticle(i+1))
	}
	n := newNewsroom(t, docs...)
	_, page := n.get("/search?q=unions&sort=oldest")
	wants(t, page, `<option value="oldest" selected>`)
	next := regexp.MustCompile(`rel="next" href="([^"]+)"`).FindStringSubmatch(page)
	if next == nil || !strings.Contains(next[1], "q=unions") || !strings.Contains(next[1], "sort=oldest") {
		t.Fatalf("next page %v", next)
	}
	_, second := n.get(strings.ReplaceAll(next[1], "&amp;", "&"))
	if got := strings.Count(second, `class="item"`); got != 3 {
		t.Errorf("%d hits on the second page, want 3", got)
	}
	wants(t, second, `>First page</a>`)
}

func TestSearchPointsAtWhatCannotBeRead(t *testing.T) {
	n := newNewsroom(t)
	status, page := n.get("/search?q=" + url.QueryEscape("unions status:done <i>"))
	if status != http.StatusBadRequest {
		t.Errorf("status %d, want 400", status)
	}
	wants(t, page, "The query cannot be read.", "unions status:done &lt;i&gt;\n              ^", "How to ask")
}

func TestSearchTellsNotices(t *testing.T) {
	_, page := newNewsroom(t, testArticle(1)).get("/search?q=supplier:nobody")
	wants(t, page, `class="notice"`, "nobody", "Nothing matches.")
}

func TestBadCursorIsTheAddressesFault(t *testing.T) {
	n := newNewsroom(t, testArticle(1))
	for _, target := range []string{"/?after=nonsense", "/search?after=nonsense", "/api/v1/search?after=nonsense"} {
		if status, page := n.get(target); status != http.StatusBadRequest {
			t.Errorf("%s: status %d: %s", target, status, page)
		}
	}
}

func TestArticleShowsAllThatWasFound(t *testing.T) {
	n := newNewsroom(t, testArticle(1))
	status, page := n.get("/article/" + testArticle(1).ID + "?q=unions")
	if status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	wants(t, page, "By <bdi>A. Reporter</bdi>", "27 March 2014, 05:40 UTC (from the page&#39;s JSON-LD)", "27 March 2014, 06:39:00 UTC",
		`<span class="tag money" title="£500m: 500,000,000 GBP, more than">£500m</span>`,
		`<span class="tag supplier" title="Atos: supplier">Atos</span>`, `<span class="tag buyer"`, "<mark>Unions</mark>",
		"<summary>comments <span class=\"n\">1</span></summary>", "reader", "disability benefit assessments", `data-head="State"><div>under review<br>until March 2031<br>`,
		`href="https://www.news.example/politics/1" rel="noopener noreferrer"`, "Rang <b>configured</b>", `<a href="/search?q=source:guardian"><bdi>guardian</bdi></a>`)
	if strings.Count(page, "<p dir=\"auto\">") != 3 {
		t.Errorf("want two paragraphs and one comment:\n%s", page)
	}
}

func TestArticleShowsRevisionsAndTheirDifference(t *testing.T) {
	old, changed := testArticle(1), testArticle(1)
	changed.Fetched = changed.Fetched.Add(30 * time.Second)
	changed.Text = strings.Replace(storyText, "declined to comment", "denied the report", 1)
	changed.Sentences, changed.Hash = nil, "other"
	n := newNewsroom(t, old)
	n.put(changed)
	_, page := n.get("/article/" + old.ID)
	wants(t, page, "<h2>What changed</h2>", "added: ", "denied the report", "removed: ", "<h2>Revisions</h2>")
	earlier := regexp.MustCompile(`href="(/article/[^"]+version=[^"]+)"`).FindStringSubmatch(page)
	if earlier == nil {
		t.Fatal("no link to the older revision")
	}
	_, page = n.get(earlier[1])
	wants(t, page, "This is an older revision.", "declined to comment")
	if status, _ := n.get("/article/" + old.ID + "?version=7"); status != http.StatusNotFound {
		t.Errorf("status %d for a revision that is not there", status)
	}
}

func TestUnknownPagesAreNotFound(t *testing.T) {
	n := newNewsroom(t)
	for _, target := range []string{"/article/nothing", "/nowhere", "/static/app.js", "/api/v1/nothing", "/api/v1/articles/none"} {
		if status, page := n.get(target); status != http.StatusNotFound {
			t.Errorf("%s: status %d: %s", target, status, page)
		}
	}
}

func TestWatchesAreListedTriedSavedAndRemoved(t *testing.T) {
	n := newNewsroom(t, testArticle(1))
	_, page := n.get("/watches?q=unions&name=mine")
	wants(t, page, "1 watch<", "configured", "in the configuration", "It matches 1 article so far", "<mark>Unions</mark>", `value="mine"`)

	resp := n.post("/watches", url.Values{"name": {"mine"}, "q": {"unions"}})
	if resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d, want a redirect", resp.StatusCode)
	}
	_, page = n.get(resp.Header.Get("Location"))
	wants(t, page, "Saved mine.", `name="name" value="mine"`, "2 watches")

	if resp = n.post("/watches/remove", url.Values{"name": {"mine"}}); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("status %d, want a redirect", resp.StatusCode)
	}
	if status, page := read(t, n.post("/watches/remove", url.Values{"name": {"configured"}})); status != http.StatusBadRequest || !strings.Contains(page, "configuration file") {
		t.Errorf("status %d for a watch of the configuration", status)
	}
}

func TestBadWatchKeepsTheFormAndSaysWhy(t *testing.T) {
	n := newNewsroom(t)
	status, page := read(t, n.post("/watches", url.Values{"name": {"mine"}, "q": {"(unions"}}))
	if status != http.StatusBadRequest {
		t.Errorf("status %d, want 400", status)
	}
	wants(t, page, `value="(unions"`, `value="mine"`, "The query cannot be read.")
	if len(n.saved) != 1 {
		t.Error("it was saved")
	}
}

func TestSourcesShowWhatFails(t *testing.T) {
	_, page := newNewsroom(t).get("/sources")
	wants(t, page, "guardian", "05:40", "fine", "failed 3 times", "503 from &lt;b&gt;news.example&lt;/b&gt;", "paused", "never")
}

func TestLedgerCountsAndExplains(t *testing.T) {
	n := newNewsroom(t)
	n.outcome(copytaster.Outcome{URL: "https://news.example/a", State: copytaster.StateIndexed, Stage: "index", At: now(), ID: "abc"})
	n.outcome(copytaster.Outcome{URL: "https://news.example/b", State: copytaster.StateSkipped, Reason: "too short", Stage: "fetch", At: now()})
	_, page := n.get("/ledger?url=" + url.QueryEscape("https://news.example/b"))
	wants(t, page, "2 URLs ever discovered", "too short (1)", "<b>skipped</b>: too short", "fetch", "12", "Dead letters: 1")
	_, page = n.get("/ledger?state=indexed&url=nowhere")
	wants(t, page, "https://news.example/a", "Nothing is known of this address")
}

func TestAddTakesOnlyWebAddresses(t *testing.T) {
	n := newNewsroom(t)
	if resp := n.post("/add", url.Values{"url": {" https://news.example/x "}}); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("status %d", resp.StatusCode)
	}
	for _, bad := range []string{"", "/etc/passwd", "file:///etc/passwd", "javascript:alert(1)", "https://"} {
		if resp := n.post("/add", url.Values{"url": {bad}}); resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%q: status %d, want 400", bad, resp.StatusCode)
		}
	}
	if len(n.added) != 1 {
		t.Errorf("added %q", n.added)
	}
}

func TestPagesWithoutPartsAreNotServed(t *testing.T) {
	n := newNewsroom(t)
	n.handler, _ = New(Options{Index: n.index, Now: now, Zone: time.UTC})
	_, page := n.get("/")
	for _, part := range []string{"/watches", "/sources", "/ledger"} {
		if strings.Contains(page, part) {
			t.Errorf("the page links to %s", part)
		}
		if status, _ := n.get(part); status != http.StatusNotFound {
			t.Errorf("%s: status %d", part, status)
		}
	}
	for _, target := range []string{"/", "/search?q=a", "/healthz", "/readyz", "/metrics"} {
		if status, page := n.get(target); status != http.StatusOK {
			t.Errorf("%s: status %d: %s", target, status, page)
		}
	}
}
