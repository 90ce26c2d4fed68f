// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"

	"github.com/copytaster/copytaster"
)

const (
	nameWho  = nameByline | nameUser
	maxClimb = 8 // boxes between a comment's text and the box of the comment
)

// remark is one reader comment.
type remark struct {
	author string
	date   copytaster.Date
}

// gatherComments groups the blocks in zone comment by the comment they belong
// to, reads who wrote each and when, and turns labels into chrome.
func (p *page) gatherComments() {
	signed := p.signedBoxes()
	p.remarks = map[int32]*remark{}
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.zone != copytaster.ZoneComment {
			continue
		}
		b.group = p.commentOf(b, signed)
		m := p.remarks[b.group]
		if m == nil {
			m = &remark{}
			p.remarks[b.group] = m
		}
		if p.isLabel(i, m) {
			b.zone = zoneChrome
		}
	}
	for _, t := range p.head.times {
		if t.block < len(p.blocks) {
			if m := p.remarks[p.blocks[t.block].group]; m != nil && p.blocks[t.block].group > 0 && !m.date.Known() {
				m.date = parseDate(t.value, copytaster.OriginMarkup)
			}
		}
	}
	p.policies()
}

// policies zones what stands among signed comments without a name or a date of
// its own, and speaks of comments: the site's rules.
func (p *page) policies() {
	signed := 0
	for _, m := range p.remarks {
		if m.author != "" || m.date.Known() {
			signed++
		}
	}
	for i := range p.blocks {
		b := &p.blocks[i]
		m := p.remarks[b.group]
		if signed > 0 && b.zone == copytaster.ZoneComment && b.cues&cueComments != 0 && m.author == "" && !m.date.Known() {
			b.zone = copytaster.ZoneNotice
		}
	}
}

// signedBoxes marks the boxes that hold the name or the date of somebody.
func (p *page) signedBoxes() []bool {
	signed := make([]bool, len(p.boxes))
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.zone != copytaster.ZoneComment || b.box < 0 || b.words > 12 || p.saidOf(b)&(nameWho|nameDate) == 0 {
			continue
		}
		for at, n := b.box, 0; at >= 0 && n < maxClimb; at, n = p.boxes[at].parent, n+1 {
			signed[at] = true
		}
	}
	return signed
}

// saidOf is what the names right around a block say.
func (p *page) saidOf(b *block) names {
	if b.box < 0 {
		return b.inline
	}
	return b.inline | p.boxes[b.box].own | p.parentOwn(b.box)
}

// commentOf numbers the comment that a block belongs to: the nearest box around
// it that holds a name or a date too.
func (p *page) commentOf(b *block, signed []bool) int32 {
	at := b.box
	for n := 0; at >= 0 && n < maxClimb; n++ {
		if signed[at] && p.boxes[at].words > b.words {
			return at + 1
		}
		at = p.boxes[at].parent
	}
	return b.box + 1
}

// isLabel reports whether block i is not a comment's text but its author, date
// or buttons, and notes what it says.
func (p *page) isLabel(i int, m *remark) bool {
	b := &p.blocks[i]
	said := p.saidOf(b)
	short := b.words <= 12
	switch {
	case b.words < 3 && b.linkShare() > 0.9, isReply(b.text), commentHeader.MatchString(b.text):
		if said&nameWho != 0 && m.author == "" && !isReply(b.text) {
			m.author = cleanName(b.text)
		}
		return true
	case short && said&nameWho != 0 && !b.ends:
		if m.author == "" {
			m.author = cleanName(commentAuthor(b.text))
		}
		if !m.date.Known() {
			m.date = findDay(b.text)
		}
		return true
	case short && (said&nameDate != 0 || b.cues&cueAgo != 0) && !b.ends:
		if !m.date.Known() {
			m.date = findDay(b.text)
		}
		return true
	}
	return short && heading(b.tag)
}

// commentAuthor is the name in "Name says:", "Name on 3 May".
func commentAuthor(s string) string {
	for _, sep := range []string{" says", " said", " sagt", " schrieb", " wrote", " on ", " am ", " • ", " - ", " | ", ","} {
		if i := strings.Index(s, sep); i > 0 {
			s = s[:i]
		}
	}
	if i := strings.IndexAny(s, "0123456789"); i > 0 && s[i-1] == ' ' { // the date behind the name
		s = s[:i]
	}
	return strings.TrimSpace(s)
}
