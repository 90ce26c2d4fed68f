// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"math"
)

// secondFeatures appends what the first stage's opinions add.
func (p *page) secondFeatures(i int, s *opinions, x []float32) []float32 {
	b := &p.blocks[i]
	x = append(x, float32(b.first))
	for _, d := range [6]int{-3, -2, -1, 1, 2, 3} {
		if j := i + d; j >= 0 && j < len(p.blocks) {
			x = append(x, float32(p.blocks[j].first))
		} else {
			x = append(x, -1)
		}
	}
	x = append(x, s.mean(i-5, i+6), s.mean(i-12, i), s.mean(i+1, i+13))
	total := s.body[len(p.blocks)]
	x = append(x, share(s.body[i], total), share(total-s.body[i+1], total), float32(math.Log1p(total)), float32(total/float64(max(1, p.words))))
	x = append(x, distance(i, s.lastSure[i], s.lastSure[i] >= 0), distance(s.nextSure[i], i, s.nextSure[i] < len(p.blocks)))
	at := b.box
	for range 4 {
		if at < 0 {
			x = append(x, -1, 0)
			continue
		}
		o := &p.boxes[at]
		x = append(x, share(o.bodyWords, float64(o.words)), share(o.bodyWords, total))
		at = o.parent
	}
	k := s.bySig[p.sig(b)]
	return append(x, share(k[0], k[1]), share(k[0], total))
}

// opinions sums up the first stage.
type opinions struct {
	body     []float64 // words taken for body before block i
	words    []float64
	lastSure []int
	nextSure []int
	bySig    map[uint64][2]float64
}

func (p *page) listen() *opinions {
	n := len(p.blocks)
	s := &opinions{body: make([]float64, n+1), words: make([]float64, n+1), lastSure: make([]int, n), nextSure: make([]int, n), bySig: map[uint64][2]float64{}}
	for i := range p.boxes {
		p.boxes[i].bodyWords = 0
	}
	last := -1
	for i := range p.blocks {
		b := &p.blocks[i]
		w := float64(b.words)
		s.body[i+1], s.words[i+1] = s.body[i]+b.first*w, s.words[i]+w
		if b.first > 0.8 && b.words >= 8 {
			last = i
		}
		s.lastSure[i] = last
		k := s.bySig[p.sig(b)]
		s.bySig[p.sig(b)] = [2]float64{k[0] + b.first*w, k[1] + w}
		if b.box >= 0 {
			p.boxes[b.box].bodyWords += b.first * w
		}
	}
	next := n
	for i := n - 1; i >= 0; i-- {
		if p.blocks[i].first > 0.8 && p.blocks[i].words >= 8 {
			next = i
		}
		s.nextSure[i] = next
	}
	for i := len(p.boxes) - 1; i > 0; i-- {
		if up := p.boxes[i].parent; up >= 0 {
			p.boxes[up].bodyWords += p.boxes[i].bodyWords
		}
	}
	return s
}

// mean is the share of the words of blocks from to end-1 that is body.
func (s *opinions) mean(from, end int) float32 {
	from, end = max(0, from), min(end, len(s.body)-1)
	if from >= end {
		return -1
	}
	return share(s.body[end]-s.body[from], s.words[end]-s.words[from])
}
