// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"cmp"
	"strings"

	"github.com/copytaster/copytaster"
)

// award is one award of a notice: the suppliers of one lot, or of all of it.
type award struct {
	lot, title         copytaster.Span
	suppliers          []copytaster.Span
	values, side       []int // indexes of figures
	start, end, period copytaster.Span
	role               field // fieldSupplier or fieldIncumbent
	priced             bool  // a value stands behind a supplier
	client             copytaster.Span
}

// noticeText is a form whose fields have been sorted by award.
type noticeText struct {
	head   award // what stands before the first lot
	awards []award
	buyer  copytaster.Span
	title  copytaster.Span
	called copytaster.Span // the title behind the name of the notice's kind
	text   copytaster.Span
	kind   noticeKind
}

// notice reads a text that is an award notice: one that has a labelled supplier,
// and a buyer, a value or a title. It returns the relations that its fields tell.
func (a *analysis) notice() []relation {
	f := &a.form
	n := a.sortFields(f)
	if len(n.awards) == 0 {
		return nil
	}
	kind, kinds := a.kind(f)
	if n.buyer.End == 0 && n.title.End == 0 && !n.valued() && !kind.named {
		return nil
	}
	if !kind.named && f.weak() && (n.buyer.End == 0 || !a.procures(f) && !a.bodyField(n.buyer)) {
		return nil // "Winner: ", of a match; "Supplier: ", of an invoice
	}
	if kind.open && n.awards[0].role == fieldSupplier && !a.saysAward(f) {
		return nil
	}
	n.kind = kind
	a.unlabelled(&n, f, kinds)
	return a.noticeRelations(&n)
}

// weak reports whether all that labels a supplier means many other things too.
func (f *fieldForm) weak() bool {
	for _, e := range f.fields {
		if e.field == fieldSupplier && !e.weak {
			return false
		}
	}
	return true
}

// procures reports whether a label of a form speaks of a contract.
func (a *analysis) procures(f *fieldForm) bool {
	for _, l := range f.marks {
		low := strings.ToLower(l.Of(a.text))
		for _, w := range []string{"contract", "tender", "award", "procur", "bid", "agreement"} {
			if strings.Contains(low, w) {
				return true
			}
		}
	}
	return false
}

// bodyField reports whether the value of a field names a public body, or a
// company.
func (a *analysis) bodyField(s copytaster.Span) bool {
	for i := range a.names {
		if m := &a.names[i]; int(m.start) < s.End && int(m.end) > s.Start && (m.buys() || m.suffix) {
			return true
		}
	}
	return false
}

// valued reports whether an award has a figure.
func (n *noticeText) valued() bool {
	for i := range n.awards {
		if len(n.awards[i].values)+len(n.awards[i].side) > 0 {
			return true
		}
	}
	return false
}

// saysAward reports whether a label says that its supplier was awarded the
// contract, whatever the notice calls itself.
func (a *analysis) saysAward(f *fieldForm) bool {
	for _, l := range f.marks {
		low := strings.ToLower(l.Of(a.text))
		if strings.Contains(low, "award") || strings.Contains(low, "success") || strings.Contains(low, "winn") {
			if g := labelField(strings.TrimRight(l.Of(a.text), " :")); g == fieldSupplier {
				return true
			}
		}
	}
	return false
}

// sortFields puts the fields of a form into awards. Without lots, a supplier
// behind one that has its value begins another award.
func (a *analysis) sortFields(f *fieldForm) noticeText {
	n := noticeText{}
	w := award{}
	seen := map[string]bool{}
	lots, client := false, copytaster.Span{}
	for _, e := range f.fields {
		switch e.field {
		case fieldLot:
			n.close(&w, lots)
			lots, w = true, award{lot: e.Span}
		case fieldSupplier, fieldIncumbent:
			if len(w.suppliers) > 0 && (w.priced && !lots || e.field != w.role) {
				n.close(&w, true)
				w = award{}
			}
			a.addSuppliers(&w, e, seen)
		case fieldBuyer, fieldCentral:
			if n.buyer.End == 0 || client.End == 0 && a.isCentral(f, n.buyer) {
				n.buyer = e.Span
			}
		case fieldClient:
			client = cmp.Or(client, e.Span)
			if lots {
				w.client = cmp.Or(w.client, e.Span)
			}
		case fieldTitle:
			if n.title.End > 0 && len(w.suppliers) > 0 && !lots {
				n.close(&w, true)
				w = award{}
			}
			w.title = cmp.Or(w.title, e.Span)
			n.title = cmp.Or(n.title, e.Span)
		case fieldHead:
			n.called = cmp.Or(n.called, e.Span)
		case fieldText:
			n.text = cmp.Or(n.text, e.Span)
		default:
			a.addTerm(&w, e)
		}
	}
	n.close(&w, lots)
	if n.text.End == 0 || strings.Contains(n.called.Of(a.text), " ") {
		n.title = cmp.Or(n.title, n.called)
	}
	n.buyer = cmp.Or(client, n.buyer)
	return n
}

// isCentral reports whether the field with a value was that of a body that buys
// for others.
func (a *analysis) isCentral(f *fieldForm, s copytaster.Span) bool {
	for _, e := range f.fields {
		if e.Span == s {
			return e.field == fieldCentral
		}
	}
	return false
}

// addTerm adds a value or a date to an award.
func (a *analysis) addTerm(w *award, e labelled) {
	switch e.field {
	case fieldValue:
		w.values = append(w.values, a.fieldMoney(e.Span)...)
		w.priced = w.priced || len(w.suppliers) > 0
	case fieldSide:
		w.side = append(w.side, a.fieldMoney(e.Span)...)
	case fieldStart:
		w.start = cmp.Or(w.start, e.Span)
	case fieldEnd:
		w.end = cmp.Or(w.end, e.Span)
	case fieldPeriod:
		w.period = cmp.Or(w.period, e.Span)
	}
}

