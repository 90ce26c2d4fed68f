// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/copytaster/copytaster"
)

// compileText asks an article's title and body, its asides, or both.
func compileText(c copytaster.TextCond) expr {
	var parts []expr
	if match := ftsArticle(c); match != "" {
		parts = append(parts, matches("article.n", "article_text", match))
	}
	zones := slices.DeleteFunc(slices.Clone(c.In), ofArticle)
	if len(zones) > 0 {
		e := matches("n", "aside_text", ftsText(c, "word", "stem"))
		for _, z := range zones {
			e.args = append(e.args, z)
		}
		e.sql += " AND zone IN (" + places(len(zones)) + ")"
		parts = append(parts, among("article.n", "SELECT article FROM aside", e))
	}
	if len(parts) == 0 {
		return never()
	}
	return join(parts, " OR ")
}

// ofArticle reports whether a zone is one of the columns of article_text.
func ofArticle(z copytaster.Zone) bool {
	return z == copytaster.ZoneTitle || z == copytaster.ZoneBody
}

// ftsArticle is the match of a condition in article_text, "" where it asks
// neither the title nor the body.
func ftsArticle(c copytaster.TextCond) string {
	var words, stems []string
	for _, z := range c.In {
		if ofArticle(z) {
			words, stems = append(words, string(z)+"_word"), append(stems, string(z)+"_stem")
		}
	}
	if len(words) == 0 {
		return ""
	}
	return ftsText(c, strings.Join(words, " "), strings.Join(stems, " "))
}

// ftsText is the FTS5 match of a condition in the columns that hold words, or in
// those that hold stems. A phrase or window of FTS5 never leaves its column.
func ftsText(c copytaster.TextCond, words, stems string) string {
	columns := stems
	if c.Exact || c.Prefix {
		columns = words
	}
	var match string
	switch {
	case c.Prefix:
		match = ftsString(c.Terms...) + "*"
	case c.Near > 0 && len(c.Terms) > 1:
		terms := make([]string, len(c.Terms))
		for i, t := range c.Terms {
			terms[i] = ftsString(t)
		}
		// FTS5 counts what may stand between the first and the last term.
		match = fmt.Sprintf("NEAR(%s, %d)", strings.Join(terms, " "), len(c.Terms)+c.Near-2)
	default:
		match = ftsString(c.Terms...)
	}
	return "({" + columns + "} : " + match + ")"
}

// ftsString quotes terms as a phrase. Terms have no quotes; should one ever, it
// cannot break out.
func ftsString(terms ...string) string {
	return `"` + strings.ReplaceAll(strings.Join(terms, " "), `"`, `""`) + `"`
}

// splitText takes the operands out of an And or Or that FTS5 can answer by
// itself, which joins doclists faster than SQL joins sets of rows. It returns
// the rest, and their match, "" for none.
func splitText(conds []copytaster.Cond, op string) (rest []copytaster.Cond, match string) {
	var found []string
	for _, c := range conds {
		if m := ftsPure(c); m != "" {
			found = append(found, m)
		} else {
			rest = append(rest, c)
		}
	}
	return rest, ftsJoin(found, op)
}

// ftsPure is the match of a condition that asks an article's title and body
// alone, and does not begin with a negation; else "".
func ftsPure(c copytaster.Cond) string {
	switch c := c.(type) {
	case copytaster.TextCond:
		if slices.ContainsFunc(c.In, func(z copytaster.Zone) bool { return !ofArticle(z) }) {
			return ""
		}
		return ftsArticle(c)
	case copytaster.And:
		return ftsPureAll(c, " AND ")
	case copytaster.Or:
		return ftsPureAll(c, " OR ")
	}
	return ""
}

func ftsPureAll(conds []copytaster.Cond, op string) string {
	rest, match := splitText(conds, op)
	if len(rest) > 0 {
		return ""
	}
	return match
}

// ftsJoin joins matches by an operator of FTS5, by halves: it bounds the depth
// of an expression.
func ftsJoin(matches []string, op string) string {
	switch len(matches) {
	case 0:
		return ""
	case 1:
		return matches[0]
	}
	half := len(matches) / 2
	return "(" + ftsJoin(matches[:half], op) + op + ftsJoin(matches[half:], op) + ")"
}

// ftsScore is the match by which hits are ranked: what the query says of title
// and body, its negations left aside; "" where it says nothing. Where the query
// is met by other conditions too, each of its texts counts by itself.
func ftsScore(c copytaster.Cond) string {
	if m := ftsPure(c); m != "" {
		return m
	}
	var parts []copytaster.Cond
	op := " OR "
	switch c := c.(type) {
	case copytaster.And:
		parts, op = c, " AND "
	case copytaster.Or:
		parts = c
	case copytaster.TextCond:
		return ftsArticle(c)
	}
	var found []string
	for _, p := range parts {
		m := ftsScore(p)
		if m == "" {
			continue
		}
		if ftsPure(p) == "" {
			op = " OR "
		}
		found = append(found, m)
	}
	return ftsJoin(found, op)
}
