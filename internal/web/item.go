// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/url"
	"slices"

	"github.com/copytaster/copytaster"
)

// item is one article in a list.
type item struct {
	ID, Title, Link  string
	Host             string
	Sources          []string
	Kind             copytaster.Kind
	Doc              *copytaster.Document
	Sentence         []piece // the one that matched, or the most telling one
	Chips            []chip
	Also             []string
	Paywall, Revised bool
}

// newItem shows a document as a query found it.
func newItem(q copytaster.Query, query string, d *copytaster.Document) item {
	m := q.Explain(copytaster.NewView(d))
	e := m.Evidence
	if q.IsZero() {
		e = telling(d)
	}
	it := item{
		ID: d.ID, Title: d.Title, Link: articleLink(d.ID, query), Host: host(d.URL), Sources: d.Sources, Kind: d.Kind, Doc: d,
		Chips: chips(e.Mentions, e.Money, e.Contracts), Also: also(m.Also), Paywall: d.Paywall,
	}
	if it.Title == "" {
		it.Title = "(no headline)"
	}
	if e.Sentence != "" && e.Sentence != d.Title {
		it.Sentence = cut(e.Sentence, copytaster.Span{End: len(e.Sentence)}, nil, e.Marks)
	}
	if len(it.Chips) == 0 {
		it.Chips = chips(d.Mentions, d.Money, d.Contracts)
		it.Chips = it.Chips[:min(len(it.Chips), 4)]
	}
	return it
}

// lead puts the figure by which a list is ordered before the other tags; m may
// be nil.
func (it *item) lead(m *copytaster.Money) {
	if m == nil {
		return
	}
	first := chip{Class: "money", Text: m.Label(), Title: m.Title()}
	rest := slices.DeleteFunc(it.Chips, func(c chip) bool { return c.Class == first.Class && c.Text == first.Text })
	it.Chips = append([]chip{first}, rest...)
}

func articleLink(id, query string) string {
	link := "/article/" + url.PathEscape(id)
	if query != "" {
		link += "?" + url.Values{"q": {query}}.Encode()
	}
	return link
}

// telling is the sentence that says what an article is about to somebody who
// asked for nothing: the first evidence of a contract, else the first sentence
// with a figure, an organisation, or the first.
func telling(d *copytaster.Document) copytaster.Evidence {
	sentence := copytaster.Span{}
	if len(d.Sentences) > 0 {
		sentence = d.Sentences[0]
	} else if p := paragraphs(d.Text); len(p) > 0 {
		sentence = p[0]
	}
	for _, s := range d.Sentences {
		if len(d.Contracts) > 0 && len(d.Contracts[0].Evidence) > 0 {
			if !s.Overlaps(d.Contracts[0].Evidence[0]) {
				continue
			}
			sentence = s
			break
		}
		if tagged(d, s) {
			sentence = s
			break
		}
	}
	return within(d, sentence)
}

func tagged(d *copytaster.Document, s copytaster.Span) bool {
	for _, m := range d.Mentions {
		if s.Contains(m.Span) && m.Role != copytaster.RoleOther {
			return true
		}
	}
	for _, m := range d.Money {
		if s.Contains(m.Span) {
			return true
		}
	}
	return false
}

// within is a sentence with what was tagged in it.
func within(d *copytaster.Document, s copytaster.Span) copytaster.Evidence {
	e := copytaster.Evidence{Span: s, Sentence: s.Of(d.Text)}
	for _, m := range d.Mentions {
		if s.Contains(m.Span) {
			e.Mentions = append(e.Mentions, m)
		}
	}
	for _, m := range d.Money {
		if s.Contains(m.Span) {
			e.Money = append(e.Money, m)
		}
	}
	for _, c := range d.Contracts {
		for _, span := range c.Evidence {
			if s.Overlaps(span) {
				e.Contracts = append(e.Contracts, c)
				break
			}
		}
	}
	return e
}
