// SPDX-License-Identifier: Apache-2.0

package extract

// subject is the item of the supplier that is the subject of the verb at item g,
// or of what stands for one; -1 for none. It is the nearest before the verb that
// stands in no prepositional phrase, else the nearest of all; behind a
// participle at the head of a sentence ("After winning ..., S") the first after
// it.
func (v *view) subject(g int) int {
	if s := v.antecedentOf(g); s >= 0 {
		return s
	}
	phrase, firm, depth := -1, -1, 0
	for j := g - 1; j >= 0 && !(v.its[j].kind == itMark && v.raw(v.its[j].from) == ";" && depth == 0); j-- {
		it := &v.its[j]
		if it.kind == itMark {
			depth = bracket(v.raw(it.from), -1, depth)
		}
		if depth > 0 {
			continue
		}
		switch v.subjectKind(j, g) {
		case subjectPlain:
			if firm >= 0 {
				return firm
			}
			return j
		case subjectPhrase:
			if phrase < 0 && firm < 0 {
				phrase = j
			} else if firm >= 0 {
				return firm
			}
		case subjectAside:
			if phrase < 0 {
				phrase = j
			}
		case subjectFirm:
			if phrase < 0 && firm < 0 {
				return j
			}
			if firm < 0 {
				firm = j
			}
		}
	}
	for _, s := range []int{firm, phrase} {
		if s >= 0 {
			return s
		}
	}
	return v.subjectAfter(g)
}

// Kinds of what may be the subject of a verb.
const (
	subjectNone   = iota
	subjectPlain  // a supplier that stands in no phrase
	subjectPhrase // a supplier behind a preposition
	subjectAside  // a supplier of a clause set between commas
	subjectFirm   // what stands for a supplier
)

// subjectKind says what item j may be to the verb at item g.
func (v *view) subjectKind(j, g int) int {
	it := &v.its[j]
	switch {
	case v.supplier(j, 0) && !v.owned(j) && !(j < g && v.defeated(j)):
	case it.kind == itFirm && len(v.resolve(j)) > 0:
		return subjectFirm
	default:
		return subjectNone
	}
	switch {
	case v.rejoined(j, g):
		return subjectAside
	case !v.inPhrase(j):
		return subjectPlain
	case v.listed(j) || v.names[it.name].like > 0 || !v.fromPlace(j):
		return subjectPhrase
	}
	return subjectNone
}

// subjectAfter reads "After winning ..., S": the subject of a participle at the
// head of a sentence.
func (v *view) subjectAfter(g int) int {
	if v.its[g].verb.form&formIng == 0 || g > 5 {
		return -1
	}
	for j := g + 1; j < len(v.its); j++ {
		if v.supplier(j, 1) && !v.inPhrase(j) && v.raw(v.its[j-1].from) != "with" || v.its[j].kind == itFirm && len(v.resolve(j)) > 0 {
			return j
		}
	}
	return -1
}

// conditional reports whether the verb at item g is only supposed: behind "if",
// "could", "may", "might".
func (v *view) conditional(g int) bool {
	for i := max(v.s.from, v.its[g].from-6); i < v.its[g].from; i++ {
		switch v.word(i) {
		case "if", "could", "may", "might", "hopes", "hoping", "hope", "wants":
			return true
		}
	}
	return false
}

// antecedentOf is the supplier that a relative pronoun right before the verb at
// item g stands for: "cooked by S, which won"; -1 for none.
func (v *view) antecedentOf(g int) int {
	for j := g - 1; j > 0 && g-j < 5; j-- {
		it := &v.its[j]
		if it.kind != itWord {
			return -1
		}
		if w := v.word(it.from); w == "which" || w == "who" {
			k := j - 1
			if v.its[k].kind == itMark && k > 0 {
				k--
			}
			if v.supplier(k, 0) {
				return k
			}
			return -1
		}
	}
	return -1
}

// fromPlace reports whether the name at item j stands where a place would: "a
// firm from X".
func (v *view) fromPlace(j int) bool {
	if j == 0 {
		return false
	}
	switch v.word(v.its[j-1].from) {
	case "from", "in", "at", "near", "between", "across", "outside":
		return true
	}
	return false
}

// rejoined reports whether the name at item j is only spoken of in a clause set
// between commas before the verb g: "Serco, which replaced Capita, won".
func (v *view) rejoined(j, g int) bool {
	return v.subordinate(j) && v.commaBetween(j, g)
}

// subordinate reports whether the name at item j stands in a relative clause or
// an apposition.
func (v *view) subordinate(j int) bool {
	for k := j - 1; k >= 0 && j-k < 9; k-- {
		it := &v.its[k]
		switch {
		case it.kind == itWord && relatives.has(it.hash):
			return true
		case it.kind == itMark && k > 0 && k+1 < j:
			return oneOf(v.word(v.its[k+1].from), "a", "an", "the", "part", "owned", "one", "formerly", "which")
		case it.kind == itName && !v.supplier(k, 0):
			return false
		}
	}
	return false
}
