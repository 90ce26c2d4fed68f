// SPDX-License-Identifier: Apache-2.0

package index

import (
	"fmt"
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/querytest"
)

// wantTerms checks that an analyser's terms are those of copytaster.Analyse, and
// that SQLite's ascii tokenizer will split them where we do.
func wantTerms(t *testing.T, a *Analyser, text string) {
	t.Helper()
	got := a.Analyse(text)
	var words, stems []string
	for _, k := range copytaster.Analyse(text) {
		words, stems = append(words, k.Word), append(stems, k.Stem)
	}
	if got.Words != strings.Join(words, " ") || got.Stems != strings.Join(stems, " ") {
		t.Errorf("text %q\n got %q\n and %q\nwant %q\n and %q", text, got.Words, got.Stems, words, stems)
	}
	for _, term := range append(words, stems...) {
		if ascii := strings.FieldsFunc(term, separates); len(ascii) != 1 || ascii[0] != term {
			t.Errorf("text %q: SQLite would take the term %q apart: %q", text, term, ascii)
		}
	}
}

// separates reports whether the ascii tokenizer ends a token at r, or folds it.
func separates(r rune) bool {
	return r < 0x80 && !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9')
}

func TestAnalyser(t *testing.T) {
	a := NewAnalyser()
	for range 2 { // the second time from memory
		for _, text := range []string{
			"", "Atos's fit-for-work tests", "£500m U.K. 1,000.5 O2's", "Straße ﬁnance ﷺ ½ ² 東京 Ёлка", "a\x00b \xff", "e\u0301 ʼn ŉ İstanbul", strings.Repeat("running ", 100) + strings.Repeat("y", 70),
		} {
			wantTerms(t, a, text)
		}
	}
	t.Run("goes on when its memory is full", func(t *testing.T) {
		for i := range maxStems + 100 {
			a.stem("w" + fmt.Sprint(i))
		}
		if len(a.stems) > maxStems {
			t.Errorf("it remembers %d stems", len(a.stems))
		}
		wantTerms(t, a, "Ministers are reviewing contracts")
	})
}

func FuzzAnalyser(f *testing.F) {
	for _, d := range querytest.Documents(3, 3) {
		f.Add(d.Text)
	}
	f.Add("ŉ ﷺ ﬃ O’Brien's ½ 1.2bn U.S.A. \u0345ᾳ İ ẞ")
	f.Fuzz(func(t *testing.T, text string) { wantTerms(t, NewAnalyser(), text) })
}
