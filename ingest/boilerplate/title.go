// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"html"
	"strings"

	"golang.org/x/net/html/atom"
)

// findTitle is the headline without the site's name.
func (p *page) findTitle() string {
	ld := p.head.ldArticle()
	site := firstOf(p.head.first("og:site_name", "application-name"), "")
	og := html.UnescapeString(p.head.first("og:title", "twitter:title", "dc.title"))
	h1 := p.headline(og)
	switch {
	case h1 != "":
		return h1
	case ldString(ld, "headline") != "" && !strings.HasSuffix(ldString(ld, "headline"), "..."):
		return ldString(ld, "headline")
	case og != "":
		return cutSite(og, site)
	}
	return cutSite(p.head.title, site)
}

// headline is the h1 that shares most words with what the head calls the page.
func (p *page) headline(og string) string {
	best, text := 0.0, ""
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.tag != atom.H1 || b.words < 2 || b.words > 50 {
			continue
		}
		s := max(overlap(b.text, p.head.title), overlap(b.text, og))
		if s > best {
			best, text = s, b.text
		}
	}
	if best >= 0.5 {
		return fold(text)
	}
	return ""
}

// overlap is the share of a's words that b has too.
func overlap(a, b string) float64 {
	in := map[string]bool{}
	for w := range strings.FieldsSeq(strings.ToLower(b)) {
		in[w] = true
	}
	n, both := 0, 0
	for w := range strings.FieldsSeq(strings.ToLower(a)) {
		n++
		if in[w] {
			both++
		}
	}
	if n == 0 {
		return 0
	}
	return float64(both) / float64(n)
}

// cutSite takes the site's name off the end or the start of a title.
func cutSite(title, site string) string {
	for _, sep := range []string{" | ", " - ", " – ", " — ", " :: ", " » ", " / ", " • ", " · "} {
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
