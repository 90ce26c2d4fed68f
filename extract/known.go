// SPDX-License-Identifier: Apache-2.0

package extract

import "github.com/copytaster/copytaster"

// known finds the organisations that the gazetteer lists.
func (a *analysis) known() {
	sent := 0
	for _, h := range a.g.match(a.text, a.toks) {
		for sent+1 < len(a.sents) && a.sents[sent].to <= h.from {
			sent++
		}
		if h.block {
			continue
		}
		al := &a.g.aliases[h.first-1]
		n := name{from: h.from, to: h.to, start: h.start, end: a.toks[h.to-1].end, ent: int(al.ent), sent: sent,
			alias: a.g.str(al.name), quiet: al.flags&flagQuiet != 0, score: 0.9}
		n.party = a.g.str(a.g.ents[n.ent].id)
		n.role = roleOf(a.g.ents[n.ent].kind)
		a.names = append(a.names, n)
	}
}

// roleOf is the role that a kind of entry has where the text shows no other.
func roleOf(k Kind) copytaster.Role {
	switch k {
	case KindSupplier, KindBoth:
		return copytaster.RoleSupplier
	case KindBuyer:
		return copytaster.RoleBuyer
	}
	return copytaster.RoleOther
}
