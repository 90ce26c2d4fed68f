// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"sync"

	"github.com/jdkato/prose/v2"

	"github.com/copytaster/copytaster"
)

// speech tells proper nouns from other words that a sentence begins with, by
// prose's part-of-speech tagger. Its model is loaded at the first question
// (about 0.3 s of CPU), and asked only about sentences that hold a contract or a
// verb of the list and begin with one unlisted capitalised word that nothing
// else decides: some 0.05 ms each. It is one sign among others, never the judge:
// prose calls Capita a place.
type speech struct {
	once  sync.Once
	model *prose.Model
}

// load reads the model. A program without it goes by the other signs.
func (p *speech) load() {
	d, err := prose.NewDocument("Ready.", prose.WithSegmentation(false), prose.WithExtraction(false))
	if err == nil {
		p.model = d.Model
	}
}

// proper reports whether the first word of a sentence is a proper noun; known is
// false where the tagger cannot say.
func (p *speech) proper(sentence string) (proper, known bool) {
	p.once.Do(p.load)
	if p.model == nil {
		return false, false
	}
	d, err := prose.NewDocument(sentence, prose.WithSegmentation(false), prose.WithExtraction(false), prose.UsingModel(p.model))
	if err != nil || len(d.Tokens()) == 0 {
		return false, false
	}
	return strings.HasPrefix(d.Tokens()[0].Tag, "NNP"), true
}

// taggedAhead is how many words behind the one in question are tagged too: the
// tagger looks at two.
const taggedAhead = 2

// decide asks the tagger about the word that begins the sentence, where nothing
// else tells whether it is a name.
func (v *view) decide() {
	if v.speech == nil || len(v.its) == 0 {
		return
	}
	i := 0
	for i < len(v.its) && v.its[i].kind == itMark {
		i++
	}
	if i == len(v.its) || v.its[i].kind != itName || !v.undecided(v.its[i].name) {
		return
	}
	n := &v.names[v.its[i].name]
	end := v.toks[min(n.to+taggedAhead, v.s.to)-1].end
	if proper, known := v.speech.proper(v.text[n.start:end]); known && !proper {
		n.like -= 4
	}
}

// undecided reports whether a name is one unlisted word, with no sign for or
// against it, that the text does not capitalise inside a sentence either.
func (a *analysis) undecided(i int) bool {
	n := &a.names[i]
	if n.ent >= 0 || n.like != 0 || n.to-n.from != 1 || n.role != copytaster.RoleOther {
		return false
	}
	return !a.parties[n.party].midway
}
