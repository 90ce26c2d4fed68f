// SPDX-License-Identifier: Apache-2.0

package copytaster_test

import (
	"testing"
	"time"

	"github.com/govalues/decimal"

	"github.com/copytaster/copytaster"
)

// review is the document of most tests below.
func review() *copytaster.Document {
	amount := func(s string) *copytaster.Decimal {
		d := decimal.MustParse(s)
		return &d
	}
	atos := copytaster.Party{Entity: "atos", Name: "Atos SE"}
	dwp := copytaster.Party{Entity: "dwp", Name: "Department for Work and Pensions"}
	d := &copytaster.Document{Article: copytaster.Article{
		Canonical: "https://news.example/review", Title: "Ministers order review of Atos’s contracts",
		Text: "Atos's fit-for-work contracts face a review.\n\nThe DWP said the deal, worth more than £500m, would stay. " +
			"Northgate Widgets earns £7 an hour. Tens of millions more are unspent.",
		Kind: copytaster.KindNews, Sources: []string{"guardian", "BBC-News"}, Byline: []string{"By Ann O’Neill", "Bob Smith"}, Language: "en-GB",
		Published: copytaster.Date{Time: time.Date(2014, 2, 28, 23, 30, 0, 0, time.FixedZone("", -5*60*60)), Precision: copytaster.PrecisionTime},
		Fetched:   time.Date(2014, 3, 1, 4, 35, 0, 0, time.UTC),
		Asides: []copytaster.Aside{
			{Zone: copytaster.ZoneComment, Text: "Capita is next.", Mentions: []copytaster.Mention{
				{Span: span(0, 6), Party: copytaster.Party{Entity: "capita", Name: "Capita plc"}, Surface: "Capita", Role: copytaster.RoleSupplier, Zone: copytaster.ZoneComment}}},
			{Zone: copytaster.ZoneComment, Text: "What about prisons?"},
		},
	}}
	d.ID = copytaster.ArticleID(d.Canonical)
	d.Mentions = []copytaster.Mention{
		{Span: span(0, 4), Party: atos, Surface: "Atos", Alias: "Atos", Role: copytaster.RoleSupplier},
		{Span: find(d.Text, "DWP"), Party: dwp, Surface: "DWP", Alias: "DWP", Role: copytaster.RoleBuyer, Zone: copytaster.ZoneBody},
		{Span: find(d.Text, "Northgate Widgets"), Party: copytaster.Party{Name: "Northgate Widgets"}, Surface: "Northgate Widgets", Role: copytaster.RoleSupplier},
	}
	d.Money = []copytaster.Money{
		{Span: find(d.Text, "more than £500m"), Surface: "more than £500m", Min: amount("500000000"), Currency: "GBP", Bound: copytaster.BoundMoreThan},
		{Span: find(d.Text, "£7 an hour"), Surface: "£7 an hour", Min: amount("7"), Max: amount("7"), Currency: "GBP", Bound: copytaster.BoundExact, Per: copytaster.PerHour},
		{Span: find(d.Text, "Tens of millions"), Surface: "Tens of millions", Bound: copytaster.BoundApprox, Vague: true},
	}
	d.Contracts = []copytaster.Contract{
		{Suppliers: []copytaster.Party{atos}, Buyer: dwp, Subject: "work capability assessments", Values: d.Money[:1], Status: copytaster.StatusUnderReview,
			Evidence: []copytaster.Span{find(d.Text, "The DWP said the deal, worth more than £500m, would stay.")}},
		{Suppliers: []copytaster.Party{{Name: "Northgate Widgets"}}, Values: d.Money[1:2], Status: copytaster.StatusInForce,
			Evidence: []copytaster.Span{find(d.Text, "Northgate Widgets earns £7 an hour.")}},
	}
	d.Sentences = []copytaster.Span{find(d.Text, "Atos's fit-for-work contracts face a review."), d.Contracts[0].Evidence[0], d.Contracts[1].Evidence[0],
		find(d.Text, "Tens of millions more are unspent.")}
	return d
}

