// SPDX-License-Identifier: Apache-2.0

// Package querytest makes documents and queries that have much in common, for
// tests that compare a search engine with Query.Match. Equal seeds give equal
// results.
package querytest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/govalues/decimal"

	"github.com/copytaster/copytaster"
)

// Documents returns n valid documents with distinct ids.
func Documents(seed int64, n int) []*copytaster.Document {
	r := newRandom(seed, 1)
	out := make([]*copytaster.Document, n)
	for i := range out {
		out[i] = r.document(fmt.Sprintf("https://news.example/%d/%d", seed, i))
	}
	return out
}

// random draws what documents and queries are made of.
type random struct{ *rand.Rand }

func newRandom(seed int64, stream uint64) random {
	return random{rand.New(rand.NewPCG(uint64(seed), stream))}
}

// chance is true in percent cases of a hundred.
func (r random) chance(percent int) bool { return r.IntN(100) < percent }

func pick[T any](r random, list []T) T { return list[r.IntN(len(list))] }

func (r random) document(url string) *copytaster.Document {
	d := &copytaster.Document{Article: copytaster.Article{
		ID: copytaster.ArticleID(url), URL: url, Canonical: url, Kind: pick(r, kinds()), Language: pick(r, languages()),
		Published: r.date(), Fetched: r.moment().UTC().Truncate(time.Millisecond), Confidence: 1, Stripper: "test",
	}, Extractor: "test"}
	for range r.IntN(3) {
		d.Sources = append(d.Sources, pick(r, sources()))
	}
	for range r.IntN(3) {
		d.Byline = append(d.Byline, pick(r, authors()))
	}
	if !r.chance(5) {
		d.Title = r.title()
	}
	r.body(d)
	for range r.IntN(4) {
		d.Asides = append(d.Asides, r.aside(len(d.Text)))
	}
	for range r.IntN(3) {
		d.Contracts = append(d.Contracts, r.contract(d))
	}
	d.Hash = copytaster.ContentHash(&d.Article)
	return d
}

func (r random) title() string {
	parts := []string{pick(r, words()), pick(r, words()), pick(r, words())}
	if r.chance(40) {
		parts = append(parts, pick(r, phrases()))
	}
	if r.chance(40) {
		parts = append(parts, pick(r, pick(r, organisations()).surfaces)+"’s", pick(r, words()))
	}
	return strings.Join(parts, " ")
}

// moment is a time between November 2013 and April 2014, in one of two zones.
func (r random) moment() time.Time {
	zone := time.UTC
	if r.chance(50) {
		zone = time.FixedZone("", -5*60*60)
	}
	return time.Date(2013, 11, 1, 0, r.IntN(150*24*60), 0, 0, zone)
}

func (r random) date() copytaster.Date {
	t := r.moment()
	switch r.IntN(8) {
	case 0:
		return copytaster.Date{}
	case 1:
		return copytaster.Date{Time: time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC), Precision: copytaster.PrecisionYear, Origin: copytaster.OriginURL}
	case 2:
		return copytaster.Date{Time: time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC), Precision: copytaster.PrecisionMonth, Origin: copytaster.OriginURL}
	case 3:
		y, m, d := t.Date()
		return copytaster.Date{Time: time.Date(y, m, d, 0, 0, 0, 0, time.UTC), Precision: copytaster.PrecisionDay, Origin: copytaster.OriginMeta}
	}
	return copytaster.Date{Time: t, Precision: copytaster.PrecisionTime, Origin: copytaster.OriginJSONLD}
}

// writer puts a text together and notes where its organisations and figures
// stand.
type writer struct {
	strings.Builder
	mentions  []copytaster.Mention
	money     []copytaster.Money
	sentences []copytaster.Span
}

func (r random) body(d *copytaster.Document) {
	if r.chance(3) {
		return
	}
	var w writer
	for i := range 1 + r.IntN(6) {
		if i > 0 {
			w.WriteString(pick(r, []string{" ", "\n\n"}))
		}
		r.sentence(&w, copytaster.ZoneBody, true)
	}
	d.Text, d.Mentions, d.Money, d.Sentences = w.String(), w.mentions, w.money, w.sentences
}

