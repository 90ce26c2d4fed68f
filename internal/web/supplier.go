// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/contracts"
)

// dealSize is how many articles with contracts the page of a supplier reads at a
// time.
const dealSize = 100

// supplierData is what the copy says of one supplier.
type supplierData struct {
	ID, Name string
	Listed   bool // on a list; else it was discovered
	Stories  int
	Search   string // link to its copy
	Export   string // link to its contracts as CSV
	Chart    *chart
	Deals    []deal
	More     string // link to older contracts
	First    string // link to the newest, "" where they are shown
}

// deal is one contract as one or several articles state it. What they state is
// put side by side; nothing is chosen from it but the order, newest first.
type deal struct {
	Buyer, Subject string
	Values         []statement // each value once, with who states it
	States         []statement
	Claims         []claimRow
	key            string
	terms          map[string]bool
}

// statement is a value or a state, and the article that says so last.
type statement struct {
	Text, Title, Day, Host, Link string
	More                         int // further articles that say the same
}

// claimRow is one article's evidence.
type claimRow struct {
	Doc                   *copytaster.Document
	Link, Host            string
	Suppliers             string
	Subject, Status, Term string
	Values, Quotes        []string
}

func (s *server) supplier(r *http.Request) (view, error) {
	id := strings.TrimSpace(r.PathValue("id"))
	cond := term("supplier", id)
	q, _, err := s.resolve(cond)
	if err != nil {
		return view{}, failure{http.StatusNotFound, "There is no such supplier."}
	}
	res, err := s.Index.Search(r.Context(), q, index.Page{Size: 1, Facets: []string{"month"}})
	if err != nil {
		return view{}, err
	}
	is := s.means(id)
	d := supplierData{ID: id, Name: id, Stories: res.Total, Search: link("/search", "q", cond), Chart: newChart(res.Facets["month"])}
	d.Export = link("/api/v1/contracts", "format", "csv", "supplier", id)
	for _, h := range res.Hits {
		d.identify(h.Document, is)
	}
	if err := s.deals(r, &d, is); err != nil {
		return view{}, err
	}
	if d.Stories == 0 && (s.Names == nil || len(s.Names(copytaster.RoleSupplier, id)) == 0) {
		return view{}, failure{http.StatusNotFound, "No copy names this supplier, and no list has it."}
	}
	return view{name: "supplier", Title: d.Name, Query: cond, Data: d}, nil
}

// means tells which parties an id or a name stands for.
func (s *server) means(id string) func(copytaster.Party) bool {
	ids, folded := []string{id}, copytaster.FoldName(id)
	if s.Names != nil {
		ids = append(ids, s.Names(copytaster.RoleSupplier, id)...)
	}
	return func(p copytaster.Party) bool {
		return p.Entity != "" && slices.Contains(ids, p.Entity) || p.Entity == "" && copytaster.FoldName(p.Name) == folded
	}
}

// identify takes the supplier's name from a document.
func (d *supplierData) identify(doc *copytaster.Document, is func(copytaster.Party) bool) {
	for _, m := range doc.Mentions {
		if is(m.Party) && m.Name != "" {
			d.Name, d.Listed = m.Name, m.Entity != ""
			return
		}
	}
}

// deals fills in a page of the supplier's contracts.
func (s *server) deals(r *http.Request, d *supplierData, is func(copytaster.Party) bool) error {
	q, _, err := s.resolve("contract:(" + term("supplier", d.ID) + ")")
	if err != nil {
		return err
	}
	res, err := s.Index.Search(r.Context(), q, index.Page{Size: dealSize, After: r.FormValue("after")})
	if err != nil {
		return badCursor(r, err)
	}
	var b dealBook
	for _, h := range res.Hits {
		for _, c := range only(h.Document, is).Contracts {
			b.add(h.Document, &c)
		}
	}
	d.Deals = b.deals
	if res.Next != "" {
		d.More = link(supplierLink(d.ID), "after", res.Next)
	}
	if r.FormValue("after") != "" {
		d.First = supplierLink(d.ID)
	}
	return nil
}

// only is the document with the contracts of some suppliers alone.
func only(d *copytaster.Document, is func(copytaster.Party) bool) *copytaster.Document {
	part := *d
	part.Contracts = nil
	for _, c := range d.Contracts {
		if slices.ContainsFunc(c.Suppliers, is) {
			part.Contracts = append(part.Contracts, c)
		}
	}
	return &part
}

// dealBook puts the claims on one contract together: those with the same buyer
// and a word of the subject in common.
type dealBook struct{ deals []deal }

func (b *dealBook) add(d *copytaster.Document, c *copytaster.Contract) {
	key, words := copytaster.FoldName(cmp.Or(c.Buyer.Entity, c.Buyer.Name)), terms(c.Subject)
	at := slices.IndexFunc(b.deals, func(o deal) bool { return o.key == key && key != "" && akin(o.terms, words) })
	if at < 0 {
		at = len(b.deals)
		b.deals = append(b.deals, deal{Buyer: c.Buyer.Name, Subject: c.Subject, key: key, terms: words})
	}
	b.deals[at].claim(d, c)
}

// akin reports whether two subjects may be one: they share a word, or one of the
// articles does not say.
func akin(a, b map[string]bool) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	for w := range a {
		if b[w] {
			return true
		}
	}
	return false
}

func (l *deal) claim(d *copytaster.Document, c *copytaster.Contract) {
	row := claimRow{Doc: d, Link: articleLink(d.ID, ""), Host: host(d.URL), Subject: c.Subject, Status: c.Status.Label(), Quotes: contracts.Quotes(d, c)}
	var names []string
	for _, p := range c.Suppliers {
		names = append(names, p.Name)
	}
	row.Suppliers = strings.Join(names, ", ")
	row.Term = lifeText(c)
	said := statement{Day: dayText(d.Published), Host: row.Host, Link: row.Link}
	for i := range c.Values {
		said.Text, said.Title = c.Values[i].Label(), c.Values[i].Title()
		row.Values = append(row.Values, said.Text)
		l.Values = state(l.Values, said)
	}
	said.Text, said.Title = row.Status, ""
	l.States = state(l.States, said)
	l.Subject = cmp.Or(l.Subject, c.Subject)
	maps.Copy(l.terms, terms(c.Subject))
	l.Claims = append(l.Claims, row)
}

// terms are the words of a subject that tell it from others.
func terms(subject string) map[string]bool {
	out := map[string]bool{}
	for _, w := range copytaster.Words(subject) {
		if len(w) > 3 {
			out[w] = true
		}
	}
	return out
}

// state adds what an article says, or counts it where another has said so.
func state(all []statement, said statement) []statement {
	for i := range all {
		if all[i].Text == said.Text {
			all[i].More++
			return all
		}
	}
	return append(all, said)
}

// Differ reports whether the articles state different values.
func (l deal) Differ() bool { return len(l.Values) > 1 }

func supplierLink(id string) string { return "/supplier/" + url.PathEscape(id) }
