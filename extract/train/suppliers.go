// SPDX-License-Identifier: Apache-2.0

package main

import "github.com/copytaster/copytaster/extract"

// The penalties of the weights, and how often the best chance of each party is
// chosen anew.
const (
	signPenalty  = 10.0
	pleaPenalty  = 1.0
	statePenalty = 4.0
	rounds       = 3
)

// row is one chance: its signs, and whose it is within its text.
type row struct {
	signs []uint32
	party string
	first bool // of its party
}

// supplierTable fits the weights of the signs, without one set. A party with
// several chances is known to supply somebody, but not which of them says so:
// the likeliest is taken for it, and what is likely is learned again.
func supplierTable(sets []*set, leave string) ([]float64, error) {
	return partyTable(sets, leave, func(t *text) map[string]verdict { return t.truth })
}

// roleTable does the same for names that no list has, and whether they are
// suppliers'.
func roleTable(sets []*set, leave string) ([]float64, error) {
	return partyTable(sets, leave, func(t *text) map[string]verdict { return t.role })
}

func partyTable(sets []*set, leave string, truth func(*text) map[string]verdict) ([]float64, error) {
	best := func(r *row) float64 {
		if r.first {
			return 1
		}
		return 0
	}
	var w []float64
	for range rounds {
		var ex []example
		for _, s := range sets {
			if s.name != leave {
				for _, t := range s.texts {
					ex = t.examples(ex, truth(t), best)
				}
			}
		}
		var err error
		if w, err = fit(ex, extract.SignRows, signPenalty); err != nil {
			return nil, err
		}
		best = func(r *row) float64 { e := example{signs: r.signs}; return e.score(w) }
	}
	return w, nil
}

// examples adds the chances of a text: all of those that supply nobody, and the
// best of each party that supplies somebody.
func (t *text) examples(ex []example, truth map[string]verdict, best func(*row) float64) []example {
	at := map[string]int{}
	for i := range t.rows {
		r := &t.rows[i]
		switch truth[r.party] {
		case not:
			ex = append(ex, example{signs: r.signs})
		case supplies:
			if j, ok := at[r.party]; !ok || best(r) > best(&t.rows[j]) {
				at[r.party] = i
			}
		}
	}
	for i := range t.rows {
		if j, ok := at[t.rows[i].party]; ok && j == i {
			ex = append(ex, example{signs: t.rows[i].signs, yes: true})
		}
	}
	return ex
}

// hear fills in what is weighed of each set, by weights that were learned
// without it.
func hear(sets []*set) error {
	for _, s := range sets {
		w, err := supplierTable(sets, s.name)
		if err != nil {
			return err
		}
		for _, t := range s.texts {
			t.heard = t.study.Hearings(func(signs []uint32) float64 { e := example{signs: signs}; return e.score(w) })
		}
	}
	return nil
}

// weighing fits how the signs and the frames are weighed together, on the sets
// that the frames were not written with, without one of them.
func weighing(sets []*set, leave string) ([]float64, error) {
	var ex []example
	n := 0
	for _, s := range sets {
		if read[s.name] || s.name == leave {
			continue
		}
		for _, t := range s.texts {
			for _, h := range t.heard {
				if v := t.truth[h.Party]; v != open {
					ex = append(ex, example{x: h.Pleadings, yes: v == supplies})
					n = len(h.Pleadings)
				}
			}
		}
	}
	return fit(ex, n, pleaPenalty)
}
