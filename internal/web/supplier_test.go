// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/contracts"
)

// Decisions implements Reviewer.
func (n *newsroom) Decisions(context.Context) ([]copytaster.Decision, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.decided), nil
}

// Decide implements Reviewer.
func (n *newsroom) Decide(_ context.Context, name string, v copytaster.Verdict) (copytaster.Decision, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	d := copytaster.Decision{Name: name, Verdict: v, At: now()}
	if v == copytaster.VerdictAccepted {
		d.ID = strings.ToLower(strings.ReplaceAll(name, " ", "-"))
	}
	n.decided = slices.DeleteFunc(n.decided, func(o copytaster.Decision) bool { return o.Name == name })
	switch v {
	case copytaster.VerdictAccepted, copytaster.VerdictRejected:
		n.decided = append(n.decided, d)
	case copytaster.VerdictOpen:
	default:
		return d, errors.New("there is no such verdict")
	}
	return d, nil
}

// identifiers are those of the list.
func identifiers() (contracts.Identify, error) {
	return func(entity string) []string { return map[string][]string{"atos": {"GB-COH:07"}}[entity] }, nil
}

// valued is testArticle with another value, subject and buyer of its contract.
func valued(n int, millions int64, subject, buyer string) *copytaster.Document {
	d := testArticle(n)
	amount := decimal.MustNew(millions*1000000, 0)
	d.Contracts[0].Values[0].Min = &amount
	d.Contracts[0].Subject = subject
	d.Contracts[0].Buyer = copytaster.Party{Entity: buyer, Name: strings.ToUpper(buyer)}
	return d
}

// discovered is testArticle with a supplier that no list has.
func discovered(n int, name string) *copytaster.Document {
	d := testArticle(n)
	d.Mentions[0].Party, d.Mentions[0].Surface = copytaster.Party{Name: name}, name
	d.Contracts[0].Suppliers = []copytaster.Party{{Name: name}}
	return d
}

func TestTheSupplierPagePutsConflictsSideBySide(t *testing.T) {
	n := newNewsroom(t, valued(1, 500, "disability assessments", "dwp"), valued(30, 400, "assessments of disability", "dwp"),
		valued(50, 400, "", "dwp"), valued(60, 90, "prison kitchens", "moj"), discovered(2, "Kestrel Health"))
	status, page := n.get("/supplier/atos")
	if status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	wants(t, page, "<bdi>Atos</bdi>", "4 articles", "state different values", "more than £500m", "more than £400m", "and 1 more",
		"more than £90m", "prison kitchens", "Ministers are reviewing a deal", "/api/v1/contracts?format=csv&amp;supplier=atos")
	if got := strings.Count(page, `<article class="deal">`); got != 2 {
		t.Errorf("%d contracts, want 2", got)
	}
	if strings.Count(page, "state different values") != 1 {
		t.Error("the contract that all agree on is marked as in conflict")
	}
	if a, b := strings.Index(page, "(1)"), strings.Index(page, "(50)"); a < 0 || b < a {
		t.Error("the newest claim is not first")
	}
	if strings.Contains(page, "Kestrel") {
		t.Error("another supplier's contract is shown")
	}
	t.Run("coverage is drawn by month", func(t *testing.T) {
		wants(t, page, "<svg", `role="img"`, "<title>March 2014: 4 articles</title>")
		if strings.Contains(page, "style=") {
			t.Error("a style attribute is refused by the policy")
		}
	})
}

func TestTheSupplierPageOfADiscoveredOneAndOfNone(t *testing.T) {
	n := newNewsroom(t, discovered(1, "Kestrel & Sons / Health"))
	status, page := n.get(supplierLink("Kestrel & Sons / Health"))
	if status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	wants(t, page, "on no list", "Kestrel &amp; Sons / Health", "1 article")
	for path, want := range map[string]int{"/supplier/nobody": http.StatusNotFound, "/supplier/atos": http.StatusOK, "/supplier/%22%29%28": http.StatusNotFound, "/supplier/atos?after=x": http.StatusBadRequest} {
		if got, page := n.get(path); got != want {
			t.Errorf("%s: status %d, want %d\n%s", path, got, want, mainPart(page))
		}
	}
}

