// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"sync"

	"github.com/copytaster/copytaster"
)

// Version is the version of the extractors: it rises with every change that
// finds something else in the same text.
const Version = "6"

// All lists the extractors in their order.
func All(g *Gazetteer) []Extractor {
	return []Extractor{NewMoney(), NewRelations(g)}
}

// Relations is the extractor of organisations and contracts.
type Relations struct {
	g       *Gazetteer
	speech  speech
	scratch sync.Pool // of *scratch
}

// NewRelations makes the extractor for a gazetteer.
func NewRelations(g *Gazetteer) *Relations {
	return &Relations{g: g, scratch: sync.Pool{New: func() any { return new(scratch) }}}
}

// Extract fills d.Mentions, d.Contracts and d.Sentences. It reads d.Money, which
// must have been filled before, and d.Published, from which "next April" counts.
func (r *Relations) Extract(d *copytaster.Document) {
	a := r.analyse(&analysis{text: d.Text, home: d.Country, published: d.Published, money: d.Money})
	d.Mentions = a.mentions()
	d.Contracts = a.deals
	d.Sentences = a.spans()
}

// spans are the sentences of the text.
func (a *analysis) spans() []copytaster.Span {
	out := make([]copytaster.Span, 0, len(a.sents))
	for _, s := range a.sents {
		out = append(out, s.Span)
	}
	return out
}

// Tagger runs every extractor over an article. It is safe for concurrent use.
type Tagger struct {
	g         *Gazetteer
	all       []Extractor
	money     *MoneyExtractor
	relations *Relations
}

// NewTagger makes a tagger for a gazetteer.
func NewTagger(g *Gazetteer) *Tagger {
	money, relations := NewMoney(), NewRelations(g)
	return &Tagger{g: g, all: []Extractor{money, relations}, money: money, relations: relations}
}

// Revision names the code and the list that a document was tagged with.
func (t *Tagger) Revision() string { return Version + "+" + t.g.Revision() }

// Tag fills in what the extractors find in d.Text, and the mentions of each
// aside. What was there from an earlier run is replaced.
func (t *Tagger) Tag(d *copytaster.Document) {
	d.Mentions, d.Money, d.Contracts, d.Sentences = nil, nil, nil, nil
	for _, x := range t.all {
		x.Extract(d)
	}
	for i := range d.Asides {
		t.tagAside(&d.Asides[i], d.Country)
	}
	d.Extractor = t.Revision()
}

// tagAside finds the organisations of an aside: who is named there can be
// searched for, but an aside never yields money or contracts.
func (t *Tagger) tagAside(s *copytaster.Aside, country string) {
	zone := []copytaster.Zoned{{Span: copytaster.Span{End: len(s.Text)}, Zone: s.Zone}}
	s.Mentions = nil
	for _, m := range t.relations.analyse(&analysis{text: s.Text, home: country, zones: zone}).mentions() {
		if m.Role != copytaster.RoleOther {
			s.Mentions = append(s.Mentions, m)
		}
	}
}

// Tags is what was found in a text whose parts stand in different zones.
type Tags struct {
	Mentions  []copytaster.Mention
	Money     []copytaster.Money
	Contracts []copytaster.Contract
}

// TagZoned finds everything in a plain text, each with its zone. zones are
// sorted and do not overlap; what they leave out is body. Nothing is found where
// the zone is "". url is that of the text, or "".
func (t *Tagger) TagZoned(text, url string, zones []copytaster.Zoned) Tags {
	money := t.money.Find(text, Hint{URL: url})
	z := zoner{zones: zones}
	kept := money[:0]
	for _, m := range money {
		if m.Zone = z.at(m.Start); m.Zone != "" {
			kept = append(kept, m)
		}
	}
	money = kept
	a := t.relations.analyse(&analysis{text: text, zones: zones, money: money})
	return Tags{Mentions: a.mentions(), Money: a.money, Contracts: a.deals}
}
