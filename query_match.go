// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"slices"
	"strings"
)

// Match reports whether the query accepts a document. To ask many queries of
// one document, make one View and use MatchView.
func (q Query) Match(d *Document) bool { return q.MatchView(NewView(d)) }

// MatchView reports whether the query accepts the document of a view.
func (q Query) MatchView(v *View) bool { return v.holds(q.Plan()) }

func (v *View) holds(c Cond) bool {
	switch c := c.(type) {
	case And:
		return all(c, v.holds)
	case Or:
		return slices.ContainsFunc(c, v.holds)
	case Not:
		return !v.holds(c.Cond)
	case TextCond:
		return v.textHolds(c)
	case EntityCond:
		return v.partiesIn(c.Role, c.Zone).holds(c)
	case MoneyCond:
		return anyFigure(v.doc.Money, c)
	case ContractCond:
		return v.contractHolds(c.Cond)
	case StatusCond, SubjectCond:
		return v.contractHolds(c)
	case KeywordCond:
		return v.keywordHolds(c)
	case DateCond:
		return v.dateHolds(c)
	case ZoneCond:
		return slices.ContainsFunc(v.doc.Asides, func(a Aside) bool { return a.Zone == c.Zone })
	}
	return false
}

func all(conds []Cond, holds func(Cond) bool) bool {
	for _, c := range conds {
		if !holds(c) {
			return false
		}
	}
	return true
}

func (v *View) textHolds(c TextCond) bool {
	for _, z := range c.In {
		for _, t := range v.in(z) {
			if t.holds(c) {
				return true
			}
		}
	}
	return false
}

func (t *textView) holds(c TextCond) bool {
	switch {
	case len(c.Terms) == 0:
		return false
	case c.Prefix:
		return len(t.withPrefix(c.Terms[0])) > 0
	case len(c.Terms) == 1:
		return len(t.places(c.Terms[0], c.Exact)) > 0
	}
	found := false
	t.find(c, func([]int) bool {
		found = true
		return false
	})
	return found
}

// find yields the places of every occurrence of a condition in the text, until
// yield returns false. The slice is used again.
func (t *textView) find(c TextCond, yield func(places []int) bool) {
	switch {
	case len(c.Terms) == 0:
	case c.Prefix:
		for _, w := range t.withPrefix(c.Terms[0]) {
			for _, p := range t.words[w] {
				if !yield([]int{p}) {
					return
				}
			}
		}
	case c.Near > 0 && len(c.Terms) > 1:
		t.findNear(c, yield)
	default:
		t.findPhrase(c, yield)
	}
}

func (t *textView) findPhrase(c TextCond, yield func([]int) bool) {
	places := make([]int, len(c.Terms))
	for _, first := range t.places(c.Terms[0], c.Exact) {
		if !t.standsAt(first, c) {
			continue
		}
		for i := range places {
			places[i] = first + i
		}
		if !yield(places) {
			return
		}
	}
}

func (t *textView) standsAt(first int, c TextCond) bool {
	if first+len(c.Terms) > len(t.tokens) {
		return false
	}
	for i, term := range c.Terms {
		k := &t.tokens[first+i]
		if c.Exact && k.Word != term || !c.Exact && k.Stem != term {
			return false
		}
	}
	return true
}

// findNear yields, for each place of a term, the nearest places behind it of
// all the others where they lie in the window. Terms are distinct.
func (t *textView) findNear(c TextCond, yield func([]int) bool) {
	lists := make([][]int, len(c.Terms))
	for i, term := range c.Terms {
		if lists[i] = t.places(term, c.Exact); len(lists[i]) == 0 {
			return
		}
	}
	places := make([]int, len(lists))
	for {
		low, high, lowest := lists[0][0], lists[0][0], 0
		for i, l := range lists {
			places[i] = l[0]
			if l[0] < low {
				low, lowest = l[0], i
			}
			high = max(high, l[0])
		}
		if high-low < len(c.Terms)+c.Near && !yield(places) {
			return
		}
		if lists[lowest] = lists[lowest][1:]; len(lists[lowest]) == 0 {
			return
		}
	}
}

func anyFigure(figures []Money, c MoneyCond) bool {
	for i := range figures {
		if figureHolds(&figures[i], c) {
			return true
		}
	}
	return false
}

func figureHolds(m *Money, c MoneyCond) bool {
	if c.Currency != "" && c.Currency != m.Currency && (c.Currency != AnyValue || m.Currency == "") {
		return false
	}
	if c.Per != "" && c.Per != m.Per && (c.Per != AnyValue || m.Per == "") {
		return false
	}
	if c.Lo == nil && c.Hi == nil {
		return true
	}
	lo, hi, ok := m.Interval()
	return ok && (c.Lo == nil || hi >= *c.Lo) && (c.Hi == nil || lo <= *c.Hi)
}

func (v *View) contractHolds(c Cond) bool {
	for _, k := range v.allContracts() {
		if k.holds(c) {
			return true
		}
	}
	return false
}

// holds reads a condition of one contract.
func (k *contractView) holds(c Cond) bool {
	switch c := c.(type) {
	case And:
		return all(c, k.holds)
	case Or:
		return slices.ContainsFunc(c, k.holds)
	case Not:
		return !k.holds(c.Cond)
	case EntityCond:
		if c.Role == RoleBuyer {
			return k.buyers.holds(c)
		}
		return k.suppliers.holds(c)
	case MoneyCond:
		return anyFigure(k.contract.Values, c)
	case StatusCond:
		return k.contract.Status == c.Status
	case SubjectCond:
		if c.Any {
			return len(k.subject.tokens) > 0
		}
		return k.subject.holds(c.Text)
	}
	return false
}

func (v *View) keywordHolds(c KeywordCond) bool {
	d := v.doc
	switch c.Field {
	case "kind":
		return c.Any && d.Kind != "" || !c.Any && FoldName(string(d.Kind)) == c.Value
	case "source":
		return c.Any && len(d.Sources) > 0 || !c.Any && slices.ContainsFunc(d.Sources, func(s string) bool { return FoldName(s) == c.Value })
	case "author":
		return c.Any && len(d.Byline) > 0 || !c.Any && slices.ContainsFunc(d.Byline, func(s string) bool { return namesAuthor(s, c.Value) })
	case "language":
		tag := foldLanguage(d.Language)
		return c.Any && tag != "" || !c.Any && (tag == c.Value || strings.HasPrefix(tag, c.Value+"-"))
	}
	return false
}

// namesAuthor reports whether every word of value stands in the byline.
func namesAuthor(byline, value string) bool {
	have := Words(byline)
	for _, w := range strings.Fields(value) {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return true
}

func (v *View) dateHolds(c DateCond) bool {
	var from, to string
	if c.Field == "fetched" {
		if v.doc.Fetched.IsZero() {
			return false
		}
		from = v.doc.Fetched.UTC().Format("2006-01-02")
		to = from
	} else if from, to = v.doc.Published.Days(); from == "" {
		return false
	}
	return (c.From == "" || to >= c.From) && (c.To == "" || from <= c.To)
}
