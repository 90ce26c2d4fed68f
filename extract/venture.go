// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"

	"github.com/copytaster/copytaster"
)

// ventures makes one name of listed suppliers' names that stand one right behind
// the other: "Balfour Beatty VINCI" is a joint venture, and neither of the two.
func (a *analysis) ventures() {
	kept := a.names[:0]
	for _, n := range a.names {
		if len(kept) > 0 && a.venture(&kept[len(kept)-1], &n) {
			last := &kept[len(kept)-1]
			*last = name{from: last.from, to: n.to, start: last.start, end: n.end, sent: n.sent, ent: -1, role: copytaster.RoleSupplier,
				score: 0.8, like: 4, venture: true}
			last.party = a.surface(last)
			continue
		}
		kept = append(kept, n)
	}
	a.names = kept
}

// venture reports whether name y goes on with name x as the name of a joint
// venture.
func (a *analysis) venture(x, y *name) bool {
	if x.to != y.from || a.toks[x.to-1].poss || a.toks[y.from].gap != sepSpace || x.suffix || x.party == y.party || a.titled(y.from) {
		return false
	}
	return a.supplies(y) && (x.venture || a.supplies(x)) && strings.TrimSpace(a.text[x.end:y.start]) == "" && !strings.Contains(a.text[x.end:y.start], "\n")
}

// supplies reports whether a name is that of a listed supplier.
func (a *analysis) supplies(n *name) bool {
	e := a.entity(n)
	return e != nil && e.kind == KindSupplier
}
