// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

const (
	kindBoxes   = 3    // boxes around a block that make its kind
	kindDoubt   = 20   // words that a kind is given on either side before the first is seen
	kindPower   = 0.5  // of the log of body to dropped words
	kindAgainst = -2.0 // log odds of a kind that holds no body
	kindFor     = 1.0  // and of one that holds nothing else

	repeatWords   = 4 // of a block from which its repetition says something
	repeatDropped = 2 // log odds against a block for each article that had it, and not in its body
	repeatMost    = 3 // such articles count
	repeatBody    = 7 // and for each after the first whose body had it too
)

// weigh moves the probability of a block by what the host's other articles say of
// it: whether its words stood there, and what its kind of box held. The page's
// own evidence can outweigh both.
func (m *SiteModel) weigh(b *block, kind uint64) float64 {
	const edge = 1e-4
	own := min(max(b.prob, edge), 1-edge)
	odds := math.Log(own/(1-own)) + m.kindOdds(kind) - m.repeatOdds(b, kind)
	return 1 / (1 + math.Exp(-odds))
}

func (m *SiteModel) kindOdds(kind uint64) float64 {
	i, ok := slices.BinarySearchFunc(m.Kinds, kind, compareKind)
	if !ok {
		return 0
	}
	k := &m.Kinds[i]
	odds := kindPower * math.Log(float64(k.Body+kindDoubt)/float64(k.Dropped+kindDoubt))
	return min(max(odds, kindAgainst), kindFor)
}

// repeatOdds is how much it tells against a block that its words stood on other
// articles, in the same kind of box. Short sub-headings repeat in a series of articles and tell nothing; a
// paragraph that was body there may be two articles' own, a third is not.
func (m *SiteModel) repeatOdds(b *block, kind uint64) float64 {
	i, ok := slices.BinarySearchFunc(m.Blocks, placed(b.hash, kind), compareBlock)
	switch {
	case !ok || b.words < repeatWords:
		return 0
	case m.Blocks[i].Body == 0:
		return repeatDropped * float64(min(m.Blocks[i].Pages, repeatMost))
	}
	return repeatBody * float64(m.Blocks[i].Pages-1)
}

// kindOf names the kind of box that a block stands in, 0 where it stands in none.
func (p *page) kindOf(b *block) uint64 {
	if b.box < 0 {
		return 0
	}
	h := uint64(fnvOffset) ^ uint64(b.tag)
	for i, n := b.box, 0; i >= 0 && n < kindBoxes; i, n = p.boxes[i].parent, n+1 {
		h = h*fnvPrime ^ p.boxes[i].sig
	}
	return h
}

// mergeKinds adds the kinds of boxes of one article to the old ones.
func (m *SiteModel) mergeKinds(old []SiteKind, page []Block) []SiteKind {
	on := map[uint64]SiteKind{}
	for _, b := range page {
		if b.Kind == 0 {
			continue
		}
		k := on[b.Kind]
		if words := len(strings.Fields(b.Text)); b.Alone {
			k.Body += words
		} else {
			k.Dropped += words
		}
		k.Hash, k.Last, k.Text = b.Kind, m.Articles, b.Text
		on[b.Kind] = k
	}
	out := make([]SiteKind, 0, len(old)+len(on))
	for _, k := range old {
		if now, ok := on[k.Hash]; ok {
			k.Body, k.Dropped, k.Last = k.Body+now.Body, k.Dropped+now.Dropped, m.Articles
			delete(on, k.Hash)
		}
		if m.Articles-k.Last <= siteAge {
			out = append(out, k.aged())
		}
	}
	for _, k := range on {
		k.Text = beginning(k.Text)
		out = append(out, k.aged())
	}
	return boundKinds(out)
}

// aged halves what is known of a kind where it is much, so that a redesign is
// learned in a few articles.
func (k SiteKind) aged() SiteKind {
	for k.Body+k.Dropped > siteWords {
		k.Body, k.Dropped = k.Body/2, k.Dropped/2
	}
	return k
}

// Boxes lists the kinds of boxes, those with most words first: what a person
// checks.
func (m *SiteModel) Boxes() []SiteKind {
	out := slices.Clone(m.Kinds)
	slices.SortFunc(out, fuller)
	return out
}

func fuller(a, b SiteKind) int {
	if a, b := a.Body+a.Dropped, b.Body+b.Dropped; a != b {
		return b - a
	}
	return compareKind(a, b.Hash)
}

// boundKinds keeps the kinds that hold most words, in the order of their hashes.
func boundKinds(kinds []SiteKind) []SiteKind {
	if len(kinds) == 0 {
		return nil
	}
	if len(kinds) > maxSiteKinds {
		slices.SortFunc(kinds, fuller)
		kinds = kinds[:maxSiteKinds]
	}
	slices.SortFunc(kinds, func(a, b SiteKind) int { return compareKind(a, b.Hash) })
	return kinds
}

func compareKind(k SiteKind, h uint64) int { return cmp.Compare(k.Hash, h) }
