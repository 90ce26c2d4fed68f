// SPDX-License-Identifier: Apache-2.0

package extract

import "github.com/copytaster/copytaster"

// SignRows is the number of different signs: each is below it. StateRows is that
// of the tables of states, which look at the lowest bits alone.
const (
	SignRows  = 1 << signBits
	StateRows = 1 << 14
)

// Study is what the judge would see of a text, for extract/train to learn from.
type Study struct {
	a     *analysis
	told  []relation
	views []*view
}

// Look is one naming of what may be a supplier.
type Look struct {
	copytaster.Span        // of the name, also where the sentence says "the firm"
	Party           string // whose it is, within the text
	Listed          bool   // a list has it
	Signs           []uint32
}

// Hearing is what is weighed of a party, and what its contract may be filled
// with.
type Hearing struct {
	Party     string
	Told      int // contracts of its that the frames tell of
	Pleadings []float64
	Figures   []Option
	Bodies    []Option
	State     []uint32 // below StateRows
	Ruled     Ruling
}

// Ruling is what rules alone fill a contract with: the index of a figure and of
// a body, -1 for none, and a status.
type Ruling struct {
	Figure, Body int
	State        string
}

// Option is a figure or an organisation that may belong to a contract.
type Option struct {
	Money *copytaster.Money // or nil
	Party copytaster.Party
	Signs []uint32
}

// StudyOf looks at a text as the judge does and decides nothing. A notice has
// nothing to look at: its fields are not judged.
func (t *Tagger) StudyOf(text string) *Study {
	s := &Study{}
	a := &analysis{text: text, money: t.money.Find(text, Hint{}), scratch: new(scratch)}
	a.study = func(told []relation, views []*view) { s.told, s.views = told, views }
	s.a = t.relations.analyse(a)
	return s
}

// Looks lists the namings in the order of the text.
func (s *Study) Looks() []Look {
	var out []Look
	for _, c := range s.a.chances(s.views) {
		n := &s.a.names[c.name]
		out = append(out, Look{Span: s.a.span(n), Party: n.party, Listed: n.ent >= 0, Signs: c.signs})
	}
	return out
}

// Hearings lists the parties in the order of the text, given the odds that the
// signs of a naming speak.
func (s *Study) Hearings(odds func([]uint32) float64) []Hearing {
	t := s.a.convene(s.told, s.views, func(g signs) float64 { return odds(g) })
	var out []Hearing
	for _, p := range t.order {
		b := t.cases[p]
		h := Hearing{Party: p, Told: len(b.told), Pleadings: b.pleadings()}
		c := &t.chances[b.at]
		r := t.found(c)
		if len(b.told) > 0 {
			r = s.told[b.told[0]]
		}
		h.Ruled = Ruling{Figure: -1, Body: -1, State: string(r.status)}
		for i, f := range t.figuresFor(c, r.values) {
			h.Figures = append(h.Figures, Option{Money: &s.a.money[f.what], Signs: f.signs})
			if len(r.values) > 0 && f.what == r.values[0] {
				h.Ruled.Figure = i
			}
		}
		for i, o := range t.buyersFor(c, r.buyer) {
			h.Bodies = append(h.Bodies, Option{Party: s.a.partyOf(&s.a.names[o.what]), Signs: o.signs})
			if t.denotes(r.buyer, &t.names[o.what]) {
				h.Ruled.Body = i
			}
		}
		h.State = t.stateSigns(b, &r)
		out = append(out, h)
	}
	return out
}
