// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strings"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// maxValues is how many values of a facet are shown.
const maxValues = 8

// facet is one field with the values that the hits have.
type facet struct {
	Name, Title string
	Values      []facetValue
	More        int // values that are not shown
}

// facetValue is a value with the links that narrow the search to it, leave it
// out, or take the condition back.
type facetValue struct {
	Label               string
	Count               int
	With, Without, Back string // Back alone is set when the query has the condition
}

func facets(text string, q copytaster.Query, sort index.Sort, counted map[string][]index.Bucket) []facet {
	titles := map[string]string{"supplier": "Suppliers", "buyer": "Buyers", "status": "Contract states", "money": "Figures", "currency": "Currencies",
		"source": "Sources", "kind": "Kinds", "language": "Languages", "month": "Months"}
	var out []facet
	for _, name := range index.FacetNames() {
		buckets := counted[name]
		if name == "money" {
			buckets = index.LabelBands(buckets)
		}
		if len(buckets) == 0 {
			continue
		}
		f := facet{Name: name, Title: titles[name], More: max(len(buckets)-maxValues, 0)}
		for _, b := range buckets[:min(len(buckets), maxValues)] {
			f.Values = append(f.Values, newFacetValue(text, q, sort, name, b))
		}
		out = append(out, f)
	}
	return out
}

func newFacetValue(text string, q copytaster.Query, sort index.Sort, name string, b index.Bucket) facetValue {
	v := facetValue{Label: bucketLabel(name, b), Count: b.Count}
	cond := facetTerm(name, b.Value)
	for _, had := range []string{cond, "-" + cond, "(" + cond + ")"} {
		if rest, ok := without(text, had); ok {
			v.Back = link("/search", "q", rest, "sort", string(sort))
			return v
		}
	}
	only := cond
	if name == "money" && boundFigures(text) {
		only = "(" + cond + ")" // any figure, as it is counted: not the one that the rest asks for
	}
	v.With = link("/search", "q", with(text, q, only), "sort", string(sort))
	v.Without = link("/search", "q", with(text, q, "-"+cond), "sort", string(sort))
	return v
}

// facetTerm is the condition that a value of a facet stands for. A band of money
// is written as it is.
func facetTerm(name, value string) string {
	if name == "money" {
		return "money:" + value
	}
	return term(facetField(name), value)
}

// boundFigures reports whether a query has conditions that would bind a money:
// beside them to one figure with them.
func boundFigures(text string) bool {
	return strings.Contains(text, "currency:") || strings.Contains(text, "per:")
}

// facetField is the query's field for a facet.
func facetField(name string) string {
	if name == "month" {
		return "published"
	}
	return name
}

func bucketLabel(name string, b index.Bucket) string {
	if b.Label != "" {
		return b.Label
	}
	switch name {
	case "status":
		return copytaster.Status(b.Value).Label()
	case "month":
		if t, err := time.Parse("2006-01", b.Value); err == nil {
			return t.Format("January 2006")
		}
	case "currency":
		return strings.ToUpper(b.Value)
	}
	return b.Value
}

// with adds a condition to a query; alternatives are put in parentheses first,
// since or binds weaker than and.
func with(text string, q copytaster.Query, cond string) string {
	if _, alternatives := q.Plan().(copytaster.Or); alternatives {
		text = "(" + text + ")"
	}
	return strings.TrimSpace(text + " " + cond)
}

// without takes a condition that stands by itself out of a query.
func without(text, cond string) (string, bool) {
	before, after, ok := strings.Cut(" "+text+" ", " "+cond+" ")
	if !ok || strings.Count(before, "(") != strings.Count(before, ")") || strings.Count(before, `"`)%2 == 1 {
		return text, false
	}
	return strings.TrimSpace(strings.TrimSpace(before) + " " + strings.TrimSpace(after)), true
}
