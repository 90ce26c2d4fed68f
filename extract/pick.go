// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"slices"
	"sort"
)

// The kinds of sign that choices add to those of a name.
const (
	signFar    signKind = iota + 201 // how many sentences away it stands
	signKindOf                       // what sort of thing it is
	signTold                         // what the frames chose
	signOwner                        // whose sentence it stands in
	signState                        // the state that the frames tell
)

// choice is a figure or a body that may belong to a contract.
type choice struct {
	what  int // index into analysis.money, or into analysis.names
	signs signs
}

// pickAt adds the signs of item i of view v for the contract that the chance c
// tells of.
func (t *court) pickAt(s *signs, v *view, i int, c *chance) {
	far := v.si - c.view.si
	s.add(signFar, uint64(min(max(far, -3), 3)+3))
	v.lookAround(s, i)
	s.add(signPreps, v.prepBefore(i))
	if far == 0 {
		v.lookBetween(s, i, c.at, signBuyer, signBuyerWord)
		s.add(signFar, 10+uint64(min(max((i-c.at)/3, -6), 6)+6))
	}
	mine, other, paper := false, false, false
	for j := range v.its {
		switch {
		case v.its[j].kind == itPaper:
			paper = true
		case v.its[j].kind == itFirm:
			mine = true
		case v.supplier(j, 2):
			if v.names[v.its[j].name].party == v.names[c.name].party {
				mine = true
			} else {
				other = true
			}
		}
	}
	for k, yes := range []bool{mine, other, paper, mine && !other, other && !mine} {
		if yes {
			s.add(signOwner, uint64(k)*8+uint64(min(max(far, -3), 3)+3))
		}
	}
}

// pickReach is how many sentences away from the best naming of a supplier what
// belongs to its contract is looked for: the work stays linear in the text.
const pickReach = 100

// near are the sentences within reach of a chance.
func (t *court) near(c *chance) []*view {
	at := func(si int) int { return sort.Search(len(t.views), func(k int) bool { return t.views[k].si >= si }) }
	return t.views[at(c.view.si-pickReach):at(c.view.si+pickReach+1)]
}

// allFigures is what all figures of a text are held against.
type allFigures struct {
	total int   // of those in sentences that are read
	first int   // the first of these, an index into analysis.money
	top   int64 // the greatest upper end of all
}

// count counts the figures, once a text.
func (t *court) count() *allFigures {
	if t.figures != nil {
		return t.figures
	}
	n := &allFigures{first: -1}
	for _, v := range t.views {
		for i := range v.its {
			if v.its[i].kind == itMoney {
				if n.total++; n.total == 1 {
					n.first = v.its[i].money
				}
			}
		}
	}
	for i := range t.money {
		if _, hi, ok := t.money[i].Interval(); ok {
			n.top = max(n.top, hi)
		}
	}
	t.figures = n
	return n
}

// figuresFor lists the figures near a party's best naming as values of its
// contract. Those that the frames chose for it are in told.
func (t *court) figuresFor(c *chance, told []int) []choice {
	var out []choice
	for _, v := range t.near(c) {
		for i := range v.its {
			if v.its[i].kind != itMoney || v.ofNextPaper(i) || v.booked(i) {
				continue
			}
			m := v.its[i].money
			out = append(out, choice{what: m, signs: t.scratch.once(func(s *signs) {
				t.pickAt(s, v, i, c)
				t.figureForm(s, m, v.notValue(i))
				s.add(signTold, chosen(slices.Contains(told, m), len(told) > 0))
			})})
		}
	}
	return out
}

// booked reports whether the figure at item i is one of a company's books or a
// penalty, by the word right before or behind it: "a profit of £80m".
func (v *view) booked(i int) bool {
	is := func(j int) bool {
		return j >= 0 && j < len(v.its) && v.its[j].kind != itName && bookWords.has(v.its[j].hash)
	}
	return is(i-1) || is(i+1) || i > 1 && oneOf(v.word(v.its[i-1].from), "of", "to", "at") && is(i-2)
}

// bookWords say what a company makes, owes or forfeits.
var bookWords = hashSet("profit profits loss losses revenue revenues turnover sales dividend debt debts bonus bonuses salary fine fined fines penalty penalties damages")

// ofNextPaper reports whether the figure at item i is of a contract that is still
// to come: "the next contract, worth £9m".
func (v *view) ofNextPaper(i int) bool {
	for j := i - 1; j > max(0, i-6); j-- {
		if v.its[j].kind == itPaper {
			return oneOf(v.word(v.its[j-1].from), "next", "successor", "replacement")
		}
	}
	return false
}

