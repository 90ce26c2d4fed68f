// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"fmt"
	"sort"
	"strings"

	"github.com/copytaster/copytaster"
)

// Gazetteer is a compiled list of organisations. It is immutable and safe for
// concurrent use: a reload builds a new one.
type Gazetteer struct {
	runs     *table
	aliases  []alias
	ents     []entity
	text     string            // ids, names and aliases, one after the other
	byID     map[uint64]uint32 // hash of the id
	revision string
}

// entity is what the gazetteer keeps of an entry.
type entity struct {
	id, name ref
	kind     Kind
	country  string
	generic  bool
}

// ref is a piece of Gazetteer.text.
type ref struct {
	off uint32
	len uint16
}

// aliasFlag says how an alias may be matched.
type aliasFlag uint8

const (
	flagContext  aliasFlag = 1 << iota // needs a sign in the text
	flagQuiet                          // never alerts
	flagAnyCase                        // matches small letters too
	flagExact                          // matches in its own case only
	flagBlock                          // an excluded phrase: what it covers is no mention
	flagStripped                       // a single word left of a registered name: needs its legal suffix, or a sign
)

// alias is one name of one entity; aliases that spell the same are chained.
type alias struct {
	ent   uint32
	next  uint32 // 1 + index, 0 at the end
	name  ref
	flags aliasFlag
}

// NewGazetteer compiles lists of entries. An entry replaces one of the same id
// in an earlier list, so that a newsroom's list may correct the built-in one.
func NewGazetteer(lists ...[]Entry) *Gazetteer {
	last := map[string]*Entry{}
	var order []string
	for _, list := range lists {
		for i := range list {
			if _, ok := last[list[i].ID]; !ok {
				order = append(order, list[i].ID)
			}
			last[list[i].ID] = &list[i]
		}
	}
	b := NewBuilder(len(order))
	for _, id := range order {
		b.Add(last[id])
	}
	return b.Gazetteer()
}

// Revision identifies the content of the gazetteer: eight hexadecimal digits.
func (g *Gazetteer) Revision() string { return g.revision }

// Len is the number of entries.
func (g *Gazetteer) Len() int { return len(g.ents) }

// Name is the shown name of an entry, or "" for an unknown id.
func (g *Gazetteer) Name(id string) string {
	if i, ok := g.byID[hashFolded(id)]; ok {
		return g.str(g.ents[i].name)
	}
	return ""
}

// Resolve returns the ids of the entries of a role that a query's value means:
// an id, or a name or alias in any case and with any marks. A value that no entry
// of the list has gives none.
func (g *Gazetteer) Resolve(role copytaster.Role, value string) []string {
	found := map[string]bool{}
	add := func(ent uint32) {
		if g.ents[ent].kind.serves(role) {
			found[g.str(g.ents[ent].id)] = true
		}
	}
	if i, ok := g.byID[hashFolded(strings.ToLower(strings.TrimSpace(value)))]; ok {
		add(i)
	}
	toks := tokenise(value)
	if len(toks) > 1 && toks[0].hash == hashThe && g.spell(toks) == 0 {
		toks = toks[1:]
	}
	for _, n := range []int{len(toks), len(toks) - suffixLen(value, toks)} {
		for a := range g.chain(g.spell(toks[:n])) {
			add(a.ent)
		}
	}
	ids := make([]string, 0, len(found))
	for id := range found {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}

// spell is the first alias that the tokens spell, or 0.
func (g *Gazetteer) spell(toks []token) uint32 {
	if len(toks) == 0 {
		return 0
	}
	h := uint64(0)
	for _, t := range toks {
		h = join(h, t.hash)
	}
	first, _ := g.runs.get(h)
	return first
}

// chain yields the aliases that spell the same as the first, but no excluded
// phrases.
func (g *Gazetteer) chain(first uint32) func(func(*alias) bool) {
	return func(yield func(*alias) bool) {
		for i := first; i != 0; i = g.aliases[i-1].next {
			if a := &g.aliases[i-1]; a.flags&flagBlock == 0 && !yield(a) {
				return
			}
		}
	}
}

func (g *Gazetteer) str(r ref) string { return g.text[r.off : r.off+uint32(r.len)] }

func (g *Gazetteer) String() string {
	return fmt.Sprintf("gazetteer of %d organisations, revision %s", len(g.ents), g.revision)
}
