// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"html"
	"strings"

	"golang.org/x/net/html/atom"
)

// findTitle is the headline without the site's name. Where a news page states it
// in its markup, in OpenGraph and in JSON-LD, two that agree win, and OpenGraph
// where all differ: there the page's heading is usually a shorter one for the
// front page or has its kicker in it. The title element is written for search
// engines: of heading and OpenGraph the one that it repeats was too. Elsewhere the
// heading wins.
func (p *page) findTitle() string {
	ld := ldString(p.head.ldArticle(), "headline")
	site := p.head.first("og:site_name", "application-name")
	whole := html.UnescapeString(p.head.first("og:title", "twitter:title", "dc.title"))
	og := cutSite(whole, site)
	h1 := p.headline(whole)
	a, b, c := hashText(h1), hashText(og), hashText(ld)
	news := p.head.typeSignal() == typeNews
	switch {
	case news && og != "" && (strings.HasSuffix(h1, og) || p.forSearch(h1) && !p.forSearch(og)):
		return og
	case h1 != "" && (a == b || a == c):
		return h1
	case og != "" && ld != "" && news:
		return og
	case h1 != "":
		return h1
	case ld != "" && !strings.HasSuffix(ld, "..."):
		return ld
	case og != "":
		return og
	}
	if p.head.title != "" {
		return cutSite(p.head.title, site)
	}
	return p.firstHeading()
}

// forSearch reports whether the page's title element starts with a title.
func (p *page) forSearch(title string) bool {
	return title != "" && strings.HasPrefix(strings.ToLower(p.head.title), strings.ToLower(title))
}

// firstHeading is the first h1 of a page that has no title.
func (p *page) firstHeading() string {
	for i := range p.blocks {
		if b := &p.blocks[i]; b.tag == atom.H1 && b.links == 0 {
			return fold(b.text)
		}
	}
	return ""
}

// headline is the heading that shares most words with what the head calls the
// page: an h1, or a lower one that does so much better.
func (p *page) headline(og string) string {
	const most = 30 // headings: the headline is no later one
	best, text, seen := 0.0, "", 0
	title, graph, bare := wording(p.head.title), wording(og), wording(cutSite(p.head.title, ""))
	for i := range p.blocks {
		b := &p.blocks[i]
		if !heading(b.tag) || b.words < 2 || b.words > 50 {
			continue
		}
		if seen++; seen > most && b.tag != atom.H1 {
			continue
		}
		own := wording(b.text)
		s := max(own.alike(title), own.alike(graph), own.alike(bare))
		near := max(own.overlap(title), own.overlap(graph))
		if b.tag != atom.H1 {
			s -= 0.25
			near = s
		}
		if near >= 0.5 && s > best {
			best, text = s, b.text
		}
	}
	return fold(text)
}

// worded is a short text as its words, case folded.
type worded struct {
	list []string
	has  map[string]bool
}

func wording(s string) worded {
	w := worded{list: strings.Fields(strings.ToLower(s))}
	w.has = make(map[string]bool, len(w.list))
	for _, word := range w.list {
		w.has[word] = true
	}
	return w
}

// alike is the harmonic mean of the shares of words that two titles have in
// common.
func (w worded) alike(other worded) float64 {
	x, y := w.overlap(other), other.overlap(w)
	if x+y == 0 {
		return 0
	}
	return 2 * x * y / (x + y)
}

// overlap is the share of the words that the other has too.
func (w worded) overlap(other worded) float64 {
	both := 0
	for _, word := range w.list {
		if other.has[word] {
			both++
		}
	}
	if len(w.list) == 0 {
		return 0
	}
	return float64(both) / float64(len(w.list))
}

// cutSite takes the site's name off the end or the start of a title.
func cutSite(title, site string) string {
	if rest, ok := strings.CutSuffix(title, site); ok && site != "" {
		if cut := strings.TrimRight(rest, " -–—|｜:：·•»/"); cut != "" && cut != rest {
			return cut
		}
	}
	for _, sep := range []string{" | ", " - ", " – ", " — ", " :: ", " » ", " / ", " • ", " · ", "｜"} {
		i := strings.LastIndex(title, sep)
		if i <= 0 {
			continue
		}
		left, right := title[:i], title[i+len(sep):]
		switch {
		case site != "" && strings.EqualFold(right, site):
			return left
		case site != "" && strings.EqualFold(left, site):
			return right
		case sep != " - " && len(strings.Fields(right)) <= 4 && len(strings.Fields(left)) >= 3:
			return left
		case len(strings.Fields(right)) <= 3 && len(strings.Fields(left)) >= 4:
			return left
		}
	}
	return title
}