func TestSuppliersOfAPeriod(t *testing.T) {
	old := valued(24*20, 900, "prison kitchens", "moj") // twenty days ago
	dollars := valued(3, 20, "prison kitchens", "moj")
	dollars.Contracts[0].Values[0].Currency = "USD"
	n := newNewsroom(t, valued(1, 500, "assessments", "dwp"), valued(2, 10, "", "dwp"), dollars, old, discovered(4, "Kestrel Health"))
	rows := func(path string) []string {
		t.Helper()
		_, page := n.get(path)
		page, _, _ = strings.Cut(page, "</table>")
		var out []string
		for _, row := range strings.Split(page, "<tr>")[1:] {
			out = append(out, strings.Join(strings.Fields(tagless(row)), " "))
		}
		return out[1:]
	}
	week := []string{"Atos 3 3 more than $20m more than £500m", "Kestrel Health 1 1 more than £500m"}
	if d := cmp.Diff(week, rows("/suppliers?days=7")); d != "" {
		t.Errorf("week (-want +got)\n%s", d)
	}
	month := []string{"Atos 4 4 more than $20m more than £900m", "Kestrel Health 1 1 more than £500m"}
	for _, path := range []string{"/suppliers", "/suppliers?days=0", "/suppliers?days=nonsense"} {
		if d := cmp.Diff(month, rows(path)); d != "" {
			t.Errorf("%s (-want +got)\n%s", path, d)
		}
	}
	_, page := n.get("/suppliers")
	wants(t, page, `href="/supplier/kestrel%20health"`, `<option value="30" selected>`, "/review")
}

// tagless is a piece of a page without its tags.
func tagless(s string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(s, "<") {
		_, text, _ := strings.Cut(part, ">")
		b.WriteString(" " + text)
	}
	return b.String()
}

func TestReviewAcceptsAndRejects(t *testing.T) {
	n := newNewsroom(t, discovered(1, "Kestrel Health"), discovered(2, "Kestrel Health"), discovered(3, "The Crown"), testArticle(4))
	_, page := n.get("/review")
	wants(t, page, "Kestrel Health", "2 articles, 2 mentions", "The Crown", "latest 4 articles", "<mark>Atos</mark>")
	if strings.Index(page, "The Crown") < strings.Index(page, "Kestrel") {
		t.Error("the name that most articles have is not first")
	}
	post := func(name, verdict string) *http.Response {
		return n.post("/review", url.Values{"name": {name}, "verdict": {verdict}})
	}
	if resp := post("Kestrel Health", "accepted"); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d", resp.StatusCode)
	}
	post("The Crown", "rejected")
	_, page = n.get("/review?done=accepted&name=Kestrel+Health")
	wants(t, page, "Kestrel Health is on the newsroom", "Nothing is left to decide", `<a href="/supplier/kestrel-health">`, "rejected")
	post("The Crown", "open")
	_, page = n.get("/review?done=open&name=The+Crown")
	wants(t, page, "Nothing is decided of The Crown any more", "1 article, 1 mention")
	if status, page := read(t, post("The Crown", "maybe")); status != http.StatusBadRequest || !strings.Contains(page, "no such verdict") {
		t.Errorf("a verdict that is none: %d", status)
	}
	if resp := n.do("POST", "/review", strings.NewReader("name=x&verdict=rejected"), "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "cross-site"); resp.StatusCode != http.StatusForbidden {
		t.Errorf("another site may decide: %d", resp.StatusCode)
	}
}

func TestContractsAreExportedOfOneSupplierOrOfAQuery(t *testing.T) {
	d := valued(1, 500, "assessments", "dwp")
	other := d.Contracts[0]
	other.Suppliers = []copytaster.Party{{Name: "Kestrel Health"}}
	d.Contracts = append(d.Contracts, other)
	n := newNewsroom(t, d, testArticle(2))
	for path, want := range map[string]int{"/api/v1/contracts?supplier=atos": 3, "/api/v1/contracts?supplier=Kestrel+Health": 2, "/api/v1/contracts?q=unions": 4, "/api/v1/contracts?supplier=atos&q=nowhere": 1} {
		_, body := n.get(path)
		rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
		if err != nil || len(rows) != want {
			t.Errorf("%s: %d lines, want %d: %v", path, len(rows), want, err)
		}
	}
	_, body := n.get("/api/v1/contracts?format=ocds&supplier=atos")
	var p struct{ Releases []map[string]any }
	if err := json.Unmarshal([]byte(body), &p); err != nil || len(p.Releases) != 2 || !strings.Contains(body, `{"scheme":"GB-COH","id":"07"}`) {
		t.Errorf("%d releases: %v\n%s", len(p.Releases), err, body)
	}
	for _, path := range []string{"/api/v1/contracts?format=xml", "/api/v1/contracts?q=((", `/api/v1/contracts?supplier=")+OR+(`} {
		if status, body := n.get(path); status != http.StatusBadRequest && strings.Count(body, "\n") > 1 {
			t.Errorf("%s: status %d\n%s", path, status, body)
		}
	}
}

