// SPDX-License-Identifier: Apache-2.0

package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// depth is the number of questions of a tree; it is the classifier's.
const depth = 6

// table is the training data: features by column, cut into at most 64 bins.
type table struct {
	columns [][]uint8   // one per feature
	cuts    [][]float32 // upper ends of a feature's bins
	y, w    []float32
}

// oblivious is one tree: feature, cut and answers, as in the classifier.
type oblivious struct {
	feature [depth]int
	above   [depth]float32
	leaf    [1 << depth]float32
	bin     [depth]uint8
}

// options steer the boosting.
type options struct {
	trees   int
	rate    float64
	sample  float64 // share of the rows that a tree sees
	columns float64 // share of the features that a tree sees
	l2      float64
	seed    uint64
	doubts  bool // a page counts the less, the more the first stage doubts its labels
}

const bins = 64

// newTable cuts the rows' features into bins.
func newTable(rows [][]float32, y, w []float32) *table {
	t := &table{y: y, w: w}
	n := len(rows[0])
	t.columns, t.cuts = make([][]uint8, n), make([][]float32, n)
	each(n, func(f int) {
		col := make([]float32, len(rows))
		for i := range rows {
			col[i] = rows[i][f]
		}
		t.cuts[f] = cutsOf(col)
		t.columns[f] = make([]uint8, len(rows))
		for i, v := range col {
			k, _ := slices.BinarySearch(t.cuts[f], v)
			t.columns[f][i] = uint8(k)
		}
	})
	return t
}

