// SPDX-License-Identifier: Apache-2.0

package extract

// paid reads "B paid S £5m", "S was paid £5m by B", "S received £5m from B".
func (v *view) paid(g int) match {
	verb := &v.its[g]
	switch w := v.word(verb.from); {
	case verb.verb.act == actWin && !receives.has(verb.hash):
		return match{}
	case verb.verb.act == actWin || verb.passive:
		return v.received(g)
	case oneOf(w, "charge", "charged", "charges", "billed", "bills", "invoiced"):
		return v.charges(g)
	}
	m := match{act: actPay, score: scoreGood, verb: g}
	if v.bodyBeforeVerb(g) < 0 {
		if m.buyer = v.payer(g); !m.buyer.known() {
			return match{}
		}
	}
	if s := v.paidAntecedent(g); s >= 0 && v.figureNear(g) {
		m.names = []int{v.its[s].name}
		return m
	}
	m.names = v.payee(g)
	return m
}

// received reads "S was paid £5m by B", "S received £5m from B".
func (v *view) received(g int) match {
	s := v.subject(g)
	if s < 0 || !v.figureNear(g) {
		return match{}
	}
	if !v.customerBehind(g) && !v.paidTo(g, s) && (v.its[g].verb.act == actAward || len(v.found) == 0 && !(v.publicText() && (v.listedAt(s) || v.supplier(s, 1)))) {
		return match{}
	}
	return match{names: v.listOf(s), act: actPay, score: scoreGood, verb: g}
}

// paidTo reads "S will be paid £5m to keep the radio network going".
func (v *view) paidTo(g, s int) bool {
	if v.its[g].verb.act != actPay || !v.listedAt(s) {
		return false
	}
	for j := g + 1; j+1 < min(len(v.its), g+5); j++ {
		if v.its[j].kind == itMoney {
			return v.word(v.its[j+1].from) == "to"
		}
	}
	return false
}

// payer is a subject of no known sort that pays what looks like a company.
func (v *view) payer(g int) party {
	b, s := v.subjectName(g), v.partyIn(g+1, min(len(v.its), g+6))
	if b < 0 || s < 0 || !v.supplier(s, 2) || !v.figureNear(g) {
		return party{}
	}
	return party{name: v.its[b].name + 1}
}

// payee is who the verb of paying at item g has for its object.
func (v *view) payee(g int) []int {
	for j := g + 1; j < min(len(v.its), g+9); j++ {
		it := &v.its[j]
		switch {
		case v.supplier(j, -1) && v.figureNear(g) && (j == g+1 || !v.inPhrase(j) || oneOf(v.word(v.its[j-1].from), "to", "with", "from")):
			return v.list(j)
		case it.kind == itFirm:
			if names := v.resolve(j); len(names) > 0 || j > g+1 {
				return names
			}
			return v.fromTopic(j)
		case it.kind == itMark, it.kind == itVerb:
			return nil
		}
	}
	return nil
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

var receives = hashSet("receive receives received receiving earn earned earns gain pocket pockets pocketed pocketing got get gets getting raked rakes raking")

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
		if v.supplier(j, 1) && !v.inPhrase(j) || it.kind == itFirm && !pronounFirm.has(it.hash) {
			return -1
		}
	}
	return -1
}
