// SPDX-License-Identifier: Apache-2.0

package extract

// unlikely is the least likeness of a run of capitals that is looked at as a
// supplier.
const unlikely = -3

// chance is a naming of what may be a supplier, with what there is to see
// around it.
type chance struct {
	name  int   // index into analysis.names
	view  *view // its sentence
	at    int   // the item that names it, or stands for it
	signs signs
}

// chances are the namings of what may be suppliers in sentences of the body.
func (a *analysis) chances(views []*view) []chance {
	var out []chance
	for k, v := range views {
		if oneOf(v.word(v.s.from), "if", "unless", "were") {
			continue // it supposes
		}
		var doubts signs // of the sentence, once somebody in it is looked at
		for i := range v.its {
			for _, who := range v.mayServe(i) {
				if doubts == nil {
					doubts = v.doubts()
				}
				found := a.scratch.once(func(s *signs) {
					v.look(s, i, who)
					*s = append(*s, doubts...)
					lookBeside(s, views, k, a.names[who].ent >= 0)
				})
				out = append(out, chance{name: who, view: v, at: i, signs: found})
			}
		}
	}
	return out
}

// lookBeside collects what the sentences before and after view k hold.
func lookBeside(s *signs, views []*view, k int, listed bool) {
	if k > 0 {
		views[k-1].lookFrom(s, signPrev, listed)
	}
	if k+1 < len(views) {
		views[k+1].lookFrom(s, signNext, listed)
	}
}

// doubts says whether the sentence denies or asks, or speaks of sport
// or of another sort of contract. It is never nil.
func (v *view) doubts() signs {
	s := signs{}
	for k, yes := range []bool{v.speculative(), v.foreign(), v.otherPapers()} {
		if yes {
			s.add(signHas, 200+uint64(k))
		}
	}
	return s
}

// mayServe are the names that item i gives or stands for, if they may be
// suppliers'.
func (v *view) mayServe(i int) []int {
	if v.its[i].kind == itFirm {
		return v.topic.suppliers
	}
	if !v.supplier(i, unlikely) {
		return nil
	}
	return []int{v.its[i].name}
}

// otherPapers reports whether the sentence has contract nouns, and all of them
// mean what is no supply contract: a phone's, a player's.
func (v *view) otherPapers() bool {
	found := false
	for i := range v.its {
		if v.its[i].kind == itPaper {
			if !v.otherPaper(i) {
				return false
			}
			found = true
		}
	}
	return found
}
