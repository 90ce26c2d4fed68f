// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"

	"github.com/copytaster/copytaster"
)

// accept decides which runs of capitals are organisations, and what each does:
// by the relations, then by their form. What is accepted once is accepted
// wherever the text names it.
func (a *analysis) accept(recs []record) {
	roles := map[string]copytaster.Role{}
	for i := range recs {
		r := &recs[i]
		roles[r.supplier] = copytaster.RoleSupplier
		if r.buyer.name > 0 {
			if n := &a.names[r.buyer.name-1]; roles[n.party] == "" {
				roles[n.party] = copytaster.RoleBuyer
			}
		}
	}
	supply := len(recs) > 0 || a.textSigns()
	for i := range a.names {
		n := &a.names[i]
		if n.ent < 0 && roles[n.party] == "" && (n.venture || n.suffix && n.like >= 4 && supply || a.servants[n.party] || a.parentOf(i, roles)) {
			roles[n.party] = copytaster.RoleSupplier
		}
	}
	a.vouch(roles, supply)
	for i := range a.names {
		a.settle(&a.names[i], roles)
	}
}

// parentOf reports whether name i is said to own the supplier before it: "S, a
// subsidiary of P".
func (a *analysis) parentOf(i int, roles map[string]copytaster.Role) bool {
	n := &a.names[i]
	if i == 0 || n.from-a.names[i-1].to > 5 || roles[a.names[i-1].party] != copytaster.RoleSupplier || n.like < 0 {
		return false
	}
	prev, before := a.word(n.from-1), a.word(n.from-2)
	return prev == "of" && (before == "subsidiary" || before == "arm" || before == "division" || before == "unit" || before == "part") || prev == "by" && before == "owned"
}

// settle gives a name its role and says whether it is shown.
func (a *analysis) settle(n *name, roles map[string]copytaster.Role) {
	role := roles[n.party]
	if e := a.entity(n); e != nil {
		if role != "" && e.kind.serves(role) {
			n.role = role
		}
		return
	}
	if a.bareBody(n) {
		return
	}
	shaped := a.bodyShaped(n)
	if shaped && role == copytaster.RoleSupplier {
		role = copytaster.RoleBuyer
	}
	switch {
	case role != "":
		n.role, n.weak, n.score = role, false, 0.8
	case shaped:
		n.role, n.weak, n.score = copytaster.RoleBuyer, false, 0.7
	case otherWords.has(a.toks[n.to-1].hash) && n.to-n.from > 1, n.like >= 3:
		n.role, n.weak, n.score = copytaster.RoleOther, false, 0.5
	}
}

// corefer gives a discovered name the party of the fullest form of it in the
// text: "Contrack" is "Contrack International", "AADC" the name it stands behind
// in brackets.
func (a *analysis) corefer() {
	fullest := map[uint64]int{} // by each run of words that begins it, the longest name
	for i := range a.names {
		if m := &a.names[i]; m.ent < 0 {
			run := uint64(0)
			for k := m.from; k < min(m.to, m.from+maxPrefix); k++ {
				run = join(run, a.toks[k].hash)
				if j, ok := fullest[run]; !ok || m.to-m.from > a.names[j].to-a.names[j].from {
					fullest[run] = i
				}
			}
		}
	}
	for i := range a.names {
		n := &a.names[i]
		if n.ent >= 0 {
			continue
		}
		full := i
		run := uint64(0)
		for k := n.from; k < min(n.to, n.from+maxPrefix); k++ {
			run = join(run, a.toks[k].hash)
		}
		if j, ok := fullest[run]; ok && n.to-n.from <= maxPrefix && a.names[j].to-a.names[j].from > n.to-n.from {
			full = j
		}
		if b := a.bracketed(i); b >= 0 {
			full = b
			n.like = max(n.like, a.names[b].like)
			n.body = a.names[b].body
			if a.names[b].ent >= 0 {
				a.bind(n, a.names[b].ent)
				n.weak, n.score, n.alias = false, 0.9, a.surface(n)
				continue
			}
		}
		m := &a.names[full]
		n.party = a.surface(m)
		if full != i {
			n.like, n.body = max(n.like, m.like), n.body || m.body
		}
	}
	a.spread()
}

// maxPrefix is the longest short form of a name, in words.
const maxPrefix = 4

// bracketed is the name that a short form in brackets stands behind, or -1:
// "Arts Alliance Digital Cinema (AADC)".
func (a *analysis) bracketed(i int) int {
	n := &a.names[i]
	if i == 0 || a.raw(n.from-1) != "(" || n.to-n.from != 1 || !a.toks[n.from].upper && a.toks[n.from].split == 0 {
		return -1
	}
	p := &a.names[i-1]
	if p.to != n.from-1 || p.to-p.from < 2 {
		return -1
	}
	initials := ""
	for k := p.from; k < p.to; k++ {
		initials += a.raw(k)[:1]
	}
	short := strings.ToUpper(a.surface(n))
	if strings.HasPrefix(strings.ToUpper(initials), short[:1]) && len(short) <= len(initials)+2 {
		return i - 1
	}
	return -1
}

// spread lets the names of one party share what any of them shows: a short form
// that was bound in brackets is the same party later on.
func (a *analysis) spread() {
	bound := map[string]int{}
	for i := range a.names {
		if n := &a.names[i]; a.bracketed(i) >= 0 {
			bound[a.surface(n)] = i
		}
	}
	for i := range a.names {
		n := &a.names[i]
		if j, ok := bound[a.surface(n)]; ok && j != i && n.ent < 0 {
			m := &a.names[j]
			n.party, n.like, n.body, n.ent = m.party, m.like, m.body, m.ent
			if n.ent >= 0 {
				n.role, n.weak, n.score = m.role, false, m.score
			}
		}
	}
	like, body := map[string]int{}, map[string]bool{}
	for i := range a.names {
		n := &a.names[i]
		if n.ent < 0 {
			if old, ok := like[n.party]; !ok || n.like > old {
				like[n.party] = n.like
			}
			body[n.party] = body[n.party] || n.body
		}
	}
	for i := range a.names {
		if n := &a.names[i]; n.ent < 0 {
			n.like, n.body = like[n.party], body[n.party]
		}
	}
}
