// SPDX-License-Identifier: Apache-2.0

package boilerplate_test

import (
	"html"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// hits counts what two texts share: in both, in the result only, in the gold
// only.
type hits struct{ both, extra, missed int }

// precision and recall of one page are 1 where there is nothing to find and
// nothing was found.
func (h hits) precision() float64 { return ratio(h.both, h.extra, h.missed) }
func (h hits) recall() float64    { return ratio(h.both, h.missed, h.extra) }

func ratio(both, wrong, other int) float64 {
	switch {
	case both+wrong > 0:
		return float64(both) / float64(both+wrong)
	case other == 0:
		return 1
	}
	return 0
}

func harmonic(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// wordsOf are the runs of letters, figures and underscores of a text. Marks that
// stand by themselves after NFC part words, as in the published scorers.
func wordsOf(s string) []string {
	return strings.FieldsFunc(norm.NFC.String(s), func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r)
	})
}

// compareCounts compares two bags.
func compareCounts(gold, got map[string]int) hits {
	var h hits
	for k, n := range got {
		both := min(n, gold[k])
		h.both += both
		h.extra += n - both
	}
	for k, n := range gold {
		h.missed += max(0, n-got[k])
	}
	return h
}

// shingles are the runs of four words of a text, or all of a shorter one.
func shingles(words []string) map[string]int {
	const n = 4
	out := map[string]int{}
	if len(words) > 0 && len(words) < n {
		out[strings.Join(words, " ")]++
	}
	for i := 0; i+n <= len(words); i++ {
		out[strings.Join(words[i:i+n], " ")]++
	}
	return out
}

// bag is the words of a text in lower case, in no order.
func bag(words []string) map[string]int {
	out := map[string]int{}
	for _, w := range words {
		out[strings.ToLower(w)]++
	}
	return out
}

// segments counts the strings that must stand in the text and those that must
// not, white space folded.
func segments(with, without []string, text string) hits {
	text = spaced(text)
	var h hits
	for _, s := range with {
		if text != "" && strings.Contains(text, spaced(s)) {
			h.both++
		} else {
			h.missed++
		}
	}
	for _, s := range without {
		if text != "" && strings.Contains(text, spaced(s)) {
			h.extra++
		}
	}
	return h
}

func spaced(s string) string {
	return strings.Join(strings.FieldsFunc(norm.NFC.String(s), func(r rune) bool {
		return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f
	}), " ")
}

// plainName is a title or a name without case, spacing and punctuation.
func plainName(s string) string {
	return strings.Join(wordsOf(cases.Fold().String(norm.NFKC.String(html.UnescapeString(s)))), " ")
}

// sameNames is the F1 of two sets of names, and whether the gold has any.
func sameNames(gold, got []string) (f1 float64, known bool) {
	a, b, both := map[string]bool{}, map[string]bool{}, 0
	for _, s := range gold {
		a[plainName(s)] = true
	}
	for _, s := range got {
		b[plainName(s)] = true
	}
	delete(a, "")
	delete(b, "")
	for s := range a {
		if b[s] {
			both++
		}
	}
	if len(a) == 0 {
		return 0, false
	}
	return 2 * float64(both) / float64(len(a)+len(b)), true
}