// chosen says whether the frames chose a thing, another, or nothing.
func chosen(this, any bool) uint64 {
	switch {
	case this:
		return 1
	case any:
		return 2
	}
	return 3
}

func (t *court) figureForm(s *signs, m int, not bool) {
	f, n := &t.money[m], t.count()
	_, hi, ok := f.Interval()
	s.add(signKindOf, uint64(min(n.total, 4)))
	for k, yes := range []bool{m == n.first, not, f.Converts > 0, f.Per != "", ok && hi >= n.top, f.Max != nil && f.Min == nil} {
		if yes {
			s.add(signKindOf, 10+uint64(k))
		}
	}
}

// buyersFor lists the organisations near a party's best naming as buyers of its
// contract.
func (t *court) buyersFor(c *chance, told party) []choice {
	at := map[string]int{}
	var out []choice
	for _, v := range t.near(c) {
		for i := range v.its {
			if v.its[i].kind != itName {
				continue
			}
			n := &v.names[v.its[i].name]
			if n.party == v.names[c.name].party || v.aside(i) || !v.buyerAt(i) && (n.ent >= 0 || n.like < unlikely) {
				continue
			}
			if _, seen := at[n.party]; !seen {
				at[n.party] = len(at)
			}
			out = append(out, choice{what: v.its[i].name, signs: t.scratch.once(func(s *signs) {
				t.pickAt(s, v, i, c)
				t.bodyForm(s, v, i)
				s.add(signTold, chosen(t.denotes(told, n), told.known()))
				s.add(signKindOf, 40+uint64(min(at[n.party], 3)))
			})})
		}
	}
	return out
}

// denotes reports whether p is the party of a name.
func (t *court) denotes(p party, n *name) bool {
	return p.name > 0 && t.names[p.name-1].party == n.party
}

func (t *court) bodyForm(s *signs, v *view, i int) {
	n := &v.names[v.its[i].name]
	buys := v.buyerAt(i)
	for k, yes := range []bool{buys, n.ent >= 0, n.body, v.isGeneric(party{name: v.its[i].name + 1}), v.owned(i), v.aside(i), v.inPhrase(i), buys && n.ent < 0} {
		if yes {
			s.add(signKindOf, 20+uint64(k))
		}
	}
	if b := t.cases[n.party]; b != nil {
		s.add(signKindOf, 90+uint64(min(max(b.best, lowOdds), -lowOdds)-lowOdds)) // 90 to 96
		if len(b.told) > 0 {
			s.add(signKindOf, 99)
		}
	}
	if n.ent < 0 {
		v.lookAtWords(s, n)
	}
	if !buys {
		s.add(signKindOf, 30+uint64(min(max(n.like, unlikely), 5)-unlikely))
	}
}

// lookAtStory collects the words of a sentence about a party; beside is one that
// is not that of its best chance.
func (v *view) lookAtStory(s *signs, beside bool) {
	at := v.words()
	for i := range v.its {
		if k := v.its[i].kind; k == itName || k == itMark || k == itMoney {
			continue
		}
		s.add(signMine, v.its[i].hash)
		if beside {
			s.add(signMine, join(v.its[i].hash, 1))
		}
		if i+1 < len(at) {
			s.add(signMine, join(at[i], at[i+1]))
		}
	}
}

// story are the sentences that name a party, and those that the frames say go on
// about its contract.
func (t *court) story(b *brief, r *relation) []*view {
	var out []*view
	for _, k := range b.all {
		if v := t.chances[k].view; len(out) == 0 || out[len(out)-1] != v {
			out = append(out, v)
		}
	}
	for _, e := range r.evidence {
		k := sort.Search(len(t.views), func(k int) bool { return t.views[k].s.Start >= e.Start })
		if k < len(t.views) && t.views[k].s.Start == e.Start && !slices.Contains(out, t.views[k]) {
			out = append(out, t.views[k])
		}
	}
	return out
}

// stateSigns are what tells the state of a party's contract: what there is to
// see around its best chance, the words of every sentence that names it or goes
// on about its contract, and what the frames say.
func (t *court) stateSigns(b *brief, r *relation) signs {
	return t.scratch.once(func(s *signs) {
		c := &t.chances[b.at]
		*s = append(*s, c.signs...)
		for _, v := range t.story(b, r) {
			v.lookAtStory(s, v != c.view)
		}
		h := hashFolded(string(r.status))
		s.add(signState, h)
		if g := c.view.verbBehind(c.at); g >= 0 {
			s.add(signState, join(h, uint64(c.view.its[g].verb.act)))
		}
		for i := range *s {
			(*s)[i] &= StateRows - 1
		}
	})
}
