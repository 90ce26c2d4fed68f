// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"

	"github.com/copytaster/copytaster"
	"golang.org/x/text/unicode/norm"
)

// result assembles what zone has decided.
func (p *page) result() Result {
	r := Result{Revision: Revision, Confidence: p.confidence()}
	r.Blocks = make([]Block, len(p.blocks))
	p.assemble(&r)
	p.describe(&r)
	return r
}

// zone decides body or not for every block, and what the rest is.
func (p *page) zone() {
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.prob >= bodyLine {
			b.zone = copytaster.ZoneBody
			continue
		}
		b.zone = p.zoneOf(b)
	}
}

// assemble joins the blocks into the body and its asides.
func (p *page) assemble(r *Result) {
	var text strings.Builder
	for i := range p.blocks {
		b := &p.blocks[i]
		s := norm.NFC.String(b.text)
		r.Blocks[i] = Block{Text: s, Zone: b.zone, Body: b.prob}
		switch b.zone {
		case copytaster.ZoneBody:
			if text.Len() > 0 {
				text.WriteString("\n\n")
			}
			text.WriteString(s)
		case zoneChrome, copytaster.ZoneHeading:
		default:
			p.addAside(r, i, copytaster.Aside{Zone: b.zone, Text: s, At: text.Len()})
		}
	}
	r.Text = text.String()
}

// addAside appends a, or joins it to the last one where both stand at the same
// place in the same zone: of comments only the paragraphs of one.
func (p *page) addAside(r *Result, i int, a copytaster.Aside) {
	n := len(r.Asides)
	b := &p.blocks[i]
	if n > 0 && r.Asides[n-1].Zone == a.Zone && r.Asides[n-1].At == a.At && p.lastGroup == b.group {
		r.Asides[n-1].Text += "\n\n" + a.Text
		return
	}
	p.lastGroup = b.group
	r.Asides = append(r.Asides, a)
}

// confidence is how sure the blocks' judgements are, weighed by their words.
func (p *page) confidence() float64 {
	var sure, all float64
	for i := range p.blocks {
		b := &p.blocks[i]
		w := float64(b.words)
		if b.prob < 0.02 {
			continue
		}
		sure += w * 2 * max(b.prob-0.5, 0.5-b.prob)
		all += w
	}
	if all == 0 {
		return 0
	}
	return sure / all
}
