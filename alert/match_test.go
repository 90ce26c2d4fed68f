// SPDX-License-Identifier: Apache-2.0

package alert_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"
)

const story = "Ministers are reviewing a deal worth more than £500m with Atos.\n\n" +
	"The Cabinet Office declined to comment. Unions welcomed the move."

// document is an article with one supplier, one buyer, one figure, one contract
// and a comment.
func document() *copytaster.Document {
	span := func(s string) copytaster.Span {
		at := strings.Index(story, s)
		return copytaster.Span{Start: at, End: at + len(s)}
	}
	amount := decimal.MustNew(500000000, 0)
	money := copytaster.Money{Span: span("£500m"), Surface: "£500m", Min: &amount, Currency: "GBP", Bound: copytaster.BoundMoreThan}
	first, _, _ := strings.Cut(story, "\n\n")
	d := &copytaster.Document{
		Article: copytaster.Article{
			ID: "k3jq5w2h7a", URL: "https://news.example.org/contract", Canonical: "https://news.example.org/contract",
			Sources: []string{"example"}, Kind: copytaster.KindNews, Title: "Assessment deal under review", Text: story,
			Fetched: time.Date(2014, 3, 27, 6, 40, 0, 0, time.UTC), Generation: 1,
			Asides: []copytaster.Aside{{Zone: copytaster.ZoneComment, Text: "Capita and Atos are the same, says a reader.", At: len(story),
				Mentions: []copytaster.Mention{{Span: copytaster.Span{Start: 0, End: 6}, Party: copytaster.Party{Entity: "capita", Name: "Capita"}, Surface: "Capita", Role: copytaster.RoleSupplier, Zone: copytaster.ZoneComment, Score: 1},
					{Span: copytaster.Span{Start: 11, End: 15}, Party: copytaster.Party{Entity: "atos", Name: "Atos"}, Surface: "Atos", Role: copytaster.RoleSupplier, Zone: copytaster.ZoneComment, Score: 1}}}},
		},
		Mentions: []copytaster.Mention{
			{Span: span("Atos"), Party: copytaster.Party{Entity: "atos", Name: "Atos"}, Surface: "Atos", Role: copytaster.RoleSupplier, Zone: copytaster.ZoneBody, Score: 1},
			{Span: span("Cabinet Office"), Party: copytaster.Party{Entity: "cabinet-office", Name: "Cabinet Office"}, Surface: "Cabinet Office", Role: copytaster.RoleBuyer, Zone: copytaster.ZoneBody, Score: 1},
		},
		Money:     []copytaster.Money{money},
		Sentences: []copytaster.Span{span(first), span("The Cabinet Office declined to comment."), span("Unions welcomed the move.")},
	}
	d.Contracts = []copytaster.Contract{{Suppliers: []copytaster.Party{d.Mentions[0].Party}, Buyer: d.Mentions[1].Party,
		Values: []copytaster.Money{money}, Status: copytaster.StatusUnderReview, Evidence: []copytaster.Span{span(first)}, Score: 0.9}}
	return d
}

func matcher(t testing.TB, queries ...string) *alert.Matcher {
	t.Helper()
	var watches []copytaster.Watch
	for i, q := range queries {
		watches = append(watches, copytaster.Watch{Name: fmt.Sprintf("w%d", i), Query: q})
	}
	m, err := alert.NewMatcher(watches, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMatcherRings(t *testing.T) {
	tests := []struct {
		query string
		want  bool
	}{
		{"supplier:atos", true},
		{"supplier:capita", false},                         // a reader named it
		{"capita", false},                                  // so did the text of the comment
		{"supplier:atos -capita", true},                    // and a comment forbids nothing
		{"assessment", true},                               // the title
		{"title:review", true},                             //
		{"reviewing unions", true},                         //
		{"contract:(supplier:atos money:>=500m)", true},    //
		{"contract:(supplier:atos money:>1bn)", false},     //
		{"money:>100m currency:gbp", true},                 //
		{"status:under_review buyer:cabinet-office", true}, //
		{"kind:opinion atos", false},                       //
		{"-kind:opinion", true},                            //
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			if got := len(matcher(t, tt.query).Match(document())) == 1; got != tt.want {
				t.Errorf("rang: %v, want %v", got, tt.want)
			}
		})
	}
}

func TestAlertCarriesTheEvidence(t *testing.T) {
	watches := []copytaster.Watch{{Name: "atos-watch", Query: "supplier:atos money:>100m", Channels: []string{"desk"}}}
	m, err := alert.NewMatcher(watches, nil)
	if err != nil {
		t.Fatal(err)
	}
	alerts := m.Match(document())
	if len(alerts) != 1 {
		t.Fatalf("%d alerts, want 1", len(alerts))
	}
	a := alerts[0]
	d := document()
	head := copytaster.Alert{ID: "atos-watch.k3jq5w2h7a", Watch: "atos-watch", Query: "supplier:atos money:>100m", Channels: []string{"desk"},
		Article: d.ID, Version: d.Version(), URL: d.URL, Title: d.Title, Sources: d.Sources, Fetched: d.Fetched, Evidence: a.Evidence, Also: a.Also}
	if diff := cmp.Diff(head, *a); diff != "" {
		t.Error(diff)
	}
	if want, _, _ := strings.Cut(story, "\n\n"); a.Evidence.Sentence != want || a.Evidence.Of(story) != want {
		t.Errorf("evidence %q at %+v, want %q", a.Evidence.Sentence, a.Evidence.Span, want)
	}
	var marked []string
	for _, s := range a.Evidence.Marks {
		marked = append(marked, s.Of(a.Evidence.Sentence))
	}
	if !slices.Contains(marked, "Atos") {
		t.Errorf("marks %q, want Atos among them", marked)
	}
	if diff := cmp.Diff([]string{"Atos", "more than £500m", "under review"}, a.Evidence.Tags()); diff != "" {
		t.Error(diff)
	}
	if a.Also[copytaster.ZoneComment] == 0 {
		t.Errorf("also %v, want what the comment says", a.Also)
	}
}

