// SPDX-License-Identifier: Apache-2.0

package boilerplate

// bodyLine is the probability from which a block is body.
const bodyLine = 0.5

// judge gives every block the probability that it is body.
func (p *page) judge(site *SiteModel) {
	for i := range p.blocks {
		b := &p.blocks[i]
		b.prob = p.guess(b)
		if i == p.titleAt {
			b.prob = 0
		}
		if site != nil && site.boilerplate(b.hash) {
			b.prob = min(b.prob, 0.05)
		}
	}
}

func (p *page) guess(b *block) float64 {
	if b.box < 0 || p.best < 0 || !p.inside(b.box, p.best) {
		return 0.05
	}
	x := &p.boxes[b.box]
	outer := p.boxes[p.best].path
	switch {
	case (x.path&^outer)&nameUnlikely != 0, b.linkShare() > 0.6, x.tags&(inFigure|inForm|inNav|inFooter) != 0:
		return 0.2
	case b.words < 10 && !heading(b.tag) && b.cues&^(cueDate|cueList) != 0:
		return 0.2
	}
	return 0.8
}
