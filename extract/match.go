// SPDX-License-Identifier: Apache-2.0

package extract

// hit is a run of tokens that spells a name of the gazetteer.
type hit struct {
	from, to int    // tokens: from <= i < to
	first    uint32 // the chain of aliases that spell it
	start    int32  // byte offset: inside the first token where a word is glued to the name
	glued    bool
	block    bool // an excluded phrase
	suffix   bool // a legal suffix was read behind the name, and belongs to it
}

// match finds the names in a text: the longest from the left, none inside
// another. A name begins with a capital or a digit, unless its alias says that
// small letters do; a name that is glued to a small word before it ("byAtos")
// is found too.
func (g *Gazetteer) match(text string, toks []token) []hit {
	var hits []hit
	for i := 0; i < len(toks); {
		t := &toks[i]
		h := hit{from: i}
		ok := false
		if t.kind != kindPunct {
			ok = g.run(text, toks, &h, t.hash)
			if !ok && t.split > 0 && !t.cap {
				ok = g.glued(text, toks, &h)
			}
		}
		if !ok {
			i++
			continue
		}
		if n := suffixAfter(text, toks, h.to); n > 0 && !h.block {
			h.to += n
			h.suffix = true
		}
		hits = append(hits, h)
		i = h.to
	}
	return hits
}

// glued looks for a name in the part of a token that begins with its capital.
func (g *Gazetteer) glued(text string, toks []token, h *hit) bool {
	t := &toks[h.from]
	at := t.start + int32(t.split)
	if !glue[text[t.start:at]] {
		return false
	}
	h.start, h.glued = at, true
	return g.run(text, toks, h, hashFolded(foldWord(text[at:t.end])))
}

// run looks for the longest name that begins at token h.from, whose hash, or
// that of its glued part, is first.
func (g *Gazetteer) run(text string, toks []token, h *hit, first uint64) bool {
	t := &toks[h.from]
	small := !t.cap && !h.glued && t.kind == kindWord
	key := first
	if small {
		key = ^first
	}
	if !g.runs.begins(key) {
		return false
	}
	if !h.glued {
		h.start = t.start
	}
	found, run := false, uint64(0)
	for j := h.from; j < len(toks) && (j == h.from || toks[j].gap != sepStop || g.abbreviated(text, toks, j)); j++ {
		hash := toks[j].hash
		if j == h.from {
			hash = first
		}
		run = join(run, hash)
		a, ok := g.runs.get(run)
		if !ok {
			break
		}
		if a != 0 && g.cased(text, toks[h.from:j+1], a, h) {
			found = true
		}
	}
	return found
}

// abbreviated reports whether the stop before token j is that of a short form
// inside a name ("St. Mary's"), not the end of a sentence.
func (g *Gazetteer) abbreviated(text string, toks []token, j int) bool {
	prev := toks[j-1]
	return !toks[j].para && prev.end-prev.start == 1 && text[prev.start] == '.' && j > 1 && toks[j-2].end-toks[j-2].start <= 3
}

// cased reports whether one of the aliases from a on may be written as the
// tokens are, and notes it in h.
func (g *Gazetteer) cased(text string, toks []token, a uint32, h *hit) bool {
	start := toks[0].start
	if h.glued {
		start = h.start
	}
	surface := text[start:toks[len(toks)-1].end]
	for i := a; i != 0; i = g.aliases[i-1].next {
		al := &g.aliases[i-1]
		if al.fits(g.str(al.name), surface, toks) {
			h.first, h.to, h.block = i, h.from+len(toks), al.flags&flagBlock != 0
			return true
		}
	}
	return false
}

// fits reports whether the alias may be written as the surface is.
func (a *alias) fits(name, surface string, toks []token) bool {
	if a.flags&flagAnyCase != 0 {
		return true
	}
	if a.flags&flagExact != 0 {
		return surface == name || allUpper(surface) && len(toks) == 1 && sameFold(surface, name)
	}
	for i, t := range toks {
		if t.kind == kindWord && !t.cap && i == 0 && t.split == 0 && !lowerIn(name) {
			return false
		}
		if t.kind == kindWord && !t.cap && i > 0 && !smallWord(t) && a.flags&flagContext != 0 {
			return false
		}
	}
	return true
}

func sameFold(a, b string) bool { return foldName(a) == foldName(b) }

func allUpper(s string) bool {
	for i := 0; i < len(s); i++ {
		if 'a' <= s[i] && s[i] <= 'z' {
			return false
		}
	}
	return true
}

// lowerIn reports whether a name itself begins with a small letter.
func lowerIn(name string) bool { return name != "" && 'a' <= name[0] && name[0] <= 'z' }

var smallWords = hashSet("of and for the in on with to de la du des y e & government service")

// smallWord reports whether a token may be small inside a name.
func smallWord(t token) bool { return smallWords.has(t.hash) }

// glue are the words that broken markup glues to a name.
var glue = map[string]bool{"by": true, "of": true, "with": true, "to": true, "from": true, "and": true, "at": true, "for": true,
	"in": true, "the": true, "on": true, "that": true, "against": true, "between": true, "or": true, "a": true, "an": true,
	"firm": true, "company": true, "giant": true, "group": true, "contractor": true, "outsourcer": true, "supplier": true, "as": true,
	"like": true, "than": true, "is": true, "was": true, "said": true, "into": true, "over": true, "about": true, "after": true, "via": true, "including": true}

// unglue parts the tokens in which a word is glued to a name, so that the rules
// see both. It reports whether there was any.
func unglue(text string, toks []token, hits []hit) ([]token, bool) {
	at := map[int]int32{}
	for _, h := range hits {
		if h.glued {
			at[h.from] = h.start
		}
	}
	if len(at) == 0 {
		return toks, false
	}
	out := make([]token, 0, len(toks)+len(at))
	for i, t := range toks {
		cut, ok := at[i]
		if !ok {
			out = append(out, t)
			continue
		}
		word, rest := t, t
		word.end, word.poss, word.split, word.hash = cut, false, 0, hashFolded(foldWord(text[t.start:cut]))
		rest.start, rest.cap, rest.para, rest.gap, rest.split = cut, true, false, sepSpace, 0
		rest.hash, rest.upper = hashFolded(foldWord(text[cut:t.end])), allUpper(text[cut:t.end])
		out = append(out, word, rest)
	}
	return out, true
}
