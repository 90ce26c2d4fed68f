// SPDX-License-Identifier: Apache-2.0

package alert

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copytaster/copytaster"
)

// plain makes text from outside fit for one line of a terminal or a log: runs
// of white space become one space, and what could move the cursor, change
// colours or turn the line around (control characters, escape sequences,
// bidirectional marks, line separators, broken UTF-8) becomes U+FFFD.
func plain(text string) string {
	var b strings.Builder
	space := false
	for _, r := range text {
		if unicode.IsSpace(r) && r != '\u0085' {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		if unsafeRune(r) {
			r = utf8.RuneError
		}
		b.WriteRune(r)
	}
	if space {
		b.WriteByte(' ')
	}
	return b.String()
}

// unsafeRune reports whether r does something to the output other than show.
func unsafeRune(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) ||
		r == '\u2028' || r == '\u2029' || r == '\ufeff'
}

// Plain returns text from outside as one line that is safe to show on a
// terminal: without control characters, and with its white space folded.
func Plain(text string) string { return plain(text) }

// Marked is Plain of a sentence, its marks set off by set. The pieces are made
// plain one by one, since the marks are offsets into the sentence as it came;
// marks that overlap one before them, or lie outside, are left out.
func Marked(sentence string, marks []copytaster.Span, set func(string) string) string {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		if m.Start < at || m.Of(sentence) == "" {
			continue
		}
		b.WriteString(plain(sentence[at:m.Start]))
		b.WriteString(set(plain(m.Of(sentence))))
		at = m.End
	}
	b.WriteString(plain(sentence[at:]))
	return b.String()
}