// cutsOf picks the borders between bins at the quantiles of the distinct values.
func cutsOf(col []float32) []float32 {
	s := slices.Clone(col)
	slices.Sort(s)
	u := slices.Compact(slices.Clone(s))
	var cuts []float32
	if len(u) <= bins {
		for i := 0; i+1 < len(u); i++ {
			cuts = append(cuts, (u[i]+u[i+1])/2)
		}
		return cuts
	}
	for k := 1; k < bins; k++ { // half the borders by rows, half by distinct values
		cuts = append(cuts, u[k*len(u)/bins])
		if k%2 == 0 {
			cuts = append(cuts, s[k*len(s)/bins])
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	if len(cuts) > 120 {
		cuts = cuts[:120]
	}
	return cuts
}

// each runs f for 0 to n-1 on two processors.
func each(n int, f func(int)) {
	var wg sync.WaitGroup
	for k := range 2 {
		wg.Go(func() {
			for i := k; i < n; i += 2 {
				f(i)
			}
		})
	}
	wg.Wait()
}

// boost fits a sum of trees to the log odds of y (Friedman, 2001; second-order
// steps as in XGBoost).
func boost(t *table, o options) (base float32, trees []oblivious) {
	n := len(t.y)
	rnd := rand.New(rand.NewPCG(o.seed, 7))
	var sy, sw float64
	for i := range t.y {
		sy += float64(t.y[i] * t.w[i])
		sw += float64(t.w[i])
	}
	base = float32(math.Log((sy + 1e-9) / (sw - sy + 1e-9)))
	sum := make([]float32, n)
	for i := range sum {
		sum[i] = base
	}
	g, h := make([]float32, n), make([]float32, n)
	for range o.trees {
		for i := range sum {
			p := float32(1 / (1 + math.Exp(-float64(sum[i]))))
			g[i] = t.w[i] * (t.y[i] - p)
			h[i] = t.w[i] * max(p*(1-p), 1e-4)
		}
		tree := grow(t, g, h, o, rnd)
		for i := range sum {
			sum[i] += tree.leaf[tree.at(t, i)]
		}
		trees = append(trees, *tree)
	}
	return base, trees
}

func (o *oblivious) at(t *table, i int) int {
	k := 0
	for d := range depth {
		if t.columns[o.feature[d]][i] > o.bin[d] {
			k |= 1 << d
		}
	}
	return k
}

// pick draws the rows and features that a tree sees: a row the more likely, the
// further the trees so far are from its label (minimal variance sampling,
// Ibragimov and Gusev, 2019). Drawn gradients are weighed up in g and h.
func pick(t *table, g, h []float32, o options, rnd *rand.Rand) (rows []int32, features []int) {
	line := drawLine(g, h, o.sample)
	for i := range g {
		p := force(g[i], h[i]) / line
		if p < 1 && rnd.Float32() >= p {
			continue
		}
		if p < 1 {
			g[i], h[i] = g[i]/p, h[i]/p
		}
		rows = append(rows, int32(i))
	}
	for f := range t.columns {
		if len(t.cuts[f]) > 0 && rnd.Float64() < o.columns {
			features = append(features, f)
		}
	}
	return rows, features
}

// force is how much a row moves a tree.
func force(g, h float32) float32 {
	return float32(math.Sqrt(float64(g*g + 0.1*h*h)))
}

// drawLine is the force from which a row is always drawn, so that the given share
// of the rows is drawn in all.
func drawLine(g, h []float32, share float64) float32 {
	all := make([]float32, len(g))
	var sum float64
	for i := range g {
		all[i] = force(g[i], h[i])
		sum += float64(all[i])
	}
	line := sum / (share * float64(len(g)))
	for range 6 {
		var drawn float64
		for _, f := range all {
			drawn += min(1, float64(f)/line)
		}
		line *= drawn / (share * float64(len(g)))
	}
	return float32(max(line, 1e-12))
}

// grow builds one tree on a sample of rows and features.
func grow(t *table, g, h []float32, o options, rnd *rand.Rand) *oblivious {
	rows, features := pick(t, g, h, o, rnd)
	seen := newDraw(t, rows, features, g, h)
	tree := &oblivious{}
	for d := range depth {
		best := make([]split, len(features))
		each(len(features), func(k int) {
			best[k] = seen.split(k, 1<<d, o.l2)
		})
		top := slices.MaxFunc(best, func(a, b split) int {
			switch {
			case a.gain < b.gain:
				return -1
			case a.gain > b.gain:
				return 1
			}
			return b.feature - a.feature
		})
		tree.feature[d], tree.bin[d], tree.above[d] = top.feature, top.bin, t.cuts[top.feature][top.bin]
		col := seen.columns[slices.Index(features, top.feature)]
		for k := range col {
			if col[k] > top.bin {
				seen.leaf[k] |= 1 << d
			}
		}
	}
	var sg, sh [1 << depth]float64
	for k, l := range seen.leaf {
		sg[l] += float64(seen.g[k])
		sh[l] += float64(seen.h[k])
	}
	for k := range tree.leaf {
		tree.leaf[k] = float32(o.rate * sg[k] / (sh[k] + o.l2))
	}
	return tree
}

type split struct {
	feature int
	bin     uint8
	gain    float64
}

// draw is what one tree sees of the table, side by side in memory, and the leaf
// that each row is in so far.
type draw struct {
	features []int
	columns  [][]uint8 // by feature drawn
	bins     []int
	leaf     []uint8
	g, h     []float32 // gradients and their weights
}

func newDraw(t *table, rows []int32, features []int, g, h []float32) *draw {
	n := len(rows)
	v := &draw{features: features, columns: make([][]uint8, len(features)), bins: make([]int, len(features)), leaf: make([]uint8, n), g: make([]float32, n), h: make([]float32, n)}
	for k, i := range rows {
		v.g[k], v.h[k] = g[i], h[i]
	}
	each(len(features), func(f int) {
		all, col := t.columns[features[f]], make([]uint8, n)
		for k, i := range rows {
			col[k] = all[i]
		}
		v.columns[f], v.bins[f] = col, len(t.cuts[features[f]])+1
	})
	return v
}

// split finds the cut of the k-th feature that gains most over all leaves.
func (v *draw) split(k, leaves int, l2 float64) split {
	nb := v.bins[k]
	hist := make([][2]float32, leaves*nb)
	for i, bin := range v.columns[k] {
		c := &hist[int(v.leaf[i])*nb+int(bin)]
		c[0] += v.g[i]
		c[1] += v.h[i]
	}
	gain := make([]float64, nb)
	for l := range leaves {
		var tg, th, lg, lh float64
		for b := range nb {
			tg += float64(hist[l*nb+b][0])
			th += float64(hist[l*nb+b][1])
		}
		for b := 0; b+1 < nb; b++ {
			lg += float64(hist[l*nb+b][0])
			lh += float64(hist[l*nb+b][1])
			gain[b] += lg*lg/(lh+l2) + (tg-lg)*(tg-lg)/(th-lh+l2) - tg*tg/(th+l2)
		}
	}
	s := split{feature: v.features[k]}
	for b := 0; b+1 < nb; b++ {
		if gain[b] > s.gain {
			s.bin, s.gain = uint8(b), gain[b]
		}
	}
	return s
}
