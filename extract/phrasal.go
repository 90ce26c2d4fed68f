// SPDX-License-Identifier: Apache-2.0

package extract

import "strings"

// phrasals are verbs of several words, by their first; "hand back" is written
// "hand|back". The word between may be up to three tokens long ("hand the keys
// of X back").
var phrasals = phrasalTable(map[act]string{
	actWin:     "pick|up snap|up mop|up hoover|up rake|in",
	actAward:   "hand|out dish|out hand|over farm|out contract|out outsource",
	actHire:    "take|on bring|in draft|in turn|to call|in step|in opt|for plump|for turn|to sign|up bring|back",
	actRun:     "carry|out set|up look|after work|on roll|out take|charge",
	actExit:    "pull|out walk|away step|down step|away back|out walk|off bow|out drop|out hand|back give|up get|out walk|out want|out do|with stop|running stop|providing stop|operating stop|delivering",
	actEnd:     "tear|up rip|up run|out part|company cut|short pull|plug come|end wind|up wind|down phase|out",
	actCancel:  "call|off set|aside",
	actExtend:  "roll|over keep|on",
	actReview:  "look|into look|at",
	actBreak:   "strip|of remove|from drop|from throw|off kick|off",
	actPay:     "splash|out fork|out shell|out cough|up stump|up lash|out rack|up",
	actReplace: "replace succeed take|over",
	actBid:     "line|up put|bid throw|hat",
})

// phrasal is one verb of several words.
type phrasal struct {
	act      act
	particle string
	form     form
}

// irregular holds the past and participle of the first words of phrasals.
var irregular = map[string]string{"take": "took/taken", "tear": "tore/torn", "run": "ran/run", "bring": "brought/brought", "give": "gave/given",
	"get": "got/got", "throw": "threw/thrown", "put": "put/put", "cut": "cut/cut", "do": "did/done", "keep": "kept/kept", "come": "came/come", "set": "set/set"}

func phrasalTable(lists map[act]string) map[string][]phrasal {
	m := map[string][]phrasal{}
	for act := actNone; act <= actBreak; act++ {
		for _, w := range strings.Fields(lists[act]) {
			base, particle, _ := strings.Cut(w, "|")
			past, part := regularPast(base), regularPast(base)
			if irr, ok := irregular[base]; ok {
				past, part, _ = strings.Cut(irr, "/")
			}
			forms := map[string]form{}
			forms[base] |= formBase
			forms[third(base)] |= formS
			forms[past] |= formPast
			forms[part] |= formPart
			forms[gerund(base)] |= formIng
			for w, f := range forms {
				m[w] = append(m[w], phrasal{act: act, particle: particle, form: f})
			}
		}
	}
	return m
}

// verbForms are the words that verbs of either list begin with.
var verbForms = func() *wordSet {
	s := &wordSet{}
	for w := range verbs {
		s.add(hashFolded(w))
	}
	for w := range phrasals {
		s.add(hashFolded(w))
	}
	return s
}()

// verbAt reads the verb that begins at token i: its act and form, and how many
// tokens it has, 0 for none.
func (a *analysis) verbAt(i, end int) (verb, int) {
	if !a.is(i, verbForms) {
		return verb{}, 0
	}
	w := a.word(i)
	for _, p := range phrasals[w] {
		if p.particle == "" {
			return verb{act: p.act, form: p.form}, 1
		}
		if i+1 < end && a.word(i+1) == p.particle {
			return verb{act: p.act, form: p.form}, 2
		}
		if p.act == actExit && p.particle == "back" && a.wordWithin(i+1, min(end, i+9), "back") {
			return verb{act: p.act, form: p.form}, 1
		}
		if p.act == actBreak && a.wordWithin(i+1, min(end, i+4), p.particle) {
			return verb{act: p.act, form: p.form}, 1
		}
	}
	if v, ok := verbs[w]; ok {
		return v, 1
	}
	return verb{}, 0
}

// wordWithin reports whether a word stands among the tokens from i to end.
func (a *analysis) wordWithin(i, end int, w string) bool {
	for ; i < end; i++ {
		if a.word(i) == w {
			return true
		}
	}
	return false
}

// nominal reports whether the word at i, which spells a verb, is a noun or an
// adjective there: behind an article, an adjective or a preposition, or before
// "of".
func (a *analysis) nominal(i int, v verb, before []item) bool {
	if a.toks[i].cap && i > 0 && !a.toks[i].para && a.toks[i-1].cap && !a.toks[i].upper {
		return true
	}
	noun := v.form&(formBase|formS) != 0
	if len(before) == 0 {
		return noun && v.form&(formPast|formPart) == 0
	}
	p := &before[len(before)-1]
	switch {
	case oneOf(a.word(i), "tender", "order") && p.kind == itWord && !modalForms.has(p.hash) && !oneOf(a.word(p.from), "to", "not"):
		return true
	case a.nounAdjunct(i, v), p.kind == itMoney, a.toks[p.to-1].poss && (noun || v.form&formIng != 0):
		return true
	case p.kind == itPaper:
		return v.form&formBase != 0 && !oneOf(a.word(i+1), "by", "for")
	case p.kind == itVerb:
		return noun && v.form&formPart == 0 && a.toks[i].gap == sepSpace
	case p.kind != itWord:
		return false
	case articles.has(p.hash):
		return !(a.word(p.from) == "that" && v.form&(formS|formPast) != 0)
	case prepositions.has(p.hash) && a.word(p.from) != "to", adjectives.has(p.hash):
		return noun
	}
	return false
}

// nounAdjunct reports whether the word at i stands as a noun before another:
// "court services contract", "monitoring work".
func (a *analysis) nounAdjunct(i int, v verb) bool {
	if v.act != actRun || v.form&(formPast|formPart) != 0 || i+1 >= len(a.toks) || a.word(i-1) == "to" {
		return false
	}
	next := a.toks[i+1].hash
	return contractWords.has(next) || workWords.has(next)
}

// adjectives stand before nouns that spell like verbs: "a full review".
var adjectives = hashSet("full new major big huge urgent independent public government internal external latest recent successful winning joint rival initial further preferred key final original existing current previous lucrative controversial multi-year long-term sole total annual own")
