// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"fmt"
	"unicode/utf8"
)

// ParseQuery reads a query. Every error is a *QueryError. A query that means
// nothing is an error, never one that finds nothing; only white space is the
// zero Query.
func ParseQuery(s string) (Query, error) {
	if err := checkInput(s); err != nil {
		return Query{}, err
	}
	p := parser{lex: lexer{in: s}}
	if err := p.advance(); err != nil {
		return Query{}, err
	}
	if p.tok.kind == tokenEnd {
		return Query{}, nil
	}
	root, err := p.or()
	if err != nil {
		return Query{}, err
	}
	if p.tok.kind != tokenEnd {
		return Query{}, p.unexpected()
	}
	plan, err := buildPlan(root)
	if err != nil {
		return Query{}, err
	}
	return Query{root: root, plan: plan}, nil
}

// MustParseQuery is ParseQuery for a query that stands in the program's own
// text; it panics on an error.
func MustParseQuery(s string) Query {
	q, err := ParseQuery(s)
	if err != nil {
		panic(fmt.Sprintf("%q: %v", s, err))
	}
	return q
}

func checkInput(s string) error {
	if len(s) > MaxQueryLen {
		return &QueryError{MaxQueryLen, fmt.Sprintf("the query is longer than %d bytes", MaxQueryLen), "split it in several watches"}
	}
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return &QueryError{i, "the query is not valid UTF-8", ""}
			}
		}
		if r == 0 {
			return &QueryError{i, "the query holds a zero byte", ""}
		}
	}
	return nil
}

// parser builds the tree of a query, one method for each level of the grammar.
type parser struct {
	lex      lexer
	tok      lexeme // the piece in hand
	field    string // inside field:( ), that field
	contract bool   // inside contract:( )
	depth    int
	leaves   int
}

func (p *parser) advance() (err error) {
	p.tok, err = p.lex.next()
	return err
}

// or = and { "OR" and }
func (p *parser) or() (*node, error) {
	pos := p.tok.pos
	first, err := p.and()
	if err != nil {
		return nil, err
	}
	kids := []*node{first}
	for p.tok.kind == tokenOr {
		if err := p.advance(); err != nil {
			return nil, err
		}
		kid, err := p.and()
		if err != nil {
			return nil, err
		}
		kids = append(kids, kid)
	}
	return join(opOr, kids, pos), nil
}

// and = not { [ "AND" ] not }
func (p *parser) and() (*node, error) {
	pos := p.tok.pos
	var kids []*node
	for {
		kid, err := p.not()
		if err != nil {
			return nil, err
		}
		kids = append(kids, kid)
		switch p.tok.kind {
		case tokenAnd:
			if err := p.advance(); err != nil {
				return nil, err
			}
		case tokenOr, tokenClose, tokenEnd:
			if len(kids) == 1 {
				return bare(kids[0]), nil
			}
			return join(opAnd, kids, pos), nil
		}
	}
}

func join(op operator, kids []*node, pos int) *node {
	if len(kids) == 1 {
		return kids[0]
	}
	return &node{op: op, kids: kids, pos: pos}
}

// not = [ "-" | "NOT" ] not | term
func (p *parser) not() (*node, error) {
	if p.tok.kind != tokenNot {
		return p.term()
	}
	pos := p.tok.pos
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	if err := p.advance(); err != nil {
		return nil, err
	}
	kid, err := p.not()
	if err != nil {
		return nil, err
	}
	return &node{op: opNot, kids: []*node{bare(kid)}, pos: pos}, nil
}

// apart keeps the parentheses around a single value that would otherwise be
// bound to what stands beside them: (money:>1bn) (currency:usd) speaks of two
// figures, (zone:comment) atos of an article that names Atos.
func apart(n *node) *node {
	if onlyFields(n, "money", "currency", "per", "zone") && n.op == opLeaf {
		return &node{op: opAnd, kids: []*node{n}, pos: n.pos}
	}
	return n
}

