// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"unicode"
)

// folds maps letters with a mark, and ligatures, to plain small letters.
const folds = "aàáâãäåāăąǎ cçćĉċč dďđð eèéêëēĕėęě gĝğġģ hĥħ iìíîïĩīĭįı jĵ kķ lĺļľŀł nñńņňŋ oòóôõöøōŏőǒ rŕŗř sśŝşšș tţťŧț uùúûüũūŭůűų wŵ yýÿŷ zźżž"

var foldTable = func() map[rune]string {
	t := map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'þ': "th", 'ﬁ': "fi", 'ﬂ': "fl"}
	for _, g := range strings.Fields(folds) {
		for _, r := range g[1:] {
			t[r] = g[:1]
		}
	}
	return t
}()

// foldRune is a character without case and marks; combining marks fold to "".
func foldRune(r rune) string {
	if unicode.Is(unicode.Mn, r) {
		return ""
	}
	r = unicode.ToLower(r)
	if f, ok := foldTable[r]; ok {
		return f
	}
	return string(r)
}

// foldWord is a word without case, marks and apostrophes.
func foldWord(s string) string {
	if isPlain(s) {
		return s
	}
	if low := strings.ToLower(s); isPlain(low) {
		return low
	}
	var b strings.Builder
	for _, r := range s {
		if letterOrDigit(r) {
			b.WriteString(foldRune(r))
		}
	}
	return b.String()
}

// isPlain reports whether a word has only small ASCII letters and digits.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// foldName is a name as the gazetteer compares it: folded words with one space
// between them, "&" as "and", without possessives.
func foldName(s string) string {
	var words []string
	for _, t := range tokenise(s) {
		switch {
		case t.hash == hashAnd:
			words = append(words, "and")
		case t.kind != kindPunct:
			words = append(words, foldWord(s[t.start:t.end]))
		}
	}
	return strings.Join(words, " ")
}
