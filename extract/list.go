// SPDX-License-Identifier: Apache-2.0

package extract

// lists lets a list vouch for its members: what stands in a row with a known
// supplier, or with what looks like a company, is one too ("Sopra Steria, Atos
// and NRB").
func (v *view) lists() {
	for i := range v.its {
		if v.its[i].kind != itName || !v.supplier(i, 2) {
			continue
		}
		for _, n := range v.list(i) {
			if m := &v.names[n]; m.ent < 0 && !m.body && m.like > -3 && m.like < 2 {
				m.like = 2
			}
		}
	}
}

// list is the names that item i stands in a row with, itself included, in their
// order.
func (v *view) list(i int) []int {
	from, to, and := i, i, false
	for j, w := v.joined(from, -1); j >= 0; j, w = v.joined(from, -1) {
		from, and = j, and || w
	}
	for j, w := v.joined(to, 1); j >= 0; j, w = v.joined(to, 1) {
		to, and = j, and || w
	}
	if !and { // "A, B" alone is an apposition
		return []int{v.its[i].name}
	}
	var names []int
	for k := from; k <= to; k++ {
		if v.its[k].kind == itName && (k == i || v.supplier(k, -2)) {
			names = append(names, v.its[k].name)
		}
	}
	return names
}

// joiners are the words that stand between the members of a row.
var joiners = hashSet("and or & including plus alongside with its partner partners subsidiary subsidiaries rival rivals fellow israeli american french german british joint venture together local newcomer smaller larger")

// joined is the name that follows (step 1) or precedes (step -1) item i in a
// row, or -1, and whether a word like "and" joins them. A row needs a comma or
// such a word between its members, and nothing else.
func (v *view) joined(i, step int) (at int, and bool) {
	comma, depth, far := false, 0, 0
	for j := i + step; j >= 0 && j < len(v.its) && far < 7; j += step {
		it := &v.its[j]
		r := v.raw(it.from)
		if it.kind == itMark {
			depth = bracket(r, step, depth)
		}
		if depth > 0 {
			continue
		}
		far++
		switch {
		case it.kind == itName && v.owned(j) && places.has(v.hash(it.from)) && it.to-it.from == 1: // "and France's Alstom"
		case it.kind == itName:
			if !(comma || and) || v.buyerAt(j) || !v.supplier(j, -2) || v.owned(min(i, j)) {
				return -1, false
			}
			return j, and
		case it.kind == itMark && oneOf(r, ",", "(", ")"):
			comma = comma || r == ","
		case it.kind == itWord && (joiners.has(it.hash) || demonyms.has(it.hash) || firmWords.has(it.hash) && (comma || and || step < 0)):
			and = and || oneOf(v.word(it.from), "and", "or", "including", "plus", "alongside")
		default:
			return -1, false
		}
	}
	return -1, false
}

// bracket counts the brackets that are open behind the mark r, read in a
// direction.
func bracket(r string, step, depth int) int {
	switch {
	case r == "(" && step > 0, r == ")" && step < 0:
		return depth + 1
	case r == "(" || r == ")":
		return max(depth-1, 0)
	}
	return depth
}

// owned reports whether the name at item i is a possessive: what follows is not
// the next of a row.
func (v *view) owned(i int) bool { return v.toks[v.its[i].to-1].poss }

// alongside adds the suppliers that the sentence says share the contract:
// "alongside Kier and ISG".
func (v *view) alongside(names []int) []int {
	for i := range v.its {
		if w := v.word(v.its[i].from); w != "alongside" && w != "along" && w != "together" {
			continue
		}
		s := i + 1
		if v.word(v.its[i].from) != "alongside" {
			s++ // "along with", "together with"
		}
		if !v.supplier(s, 0) {
			continue
		}
		out := append([]int(nil), names...)
		for _, n := range v.list(s) {
			if !v.has(names, n) {
				out = append(out, n)
			}
		}
		return out
	}
	return names
}

// has reports whether one of the names is of the same party as n.
func (v *view) has(names []int, n int) bool {
	for _, m := range names {
		if v.names[m].party == v.names[n].party {
			return true
		}
	}
	return false
}
