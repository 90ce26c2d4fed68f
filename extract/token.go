// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a token is made of.
type kind uint8

const (
	kindWord   kind = iota // letters, or letters and digits, beginning with a letter
	kindNumber             // begins with a digit
	kindPunct              // one mark that stands between words
)

// separator is what stands between a token and the one before it.
type separator uint8

const (
	sepSpace separator = iota // white space, or nothing
	sepTight                  // a hyphen, slash or dot inside a compound
	sepStop                   // a full stop, or a blank line: no name runs across it
)

// token is one word, number or mark of a text.
type token struct {
	start, end int32
	hash       uint64 // of the folded letters: see fold
	split      uint8  // offset of the first capital after a small letter ("byAtos": 2), or 0
	kind       kind
	gap        separator
	cap        bool // begins with a capital
	upper      bool // has no small letter
	poss       bool // is followed by 's or by the apostrophe of a plural possessive
	para       bool // first of its paragraph
}

const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// join extends the hash of a run of tokens by one more token.
func join(run, tok uint64) uint64 { return (run*fnvPrime ^ tok) * 0x9E3779B97F4A7C15 }

// hashFolded is the hash that a token with these folded letters has.
func hashFolded(s string) uint64 {
	h := uint64(fnvOffset)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}

// tokenise cuts a text into tokens. Apostrophes inside a word belong to it,
// a possessive 's does not; dotted initials ("U.S.") are one word; "&" is the
// word "and". It is linear and never fails: bytes that are not UTF-8 are gaps.
func tokenise(text string) []token { return appendTokens(nil, text) }

// appendTokens appends the tokens of a text to toks.
func appendTokens(toks []token, text string) []token {
	s := scanner{text: text, toks: slices.Grow(toks, len(text)/5+8), para: true}
	for s.at < len(text) {
		s.next()
	}
	return s.toks
}

type scanner struct {
	text     string
	at       int
	toks     []token
	gap      separator
	newlines int
	para     bool
}

// next reads one token or one piece of what stands between tokens.
func (s *scanner) next() {
	c := s.text[s.at]
	switch {
	case c < utf8.RuneSelf && class[c] != 0:
		if !s.url() {
			s.word()
		}
	case c == '<' && s.linkAt(s.at+1):
		s.at++
		s.url()
		if s.at < len(s.text) && s.text[s.at] == '>' {
			s.at++
		}
	case c == '\n':
		s.newlines++
		if s.newlines > 1 {
			s.gap, s.para = sepStop, true
		}
		s.at++
	case c == ' ' || c == '\t' || c == '\r':
		s.at++
	case c < utf8.RuneSelf:
		s.mark(c)
	default:
		s.other()
	}
}

// linkAt reports whether a web address begins at byte i.
func (s *scanner) linkAt(i int) bool {
	rest := s.text[i:]
	return strings.HasPrefix(rest, "http://") || strings.HasPrefix(rest, "https://") || strings.HasPrefix(rest, "www.")
}

// url passes over a web address: no name in it is a mention.
func (s *scanner) url() bool {
	if c := s.text[s.at] | 32; (c != 'h' && c != 'w') || s.wordAt(s.at-1) || !s.linkAt(s.at) {
		return false
	}
	for s.at < len(s.text) && s.text[s.at] > ' ' && s.text[s.at] != '>' && s.text[s.at] != '"' && s.text[s.at] != ')' {
		s.at++
	}
	s.newlines = 0
	return true
}

// mark reads an ASCII mark: it is a gap inside a compound or a token.
func (s *scanner) mark(c byte) {
	switch c {
	case '-', '/', '_', '\'':
		s.at++
		if s.gap == sepSpace {
			s.gap = sepTight
		}
		if c == '\'' || !s.wordAt(s.at) || s.at < 2 || !s.wordAt(s.at-2) {
			s.at--
			s.punct(1)
		}
	case '.':
		if s.at+1 < len(s.text) && s.wordAt(s.at+1) && s.at > 0 && s.wordAt(s.at-1) {
			s.gap = sepTight
			s.at++
			return
		}
		s.punct(1)
		s.gap = sepStop
	case '!', '?':
		s.punct(1)
		s.gap = sepStop
	default:
		s.punct(1)
	}
}

// wordAt reports whether the byte at i belongs to a letter or digit.
func (s *scanner) wordAt(i int) bool {
	if i < 0 || i >= len(s.text) {
		return false
	}
	if s.text[i] < utf8.RuneSelf {
		return class[s.text[i]] != 0
	}
	for i > 0 && !utf8.RuneStart(s.text[i]) {
		i--
	}
	r, _ := utf8.DecodeRuneInString(s.text[i:])
	return letterOrDigit(r)
}

// punct emits the mark of n bytes at the place of reading.
func (s *scanner) punct(n int) {
	h := hashFolded(s.text[s.at : s.at+n])
	k := kindPunct
	if s.text[s.at] == '&' || s.text[s.at] == '+' {
		h, k = hashAnd, kindWord
	}
	if s.gap == sepTight {
		s.gap = sepSpace
	}
	s.emit(token{start: int32(s.at), end: int32(s.at + n), hash: h, kind: k})
	s.at += n
}

func (s *scanner) emit(t token) {
	t.gap, t.para = s.gap, s.para
	s.gap, s.newlines, s.para = sepSpace, 0, false
	s.toks = append(s.toks, t)
}

// other reads a character outside ASCII: a letter begins a word, a mark is a
// token, and white space or a stray byte is a gap.
func (s *scanner) other() {
	r, n := utf8.DecodeRuneInString(s.text[s.at:])
	switch {
	case r == utf8.RuneError || unicode.IsSpace(r) || r == 0x200B || r == 0xFEFF || r == 0xAD:
		s.at += n
	case letterRune(r):
		s.word()
	case r == '‐' || r == '‑' || r == '–' || r == '—':
		if r != '—' && s.wordAt(s.at+n) && s.wordAt(s.at-1) {
			s.gap = sepTight
			s.at += n
			return
		}
		s.punct(n)
	case r == '…':
		s.punct(n)
		s.gap = sepStop
	default:
		s.punct(n)
	}
}
