// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// otherArticles marks what stands in an <article> that is not the headline's,
// where that one holds prose of its own: a comment or another article, as HTML
// defines the element. The entries of a live blog and the posts of a thread are
// articles too, and one that holds more prose than the headline's is the body.
func (p *page) otherArticles() {
	top := p.headlineAt()
	if top < 0 || p.thread || p.isLive() {
		return
	}
	of := p.articlesOf()
	if p.blocks[top].box < 0 || of[p.blocks[top].box] < 0 {
		return
	}
	home, prose := of[p.blocks[top].box], map[int32]int{}
	for i := range p.blocks {
		if b := &p.blocks[i]; b.box >= 0 && b.prose() {
			prose[of[b.box]] += b.words
		}
	}
	if prose[home] < leastArticle {
		return
	}
	for i := range p.boxes {
		if a := of[i]; a >= 0 && a != home && prose[a] <= prose[home] && !p.inside(home, a) && p.boxes[a].path&nameLive == 0 {
			p.boxes[i].other = true
		}
	}
}

// articlesOf is, by box, the nearest <article> around it or itself, -1 for none.
func (p *page) articlesOf() []int32 {
	of := make([]int32, len(p.boxes))
	for i := range p.boxes {
		x := &p.boxes[i]
		switch {
		case x.tag == atom.Article:
			of[i] = int32(i)
		case x.parent >= 0:
			of[i] = of[x.parent]
		default:
			of[i] = -1
		}
	}
	return of
}

// isLive reports whether the page says that it is a live blog.
func (p *page) isLive() bool {
	if path := strings.ToLower(p.url); strings.Contains(path, "/live") || strings.Contains(path, "liveticker") || strings.Contains(path, "live-ticker") {
		return true
	}
	for _, node := range p.head.ld {
		for _, t := range ldTypes(node) {
			if strings.HasSuffix(t, "LiveBlogPosting") {
				return true
			}
		}
	}
	return false
}
