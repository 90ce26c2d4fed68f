// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"

	"github.com/copytaster/copytaster"
)

// cells reads the fields of one line, whose cells stand between tabs, bars or
// runs of spaces. A field without a value has an empty span.
func (r *formReader) cells(s copytaster.Span) []labelled {
	var out []labelled
	for _, c := range r.cut(s) {
		if n := len(out); n > 0 && out[n-1].End == out[n-1].Start && r.whole(c) == fieldNone {
			out[n-1].Span = c
			continue
		}
		out = r.cell(c, out)
	}
	return out
}

// cut parts a line into its cells.
func (a *analysis) cut(s copytaster.Span) []copytaster.Span {
	line := s.Of(a.text)
	sep := ""
	switch {
	case strings.IndexByte(line, '\t') >= 0:
		sep = "\t"
	case strings.IndexByte(line, '|') >= 0:
		sep = "|"
	case strings.Contains(line, "   "):
		sep = "   "
	case strings.Contains(line, " ...") || strings.Contains(line, " . "):
		return a.led(s)
	case strings.Count(line, " / ") > 1:
		sep = " / "
	default:
		return []copytaster.Span{s}
	}
	var out []copytaster.Span
	at := s.Start
	for part := range strings.SplitSeq(line, sep) {
		c := a.trimmed(at, at+len(part))
		for c.End > c.Start && a.text[c.Start] == '|' {
			c = a.trimmed(c.Start+1, c.End)
		}
		for c.End > c.Start && a.text[c.End-1] == '|' {
			c = a.trimmed(c.Start, c.End-1)
		}
		if c.End > c.Start && len(out) < maxCells {
			out = append(out, c)
		}
		at += len(part) + len(sep)
	}
	return out
}

// weakLabels head what is no contract too: the winner of a match, the provider
// of a photograph.
var weakLabels = phraseSet("winner|winners|recipient|recipients|provider|operator|seller|consultant|consultants|manufacturer|contractor|vendor|supplier")

// led parts a line at the dots that lead from its label to its value.
func (a *analysis) led(s copytaster.Span) []copytaster.Span {
	line := s.Of(a.text)
	i := strings.Index(line, " ...")
	if i < 0 {
		i = strings.Index(line, " . ")
	}
	rest := strings.TrimLeft(line[i:], " .:")
	if i == 0 || rest == "" {
		return []copytaster.Span{s}
	}
	return []copytaster.Span{a.trimmed(s.Start, s.Start+i), {Start: s.End - len(rest), End: s.End}}
}

// whole is the field that a whole cell is the label of.
func (a *analysis) whole(c copytaster.Span) field {
	return labelField(strings.TrimRight(c.Of(a.text), " :"))
}

// cell adds the fields of one cell: a label that fills it, or labels that end
// with a colon, each at the beginning or behind a stop.
func (r *formReader) cell(c copytaster.Span, out []labelled) []labelled {
	if f := r.whole(c); f != fieldNone {
		r.marks = append(r.marks, labelled{field: f, Span: c})
		return append(out, labelled{field: f, Span: copytaster.Span{Start: c.End, End: c.End}})
	}
	text := c.Of(r.text)
	first := len(out)
	for from, at := 0, 0; ; {
		colon := strings.IndexByte(text[at:], ':')
		if colon < 0 {
			break
		}
		colon += at
		at = colon + 1
		start, f := labelBefore(text, from, colon)
		if f == fieldNone {
			continue
		}
		if len(out) > first {
			out[len(out)-1].Span = r.value(out[len(out)-1].Start, c.Start+start)
		}
		r.marks = append(r.marks, labelled{field: f, Span: copytaster.Span{Start: c.Start + start, End: c.Start + colon}})
		out = append(out, labelled{field: f, Span: copytaster.Span{Start: c.Start + colon + 1, End: c.End}, weak: weakLabels[strings.ToLower(text[start:colon])]})
		from = at
	}
	if len(out) > first {
		out[len(out)-1].Span = r.value(out[len(out)-1].Start, c.End)
		return out
	}
	return r.worded(c, out)
}

