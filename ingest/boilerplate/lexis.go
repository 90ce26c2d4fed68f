// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"math"
	"strconv"
	"strings"
	"sync"
)

// Lexis knows what words say for a block being body: those of its text, and
// those of the classes around it. Its weights are learned (folder train).
type Lexis struct {
	words, names weights
}

// ReadLexis reads the trainer's tables: lines of a weight in hundredths, a
// tabulator, and the words that have it, separated by commas. An entry of words is
// "word", "two words" in a row, or "^word" for the first of a block. A line that
// says anything else is left out.
func ReadLexis(words, names string) *Lexis {
	return &Lexis{words: readWeights(words, wordKey), names: readWeights(names, nameKey)}
}

// shippedLexis is the one that pages are read with. It is only read.
var shippedLexis = sync.OnceValue(func() *Lexis { return ReadLexis(wordWeights, nameWeights) })

// weights maps hashes to weights: open addressing over a power of two.
type weights []weight

type weight struct {
	key   uint32 // never 0
	value float32
}

func readWeights(table string, keyOf func(string) uint64) weights {
	size := 16
	for size < 2*(strings.Count(table, ",")+strings.Count(table, "\n")) {
		size *= 2
	}
	w := make(weights, size)
	for line := range strings.Lines(table) {
		value, list, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		v, err := strconv.Atoi(value)
		if err != nil {
			continue
		}
		for entry := range strings.SplitSeq(list, ",") {
			h := keyOf(entry)
			*w.at(h) = weight{keyBits(h), float32(v) / 100}
		}
	}
	return w
}

func keyBits(hash uint64) uint32 { return uint32(hash>>32) | 1 }

// at is the place of a hash: its own, or the free one where it would go.
func (w weights) at(hash uint64) *weight {
	key, mask := keyBits(hash), uint64(len(w)-1)
	for i := hash & mask; ; i = (i + 1) & mask {
		if w[i].key == key || w[i].key == 0 {
			return &w[i]
		}
	}
}

// of is the weight of a hash, 0 where nothing is known of it.
func (w weights) of(hash uint64) float32 { return w.at(hash).value }

// What is read of a block.
const (
	lexisWords = 60
	lexisBytes = 12 * lexisWords
)

// says sums up what the words of a text say: each word, each two in a row, and
// the first one as such.
func (l *Lexis) says(text string) float32 {
	var sum float32
	var last uint64
	n := 0
	eachWord(cut(text, lexisBytes), func(h uint64, _ int) {
		if n++; n > lexisWords {
			return
		}
		sum += l.words.of(h)
		if n == 1 {
			sum += l.words.of(firstKey(h))
		} else {
			sum += l.words.of(pairKey(last, h))
		}
		last = h
	})
	return sum / float32(math.Sqrt(float64(min(max(n, 1), lexisWords))))
}

func firstKey(h uint64) uint64 { return (h ^ '^') * fnvPrime }

func pairKey(a, b uint64) uint64 { return (a*31 ^ b) * fnvPrime }

// wordKey is the hash of an entry of the words' table.
func wordKey(entry string) uint64 {
	var all []uint64
	eachWord(entry, func(h uint64, _ int) { all = append(all, h) })
	switch {
	case len(all) == 0:
		return 0
	case len(all) > 1:
		return pairKey(all[0], all[1])
	case strings.HasPrefix(entry, "^"):
		return firstKey(all[0])
	}
	return all[0]
}

// nameKey is the hash of an entry of the names' table.
func nameKey(name string) uint64 {
	h := uint64(fnvOffset)
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * fnvPrime
	}
	return h
}

const (
	nameFade   = 0.6 // of what a box says, from one box to the next inside
	nameLevels = 4   // boxes up that are asked
)

// lexisFeatures appends what the words of block i, of the blocks beside it, of
// its kind and of the boxes around it say.
func (p *page) lexisFeatures(i int, a *around, x []float32) []float32 {
	b := &p.blocks[i]
	x = append(x, b.says, p.saysAt(i-1), p.saysAt(i+1), share(a.bySig[p.sig(b)].says, float64(a.bySig[p.sig(b)].blocks)))
	at, sum, fade := b.box, float32(0), float32(1)
	for range nameLevels {
		if at < 0 {
			x = append(x, 0)
			continue
		}
		said := p.boxes[at].says
		x = append(x, said)
		sum += fade * said
		fade *= nameFade
		at = p.boxes[at].parent
	}
	return append(x, sum)
}

func (p *page) saysAt(i int) float32 {
	if i < 0 || i >= len(p.blocks) {
		return 0
	}
	return p.blocks[i].says
}
