// SPDX-License-Identifier: Apache-2.0

package main

import (
	"maps"
	"slices"

	"github.com/copytaster/copytaster/extract"
)

// slot is one party with its labelled contracts, as far as slots are learned.
type slot struct {
	h     *extract.Hearing
	t     *text
	deals []*deal
}

// slots lists the parties of a set whose slots are judged: those with a labelled
// contract, of which the frames tell at most once.
func (s *set) slots() []slot {
	var out []slot
	for _, t := range s.texts {
		for i := range t.heard {
			h := &t.heard[i]
			if t.truth[h.Party] != supplies || h.Told > 1 {
				continue
			}
			x := slot{h: h, t: t}
			for k := range t.p.Contracts {
				if c := &t.p.Contracts[k]; c.Supplier == t.gold[h.Party] && !c.Opt {
					x.deals = append(x.deals, c)
				}
			}
			out = append(out, x)
		}
	}
	return out
}

// worth reports whether a figure is a value of one of the contracts.
func (x *slot) worth(o *extract.Option) bool {
	return slices.ContainsFunc(x.deals, func(c *deal) bool { return c.worth(o.Money) })
}

func (x *slot) buys(o *extract.Option) bool {
	ids := x.t.p.ids(o.Party)
	return slices.ContainsFunc(x.deals, func(c *deal) bool { return c.buys(ids) })
}

// valueTable and buyerTable fit which figure and which organisation belongs to a
// contract, without one set.
func valueTable(sets []*set, leave string) ([]float64, error) {
	return fit(options(sets, leave, func(x *slot) []extract.Option { return x.h.Figures }, (*slot).worth), extract.SignRows, signPenalty)
}

func buyerTable(sets []*set, leave string) ([]float64, error) {
	return fit(options(sets, leave, func(x *slot) []extract.Option { return x.h.Bodies }, (*slot).buys), extract.SignRows, signPenalty)
}

func options(sets []*set, leave string, of func(*slot) []extract.Option, right func(*slot, *extract.Option) bool) []example {
	var ex []example
	for _, s := range sets {
		if s.name == leave || !s.teachesSlots() {
			continue
		}
		for _, x := range s.slots() {
			for _, o := range of(&x) {
				ex = append(ex, example{signs: o.Signs, yes: right(&x, &o)})
			}
		}
	}
	return ex
}

// trusted are sets that the rules were written with and that still teach slots:
// copy like that which the program is made for.
var trusted = map[string]bool{"dev": true}

// teachesSlots reports whether what the rules choose in a set shows how far they
// can be trusted.
func (s *set) teachesSlots() bool { return !read[s.name] || trusted[s.name] }

// stateTables fit each status against all others, without one set.
func stateTables(sets []*set, leave string) (map[string][]float64, error) {
	var all []slot
	names := map[string]bool{}
	for _, s := range sets {
		if s.name == leave || !s.teachesSlots() {
			continue
		}
		for _, x := range s.slots() {
			all = append(all, x)
			names[x.deals[0].stands()[0]] = true
		}
	}
	out := map[string][]float64{}
	for _, n := range slices.Sorted(maps.Keys(names)) {
		var ex []example
		for _, x := range all {
			if accepted := x.deals[0].stands(); accepted[0] == n || !slices.Contains(accepted, n) {
				ex = append(ex, example{signs: x.h.State, yes: accepted[0] == n})
			}
		}
		w, err := fit(ex, extract.StateRows, statePenalty)
		if err != nil {
			return nil, err
		}
		out[n] = w
	}
	return out, nil
}
