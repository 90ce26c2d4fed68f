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
	phrase, firm := -1, -1
	depth := 0
	for j := g - 1; j >= 0; j-- {
		it := &v.its[j]
		if it.kind == itMark {
			depth = v.nesting(j, depth)
		}
		switch {
		case depth > 0:
		case it.kind == itMark && v.raw(it.from) == ";":
			j = -1
		case v.supplier(j, 0) && !v.owned(j):
			if v.rejoined(j, g) {
				if phrase < 0 {
					phrase = j
				}
				continue
			}
			if firm >= 0 {
				return firm
			}
			if !v.inPhrase(j) {
				return v.headOfList(j)
			}
			if phrase < 0 && (v.listed(j) || v.names[it.name].like > 0 || !v.fromPlace(j)) {
				phrase = j
			}
		case it.kind == itFirm && firm < 0 && len(v.resolve(j)) > 0:
			if phrase < 0 {
				return j
			}
			firm = j
		}
	}
	if firm >= 0 {
		return firm
	}
	if phrase >= 0 {
		return phrase
	}
	if v.its[g].verb.form&formIng != 0 && g < 6 {
		for j := g + 1; j < len(v.its); j++ {
			if v.supplier(j, 1) && !v.inPhrase(j) && j > 0 && v.raw(v.its[j-1].from) != "with" {
				return j
			}
			if v.its[j].kind == itFirm && len(v.resolve(j)) > 0 {
				return j
			}
		}
	}
	return -1
}

// headOfList is the item itself: the row it stands in is read by list.
func (v *view) headOfList(j int) int { return j }

// rejoined reports whether the name at item j is only spoken of in a clause set
// between commas before the verb g: "Serco, which replaced Capita, won".
func (v *view) rejoined(j, g int) bool {
	rel, comma := false, false
	for k := j - 1; k >= 0 && j-k < 9; k-- {
		it := &v.its[k]
		if it.kind == itWord && relatives[it.hash] {
			rel = true
			break
		}
		if it.kind == itMark && k > 0 && k+1 < j {
			w := v.word(v.its[k+1].from)
			rel = w == "a" || w == "an" || w == "the" || w == "part" || w == "owned" || w == "one" || w == "formerly" || w == "which"
			break
		}
		if it.kind == itName && !v.supplier(k, 0) {
			break
		}
	}
	for k := j + 1; k < g; k++ {
		if v.its[k].kind == itMark && v.raw(v.its[k].from) == "," {
			comma = true
		}
	}
	return rel && comma
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

// nesting counts the brackets that are open at the mark at item j, read from
// right to left.
func (v *view) nesting(j, depth int) int {
	switch v.raw(v.its[j].from) {
	case ")":
		return depth + 1
	case "(":
		return max(depth-1, 0)
	}
	return depth
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
