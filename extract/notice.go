// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"cmp"
	"strings"

	"github.com/copytaster/copytaster"
)

// field is what a line of a notice says: "Awarded to: X", or a label on a line
// of its own and the value on the next.
type field uint8

const (
	fieldNone field = iota
	fieldSupplier
	fieldBuyer
	fieldValue
	fieldTitle
	fieldStart
	fieldEnd
	fieldPeriod // both dates, or a duration
	fieldOther  // a label that ends the value before it
)

// labels are the names of the fields of award notices, as the publishers of the
// countries of the lists print them.
var labels = func() map[string]field {
	m := map[string]field{}
	for f, list := range map[field]string{
		fieldSupplier: "supplier|suppliers|supplier name|name of suppliers|names of suppliers|name of the supplier|awarded suppliers|contractor awarded name|successful contractor|name and address of the supplier|awarded to|awarded supplier|contractor|contractor name|name of contractor|name of supplier|name of the contractor|successful bidder|successful tenderer|successful supplier|winning bidder|winning tenderer|winner|economic operator|awardee|vendor|contract awarded to|name and address of the contractor|provider|recipient",
		fieldBuyer:    "contracting authority|contracting body|contracting entity|buyer|buyer name|authority|authority name|awarding authority|awarding body|purchaser|customer|client|contracting agency|awarding agency|agency|procuring entity|organisation|organisation name|published by|department|department/ind. agency",
		fieldValue:    "value|total value|contract value|value of contract|total value of contract|award value|value of award|total contract value|final value|awarded value|estimated value|estimated total value|amount|contract amount|price|total price|value (ex vat)|value excluding vat",
		fieldTitle:    "title|contract title|contract award notice|award notice|notice title|name of contract|contract name|subject|subject matter|procurement|notice of award|contract",
		fieldStart:    "start date|contract start date|contract start|start of contract|commencement date|contract commencement date|date of commencement|commencement|effective date|start",
		fieldEnd:      "end date|contract end date|contract end|end of contract|expiry date|contract expiry date|expiration date|date of expiry|expiry|completion date|end",
		fieldPeriod:   "contract period|contract dates|duration|contract duration|period of performance|contract term|term|period",
		fieldOther:    "description|award information|award date|date of award|reference|notice reference|procedure|procedure type|location|location of contract|cpv|cpv codes|published|publication date|closing date|status|industry|address|email|telephone|contact|region|lot|award criteria|number of tenders|framework|scope|notes|category|supplier details|town|city|country|publish date|procurement method|contract opportunity type",
	} {
		for _, l := range strings.Split(list, "|") {
			m[l] = f
		}
	}
	return m
}()

// entry is one field of a notice with the span of its value.
type labelled struct {
	field field
	copytaster.Span
}

// notice reads a text that is an award notice: one that has a labelled supplier.
// It returns the relation that the fields tell, or false.
func (a *analysis) notice() (relation, bool) {
	f := a.read(a.fields())
	if len(f.suppliers) == 0 || f.buyer.End == 0 && f.value < 0 && f.title.End == 0 {
		return relation{}, false
	}
	if f.buyer.End == 0 {
		f.buyer = cmp.Or(a.titleBuyer(), a.secondLine())
	}
	if f.title.End == 0 {
		f.title = a.firstLine()
	}
	r := relation{evidence: []copytaster.Span{a.sentenceAround(f.suppliers[0])}, subject: cutSubject(f.title.Of(a.text)),
		status: copytaster.StatusAwarded, later: true, score: scoreNotice}
	if f.value >= 0 {
		r.values = []int{f.value}
	}
	a.fielded = a.fieldDates(f.start, f.end, f.period)
	a.fieldParties(&r, f.suppliers[:min(len(f.suppliers), maxParties)], f.buyer)
	return r, true
}

// scoreNotice is the score of the contract of a notice: its fields say it.
const scoreNotice = 0.97