// labelBefore is the label that ends at the colon: all from byte from on, or what
// stands behind a stop.
func labelBefore(text string, from, colon int) (start int, f field) {
	if from == 0 && colon <= maxLabel {
		if f := labelField(text[:colon]); f != fieldNone {
			return 0, f
		}
	}
	at := max(from, colon-maxLabel)
	for _, stop := range []string{". ", "; ", ", ", " - ", " – ", "\u00a0"} {
		i := strings.LastIndex(text[at:colon], stop)
		if i < 0 {
			continue
		}
		i += at + len(stop)
		if f := labelField(text[i:colon]); f != fieldNone {
			return i, f
		}
	}
	return 0, fieldNone
}

// value is the span of a value without what parts it from the next label.
func (a *analysis) value(start, end int) copytaster.Span {
	s := a.trimmed(start, end)
	for s.End > s.Start && strings.IndexByte(".;,", a.text[s.End-1]) >= 0 && !a.keepsStop(s) {
		s = a.trimmed(s.Start, s.End-1)
		if s.End > s.Start && a.text[s.End-1] == '.' {
			break // "Ltd.."
		}
	}
	return s
}

// keepsStop reports whether the stop at the end of a value belongs to it: that of
// a legal form at the end of its line, or of one that has more.
func (a *analysis) keepsStop(s copytaster.Span) bool {
	words := strings.Fields(s.Of(a.text))
	last := words[len(words)-1]
	if len(words) < 2 || !strings.HasSuffix(last, ".") || strings.HasSuffix(last, "..") || !isLegal(last) {
		return false
	}
	return strings.Count(last, ".") > 1 || len(last) < 6 && (s.End == len(a.text) || a.text[s.End] < ' ')
}

// wordedLabels introduce a name without a colon, at the beginning of a line.
var wordedLabels = []string{"awarded to ", "contract awarded to ", "award to "}

// worded reads "Awarded to S; value £5", and "Supplier - S".
func (r *formReader) worded(c copytaster.Span, out []labelled) []labelled {
	text := c.Of(r.text)
	for _, dash := range []string{" – ", " - ", " — "} {
		if i := strings.Index(text, dash); i > 0 && i < maxLabel {
			if f := labelField(text[:i]); f == fieldSupplier || f == fieldBuyer || f == fieldValue {
				r.marks = append(r.marks, labelled{field: f, Span: copytaster.Span{Start: c.Start, End: c.Start + i}})
				return append(out, labelled{field: f, Span: r.value(c.Start+i+len(dash), c.End)})
			}
		}
	}
	if f, ok := r.spaced(c); ok {
		return append(out, f)
	}
	if !strings.Contains(text, "warded ") && !strings.Contains(text, "ward to ") {
		return out
	}
	at := 0
	if i := strings.Index(text, ". "); i > 0 && i < maxLabel {
		at = i + 2 // "(north). Awarded to S"
	}
	for _, w := range wordedLabels {
		for _, from := range []int{0, at} {
			if f, v, ok := r.wordedAt(c, from, w); ok {
				return append(out, f, v)
			}
		}
	}
	return out
}

// spaced reads a label of two words or more before a figure or a date, without
// anything between: "Obligated Amount $284,300", "Start Date 01/02/2026".
func (r *formReader) spaced(c copytaster.Span) (labelled, bool) {
	text := c.Of(r.text)
	if len(text) > maxLabel {
		return labelled{}, false
	}
	i := strings.IndexFunc(text, func(c rune) bool { return c >= '0' && c <= '9' || c == '£' || c == '$' || c == '€' })
	if i < 0 || i > maxLabel/2 {
		return labelled{}, false
	}
	if j := strings.LastIndexByte(strings.TrimRight(text[:i], " "), ' '); j > 0 && months[strings.ToLower(strings.Trim(text[j:i], " ."))] > 0 {
		i = j // "Feb 1, 2026"
	}
	label := strings.TrimRight(text[:i], " ")
	if !strings.Contains(label, " ") {
		return labelled{}, false
	}
	switch f := labelField(label); f {
	case fieldValue, fieldSide, fieldStart, fieldEnd, fieldPeriod:
		r.marks = append(r.marks, labelled{field: f, Span: copytaster.Span{Start: c.Start, End: c.Start + len(label)}})
		return labelled{field: f, Span: r.trimmed(c.Start+i, c.End)}, true
	}
	return labelled{}, false
}

