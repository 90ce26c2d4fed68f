// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"slices"

	"github.com/copytaster/copytaster/extract"
)

// report prints how each set is judged by what was learned without it.
func report(out io.Writer, sets []*set) error {
	if err := hear(sets); err != nil {
		return err
	}
	if err := reportRoles(out, sets); err != nil {
		return err
	}
	fmt.Fprintf(out, "%-11s %6s  %-14s %-60s %s\n", "set", "supply", "frames alone", "judged, from a probability of .4 .5 .6 .7", "value buyer status")
	steps := []float64{0.4, 0.5, 0.6, 0.7}
	all := make([]tally, len(steps)) // of the sets that no rule was made with
	for _, s := range sets {
		w, err := weighing(sets, s.name)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%-11s %6d  %-14v", s.name, s.suppliers(), s.count(func(h *extract.Hearing) bool { return h.Told > 0 }))
		for k, at := range steps {
			c := s.count(func(h *extract.Hearing) bool {
				e := example{x: h.Pleadings}
				return 1/(1+math.Exp(-e.score(w))) >= at
			})
			fmt.Fprintf(out, " %-14v", c)
			if !read[s.name] {
				all[k].add(c)
			}
		}
		if err := s.reportSlots(out, sets); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "all that no rule was made with: %v\n", all)
	for k, at := range steps {
		fmt.Fprintf(out, "from %.1f: %d texts without a contract are given one\n", at, all[k].alarms)
	}
	return nil
}

// reportSlots prints the shares of values, buyers and states that are right.
func (s *set) reportSlots(out io.Writer, sets []*set) error {
	value, err := valueTable(sets, s.name)
	if err != nil {
		return err
	}
	buyer, err := buyerTable(sets, s.name)
	if err != nil {
		return err
	}
	states, err := stateTables(sets, s.name)
	if err != nil {
		return err
	}
	var c [2]counts
	for _, x := range s.slots() {
		k := &c[min(x.h.Told, 1)]
		k.n++
		k.value.add(rightChoice(x.h.Figures, value, x.worth), rightRule(x.h.Ruled.Figure, x.h.Figures, x.worth))
		k.buyer.add(rightChoice(x.h.Bodies, buyer, x.buys), rightRule(x.h.Ruled.Body, x.h.Bodies, x.buys))
		best, top := "", math.Inf(-1)
		for _, name := range slices.Sorted(maps.Keys(states)) {
			e := example{signs: x.h.State}
			if z := e.score(states[name]); z > top {
				best, top = name, z
			}
		}
		is := func(st string) bool {
			return slices.ContainsFunc(x.deals, func(c *deal) bool { return slices.Contains(c.stands(), st) })
		}
		k.state.add(is(best), is(x.h.Ruled.State))
	}
	fmt.Fprintf(out, " | found %v | told %v\n", c[0], c[1])
	return nil
}

type pair struct{ judged, ruled int }

func (p *pair) add(judged, ruled bool) {
	if judged {
		p.judged++
	}
	if ruled {
		p.ruled++
	}
}

type counts struct {
	n                   int
	value, buyer, state pair
}

// rightRule reports whether the option chosen is right, or with -1 for none that
// none is.
func rightRule(told int, options []extract.Option, right func(*extract.Option) bool) bool {
	if told >= 0 {
		return right(&options[told])
	}
	return !slices.ContainsFunc(options, func(o extract.Option) bool { return right(&o) })
}

// rightChoice reports whether the likeliest option is right, or none is likely
// and none right.
func rightChoice(options []extract.Option, w []float64, right func(*extract.Option) bool) bool {
	best, top := -1, 0.0
	for i := range options {
		e := example{signs: options[i].Signs}
		if z := e.score(w); z > top {
			best, top = i, z
		}
	}
	return rightRule(best, options, right)
}

