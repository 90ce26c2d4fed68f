// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// evidence chooses the sentence that shows most.
func (f *finding) evidence(v *View, m Match) Evidence {
	sentences := sentencesOf(v.doc)
	if len(m.Body) > 0 {
		return quote(v.doc, f.best(sentences), m.Body)
	}
	if len(m.Title) > 0 {
		return Evidence{Sentence: v.doc.Title, Marks: m.Title}
	}
	for i := range v.doc.Asides {
		a := &v.doc.Asides[i]
		if marks := f.inAside(a, nil); len(marks) > 0 {
			return asideEvidence(a, marks)
		}
	}
	if len(sentences) > 0 {
		return quote(v.doc, sentences[0], nil)
	}
	return Evidence{Sentence: v.doc.Title}
}

// best returns the sentence with most clues; sentences are in order.
func (f *finding) best(sentences []Span) Span {
	type score struct{ clues, tagged, last int }
	scores := make([]score, len(sentences))
	for n, c := range f.clues {
		for _, s := range c.marks {
			i := sort.Search(len(sentences), func(i int) bool { return sentences[i].End > s.Start })
			for ; i < len(sentences) && sentences[i].Overlaps(s); i++ {
				if scores[i].last == n+1 {
					continue
				}
				scores[i].last = n + 1
				scores[i].clues++
				if c.tagged {
					scores[i].tagged++
				}
			}
		}
	}
	best := -1
	for i, s := range scores {
		if s.clues > 0 && (best < 0 || s.clues > scores[best].clues || s.clues == scores[best].clues && s.tagged > scores[best].tagged) {
			best = i
		}
	}
	if best < 0 { // the marks lie between the sentences
		return f.clues[0].marks[0]
	}
	return sentences[best]
}

// sentencesOf returns the document's sentences, or its paragraphs where it has
// none.
func sentencesOf(d *Document) []Span {
	if len(d.Sentences) > 0 {
		return d.Sentences
	}
	return paragraphs(d.Text)
}

// paragraphs cuts a text at blank lines.
func paragraphs(text string) []Span {
	var out []Span
	start := 0
	for part := range strings.SplitSeq(text, "\n\n") {
		if trimmed := strings.TrimSpace(part); trimmed != "" {
			from := start + strings.Index(part, trimmed)
			out = append(out, Span{from, from + len(trimmed)})
		}
		start += len(part) + 2
	}
	return out
}

// maxEvidence is the longest sentence, in bytes, that is quoted whole.
const maxEvidence = 1000

// quote makes the evidence of a sentence of the body and of all that is tagged
// in it.
func quote(d *Document, s Span, marks []Span) Evidence {
	s = narrow(d.Text, s, marks)
	e := Evidence{Span: s, Sentence: s.Of(d.Text), Marks: within(s, marks)}
	for _, m := range d.Mentions {
		if (m.Zone == "" || m.Zone == ZoneBody) && s.Contains(m.Span) {
			e.Mentions = append(e.Mentions, m)
		}
	}
	for _, m := range d.Money {
		if s.Contains(m.Span) {
			e.Money = append(e.Money, m)
		}
	}
	for _, c := range d.Contracts {
		if slices.ContainsFunc(c.Evidence, s.Overlaps) {
			e.Contracts = append(e.Contracts, c)
		}
	}
	return e
}

func asideEvidence(a *Aside, marks []Span) Evidence {
	for _, p := range paragraphs(a.Text) {
		if p.Overlaps(marks[0]) {
			p = narrow(a.Text, p, marks)
			return Evidence{Sentence: p.Of(a.Text), Marks: within(p, marks)}
		}
	}
	return Evidence{Sentence: marks[0].Of(a.Text)}
}

// within returns the parts of the marks that lie in s, counted from its start.
func within(s Span, marks []Span) []Span {
	var out []Span
	for _, m := range marks {
		if m.Overlaps(s) {
			out = append(out, Span{max(m.Start, s.Start) - s.Start, min(m.End, s.End) - s.Start})
		}
	}
	return out
}

// narrow shortens an overlong sentence to the words around its first mark.
func narrow(text string, s Span, marks []Span) Span {
	if s.Of(text) == "" || s.End-s.Start <= maxEvidence {
		return s
	}
	from := s.Start
	for _, m := range marks {
		if m.Overlaps(s) {
			from = max(s.Start, m.Start-maxEvidence/4)
			break
		}
	}
	to := min(s.End, from+maxEvidence)
	from, to = wordStart(text, from, s.Start), wordStart(text, to, from)
	for to > from && text[to-1] == ' ' {
		to--
	}
	return Span{from, to}
}

// wordStart moves back from i to the start of a word, at most 100 bytes, or to
// that of a rune.
func wordStart(text string, i, lowest int) int {
	if i >= len(text) {
		return len(text)
	}
	lowest = max(lowest, i-100)
	if space := strings.LastIndexAny(text[lowest:i], " \n"); space >= 0 {
		return lowest + space + 1
	}
	for i > 0 && !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}
