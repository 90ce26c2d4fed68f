// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"math"

	"golang.org/x/net/html/atom"
)

// The features are described by groups in docs/STRIPPING.md. Their order is the
// tables' order: who adds one trains again.

// around is what a page's features need that one pass over its blocks yields.
type around struct {
	before      []int // words before block i
	prose       []int // prose words before block i; one longer than blocks
	lastProse   []int // index of the last prose block at or before i, -1
	nextProse   []int // index of the first prose block at or after i, len where none
	titleWords  map[uint64]bool
	description map[uint64]bool
	announced   []announced
	signals     [12]float32 // of the page
	bySig       map[uint64]kind
}

// kind is what the boxes of one signature hold on the page.
type kind struct {
	blocks, words, prose int
	links, says          float64
}

// look makes that pass, in which the blocks also learn how often they stood above
// and what their words say.
func (p *page) look() *around {
	n := len(p.blocks)
	a := &around{before: make([]int, n+1), prose: make([]int, n+1), lastProse: make([]int, n), nextProse: make([]int, n), bySig: map[uint64]kind{}}
	last := -1
	seen := make(map[uint64]int, n)
	for i := range p.blocks {
		b := &p.blocks[i]
		b.copies = seen[b.hash]
		seen[b.hash]++
		b.says = p.lexis.says(b.text)
		a.before[i+1] = a.before[i] + b.words
		a.prose[i+1] = a.prose[i]
		if b.prose() {
			a.prose[i+1] += b.words
			last = i
		}
		a.lastProse[i] = last
		k := a.bySig[p.sig(b)]
		k.blocks++
		k.words += b.words
		k.links += b.linkShare() * float64(b.words)
		k.says += float64(b.says)
		if b.prose() {
			k.prose += b.words
		}
		a.bySig[p.sig(b)] = k
	}
	next := n
	for i := n - 1; i >= 0; i-- {
		if p.blocks[i].prose() {
			next = i
		}
		a.nextProse[i] = next
	}
	a.titleWords = wordSet(p.title)
	a.description = wordSet(p.head.first("description", "og:description", "twitter:description"))
	a.announced = p.announcements()
	a.signals = p.signals(a)
	return a
}

// sig tells blocks of one kind: the signature of the box and of the one around.
func (p *page) sig(b *block) uint64 { return p.sigOf(b.box) }

// sigOf is the signature of a box and of the one around it.
func (p *page) sigOf(box int32) uint64 {
	if box < 0 {
		return 0
	}
	x := &p.boxes[box]
	s := x.sig
	if x.parent >= 0 {
		s = s*31 + p.boxes[x.parent].sig
	}
	return s
}

// wordSet hashes the words of a text that have four letters or more.
func wordSet(s string) map[uint64]bool {
	m := map[uint64]bool{}
	eachWord(s, func(h uint64, n int) {
		if n >= 4 {
			m[h] = true
		}
	})
	return m
}

// signals describes the page as a whole.
func (p *page) signals(a *around) [12]float32 {
	n := len(p.blocks)
	var links float64
	h2, posts, said := 0, 0, 0
	for i := range p.blocks {
		b := &p.blocks[i]
		links += b.linkShare() * float64(b.words)
		if b.tag == atom.H2 || b.tag == atom.H3 {
			h2++
		}
		if b.box >= 0 && b.prose() && p.boxes[b.box].path&nameComment != 0 {
			said += b.words
		}
		if b.box >= 0 && p.boxes[b.box].path&(nameThread|namePost|nameReply) != 0 {
			posts += b.words
		}
	}
	words := float64(max(1, p.words))
	var best float64
	if p.best >= 0 {
		best = float64(p.boxes[p.best].proseWords) / float64(max(1, a.prose[n]))
	}
	return [12]float32{
		log(p.words), float32(links / words), float32(float64(a.prose[n]) / words), float32(best),
		float32(h2), float32(float64(posts) / words), float32(p.head.typeSignal()), float32(pathDepth(p.url)),
		ratio(float64(said), a.prose[n]), log(a.prose[n] - said), float32(p.threadSignal()), p.repetition(a.prose[n]),
	}
}

// features appends the features of block i to x.
func (p *page) features(i int, a *around, x []float32) []float32 {
	b := &p.blocks[i]
	x = p.textFeatures(b, a, x)
	x = p.placeFeatures(i, a, x)
	x = p.boxFeatures(b, x)
	x = p.neighbourFeatures(i, x)
	k := a.bySig[p.sig(b)]
	x = append(x, log(k.blocks), log(k.words), ratio(k.links, k.words), ratio(float64(k.prose), k.words), ratio(float64(k.prose), a.prose[len(p.blocks)]))
	x = announcedFeatures(i, a.announced[i], x)
	x = p.lexisFeatures(i, a, x)
	x = append(x, a.signals[:]...)
	for c := range cueCount {
		x = append(x, bit(b.cues&(1<<c) != 0))
	}
	var own, path names
	var tags tagSet
	if b.box >= 0 {
		own, path, tags = p.boxes[b.box].own|p.parentOwn(b.box), p.boxes[b.box].path, p.boxes[b.box].tags
	}
	for c := range nameCount {
		x = append(x, bit(path&(1<<c) != 0))
	}
	for c := range nameCount {
		x = append(x, bit((own|b.inline)&(1<<c) != 0))
	}
	for c := range tagCount {
		x = append(x, bit(tags&(1<<c) != 0))
	}
	return x
}

func (p *page) parentOwn(i int32) names {
	if up := p.boxes[i].parent; up >= 0 {
		return p.boxes[up].own
	}
	return 0
}

// textFeatures are those of the block's own text.
func (p *page) textFeatures(b *block, a *around, x []float32) []float32 {
	w := b.words
	x = append(x, log(w), ratio(float64(b.chars), w), float32(b.linkShare()), log(b.links), ratio(float64(b.boldChars), b.chars),
		ratio(float64(b.capital), w), ratio(float64(b.digits), b.chars), ratio(float64(b.commas), w), log(b.stops), ratio(float64(b.stops), w),
		bit(b.ends), bit(b.starts), float32(min(b.copies, 5)), bit(b.prose()))
	title, desc, body := p.matches(b, a)
	return append(x, title, desc, body)
}

// matches is how much of the block stands in the title, in the description and
// in the body that JSON-LD states (-1 where it states none).
func (p *page) matches(b *block, a *around) (title, desc, body float32) {
	n, t, d := 0, 0, 0
	limit := 40
	grams, hits := 0, 0
	var run [4]uint64
	seen := 0
	eachWord(b.text, func(h uint64, letters int) {
		if letters >= 4 && n < limit {
			n++
			if a.titleWords[h] {
				t++
			}
			if a.description[h] {
				d++
			}
		}
		if p.jsonBody != nil {
			run[seen&3] = h
			seen++
			if seen >= 4 {
				grams++
				if p.jsonBody[gram(run, seen)] {
					hits++
				}
			}
		}
	})
	body = -1
	if p.jsonBody != nil {
		body = -0.5
		if grams > 0 {
			body = float32(hits) / float32(grams)
		}
	}
	return ratio(float64(t), n), ratio(float64(d), n), body
}

func share(part, whole float64) float32 {
	if whole <= 0 {
		return 0
	}
	return float32(part / whole)
}

func ratio(part float64, whole int) float32 { return share(part, float64(whole)) }

func log(n int) float32 { return float32(math.Log1p(float64(max(0, n)))) }

func bit(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

func distance(a, b int, known bool) float32 {
	if !known {
		return 100
	}
	return float32(max(-60, min(60, a-b)))
}
