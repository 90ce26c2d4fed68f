// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind is what a piece of a query is.
type tokenKind byte

const (
	tokenEnd tokenKind = iota
	tokenOpen
	tokenClose
	tokenAnd
	tokenOr
	tokenNot
	tokenField  // text is the field's name in lower case
	tokenWord   // text as written, without an ending star
	tokenPhrase // text without quotes and escapes
)

// lexeme is one piece of a query. Only words and phrases have near and star.
type lexeme struct {
	kind tokenKind
	text string
	near int
	star bool
	pos  int
}

// lexer cuts a query into pieces.
type lexer struct {
	in  string
	pos int
}

// next returns the next piece where an expression may begin.
func (l *lexer) next() (lexeme, error) {
	l.space()
	start := l.pos
	if start == len(l.in) {
		return lexeme{kind: tokenEnd, pos: start}, nil
	}
	r, n := l.rune()
	switch {
	case r == '(':
		l.pos += n
		return lexeme{kind: tokenOpen, pos: start}, nil
	case r == ')':
		l.pos += n
		return lexeme{kind: tokenClose, pos: start}, nil
	case r == '-':
		l.pos += n
		return lexeme{kind: tokenNot, pos: start}, l.mustFollow(start, "-")
	case isQuote(r):
		return l.phrase()
	}
	if name, ok := l.field(); ok {
		l.pos += len(name) + 1
		return lexeme{kind: tokenField, text: strings.ToLower(name), pos: start}, nil
	}
	return l.wordOrOperator()
}

// value returns the piece directly behind a field's colon.
func (l *lexer) value(field string) (lexeme, error) {
	r, n := l.rune()
	switch {
	case n == 0 || unicode.IsSpace(r) || r == ')':
		return lexeme{}, &QueryError{l.pos, field + ": has no value", "write the value directly behind the colon, " + field + ":* for any"}
	case r == '(':
		start := l.pos
		l.pos += n
		return lexeme{kind: tokenOpen, pos: start}, nil
	case isQuote(r):
		return l.phrase()
	case r == '-':
		return lexeme{}, &QueryError{l.pos, "a value cannot begin with -", "to exclude, write -" + field + ":..."}
	}
	return l.word()
}

func (l *lexer) wordOrOperator() (lexeme, error) {
	w, err := l.word()
	if err != nil || w.star {
		return w, err
	}
	switch w.text {
	case "OR":
		w.kind = tokenOr
	case "AND":
		w.kind = tokenAnd
	case "NOT":
		w.kind = tokenNot
	}
	return w, nil
}

// word reads to the next space, parenthesis or quote.
func (l *lexer) word() (lexeme, error) {
	start := l.pos
	for l.pos < len(l.in) {
		r, n := l.rune()
		if unicode.IsSpace(r) || r == '(' || r == ')' || isQuote(r) {
			break
		}
		l.pos += n
	}
	text := l.in[start:l.pos]
	if hint := oddWord(text); hint != "" {
		return lexeme{}, &QueryError{start, fmt.Sprintf("%s is not in the language", clip(text)), hint}
	}
	text, star := strings.CutSuffix(text, "*")
	if i := strings.IndexByte(text, '*'); i >= 0 {
		return lexeme{}, &QueryError{start + i, "a star stands at the end of a word only", "write the beginning of the word and a star: outsourc*"}
	}
	return lexeme{kind: tokenWord, text: text, star: star, pos: start}, nil
}

// oddWord is what to write instead of the operators of other search boxes, which
// would mean something else here without a word of warning.
func oddWord(w string) string {
	switch {
	case w == "&&":
		return "terms side by side mean and"
	case w == "||" || w == "|":
		return "write OR"
	case strings.HasPrefix(w, "!"), strings.HasPrefix(w, "–"), strings.HasPrefix(w, "—"), strings.HasPrefix(w, "−"):
		return "write - (a hyphen) directly before what to exclude"
	case strings.Contains(w, "://"):
		return "a query is made of words: put quotes around a URL to search for its words"
	case strings.HasPrefix(w, "[") || strings.HasPrefix(w, "{"):
		return "write a range as from..to"
	}
	if i := strings.LastIndexAny(w, "~^"); i >= 0 && strings.Trim(w[i+1:], ".0123456789") == "" {
		return "~ and a number stand behind a phrase only: \"fit work\"~5"
	}
	return ""
}

// phrase reads a quoted text and, behind it, ~ and a number.
func (l *lexer) phrase() (lexeme, error) {
	start := l.pos
	open, n := l.rune()
	l.pos += n
	var b strings.Builder
	for {
		r, n := l.rune()
		if n == 0 {
			return lexeme{}, &QueryError{start, "the quote is not closed", `write " at the end of the phrase`}
		}
		l.pos += n
		if r == '"' || open != '"' && isQuote(r) {
			break
		}
		if next, m := l.rune(); r == '\\' && (next == '"' || next == '\\') {
			r, l.pos = next, l.pos+m
		}
		b.WriteRune(r)
	}
	near, err := l.near()
	return lexeme{kind: tokenPhrase, text: b.String(), near: near, pos: start}, err
}

// maxNear is the widest proximity of a phrase.
const maxNear = 100

func (l *lexer) near() (int, error) {
	start := l.pos
	if !strings.HasPrefix(l.in[start:], "~") {
		return 0, nil
	}
	l.pos++
	n, digits := 0, 0
	for l.pos < len(l.in) && isDigit(l.in[l.pos]) && n <= maxNear {
		n = n*10 + int(l.in[l.pos]-'0')
		l.pos++
		digits++
	}
	if digits == 0 || n > maxNear {
		return 0, &QueryError{start, fmt.Sprintf("~ needs a number from 0 to %d", maxNear), "it is how many other words may stand between: \"fit work\"~5"}
	}
	return n, nil
}

// field returns the name before a colon, where the rest begins with one.
func (l *lexer) field() (string, bool) {
	for i := l.pos; i < len(l.in); i++ {
		switch c := l.in[i]; {
		case c == ':':
			return l.in[l.pos:i], i > l.pos && !strings.HasPrefix(l.in[i:], "://")
		case c != '_' && !isPlain(c):
			return "", false
		}
	}
	return "", false
}

func (l *lexer) mustFollow(start int, op string) error {
	r, n := l.rune()
	if n == 0 || unicode.IsSpace(r) || r == ')' {
		return &QueryError{start, op + " has nothing behind it", "write it directly before what to exclude: " + op + "capita"}
	}
	return nil
}

func (l *lexer) space() {
	for l.pos < len(l.in) {
		r, n := l.rune()
		if !unicode.IsSpace(r) {
			return
		}
		l.pos += n
	}
}

func (l *lexer) rune() (rune, int) { return utf8.DecodeRuneInString(l.in[l.pos:]) }

// isQuote accepts the quotes that word processors make of straight ones.
func isQuote(r rune) bool { return r == '"' || r == '“' || r == '”' || r == '„' }

// clip shortens what an error repeats.
func clip(s string) string {
	if cut := cutRunes(s, 40); cut != s {
		s = cut + "…"
	}
	return fmt.Sprintf("%q", s)
}
