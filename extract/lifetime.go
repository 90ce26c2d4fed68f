// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"sort"

	"github.com/copytaster/copytaster"
)

// lifetime is when a contract starts and ends, as far as the text says.
type lifetime struct{ start, end copytaster.Date }

// lifetimes are the lifetimes of the records, read from their own sentences, from
// those right behind that go on about them, and from the fields of a notice.
func (a *analysis) lifetimes(recs []record) []lifetime {
	out := make([]lifetime, len(recs))
	said := make([][]term, len(recs))
	of := a.tellers(recs)
	for _, si := range sortedKeys(of) {
		s := &a.sents[si]
		for _, t := range a.terms(s.from, s.to) {
			for _, r := range a.owners(recs, of[si], &t) {
				said[r] = append(said[r], t)
			}
		}
		if a.oneContract(recs, of[si]) {
			a.goOn(recs, of, si, said)
		}
	}
	for i := range recs {
		out[i] = a.lifetime(said[i], recs[i].status)
		if l := recs[i].life; l != nil && *l != (lifetime{}) {
			out[i] = *l
		}
	}
	return out
}

// tellers are the records that each sentence is evidence of.
func (a *analysis) tellers(recs []record) map[int][]int {
	of := map[int][]int{}
	for i := range recs {
		for _, e := range recs[i].evidence {
			si := sort.Search(len(a.sents), func(k int) bool { return a.sents[k].End > e.Start })
			if n := len(of[si]); si < len(a.sents) && (n == 0 || of[si][n-1] != i) {
				of[si] = append(of[si], i)
			}
		}
	}
	return of
}

func sortedKeys(m map[int][]int) []int {
	keys := make([]int, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Ints(keys)
	return keys
}

// oneContract reports whether the records are those of one joint award.
func (a *analysis) oneContract(recs []record, of []int) bool {
	for _, r := range of {
		if recs[r].joint != recs[of[0]].joint {
			return false
		}
	}
	return len(of) > 0
}

// owners are the records that a date belongs to: those of the sentence, if it
// tells of one contract, else that of the supplier named nearest before the date.
func (a *analysis) owners(recs []record, of []int, t *term) []int {
	if a.oneContract(recs, of) {
		return of
	}
	best, at := -1, -1
	for _, r := range of {
		for i := range a.names {
			n := &a.names[i]
			if n.party != recs[r].supplier || n.to > t.from || n.from < at {
				continue
			}
			if n.from == at {
				best = -1 // two contracts of one supplier: either may be meant
				break
			}
			best, at = r, n.from
		}
	}
	if best < 0 {
		return nil
	}
	return []int{best}
}

// goesOnFor is how many sentences behind a contract's own may add its dates.
const goesOnFor = 2

// goOn reads the dates that the sentences behind si give to the contract that si
// tells of: "It runs until 2030", "Work will start in May".
func (a *analysis) goOn(recs []record, of map[int][]int, si int, said [][]term) {
	for sj := si + 1; sj < len(a.sents) && sj <= si+goesOnFor && len(of[sj]) == 0; sj++ {
		s := &a.sents[sj]
		if s.zone != a.sents[si].zone || a.namesOther(s, recs[of[si][0]].supplier) {
			return
		}
		if !a.headed(s) {
			continue
		}
		found := a.terms(s.from, s.to)
		if len(found) == 0 {
			continue
		}
		for _, r := range of[si] {
			said[r] = append(said[r], found...)
			if len(recs[r].evidence) < maxEvidence {
				recs[r].evidence = append(recs[r].evidence, s.Span)
			}
		}
	}
}

// namesOther reports whether a sentence names a supplier other than the party.
func (a *analysis) namesOther(s *sentence, party string) bool {
	at := sort.Search(len(a.names), func(i int) bool { return a.names[i].from >= s.from })
	for i := at; i < len(a.names) && a.names[i].from < s.to; i++ {
		if n := &a.names[i]; n.party != party && n.role == copytaster.RoleSupplier {
			return true
		}
	}
	return false
}

// termHeads are what a sentence about a contract spoken of before begins with.
var termHeads = hashSet("it this that work works construction contract deal agreement service services operations programme program project building framework term both they delivery installation mobilisation")

// headed reports whether a sentence begins with what stands for a contract or
// for the work under it.
func (a *analysis) headed(s *sentence) bool {
	for i := s.from; i < min(s.to, s.from+4); i++ {
		if a.is(i, termHeads) {
			return true
		}
	}
	return false
}

// lifetime picks the dates of a contract in a status. What was only planned then
// gives way to what is said outright, and says nothing of a contract that ended
// otherwise.
func (a *analysis) lifetime(said []term, status copytaster.Status) lifetime {
	var l lifetime
	over := status == copytaster.StatusTerminated || status == copytaster.StatusCancelled || status == copytaster.StatusExiting
	for _, weak := range []bool{false, true} {
		for i := range said {
			t := &said[i]
			if t.weak != weak || weak && t.ends && over {
				continue
			}
			d := &l.start
			if t.ends {
				d = &l.end
			}
			if !d.Known() {
				*d = a.termDate(t)
			}
		}
	}
	return l.ordered()
}

// termDate is the date of a term: the second year of a financial year that
// something ends in.
func (a *analysis) termDate(t *term) copytaster.Date {
	c := t.calendar
	if t.ends && c.until > 0 {
		c.year = c.until
	}
	return a.dateOf(c, t.tense)
}

// ordered is the lifetime, empty if it ends before it starts: then one of the
// two was misread.
func (l lifetime) ordered() lifetime {
	if _, last := l.end.Days(); l.start.Known() && l.end.Known() && last < l.start.Time.Format("2006-01-02") {
		return lifetime{}
	}
	return l
}

// fieldDates reads the dates of a notice's fields: the first in each.
func (a *analysis) fieldDates(start, end, both copytaster.Span) lifetime {
	var l lifetime
	l.start, l.end = a.fieldDate(start, false), a.fieldDate(end, true)
	if both.End > 0 {
		from, to := a.tokensIn(both)
		dates := a.dates(from, to)
		if len(dates) == 2 && !l.start.Known() && !l.end.Known() {
			l.start, l.end = a.dateOf(dates[0], future), a.dateOf(dates[1], future)
		}
	}
	return l.ordered()
}

// fieldDate is the first date of a field's value.
func (a *analysis) fieldDate(s copytaster.Span, ends bool) copytaster.Date {
	if s.End == 0 {
		return copytaster.Date{}
	}
	from, to := a.tokensIn(s)
	for _, c := range a.dates(from, to) {
		return a.termDate(&term{calendar: c, ends: ends})
	}
	return copytaster.Date{}
}

// dates are the dates between two tokens.
func (a *analysis) dates(from, to int) []calendar {
	var out []calendar
	for i := from; i < to; i++ {
		if c, ok := a.dateAt(i, to); ok {
			out = append(out, c)
			i = c.to - 1
		}
	}
	return out
}
