// SPDX-License-Identifier: Apache-2.0

package boilerplate

const (
	// bodyLine is the probability from which a block is body.
	bodyLine = 0.5
	// settled is the first stage's opinion below which the second is not asked.
	settled = 0.012
)

// judge gives every block the probability that it is body: the first stage
// looks at the block and what is around it, the second also at what the first
// made of its neighbours.
func (p *page) judge(site *SiteModel) {
	view := p.look()
	rows := make([][]float32, len(p.blocks))
	const width = 272
	flat := make([]float32, 0, len(p.blocks)*width)
	for i := range p.blocks {
		start := len(flat)
		flat = p.postFeatures(i, p.features(i, view, flat))
		rows[i] = flat[start:len(flat):len(flat)]
		p.blocks[i].first = firstStage.odds(rows[i])
	}
	heard := p.listen()
	buf := make([]float32, 0, 2*width)
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.prob = b.first; b.first >= settled {
			buf = p.secondFeatures(i, heard, append(buf[:0], rows[i]...))
			b.prob = secondStage.odds(buf)
		}
	}
	p.consult(site)
}

// consult moves the probabilities by what the host's model says. A thread's posts
// are judged as such, and one thread says nothing of another's. A model that
// would take most of a body knows another form of page, or learned from one that
// went wrong: then the page has the word alone.
func (p *page) consult(site *SiteModel) {
	body, lost := 0, 0
	for i := range p.blocks {
		b := &p.blocks[i]
		b.alone, b.moved = b.prob, b.prob
		if site != nil && !p.thread {
			b.moved = site.weigh(b, p.kindOf(b))
		}
		if b.alone >= bodyLine {
			body += b.words
			if b.moved < bodyLine {
				lost += b.words
			}
		}
	}
	for i := range p.blocks {
		b := &p.blocks[i]
		if lost*2 > body {
			b.moved = b.alone
		}
		b.prob = b.moved
	}
}
