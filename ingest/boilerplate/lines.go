// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain is a plain text, read as a page without boxes.
type plain struct {
	page
	places   []place  // of the blocks
	wordings []worded // of the blocks of few words: see look
	sure     float64  // at most so much confidence does the body deserve
}

// place is where a paragraph stands in the source text.
type place struct {
	start, end int  // bytes; the blank lines behind it belong to it
	blank      bool // a blank line stands before it
	url        bool // nothing but addresses
	number     bool // starts with a number, as comments do
}

// line is one line of a plain text.
type line struct {
	text       string // trimmed
	start, end int    // of the raw line with its line break
	flowed     bool   // the raw line ends with a space
	indent     bool   // the raw line starts with a space
	runes      int
}

func splitLines(text string) []line {
	var out []line
	for at := 0; at < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		raw := strings.TrimRight(text[at:end], "\r\n")
		l := line{text: strings.TrimSpace(raw), start: at, end: end}
		l.flowed = strings.HasSuffix(raw, " ")
		l.indent = strings.HasPrefix(raw, " ") || strings.HasPrefix(raw, "\t")
		l.runes = utf8.RuneCountInString(l.text)
		out = append(out, l)
		at = end
	}
	return out
}

// wrapWidth is the column at which the lines of a hard-wrapped text were broken,
// 0 for a text that is not: most of its long lines end near one column and in
// mid-sentence.
func wrapWidth(lines []line) int {
	const least, most = 50, 100
	width, long, open, over := 0, 0, 0, 0
	for i, l := range lines {
		if bareURL(l.text) {
			continue
		}
		if l.runes > most {
			over++
			continue
		}
		if l.runes < least {
			continue
		}
		long++
		width = max(width, l.runes)
		if i+1 < len(lines) && lines[i+1].text != "" && !endsSentence(l.text) {
			open++
		}
	}
	if long < 4 || over*8 > long || open*2 < long {
		return 0
	}
	return width
}

// bareURL reports whether a line is nothing but an address in angle brackets or
// plain, with at most a mark of punctuation behind it.
func bareURL(s string) bool {
	s = strings.TrimRight(s, ".,;:)")
	s = strings.TrimPrefix(strings.TrimSuffix(s, ">"), "<")
	return (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")) && !strings.ContainsAny(s, " \t")
}

// readPlain joins the lines of a text into paragraphs.
func readPlain(text, url string) *plain { return readPlainWith(text, url, shippedLexis()) }

// readPlainWith is readPlain with another lexis.
func readPlainWith(text, url string, l *Lexis) *plain {
	p := &plain{page: page{url: url, lexis: l, titleAt: -1, best: -1}}
	lines := splitLines(text)
	width := wrapWidth(lines)
	most := min(len(lines), 1<<8)
	p.blocks, p.places = make([]block, 0, most), make([]place, 0, most)
	for i := 0; i < len(lines); {
		j := i + 1
		if lines[i].text == "" {
			if n := len(p.places); n > 0 {
				p.places[n-1].end = lines[i].end
			}
			i = j
			continue
		}
		for width > 0 && j < len(lines) && joins(lines, j, width) {
			j++
		}
		p.add(lines, i, j)
		i = j
	}
	return p
}

// add appends the paragraph of lines i to j-1.
func (p *plain) add(lines []line, i, j int) {
	at := place{start: lines[i].start, end: lines[j-1].end, blank: i == 0 || lines[i-1].text == ""}
	b := block{box: -1, text: joinLines(lines[i:j])}
	if at.url = b.text == ""; at.url {
		b.text = lines[i].text
	}
	b.measure()
	if b.words <= cuedWords {
		b.cues = readCues(b.text, phrases())
	}
	p.words += b.words
	p.blocks = append(p.blocks, b)
	p.places = append(p.places, at)
}

// cuedWords is the length of a paragraph up to which its cues are always read, in
// words: no line that is told by them is longer.
const cuedWords = 30

// readOn reads the cues of the longer paragraphs too.
func (p *plain) readOn() {
	for i := range p.blocks {
		if b := &p.blocks[i]; b.words > cuedWords {
			b.cues = readCues(b.text, phrases())
		}
	}
}

// look is that of the page which the text may have been, with all cues and with
// the words that lines may have in common.
func (p *plain) look() *around {
	p.readOn()
	p.wordings = make([]worded, len(p.blocks))
	for i := range p.blocks {
		if b := &p.blocks[i]; b.words >= 3 && b.words <= 60 {
			p.wordings[i] = wording(b.text)
		}
	}
	return p.page.look()
}

// joins reports whether line j goes on with the paragraph of the line before.
func joins(lines []line, j, width int) bool {
	l, prev := lines[j], lines[j-1]
	switch {
	case l.text == "" || prev.text == "":
		return false
	case isMore(prev.text) || isMore(l.text):
		return false
	case bareURL(l.text):
		return true
	case bareURL(prev.text):
		return j >= 2 && !isMore(lines[j-2].text) && (l.indent || startsLow(l.text) || prev.flowed)
	}
	first, _, _ := strings.Cut(l.text, " ")
	return prev.flowed && !endsSentence(prev.text) || prev.runes+1+utf8.RuneCountInString(first) > width
}

var gluedName = regexp.MustCompile(`\b(of|by|to|in|for|and|the|with|from|at|on|that|but|as)(\p{Lu}\p{Ll})`)

// unglue parts a small word from the linked name behind it ("byAtos"): the line
// of an address tells that a link was torn out of the line above.
func unglue(s string) string { return gluedName.ReplaceAllString(s, "$1 $2") }

func startsLow(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r) || strings.ContainsRune(",.;:)", r)
}

// maxLabel bounds the bytes of a line that is only a label. Most lines are
// longer, and need not be read.
const maxLabel = 40

// isMore reports whether a line is the label of a link to another article.
func isMore(s string) bool {
	if len(s) > maxLabel {
		return false
	}
	s = strings.ToLower(strings.TrimRight(s, " :.…»>"))
	switch s {
	case "read more", "read next", "read also", "see also", "more", "lesen sie auch", "mehr zum thema", "related", "lire aussi", "leer más":
		return true
	}
	return false
}

// joinLines makes one paragraph of lines; bare addresses are left out, and the
// punctuation behind one goes to the word before it.
func joinLines(lines []line) string {
	if len(lines) == 1 && !bareURL(lines[0].text) {
		return fold(lines[0].text)
	}
	var b strings.Builder
	glue := false
	for i, l := range lines {
		s := l.text
		if i+1 < len(lines) && bareURL(lines[i+1].text) {
			s = unglue(s)
		}
		if bareURL(s) {
			s, glue = s[len(strings.TrimRight(s, ".,;:)")):], true
			if s == "" {
				continue
			}
		}
		if b.Len() > 0 && !(glue && strings.ContainsRune(",.;:)", firstRune(s))) {
			b.WriteByte(' ')
		}
		glue = false
		b.WriteString(s)
	}
	return fold(b.String())
}
