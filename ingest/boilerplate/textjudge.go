// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"

	"github.com/copytaster/copytaster"
)

// textLine is the probability from which a paragraph of a text is body: chosen by
// cross-validation, above one half because the words of menus and teasers read
// more like an article's once their tags are gone.
const textLine = 0.58

// textSure is the mean probability of a text's body from which textLine holds.
const textSure = 0.85

// rowSize is room for the features of a paragraph, those of both stages.
const rowSize = 384

// judge gives every paragraph the probability that it is body.
func (p *plain) judge() {
	if !p.flattened() {
		for i := range p.blocks {
			p.blocks[i].prob = 1
		}
		return
	}
	view := p.look()
	rows := make([][]float32, len(p.blocks))
	for i := range p.blocks {
		rows[i] = p.lineFeatures(i, p.features(i, view, make([]float32, 0, rowSize)))
		p.blocks[i].first = firstTextStage.odds(rows[i])
	}
	heard := p.listen()
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.prob = b.first; b.first >= settled {
			b.prob = secondTextStage.odds(p.secondFeatures(i, heard, rows[i]))
		}
	}
}

// Signs from which a text is taken for a page without its tags: lines that name
// themselves as chrome among short ones, or, in any language, a long run of short
// lines in a text that is made of them and still has paragraphs.
const (
	flatSigns = 4
	flatLines = 40
	flatRun   = 10
	flatProse = 3
)

// flattened reports whether the text shows signs of a page's widgets. A text of
// more paragraphs than a page has blocks is no page's.
func (p *plain) flattened() bool {
	signs, short, prose, run, longest := 0, 0, 0, 0, 0
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.prose() {
			prose++
		}
		if b.words > 12 || p.places[i].url || b.ends {
			run = 0
			continue
		}
		short++
		run++
		longest = max(longest, run)
		signs += tells(b)
	}
	n := len(p.blocks)
	switch {
	case n > maxBlocks:
		return false
	case signs >= flatSigns && short*4 > n:
		return true
	}
	return n >= flatLines && short*2 > n && longest >= flatRun && prose >= flatProse
}

// tells weighs how much a short line tells of a page's widgets.
func tells(b *block) int {
	const telling = cueSubscribe | cueShare | cueComments | cueCopyright | cueAd | cueNav | cueTags | cuePrivacy | cueMore
	switch {
	case isMore(b.text) || announces(b.text) || isJobLine(b):
		return 2
	case b.cues&telling != 0:
		return 1
	}
	return 0
}

// lineFeatures appends what only the lines of a text tell.
func (p *plain) lineFeatures(i int, x []float32) []float32 {
	n := len(p.blocks)
	before, after := 0, 0
	for j := i - 1; j >= 0 && j > i-30 && !p.blocks[j].prose(); j-- {
		before++
	}
	for j := i + 1; j < n && j < i+30 && !p.blocks[j].prose(); j++ {
		after++
	}
	x = append(x, float32(before), float32(after), p.likeness(i, i-1), p.likeness(i, i+1), p.likeness(i, i+2), p.likeness(i, i-2))
	for _, d := range [4]int{-2, -1, 1, 2} {
		j := i + d
		if j < 0 || j >= n {
			x = p.noLine(d, x)
			continue
		}
		b := &p.blocks[j]
		x = append(x, bit(b.starts), ratio(float64(b.capital), b.words), bit(b.prose()), float32(b.copies), ratio(float64(b.digits), b.chars))
		if d == -1 || d == 1 {
			for c := range cueCount {
				x = append(x, bit(b.cues&(1<<c) != 0))
			}
		}
	}
	return x
}

// noLine stands for a neighbour beyond the ends of the text.
func (p *plain) noLine(d int, x []float32) []float32 {
	n := 5
	if d == -1 || d == 1 {
		n += cueCount
	}
	for range n {
		x = append(x, -1)
	}
	return x
}

// likeness is the share of words that two paragraphs have in common: a title and
// its teaser stand side by side.
func (p *plain) likeness(i, j int) float32 {
	if j < 0 || j >= len(p.blocks) {
		return -1
	}
	return float32(p.wordings[i].overlap(p.wordings[j]))
}

// zone decides body or not for every paragraph, and what the rest is.
func (p *plain) zone() {
	for i := range p.blocks {
		if p.places[i].url {
			p.blocks[i].prob = 0
		}
	}
	line := p.line()
	for i := range p.blocks {
		b := &p.blocks[i]
		switch {
		case p.places[i].url:
			b.zone = zoneChrome
		case b.prob >= line:
			b.zone = copytaster.ZoneBody
		default:
			b.zone = p.lineZone(b)
		}
	}
	p.listed()
	p.sections()
	p.sure = p.standout()
}

// line is the probability from which a paragraph is body: as on a page, a text of
// whose body the classifier is not sure has a line of its own.
func (p *plain) line() float64 {
	if words, mean := p.above(textLine); words > 0 && mean < textSure {
		return p.ownLine()
	}
	return textLine
}

// lineZone says what a line is that is not body.
func (p *plain) lineZone(b *block) copytaster.Zone {
	switch {
	case b.cues&cueJobs != 0 && b.words < 40:
		return copytaster.ZoneJobs
	case b.cues&cueCredit != 0 && b.words >= 4:
		return copytaster.ZoneCaption
	case b.cues&cueMore != 0:
		return copytaster.ZoneRelated
	case b.cues&cueSubscribe != 0 && b.words >= 6:
		return copytaster.ZonePromo
	case b.cues&cueCopyright != 0 && b.words >= 6 || strings.HasPrefix(b.text, "©"):
		return copytaster.ZoneNotice
	}
	return zoneChrome
}
