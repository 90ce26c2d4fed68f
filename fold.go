// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// FoldName is the form in which names are compared: the folded words of the
// name, joined by a space, with & for and. FoldName("Ernst & Young's") and
// FoldName("ERNST AND YOUNG") are the same.
func FoldName(name string) string {
	if strings.ContainsAny(name, "&＆") {
		name = strings.NewReplacer("&", " and ", "＆", " and ").Replace(name)
	}
	return strings.Join(Words(name), " ")
}

// foldWord folds the letters of a piece of a word and drops what stands inside
// it without meaning: apostrophes, points, commas, marks, format characters.
func foldWord(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	if isASCII(s) {
		for i := range len(s) {
			if c := s[i]; isPlain(c) {
				b.WriteByte(lower(c))
			}
		}
		return b.String()
	}
	// Some letters decompose only once they are in lower case.
	for _, r := range norm.NFKD.String(strings.ToLower(norm.NFKD.String(s))) {
		switch {
		case unicode.Is(unicode.M, r), isInvisible(r), isApostrophe(r), r == '.', r == ',':
		default:
			writeFolded(&b, r)
		}
	}
	return norm.NFC.String(b.String())
}

// writeFolded writes a letter in its plainest spelling: those that Unicode does
// not decompose are written as newsrooms do.
func writeFolded(b *strings.Builder, r rune) {
	switch r {
	case 'ß':
		b.WriteString("ss")
	case 'æ':
		b.WriteString("ae")
	case 'œ':
		b.WriteString("oe")
	case 'þ':
		b.WriteString("th")
	case 'ø':
		b.WriteByte('o')
	case 'ł':
		b.WriteByte('l')
	case 'đ', 'ð':
		b.WriteByte('d')
	case 'ħ':
		b.WriteByte('h')
	case 'ı':
		b.WriteByte('i')
	case 'ς':
		b.WriteRune('σ')
	default:
		b.WriteRune(r)
	}
}

// isTermRune reports whether a term may hold the rune.
func isTermRune(r rune) bool {
	if r < utf8.RuneSelf {
		return isPlain(byte(r))
	}
	return r != 'ʼ' && (unicode.IsLetter(r) || unicode.IsNumber(r))
}

// isInvisible reports whether a rune takes no room of its own: a combining
// mark, a soft hyphen, a joiner.
func isInvisible(r rune) bool {
	return r >= utf8.RuneSelf && (unicode.Is(unicode.M, r) || unicode.Is(unicode.Cf, r))
}

func isApostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '＇'
}

// plainWord reports whether s is one or more ASCII letters and digits.
func plainWord(s string) bool {
	for i := range len(s) {
		if !isPlain(s[i]) {
			return false
		}
	}
	return s != ""
}

func isPlain(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// lowerASCII is strings.ToLower for ASCII; it returns s itself where nothing
// changes.
func lowerASCII(s string) string {
	for i := range len(s) {
		if lower(s[i]) != s[i] {
			return strings.ToLower(s)
		}
	}
	return s
}

func isLowerASCII(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return true
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// cutRunes returns the first n runes of s.
func cutRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
