// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"bytes"
	"fmt"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// MaxPage is the number of bytes of a page that are read; the rest is cut off.
const MaxPage = 12 << 20

// page is a parsed page: its blocks in the tree of their boxes, and what its
// head says.
type page struct {
	url      string
	lexis    *Lexis
	blocks   []block
	boxes    []box
	head     head
	words    int
	title    string
	remarks  map[int32]*remark // by the group of their blocks
	posts    posts
	traced   [][]string      // by box, for the trainer alone
	thread   bool            // the posts are the content
	titleAt  int             // block that repeats the title, -1 where none does
	first    int             // the first block of the body, or the headline, once it is known
	last     int             // and the last
	best     int32           // the box that scores best as the article's container, -1 where none does
	jsonBody map[uint64]bool // hashes of runs of words of a JSON-LD articleBody
}

// parsePage parses in and reads its blocks. An error means that the markup is
// nested beyond what the parser takes.
func parsePage(in Input) (*page, error) { return parseWith(in, shippedLexis(), false) }

// parseWith is parsePage with another lexis; traced, the page keeps the words of
// its boxes' names.
func parseWith(in Input, l *Lexis, traced bool) (*page, error) {
	body := in.HTML
	if len(body) > MaxPage {
		body = body[:MaxPage]
	}
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("parse page %s: %w", in.URL, err)
	}
	return readPage(root, in.URL, l, traced), nil
}

func readPage(root *html.Node, url string, l *Lexis, traced bool) *page {
	p := &page{url: url, titleAt: -1, best: -1, lexis: l, blocks: make([]block, 0, 256), boxes: make([]box, 0, 512)}
	w := walker{page: p, rule: ruleFor(url), lex: lexer{words: vocabulary(), lexis: l, seen: map[string]said{}}, traced: traced}
	w.node(root, context{box: -1})
	w.flush(-1)
	p.finish()
	return p
}

// finish adds up what the boxes hold.
func (p *page) finish() {
	words := phrases()
	for i := range p.blocks {
		b := &p.blocks[i]
		b.cues = readCues(b.text, words)
		p.words += b.words
		if b.box < 0 {
			continue
		}
		x := &p.boxes[b.box]
		x.words += b.words
		x.linkWords += b.linkShare() * float64(b.words)
		if b.prose() {
			x.proseWords += b.words
		}
	}
	for i := len(p.boxes) - 1; i > 0; i-- {
		x := &p.boxes[i]
		if x.parent < 0 {
			continue
		}
		up := &p.boxes[x.parent]
		up.words += x.words
		up.linkWords += x.linkWords
		up.proseWords += x.proseWords
	}
	p.readHead()
	p.findPosts()
	if p.thread = p.isThread(); !p.thread {
		p.readerPosts()
	}
	p.paths()
	p.siblings()
	p.otherArticles()
	p.findContainer()
}

// paths hands down what the names of boxes say. A box that holds the headline, or
// nearly the whole page, speaks of the page and not of its text ("has-sidebar",
// "comments-open"): only what it says for the article counts.
func (p *page) paths() {
	const friendly = nameBody | nameContent | nameText | nameArticle | nameEntry | nameMain | nameItemBody | namePost | nameThread
	top := p.headlineAt()
	posted := p.thread && !p.answersApart()
	for i := range p.boxes {
		x := &p.boxes[i]
		if posted && x.own&nameComment != 0 { // in a thread the comments are the posts
			x.own = x.own&^nameComment | namePost
		}
		x.path = x.own
		if x.words*5 > p.words*4 || x.first <= top && top < x.end && x.words*4 > p.words {
			x.path &= friendly
			x.own &= friendly
		}
		if x.parent >= 0 {
			x.path |= p.boxes[x.parent].path
		}
	}
}

// headlineAt is the block of the headline, else of the first h1, -1 where there
// is none.
func (p *page) headlineAt() int32 {
	if p.titleAt >= 0 {
		return int32(p.titleAt)
	}
	for i := range p.blocks {
		if p.blocks[i].tag == atom.H1 {
			return int32(i)
		}
	}
	return -1
}

// siblings counts, for each box, the boxes beside it with the same tag and
// classes.
func (p *page) siblings() {
	type kin struct {
		parent int32
		sig    uint64
	}
	count := make(map[kin]int32, len(p.boxes))
	for i := range p.boxes {
		count[kin{p.boxes[i].parent, p.boxes[i].sig}]++
	}
	for i := range p.boxes {
		p.boxes[i].like = count[kin{p.boxes[i].parent, p.boxes[i].sig}]
	}
}

// box0 is the box of b, nil outside of every box.
func (p *page) boxOf(b *block) *box {
	if b.box < 0 {
		return nil
	}
	return &p.boxes[b.box]
}
