// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestKeywordsMatchTheirConstants(t *testing.T) {
	l := newMoneyLexicon()
	words := strings.Fields(moneyKeywords)
	for i, w := range words {
		if l.ids[w] != wordID(i+1) {
			t.Errorf("%q has id %d, want %d", w, l.ids[w], i+1)
		}
	}
	for w, id := range map[string]wordID{
		"a": wA, "between": wBetween, "multi": wMulti, "plus": wPlus, "u": wU,
		"multibillion": wMultibillion, "question": wQuestion, "estimated": wEstimated, "your": wYour,
	} {
		if l.ids[w] != id {
			t.Errorf("the constant of %q is %d, its place %d", w, id, l.ids[w])
		}
	}
	if last := wYour; int(last) != len(words) {
		t.Errorf("%d keywords, %d constants", len(words), last)
	}
}

func TestLexiconFindsEveryWord(t *testing.T) {
	l := newMoneyLexicon()
	for w, id := range l.ids {
		if w != strings.ToLower(w) {
			t.Errorf("%q can never be found", w)
		}
		if got := l.byHash.get(hashFolded(w)); got != id {
			t.Errorf("%q is found as %d, want %d", w, got, id)
		}
	}
	if l.byHash.get(hashFolded("zzz")) != 0 || l.byHash.get(hashFolded("")) != 0 {
		t.Error("a word that is not there was found")
	}
}

func TestTokensOfAParagraph(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
		gaps       []gapKind
	}{
		{"letters and digits part", "US$5m", []string{"US", "$", "5", "m"}, []gapKind{gapFar, gapNone, gapNone, gapNone}},
		{"spaces are kept apart by kind", "5 000\u00a0000\nEUR", []string{"5", "000", "000", "EUR"}, []gapKind{gapFar, gapSpace, gapHard, gapLine}},
		{"a tab parts cells", "5\tm", []string{"5"}, []gapKind{gapFar}},
		{"a blank line ends the paragraph", "£5\n\nmillion", []string{"£", "5"}, []gapKind{gapFar, gapNone}},
		{"a wrapped line does not", "£5\r\n  million", []string{"£", "5", "million"}, []gapKind{gapFar, gapNone, gapLine}},
		{"soft hyphens vanish", "mil\u00adlion", []string{"mil\u00adlion"}, []gapKind{gapFar}},
		{"zero width is no gap", "5\u200bm", []string{"5", "m"}, []gapKind{gapFar, gapNone}},
		{"letters of all scripts are words", "Kč руб", []string{"Kč", "руб"}, []gapKind{gapFar, gapSpace}},
		{"leading blank lines are passed", "\n\n\n x", []string{"x"}, []gapKind{gapFar}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := parserOf(tt.text)
			if len(p.ts) != len(tt.want) {
				t.Fatalf("%d tokens, want %q", len(p.ts), tt.want)
			}
			for i, tok := range p.ts {
				if got := tt.text[tok.start:tok.end]; got != tt.want[i] || tok.gap != tt.gaps[i] {
					t.Errorf("token %d is %q after gap %d, want %q after %d", i, got, tok.gap, tt.want[i], tt.gaps[i])
				}
			}
		})
	}
}

func TestSoftHyphensDoNotHideWords(t *testing.T) {
	p := parserOf("mil\u00adlion MILLION Million")
	for i := range p.ts {
		if p.word(i).exp != 6 {
			t.Errorf("token %d is not a million", i)
		}
	}
}

func TestTokensTileTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("a5£$€., \n\t-é\u00a0\u00ad½’руб"))).Draw(t, "text")
		l := moneyLexer{lex: newMoneyLexicon(), text: text}
		last := 0
		for ts := l.paragraph(nil); len(ts) > 0; ts = l.paragraph(nil) {
			for _, tok := range ts {
				if tok.start < last || tok.end <= tok.start || !utf8.ValidString(text[tok.start:tok.end]) {
					t.Fatalf("token %d to %d after %d in %q", tok.start, tok.end, last, text)
				}
				if between := text[last:tok.start]; strings.ContainsAny(between, "a5£$€.,-é½’руб") {
					t.Fatalf("%q was skipped in %q", between, text)
				}
				last = tok.end
			}
		}
		if strings.ContainsAny(text[last:], "a5£$€.,-é½’руб") {
			t.Fatalf("%q was left over of %q", text[last:], text)
		}
	})
}
