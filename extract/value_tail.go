// SPDX-License-Identifier: Apache-2.0

package extract

// tailValue is the figure that a clause ends with, as the price of what it
// tells: "S (£2.3m a year)", ", for £8m,", "at a cost to B of £3m", "for £41m",
// "at £2m apiece", "to a ceiling of £4m".
func (v *view) tailValue(g, end int) []int {
	for j := g + 1; j < min(end, g+45); j++ {
		it := &v.its[j]
		switch {
		case it.kind == itMark && v.raw(it.from) == ";", it.kind == itPaper && j > g+1:
			return nil
		case it.kind != itMoney:
			continue
		case v.notValue(j) || !v.priced(j):
			return nil
		}
		return []int{v.original(it.money)}
	}
	return nil
}

// priced reports whether what stands before the figure at item j makes a price
// of it.
func (v *view) priced(j int) bool {
	if j == 0 {
		return false
	}
	if v.raw(v.its[j-1].from) == "(" {
		return true
	}
	for k := j - 1; k >= 0 && j-k < 8; k-- {
		it := &v.its[k]
		w := v.word(it.from)
		switch {
		case worthLead.has(it.hash), prices.has(it.hash), it.kind == itVerb && it.verb.act == actPay && !it.negated:
			return true
		case k == j-1 && oneOf(w, "for", "at"), w == "for" && k < j-1 && v.its[k+1].kind == itName, k == j-2 && w == "for" && articles.has(v.its[j-1].hash):
			return true
		case it.kind == itName, it.kind == itBody, it.kind == itWord && oneOf(w, "of", "to", "a", "an", "the", "about", "around", "roughly", "some", "taxpayers", "up", "in", "initial", "total", "joint", "combined", "annual"):
		default:
			return false
		}
	}
	return false
}

// prices are nouns for what is paid.
var prices = hashSet("cost costs price fee fees bill sum total worth value ceiling cap maximum charge charges tune rate budgeted capped fixed put")

// pricedNoun reads "The price was £70m", "the cost, £3.9bn, would", "the sum
// involved, £390m", "the bill will come to £5m" from the noun at item i on.
func (v *view) pricedNoun(i int) []int {
	if w := v.word(v.its[i].from); !oneOf(w, "price", "cost", "bill", "sum", "fee", "total", "charge", "value", "tab") || i == 0 || oneOf(v.word(v.its[i].from-1), "expected", "share", "tax", "carbon", "human", "market", "average") {
		return nil
	}
	for j := i + 1; j < min(len(v.its), i+8); j++ {
		it := &v.its[j]
		switch {
		case it.kind == itMoney && !v.notValue(j):
			return []int{v.original(it.money)}
		case it.kind == itMoney, it.kind == itPaper, it.kind == itName && v.supplier(j, 1), oneOf(v.word(it.from), "target", "rose", "risen", "fell", "rises", "went", "grew", "cut", "saving", "tag"):
			return nil
		case it.kind == itMark && v.raw(it.from) != ",":
			return nil
		}
	}
	return nil
}

// paidOn reads "the trust, which is paying £1m for the year", "we pay them £7.7m
// a year": what is paid, in a sentence that names no other supplier, from the
// verb at item g on.
func (v *view) paidOn(g int, r *relation) []int {
	if v.its[g].verb.act != actPay || v.its[g].negated {
		return nil
	}
	for i := range v.its {
		if v.supplier(i, 1) && (i < g && !v.its[g].passive || !v.has(r.suppliers, v.its[i].name)) {
			return nil
		}
	}
	if s := v.subject(g); s >= 0 && s < g && !v.its[g].passive {
		return nil // it pays itself: a fine, a settlement
	}
	for j := g + 1; j < min(len(v.its), g+8); j++ {
		it := &v.its[j]
		if it.kind == itMoney && !v.notValue(j) {
			return []int{v.original(it.money)}
		}
		if it.kind == itMark || it.kind == itVerb || it.kind == itMoney {
			return nil
		}
	}
	return nil
}

// shareGoing reads "£61m of which will go to the main contractor": the figure
// before the verb of going, at what stands for the supplier at item i.
func (v *view) shareGoing(i int) []int {
	if i < 3 || v.word(v.its[i-1].from) != "to" || !wentForms.has(v.its[i-2].hash) {
		return nil
	}
	for j := i - 3; j >= 0 && i-j < 8; j-- {
		if v.its[j].kind == itMoney {
			return []int{v.original(v.its[j].money)}
		}
		if v.its[j].kind == itMark {
			return nil
		}
	}
	return nil
}
