// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"

	"github.com/copytaster/copytaster"
)

// table reads the rows of a table whose first line is line i, and returns the
// line behind it, or i for no table. A table begins with a line of three cells
// or more that are labels, one of them that of a supplier; a row is a lot.
func (r *formReader) table(i int) int {
	s := r.lines[i]
	if line := s.Of(r.text); strings.IndexByte(line, '|') < 0 && strings.IndexByte(line, '\t') < 0 && strings.Count(line, " / ") < 2 {
		return i
	}
	head := r.cut(s)
	columns := r.header(head)
	if columns == nil {
		return i
	}
	next := i + 1
	for ; next < len(r.lines); next++ {
		row := r.cut(r.lines[next])
		if len(row) == 0 || ruled(r.lines[next].Of(r.text)) {
			continue
		}
		if len(row) < len(columns)-1 || len(row) > len(columns) || r.whole(row[0]) != fieldNone {
			break
		}
		if len(row) == len(columns)-1 && !r.shifted(columns, row) {
			columns = columns[:len(row)]
		}
		r.row(columns, row)
	}
	if next == i+1 {
		return i
	}
	for k, c := range head {
		r.marks = append(r.marks, labelled{field: max(columns[min(k, len(columns)-1)], fieldOther), Span: c})
	}
	r.fields = append(r.fields, labelled{field: fieldLot, Span: copytaster.Span{Start: s.End, End: s.End}})
	return next
}

// header is what the columns under the cells of a header are, or nil.
func (a *analysis) header(cells []copytaster.Span) []field {
	if len(cells) < 2 {
		return nil
	}
	columns, known, supplier := make([]field, len(cells)), 0, false
	for k, c := range cells {
		f := a.whole(c)
		if f == fieldName || f == fieldFirm || f == fieldLoser {
			f = fieldSupplier // "Company", "Bidders evaluated"
		}
		if f == fieldOther && tableResults[foldName(c.Of(a.text))] {
			f = fieldResult
		}
		columns[k] = f
		supplier = supplier || f == fieldSupplier
		if f != fieldNone {
			known++
		}
	}
	if !supplier || known*3 < len(cells)*2 && known < 4 || len(cells) == 2 && !(columns[0] == fieldSupplier && columns[1] == fieldValue) {
		return nil
	}
	return columns
}

// tableResults head the column that says which bid won.
var tableResults = phraseSet("award|awarded|recommended|outcome|decision")

// shifted reports whether a row that lacks a cell lacks another than the last.
func (a *analysis) shifted(columns []field, row []copytaster.Span) bool {
	return columns[len(columns)-1] == fieldValue && a.firstMoney(row[len(row)-1]) >= 0
}

// rowDashes part the cells of a row in a list.
var rowDashes = []string{" – ", " — ", " - ", " / "}

// listRow reads a row of a list of awards, "Bus shelters – S Ltd – £5 – 3 years",
// in a text that calls itself one: one part ends with a legal form, another
// begins with a figure.
func (r *formReader) listRow(s copytaster.Span) bool {
	if s.End-s.Start > maxField || len(r.heads) == 0 {
		return false
	}
	at := s.Start + r.numbered(s)
	line := r.text[at:s.End]
	for _, dash := range rowDashes {
		if strings.Count(line, dash) < 2 || !r.awards() {
			continue
		}
		var title, supplier, value copytaster.Span
		for part := range strings.SplitSeq(line, dash) {
			c := r.trimmed(at, at+len(part))
			at += len(part) + len(dash)
			m := r.firstMoney(c)
			switch {
			case m >= 0 && r.money[m].Start == c.Start && value.End == 0:
				value = c
			case r.endsLegal(c) && supplier.End == 0:
				supplier = c
			case title.End == 0:
				title = c
			}
		}
		if supplier.End == 0 || value.End == 0 {
			return false
		}
		r.fields = append(r.fields, labelled{field: fieldLot, Span: title}, labelled{field: fieldSupplier, Span: supplier}, labelled{field: fieldValue, Span: value})
		return true
	}
	return false
}

// awards reports whether a line before calls the text one of awards.
func (r *formReader) awards() bool {
	for _, h := range r.heads {
		if kindOf(h.Of(r.text)).status == copytaster.StatusAwarded {
			return true
		}
	}
	return false
}

// ruled reports whether a line only parts the header of a table from its rows.
func ruled(line string) bool { return strings.Trim(line, "|-+=: \t") == "" }

// losses are what the column of the result has for a bid that did not win.
var losses = phraseSet("no|unsuccessful|rejected|lost|not awarded|not recommended|disqualified|non responsive|not selected|non compliant")

// row adds the fields of one row of a table.
func (r *formReader) row(columns []field, row []copytaster.Span) {
	for k, c := range row {
		if k < len(columns) && columns[k] == fieldResult && losses[foldName(c.Of(r.text))] {
			return
		}
	}
	title := copytaster.Span{Start: row[0].Start, End: row[0].Start}
	for k, c := range row {
		if k < len(columns) && (columns[k] == fieldTitle || columns[k] == fieldText) {
			title = c
			break
		}
	}
	r.fields = append(r.fields, labelled{field: fieldLot, Span: title})
	for k, c := range row {
		if k >= len(columns) {
			break
		}
		switch columns[k] {
		case fieldSupplier, fieldBuyer, fieldClient, fieldValue, fieldSide, fieldStart, fieldEnd, fieldPeriod:
			r.fields = append(r.fields, labelled{field: columns[k], Span: c})
		}
	}
}
