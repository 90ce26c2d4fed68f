// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"unicode"
	"unicode/utf8"
)

// tokenKind is what a moneyToken is made of.
type tokenKind uint8

const (
	tokNone     tokenKind = iota // past either end of the paragraph
	tokWord                      // letters
	tokDigits                    // 0 to 9
	tokSign                      // a currency symbol: £ $ €
	tokPunct                     // anything else; moneyToken.char says what
	tokFraction                  // ½ ¼ ¾
)

// gapKind is the white space before a token, from tight to far apart.
type gapKind uint8

const (
	gapNone  gapKind = iota // nothing, or only soft hyphens and zero-width characters
	gapHard                 // one no-break or thin space, as in "10 000"
	gapSpace                // spaces
	gapLine                 // one line break: a hard wrap
	gapFar                  // a tab, which parts table cells, or a blank line
)

// letterCase tells how a word is written.
type letterCase uint8

const (
	hasLower letterCase = 1 << iota
	hasUpper
	firstUpper
)

// Characters to which the lexer reduces their look-alikes.
const (
	charDash  = '-'  // hyphens, en dash, minus
	charEm    = '—'  // em dash, horizontal bar
	charQuote = '\'' // apostrophes
)

// moneyToken is one token of a paragraph, with its place in the text.
type moneyToken struct {
	start, end int
	char       rune   // of a sign, a fraction or punctuation
	word       wordID // of a word that the lexicon knows, else 0
	kind       tokenKind
	gap        gapKind
	shape      letterCase
}

func (t *moneyToken) isChar(c rune) bool { return t.kind == tokPunct && t.char == c }

// tight says that nothing stands between t and the token before it.
func (t *moneyToken) tight() bool { return t.gap == gapNone }

// near says that t may belong to the same figure as the token before it: a
// figure may be broken by a line's end, never by a blank line or a cell's edge.
func (t *moneyToken) near() bool { return t.gap <= gapLine }

func (t *moneyToken) lower() bool { return t.shape == hasLower }
func (t *moneyToken) upper() bool { return t.shape&hasLower == 0 }

// moneyLexer cuts a text into paragraphs of tokens. It never looks back, so its
// time is linear.
type moneyLexer struct {
	lex  *moneyLexicon
	text string
	pos  int
}

