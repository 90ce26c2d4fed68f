// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"regexp"
	"strings"

	"golang.org/x/net/html/atom"
)

// postShare is how much of the words in one kind of box must be taken for posts.
const postShare = 0.3

// overrule corrects the classifier where the page leaves no doubt: the headline
// and its copies are metadata, a line that leads to another article is not this
// one's, reader comments are none unless the page is a thread.
func (p *page) overrule() {
	title := hashText(p.title)
	if p.titleAt >= 0 {
		title = p.blocks[p.titleAt].hash
	}
	thread := p.thread
	foreign := p.foreign(thread)
	for i := range p.blocks {
		b := &p.blocks[i]
		switch {
		case i == p.titleAt, heading(b.tag) && (b.hash == title || p.endsTitle(b)):
			b.prob = 0
		case b.tag == atom.Figcaption:
			b.prob = 0
		case leadsAway(b), b.words <= 4 && isMore(b.text), p.labelsAdvert(b):
			b.prob = min(b.prob, 0.1)
		case b.box >= 0 && (p.boxes[b.box].other || p.boxes[b.box].path&foreign != 0 || b.cues&cueSubscribe != 0 && p.asks(b)):
			b.prob = min(b.prob, 0.1)
		}
	}
	p.keepQuoted()
	p.keepHeadings()
	if thread {
		p.keepPosts()
		p.dropQuoted()
		p.signPosts()
		p.dropProfiles()
		return
	}
	p.trim()
}

// keepPosts keeps, in a thread, every block in the same kind of box as those that
// the classifier takes for posts on the whole.
func (p *page) keepPosts() {
	type kind struct {
		body, words float64
		n           int
	}
	kinds := map[uint64]kind{}
	for i := range p.blocks {
		b := &p.blocks[i]
		k, w := kinds[p.sig(b)], float64(b.words)
		kinds[p.sig(b)] = kind{k.body + b.prob*w, k.words + w, k.n + 1}
	}
	for i := range p.blocks {
		b := &p.blocks[i]
		if k := kinds[p.sig(b)]; k.n >= 3 && k.body >= postShare*k.words && b.linkShare() < 0.7 {
			b.prob = max(b.prob, bodyLine)
		}
	}
}

// endsTitle reports whether a heading that names itself a title is the end of the
// page's title, behind the site's name: "Public Money: Gone walking".
func (p *page) endsTitle(b *block) bool {
	if b.box < 0 || p.boxes[b.box].own&nameTitle == 0 || b.chars < 4 {
		return false
	}
	site, ok := strings.CutSuffix(p.head.title, b.text)
	site = strings.TrimRight(site, " ")
	return ok && site != "" && strings.ContainsAny(site[len(site)-1:], ":|-")
}

// asks reports whether a block stands in a box that asks readers to subscribe: a
// promotion, or the bar before the rest of an article.
func (p *page) asks(b *block) bool {
	x := &p.boxes[b.box]
	return x.path&namePromo != 0 && b.words < 60 || (x.own|p.parentOwn(b.box))&namePaywall != 0 && b.words < 30
}

// labelsAdvert reports whether a block is the label of an advertisement.
func (p *page) labelsAdvert(b *block) bool {
	return b.words <= 2 && b.cues&cueAd != 0 && !b.ends && !heading(b.tag) && p.outsideLists(b)
}

// leastQuote is the number of words from which a copy of a paragraph is a quote.
const leastQuote = 8

// dropQuoted drops, in a thread, what repeats a paragraph of an earlier post: the
// quote above an answer.
func (p *page) dropQuoted() {
	seen := map[uint64]bool{}
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.prob < bodyLine || b.words < leastQuote {
			continue
		}
		if seen[b.hash] {
			b.prob = 0.1
		}
		seen[b.hash] = true
	}
}

// profileLine counts what somebody has done in a forum: "Posts: 41 Joined: 2019".
var profileLine = regexp.MustCompile(`(?i)\b(?:posts|messages|joined|registered|reputation|beiträge|registriert|mitglied seit)\s?:\s?\S`)

// dropProfiles drops, in a thread, the lines that count what its authors have done.
func (p *page) dropProfiles() {
	for i := range p.blocks {
		if b := &p.blocks[i]; b.prob >= bodyLine && b.words <= signWords && !b.ends && profileLine.MatchString(b.text) {
			b.prob = 0.1
		}
	}
}

// foreign is the names of boxes whose text is not the article's: of comments
// unless the page is a thread, of related articles unless most of what reads as
// body stands in such a box.
func (p *page) foreign(thread bool) names {
	related, all := 0, 0
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.prob < bodyLine || b.box < 0 {
			continue
		}
		all += b.words
		if p.boxes[b.box].path&nameRelated != 0 {
			related += b.words
		}
	}
	var out names
	if !thread {
		out |= nameComment
	}
	if related*10 < all*6 {
		out |= nameRelated
	}
	return out
}

