// SPDX-License-Identifier: Apache-2.0

package extract

// paid reads "B paid S £5m", "S was paid £5m by B", "S received £5m from B".
func (v *view) paid(g int) match {
	verb := &v.its[g]
	m := match{act: actPay, score: scoreGood, verb: g}
	if verb.verb.act == actWin || verb.passive {
		s := v.subject(g)
		if s < 0 || !v.figureNear(g) || !v.customerBehind(g) && !(verb.verb.act == actPay && (len(v.found) > 0 || v.publicText() && v.listedAt(s))) || verb.verb.act == actWin && !receives[verb.hash] {
			return match{}
		}
		m.names = v.listOf(s)
		return m
	}
	if w := v.word(v.its[g].from); w == "charge" || w == "charged" || w == "charges" || w == "billed" || w == "bills" || w == "invoiced" {
		return v.charges(g)
	}
	if v.bodyBeforeVerb(g) < 0 {
		b := v.subjectName(g)
		if s := v.partyIn(g+1, min(len(v.its), g+6)); b < 0 || s < 0 || !v.supplier(s, 2) || !v.figureNear(g) {
			return match{}
		}
		m.buyer = party{name: v.its[b].name + 1}
	}
	if s := v.paidAntecedent(g); s >= 0 && v.figureNear(g) {
		m.names = []int{v.its[s].name}
		return m
	}
	for j := g + 1; j < min(len(v.its), g+9); j++ {
		if v.supplier(j, -1) && v.figureNear(g) && (j == g+1 || !v.inPhrase(j) || v.word(v.its[j-1].from) == "to" || v.word(v.its[j-1].from) == "with") {
			m.names = v.list(j)
			return m
		}
		if v.its[j].kind == itFirm {
			if m.names = v.resolve(j); len(m.names) == 0 && j == g+1 {
				m.names = v.fromTopic(j)
			}
			return m
		}
		if v.its[j].kind == itMark || v.its[j].kind == itVerb {
			return match{}
		}
	}
	return match{}
}

// paidAntecedent reads "S, which B has paid £5m": the item of S, or -1.
func (v *view) paidAntecedent(g int) int {
	b := v.bodyBeforeVerb(g)
	for j := b - 1; b >= 0 && j > 0 && b-j < 3; j-- {
		if w := v.word(v.its[j].from); w != "which" && w != "whom" && w != "that" {
			continue
		}
		k := j - 1
		if v.its[k].kind == itMark && k > 0 {
			k--
		}
		if v.supplier(k, 0) {
			return k
		}
	}
	return -1
}

// charges reads "S charged B £4m for".
func (v *view) charges(g int) match {
	s := v.subject(g)
	if s < 0 || !v.figureNear(g) || v.bodyIn(g+1, min(len(v.its), g+5)) < 0 && !(v.publicText() && v.listedAt(s)) {
		return match{}
	}
	return match{names: v.listOf(s), act: actPay, score: scoreGood, verb: g}
}

var receives = hashSet("receive receives received receiving earn earned earns gain pocket pockets pocketed pocketing got get gets getting")

// listedAt reports whether item i names, or stands for, a supplier of the list.
func (v *view) listedAt(i int) bool {
	for _, n := range v.listOf(i) {
		if v.names[n].ent >= 0 {
			return true
		}
	}
	return false
}

// figureNear reports whether a figure stands behind the verb at item g.
func (v *view) figureNear(g int) bool {
	for j := g + 1; j < min(len(v.its), g+12); j++ {
		if v.its[j].kind == itMoney {
			return true
		}
	}
	return false
}

// customerBehind reports whether "by B", "from B" or "to" follows the verb.
func (v *view) customerBehind(g int) bool {
	for j := g + 1; j+1 < min(len(v.its), g+14); j++ {
		if w := v.word(v.its[j].from); (w == "by" || w == "from") && v.bodyIn(j+1, min(len(v.its), j+6)) >= 0 {
			return true
		}
	}
	return false
}

// bodyBeforeVerb is the body that is the subject of the verb at item g, or -1.
func (v *view) bodyBeforeVerb(g int) int {
	for j := g - 1; j >= 0; j-- {
		it := &v.its[j]
		if v.buyerAt(j) {
			return j
		}
		if v.supplier(j, 1) && !v.inPhrase(j) || it.kind == itFirm && !pronounFirm[it.hash] {
			return -1
		}
	}
	return -1
}
