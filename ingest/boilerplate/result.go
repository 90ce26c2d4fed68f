// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"cmp"
	"slices"
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
	p.overrule()
	line := p.line()
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.prob >= line {
			b.zone = copytaster.ZoneBody
			continue
		}
		b.zone = p.zoneOf(b)
	}
	p.gatherComments()
	p.announced()
}

const (
	// few is the number of words below which a body is looked for again, with less
	// demanded of it.
	few = 20
	// sure is the mean probability of a body from which bodyLine holds.
	sure = 0.9
)

// line is the probability from which a block is body. On a page of a form that
// the classifier knows little of, all blocks are near the middle, and what stands
// out is the body: there the page's own best line holds. On a page on which next to
// nothing is above bodyLine, it is half of that.
func (p *page) line() float64 {
	words, mean := p.above(bodyLine)
	switch {
	case words < few:
		return bodyLine / 2
	case p.thread || mean >= sure: // in a thread the rules for posts have drawn the line already
		return bodyLine
	}
	return p.ownLine()
}

// above counts the words of the blocks from a probability on, and says how likely
// they are body on the mean. What a host's model has against one of them is no
// doubt about the page.
func (p *page) above(line float64) (words int, mean float64) {
	sum := 0.0
	for i := range p.blocks {
		if b := &p.blocks[i]; b.prob >= line {
			words += b.words
			sum += max(b.prob, b.alone) * float64(b.words)
		}
	}
	return words, sum / float64(max(1, words))
}

// ownLine is the line at which the F1 that the probabilities promise is highest
// (Lipton, Elkan and Narayanaswamy, 2014, with means for the sums).
func (p *page) ownLine() float64 {
	order := make([]int, len(p.blocks))
	all := 0.0
	for i := range p.blocks {
		order[i] = i
		all += p.blocks[i].prob * float64(p.blocks[i].words)
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(p.blocks[j].prob, p.blocks[i].prob) })
	line, best, kept, right := bodyLine, 0.0, 0.0, 0.0
	for _, i := range order {
		b := &p.blocks[i]
		kept += float64(b.words)
		right += b.prob * float64(b.words)
		if f := 2 * right / (kept + all); f > best {
			line, best = b.prob, f
		}
	}
	return line
}

// assemble joins the blocks into the body and its asides.
func (p *page) assemble(r *Result) {
	var text strings.Builder
	var asides gather
	for i := range p.blocks {
		b := &p.blocks[i]
		s := norm.NFC.String(b.text)
		r.Blocks[i] = Block{Text: s, Zone: b.zone, Body: b.prob, Alone: p.bodyAlone(b)}
		if !p.thread {
			r.Blocks[i].Kind = p.kindOf(b)
		}
		switch b.zone {
		case copytaster.ZoneBody:
			if text.Len() > 0 {
				text.WriteString("\n\n")
			}
			text.WriteString(s)
		case zoneChrome, copytaster.ZoneHeading:
		default:
			a := copytaster.Aside{Zone: b.zone, Text: s, At: text.Len()}
			if m := p.remarks[b.group]; m != nil && b.zone == copytaster.ZoneComment {
				a.Author, a.Published = m.author, m.date
			}
			asides.add(a, b.group)
		}
	}
	r.Asides = asides.all()
	r.Text = text.String()
}

// bodyAlone reports whether a block would be body without the host's model and
// without a line of the page's own. The model learns from this, not from its own
// word nor from a doubtful page's, so that a mistake of one page does not grow.
func (p *page) bodyAlone(b *block) bool {
	if alone := b.alone >= bodyLine; alone != (b.moved >= bodyLine) {
		return alone
	}
	return b.zone == copytaster.ZoneBody && b.prob >= bodyLine
}

// gather collects asides; the paragraphs of one are joined at the end, so that a
// thousand of them cost no more than their length.
type gather struct {
	asides []copytaster.Aside
	parts  [][]string
	group  int32
}

// add appends a, or joins it to the last one where both stand at the same place
// in the same zone: of comments only the paragraphs of one.
func (g *gather) add(a copytaster.Aside, group int32) {
	n := len(g.asides)
	if n > 0 && g.asides[n-1].Zone == a.Zone && g.asides[n-1].At == a.At && g.group == group {
		g.parts[n-1] = append(g.parts[n-1], a.Text)
		return
	}
	g.group = group
	g.asides, g.parts = append(g.asides, a), append(g.parts, []string{a.Text})
}

func (g *gather) all() []copytaster.Aside {
	for i := range g.asides {
		g.asides[i].Text = strings.Join(g.parts[i], "\n\n")
	}
	return g.asides
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