// suppliers counts the labelled suppliers of a set, also those that are never
// looked at.
func (s *set) suppliers() int {
	n := 0
	for _, t := range s.texts {
		seen := map[string]bool{}
		for _, c := range t.p.Contracts {
			if !c.Opt && !seen[c.Supplier] {
				seen[c.Supplier] = true
				n++
			}
		}
	}
	return n
}

// tally counts what was found.
type tally struct {
	right, wrong, there int
	alarms              int // texts without a contract that are given one
}

func (t *tally) add(o tally) {
	t.right, t.wrong, t.there, t.alarms = t.right+o.right, t.wrong+o.wrong, t.there+o.there, t.alarms+o.alarms
}

func (t tally) String() string {
	return fmt.Sprintf("%d/%d %.3f", t.right, t.wrong, 2*float64(t.right)/float64(t.right+t.wrong+t.there))
}

// count counts what a decision finds in a set.
func (s *set) count(yes func(*extract.Hearing) bool) tally {
	c := tally{there: s.suppliers()}
	for _, t := range s.texts {
		right, wrong := c.right, c.wrong
		for i := range t.heard {
			if h := &t.heard[i]; yes(h) {
				switch t.truth[h.Party] {
				case supplies:
					c.right++
				case not:
					c.wrong++
				}
			}
		}
		if len(t.p.Contracts) == 0 && c.right == right && c.wrong > wrong {
			c.alarms++
		}
	}
	return c
}

// ship fits every table to everything and writes them.
func ship(file string, sets []*set) error {
	if err := hear(sets); err != nil {
		return err
	}
	var j extract.Judge
	tables := []struct {
		fit func([]*set, string) ([]float64, error)
		to  *extract.Table
	}{{supplierTable, &j.Supplier}, {roleTable, &j.Role}, {valueTable, &j.Value}, {buyerTable, &j.Buyer}}
	for _, t := range tables {
		w, err := t.fit(sets, "")
		if err != nil {
			return err
		}
		*t.to = table(w)
	}
	var err error
	if j.Weighing, err = weighing(sets, ""); err != nil {
		return err
	}
	states, err := stateTables(sets, "")
	if err != nil {
		return err
	}
	j.States = map[string]extract.Table{}
	for name, w := range states {
		j.States[name] = table(w)
	}
	raw, err := json.Marshal(j)
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(raw, '\n'), 0o644)
}

// table rounds weights to steps of which 127 make the greatest.
func table(w []float64) extract.Table {
	n := len(w) - 1
	top := 1e-9
	for _, x := range w[:n] {
		top = math.Max(top, math.Abs(x))
	}
	t := extract.Table{Bias: w[n], Scale: top / 127, Rows: make([]byte, n)}
	for i, x := range w[:n] {
		t.Rows[i] = byte(int8(math.Round(x / t.Scale)))
	}
	return t
}

// reportRoles prints how well the suppliers that no list has are found.
func reportRoles(out io.Writer, sets []*set) error {
	from := []float64{0, 0.4, 0.8, 1.2}
	right, wrong, missed := make([]int, len(from)), make([]int, len(from)), make([]int, len(from))
	for _, s := range sets {
		if read[s.name] {
			continue
		}
		w, err := roleTable(sets, s.name)
		if err != nil {
			return err
		}
		for _, t := range s.texts {
			best := t.bestRows(w)
			for p, v := range t.role {
				for k, at := range from {
					switch {
					case v == supplies && best[p] > at:
						right[k]++
					case v == supplies:
						missed[k]++
					case v == not && best[p] > at:
						wrong[k]++
					}
				}
			}
		}
	}
	for k, at := range from {
		fmt.Fprintf(out, "roles from %.1f: %d right, %d wrong, %d missed\n", at, right[k], wrong[k], missed[k])
	}
	return nil
}

// bestRows are the odds of the best chance of each party.
func (t *text) bestRows(w []float64) map[string]float64 {
	best := map[string]float64{}
	for _, r := range t.rows {
		e := example{signs: r.signs}
		if z, ok := best[r.party]; !ok || e.score(w) > z {
			best[r.party] = e.score(w)
		}
	}
	return best
}
