// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"strings"

	"github.com/copytaster/copytaster"
)

// compileText asks for terms in one of the zones of a condition.
func compileText(c copytaster.TextCond) object {
	parts := make([]object, len(c.In))
	for i, z := range c.In {
		words, stems := textFields(z)
		parts[i] = compileTerms(c, words, stems)
	}
	return anyOf(parts)
}

// textFields names the fields that hold the words and the stems of a zone.
func textFields(z copytaster.Zone) (words, stems string) {
	switch z {
	case copytaster.ZoneTitle:
		return "title_words", "title_stems"
	case copytaster.ZoneBody:
		return "body_words", "body_stems"
	}
	return "asides." + string(z) + ".words", "asides." + string(z) + ".stems"
}

// compileTerms asks for the terms of a condition in the field that holds words,
// or in the one that holds stems.
func compileTerms(c copytaster.TextCond, words, stems string) object {
	field := stems
	if c.Exact || c.Prefix {
		field = words
	}
	switch {
	case len(c.Terms) == 0:
		return nothing()
	case c.Prefix:
		return object{"prefix": object{field: object{"value": c.Terms[0]}}}
	case len(c.Terms) == 1:
		return object{"term": object{field: object{"value": c.Terms[0]}}}
	case c.Near > 0:
		return window(field, c.Terms, c.Near)
	}
	return object{"match_phrase": object{field: object{"query": strings.Join(c.Terms, " "), "analyzer": "whitespace"}}}
}

// window asks for all of the distinct terms, in any order, with at most so many
// others between the first and the last.
func window(field string, terms []string, others int) object {
	all := make([]object, len(terms))
	for i, t := range terms {
		all[i] = object{"match": object{"query": t, "analyzer": "whitespace", "max_gaps": 0}}
	}
	if len(all) == 0 {
		return nothing()
	}
	rule := object{"all_of": object{"intervals": all, "ordered": false, "max_gaps": others}}
	return object{"intervals": object{field: rule}}
}

// titleBoost is how much more a word of the headline says of an article than one
// of its text.
const titleBoost = 5.0

// ranking are the queries by which hits are scored: what the plan says of title
// and body, its negations left aside.
func ranking(c copytaster.Cond) []object {
	switch c := c.(type) {
	case copytaster.And:
		return rankings(c)
	case copytaster.Or:
		return rankings(c)
	case copytaster.TextCond:
		var out []object
		for _, z := range c.In {
			switch z {
			case copytaster.ZoneTitle:
				out = append(out, object{"bool": object{"must": compileText(copytaster.TextCond{In: []copytaster.Zone{z}, Terms: c.Terms, Exact: c.Exact, Near: c.Near, Prefix: c.Prefix}), "boost": titleBoost}})
			case copytaster.ZoneBody:
				out = append(out, compileText(copytaster.TextCond{In: []copytaster.Zone{z}, Terms: c.Terms, Exact: c.Exact, Near: c.Near, Prefix: c.Prefix}))
			}
		}
		return out
	}
	return nil
}

func rankings(conds []copytaster.Cond) []object {
	var out []object
	for _, c := range conds {
		out = append(out, ranking(c)...)
	}
	return out
}