// addSuppliers adds the names of a field that no award has yet.
func (a *analysis) addSuppliers(w *award, e labelled, seen map[string]bool) {
	for _, s := range a.fieldNames(e.Span) {
		key := foldName(s.Of(a.text))
		if seen[key] || len(seen) >= maxParties {
			continue
		}
		seen[key] = true
		w.suppliers, w.role = append(w.suppliers, s), e.field
	}
}

// close ends an award: one without a supplier is what all have in common, if
// nothing else stood before it.
func (n *noticeText) close(w *award, lots bool) {
	switch {
	case len(w.suppliers) > 0:
		n.awards = append(n.awards, *w)
	case len(n.awards) == 0 && w.lot.End == 0:
		n.head = *w
	}
}

// fieldMoney are the figures of a field's value.
func (a *analysis) fieldMoney(s copytaster.Span) []int {
	var out []int
	for i := a.moneyFrom(s.Start); i < len(a.money) && a.money[i].Start < s.End && len(out) < 3; i++ {
		out = append(out, i)
	}
	return out
}

// firstMoney is the first figure in a span, or -1.
func (a *analysis) firstMoney(s copytaster.Span) int {
	if m := a.fieldMoney(s); len(m) > 0 {
		return m[0]
	}
	return -1
}

// scoreNotice is the evidence for the contract of a notice, whose fields say it,
// and scoreGuessed that where its supplier is in no list and has no legal form, so
// that the field may hold something else.
const (
	scoreNotice  = 0.97
	scoreGuessed = 0.93
)

// fieldsBeside are the buyer, title and value that the fields of a form state
// whose supplier is told of in a sentence: "Agency: B", "The award to S has been
// rescinded".
func (a *analysis) fieldsBeside() noticeText {
	n := a.sortFields(&a.form)
	if len(a.form.marks) < 2 || len(a.text) > maxNotice || len(n.awards) > 0 {
		return noticeText{}
	}
	if n.buyer = a.behalf(n.buyer); n.buyer.End > 0 {
		a.nameFields(&n)
	}
	return n
}

// completeFrom fills in what the sentences of a form leave to its fields.
func (a *analysis) completeFrom(n *noticeText, told []relation) {
	for i := range told {
		r := &told[i]
		if b := a.fieldNamed(n.buyer); n.buyer.End > 0 && b >= 0 && !r.buyer.known() {
			r.buyer = party{name: b + 1}
		}
		if r.subject == "" && n.title.End > 0 {
			r.subject = cutSubject(n.title.Of(a.text))
		}
		if len(r.values) == 0 && i == 0 && a.unpriced(told) {
			r.values = n.head.values
		}
	}
}

// unpriced reports whether no relation has a figure.
func (a *analysis) unpriced(told []relation) bool {
	for i := range told {
		if len(told[i].values) > 0 {
			return false
		}
	}
	return true
}

// noticeRelations are the relations of the awards of a notice.
func (a *analysis) noticeRelations(n *noticeText) []relation {
	a.nameFields(n)
	var out []relation
	rest := n.head.values
	if len(n.awards) > 1 {
		rest = nil // the sum of all awards is that of none
	}
	for i := range n.awards {
		w := &n.awards[i]
		r := relation{evidence: []copytaster.Span{a.fieldLines(w.suppliers[0])}, subject: a.awardSubject(n, w), status: n.kind.status, later: true, score: scoreNotice}
		switch {
		case w.role == fieldIncumbent:
			r.status = copytaster.StatusInForce
		case r.status == "":
			r.status = copytaster.StatusAwarded
		}
		r.values = append(append(r.values, w.values...), w.side...)
		if len(n.awards) == 1 {
			r.values = append(append(append(append([]int(nil), w.values...), rest...), w.side...), n.head.side...)
		}
		l := a.fieldDates(cmp.Or(w.start, n.head.start), cmp.Or(w.end, n.head.end), cmp.Or(w.period, n.head.period))
		r.life = &l
		for _, s := range w.suppliers {
			if k := a.fieldNamed(s); k >= 0 {
				r.suppliers = append(r.suppliers, k)
				if a.names[k].ent < 0 && !a.endsLegal(s) {
					r.score = scoreGuessed
				}
			}
		}
		if b := cmp.Or(w.client, n.buyer); b.End > 0 {
			r.buyer = party{name: a.fieldNamed(b) + 1}
		}
		if len(r.suppliers) > 0 {
			out = append(out, r)
		}
	}
	return out
}

// awardSubject is what an award is for: the title of the notice, and that of the
// lot.
func (a *analysis) awardSubject(n *noticeText, w *award) string {
	title := cutSubject(n.title.Of(a.text))
	if w.title.End > 0 && len(n.awards) > 1 {
		title = cutSubject(w.title.Of(a.text))
	}
	lot := strings.Trim(w.lot.Of(a.text), " ()")
	switch {
	case lot == "" || title == "" && n.text.End == 0 && lot == "":
		return title
	case title == "":
		return cutSubject(lot)
	}
	return cutSubject(title + " - " + lot)
}

// fieldLines is the label and the value: the line that holds both, or both
// lines.
func (a *analysis) fieldLines(s copytaster.Span) copytaster.Span {
	from := s.Start
	for lines := 0; from > 0; from-- {
		if a.text[from-1] == '\n' {
			if lines++; lines > 1 || strings.TrimSpace(a.text[from:s.Start]) != "" {
				break
			}
		}
	}
	t := a.trimmed(from, s.End)
	if dot := strings.LastIndex(a.text[t.Start:s.Start], ". "); dot >= 0 {
		t.Start += dot + 2
	}
	return t
}
