// SPDX-License-Identifier: Apache-2.0

package main

import (
	"io"
	"os"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// minColumns is the narrowest terminal for which lines are broken.
const minColumns = 40

// columns is how wide lines for w may be: what COLUMNS says, else the width of
// the terminal; 0 for a file or a pipe, whose lines stay whole.
func columns(w io.Writer) int {
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		return max(n, minColumns)
	}
	if f, ok := w.(*os.File); ok && isTerminal(f) {
		if n := terminalColumns(f); n > 0 {
			return max(n, minColumns)
		}
	}
	return 0
}

// wrap breaks text at spaces into lines of at most columns, each behind the
// indent; 0 breaks nothing. A word that is wider, such as a URL, stays whole.
func wrap(text, indent string, columns int) string {
	if columns == 0 {
		return indent + text
	}
	var b strings.Builder
	room := columns - len(indent)
	used := 0
	for i, word := range strings.Fields(text) {
		w := visible(word)
		switch {
		case i == 0:
			b.WriteString(indent)
		case used+1+w > room:
			b.WriteString("\n" + indent)
			used = 0
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += w
	}
	return b.String()
}

// visible is how many columns of a terminal s fills: styles and combining marks
// none, the wide letters of East Asia two.
func visible(s string) int {
	n := 0
	for len(s) > 0 {
		if style, rest, ok := strings.Cut(s, "m"); ok && strings.HasPrefix(style, "\x1b[") {
			s = rest
			continue
		}
		r, size := utf8.DecodeRuneInString(s)
		s = s[size:]
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case width.LookupRune(r).Kind() == width.EastAsianWide || width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
