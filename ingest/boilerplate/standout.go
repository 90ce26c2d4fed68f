// SPDX-License-Identifier: Apache-2.0

package boilerplate

import "github.com/copytaster/copytaster"

// What a run of lines needs to be kept from a text in which nothing passes.
const (
	leastPeak = 0.05 // the probability of its likeliest line, where it has a paragraph of sentences
	leastBare = 0.25 // the same where it has none
	leastRun  = 20   // words
)

// standout keeps, from a text in which nothing passes, the run of lines that
// stands out: a short article below long menus is unlikely line by line, and still
// likelier by far than all around it. It says how sure of it one can be, 1 where
// something passed before.
func (p *plain) standout() float64 {
	peak := 0.0
	for i := range p.blocks {
		if p.blocks[i].zone == copytaster.ZoneBody {
			return 1
		}
		peak = max(peak, p.blocks[i].prob)
	}
	if peak < leastPeak {
		return 1
	}
	first, end := p.likeliestRun(peak / 2)
	words, sum, bare := 0, 0.0, true
	for _, b := range p.blocks[first:end] {
		words += b.words
		sum += b.prob * float64(b.words)
		bare = bare && !b.prose()
	}
	if words < leastRun || bare && peak < leastBare {
		return 1
	}
	for i := first; i < end; i++ {
		p.blocks[i].zone = copytaster.ZoneBody
	}
	return sum / float64(words)
}

// likeliestRun is the run of lines from a probability on that holds most words,
// each counted by how likely it is body.
func (p *plain) likeliestRun(line float64) (first, end int) {
	best := 0.0
	for i := 0; i < len(p.blocks); {
		sum, j := 0.0, i
		for ; j < len(p.blocks) && p.blocks[j].prob >= line; j++ {
			sum += p.blocks[j].prob * float64(p.blocks[j].words)
		}
		if sum > best {
			best, first, end = sum, i, j
		}
		i = j + 1
	}
	return first, end
}
