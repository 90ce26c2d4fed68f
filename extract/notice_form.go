// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/copytaster/copytaster"
)

// fieldForm is a text read as fields: labels with values.
type fieldForm struct {
	fields []labelled
	marks  []labelled        // where labels stand
	heads  []copytaster.Span // the lines before the first field, and headings of kinds of notices
}

// labelled is one field of a notice with the span of its value.
type labelled struct {
	field field
	copytaster.Span
	weak bool // its label means many other things
}

// minForm is how many labels make a text a notice, so that what its labels say
// is not read as names.
const minForm = 3

// labels reports whether a part of a text touches a label of a notice.
func (f *fieldForm) labels(start, end int) bool {
	if len(f.marks) < minForm {
		return false
	}
	i := sort.Search(len(f.marks), func(i int) bool { return f.marks[i].End > start })
	return i < len(f.marks) && f.marks[i].Start < end
}

// begins reports whether a line that begins with a label begins between the end
// of a word and the start of the next.
func (f *fieldForm) begins(text string, end, start int) bool {
	return len(f.marks) >= minForm && strings.IndexByte(text[end:start], '\n') >= 0 && f.labels(start, start+1)
}

// maxField is the longest sentence that is only a field of a notice, in bytes.
const maxField = 160

// field reports whether a sentence is a field of a notice and no prose.
func (f *fieldForm) field(s copytaster.Span) bool {
	if s.End-s.Start > maxField || !f.labels(s.Start, s.End) {
		return false
	}
	i := sort.Search(len(f.marks), func(i int) bool { return f.marks[i].End > s.Start })
	switch f.marks[i].field {
	case fieldOther, fieldText, fieldResult:
		return s.End-s.Start <= maxField/2 // "Decision: To award the contract to S"
	}
	return true
}

// Limits of a form: lines of a text, cells of a line, lines of a list.
const (
	maxFormLines = 4000
	maxCells     = 24
	maxParties   = 50
	maxHeads     = 6
)

// formReader reads the lines of a text in order.
type formReader struct {
	*analysis
	fieldForm
	lines   []copytaster.Span
	section field // whom the names behind a heading are of
	sums    field // what the values behind a heading are
}

// readForm reads the fields of a text. A label stands at the beginning of a
// line or of a cell, or behind a stop, and ends with a colon or fills its cell;
// its value stands behind it, in the next cell, or on the next line.
func (a *analysis) readForm() fieldForm {
	r := formReader{analysis: a, lines: a.textLines()}
	i := 0
	if r.summary() {
		i = min(2, len(r.lines))
	}
	for i < len(r.lines) {
		i = r.line(i)
	}
	sort.Slice(r.marks, func(i, j int) bool { return r.marks[i].Start < r.marks[j].Start })
	return r.fieldForm
}

// textLines are the lines that hold text, without white space around it.
func (a *analysis) textLines() []copytaster.Span {
	var out []copytaster.Span
	for at := 0; at < len(a.text) && len(out) < maxFormLines; {
		end := len(a.text)
		if n := strings.IndexByte(a.text[at:], '\n'); n >= 0 {
			end = at + n
		}
		if s := a.trimmed(at, end); s.End > s.Start {
			out = append(out, s)
		}
		at = end + 1
	}
	return out
}

// line reads the line at i and what belongs to it, and returns the next one.
func (r *formReader) line(i int) int {
	s := r.lines[i]
	if text := s.Of(r.text); fieldless(text) || len(text) > maxField && flows(text) {
		r.plain(s)
		return i + 1
	}
	if next := r.table(i); next > i {
		return next
	}
	if r.listRow(r.lines[i]) {
		return i + 1
	}
	rest, inLot := r.lot(s)
	if inLot {
		if r.section == fieldSupplier && r.endsLegal(r.fieldParty(rest)) {
			none := copytaster.Span{Start: rest.Start, End: rest.Start}
			r.fields = append(r.fields, labelled{field: fieldLot, Span: none}, labelled{field: fieldSupplier, Span: rest}, labelled{field: fieldValue, Span: rest})
			return i + 1 // "Successful tenderers" and "Lot 4a - S Ltd (£3m)"
		}
		r.fields = append(r.fields, labelled{field: fieldLot, Span: rest})
		r.section = fieldNone
		s = rest
	}
	number := r.numbered(s)
	known := len(r.marks)
	got := r.cells(copytaster.Span{Start: s.Start + number, End: s.End})
	if len(r.marks) > known && number > 0 {
		r.marks[known].Start = s.Start
	}
	if n := len(r.fields); inLot && len(r.marks) > known {
		r.fields[n-1].Span = r.value(r.fields[n-1].Start, r.marks[known].Start)
	}
	if len(got) == 0 {
		if number > 0 {
			r.section, r.sums = fieldNone, fieldNone
		}
		r.plain(s)
		return i + 1
	}
	if p := s.Of(r.text)[:number]; strings.HasPrefix(p, "I.") || strings.HasPrefix(p, "one.") {
		r.section = fieldBuyer
	}
	for k, f := range got {
		if f.End > f.Start {
			r.emit(f)
			continue
		}
		if k == len(got)-1 {
			return r.below(i, f.field)
		}
	}
	return i + 1
}

