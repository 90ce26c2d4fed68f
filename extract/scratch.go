// SPDX-License-Identifier: Apache-2.0

package extract

import "slices"

// scratch is memory that the analysis of one text leaves to the next.
type scratch struct {
	toks  []token
	low   []string // see analysis.word
	items []item   // of all sentences
	signs signs
	seen  [SignRows / 64]uint64 // a bit for each sign that was seen, all 0 between two names
}

// maxScratch bounds the tokens for which memory is kept.
const maxScratch = 1 << 14

// release keeps the memory for the next text, without what it held of this one.
func (r *Relations) release(c *scratch) {
	if cap(c.toks) > maxScratch {
		return
	}
	clear(c.low)
	c.toks, c.low, c.items = c.toks[:0], c.low[:0], c.items[:0]
	r.scratch.Put(c)
}

// words is room for n words, all "".
func (c *scratch) words(n int) []string {
	c.low = slices.Grow(c.low[:0], n)[:n]
	clear(c.low)
	return c.low
}

// room is room for n items.
func (c *scratch) room(n int) []item {
	at := len(c.items)
	if at+n > cap(c.items) {
		at, c.items = 0, make([]item, 0, max(n, len(c.toks)))
	}
	c.items = c.items[:at+n]
	return c.items[at : at : at+n]
}

// once collects what look adds and returns it, each sign once.
func (c *scratch) once(look func(*signs)) signs {
	c.signs = c.signs[:0]
	look(&c.signs)
	kept := c.signs[:0]
	for _, x := range c.signs {
		if bit := uint64(1) << (x % 64); c.seen[x/64]&bit == 0 {
			c.seen[x/64] |= bit
			kept = append(kept, x)
		}
	}
	for _, x := range kept {
		c.seen[x/64] = 0
	}
	return slices.Clone(kept)
}
