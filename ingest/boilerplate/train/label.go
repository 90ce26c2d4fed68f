// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"
	"strings"
	"unicode"
)

// label is what the gold says of one block: how much of it is body, and how much
// that counts. A weight of 0 says nothing.
type label struct {
	y, weight float32
}

// tokens are the words of a text, folded.
func tokens(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' })
}

// labelBody compares the blocks with the gold's text: the share of a block's
// runs of four words that stand in it. Short blocks count where they stand in
// the gold next to what stands next to them on the page.
func labelBody(texts []string, body string) []label {
	want := tokens(body)
	joined := " " + strings.Join(want, " ") + " "
	grams := map[string]bool{}
	for i := 0; i+4 <= len(want); i++ {
		grams[strings.Join(want[i:i+4], " ")] = true
	}
	words := make([][]string, len(texts))
	for i, t := range texts {
		words[i] = tokens(t)
	}
	out := make([]label, len(texts))
	for i, w := range words {
		out[i].weight = (float32(len(w)) + 3) / (float32(len(want)) + 120)
		if len(w) >= 6 {
			hits := 0
			for k := 0; k+4 <= len(w); k++ {
				if grams[strings.Join(w[k:k+4], " ")] {
					hits++
				}
			}
			out[i].y = float32(hits) / float32(len(w)-3)
			continue
		}
		if len(w) > 0 && besides(words, i, joined) {
			out[i].y = 1
		}
	}
	dropCopies(words, out, joined)
	return out
}

// besides reports whether short block i stands in the gold together with the end
// of the block before it or the start of the one after it.
func besides(words [][]string, i int, joined string) bool {
	w := strings.Join(words[i], " ")
	if !strings.Contains(joined, " "+w+" ") {
		return false
	}
	for j := i - 1; j >= max(0, i-3); j-- {
		if prev := words[j]; len(prev) > 0 {
			tail := strings.Join(prev[max(0, len(prev)-3):], " ")
			if strings.Contains(joined, " "+tail+" "+w+" ") {
				return true
			}
		}
	}
	for j := i + 1; j < min(len(words), i+4); j++ {
		if next := words[j]; len(next) > 0 {
			lead := strings.Join(next[:min(3, len(next))], " ")
			if strings.Contains(joined, " "+w+" "+lead+" ") {
				return true
			}
		}
	}
	return false
}

// dropCopies leaves as many copies of one block positive as the gold has: those
// with most positive neighbours. They are looked at in the page's order, as what
// is dropped of one changes what supports the next.
func dropCopies(words [][]string, out []label, joined string) {
	same := map[string][]int{}
	var order []string
	for i, w := range words {
		if out[i].y > 0.5 {
			k := strings.Join(w, " ")
			if same[k] == nil {
				order = append(order, k)
			}
			same[k] = append(same[k], i)
		}
	}
	for _, k := range order {
		at := same[k]
		n := max(1, strings.Count(joined, " "+k+" "))
		if len(at) <= n {
			continue
		}
		support := func(i int) (s float32) {
			for j := max(0, i-4); j < min(len(out), i+5); j++ {
				if j != i {
					s += out[j].y * out[j].weight
				}
			}
			return s
		}
		slices.SortStableFunc(at, func(a, b int) int {
			switch x, y := support(a), support(b); {
			case x > y:
				return -1
			case x < y:
				return 1
			}
			return 0
		})
		for _, i := range at[n:] {
			out[i].y = 0
		}
	}
}

// A gold that leaves out this many paragraphs of the body's own kind in a row,
// with this many words, does not hold the whole body.
const (
	gapBlocks = 5
	gapWords  = 150
)

// forgive silences the labels of such gaps: what the gold leaves out there is no
// less body than the rest, and would teach that a long page has none further down.
func forgive(kinds []uint64, texts []string, out []label) {
	own := mainKind(kinds, out)
	if own == 0 {
		return
	}
	first, last, blocks, words := 0, 0, 0, 0
	closeGap := func() {
		if blocks >= gapBlocks && words >= gapWords {
			for i := first; i <= last; i++ {
				out[i].weight = 0
			}
		}
		blocks, words = 0, 0
	}
	for i := range out {
		switch {
		case kinds[i] != own:
		case out[i].y > 0.5:
			closeGap()
		case out[i].y < 0.2:
			if blocks == 0 {
				first = i
			}
			last, blocks, words = i, blocks+1, words+len(tokens(texts[i]))
		}
	}
	closeGap()
}

// mainKind is the kind of paragraph that most of the body stands in, 0 where none
// does.
func mainKind(kinds []uint64, labels []label) uint64 {
	sums := map[uint64]float32{}
	var best uint64
	for i, k := range kinds {
		if k == 0 || labels[i].y <= 0.5 {
			continue
		}
		if sums[k] += labels[i].weight; best == 0 || sums[k] > sums[best] {
			best = k
		}
	}
	return best
}

// labelSegments labels the blocks that hold one of the gold's segments, and
// nothing else.
func labelSegments(texts []string, g *gold) []label {
	out := make([]label, len(texts))
	folded := make([]string, len(texts))
	for i, t := range texts {
		folded[i] = strings.Join(strings.Fields(t), " ")
	}
	weight := 1.2 / float32(len(g.With)+len(g.Without)+1)
	mark := func(segments []string, y float32) {
		for _, s := range segments {
			s = strings.Join(strings.Fields(s), " ")
			if s == "" {
				continue
			}
			found := 0
			for i := range folded {
				if strings.Contains(folded[i], s) {
					found++
				}
			}
			for i := range folded {
				if strings.Contains(folded[i], s) {
					out[i] = label{y: y, weight: weight / float32(found)}
				}
			}
		}
	}
	mark(g.With, 1)
	mark(g.Without, 0)
	mark(g.Comments, 0)
	return out
}