// flows reports whether a long line has nothing that could end a label or part
// cells, nor the words that introduce a name.
func flows(line string) bool {
	return strings.IndexByte(line, ':') < 0 && strings.IndexByte(line, '|') < 0 && strings.IndexByte(line, '\t') < 0 &&
		!strings.Contains(line[:maxLabel], "warded to ") && !strings.Contains(line, "   ")
}

// fieldless reports whether a line is plainly none of a form, as most are: it begins
// with a word that begins no label, and nothing in it could end one or part cells.
func fieldless(line string) bool {
	hash, end := uint64(fnvOffset), 0
	for ; end < len(line) && isLetter(line[end]); end++ {
		hash = (hash ^ uint64(line[end]|0x20)) * fnvPrime
	}
	if end < 2 || end == len(line) || line[end] != ' ' || formStarts.has(hash) {
		return false
	}
	for i := end; i < len(line); i++ {
		switch c := line[i]; {
		case c == ':', c == '|', c == '\t', c == 'w' && strings.HasPrefix(line[i:], "ward"):
			return false
		case c == ' ' && i+1 < len(line) && (strings.IndexByte(" ./-", line[i+1]) >= 0 || line[i+1] >= utf8.RuneSelf):
			return false
		}
	}
	return true
}

// formStarts begin labels, lots and sections.
var formStarts = func() *wordSet {
	s := hashSet("section")
	for w := range labelWords {
		s.add(hashFolded(w))
	}
	for w := range lotWords {
		s.add(hashFolded(w))
	}
	return s
}()

// plain keeps what may be the title or the buyer of a notice that labels
// neither.
func (r *formReader) plain(s copytaster.Span) {
	if len(r.fields) == 0 && len(r.heads) < maxHeads {
		r.heads = append(r.heads, s)
	}
}

// emit adds a field. A mere name is that of whom the section is about.
func (r *formReader) emit(f labelled) {
	switch f.field {
	case fieldName, fieldFirm:
		firm := f.field == fieldFirm
		if f.field = r.section; f.field == fieldNone && firm {
			f.field = fieldSupplier
		}
		if f.field == fieldNone {
			return
		}
	case fieldHead:
		if v := f.Of(r.text); !strings.Contains(v, " ") && strings.ContainsAny(v, "0123456789") {
			return // a number
		}
	case fieldValue:
		f.field = max(f.field, r.sums) // the side of a heading, or a value
	}
	r.fields = append(r.fields, f)
}

// below reads the value of the label that ends line i from the next line, unless
// that holds fields itself: then the label is the heading of a section.
func (r *formReader) below(i int, f field) int {
	if f == fieldHead || (f == fieldOther || f == fieldResult) && len(r.heads) < maxHeads && kindOf(r.lines[i].Of(r.text)).named {
		r.heads = append(r.heads, r.lines[i])
		return i + 1
	}
	if i+1 >= len(r.lines) {
		return i + 1
	}
	if f == fieldOther {
		r.section, r.sums = fieldNone, fieldNone
		if got := r.look(r.lines[i+1]); len(got) == 1 && (got[0].field == fieldStart || got[0].field == fieldEnd) && r.plainTime(r.lines[i+1]) {
			return i + 2 // "Standstill period" and "End: 12 March"
		}
		if r.text[r.lines[i].End-1] == ':' && r.whole(r.lines[i+1]) != fieldNone && r.text[r.lines[i+1].End-1] != ':' {
			return i + 2 // "Role:" and "Buyer"
		}
		return i + 1
	}
	if r.holdsFields(r.lines[i+1]) {
		r.sums = fieldNone
		switch f {
		case fieldValue, fieldSide:
			r.sums = f
		case fieldName, fieldFirm, fieldText, fieldTitle, fieldResult:
		case fieldSupplier, fieldBuyer, fieldClient, fieldCentral, fieldLoser, fieldIncumbent:
			r.section = f
		default:
			r.section = fieldNone
		}
		return i + 1
	}
	r.emit(labelled{field: f, Span: r.lines[i+1]})
	switch f {
	case fieldSupplier, fieldLoser:
		return r.more(i+2, f)
	case fieldValue, fieldSide:
		return r.moreMoney(i + 2)
	}
	return i + 2
}

