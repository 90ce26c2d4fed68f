// SPDX-License-Identifier: Apache-2.0

package index

import "time"

// Comparison is how long a backend took to write the same documents bare, without
// analysis, judgement or recovery, and with Put.
type Comparison struct {
	Documents int
	Bare, Put time.Duration
}

// Ratio is the time of the bare writes divided by Put's: 1 where Put costs nothing.
func (c Comparison) Ratio() float64 { return c.Bare.Seconds() / c.Put.Seconds() }

// Compare times two ways to write n documents, batch after batch, the one with
// even numbers bare first and the others with Put first, so that a machine that is
// busy for a while and a server that warms up are fair to both.
func Compare(n, batch int, bare, put func(from, to int) error) (Comparison, error) {
	c := Comparison{Documents: n}
	timed := func(write func(from, to int) error, total *time.Duration, from, to int) error {
		began := time.Now()
		err := write(from, to)
		*total += time.Since(began)
		return err
	}
	for from := 0; from < n; from += batch {
		to := min(from+batch, n)
		if from/batch%2 == 1 {
			if err := timed(put, &c.Put, from, to); err != nil {
				return c, err
			}
		}
		if err := timed(bare, &c.Bare, from, to); err != nil {
			return c, err
		}
		if from/batch%2 == 0 {
			if err := timed(put, &c.Put, from, to); err != nil {
				return c, err
			}
		}
	}
	return c, nil
}