// keepHeadings keeps a sub-heading between two paragraphs of the body that stand
// beside it, and one above a paragraph of the body where most of its kind are kept.
func (p *page) keepHeadings() {
	kinds := p.headingKinds()
	for i := 1; i+1 < len(p.blocks); i++ {
		b, prev, next := &p.blocks[i], &p.blocks[i-1], &p.blocks[i+1]
		if !subHeading(b) || b.prob >= bodyLine || next.prob < bodyLine {
			continue
		}
		k := kinds[p.sig(b)]
		usual := k.all >= leastKind && k.kept*2 >= k.all
		if usual && b.prob > 0.05 || b.prob > 0.15 && prev.prob >= bodyLine && p.beside(b, prev) && p.beside(b, next) {
			b.prob = bodyLine
		}
	}
}

// leastKind is the number of sub-headings from which they speak for each other.
const leastKind = 4

// headingKind counts the sub-headings of one kind.
type headingKind struct{ kept, all int }

func (p *page) headingKinds() map[uint64]headingKind {
	kinds := map[uint64]headingKind{}
	for i := range p.blocks {
		b := &p.blocks[i]
		if !subHeading(b) {
			continue
		}
		k := kinds[p.sig(b)]
		if k.all++; b.prob >= bodyLine {
			k.kept++
		}
		kinds[p.sig(b)] = k
	}
	return kinds
}

func subHeading(b *block) bool {
	return heading(b.tag) && b.tag != atom.H1 && b.linkShare() < 0.5 && b.cues&cueMore == 0
}

// beside reports whether two blocks stand in boxes of one parent.
func (p *page) beside(a, b *block) bool {
	return a.box >= 0 && b.box >= 0 && p.boxes[a.box].parent == p.boxes[b.box].parent
}

// trim takes from the ends of the body what only labels it: lines of a date or an
// author, headings of nothing, a word or two.
func (p *page) trim() {
	for i := range p.blocks {
		if b := &p.blocks[i]; b.prob >= bodyLine {
			if !p.dates(b) && !p.labels(b) && !(b.linkShare() > 0.9 && b.links > 1 && b.words <= 12) {
				break
			}
			b.prob = 0.1
		}
	}
	for i := len(p.blocks) - 1; i >= 0; i-- {
		if b := &p.blocks[i]; b.prob >= bodyLine {
			if !p.dates(b) && !p.dangles(b) {
				break
			}
			b.prob = 0.1
		}
	}
}

// dates reports whether a block is a line of a date and a name and nothing else.
func (p *page) dates(b *block) bool {
	return b.words <= 10 && !b.ends && b.digits > 0 && !heading(b.tag) && (p.outsideLists(b) || b.boldChars*10 >= b.chars*9) && findDay(b.text).Known()
}

// labels reports whether a block above the body is an entry of the page's data:
// who published it, and when.
func (p *page) labels(b *block) bool {
	if b.ends || b.words > 10 || b.box < 0 {
		return false
	}
	return (b.tag == atom.Dd || b.tag == atom.Dt) && p.boxes[b.box].path&(nameMeta|nameDate|nameByline) != 0
}

// dangles reports whether a block at the end of the body ends nothing.
func (p *page) dangles(b *block) bool {
	return heading(b.tag) && b.words <= signWords && p.outsideLists(b) || b.words <= 3 && !b.ends && b.digits == 0 && p.outsideLists(b) && !strings.ContainsAny(b.text, `"”»`)
}

func (p *page) outsideLists(b *block) bool {
	return b.box < 0 || p.boxes[b.box].tags&(inList|inTable|inQuote|inPre) == 0
}

// keepQuoted keeps embedded posts that stand between paragraphs of the body.
func (p *page) keepQuoted() {
	last := -1
	for i := range p.blocks {
		b := &p.blocks[i]
		if !p.embedded(i) {
			if b.prob >= bodyLine {
				last = i
			}
			continue
		}
		next := i + 1
		for next < min(len(p.blocks), i+8) && p.embedded(next) {
			next++
		}
		if last >= 0 && i-last <= 8 && p.resumesAt(next) {
			b.prob = max(b.prob, bodyLine)
		}
	}
}

// embedded reports whether block i belongs to a post of a social network.
func (p *page) embedded(i int) bool {
	x := p.boxOf(&p.blocks[i])
	return x != nil && x.tags&inQuote != 0 && x.path&nameEmbed != 0
}

// resumesAt reports whether block i or the one after it is body.
func (p *page) resumesAt(i int) bool {
	for j := i; j < min(len(p.blocks), i+2); j++ {
		if p.blocks[j].prob >= bodyLine {
			return true
		}
	}
	return false
}
