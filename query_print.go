// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"strconv"
	"strings"
)

// String prints the query in its own language: ParseQuery(q.String()) is equal
// to q. What was written in field:( ) is printed value by value.
func (q Query) String() string {
	if q.root == nil {
		return ""
	}
	var b strings.Builder
	printNode(&b, q.root)
	return b.String()
}

func printNode(b *strings.Builder, n *node) {
	switch n.op {
	case opLeaf:
		printLeaf(b, n.leaf)
	case opNot:
		b.WriteByte('-')
		printGroup(b, n.kids[0], n.kids[0].op != opLeaf && n.kids[0].op != opContract)
	case opContract:
		b.WriteString("contract:")
		printGroup(b, n.kids[0], true)
	case opAnd:
		for i, k := range n.kids {
			if i > 0 {
				b.WriteByte(' ')
			}
			printGroup(b, k, k.op == opAnd || k.op == opOr)
		}
	case opOr:
		for i, k := range n.kids {
			if i > 0 {
				b.WriteString(" OR ")
			}
			printGroup(b, k, k.op == opOr)
		}
	}
}

func printGroup(b *strings.Builder, n *node, parentheses bool) {
	if !parentheses {
		printNode(b, n)
		return
	}
	b.WriteByte('(')
	printNode(b, n)
	b.WriteByte(')')
}

func printLeaf(b *strings.Builder, l leaf) {
	if l.field != "" {
		b.WriteString(l.field)
		b.WriteByte(':')
	}
	if !l.quoted {
		b.WriteString(l.text)
		if l.star {
			b.WriteByte('*')
		}
		return
	}
	b.WriteByte('"')
	for _, r := range l.text {
		if r == '"' || r == '\\' {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	b.WriteByte('"')
	if l.near > 0 {
		b.WriteByte('~')
		b.WriteString(strconv.Itoa(l.near))
	}
}
