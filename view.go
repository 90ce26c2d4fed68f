// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"slices"
	"strings"
)

// View is a document made ready for many queries: each of its texts is analysed
// once, when the first query asks for it. It is not safe for concurrent use,
// and the document must not change under it.
type View struct {
	doc       *Document
	texts     map[Zone][]*textView
	parties   map[placeOfParty]*partySet
	contracts []*contractView
	ready     bool // contracts are made
}

// placeOfParty is where an organisation is asked for.
type placeOfParty struct {
	role Role
	zone Zone
}

// NewView prepares a document. It costs next to nothing until a query is
// matched.
func NewView(d *Document) *View {
	return &View{doc: d, texts: map[Zone][]*textView{}, parties: map[placeOfParty]*partySet{}}
}

// Document is the document of the view.
func (v *View) Document() *Document { return v.doc }

// textView is one analysed text with the places of its terms.
type textView struct {
	text   string
	tokens []Token
	words  map[string][]int // places in tokens, rising
	stems  map[string][]int
	sorted []string // the distinct words, for prefixes; nil until asked for
}

func newTextView(text string) *textView {
	t := &textView{text: text, tokens: Analyse(text), words: map[string][]int{}, stems: map[string][]int{}}
	for i, k := range t.tokens {
		t.words[k.Word] = append(t.words[k.Word], i)
		t.stems[k.Stem] = append(t.stems[k.Stem], i)
	}
	return t
}

// in returns the texts of a zone: the title, the body, or each aside.
func (v *View) in(z Zone) []*textView {
	if t, ok := v.texts[z]; ok {
		return t
	}
	var out []*textView
	switch z {
	case ZoneTitle:
		out = []*textView{newTextView(v.doc.Title)}
	case ZoneBody:
		out = []*textView{newTextView(v.doc.Text)}
	default:
		for i := range v.doc.Asides {
			if a := &v.doc.Asides[i]; a.Zone == z {
				out = append(out, newTextView(a.Text))
			}
		}
	}
	v.texts[z] = out
	return out
}

// withPrefix returns the distinct words that begin with prefix.
func (t *textView) withPrefix(prefix string) []string {
	if t.sorted == nil {
		t.sorted = make([]string, 0, len(t.words))
		for w := range t.words {
			t.sorted = append(t.sorted, w)
		}
		slices.Sort(t.sorted)
	}
	from, _ := slices.BinarySearch(t.sorted, prefix)
	to := from
	for to < len(t.sorted) && strings.HasPrefix(t.sorted[to], prefix) {
		to++
	}
	return t.sorted[from:to]
}

// places returns where a term stands.
func (t *textView) places(term string, exact bool) []int {
	if exact {
		return t.words[term]
	}
	return t.stems[term]
}

// partySet is the organisations of one role in one zone.
type partySet struct {
	ids   map[string]bool
	names map[string]bool // FoldName of names, aliases and surfaces
	any   bool
}

func newPartySet() *partySet {
	return &partySet{ids: map[string]bool{}, names: map[string]bool{}}
}

func (s *partySet) add(entity string, names ...string) {
	s.any = true
	if entity != "" {
		s.ids[entity] = true
	}
	for _, n := range names {
		if n != "" {
			s.names[FoldName(n)] = true
		}
	}
}

// holds reports whether one of the organisations is the one asked for.
func (s *partySet) holds(c EntityCond) bool {
	if c.Any {
		return s.any
	}
	if c.Name != "" && s.names[c.Name] {
		return true
	}
	return slices.ContainsFunc(c.IDs, func(id string) bool { return s.ids[id] })
}

// partiesIn returns the organisations of a role in a zone.
func (v *View) partiesIn(role Role, zone Zone) *partySet {
	key := placeOfParty{role, zone}
	if s, ok := v.parties[key]; ok {
		return s
	}
	s := newPartySet()
	for m := range v.mentions(zone) {
		if m.Role == role {
			s.add(m.Entity, m.Name, m.Alias, m.Surface)
		}
	}
	v.parties[key] = s
	return s
}

// mentions yields the mentions of the body, or of the asides in a zone.
func (v *View) mentions(zone Zone) func(yield func(*Mention) bool) {
	return func(yield func(*Mention) bool) {
		if zone == ZoneBody {
			yieldMentions(v.doc.Mentions, ZoneBody, yield)
			return
		}
		for i := range v.doc.Asides {
			if a := &v.doc.Asides[i]; a.Zone == zone && !yieldMentions(a.Mentions, zone, yield) {
				return
			}
		}
	}
}

// yieldMentions yields those mentions that do not say they stand elsewhere.
func yieldMentions(list []Mention, zone Zone, yield func(*Mention) bool) bool {
	for i := range list {
		if m := &list[i]; (m.Zone == zone || m.Zone == "") && !yield(m) {
			return false
		}
	}
	return true
}

// contractView is one contract made ready.
type contractView struct {
	contract  *Contract
	suppliers *partySet
	buyers    *partySet
	subject   *textView
}

func (v *View) allContracts() []*contractView {
	if v.ready {
		return v.contracts
	}
	v.ready = true
	for i := range v.doc.Contracts {
		c := &v.doc.Contracts[i]
		k := &contractView{contract: c, suppliers: newPartySet(), buyers: newPartySet(), subject: newTextView(c.Subject)}
		for _, p := range c.Suppliers {
			k.suppliers.add(p.Entity, p.Name)
		}
		if c.Buyer != (Party{}) {
			k.buyers.add(c.Buyer.Entity, c.Buyer.Name)
		}
		v.contracts = append(v.contracts, k)
	}
	return v.contracts
}