// holdsFields reports whether a line has a label.
func (r *formReader) holdsFields(s copytaster.Span) bool {
	if n := r.numbered(s); n > 3 {
		return true // the next heading
	}
	if _, ok := r.lot(s); ok {
		return true
	}
	return len(r.look(s)) > 0
}

// look reads the fields of a line without keeping them.
func (r *formReader) look(s copytaster.Span) []labelled {
	labels := len(r.marks)
	got := r.cells(copytaster.Span{Start: s.Start + r.numbered(s), End: s.End})
	r.marks = r.marks[:labels]
	return got
}

// plainTime reports whether the label of a line is one word, which says of what
// it is the start or end by what stands above it.
func (r *formReader) plainTime(s copytaster.Span) bool {
	label, _, _ := strings.Cut(s.Of(r.text), ":")
	return !strings.Contains(strings.TrimSpace(label), " ")
}

// more reads the lines behind the first of a list that has one supplier a line:
// up to the last that ends with a legal form, if none of them holds anything
// else than a name.
func (r *formReader) more(i int, f field) int {
	last := i
	for j := i; j < min(len(r.lines), i+maxParties); j++ {
		s := r.lines[j]
		text := s.Of(r.text)
		if s.End-s.Start > maxLabel || r.blankBefore(s.Start) && j > i || strings.ContainsAny(text, ":;|\t") || r.holdsFields(s) {
			break
		}
		if p := r.fieldParty(s); strings.IndexByte(p.Of(r.text), ',') >= 0 {
			break
		} else if r.endsLegal(p) {
			last = j + 1
		}
	}
	for j := i; j < last; j++ {
		r.emit(labelled{field: f, Span: r.lines[j]})
	}
	return last
}

// blankBefore reports whether a blank line stands before byte i.
func (r *formReader) blankBefore(i int) bool {
	before := r.text[:i]
	return strings.Count(before[len(strings.TrimRight(before, " \t\r\n")):], "\n") > 1
}

// endsLegal reports whether the last word of a span is a legal form.
func (a *analysis) endsLegal(s copytaster.Span) bool {
	words := strings.Fields(s.Of(a.text))
	return len(words) > 1 && isLegal(words[len(words)-1])
}

// isLegal reports whether a word is a legal form, or looks like one that is
// written with stops: "Ltd.", "B.V.", "S.p.A.".
func isLegal(w string) bool {
	if legalForms.has(hashFolded(foldWord(strings.Trim(w, ".,;")))) {
		return true
	}
	w = strings.TrimRight(w, ",;")
	if len(w) < 4 || len(w) > 8 || w[len(w)-1] != '.' {
		return false
	}
	for i := range len(w) {
		if (w[i] == '.') != (i%2 == 1) {
			return false
		}
	}
	return true
}

// moreMoney reads the lines behind a value that begin with another figure: "£7m
// excluding VAT", "£8.4m including VAT".
func (r *formReader) moreMoney(i int) int {
	for ; i < len(r.lines); i++ {
		m := r.moneyFrom(r.lines[i].Start)
		if m >= len(r.money) || r.money[m].Start > r.lines[i].Start {
			break
		}
		r.fields = append(r.fields, labelled{field: fieldSide, Span: r.lines[i]})
	}
	return i
}

// trimmed is a span without the white space at its ends.
func (a *analysis) trimmed(start, end int) copytaster.Span {
	for start < end && a.text[start] <= ' ' {
		start++
	}
	for end > start && a.text[end-1] <= ' ' {
		end--
	}
	return copytaster.Span{Start: start, End: end}
}
