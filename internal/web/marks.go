// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/copytaster/copytaster"
)

// piece is a run of text of one look: with a tag or not, marked as a match or
// not.
type piece struct {
	Text  string
	Class string // supplier, buyer, other, money, or "" for plain text
	Title string // what the tag says on hover
	Mark  bool   // the query matched here
}

// label is a tag on a span of a text.
type label struct {
	copytaster.Span
	class, title string
}

// labels are the tags of a document's body.
func labels(mentions []copytaster.Mention, money []copytaster.Money) []label {
	var all []label
	for i := range money {
		m := &money[i]
		title := m.Title()
		if title == "" {
			title = "no number stated"
		}
		all = append(all, label{m.Span, "money", m.Surface + ": " + title})
	}
	for _, m := range mentions {
		title := m.Name + ": " + string(m.Role)
		if m.Entity == "" {
			title += ", on no list"
		}
		all = append(all, label{m.Span, string(m.Role), title})
	}
	return all
}

// cut splits the part of text inside window into pieces at the edges of tags and
// marks. Spans may come in any order and overlap: of two tags the one that
// starts first, then the longer, is shown. Spans that do not fit the text are
// left out.
func cut(text string, window copytaster.Span, tags []label, marks []copytaster.Span) []piece {
	tags = tidy(text, window, tags, func(l label) copytaster.Span { return l.Span })
	marks = tidy(text, window, marks, func(s copytaster.Span) copytaster.Span { return s })
	var out []piece
	for at := window.Start; at < window.End; {
		for len(tags) > 0 && tags[0].End <= at {
			tags = tags[1:]
		}
		for len(marks) > 0 && marks[0].End <= at {
			marks = marks[1:]
		}
		p, end := piece{}, window.End
		if len(tags) > 0 {
			if tags[0].Start <= at {
				p.Class, p.Title = tags[0].class, tags[0].title
			}
			end = min(end, edge(tags[0].Span, at))
		}
		if len(marks) > 0 {
			p.Mark = marks[0].Start <= at
			end = min(end, edge(marks[0], at))
		}
		p.Text = text[at:end]
		out, at = append(out, p), end
	}
	return out
}

// edge is the next edge of a span that has not ended at a place.
func edge(s copytaster.Span, at int) int {
	if s.Start > at {
		return s.Start
	}
	return s.End
}

// tidy leaves the spans that lie in the window, in order and without overlaps.
func tidy[T any](text string, window copytaster.Span, all []T, span func(T) copytaster.Span) []T {
	var inside []T
	for _, t := range all {
		if s := span(t); s.Of(text) != "" && window.Contains(s) {
			inside = append(inside, t)
		}
	}
	slices.SortStableFunc(inside, func(a, b T) int {
		return cmp.Or(cmp.Compare(span(a).Start, span(b).Start), cmp.Compare(span(b).End, span(a).End))
	})
	end := -1
	return slices.DeleteFunc(inside, func(t T) bool {
		if span(t).Start < end {
			return true
		}
		end = span(t).End
		return false
	})
}

// paragraphs are the spans of a text between blank lines.
func paragraphs(text string) []copytaster.Span {
	var out []copytaster.Span
	at := 0
	for part := range strings.SplitSeq(text, "\n\n") {
		if strings.TrimSpace(part) != "" {
			out = append(out, copytaster.Span{Start: at, End: at + len(part)})
		}
		at += len(part) + 2
	}
	return out
}

// body is a text as paragraphs of pieces.
func body(text string, tags []label, marks []copytaster.Span) [][]piece {
	var out [][]piece
	tags = slices.SortedFunc(slices.Values(tags), func(a, b label) int { return cmp.Compare(a.Start, b.Start) })
	marks = slices.SortedFunc(slices.Values(marks), func(a, b copytaster.Span) int { return cmp.Compare(a.Start, b.Start) })
	for _, p := range paragraphs(text) {
		t, m := before(tags, p.End, func(l label) int { return l.Start }), before(marks, p.End, func(s copytaster.Span) int { return s.Start })
		out = append(out, cut(text, p, tags[:t], marks[:m]))
		tags, marks = tags[t:], marks[m:]
	}
	return out
}

// before is how many of a sorted list start before a place.
func before[T any](all []T, end int, start func(T) int) int {
	n, _ := slices.BinarySearchFunc(all, end, func(t T, end int) int { return cmp.Compare(start(t), end) })
	return n
}
