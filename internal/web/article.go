// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/copytaster/copytaster"
)

// articleData is one article with all that was found in it.
type articleData struct {
	Doc       *copytaster.Document
	Link      string // to the publisher; "" for a file
	Host      string
	Published string // with its origin
	Modified  string
	TitleRuns []piece
	Body      [][]piece
	Asides    []asideGroup
	Chips     []chip
	Contracts []contractRow
	Money     []moneyRow
	Revisions []revision
	Old       bool // not the newest revision
	Changes   []change
	Rang      []string
	Words     int
}

// asideGroup is the asides of one zone, folded.
type asideGroup struct {
	Zone   copytaster.Zone
	Title  string
	Asides []asideText
}

type asideText struct {
	Author, Published string
	Body              [][]piece
}

// contractRow is a line of the table of contracts.
type contractRow struct {
	Suppliers, Buyer, Subject, Status, Term string
	Values                                  []string
	Evidence                                []string
}

type moneyRow struct {
	Surface, Title string
	Zone           copytaster.Zone
}

// revision is one state of the article.
type revision struct {
	Link    string
	Doc     *copytaster.Document
	Current bool
}

func (s *server) article(r *http.Request) (view, error) {
	ctx, id := r.Context(), r.PathValue("id")
	d, err := s.Index.Get(ctx, id)
	if err != nil {
		return view{}, err
	}
	all, err := s.Index.Revisions(ctx, id)
	if err != nil {
		return view{}, err
	}
	shown, old := pick(all, d, r.FormValue("version"))
	if shown == nil {
		return view{}, failure{http.StatusNotFound, "The article has no such revision."}
	}
	text := r.FormValue("q")
	a := newArticle(shown, s.match(text, shown))
	a.Old, a.Revisions = old, revisions(all, shown, text)
	a.Changes = changesTo(all, shown)
	if a.Rang, err = s.rang(ctx, id); err != nil {
		return view{}, err
	}
	return view{name: "article", Title: shown.Title, Query: text, Data: a}, nil
}

// pick is the revision of that version, the newest for "", nil for one that is
// not there; old tells that there is a newer one.
func pick(all []*copytaster.Document, newest *copytaster.Document, version string) (d *copytaster.Document, old bool) {
	if version == "" {
		return newest, false
	}
	for _, d := range all {
		if strconv.FormatInt(d.Version(), 10) == version {
			return d, d.Version() != newest.Version()
		}
	}
	return nil, false
}

// match is where a query shows in the article; nothing for none and for one
// that cannot be read.
func (s *server) match(text string, d *copytaster.Document) copytaster.Match {
	if strings.TrimSpace(text) == "" {
		return copytaster.Match{}
	}
	q, _, err := s.resolve(text)
	if err != nil || q.IsZero() {
		return copytaster.Match{}
	}
	return q.Explain(copytaster.NewView(d))
}

func (s *server) rang(ctx context.Context, id string) ([]string, error) {
	if s.Explainer == nil {
		return nil, nil
	}
	return s.Explainer.Rang(ctx, id)
}

func newArticle(d *copytaster.Document, m copytaster.Match) articleData {
	a := articleData{
		Doc: d, Link: webURL(d.URL), Host: host(d.URL), Chips: chips(d.Mentions, d.Money, d.Contracts),
		Published: stated(d.Published), Modified: stated(d.Modified), Words: len(strings.Fields(d.Text)),
		TitleRuns: cut(d.Title, copytaster.Span{End: len(d.Title)}, nil, m.Title),
		Body:      body(d.Text, labels(d.Mentions, d.Money), m.Body), Asides: asides(d.Asides),
	}
	for i := range d.Money {
		a.Money = append(a.Money, moneyRow{d.Money[i].Surface, d.Money[i].Title(), d.Money[i].Zone})
	}
	for _, c := range d.Contracts {
		a.Contracts = append(a.Contracts, newContractRow(d.Text, c))
	}
	return a
}

// stated is a date with who said so; "" for an unknown one.
func stated(d copytaster.Date) string {
	if !d.Known() {
		return ""
	}
	text := dateText(d)
	if o := originText(d.Origin); o != "" {
		text += " (" + o + ")"
	}
	return text
}

func asides(all []copytaster.Aside) []asideGroup {
	var groups []asideGroup
	for _, z := range copytaster.Zones() {
		g := asideGroup{Zone: z, Title: zoneText(z)}
		for _, a := range all {
			if a.Zone == z {
				g.Asides = append(g.Asides, asideText{a.Author, stated(a.Published), body(a.Text, labels(a.Mentions, nil), nil)})
			}
		}
		if len(g.Asides) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

func newContractRow(text string, c copytaster.Contract) contractRow {
	row := contractRow{Buyer: c.Buyer.Name, Subject: c.Subject, Status: c.Status.Label(), Term: lifeText(&c)}
	var names []string
	for _, p := range c.Suppliers {
		names = append(names, p.Name)
	}
	row.Suppliers = strings.Join(names, ", ")
	for i := range c.Values {
		row.Values = append(row.Values, c.Values[i].Label())
	}
	for _, e := range c.Evidence {
		row.Evidence = append(row.Evidence, e.Of(text))
	}
	return row
}

// revisions are the states of the article, newest first. Versions that differ in
// nothing that a reader sees (a replay, one more source) are one, of the time
// when it was first so.
func revisions(all []*copytaster.Document, shown *copytaster.Document, query string) []revision {
	var out []revision
	for _, d := range all {
		if n := len(out); n > 0 && out[n-1].Doc.Hash == d.Hash {
			out[n-1].Doc = d
			out[n-1].Current = out[n-1].Current || d.Version() == shown.Version()
			continue
		}
		version := strconv.FormatInt(d.Version(), 10)
		out = append(out, revision{link("/article/"+d.ID, "version", version, "q", query), d, d.Version() == shown.Version()})
	}
	return out
}
