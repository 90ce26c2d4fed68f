// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"
	"unicode"
)

// Words lists the entries of the lexis' table of words that block i asks for.
func (s *Sheet) Words(i int) []string {
	fields := strings.FieldsFunc(cut(s.page.blocks[i].text, lexisBytes), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	var out []string
	last := ""
	for n, w := range fields[:min(len(fields), lexisWords)] {
		w = string(appendLower(nil, w))
		if n == 0 {
			out = append(out, w, "^"+w)
		} else {
			out = append(out, w, last+" "+w)
		}
		last = w
	}
	return out
}

// Names lists the words of the names of the box that is level boxes around that
// of block i; of a text there are none.
func (s *Sheet) Names(i, level int) []string {
	at := s.page.blocks[i].box
	for range level {
		if at >= 0 {
			at = s.page.boxes[at].parent
		}
	}
	if at < 0 {
		return nil
	}
	return s.page.traced[at]
}

// Shapes is the number of shapes.
const Shapes = 40

// Shape numbers the length of block i and the share of its links, which the
// trainer sets beside its words. It is less than Shapes.
func (s *Sheet) Shape(i int) int {
	b := &s.page.blocks[i]
	n := 0
	for w := b.words; w > 0 && n < Shapes/4-1; w /= 2 {
		n++
	}
	return n*4 + int(min(3, 4*b.linkShare()))
}

// Kind tells paragraphs of one kind by the boxes around them: 0 for a block that
// is no paragraph of sentences, or stands in no box.
func (s *Sheet) Kind(i int) uint64 {
	if b := &s.page.blocks[i]; b.prose() && b.box >= 0 {
		return s.page.sig(b)
	}
	return 0
}
