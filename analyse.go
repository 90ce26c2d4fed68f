// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
	"github.com/kljensen/snowball/english"
)

// maxTermRunes is the length to which a longer term is cut. It keeps a term
// below the 255 characters at which Elasticsearch's whitespace tokenizer would
// break it, and below any engine's limit in bytes.
const maxTermRunes = 64

// Token is one term of a text.
type Token struct {
	Span        // of the text that was analysed; without a possessive's ending
	Word string // the folded word: letters and digits only, at most 64 of them
	Stem string // Word without its English ending; Word itself where it has a digit or a letter beyond a to z
}

// Analyse splits a text into terms. It is the one analyser: queries, watches and
// every backend use its terms, so that all of them mean the same.
//
// Words are those of Unicode UAX 29, split further at everything that is not a
// letter or a digit, and folded: NFKC, lower case, without diacritics. A
// possessive ending is dropped (Atos's), an apostrophe inside a word too
// (O'Neill is oneill), as are the points of an acronym (U.K. is uk), the commas
// of thousands (500,000) and invisible format characters. A hyphenated word is
// several terms (fit-for-work), and so is a decimal (1.2bn is 1 and 2bn). Han
// characters are terms of their own. A longer word is cut after 64 characters.
//
// Stems are those of the Porter 2 algorithm, https://snowballstem.org/algorithms/english/stemmer.html,
// whatever the language.
func Analyse(text string) []Token {
	return analyse(text, true)
}

// Words returns the folded words of a text.
func Words(text string) []string {
	tokens := analyse(text, false)
	out := make([]string, len(tokens))
	for i, t := range tokens {
		out[i] = t.Word
	}
	return out
}

// Stems returns the stems of a text.
func Stems(text string) []string {
	tokens := analyse(text, true)
	out := make([]string, len(tokens))
	for i, t := range tokens {
		out[i] = t.Stem
	}
	return out
}

func analyse(text string, stem bool) []Token {
	a := analyser{text: text, tokens: make([]Token, 0, len(text)/6+1)}
	if stem {
		a.stems = make(map[string]string, len(text)/24+1)
	}
	start := 0
	for it := words.FromString(text); it.Next(); {
		word := it.Value()
		a.word(word, start)
		start += len(word)
	}
	return a.tokens
}

// analyser collects the tokens of one text. It remembers the stems that it has
// made: most words of an article come again.
type analyser struct {
	text   string
	tokens []Token
	stems  map[string]string // nil: no stems are wanted
}

// word adds the terms of one UAX 29 word.
func (a *analyser) word(word string, start int) {
	if plainWord(word) {
		if !a.looseEnding(word, start) {
			a.add(lowerASCII(word), Span{start, start + len(word)})
		}
		return
	}
	word, _ = cutPossessive(word)
	acronym := isAcronym(word)
	from := -1
	for i, r := range word {
		if joins(word, i, r, acronym) {
			if from < 0 && isTermRune(r) {
				from = i
			}
			continue
		}
		a.piece(word, from, i, start)
		from = -1
	}
	a.piece(word, from, len(word), start)
}

// piece adds the terms of word[from:to], which holds no separator. Folding can
// still split it, as a ligature that stands for several words is split: then
// they all have the span of the piece.
func (a *analyser) piece(word string, from, to, start int) {
	if from < 0 {
		return
	}
	span := Span{start + from, start + to}
	folded := foldWord(word[from:to])
	if plainWord(folded) {
		a.add(folded, span)
		return
	}
	for it := words.FromString(folded); it.Next(); {
		for _, term := range strings.FieldsFunc(it.Value(), func(r rune) bool { return !isTermRune(r) }) {
			a.add(term, span)
		}
	}
}

func (a *analyser) add(term string, span Span) {
	if len(term) > maxTermRunes {
		term = cutRunes(term, maxTermRunes)
	}
	a.tokens = append(a.tokens, Token{Span: span, Word: term, Stem: a.stem(term)})
}

func (a *analyser) stem(word string) string {
	if a.stems == nil || len(word) < 3 || !isLowerASCII(word) {
		return word
	}
	if s, ok := a.stems[word]; ok {
		return s
	}
	s := english.Stem(word, true)
	if s == "" {
		s = word
	}
	a.stems[word] = s
	return s
}

// looseEnding reports whether the word is the s of a possessive that UAX 29 has
// split off, which it does after a digit: "O2's".
func (a *analyser) looseEnding(word string, start int) bool {
	if word != "s" && word != "S" {
		return false
	}
	mark, n := utf8.DecodeLastRuneInString(a.text[:start])
	if !isApostrophe(mark) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(a.text[:start-n])
	return isTermRune(before)
}

// joins reports whether the rune at i belongs to the piece that it stands in.
func joins(word string, i int, r rune, acronym bool) bool {
	switch {
	case isTermRune(r), isInvisible(r), isApostrophe(r):
		return true
	case r == '.':
		return acronym
	case r == ',':
		return i > 0 && isDigit(word[i-1]) && thousands(word[i+1:])
	}
	return false
}

// thousands reports whether s begins with exactly three digits.
func thousands(s string) bool {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n == 3
}

// isAcronym reports whether a word is single letters with points between them.
func isAcronym(word string) bool {
	if !strings.Contains(word, ".") {
		return false
	}
	for part := range strings.SplitSeq(word, ".") {
		r, n := utf8.DecodeRuneInString(part)
		if n != len(part) || !unicode.IsLetter(r) {
			return false
		}
	}
	return true
}

// cutPossessive removes an ending 's.
func cutPossessive(word string) (string, bool) {
	if len(word) < 3 || word[len(word)-1]|0x20 != 's' {
		return word, false
	}
	stem := word[:len(word)-1]
	r, n := utf8.DecodeLastRuneInString(stem)
	if !isApostrophe(r) {
		return word, false
	}
	return stem[:len(stem)-n], true
}