// paragraph appends the tokens up to the next blank line to ts. It returns no
// tokens at the end of the text.
func (l *moneyLexer) paragraph(ts []moneyToken) []moneyToken {
	gap := gapFar
	for l.pos < len(l.text) {
		c := l.text[l.pos]
		switch {
		case isLetter(c):
			ts = append(ts, l.word(gap))
		case c == ' ' || c <= '\r' && c >= '\t':
			gap = max(gap, l.space())
			if gap == gapFar && len(ts) > 0 {
				return ts
			}
			continue
		case c >= '0' && c <= '9':
			ts = append(ts, l.digits(gap))
		case c < utf8.RuneSelf:
			ts = append(ts, l.ascii(c, gap))
		default:
			t, g, ok := l.unicode(gap)
			if !ok {
				gap = max(gap, g)
				continue
			}
			ts = append(ts, t)
		}
		gap = gapNone
	}
	return ts
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// space reads white space. A tab counts as far: it parts the cells of a table.
func (l *moneyLexer) space() gapKind {
	gap, lines := gapSpace, 0
	for ; l.pos < len(l.text); l.pos++ {
		switch l.text[l.pos] {
		case ' ', '\r', '\v':
		case '\t':
			gap = gapFar
		case '\n', '\f':
			lines++
		default:
			return lineGap(gap, lines)
		}
	}
	return lineGap(gap, lines)
}

func lineGap(gap gapKind, lines int) gapKind {
	switch {
	case lines > 1:
		return gapFar
	case lines == 1:
		return max(gap, gapLine)
	}
	return gap
}

func (l *moneyLexer) digits(gap gapKind) moneyToken {
	start := l.pos
	for l.pos < len(l.text) && l.text[l.pos] >= '0' && l.text[l.pos] <= '9' {
		l.pos++
	}
	return moneyToken{start: start, end: l.pos, kind: tokDigits, gap: gap}
}

func (l *moneyLexer) ascii(c byte, gap gapKind) moneyToken {
	kind := tokPunct
	if c == '$' {
		kind = tokSign
	}
	l.pos++
	return moneyToken{start: l.pos - 1, end: l.pos, kind: kind, char: rune(c), gap: gap}
}

// word reads letters, folds them into the lexicon's form and looks them up.
func (l *moneyLexer) word(gap gapKind) moneyToken {
	t := moneyToken{start: l.pos, kind: tokWord, gap: gap}
	hash := uint64(fnvOffset)
	for l.pos < len(l.text) {
		c := l.text[l.pos]
		if c >= utf8.RuneSelf {
			wide, ok := l.wideLetter(&t, hash)
			if !ok {
				break
			}
			hash = wide
			continue
		}
		if !isLetter(c) {
			break
		}
		t.note(c < 'a', l.pos == t.start)
		hash = (hash ^ uint64(c|0x20)) * fnvPrime
		l.pos++
	}
	t.end = l.pos
	t.word = l.lex.byHash.get(hash)
	return t
}

func (t *moneyToken) note(upper, first bool) {
	switch {
	case upper && first:
		t.shape |= hasUpper | firstUpper
	case upper:
		t.shape |= hasUpper
	default:
		t.shape |= hasLower
	}
}

// wideLetter adds a letter outside ASCII to the word t and returns its new hash;
// ok is false where the word ends. Soft hyphens vanish.
func (l *moneyLexer) wideLetter(t *moneyToken, hash uint64) (wide uint64, ok bool) {
	r, size := utf8.DecodeRuneInString(l.text[l.pos:])
	if isZeroWidth(r) {
		if next := l.pos + size; next < len(l.text) && isLetter(l.text[next]) {
			l.pos = next
			return hash, true
		}
		return 0, false
	}
	if !unicode.IsLetter(r) && !unicode.IsMark(r) {
		return 0, false
	}
	t.note(unicode.IsUpper(r), l.pos == t.start)
	var buf [utf8.UTFMax]byte
	for _, c := range utf8.AppendRune(buf[:0], unicode.ToLower(r)) {
		hash = (hash ^ uint64(c)) * fnvPrime
	}
	l.pos += size
	return hash, true
}

// isZeroWidth says that r takes no room: soft hyphen, zero-width space, word
// joiner, byte order mark.
func isZeroWidth(r rune) bool {
	return r == '\u00AD' || r == '\u200B' || r == '\u2060' || r == '\uFEFF'
}

// unicode reads one character outside ASCII. ok is false for white space, whose
// gap it returns.
func (l *moneyLexer) unicode(gap gapKind) (t moneyToken, g gapKind, ok bool) {
	r, size := utf8.DecodeRuneInString(l.text[l.pos:])
	switch {
	case unicode.IsLetter(r):
		return l.word(gap), gapNone, true
	case isZeroWidth(r):
		l.pos += size
		return t, gapNone, false
	case r == '\u00A0' || r == '\u202F' || r == '\u2009' || r == '\u2007':
		l.pos += size
		return t, gapHard, false
	case r == '\u2028' || r == '\u0085':
		l.pos += size
		return t, gapLine, false
	case unicode.IsSpace(r):
		l.pos += size
		return t, gapSpace, false
	}
	t = moneyToken{start: l.pos, end: l.pos + size, kind: tokPunct, char: plainChar(r), gap: gap}
	if r == '½' || r == '¼' || r == '¾' {
		t.kind = tokFraction
	} else if unicode.Is(unicode.Sc, r) {
		t.kind = tokSign
	}
	l.pos += size
	return t, gapNone, true
}

// plainChar reduces look-alikes of dashes, quotes and full-width signs.
func plainChar(r rune) rune {
	switch r {
	case '‐', '‑', '‒', '–', '−':
		return charDash
	case '―':
		return charEm
	case '’', '‘', 'ʼ', '′':
		return charQuote
	case '＄', '﹩':
		return '$'
	case '￡':
		return '£'
	case '￥':
		return '¥'
	}
	return r
}