func TestQuietMentionsDoNotRing(t *testing.T) {
	quiet := document()
	quiet.Mentions[0].Quiet = true
	both := document()
	both.Mentions = append([]copytaster.Mention{quiet.Mentions[0]}, both.Mentions...)
	tests := []struct {
		name  string
		query string
		doc   *copytaster.Document
		want  bool
	}{
		{"only quiet", "supplier:atos", quiet, false},
		{"only quiet, any supplier", "supplier:*", quiet, false},
		{"quiet and loud", "supplier:atos", both, true},
		{"another organisation is loud", "buyer:cabinet-office", quiet, true},
		{"the words themselves are asked for", "reviewing", quiet, true},
		{"a negation heeds the quiet one", "unions -supplier:atos", quiet, false},
		{"either", "supplier:atos OR unions", quiet, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, _ := json.Marshal(tt.doc)
			if got := len(matcher(t, tt.query).Match(tt.doc)) == 1; got != tt.want {
				t.Errorf("rang: %v, want %v", got, tt.want)
			}
			if after, _ := json.Marshal(tt.doc); string(after) != string(before) {
				t.Error("Match changed the document")
			}
		})
	}
}

func TestMatcherResolvesNamesAndTellsUnknownOnes(t *testing.T) {
	names := func(role copytaster.Role, name string) []string {
		if role == copytaster.RoleSupplier && name == "the assessors" {
			return []string{"atos"}
		}
		return nil
	}
	m, err := alert.NewMatcher([]copytaster.Watch{
		{Name: "known", Query: `supplier:"the assessors"`}, {Name: "unknown", Query: `buyer:nobody`},
	}, names)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Match(document()); len(got) != 1 || got[0].Watch != "known" {
		t.Errorf("alerts %v", got)
	}
	if got := m.Notices(); len(got) != 1 || !strings.HasPrefix(got[0], "watch unknown: ") {
		t.Errorf("notices %q", got)
	}
}

func TestPausedWatchesAreCheckedAndSilent(t *testing.T) {
	m, err := alert.NewMatcher([]copytaster.Watch{{Name: "a", Query: "atos", Paused: true}}, nil)
	if err != nil || m.Len() != 0 || len(m.Match(document())) != 0 {
		t.Errorf("%d watches (%v)", m.Len(), err)
	}
	if _, err := alert.NewMatcher([]copytaster.Watch{{Name: "a", Query: "(", Paused: true}}, nil); err == nil {
		t.Error("a bad query was taken because it is paused")
	}
}

func TestNewMatcherListsEveryBadWatch(t *testing.T) {
	_, err := alert.NewMatcher([]copytaster.Watch{
		{Name: "Bad Name", Query: "atos"}, {Name: "parens", Query: "(atos"}, {Name: "twice", Query: "a"}, {Name: "twice", Query: "b"},
		{Name: "empty", Query: " "}, {Name: "comments", Query: "atos zone:comment capita"}, {Name: "either", Query: "a OR (b zone:jobs)"}, {Name: "good", Query: "atos"},
	}, nil)
	for _, want := range []string{`"Bad Name": a name is`, `"parens"`, `"twice": there are two`, `"empty": the query is empty`, `"comments": it asks for comment`, `"either": it asks for jobs`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %s", err, want)
		}
	}
	if err != nil && strings.Contains(err.Error(), "good") {
		t.Errorf("a good watch is blamed: %v", err)
	}
}

func TestCheckWatch(t *testing.T) {
	for query, ok := range map[string]bool{"supplier:atos": true, "zone:body atos": true, "": false, "zone:comment": false, "status:done": false} {
		if err := alert.CheckWatch(copytaster.Watch{Name: "a", Query: query}); (err == nil) != ok {
			t.Errorf("%q: %v", query, err)
		}
	}
}

func TestMatchIsSafeForConcurrentUse(t *testing.T) {
	m := matcher(t, "supplier:atos", "unions", "money:>1m")
	done := make(chan int)
	for range 8 {
		go func() { done <- len(m.Match(document())) }()
	}
	for range 8 {
		if n := <-done; n != 3 {
			t.Errorf("%d alerts, want 3", n)
		}
	}
}

// BenchmarkMatch is one document of news length against watches of the usual
// sorts, of which a few in a thousand match.
func BenchmarkMatch(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		b.Run(fmt.Sprintf("%d watches", n), func(b *testing.B) {
			var queries []string
			for i := range n {
				queries = append(queries, []string{
					fmt.Sprintf("supplier:firm-%d money:>10m", i), fmt.Sprintf(`"contract number %d" atos`, i), fmt.Sprintf("contract:(supplier:firm-%d status:awarded)", i),
					fmt.Sprintf("(outsourcing OR privatisation) town%d -sport", i), fmt.Sprintf("council%d* buyer:dwp", i),
				}[i%5])
			}
			queries[0] = "supplier:atos"
			m := matcher(b, queries...)
			d := document()
			d.Text += strings.Repeat("\n\nThe company said the contract number was not known to the council.", 50)
			b.ReportAllocs()
			for b.Loop() {
				if len(m.Match(d)) != 1 {
					b.Fatal("want one alert")
				}
			}
		})
	}
}