// noticeFields are the fields of a notice that tell of its contract.
type noticeFields struct {
	suppliers          []copytaster.Span
	buyer, title       copytaster.Span
	start, end, period copytaster.Span
	value              int // index of a figure, or -1
}

// read picks the fields: all suppliers, and the first of each other.
func (a *analysis) read(fields []labelled) noticeFields {
	n := noticeFields{value: -1}
	for _, f := range fields {
		switch f.field {
		case fieldSupplier:
			if len(n.suppliers) < maxParties {
				n.suppliers = append(n.suppliers, a.fieldNames(f.Span)...)
			}
		case fieldBuyer:
			n.buyer = cmp.Or(n.buyer, f.Span)
		case fieldTitle:
			n.title = cmp.Or(n.title, f.Span)
		case fieldStart:
			n.start = cmp.Or(n.start, f.Span)
		case fieldEnd:
			n.end = cmp.Or(n.end, f.Span)
		case fieldPeriod:
			n.period = cmp.Or(n.period, f.Span)
		case fieldValue:
			if n.value < 0 {
				n.value = a.firstMoney(f.Span)
			}
		}
	}
	return n
}

// fields are the labelled fields of a text, in order. A label stands at the
// beginning of a line, or behind a full stop, and ends with a colon or fills its
// line.
func (a *analysis) fields() []labelled {
	var out []labelled
	for at := 0; at < len(a.text); {
		end := strings.IndexByte(a.text[at:], '\n')
		if end < 0 {
			end = len(a.text)
		} else {
			end += at
		}
		a.lineFields(at, end, &out)
		at = end + 1
	}
	return out
}

// maxValue is how far behind a label the next one is looked for, in bytes, and
// maxParties how many suppliers a notice may list.
const (
	maxValue   = 1000
	maxParties = 50
)

// maxLabel is the longest label, in bytes.
const maxLabel = 40

// lineFields reads the fields of one line.
func (a *analysis) lineFields(at, end int, out *[]labelled) {
	line := a.text[at:end]
	if f := lineLabel(line); f != fieldNone {
		if s, ok := a.nextLine(end); ok && f != fieldOther {
			*out = append(*out, labelled{f, s})
			if f == fieldSupplier {
				a.moreSuppliers(s.End, out)
			}
		}
		return
	}
	for from := 0; from < len(line); {
		colon := strings.IndexByte(line[from:], ':')
		if colon < 0 || colon > maxLabel && from == 0 && !strings.Contains(line[:from+colon], ". ") {
			return
		}
		colon += from
		start := from
		if dot := strings.LastIndex(line[from:colon], ". "); dot >= 0 {
			start = from + dot + 2
		}
		f := labels[strings.ToLower(strings.TrimSpace(line[start:colon]))]
		if f == fieldNone {
			from = colon + 1
			continue
		}
		stop := a.valueEnd(line, colon+1)
		if s := a.trim(at+colon+1, at+stop); f != fieldOther && s.End > s.Start {
			*out = append(*out, labelled{f, s})
		}
		from = stop
	}
}

// lineLabel is the field that a whole line is the label of.
func lineLabel(line string) field {
	if len(line) > maxLabel+2 {
		return fieldNone
	}
	return labels[strings.ToLower(strings.TrimRight(strings.TrimSpace(line), ":"))]
}

// moreSuppliers reads the lines behind the first supplier of a list that has one
// a line: each ends with a legal form.
func (a *analysis) moreSuppliers(end int, out *[]labelled) {
	for n := 0; n < maxParties; n++ {
		s, ok := a.nextLine(end)
		if !ok || s.End-s.Start > maxLabel*2 || strings.IndexByte(s.Of(a.text), ':') >= 0 {
			return
		}
		words := strings.Fields(s.Of(a.text))
		if !legalForms[hashFolded(foldWord(words[len(words)-1]))] {
			return
		}
		*out = append(*out, labelled{fieldSupplier, s})
		end = s.End
	}
}

