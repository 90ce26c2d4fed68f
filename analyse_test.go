// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestAnalyseMakesWords(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"folds case", "Atos ATOS atos", "atos atos atos"},
		{"drops a straight possessive", "Atos's contract", "atos contract"},
		{"drops a curly possessive", "Atos’s contract", "atos contract"},
		{"drops a possessive in capitals", "ATOS'S ATOS’S", "atos atos"},
		{"drops a plural possessive", "ministers’ and ministers' views", "ministers and ministers views"},
		{"drops a possessive after a digit", "O2's 3i’s G4S's", "o2 3i g4s"},
		{"keeps an s of its own", "s 's a 's", "s s a s"},
		{"closes up an inner apostrophe", "O'Neill O’Neill don't", "oneill oneill dont"},
		{"splits hyphens", "fit-for-work Atos-run", "fit for work atos run"},
		{"splits slashes and ampersands", "IT/HR R&D", "it hr r d"},
		{"splits underscores", "a_b __c__", "a b c"},
		{"splits a domain", "www.example.com", "www example com"},
		{"splits glued sentences", "the end.The start", "the end the start"},
		{"closes up an acronym", "U.K. U.S.A e.g.", "uk usa eg"},
		{"keeps letters and digits together", "G4S 500m 20s", "g4s 500m 20s"},
		{"drops currency marks", "£500m $1 €2", "500m 1 2"},
		{"splits decimals", "£1.2bn 3.14", "1 2bn 3 14"},
		{"drops the commas of thousands", "500,000 1,234,567 12,000m", "500000 1234567 12000m"},
		{"splits other commas", "1,2 1,2345 1,23", "1 2 1 2345 1 23"},
		{"folds diacritics", "naïve Łódź Zürich Øresund Straße Ærø", "naive lodz zurich oresund strasse aero"},
		{"folds decomposed letters", "cafe\u0301", "cafe"},
		{"folds compatibility forms", "ﬁnance Ｆｕｌｌ m²", "finance full m 2"},
		{"drops soft hyphens and joiners", "con\u00adtract zero\u200dwidth", "contract zerowidth"},
		{"makes each Han character a term", "東京 work", "東 京 work"},
		{"keeps kana and Hangul words", "カタカナ 한국어", "カタカナ 한국어"},
		{"folds Greek final sigma", "ΛΟΓΟΣ λόγος", "λογοσ λογοσ"},
		{"drops emoji and signs", "👍🏽 – … ® ✓ 👨‍👩‍👧", ""},
		{"keeps a keycap's digit", "1️⃣", "1"},
		{"splits fractions", "½", "1 2"},
		{"finds nothing in nothing", "", ""},
		{"finds nothing in marks alone", "\u0301\u0301 ’ ' ''", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(Words(tt.text), " "); got != tt.want {
				t.Errorf("Words(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestAnalyseMakesStems(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"of inflected words", "contracts contracting contracted contract", "contract contract contract contract"},
		{"of possessives like the word's own", "minister's ministers ministers’", "minist minist minist"},
		{"not of words with digits", "G4S 20s", "g4s 20s"},
		{"not beyond a to z", "кошки", "кошки"},
		{"of short words as they are", "is as us", "is as us"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(Stems(tt.text), " "); got != tt.want {
				t.Errorf("Stems(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestAnalyseGivesOffsets(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string // the pieces of text
	}{
		{"without the possessive", "“Atos’s £500m”", []string{"Atos", "500m"}},
		{"with the whole acronym", "the U.K. is", []string{"the", "U.K", "is"}},
		{"with inner marks", "O’Neill 500,000 cafe\u0301", []string{"O’Neill", "500,000", "cafe\u0301"}},
		{"the same for the parts of one character", "a ½ b", []string{"a", "½", "½", "b"}},
		{"behind wide characters", "東京 naïve end", []string{"東", "京", "naïve", "end"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, k := range Analyse(tt.text) {
				got = append(got, k.Of(tt.text))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("spans (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnalyseCutsLongWords(t *testing.T) {
	long := strings.Repeat("x", 1000)
	got := Analyse("a " + long + " b " + strings.Repeat("ж", 1000))
	if len(got) != 4 {
		t.Fatalf("%d terms, want 4", len(got))
	}
	if got[1].Word != long[:64] || got[1].End != 1002 {
		t.Errorf("the long word is %d bytes to %d, want 64 to 1002", len(got[1].Word), got[1].End)
	}
	if n := utf8.RuneCountInString(got[3].Word); n != 64 {
		t.Errorf("the long Cyrillic word has %d letters, want 64", n)
	}
}

func TestFoldName(t *testing.T) {
	for _, tt := range []struct{ name, a, b string }{
		{"case", "ATOS", "Atos"},
		{"possessive", "Atos's", "Atos"},
		{"ampersand and and", "Ernst & Young", "ernst and young"},
		{"wide ampersand", "Ernst ＆ Young", "Ernst and Young"},
		{"glued ampersand", "Marks&Spencer", "Marks & Spencer"},
		{"points", "Capita plc.", "Capita PLC"},
		{"diacritics", "Łódź Café", "Lodz Cafe"},
		{"hyphens", "Price-Waterhouse", "price waterhouse"},
		{"acronym", "U.K. Ltd.", "UK Ltd"},
	} {
		t.Run("does not count "+tt.name, func(t *testing.T) {
			if a, b := FoldName(tt.a), FoldName(tt.b); a != b || a == "" {
				t.Errorf("FoldName(%q) = %q, FoldName(%q) = %q, want the same", tt.a, a, tt.b, b)
			}
		})
	}
	if FoldName("Atos") == FoldName("Atos Healthcare") {
		t.Error("a longer name is the same name")
	}
	if got := FoldName(" –!"); got != "" {
		t.Errorf("FoldName of no letters = %q", got)
	}
}

// failer is what the tests of testing and rapid have in common.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkAnalysis holds for every text: spans are in order, on rune boundaries and
// inside; terms are letters and digits only; and terms analyse to themselves,
// which is what lets a backend store them joined by spaces.
func checkAnalysis(t failer, text string) {
	t.Helper()
	tokens := Analyse(text)
	last := 0
	terms := make([]string, len(tokens))
	for i, k := range tokens {
		terms[i] = k.Word
		if err := k.Span.Validate(text); err != nil && utf8.ValidString(text) {
			t.Fatalf("%q: token %d: %v", text, i, err)
		}
		if k.Start < last {
			t.Fatalf("%q: token %d starts at %d, before the one in front of it", text, i, k.Start)
		}
		last = k.Start
		if k.Word == "" || k.Stem == "" || utf8.RuneCountInString(k.Word) > maxTermRunes {
			t.Fatalf("%q: token %d is %q with stem %q", text, i, k.Word, k.Stem)
		}
		for _, r := range k.Word + k.Stem {
			if !unicode.IsLetter(r) && !unicode.IsNumber(r) || unicode.IsUpper(r) {
				t.Fatalf("%q: term %q holds %q", text, k.Word, r)
			}
		}
	}
	if again := Words(strings.Join(terms, " ")); !slices.Equal(again, terms) {
		t.Fatalf("%q: terms %q analyse to %q", text, terms, again)
	}
}

func FuzzAnalyse(f *testing.F) {
	for _, s := range []string{"Atos's £1.2bn O2's U.K. 500,000", "東京 ﬁ ½ ㍿ e\u0301 ʼ ＇s", "İstanbul ǅ ς ʼn ẞ", "1️⃣👍🏽\u200d\u00ad", "\xff\xfe a\x00b", "a.b.c d,e 1,000,00", "ｶﾞ ㌀ ไทย हिन्दी"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { checkAnalysis(t, text) })
}

func TestAnalysisOfAnyText(t *testing.T) {
	pieces := rapid.SampledFrom([]string{"Atos", "s", "S", "'", "’", ".", ",", " ", "-", "_", "1", "000", "m", "é", "\u0301", "東", "カ", "ﬁ", "½",
		"İ", "ß", "ʼ", "\u00ad", "\u200d", "👍", "\n", "Σ", "ς", "ｶ", "ﾞ", "한", "เ", "\"", "א", ":", "·", "㈱", "①", "Ⅳ"})
	rapid.Check(t, func(t *rapid.T) {
		checkAnalysis(t, strings.Join(rapid.SliceOfN(pieces, 0, 12).Draw(t, "pieces"), ""))
	})
	// Every character, alone and inside a word.
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if utf8.ValidRune(r) {
			checkAnalysis(t, "a"+string(r)+"b "+string(r))
		}
	}
}

func BenchmarkAnalyse(b *testing.B) {
	sentence := "The Department for Work and Pensions said Atos's £500m contract to assess fitness for work, " +
		"awarded under the previous government, would be reviewed by ministers after 600,000 appeals. "
	text := strings.Repeat(sentence, 40)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Analyse(text)
	}
}

func BenchmarkAnalyseDistinctWords(b *testing.B) {
	var text strings.Builder
	for i := range 2000 {
		text.WriteString("contract" + strings.Repeat(string(rune('a'+i%26)), 1+i%7) + string(rune('a'+i/26%26)) + string(rune('a'+i/676)) + "ing ")
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		Analyse(text.String())
	}
}
