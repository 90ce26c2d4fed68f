// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"fmt"
	"strings"
)

// hashThe is the hash of the article, with which a registered name may begin.
var hashThe = hashFolded("the")

// maxName is the longest name that is kept, in bytes; no registered name is
// longer, and a longer one is a damaged list.
const maxName = 512

// Builder compiles a gazetteer entry by entry, so that a list of a million
// names need not be held at once.
type Builder struct {
	g    *Gazetteer
	text strings.Builder
	sum  uint64
}

// NewBuilder makes a builder for about n entries.
func NewBuilder(n int) *Builder {
	return &Builder{sum: fnvOffset, g: &Gazetteer{
		runs:    newTable(2 * n),
		aliases: make([]alias, 0, n),
		ents:    make([]entity, 0, n),
		byID:    make(map[uint64]uint32, n),
	}}
}

// Add compiles one entry. The entry is not kept.
func (b *Builder) Add(e *Entry) {
	g := b.g
	ent := uint32(len(g.ents))
	g.byID[hashFolded(e.ID)] = ent
	kind := e.Kind
	if kind == "" {
		kind = KindSupplier
	}
	g.ents = append(g.ents, entity{id: b.keep(e.ID), name: b.keep(e.Name), kind: kind, country: e.Country, generic: e.Generic})
	marks := marksOf(e)
	for i, n := range e.names() {
		flags := marks[foldName(n)]
		if i >= len(e.names())-len(e.Abbreviations) || isAcronym(n) {
			flags |= flagExact
		}
		b.alias(ent, n, flags, marks)
	}
	for _, p := range e.Exclude {
		b.put(ent, tokenise(p), p, flagBlock)
	}
}

// marksOf are the flags that an entry gives to its names, by folded name.
func marksOf(e *Entry) map[string]aliasFlag {
	var m map[string]aliasFlag
	mark := func(names []string, f aliasFlag) {
		for _, n := range names {
			if m == nil {
				m = map[string]aliasFlag{}
			}
			m[foldName(n)] |= f
		}
	}
	mark(e.Context, flagContext)
	mark(e.Quiet, flagQuiet)
	mark(e.AnyCase, flagAnyCase)
	return m
}

// alias adds a name and what follows from it: the name without its legal suffix
// (the matcher reads the suffix itself), and without commas.
func (b *Builder) alias(ent uint32, name string, flags aliasFlag, marks map[string]aliasFlag) {
	toks := tokenise(name)
	if len(toks) > 1 && toks[0].hash == hashThe && b.g.ents[ent].kind != KindOther {
		toks = toks[1:]
	}
	n := suffixLen(name, toks)
	if n > 0 && n < len(toks) {
		stripped := toks[:len(toks)-n]
		f := flags | marks[foldName(name[stripped[0].start:stripped[len(stripped)-1].end])]
		if len(stripped) == 1 && !b.has(ent, stripped) {
			f |= flagStripped
		}
		b.put(ent, stripped, name, f)
		return
	}
	b.put(ent, toks, name, flags)
	if plain := dropMarks(toks); len(plain) < len(toks) {
		b.put(ent, plain, name, flags)
	}
}

// dropMarks leaves out the punctuation of a name.
func dropMarks(toks []token) []token {
	out := make([]token, 0, len(toks))
	for _, t := range toks {
		if t.kind != kindPunct {
			out = append(out, t)
		}
	}
	return out
}

// has reports whether the entity already has an alias of these tokens.
func (b *Builder) has(ent uint32, toks []token) bool {
	for a := range b.g.chain(b.g.spell(toks)) {
		if a.ent == ent {
			return true
		}
	}
	return false
}

// put adds one run of tokens as an alias of the entity.
func (b *Builder) put(ent uint32, toks []token, name string, flags aliasFlag) {
	if len(toks) == 0 || len(name) > maxName || b.has(ent, toks) {
		return
	}
	g, h, at := b.g, uint64(0), 0
	first := toks[0].hash
	if !toks[0].cap && toks[0].kind == kindWord || flags&flagAnyCase != 0 {
		g.runs.begin(^first)
	}
	g.runs.begin(first)
	for _, t := range toks {
		h = join(h, t.hash)
		at = g.runs.put(h)
	}
	g.aliases = append(g.aliases, alias{ent: ent, next: g.runs.vals[at], name: b.keep(name), flags: flags})
	g.runs.vals[at] = uint32(len(g.aliases))
	b.sum = join(b.sum, join(h, uint64(flags)))
}

// keep stores a string and returns where.
func (b *Builder) keep(s string) ref {
	if len(s) > maxName {
		s = s[:maxName]
	}
	r := ref{off: uint32(b.text.Len()), len: uint16(len(s))}
	b.text.WriteString(s)
	b.sum = join(b.sum, hashFolded(s))
	return r
}

// Gazetteer finishes the list. The builder must not be used afterwards.
func (b *Builder) Gazetteer() *Gazetteer {
	b.g.text = b.text.String()
	b.g.revision = fmt.Sprintf("%08x", uint32(b.sum^b.sum>>32))
	return b.g
}

// isAcronym reports whether a name is one word of capitals and digits: it is
// matched in capitals only.
func isAcronym(name string) bool {
	toks := tokenise(name)
	return len(toks) == 1 && toks[0].upper && toks[0].end-toks[0].start <= 5 && len(name) <= 6
}
