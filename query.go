// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"fmt"
	"strings"
)

// Query is a question to the archive and, saved as a watch, to everything that
// comes in: docs/QUERY.md describes the language. It is a value; the zero Query
// matches every document. ParseQuery makes one, String prints it in the same
// language, Plan says what it means to an index, and Match is that meaning
// worked out on one document.
type Query struct {
	root *node // nil: everything
	plan Cond
}

// QueryError says where a query is wrong, and what to write instead.
type QueryError struct {
	Pos  int    // byte offset into the query
	Msg  string // what is wrong there
	Hint string // what to write, or ""
}

func (e *QueryError) Error() string {
	if e.Hint == "" {
		return fmt.Sprintf("query: at byte %d: %s", e.Pos+1, e.Msg)
	}
	return fmt.Sprintf("query: at byte %d: %s (%s)", e.Pos+1, e.Msg, e.Hint)
}

// The limits of a query.
const (
	MaxQueryLen    = 16 << 10 // bytes
	MaxQueryDepth  = 32       // parentheses and negations, one inside the other
	MaxQueryLeaves = 1000     // words, phrases and field values
)

// operator is what a node does with its kids.
type operator byte

const (
	opLeaf operator = iota
	opAnd
	opOr
	opNot      // one kid
	opContract // one kid
)

// node is a query as it was written.
type node struct {
	op   operator
	kids []*node
	leaf leaf
	pos  int // byte offset into the query
}

// leaf is one word, phrase or field value.
type leaf struct {
	field  string // "" for free text
	text   string // as written, without quotes, escapes and star
	quoted bool
	near   int  // of a phrase: see TextCond
	star   bool // a prefix, or with no text anything at all
	ids    []string
}

// IsZero reports whether the query asks for nothing, and so matches everything.
func (q Query) IsZero() bool { return q.root == nil }

// Equal reports whether both ask for the same in the same words. What Resolve
// has bound is not compared.
func (q Query) Equal(o Query) bool { return sameNode(q.root, o.root) }

func sameNode(a, b *node) bool {
	if a == nil || b == nil {
		return a == b
	}
	if a.op != b.op || len(a.kids) != len(b.kids) || !sameLeaf(a.leaf, b.leaf) {
		return false
	}
	for i := range a.kids {
		if !sameNode(a.kids[i], b.kids[i]) {
			return false
		}
	}
	return true
}

func sameLeaf(a, b leaf) bool {
	return a.field == b.field && a.text == b.text && a.quoted == b.quoted && a.near == b.near && a.star == b.star
}

// Plan is what the query means, with every rule of the language applied. A
// backend that compiles it finds exactly the documents that Match accepts. The
// plan is shared: it must not be changed.
func (q Query) Plan() Cond {
	if q.plan == nil {
		return And{}
	}
	return q.plan
}

// Resolve binds the names in supplier: and buyer: to gazetteer ids, as names
// finds them: it is given a role and a value as written, and returns the ids
// that the value stands for. An id that is written in the query holds without
// it, as does the name of an organisation that no list knows.
//
// The notices are for the person who wrote the query: a name that no list
// knows, or a small "or" that is searched as a word. Neither the text nor the
// equality of the query changes.
func (q Query) Resolve(names func(role Role, name string) (ids []string)) (Query, []string) {
	if q.root == nil {
		return q, nil
	}
	r := resolver{names: names}
	root := r.node(q.root)
	plan, err := buildPlan(root)
	if err != nil { // cannot be: the same tree was planned before
		return q, []string{err.Error()}
	}
	return Query{root: root, plan: plan}, r.notices
}

type resolver struct {
	names   func(Role, string) []string
	notices []string
}

func (r *resolver) node(n *node) *node {
	out := *n
	out.kids = make([]*node, len(n.kids))
	for i, k := range n.kids {
		out.kids[i] = r.node(k)
	}
	if n.op == opLeaf {
		r.leaf(&out.leaf)
	}
	return &out
}

func (r *resolver) leaf(l *leaf) {
	switch {
	case l.star || l.quoted && l.field == "":
	case l.field == "supplier" || l.field == "buyer":
		l.ids = r.names(Role(l.field), l.text)
		if len(l.ids) == 0 {
			r.notices = append(r.notices, fmt.Sprintf("no list knows the %s %q: only an organisation written so, or with that id, is found", l.field, l.text))
		}
	case l.field == "" && (l.text == "or" || l.text == "and" || l.text == "not"):
		r.notices = append(r.notices, fmt.Sprintf("%q is searched as a word: the operator is written %s", l.text, strings.ToUpper(l.text)))
	}
}