// bare drops those parentheses where nothing stands beside them.
func bare(n *node) *node {
	if n.op == opAnd && len(n.kids) == 1 {
		return n.kids[0]
	}
	return n
}

// term = "(" or ")" | field ":" value | word | phrase
func (p *parser) term() (*node, error) {
	switch p.tok.kind {
	case tokenOpen:
		return p.group()
	case tokenField:
		return p.fieldValue()
	case tokenWord, tokenPhrase:
		return p.leaf(p.field)
	}
	return nil, p.unexpected()
}

// group reads an expression in parentheses.
func (p *parser) group() (*node, error) {
	open := p.tok.pos
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	if err := p.advance(); err != nil {
		return nil, err
	}
	if p.tok.kind == tokenClose {
		return nil, &QueryError{open, "the parentheses are empty", ""}
	}
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.tok.kind != tokenClose {
		return nil, &QueryError{open, "the parenthesis is not closed", "write ) at its end"}
	}
	if p.field == "" {
		n = apart(n)
	}
	return n, p.advance()
}

// fieldValue reads what stands behind a field's colon.
func (p *parser) fieldValue() (*node, error) {
	name, pos := p.tok.text, p.tok.pos
	if err := checkField(name, pos); err != nil {
		return nil, err
	}
	if p.field != "" {
		return nil, &QueryError{pos, fmt.Sprintf("a field inside %s:( )", p.field), "close the parenthesis first, or put quotes around the value"}
	}
	var err error
	if p.tok, err = p.lex.value(name); err != nil {
		return nil, err
	}
	if name == "contract" {
		return p.contractGroup(pos)
	}
	if p.tok.kind != tokenOpen {
		return p.leaf(name)
	}
	p.field = name
	defer func() { p.field = "" }()
	return p.group()
}

func (p *parser) contractGroup(pos int) (*node, error) {
	if p.contract {
		return nil, &QueryError{pos, "contract: inside contract:( )", "close the parenthesis first"}
	}
	if p.tok.kind == tokenWord && p.tok.text == "" && p.tok.star {
		return p.leaf("contract")
	}
	if p.tok.kind != tokenOpen {
		return nil, &QueryError{p.tok.pos, "contract: needs parentheses", "write contract:(supplier:atos money:>10m), or contract:* for any"}
	}
	p.contract = true
	defer func() { p.contract = false }()
	kid, err := p.group()
	if err != nil {
		return nil, err
	}
	return &node{op: opContract, kids: []*node{bare(kid)}, pos: pos}, nil
}

func (p *parser) leaf(field string) (*node, error) {
	if p.leaves++; p.leaves > MaxQueryLeaves {
		return nil, &QueryError{p.tok.pos, fmt.Sprintf("the query has more than %d terms", MaxQueryLeaves), "split it in several watches"}
	}
	t := p.tok
	n := &node{op: opLeaf, pos: t.pos, leaf: leaf{field: field, text: t.text, quoted: t.kind == tokenPhrase, near: t.near, star: t.star}}
	return n, p.advance()
}

func (p *parser) enter() error {
	if p.depth++; p.depth > MaxQueryDepth {
		return &QueryError{p.tok.pos, fmt.Sprintf("more than %d levels of parentheses and negations", MaxQueryDepth), ""}
	}
	return nil
}

func (p *parser) leave() { p.depth-- }

func (p *parser) unexpected() error {
	pos := p.tok.pos
	switch p.tok.kind {
	case tokenClose:
		return &QueryError{pos, "there is nothing before this )", "remove it, or open a parenthesis before it"}
	case tokenOr, tokenAnd:
		return &QueryError{pos, p.tok.text + " has nothing before it", "put it in quotes to search for the word"}
	case tokenEnd:
		return &QueryError{pos, "the query breaks off here", "an operator needs something behind it"}
	}
	return &QueryError{pos, "this does not belong here", ""}
}
