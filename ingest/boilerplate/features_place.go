// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"math"

	"golang.org/x/net/html/atom"
)

// placeFeatures are where the block stands on the page.
func (p *page) placeFeatures(i int, a *around, x []float32) []float32 {
	n := len(p.blocks)
	b := &p.blocks[i]
	x = append(x, ratio(float64(i), n), ratio(float64(a.before[i]), p.words), log(i), log(n-i),
		ratio(float64(a.prose[i]), a.prose[n]), ratio(float64(a.prose[n]-a.prose[i]), a.prose[n]))
	lo, hi := max(0, i-3), min(n, i+4)
	x = append(x, log(a.prose[hi]-a.prose[lo]))
	lo, hi = max(0, i-10), min(n, i+11)
	x = append(x, log(a.prose[hi]-a.prose[lo]))
	x = append(x, distance(i, a.lastProse[i], a.lastProse[i] >= 0), distance(a.nextProse[i], i, a.nextProse[i] < n))
	if p.titleAt >= 0 {
		x = append(x, distance(i, p.titleAt, true), bit(i == p.titleAt))
	} else {
		x = append(x, -100, 0)
	}
	return append(x, tagFeatures(b.tag)...)
}

func tagFeatures(a atom.Atom) []float32 {
	level := float32(0)
	switch a {
	case atom.H1:
		level = 6
	case atom.H2:
		level = 5
	case atom.H3:
		level = 4
	case atom.H4:
		level = 3
	case atom.H5, atom.H6:
		level = 2
	}
	return []float32{level, bit(a == atom.P), bit(a == atom.Li), bit(a == atom.Td || a == atom.Th), bit(a == atom.Div), bit(a == atom.Dd || a == atom.Dt)}
}

// boxFeatures are those of the three boxes around the block, and of its place in
// the container.
func (p *page) boxFeatures(b *block, x []float32) []float32 {
	at := b.box
	for range 4 {
		if at < 0 {
			x = append(x, 0, 0, 0, 0, 0, 0)
			continue
		}
		o := &p.boxes[at]
		x = append(x, log(o.words), float32(o.linkShare()), ratio(float64(o.proseWords), p.proseWords()), log(int(o.kids)), log(int(o.like)), log(int(o.end-o.first)))
		at = o.parent
	}
	if b.box < 0 {
		return append(x, -1, 0, 0, 0, 0, 0)
	}
	o := &p.boxes[b.box]
	x = append(x, float32(o.depth), bit(o.hidden))
	up, in, share := p.fromBest(b.box)
	return append(x, up, in, share, float32(math.Log1p(o.score)))
}

// fromBest says how many boxes up from the best container is the first one that
// holds box i too, how deep i stands in that one, and how much of its prose
// stands in the best.
func (p *page) fromBest(i int32) (up, in, share float32) {
	if p.best < 0 {
		return -1, 0, 0
	}
	at := p.best
	for at >= 0 && !p.inside(i, at) {
		at = p.boxes[at].parent
		up++
	}
	if at < 0 {
		return 50, 0, 0
	}
	return up, float32(p.boxes[i].depth - p.boxes[at].depth), ratio(float64(p.boxes[p.best].proseWords), p.boxes[at].proseWords)
}

func (p *page) proseWords() int {
	if len(p.boxes) == 0 {
		return 0
	}
	return p.boxes[0].proseWords
}

// neighbourFeatures are those of the two blocks before and after.
func (p *page) neighbourFeatures(i int, x []float32) []float32 {
	here := p.blocks[i].box
	for _, d := range [4]int{-2, -1, 1, 2} {
		j := i + d
		if j < 0 || j >= len(p.blocks) {
			x = append(x, -1, 0, 0, 0, 0)
			continue
		}
		b := &p.blocks[j]
		kin := float32(0)
		if b.box == here {
			kin = 2
		} else if b.box >= 0 && here >= 0 && p.boxes[b.box].parent == p.boxes[here].parent {
			kin = 1
			if p.boxes[b.box].sig == p.boxes[here].sig {
				kin = 1.5
			}
		}
		x = append(x, log(b.words), float32(b.linkShare()), bit(b.ends), bit(heading(b.tag)), kin)
	}
	return x
}

// heralds are the cues of lines that announce something: comments, other articles,
// sharing, tags, a newsletter.
var heralds = [5]cue{cueComments | cueReply, cueMore, cueShare, cueTags, cueSubscribe}

// announced is, for each of the heralds, the last short line at or above a block
// that is one, far above it where there is none.
type announced [len(heralds)]int

// farAbove is the distance from which a herald announces nothing.
const farAbove = 60

// announcements says it of every block.
func (p *page) announcements() []announced {
	out := make([]announced, len(p.blocks))
	var last announced
	for k := range last {
		last[k] = -farAbove
	}
	for i := range p.blocks {
		if b := &p.blocks[i]; b.words <= 8 {
			for k, c := range heralds {
				if b.cues&c != 0 {
					last[k] = i
				}
			}
		}
		out[i] = last
	}
	return out
}

// announcedFeatures appends how far up the last line stands that announces
// something.
func announcedFeatures(i int, last announced, x []float32) []float32 {
	for _, j := range last {
		x = append(x, float32(min(i-j, farAbove)))
	}
	return x
}