func (r random) sentence(w *writer, zone copytaster.Zone, figures bool) {
	start := w.Len()
	for i := range 3 + r.IntN(6) {
		if i > 0 {
			w.WriteByte(' ')
		}
		switch n := r.IntN(100); {
		case n < 12:
			r.mention(w, zone)
		case n < 22 && figures:
			r.figure(w)
		case n < 30:
			w.WriteString(pick(r, phrases()))
		case n < 32:
			w.WriteString(pick(r, []string{"👍🏽", "–", "…", "(see p. 3)"}))
		default:
			w.WriteString(pick(r, words()))
		}
	}
	w.WriteByte('.')
	w.sentences = append(w.sentences, copytaster.Span{Start: start, End: w.Len()})
}

func (r random) mention(w *writer, zone copytaster.Zone) {
	o := pick(r, organisations())
	surface := pick(r, o.surfaces)
	m := copytaster.Mention{Surface: surface, Role: o.role, Zone: zone, Score: 1, Party: copytaster.Party{Entity: o.id, Name: o.name}}
	m.Start = w.Len()
	w.WriteString(surface)
	m.End = w.Len()
	if o.id != "" {
		m.Alias = surface
	}
	if zone == copytaster.ZoneBody && r.chance(50) {
		m.Zone = "" // the body is the default
	}
	w.mentions = append(w.mentions, m)
	w.WriteString(pick(r, []string{"", "", "'s", "’s", ",", "-run"}))
}

// figure writes a sum, a range, a rate or a vague figure.
func (r random) figure(w *writer) {
	amount := func(v int64) *copytaster.Decimal {
		d := decimal.MustNew(v*100+int64(r.IntN(2))*50, 2)
		return &d
	}
	low := pick(r, []int64{7, 25_000, 1_000_000, 5_000_000, 10_000_000, 12_000_000, 50_000_000, 500_000_000})
	m := copytaster.Money{Min: amount(low), Bound: copytaster.BoundExact, Zone: copytaster.ZoneBody, Currency: pick(r, []string{"GBP", "GBP", "EUR", "USD", ""})}
	switch r.IntN(8) {
	case 0:
		m.Bound, m.Max = copytaster.BoundRange, amount(low*2)
	case 1:
		m.Bound, m.Min, m.Max = copytaster.BoundUpTo, nil, m.Min
	case 2:
		m.Bound = copytaster.BoundMoreThan
	case 3:
		m.Vague, m.Min = true, nil
	case 4:
		m.Max, m.Per = m.Min, pick(r, []copytaster.Period{copytaster.PerYear, copytaster.PerHour})
	default:
		m.Max = m.Min
	}
	m.Surface = surfaceOf(m)
	m.Start = w.Len()
	w.WriteString(m.Surface)
	m.End = w.Len()
	w.money = append(w.money, m)
}

func surfaceOf(m copytaster.Money) string {
	marks := map[string]string{"GBP": "£", "EUR": "€", "USD": "$"}
	switch {
	case m.Vague:
		return "tens of millions"
	case m.Min == nil:
		return "up to " + marks[m.Currency] + m.Max.String()
	case m.Bound == copytaster.BoundRange:
		return marks[m.Currency] + m.Min.String() + "-" + m.Max.String()
	}
	return marks[m.Currency] + m.Min.String()
}

func (r random) aside(textLen int) copytaster.Aside {
	var w writer
	zone := pick(r, asideZones())
	r.sentence(&w, zone, false)
	a := copytaster.Aside{Zone: zone, Text: w.String(), Mentions: w.mentions, At: textLen}
	if zone == copytaster.ZoneComment {
		a.Author = "reader"
	}
	return a
}

func (r random) contract(d *copytaster.Document) copytaster.Contract {
	c := copytaster.Contract{Subject: pick(r, subjects()), Status: pick(r, copytaster.Statuses()[:6]), Score: 0.5}
	for _, o := range organisations() {
		party := copytaster.Party{Entity: o.id, Name: o.name}
		switch {
		case o.role == copytaster.RoleSupplier && r.chance(25):
			c.Suppliers = append(c.Suppliers, party)
		case o.role == copytaster.RoleBuyer && c.Buyer == (copytaster.Party{}) && r.chance(25):
			c.Buyer = party
		}
	}
	for _, m := range d.Money {
		if r.chance(50) {
			c.Values = append(c.Values, m)
		}
	}
	if len(d.Sentences) > 0 {
		c.Evidence = []copytaster.Span{pick(r, d.Sentences)}
	}
	return c
}
