// SPDX-License-Identifier: Apache-2.0

package boilerplate

import "math"

// treeDepth is the number of questions that one tree asks.
const treeDepth = 6

// tree is an oblivious decision tree: all nodes of one depth ask the same
// question, so that the answers are the bits of the leaf's number (as in
// Prokhorenkova et al., CatBoost, 2018).
type tree struct {
	feature [treeDepth]uint16
	above   [treeDepth]float32 // the answer is yes for a greater value
	leaf    [1 << treeDepth]float32
}

// forest is a sum of trees: the log odds of a block being body.
type forest struct {
	base  float32
	trees []tree
}

// Settled negatives are not asked further: after every few trees a sum below
// this line ends the evaluation.
const (
	askEvery = 8
	hopeless = -4.5
)

// odds is the probability that a block with the features x is body.
func (f *forest) odds(x []float32) float64 {
	sum := f.base
	for i := range f.trees {
		t := &f.trees[i]
		n := 0
		for d := range treeDepth {
			if x[t.feature[d]] > t.above[d] {
				n |= 1 << d
			}
		}
		sum += t.leaf[n]
		if i%askEvery == askEvery-1 && sum < hopeless {
			break
		}
	}
	return 1 / (1 + math.Exp(-float64(sum)))
}