func TestMatch(t *testing.T) {
	view := copytaster.NewView(review())
	if err := view.Document().Validate(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		yes   []string // queries that match
		never []string // queries that do not
	}{
		{"everything", []string{""}, nil},
		{"words by stem", []string{"reviews", "contracting", "ministers", "minister's", "REVIEW"}, []string{"prison", "revi"}},
		{"quoted words exactly", []string{`"contracts"`, `"Review"`}, []string{`"contract"`, `"minister"`}},
		{"a query of negations", []string{"-prison", "-(a b c)"}, []string{"-review", "-(review OR prison)"}},
		{"phrases", []string{`"fit for work"`, "fit-for-work", "fit-for-works", `"review of Atos"`, `"atos fit for work"`}, []string{`"work for fit"`, `"fit work"`, `"review of the"`}},
		{"phrases within one text", nil, []string{`"atos contracts atos"`, `"contracts atos"`, `zone:comment "next what"`}},
		{"phrases across sentences and commas", []string{`"the deal worth"`, `"review the dwp"`}, nil},
		{"proximity in any order", []string{`"work atos"~3`, `"atos contracts"~3`, `"face fit"~3`, `body:"review atos"~6`}, []string{`body:"atos review"~5`, `"face fit"~2`}},
		{"prefixes of words, not of stems", []string{"contr*", "contracts*", "minist*", "O*"}, []string{"contracting*", "prison*", "contractss*"}},
		{"title and body alone", []string{"title:ministers", "body:northgate", "title:review body:review"}, []string{"body:ministers", "title:northgate"}},
		{"asides only on request", []string{"zone:comment capita", "zone:comment prisons", "zone:* capita"}, []string{"capita", "zone:related capita", "zone:comment atos"}},
		{"each aside for itself", []string{"zone:comment capita prisons"}, []string{`zone:comment "capita prisons"~30`}},
		{"asides in a zone", []string{"zone:comment", "-zone:jobs", "zone:*", "zone:body"}, []string{"zone:jobs"}},
		{"money's text is words too", []string{"£500m", `"500m"`}, []string{"£500"}},

		{"suppliers by id", []string{"supplier:atos", "supplier:*"}, []string{"supplier:dwp", "supplier:capita", "supplier:ato"}},
		{"suppliers by name, alias and surface", []string{`supplier:"Atos SE"`, `supplier:"ATOS"`, `supplier:"Northgate Widgets"`, "supplier:northgate-widgets"}, []string{"supplier:northgate"}},
		{"buyers", []string{"buyer:dwp", `buyer:"department for work & pensions"`, "buyer:*"}, []string{"buyer:atos", "buyer:moj"}},
		{"organisations of asides only on request", []string{"zone:comment supplier:capita", "zone:comment supplier:*"}, []string{"zone:comment supplier:atos", "zone:comment buyer:*"}},

		{"money by its stated number", []string{"money:500m", "money:>=500m", "money:<=500m", "money:>499m", "money:7", "money:5..10", "money:..7", "money:500m.."},
			[]string{"money:>500m", "money:8..499m", "money:<7", "money:501m.."}},
		{"vague money only by a star", []string{"money:*"}, []string{"money:>1m money:<400m currency:eur", "money:20m..90m"}},
		{"one figure", []string{"money:7 per:hour", "money:>=500m currency:gbp", "money:£7", "currency:* per:*"}, []string{"money:>=500m per:hour", "money:>1 currency:eur", "money:$7", "per:year"}},
		{"any figure by negation", []string{"money:>1m -per:year"}, []string{"money:>1m -per:hour", "-currency:gbp"}},

		{"one contract", []string{"contract:(supplier:atos money:>=500m)", "contract:(buyer:dwp status:under_review)", `contract:(supplier:"Northgate Widgets" per:hour)`, "contract:*",
			"contract:(-buyer:*)", "contract:(supplier:atos -money:7)", "contract:(subject:assessment)"},
			[]string{"contract:(supplier:atos money:7)", "contract:(buyer:dwp status:in_force)", "contract:(buyer:* per:hour)", "contract:(subject:* per:hour)", `contract:(subject:"capability work")`}},
		{"any contract outside the parentheses", []string{"status:in_force", "supplier:atos status:in_force", "subject:assessments", "subject:*", "status:*", `subject:"work capability"`}, []string{"status:cancelled", "subject:prison"}},

		{"kinds, sources and languages", []string{"kind:news", "source:guardian", "source:bbc-news", "language:en", "language:en-GB", "kind:*", "source:*", "language:*"},
			[]string{"kind:blog", "source:guard", "language:cy", "language:en-g", "language:en-us"}},
		{"authors by all words of a byline", []string{"author:oneill", `author:"Ann O'Neill"`, `author:"smith, bob"`, "author:*"}, []string{`author:"Ann Smith"`, "author:neill"}},

		{"published days as printed", []string{"published:2014-02-28", "published:2014-02", "published:2014", "published:..2014-02", "published:<2014-03", "published:*"},
			[]string{"published:2014-03", "published:>2014-02", "published:2013"}},
		{"fetched days in UTC", []string{"fetched:2014-03-01", "fetched:>2014-02", "fetched:*"}, []string{"fetched:2014-02", "fetched:2014-02-28"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, q := range tt.yes {
				if !copytaster.MustParseQuery(q).MatchView(view) {
					t.Errorf("%s does not match", q)
				}
			}
			for _, q := range tt.never {
				if copytaster.MustParseQuery(q).MatchView(view) {
					t.Errorf("%s matches", q)
				}
			}
		})
	}
}

