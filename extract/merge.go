// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"

	"github.com/copytaster/copytaster"
)

// record is one contract: a supplier, a buyer and a subject, however often the
// text repeats them.
type record struct {
	relation
	supplier string // party key
	joint    int    // the relation that first told of it: the same number for each supplier of a joint award
}

// merge makes one record of what the text says of the same contract.
func (a *analysis) merge(all []relation) []record {
	var recs []record
	of := map[string][]int{} // the records of a supplier
	for i := range all {
		r := &all[i]
		seen := map[string]bool{}
		for _, s := range r.suppliers {
			key := a.names[s].party
			if seen[key] {
				continue
			}
			seen[key] = true
			if at := a.sameContract(recs, of[key], r); at >= 0 {
				a.absorb(&recs[at], r)
				continue
			}
			rec := record{relation: *r, supplier: key, joint: i}
			rec.suppliers = []int{s}
			rec.evidence = append([]copytaster.Span(nil), r.evidence...)
			of[key] = append(of[key], len(recs))
			recs = append(recs, rec)
		}
	}
	return recs
}

// maxLookBack is how many contracts of one supplier a statement may repeat, and
// maxEvidence how many statements of one contract are kept.
const (
	maxLookBack = 40
	maxEvidence = 12
)

// sameContract is the record that a relation repeats, or -1: the latest of the
// same supplier, whose records are own, that nothing sets apart.
func (a *analysis) sameContract(recs []record, own []int, r *relation) int {
	if r.fresh {
		return -1
	}
	for k := len(own) - 1; k >= 0 && len(own)-k <= maxLookBack; k-- {
		i := own[k]
		c := &recs[i]
		if c.every != r.every {
			continue
		}
		if r.every || r.minor && r.sent-c.sent < 3 {
			return i
		}
		if r.definite && r.sent-c.sent < 12 || r.the && (!r.purposed || r.sent-c.sent < 3) && len(own) == 1 && !a.clash(c, r) {
			return i
		}
		if a.apart(c, r) {
			continue
		}
		return i
	}
	return -1
}

// clash reports whether a record and a relation differ in buyer or value.
func (a *analysis) clash(c *record, r *relation) bool {
	return c.buyer.known() && r.buyer.known() && !a.sameBuyer(c.buyer, r.buyer) ||
		len(c.values) > 0 && len(r.values) > 0 && !a.shareValue(c.values, r.values)
}

// apart reports whether a record and a relation of the same supplier are two
// contracts: other buyer, other value, other subject.
func (a *analysis) apart(c *record, r *relation) bool {
	if c.buyer.known() && r.buyer.known() && !a.sameBuyer(c.buyer, r.buyer) {
		return true
	}
	if len(c.values) > 0 && len(r.values) > 0 {
		return !a.shareValue(c.values, r.values)
	}
	if c.subject != "" && r.subject != "" {
		return overlap(c.subject, r.subject) < 0.2
	}
	return c.sent == r.sent && c.score >= scoreFair && r.score >= scoreFair && (c.subject != "" || len(c.values) > 0) != (r.subject != "" || len(r.values) > 0) && len(r.values) > 0
}

func (a *analysis) sameBuyer(x, y party) bool {
	return a.buyerKey(x) == a.buyerKey(y) || a.isGeneric(x) || a.isGeneric(y)
}

// isGeneric reports whether the buyer is a name for many bodies.
func (a *analysis) isGeneric(p party) bool {
	if p.name == 0 {
		return true
	}
	e := a.entity(&a.names[p.name-1])
	return e != nil && e.generic
}

// buyerKey is the id or the name of a buyer.
func (a *analysis) buyerKey(p party) string {
	if p.name > 0 {
		return a.names[p.name-1].party
	}
	return p.id
}

func (a *analysis) shareValue(x, y []int) bool {
	for _, i := range x {
		for _, j := range y {
			if i == j {
				return true
			}
			if a.money[i].Bound != a.money[j].Bound {
				continue
			}
			lo, hi, ok := a.money[i].Interval()
			lo2, hi2, ok2 := a.money[j].Interval()
			if ok && ok2 && lo <= hi2 && lo2 <= hi {
				return true
			}
		}
	}
	return false
}

// overlap is the share of the words of the shorter subject that the other has.
func overlap(x, y string) float64 {
	a, b := subjectWords(x), subjectWords(y)
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return 1
	}
	n := 0
	for w := range a {
		if b[w] {
			n++
		}
	}
	return float64(n) / float64(len(a))
}

var dullWords = words("the a an of for to in on and its their from by with at as be is contract deal agreement services service programme work run")

func subjectWords(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(foldName(s)) {
		if !dullWords[w] {
			m[w] = true
		}
	}
	return m
}

// absorb adds a repeated statement to a record.
func (a *analysis) absorb(c *record, r *relation) {
	if len(c.values) == 0 {
		c.values = r.values
	}
	if c.subject == "" {
		c.subject = r.subject
	}
	if !c.buyer.known() || r.buyer.known() && a.isGeneric(c.buyer) {
		c.buyer = r.buyer
	}
	if r.later && outranks(r.status, c.status) || !c.later && r.later {
		c.status, c.later = r.status, r.later
	}
	c.score = min(0.98, max(c.score, r.score)+0.02)
	if len(c.evidence) < maxEvidence {
		c.evidence = append(c.evidence, r.evidence...)
	}
	c.sent = r.sent
}
