// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"fmt"
	"strings"
)

// text plans a word, a phrase or a prefix of the title, the body or an aside.
func (s scope) text(n *node) (Cond, error) {
	in := []Zone{ZoneTitle, ZoneBody}
	switch {
	case n.leaf.field == "title":
		in = in[:1]
	case n.leaf.field == "body":
		in = in[1:]
	case s.zones != nil:
		in = s.zones
	}
	return textCond(n, in)
}

// maxPhrase is the number of words in the longest phrase. A longer one would
// cost its length at every place of a text that repeats its first words.
const maxPhrase = 64

func textCond(n *node, in []Zone) (TextCond, error) {
	l := n.leaf
	if isAny(l) {
		return TextCond{}, &QueryError{n.pos, "a star alone is not a word", "an empty query finds everything"}
	}
	tokens := Analyse(l.text)
	switch {
	case len(tokens) == 0:
		return TextCond{}, &QueryError{n.pos, fmt.Sprintf("%s has no letter or digit in it", clip(l.text)), ""}
	case len(tokens) > maxPhrase:
		return TextCond{}, &QueryError{n.pos, fmt.Sprintf("a phrase of %d words; %d is the most", len(tokens), maxPhrase), "quote a part of it"}
	case l.star && len(tokens) > 1:
		return TextCond{}, &QueryError{n.pos, fmt.Sprintf("%s* is several words, and a star follows one only", l.text), "write them as words of their own"}
	}
	c := TextCond{In: in, Exact: l.quoted, Prefix: l.star, Near: l.near}
	for _, t := range tokens {
		if l.quoted || l.star {
			c.Terms = append(c.Terms, t.Word)
		} else {
			c.Terms = append(c.Terms, t.Stem)
		}
	}
	if c.Near > 0 {
		c.Terms = distinct(c.Terms)
	}
	if len(c.Terms) == 1 {
		c.Near = 0
	}
	return c, nil
}

// entity plans supplier: and buyer:.
func (s scope) entity(n *node) (Cond, error) {
	l := n.leaf
	c := EntityCond{Role: Role(l.field), Any: isAny(l)}
	if !c.Any {
		if err := noPrefix(n); err != nil {
			return nil, err
		}
		if c.Name = FoldName(l.text); c.Name == "" {
			return nil, &QueryError{n.pos, fmt.Sprintf("%s has no letter or digit in it", clip(l.text)), ""}
		}
		c.IDs = distinct(append([]string{l.text}, l.ids...))
	}
	if s.contract {
		return c, nil
	}
	if s.zones == nil {
		c.Zone = ZoneBody
		return c, nil
	}
	out := make(Or, len(s.zones))
	for i, z := range s.zones {
		c.Zone = z
		out[i] = c
	}
	if len(out) == 1 {
		return out[0], nil
	}
	return out, nil
}

// status plans status:; every contract has one.
func (s scope) status(n *node) (Cond, error) {
	switch {
	case isAny(n.leaf) && s.contract:
		return And{}, nil
	case isAny(n.leaf):
		return ContractCond{And{}}, nil
	}
	status, err := oneOf(n, Statuses())
	return StatusCond{status}, err
}

func subjectCond(n *node) (Cond, error) {
	if isAny(n.leaf) {
		return SubjectCond{Any: true}, nil
	}
	t, err := textCond(n, nil)
	return SubjectCond{Text: t}, err
}

func keywordCond(n *node) (Cond, error) {
	l := n.leaf
	c := KeywordCond{Field: l.field, Any: isAny(l)}
	if c.Any {
		return c, nil
	}
	if err := noPrefix(n); err != nil {
		return nil, err
	}
	switch l.field {
	case "kind":
		kind, err := oneOf(n, kinds())
		c.Value = FoldName(string(kind))
		return c, err
	case "language":
		c.Value = foldLanguage(l.text)
		if !languageTag(c.Value) {
			return nil, &QueryError{n.pos, fmt.Sprintf("%s is no language", clip(l.text)), "write a BCP 47 tag: en, en-GB, cy"}
		}
		return c, nil
	}
	if c.Value = FoldName(l.text); c.Value == "" {
		return nil, &QueryError{n.pos, fmt.Sprintf("%s has no letter or digit in it", clip(l.text)), ""}
	}
	return c, nil
}

// isAny reports whether a leaf is a star alone: has any value.
func isAny(l leaf) bool { return l.star && l.text == "" && !l.quoted }

func noPrefix(n *node) error {
	if !n.leaf.star {
		return nil
	}
	return &QueryError{n.pos, fmt.Sprintf("%s: takes no beginning of a value", n.leaf.field), "write the value whole, or * for any"}
}

// oneOf reads a value that must be in a list; case, hyphens and spaces do not
// count.
func oneOf[T ~string](n *node, list []T) (T, error) {
	want := strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(n.leaf.text))
	names := make([]string, len(list))
	for i, v := range list {
		if string(v) == want && !n.leaf.star {
			return v, nil
		}
		names[i] = string(v)
	}
	return "", &QueryError{n.pos, fmt.Sprintf("%s: cannot be %s", n.leaf.field, clip(n.leaf.text)), "it is one of " + strings.Join(names, ", ")}
}

// kinds lists the kinds of page that yield articles.
func kinds() []Kind {
	return []Kind{KindNews, KindOpinion, KindBlog, KindLive, KindThread, KindRelease, KindNotice, KindReport, KindOther}
}

// foldLanguage is the form in which language tags are compared.
func foldLanguage(tag string) string {
	return strings.ReplaceAll(strings.ToLower(tag), "_", "-")
}

// languageTag reports whether s has the form of a BCP 47 tag in lower case.
func languageTag(s string) bool {
	for i, part := range strings.Split(s, "-") {
		if !plainWord(part) || len(part) > 8 || i == 0 && (len(part) < 2 || !isLowerASCII(part)) {
			return false
		}
	}
	return true
}

// distinct returns the values without repetitions, in order.
func distinct(values []string) []string {
	seen := make(map[string]bool, len(values))
	out := values[:0]
	for _, v := range values {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}