func TestALifeIsToldAsPreciselyAsTheCopyDoes(t *testing.T) {
	day := func(text string, p copytaster.Precision) copytaster.Date {
		at, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return copytaster.Date{Time: at, Precision: p}
	}
	april, year := day("2031-04-02", copytaster.PrecisionDay), day("2035-01-01", copytaster.PrecisionYear)
	for want, c := range map[string]copytaster.Contract{
		"":                             {},
		"from 2 April 2031":            {Start: april},
		"until 2035":                   {End: year},
		"from 2 April 2031 until 2035": {Start: april, End: year},
	} {
		if got := lifeText(&c); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestTheChartHasGapsAndABound(t *testing.T) {
	if newChart(nil) != nil || newChart([]index.Bucket{{Value: "odd", Count: 3}}) != nil {
		t.Error("a chart of nothing")
	}
	c := newChart([]index.Bucket{{Value: "2014-03", Count: 4}, {Value: "2013-12", Count: 1}})
	var got []string
	for _, b := range c.Bars {
		got = append(got, b.Title)
		if b.Y+b.Height != chartHeight {
			t.Errorf("%s does not stand on the ground: %+v", b.Title, b)
		}
	}
	if d := cmp.Diff([]string{"December 2013: 1 article", "January 2014: 0 articles", "February 2014: 0 articles", "March 2014: 4 articles"}, got); d != "" {
		t.Error(d)
	}
	if c.Bars[3].Height != chartHeight || c.Bars[1].Height != 0 || c.Bars[0].Height != chartHeight/4 {
		t.Errorf("heights: %+v", c.Bars)
	}
	if !strings.Contains(c.Label, "5 in all, most in March 2014 (4)") {
		t.Errorf("label %q", c.Label)
	}
	long := newChart([]index.Bucket{{Value: "1821-05", Count: 1}, {Value: "2014-03", Count: 4}})
	if len(long.Bars) != chartMonths || long.Last != "March 2014" {
		t.Errorf("%d bars up to %s", len(long.Bars), long.Last)
	}
}

func TestClaimsOnOneContractArePutTogether(t *testing.T) {
	var b dealBook
	for i, c := range []struct{ buyer, subject string }{{"dwp", "disability assessments"}, {"dwp", "assessments"}, {"dwp", "office cleaning"},
		{"dwp", ""}, {"moj", "disability assessments"}, {"", "kitchens"}, {"", "kitchens"}} {
		d := valued(i+1, 500, c.subject, c.buyer)
		b.add(d, &d.Contracts[0])
	}
	var got []string
	for _, d := range b.deals {
		got = append(got, strings.Join([]string{d.key, d.Subject, strings.Repeat("*", len(d.Claims))}, "|"))
	}
	if d := cmp.Diff([]string{"dwp|disability assessments|***", "dwp|office cleaning|*", "moj|disability assessments|*", "|kitchens|*", "|kitchens|*"}, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestPeriodsAreOfTheNewsroomsDays(t *testing.T) {
	s := newServer(Options{Now: func() time.Time { return time.Date(2014, 3, 1, 23, 30, 0, 0, time.UTC) }, Zone: time.FixedZone("", 3600)})
	for days, want := range map[int]string{0: "", 1: "published:2014-03-02..2014-03-02", 7: "published:2014-02-24..2014-03-02"} {
		if got := s.period(days); got != want {
			t.Errorf("period(%d) = %q, want %q", days, got, want)
		}
	}
}