func TestMatchOfHalfStatedAndUnknownDates(t *testing.T) {
	at := func(precision copytaster.Precision) *copytaster.Document {
		return &copytaster.Document{Article: copytaster.Article{
			Published: copytaster.Date{Time: time.Date(2014, 2, 1, 0, 0, 0, 0, time.UTC), Precision: precision}}}
	}
	for _, tt := range []struct {
		name, query string
		doc         *copytaster.Document
		want        bool
	}{
		{"a month holds each of its days", "published:2014-02-26", at(copytaster.PrecisionMonth), true},
		{"a month meets a range at its end", "published:2014-02-28..", at(copytaster.PrecisionMonth), true},
		{"a month holds no other day", "published:2014-03", at(copytaster.PrecisionMonth), false},
		{"a year holds each of its months", "published:2014-12", at(copytaster.PrecisionYear), true},
		{"a year holds no other year", "published:>2014", at(copytaster.PrecisionYear), false},
		{"a day is a day", "published:2014-02-02", at(copytaster.PrecisionDay), false},
		{"an unknown date never matches", "published:..2030", &copytaster.Document{}, false},
		{"not even a star", "published:*", &copytaster.Document{}, false},
		{"so its negation does", "-published:2014", &copytaster.Document{}, true},
		{"a fetch in another zone has its day in UTC", "fetched:2014-03-01", &copytaster.Document{Article: copytaster.Article{
			Fetched: time.Date(2014, 2, 28, 23, 0, 0, 0, time.FixedZone("", -5*60*60))}}, true},
		{"nor an unknown fetch", "fetched:*", &copytaster.Document{}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := copytaster.MustParseQuery(tt.query).Match(tt.doc); got != tt.want {
				t.Errorf("Match = %t, want %t", got, tt.want)
			}
		})
	}
}

func TestMatchOfAnEmptyDocument(t *testing.T) {
	for _, q := range []string{"a", `"a b"`, `"a b"~3`, "a*", "supplier:*", "money:*", "contract:*", "status:*", "subject:*", "kind:*", "source:*", "author:*", "language:*", "language:en", "zone:*"} {
		if copytaster.MustParseQuery(q).Match(&copytaster.Document{}) {
			t.Errorf("%s matches an empty document", q)
		}
	}
}

func TestResolvedIdsMatch(t *testing.T) {
	q := copytaster.MustParseQuery(`supplier:"Atos Origin" -buyer:"DSS"`)
	if q.Match(review()) {
		t.Error("a name that the document does not have matches")
	}
	bound, _ := q.Resolve(func(role copytaster.Role, name string) []string {
		if role == copytaster.RoleSupplier {
			return []string{"atos"}
		}
		return nil
	})
	if !bound.Match(review()) {
		t.Error("the id that the name stands for does not match")
	}
	both, _ := q.Resolve(func(copytaster.Role, string) []string { return []string{"atos", "dwp"} })
	if both.Match(review()) {
		t.Error("the id behind a negation matches")
	}
}
