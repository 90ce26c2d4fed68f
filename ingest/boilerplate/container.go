// SPDX-License-Identifier: Apache-2.0

package boilerplate

import "golang.org/x/net/html/atom"

const nameUnlikely = nameComment | nameRelated | nameShare | nameNav | nameFooter | nameSide | namePromo | nameAd | nameConsent | nameJobs | namePager | namePopup

// findContainer scores the boxes as containers of the article and keeps the
// best: paragraphs of sentences give points to the boxes around them, the nearer
// the more, as in Arc90's Readability (2009).
func (p *page) findContainer() {
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.box < 0 || !b.prose() {
			continue
		}
		points := 1 + float64(min(b.commas, 5)) + float64(min(b.words, 200))/8
		if p.boxes[b.box].path&(nameUnlikely) != 0 {
			points /= 2
		}
		share := 1.0
		at := b.box
		if b.tag == atom.P || b.tag == atom.Li || b.tag == atom.H2 {
			at = p.boxes[at].parent
		}
		for n := 0; at >= 0 && n < 6; n++ {
			p.boxes[at].score += points * share
			share *= 0.7
			at = p.boxes[at].parent
		}
	}
	top := 0.0
	for i := range p.boxes {
		x := &p.boxes[i]
		s := x.score * (1 - x.linkShare()) * likely(x)
		if s > top {
			top, p.best = s, int32(i)
		}
	}
}

// likely weighs a box by its names.
func likely(x *box) float64 {
	w := 1.0
	if x.own&(nameBody|nameItemBody) != 0 {
		w *= 1.3
	}
	if x.own&(nameContent|nameArticle|nameEntry|nameText) != 0 || x.tag == atom.Article || x.tag == atom.Main {
		w *= 1.15
	}
	if x.path&(nameComment|nameRelated|nameFooter|nameConsent|nameAd) != 0 || x.tags&(inFooter|inNav|inAside) != 0 {
		w *= 0.5
	}
	if x.hidden {
		w *= 0.6
	}
	return w
}

// inside reports whether box i stands in box outer.
func (p *page) inside(i, outer int32) bool {
	for i > outer { // a box has a higher index than the boxes around it
		i = p.boxes[i].parent
	}
	return i == outer && outer >= 0
}
