// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"

	"golang.org/x/text/language"
)

// readHead prepares what the blocks' features ask of the head.
func (p *page) readHead() {
	p.title = p.findTitle()
	if ld := p.head.ldArticle(); ld != nil {
		if s := ldString(ld, "articleBody"); len(s) > 200 {
			p.jsonBody = grams(s)
		}
	}
	p.titleAt = p.findHeadline(p.title)
	if p.titleAt < 0 { // the title is not the one that the page prints
		p.titleAt = p.findHeadline(p.headline(p.head.first("og:title", "twitter:title", "dc.title")))
	}
}

// findHeadline is the heading that repeats the title, else the first such block
// of the page, -1 where there is none.
func (p *page) findHeadline(title string) int {
	at, hash := -1, hashText(title)
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.hash != hash || title == "" {
			continue
		}
		if heading(b.tag) {
			return i
		}
		if at < 0 && b.links == 0 {
			at = i
		}
	}
	return at
}

// describe fills in the metadata.
func (p *page) describe(r *Result) {
	p.first, p.last = p.bodyEnds()
	ld := p.head.ldArticle()
	r.Title = p.title
	r.Byline = p.findAuthors(ld)
	r.Published, r.Modified = p.findDates(ld)
	r.Section = firstOf(ldString(ld, "articleSection"), p.head.first("article:section", "section", "og:section"))
	r.Image = p.absolute(firstOf(p.head.first("og:image", "og:image:url", "twitter:image"), ldImage(ld["image"])))
	r.Language = p.findLanguage(ld)
	r.Canonical = p.absolute(firstOf(p.head.canonical, p.head.first("og:url")))
	r.Paywall = p.isPaid(ld)
	r.NoIndex = strings.Contains(strings.ToLower(p.head.first("robots")), "noindex")
	r.Kind = p.findKind(ld)
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func ldImage(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		if len(v) > 0 {
			return ldImage(v[0])
		}
	case map[string]any:
		s, _ := v["url"].(string)
		return s
	}
	return ""
}

// findLanguage is the page's language as a BCP 47 tag, "" where it does not say.
func (p *page) findLanguage(ld map[string]any) string {
	for _, s := range []string{p.head.lang, ldString(ld, "inLanguage"), p.head.first("og:locale", "content-language", "language", "dc.language")} {
		if t, err := language.Parse(strings.ReplaceAll(s, "_", "-")); err == nil && s != "" {
			return t.String()
		}
	}
	return ""
}

// isPaid reports whether the page says that it is not free to read.
func (p *page) isPaid(ld map[string]any) bool {
	switch v := ld["isAccessibleForFree"].(type) {
	case bool:
		return !v
	case string:
		return strings.EqualFold(v, "false")
	}
	tier := strings.ToLower(p.head.first("article:content_tier", "og:article:content_tier"))
	return tier == "locked" || tier == "metered"
}