// wordedAt reads the name, and the value behind it, of the words at byte from of
// a cell.
func (r *formReader) wordedAt(c copytaster.Span, from int, w string) (name, value labelled, ok bool) {
	text := c.Of(r.text)[from:]
	if len(text) <= len(w) || !strings.EqualFold(text[:len(w)], w) || text[len(w)] < 'A' || text[len(w)] > 'Z' {
		return name, value, false
	}
	end := len(text)
	if i := strings.IndexByte(text, ';'); i > 0 {
		end = i
	} else if i := strings.Index(text, ". "); i > 0 {
		end = i
	}
	start := c.Start + from
	r.marks = append(r.marks, labelled{field: fieldSupplier, Span: copytaster.Span{Start: start, End: start + len(w) - 1}})
	name = labelled{field: fieldSupplier, Span: r.value(start+len(w), start+end)}
	value = labelled{field: fieldValue, Span: r.value(min(start+end+1, c.End), c.End)}
	return name, value, true
}

// numbered is the length of the numbering that a line begins with: "V.2.3)",
// "8.1", "Section II:", "five.2)", a bullet.
func (a *analysis) numbered(s copytaster.Span) int {
	line := s.Of(a.text)
	end := strings.IndexAny(line, " \t")
	if end < 0 {
		return 0
	}
	word := line[:end]
	switch {
	case strings.EqualFold(word, "section"):
		next := strings.IndexByte(line[end+1:], ' ')
		if next < 0 || next > 8 {
			return 0
		}
		end += 1 + next
	case word == "-" || word == "*" || word == "•" || word == "·" || word == "–":
	case numbering(word):
	default:
		return 0
	}
	return end + len(line[end:]) - len(strings.TrimLeft(line[end:], " \t"))
}

// numbering reports whether a word is the number of a heading: digits or Roman
// ones, in words before a stop, with at least one mark.
func numbering(w string) bool {
	if i := strings.IndexByte(w, '.'); i > 2 && i < 6 {
		if _, ok := cardinals[w[:i]]; ok && i+1 < len(w) && w[i+1] >= '0' && w[i+1] <= '9' {
			return true
		}
	}
	if len(w) > 9 {
		return false
	}
	mark := false
	for i := range len(w) {
		switch c := w[i]; {
		case c == '.' || c == ')' || c == '(':
			mark = true
		case c >= '0' && c <= '9', c == 'I', c == 'V', c == 'X':
		default:
			return false
		}
	}
	return mark
}

var cardinals = words("one two three four five six seven eight nine")

// lotWords begin the lines that part the lots of a notice.
var lotWords = words("lot contract package item award part")

// lot reports whether a line begins with the number of a lot, and what stands
// behind it: "Lot 2: Winter clothing", "Contract No: 1".
func (a *analysis) lot(s copytaster.Span) (rest copytaster.Span, ok bool) {
	at := s.Start + a.numbered(s)
	line := a.text[at:s.End]
	sp := strings.IndexAny(line, " -")
	if sp < 0 || sp > len("contract") || !lotWords[strings.ToLower(line[:sp])] {
		return rest, false
	}
	i := sp + 1
	for _, w := range []string{"no.:", "no:", "no.", "no ", "number ", "#"} {
		if len(line) > i+len(w) && strings.EqualFold(line[i:i+len(w)], w) {
			i += len(w)
			break
		}
	}
	for i < len(line) && line[i] == ' ' {
		i++
	}
	digits := i
	for i < len(line) && line[i] >= '0' && line[i] <= '9' {
		i++
	}
	if i == digits && i+1 < len(line) && line[i] >= 'A' && line[i] <= 'H' && !isLabelByte(line[i+1]) {
		i++ // "Lot B"
	}
	if i > digits && i < len(line) && line[i] >= 'a' && line[i] <= 'h' && (i+1 == len(line) || !isLabelByte(line[i+1])) {
		i++ // "Lot 4a"
	}
	if i == digits || i-digits > 4 || i < len(line) && strings.IndexByte(" :.)-–(,", line[i]) < 0 && line[i] < 0x80 {
		return rest, false
	}
	rest = a.trimmed(at+len(line)-len(strings.TrimLeft(line[i:], " :.)-–—")), s.End)
	return rest, true
}
