// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copytaster/copytaster"
	"golang.org/x/net/html/atom"
)

// block is a run of text that no block-level tag or double line break
// interrupts: the unit that is kept or dropped.
type block struct {
	text      string
	tag       atom.Atom // of the block-level element that the text stands in
	box       int32     // index of that element in page.boxes
	inline    names     // what the names of the inline elements around the text say
	linkChars int       // characters inside links
	boldChars int       // characters inside bold or italic elements
	chars     int       // characters, white space apart
	words     int
	capital   int // words that start with a capital letter
	digits    int
	commas    int
	stops     int  // ends of sentences
	cues      cue  // what the words of a block say
	links     int  // number of links
	ends      bool // the text ends as a sentence does
	starts    bool // the text starts with a capital letter, a digit or a quotation mark
	hash      uint64
	copies    int     // earlier blocks of the page with the same text: see look
	prob      float64 // that the block is body
	alone     float64 // the classifier's word for it
	moved     float64 // the same after the host's model was asked
	first     float64 // the first stage's opinion
	says      float32 // what its words say for body: see look
	zone      copytaster.Zone
	group     int32 // blocks of one comment share it
}

// measure counts what the features need, in one pass over the text.
func (b *block) measure() {
	inWord := false
	var last rune
	for i, r := range b.text {
		is := sortOf(r)
		if i == 0 {
			b.starts = is&runeCapital != 0 || unicode.IsDigit(r) || strings.ContainsRune(`"“‘«„'`, r)
		}
		if is&runeSpace != 0 {
			inWord = false
			continue
		}
		b.chars++
		word := is&runeWord != 0
		if word && !inWord {
			b.words++
			if is&runeCapital != 0 {
				b.capital++
			}
		}
		b.count(r, last, is)
		inWord = word || inWord && (r == '\'' || r == '’' || r == '-')
		last = r
	}
	b.ends = endsSentence(b.text)
	if b.ends {
		b.stops++
	}
	if wide(b.text) { // scripts without spaces: about two characters a word
		b.words = max(b.words, b.chars/2)
	}
	b.hash = hashText(b.text)
}

// What a character is to a block, as bits.
const (
	runeSpace uint8 = 1 << iota
	runeWord        // a letter, or an ASCII digit
	runeCapital
)

// asciiSorts is what each ASCII character is: most of a text is ASCII.
var asciiSorts = func() (t [utf8.RuneSelf]uint8) {
	for r := range t {
		t[r] = wideSort(rune(r))
		if r >= '0' && r <= '9' {
			t[r] |= runeWord
		}
	}
	return t
}()

// sortOf is what a character is.
func sortOf(r rune) uint8 {
	if r < utf8.RuneSelf {
		return asciiSorts[r]
	}
	return wideSort(r)
}

func wideSort(r rune) (sort uint8) {
	switch {
	case unicode.IsSpace(r):
		return runeSpace
	case unicode.IsUpper(r):
		sort = runeCapital
	}
	if unicode.IsLetter(r) {
		sort |= runeWord
	}
	return sort
}

func (b *block) count(r, last rune, is uint8) {
	switch {
	case r >= '0' && r <= '9':
		b.digits++
	case r == ',' || r == '、' || r == '，':
		b.commas++
	case r == '。' || r == '！' || r == '？':
		b.stops++
	case is&runeCapital != 0 && (last == '.' || last == '!' || last == '?'):
		b.stops++
	}
}

// wide reports whether the text is written in a script without spaces.
func wide(s string) bool {
	n, w := 0, 0
	for _, r := range s {
		if n++; n > 64 {
			break
		}
		if r >= 0x2E80 && r <= 0x9FFF || r >= 0x0E00 && r <= 0x0E7F {
			w++
		}
	}
	return w*3 > n
}

// endsSentence reports whether s ends with the mark of a sentence, closing
// quotation marks and brackets apart.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \n\t\"'”’»)]“")
	if strings.HasSuffix(s, "...") || strings.HasSuffix(s, "…") {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?。！？।", r) && s != ""
}

// linkShare is the share of the block's characters that stand in links.
func (b *block) linkShare() float64 {
	if b.chars == 0 {
		return 0
	}
	return min(1, float64(b.linkChars)/float64(b.chars))
}

// prose reports whether the block reads as a paragraph of sentences.
func (b *block) prose() bool {
	return b.words >= 10 && b.stops > 0 && b.linkShare() < 0.5
}

const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// hashText hashes the letters and digits of s, case folded (FNV-1a).
func hashText(s string) uint64 {
	h := uint64(fnvOffset)
	for _, r := range s {
		if r < utf8.RuneSelf {
			switch {
			case r >= 'A' && r <= 'Z':
				r |= 0x20
			case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			default:
				continue
			}
		}
		h = (h ^ uint64(r)) * fnvPrime
	}
	return h
}

// box is a block-level element.
type box struct {
	parent     int32
	tag        atom.Atom
	depth      int32
	own        names  // what its class, id, role and itemprop say
	path       names  // the same of it and everything around it
	tags       tagSet // tags of it and everything around it
	sig        uint64 // of tag and classes: siblings of one kind share it
	first, end int32  // blocks first to end-1 stand inside
	words      int
	linkWords  float64
	proseWords int
	kids       int32
	like       int32 // siblings with the same signature
	score      float64
	bodyWords  float64 // words that the first stage takes for body
	says       float32 // what the words of its names say for body
	hidden     bool
	other      bool // of an <article> that is not the headline's
}

func (b *box) linkShare() float64 {
	if b.words == 0 {
		return 0
	}
	return min(1, b.linkWords/float64(b.words))
}
