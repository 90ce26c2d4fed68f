// SPDX-License-Identifier: Apache-2.0

package indextest

import (
	"strings"
	"time"

	"github.com/govalues/decimal"

	"github.com/copytaster/copytaster"
)

// The corpus is written for the suite; all its organisations' deeds are invented.

// fetched is when the first document of the corpus came in.
var fetched = time.Date(2014, 3, 1, 9, 0, 0, 0, time.UTC)

// document is a small valid document. n tells apart when it was fetched.
func document(id string, n int, title, text string) *copytaster.Document {
	d := new(copytaster.Document)
	d.ID, d.Title, d.Text = id, title, text
	d.URL = "https://news.example/" + id
	d.Canonical = d.URL
	d.Fetched = fetched.Add(time.Duration(n) * time.Minute)
	d.Hash = "hash-" + id
	return d
}

func day(year int, month time.Month, day int) copytaster.Date {
	return copytaster.Date{Time: time.Date(year, month, day, 0, 0, 0, 0, time.UTC), Precision: copytaster.PrecisionDay, Origin: copytaster.OriginMeta}
}

// mention tags the first place of surface in a text.
func mention(text, surface string, role copytaster.Role, p copytaster.Party) copytaster.Mention {
	return copytaster.Mention{Span: spanOf(text, surface), Party: p, Surface: surface, Role: role, Score: 1}
}

func spanOf(text, surface string) copytaster.Span {
	at := strings.Index(text, surface)
	return copytaster.Span{Start: at, End: at + len(surface)}
}

// figure tags the first place of surface, a sum from min to max whole pounds;
// a negative end is none.
func figure(text, surface string, min, max int64) copytaster.Money {
	m := copytaster.Money{Span: spanOf(text, surface), Surface: surface, Currency: "GBP", Bound: copytaster.BoundExact}
	m.Min, m.Max = amount(min), amount(max)
	m.Vague = m.Min == nil && m.Max == nil
	return m
}

func amount(n int64) *copytaster.Decimal {
	if n < 0 {
		return nil
	}
	d := decimal.MustNew(n, 0)
	return &d
}

var (
	capita = copytaster.Party{Entity: "capita", Name: "Capita plc"}
	serco  = copytaster.Party{Entity: "serco", Name: "Serco Group"}
	atos   = copytaster.Party{Entity: "atos", Name: "Atos"}
	barnet = copytaster.Party{Entity: "barnet-council", Name: "Barnet Council"}
	dwp    = copytaster.Party{Entity: "dwp", Name: "Department for Work and Pensions"}
	newco  = copytaster.Party{Name: "Brightwater Ltd"} // discovered: no id
)

// corpus returns the documents of the suite, new ones at each call.
func corpus() []*copytaster.Document {
	return []*copytaster.Document{payroll(), tagging(), assessments(), cafe(), yearbook(), bare()}
}

func payroll() *copytaster.Document {
	d := document("payroll", 0, "Capita wins council's payroll deal", "Capita won a £12m contract with Barnet Council to run the payroll.\n\nIt pays from £25,000 to £35,000 a year.")
	d.Kind, d.Language, d.Country = copytaster.KindNews, "en-GB", "GB"
	d.Sources, d.Byline = []string{"local-post", "wire"}, []string{"Jane O'Neill", "Ravi Shah"}
	d.Published = day(2014, 2, 26)
	d.Mentions = []copytaster.Mention{
		mention(d.Text, "Capita", copytaster.RoleSupplier, capita),
		mention(d.Text, "Barnet Council", copytaster.RoleBuyer, barnet),
	}
	pay := figure(d.Text, "from £25,000 to £35,000 a year", 25_000, 35_000)
	pay.Per, pay.Bound = copytaster.PerYear, copytaster.BoundRange
	d.Money = []copytaster.Money{figure(d.Text, "£12m", 12_000_000, 12_000_000), pay}
	d.Contracts = []copytaster.Contract{{
		Suppliers: []copytaster.Party{capita}, Buyer: barnet, Subject: "running the payroll", Values: d.Money[:1],
		Status: copytaster.StatusAwarded, Evidence: []copytaster.Span{{Start: 0, End: 66}}, Score: 0.9,
	}}
	d.Sentences = []copytaster.Span{{Start: 0, End: 67}}
	return d
}

