// SPDX-License-Identifier: Apache-2.0

package extract

// court is all that is decided upon in one text.
type court struct {
	*analysis
	views   []*view
	told    []relation // what the frames tell
	chances []chance
	cases   map[string]*brief
	order   []string    // the parties, as the text names them
	figures *allFigures // see count
}

// brief is a party that may supply somebody, with all that speaks for it.
type brief struct {
	best   float64 // the odds of its best chance
	next   float64 // of the one after that, at least lowOdds
	listed bool
	beside bool  // frames tell of another's contract in the sentence of the best chance
	firm   bool  // it has a legal suffix, or a word beside it calls it a firm
	at     int   // index of the best chance
	all    []int // indexes of all its chances
	told   []int // indexes of what the frames tell of it
}

const (
	lowOdds = -3.0
	pleas   = 7 // numbers that pleadings has
)

// pleadings are the numbers that are weighed.
func (b *brief) pleadings() []float64 {
	bit := func(b bool) float64 {
		if b {
			return 1
		}
		return 0
	}
	told := bit(len(b.told) > 0)
	return []float64{b.best, b.next, told, told * b.best, bit(b.listed), bit(b.beside) * (1 - told), bit(b.firm)}
}

// convene gathers the chances of each party. odds says what the signs of one
// speak.
func (a *analysis) convene(told []relation, views []*view, odds func(signs) float64) *court {
	t := &court{analysis: a, views: views, told: told, chances: a.chances(views)}
	if len(t.chances) == 0 {
		return t
	}
	t.cases = map[string]*brief{}
	tells, beside := map[string][]int{}, map[int]bool{}
	for i := range told {
		beside[told[i].sent] = true
		for _, n := range told[i].suppliers {
			tells[a.names[n].party] = append(tells[a.names[n].party], i)
		}
	}
	for i := range t.chances {
		c := &t.chances[i]
		n := &a.names[c.name]
		b := t.cases[n.party]
		if b == nil {
			b = &brief{best: lowOdds, next: lowOdds, listed: n.ent >= 0, firm: n.ent < 0 && n.like >= 3, at: -1, told: tells[n.party]}
			t.cases[n.party] = b
			t.order = append(t.order, n.party)
		}
		b.hear(odds(c.signs), i, beside[c.view.si])
	}
	return t
}

// hear adds a chance.
func (b *brief) hear(odds float64, at int, beside bool) {
	b.all = append(b.all, at)
	if b.at < 0 || odds > b.best {
		b.next = max(b.next, b.best)
		b.best, b.at, b.beside = odds, at, beside
		return
	}
	b.next = max(b.next, odds)
}
