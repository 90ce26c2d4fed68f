// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/optimize"
)

// example is something to learn from: signs that are there or not, or numbers.
type example struct {
	signs []uint32
	x     []float64
	yes   bool
}

// score is the log odds of an example; the bias is the last weight.
func (e *example) score(w []float64) float64 {
	z := w[len(w)-1]
	for _, s := range e.signs {
		z += w[s]
	}
	for i, x := range e.x {
		z += w[i] * x
	}
	return z
}

// fit is logistic regression over n features and a bias; the penalty is on the
// squares of the weights, not on the bias.
func fit(ex []example, n int, penalty float64) ([]float64, error) {
	p := optimize.Problem{
		Func: func(w []float64) float64 {
			loss := 0.0
			for i := range ex {
				z := ex[i].score(w)
				if ex[i].yes {
					z = -z
				}
				loss += math.Max(z, 0) + math.Log1p(math.Exp(-math.Abs(z)))
			}
			for _, x := range w[:n] {
				loss += penalty / 2 * x * x
			}
			return loss
		},
		Grad: func(grad, w []float64) {
			for i, x := range w[:n] {
				grad[i] = penalty * x
			}
			grad[n] = 0
			for i := range ex {
				ex[i].pull(grad, w)
			}
		},
	}
	settings := &optimize.Settings{GradientThreshold: 1e-3, MajorIterations: 300, Concurrent: 1}
	res, err := optimize.Minimize(p, make([]float64, n+1), settings, &optimize.LBFGS{})
	if res == nil {
		return nil, fmt.Errorf("fit: %w", err)
	}
	return res.X, nil
}

// pull adds the gradient of an example's loss.
func (e *example) pull(grad, w []float64) {
	d := 1 / (1 + math.Exp(-e.score(w)))
	if e.yes {
		d--
	}
	for _, s := range e.signs {
		grad[s] += d
	}
	for k, x := range e.x {
		grad[k] += d * x
	}
	grad[len(grad)-1] += d
}