func tagging() *copytaster.Document {
	d := document("tagging", 1, "Serco under review over tagging", "Ministers are reviewing Serco's tagging contract, worth tens of millions. Brightwater Ltd may bid.")
	d.Kind, d.Language, d.Sources = copytaster.KindBlog, "en", []string{"wire"}
	d.Published = copytaster.Date{Time: time.Date(2014, 3, 1, 0, 0, 0, 0, time.UTC), Precision: copytaster.PrecisionMonth, Origin: copytaster.OriginText}
	d.Mentions = []copytaster.Mention{
		mention(d.Text, "Serco", copytaster.RoleSupplier, serco),
		mention(d.Text, "Brightwater Ltd", copytaster.RoleSupplier, newco),
	}
	d.Money = []copytaster.Money{figure(d.Text, "tens of millions", -1, -1)}
	d.Contracts = []copytaster.Contract{{Suppliers: []copytaster.Party{serco}, Subject: "tagging", Status: copytaster.StatusUnderReview, Score: 0.7}}
	first := copytaster.Aside{Zone: copytaster.ZoneComment, Text: "Capita was no better at the fit", Author: "reader one"}
	first.Mentions = []copytaster.Mention{mention(first.Text, "Capita", copytaster.RoleSupplier, capita)}
	second := copytaster.Aside{Zone: copytaster.ZoneComment, Text: "for work, I say", Author: "reader two", At: 12}
	related := copytaster.Aside{Zone: copytaster.ZoneRelated, Text: "Weather: a warm weekend"}
	d.Asides = []copytaster.Aside{first, second, related}
	return d
}

func assessments() *copytaster.Document {
	d := document("assessments", 2, "Fit-for-work tests: Atos to leave early", "Atos's tests of who is fit for work cost more than £500m.\n\nThe DWP will pay Serco up to £10m for a helpline, at £7 per hour.")
	d.Kind, d.Language, d.Sources = copytaster.KindNews, "en-GB", []string{"guardian"}
	d.Byline = []string{"Jane Roe"}
	d.Mentions = []copytaster.Mention{
		mention(d.Text, "Atos", copytaster.RoleSupplier, atos),
		mention(d.Text, "DWP", copytaster.RoleBuyer, dwp),
		mention(d.Text, "Serco", copytaster.RoleSupplier, serco),
	}
	rate := figure(d.Text, "£7 per hour", 7, 7)
	rate.Per = copytaster.PerHour
	d.Money = []copytaster.Money{figure(d.Text, "more than £500m", 500_000_000, -1), figure(d.Text, "up to £10m", -1, 10_000_000), rate}
	d.Contracts = []copytaster.Contract{
		{Suppliers: []copytaster.Party{atos}, Buyer: dwp, Subject: "work capability tests", Values: d.Money[:1], Status: copytaster.StatusExiting, Score: 0.9},
		{Suppliers: []copytaster.Party{serco}, Buyer: dwp, Subject: "a helpline", Values: d.Money[1:2], Status: copytaster.StatusAwarded, Score: 0.6},
	}
	return d
}

func cafe() *copytaster.Document {
	d := document("cafe", 3, "Un café à Besançon", "Straße, naïve ﬁnance, O’Brien, 東京都 и Ёлка: $3m and €4.5m.\n\n😀 The U.K. budget of 500,000.")
	d.Kind, d.Language, d.Sources = copytaster.KindOpinion, "fr", []string{"guardian"}
	d.Published = copytaster.Date{Time: time.Date(2014, 2, 26, 1, 0, 0, 0, time.FixedZone("", 10*3600)), Precision: copytaster.PrecisionTime, Origin: copytaster.OriginJSONLD}
	dollars, euros := figure(d.Text, "$3m", 3_000_000, 3_000_000), figure(d.Text, "€4.5m", 4_500_000, 4_500_000)
	dollars.Currency, euros.Currency = "", "EUR"
	d.Money = []copytaster.Money{dollars, euros}
	return d
}

func yearbook() *copytaster.Document {
	d := document("yearbook", 4, "Annual report", "The council ran its payroll with nobody's help. Work was fit, for all.")
	d.Kind, d.Sources = copytaster.KindReport, []string{"local-post"}
	d.Published = copytaster.Date{Time: time.Date(2013, 1, 1, 0, 0, 0, 0, time.UTC), Precision: copytaster.PrecisionYear, Origin: copytaster.OriginText}
	return d
}

// bare is all that a document must have.
func bare() *copytaster.Document { return document("bare", 5, "", "") }
