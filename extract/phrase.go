// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"slices"
	"strings"
)

// folded is the sentence as folded words with one space around each, so that a
// phrase can be looked up as text.
func (v *view) folded() string {
	if v.flat == "" {
		var b strings.Builder
		b.WriteByte(' ')
		for i := v.s.from; i < v.s.to; i++ {
			if v.toks[i].kind == kindPunct {
				b.WriteString("| ")
				continue
			}
			b.WriteString(v.word(i))
			b.WriteByte(' ')
		}
		v.flat = b.String()
	}
	return v.flat
}

// hasPhrase reports whether a phrase of words stands in a folded sentence.
func hasPhrase(folded, phrase string) bool { return phraseAt(folded, phrase) >= 0 }

// phraseAt is where a phrase of words stands in a folded sentence, or -1.
func phraseAt(folded, phrase string) int {
	for at := 0; ; {
		i := strings.Index(folded[at:], phrase)
		if i < 0 || phrase == "" {
			return -1
		}
		i += at
		if i > 0 && folded[i-1] == ' ' && (i+len(phrase) == len(folded) || folded[i+len(phrase)] == ' ') {
			return i
		}
		at = i + 1
	}
}

// oneOf reports whether a word is one of a few.
func oneOf(w string, list ...string) bool { return slices.Contains(list, w) }
