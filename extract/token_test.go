// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// surfaces are the tokens of a text, possessives marked with "+s".
func surfaces(text string) []string {
	var out []string
	for _, t := range tokenise(text) {
		s := text[t.start:t.end]
		if t.poss {
			s += "+s"
		}
		out = append(out, s)
	}
	return out
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"words and marks", "Serco won, again.", "Serco won , again ."},
		{"a possessive ends its word", "Atos's role", "Atos+s role"},
		{"a curly possessive too", "ofAtos’s role", "ofAtos+s role"},
		{"the plural's apostrophe is a possessive", "G4S' contract", "G4S+s ' contract"},
		{"a plural possessive before a space", "National Highways' roads", "National Highways+s ' roads"},
		{"an apostrophe inside a name belongs to it", "Laing O'Rourke and O’Brien", "Laing O'Rourke and O’Brien"},
		{"initials with dots are one word", "the U.S. Army", "the U.S. Army"},
		{"hyphens part words without a token", "Atos-run Go-Ahead", "Atos run Go Ahead"},
		{"a dot inside a name is no token", "Amazon.com said", "Amazon com said"},
		{"an ampersand is a word", "Turner & Townsend", "Turner & Townsend"},
		{"web addresses hold no words", "see https://example.org/serco-wins now", "see now"},
		{"a bracketed address leaves nothing", "Atos \n<https://example.org/atos>\n, the firm", "Atos , the firm"},
		{"a no-break space parts words", "contract.\u00a0\u00a0But Atos", "contract . But Atos"},
		{"accents stay in the word", "AtkinsRéalis Société", "AtkinsRéalis Société"},
		{"figures begin with a digit", "the £500m deal", "the £ 500m deal"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(strings.Fields(c.want), surfaces(c.text)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestTokensOfParagraphs(t *testing.T) {
	toks := tokenise("One line\nstill one.\n\nTwo")
	var paras []int
	for i, tok := range toks {
		if tok.para {
			paras = append(paras, i)
		}
	}
	if diff := cmp.Diff([]int{0, 5}, paras); diff != "" {
		t.Errorf("paragraphs begin at tokens -want +got:\n%s", diff)
	}
}

func TestTokensLieInOrderInsideAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		last := int32(0)
		for _, tok := range tokenise(text) {
			if tok.start < last || tok.end <= tok.start || int(tok.end) > len(text) {
				t.Fatalf("token %d:%d after %d in a text of %d bytes", tok.start, tok.end, last, len(text))
			}
			last = tok.end
		}
	})
}

func TestFoldName(t *testing.T) {
	for in, want := range map[string]string{
		"AtkinsRéalis":        "atkinsrealis",
		"Turner & Townsend":   "turner and townsend",
		"Faithful+Gould":      "faithful and gould",
		"Go-Ahead":            "go ahead",
		"Laing O’Rourke":      "laing orourke",
		"Sainsbury's":         "sainsbury",
		"U.S. Army":           "us army",
		"  Straße   AG ":      "strasse ag",
		"Ørsted / Łódź Œuvre": "orsted lodz oeuvre",
	} {
		if got := foldName(in); got != want {
			t.Errorf("foldName(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldNameIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := foldName(rapid.StringMatching(`[A-Za-zÀ-ž&' .-]{0,30}`).Draw(t, "name"))
		if twice := foldName(once); twice != once {
			t.Fatalf("%q folds to %q", once, twice)
		}
	})
}

func TestWordAndRunHashesAgree(t *testing.T) {
	for _, s := range []string{"Atos", "ATOS", "atos", "AtÖs"} {
		toks := tokenise(s)
		if toks[0].hash != hashFolded(foldWord(s)) {
			t.Errorf("the token of %q has another hash than its folded word", s)
		}
	}
}