// titleBuyer is the body that a title begins with: "University of X - Guarding".
func (a *analysis) titleBuyer() copytaster.Span {
	first := a.firstLine()
	for i := range a.names {
		n := &a.names[i]
		if int(n.start) == first.Start && (n.buys() || otherStart[a.toks[n.from].hash]) && oneOf(a.raw(n.to), "-", "–", "—", ":") && int(n.end) < first.End {
			return a.span(n)
		}
	}
	return copytaster.Span{}
}

// valueEnd is where the value that begins at byte i of a line ends: before the
// next label behind a full stop, or at the end of the line.
func (a *analysis) valueEnd(line string, i int) int {
	for at := i; ; {
		colon := strings.IndexByte(line[at:], ':')
		if colon < 0 || at-i > maxValue {
			return len(line)
		}
		colon += at
		if dot := strings.LastIndex(line[i:colon], ". "); dot >= 0 && labels[strings.ToLower(strings.TrimSpace(line[i+dot+2:colon]))] != fieldNone {
			return i + dot + 1
		}
		at = colon + 1
	}
}

// nextLine is the span of the first line with text after byte end, unless that
// is a label itself.
func (a *analysis) nextLine(end int) (copytaster.Span, bool) {
	for at := end + 1; at < len(a.text); {
		stop := strings.IndexByte(a.text[at:], '\n')
		if stop < 0 {
			stop = len(a.text)
		} else {
			stop += at
		}
		if s := a.trim(at, stop); s.End > s.Start {
			return s, labels[strings.ToLower(s.Of(a.text))] == fieldNone
		}
		at = stop + 1
	}
	return copytaster.Span{}, false
}

// trim is a span without the white space and the one stop at its ends.
func (a *analysis) trim(start, end int) copytaster.Span {
	for start < end && a.text[start] <= ' ' {
		start++
	}
	for end > start && a.text[end-1] <= ' ' {
		end--
	}
	if end > start && a.text[end-1] == '.' {
		end--
	}
	return copytaster.Span{Start: start, End: end}
}

// firstLine and secondLine are the title and the buyer of a notice that does
// not label them.
func (a *analysis) firstLine() copytaster.Span {
	s, _ := a.nextLine(-1)
	return s
}

func (a *analysis) secondLine() copytaster.Span {
	s, ok := a.nextLine(a.firstLine().End + 1)
	if !ok || s.End-s.Start > 120 || strings.ContainsAny(s.Of(a.text), ":£$€") {
		return copytaster.Span{}
	}
	return s
}

// fieldNames cuts a value that lists several suppliers.
func (a *analysis) fieldNames(s copytaster.Span) []copytaster.Span {
	var out []copytaster.Span
	start := s.Start
	for i := s.Start; i <= s.End; i++ {
		if i == s.End || a.text[i] == ';' {
			t := copytaster.Span{Start: start, End: i}
			for t.Start < t.End && a.text[t.Start] <= ' ' {
				t.Start++
			}
			if t.End > t.Start && t.End-t.Start < 200 {
				out = append(out, t)
			}
			start = i + 1
		}
	}
	return out
}

// firstMoney is the first figure in a span, or -1.
func (a *analysis) firstMoney(s copytaster.Span) int {
	if i := a.moneyFrom(s.Start); i < len(a.money) && a.money[i].Start < s.End {
		return i
	}
	return -1
}

// sentenceAround is the label and the value: the line that holds both, or both
// lines.
func (a *analysis) sentenceAround(s copytaster.Span) copytaster.Span {
	from := s.Start
	for lines := 0; from > 0; from-- {
		if a.text[from-1] == '\n' {
			if lines++; lines > 1 || strings.TrimSpace(a.text[from:s.Start]) != "" {
				break
			}
		}
	}
	t := a.trim(from, s.End)
	if dot := strings.LastIndex(a.text[t.Start:s.Start], ". "); dot >= 0 {
		t.Start += dot + 2
	}
	return t
}
