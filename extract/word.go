// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Classes of ASCII bytes; all others are 0.
const (
	classLetter = 1
	classDigit  = 2
)

// class is the class of each ASCII byte.
var class = func() (t [utf8.RuneSelf]uint8) {
	for c := range t {
		switch {
		case 'a' <= c|32 && c|32 <= 'z' && c >= 'A':
			t[c] = classLetter
		case '0' <= c && c <= '9':
			t[c] = classDigit
		}
	}
	return t
}()

// hashAnd is the hash of "and", for which "&" and "+" stand too.
var hashAnd = hashFolded("and")

func letterRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// word reads one word or number.
func (s *scanner) word() {
	t := token{start: int32(s.at), kind: kindWord, upper: true}
	if class7(s.text[s.at]) == classDigit {
		t.kind = kindNumber
	}
	h, prevSmall := uint64(fnvOffset), false
	for s.at < len(s.text) {
		r, n := rune(s.text[s.at]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s.text[s.at:])
		}
		if !letterOrDigit(r) {
			if !s.apostrophe(r, n, &t) {
				break
			}
			s.at += n
			continue
		}
		small, big := caseOf(r)
		if big && prevSmall && t.split == 0 && s.at-int(t.start) < 256 {
			t.split = uint8(s.at - int(t.start))
		}
		if s.at == int(t.start) {
			t.cap = big
		}
		t.upper = t.upper && !small
		prevSmall = small
		h = foldInto(h, r)
		s.at += n
	}
	t.end, t.hash = int32(s.at), h
	s.dotted(&t)
	s.emit(t)
	s.possessive()
}

func class7(c byte) uint8 {
	if c < utf8.RuneSelf {
		return class[c]
	}
	return 0
}

func letterOrDigit(r rune) bool {
	if r < utf8.RuneSelf {
		return class[r] != 0
	}
	return r != utf8.RuneError && letterRune(r)
}

func caseOf(r rune) (small, big bool) {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z'
	}
	return unicode.IsLower(r), unicode.IsUpper(r)
}

// foldInto extends a token's hash by a character without case and accents.
func foldInto(h uint64, r rune) uint64 {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return (h ^ uint64(r)) * fnvPrime
	}
	f := foldRune(r)
	for i := 0; i < len(f); i++ {
		h = (h ^ uint64(f[i])) * fnvPrime
	}
	return h
}

// apostrophe reports whether the mark r is an apostrophe inside the word, as
// in "O'Rourke". A possessive is not: it ends the word.
func (s *scanner) apostrophe(r rune, n int, t *token) bool {
	if r != '\'' && r != '’' || s.at == int(t.start) || !s.wordAt(s.at+n) {
		return false
	}
	return !s.ends(s.at+n, "s")
}

// ends reports whether the word that begins at i is w, in either case.
func (s *scanner) ends(i int, w string) bool {
	return i+len(w) <= len(s.text) && strings.EqualFold(s.text[i:i+len(w)], w) && !s.wordAt(i+len(w))
}

// possessive swallows the 's, or the bare apostrophe of a plural, after the
// word that was just emitted.
func (s *scanner) possessive() {
	t := &s.toks[len(s.toks)-1]
	n := 0
	switch {
	case strings.HasPrefix(s.text[s.at:], "'"):
		n = 1
	case strings.HasPrefix(s.text[s.at:], "’"):
		n = len("’")
	default:
		return
	}
	if s.ends(s.at+n, "s") {
		t.poss = true
		s.at += n + 1
		return
	}
	if last := s.text[s.at-1]; (last == 's' || last == 'S') && s.at+n < len(s.text) && s.text[s.at+n] == ' ' {
		t.poss = true
	}
}

// dotted joins initials: "U.S." and "J.P" are one word; its span leaves out the
// last dot, which may end a sentence too.
func (s *scanner) dotted(t *token) {
	if t.end-t.start != 1 || !t.upper || t.kind != kindWord {
		return
	}
	for s.at+1 < len(s.text) && s.text[s.at] == '.' && 'A' <= s.text[s.at+1] && s.text[s.at+1] <= 'Z' && !s.wordAt(s.at+2) {
		t.hash = foldInto(t.hash, rune(s.text[s.at+1]))
		s.at += 2
		t.end = int32(s.at)
	}
	if t.end-t.start > 1 && s.at < len(s.text) && s.text[s.at] == '.' {
		s.at++
		t.end = int32(s.at)
	}
}
