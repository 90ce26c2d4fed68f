// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"slices"
)

// Match tells by what a document matches a query.
type Match struct {
	Title    []Span       // what matched in the title, in order, without overlaps
	Body     []Span       // what matched in the Text, in order, without overlaps
	Evidence Evidence     // the best sentence: see Explain
	Also     map[Zone]int // what the query's words and organisations would find in asides; nil for nothing
}

// Explain works out by what the document of a view matches: the marks for a
// highlighter and the sentence for an alert. Negated conditions and the
// alternatives that do not hold say nothing.
//
// The evidence is the sentence of the body that carries most of the conditions;
// among equals the one with most organisations, figures and contracts, then the
// earliest. Where only the title matched it is the title, where only an aside
// did a sentence of that aside, both with a zero Span. Where nothing can be
// pointed at, as for source:guardian, it is the first sentence, without marks.
func (q Query) Explain(v *View) Match {
	var f finding
	f.collect(v, q.Plan())
	m := Match{Title: mergeSpans(f.title), Also: f.also(v)}
	for _, c := range f.clues {
		m.Body = append(m.Body, c.marks...)
	}
	m.Body = mergeSpans(m.Body)
	m.Evidence = f.evidence(v, m)
	return m
}

// clue is a condition that holds, and where it shows in the body.
type clue struct {
	marks  []Span
	tagged bool // an organisation, a figure or a contract
}

// finding is everything positive that holds.
type finding struct {
	clues    []clue
	title    []Span
	texts    []TextCond
	entities []EntityCond
}

func (f *finding) collect(v *View, c Cond) {
	switch c := c.(type) {
	case And:
		for _, k := range c {
			f.collect(v, k)
		}
	case Or:
		for _, k := range c {
			if v.holds(k) {
				f.collect(v, k)
			}
		}
	case TextCond:
		f.text(v, c)
	case EntityCond:
		f.entities = append(f.entities, c)
		if c.Zone == ZoneBody {
			f.add(mentionSpans(v, c), true)
		}
	case MoneyCond:
		f.add(figureSpans(v.doc.Money, c), true)
	case ContractCond:
		f.contract(v, c.Cond)
	case StatusCond, SubjectCond:
		f.contract(v, c)
	}
}

func (f *finding) add(marks []Span, tagged bool) {
	if len(marks) > 0 {
		f.clues = append(f.clues, clue{marks, tagged})
	}
}

func (f *finding) text(v *View, c TextCond) {
	f.texts = append(f.texts, c)
	if slices.Contains(c.In, ZoneTitle) {
		for _, t := range v.in(ZoneTitle) {
			f.title = append(f.title, t.spans(c)...)
		}
	}
	if slices.Contains(c.In, ZoneBody) {
		for _, t := range v.in(ZoneBody) {
			f.add(t.spans(c), false)
		}
	}
}

// contract marks, in the evidence of the contracts that hold, their parties and
// values; where neither stands there, the clause itself.
func (f *finding) contract(v *View, c Cond) {
	var marks []Span
	for _, k := range v.allContracts() {
		if !k.holds(c) {
			continue
		}
		tags := k.tags(v)
		if len(tags) == 0 {
			tags = k.contract.Evidence[:min(1, len(k.contract.Evidence))]
		}
		marks = append(marks, tags...)
	}
	f.add(marks, true)
}

// tags are the places of the contract's parties and values in its evidence.
func (k *contractView) tags(v *View) []Span {
	var out []Span
	in := func(s Span) bool {
		return slices.ContainsFunc(k.contract.Evidence, func(e Span) bool { return e.Contains(s) })
	}
	for m := range v.mentions(ZoneBody) {
		set := k.suppliers
		if m.Role == RoleBuyer {
			set = k.buyers
		}
		if in(m.Span) && (m.Entity != "" && set.ids[m.Entity] || set.names[FoldName(m.Name)]) {
			out = append(out, m.Span)
		}
	}
	for i := range k.contract.Values {
		if in(k.contract.Values[i].Span) {
			out = append(out, k.contract.Values[i].Span)
		}
	}
	return out
}

// maxMarks bounds the marks of one condition: a text that repeats a proximity's
// words has a mark for each of them at each of its places.
const maxMarks = 10_000

// spans are the places of a condition in a text; of a proximity, those of its
// words.
func (t *textView) spans(c TextCond) []Span {
	var out []Span
	t.find(c, func(places []int) bool {
		if c.Near == 0 {
			out = append(out, Span{t.tokens[places[0]].Start, t.tokens[places[len(places)-1]].End})
			return len(out) < maxMarks
		}
		for _, p := range places {
			out = append(out, t.tokens[p].Span)
		}
		return len(out) < maxMarks
	})
	return out
}

// mentionSpans are the places of the mentions that an entity condition finds.
func mentionSpans(v *View, c EntityCond) []Span {
	var out []Span
	for m := range v.mentions(c.Zone) {
		if mentionHolds(m, c) {
			out = append(out, m.Span)
		}
	}
	return out
}

// mentionHolds reports whether a mention is of the organisation asked for.
func mentionHolds(m *Mention, c EntityCond) bool {
	switch {
	case m.Role != c.Role:
		return false
	case c.Any, m.Entity != "" && slices.Contains(c.IDs, m.Entity):
		return true
	}
	return FoldName(m.Name) == c.Name || FoldName(m.Alias) == c.Name || FoldName(m.Surface) == c.Name
}

func figureSpans(figures []Money, c MoneyCond) []Span {
	var out []Span
	for i := range figures {
		if figureHolds(&figures[i], c) {
			out = append(out, figures[i].Span)
		}
	}
	return out
}

// mergeSpans sorts spans and joins those that overlap; empty ones go.
func mergeSpans(spans []Span) []Span {
	spans = slices.DeleteFunc(slices.Clone(spans), func(s Span) bool { return s.Start >= s.End })
	slices.SortFunc(spans, func(a, b Span) int { return a.Start - b.Start })
	var out []Span
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// also counts, for each zone of asides, what the words and organisations that
// were asked of the article, or of that zone, would find there.
func (f *finding) also(v *View) map[Zone]int {
	var out map[Zone]int
	for i := range v.doc.Asides {
		a := &v.doc.Asides[i]
		if n := len(f.inAside(a, nil)); n > 0 {
			if out == nil {
				out = map[Zone]int{}
			}
			out[a.Zone] += n
		}
	}
	return out
}

// inAside returns the places of the conditions in one aside.
func (f *finding) inAside(a *Aside, spans []Span) []Span {
	var t *textView
	for _, c := range f.texts {
		if !slices.Contains(c.In, ZoneBody) && !slices.Contains(c.In, a.Zone) {
			continue
		}
		if t == nil {
			t = newTextView(a.Text)
		}
		t.find(c, func(places []int) bool {
			first, last := slices.Min(places), slices.Max(places)
			spans = append(spans, Span{t.tokens[first].Start, t.tokens[last].End})
			return true
		})
	}
	for _, c := range f.entities {
		for i := range a.Mentions {
			if (c.Zone == ZoneBody || c.Zone == a.Zone) && mentionHolds(&a.Mentions[i], c) {
				spans = append(spans, a.Mentions[i].Span)
			}
		}
	}
	return mergeSpans(spans)
}
