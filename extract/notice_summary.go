// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"

	"github.com/copytaster/copytaster"
)

// summaryWords stand between the buyer and the value, and before the supplier, in
// the summaries that a British portal gives its notices: "B has awarded a contract
// worth £5 to S.", the title below.
const (
	summaryWords = " has awarded a contract worth "
	summaryTo    = " to "
)

// summary reads the first line of such a summary as fields, and the second as the
// title.
func (r *formReader) summary() bool {
	if len(r.lines) < 2 {
		return false
	}
	s := r.lines[0]
	line := s.Of(r.text)
	i := strings.Index(line, summaryWords)
	if i <= 0 || i > maxLabel*2 {
		return false
	}
	from := i + len(summaryWords)
	to := strings.Index(line[from:], summaryTo)
	if to < 0 || to > maxLabel {
		return false
	}
	to += from
	supplier := r.trimmed(s.Start+to+len(summaryTo), s.Start+len(strings.TrimSuffix(line, "."))) // the stop of the sentence
	if supplier.End-supplier.Start > maxField*2 || strings.Contains(supplier.Of(r.text), ". ") || !r.endsLegal(supplier) && strings.ContainsAny(supplier.Of(r.text), ",&") {
		return false
	}
	r.fields = append(r.fields, labelled{field: fieldBuyer, Span: copytaster.Span{Start: s.Start, End: s.Start + i}},
		labelled{field: fieldValue, Span: copytaster.Span{Start: s.Start + from, End: s.Start + to}}, labelled{field: fieldSupplier, Span: supplier})
	if t := r.lines[1]; t.End-t.Start <= maxField {
		r.fields = append(r.fields, labelled{field: fieldTitle, Span: t})
	}
	return true
}
