// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of what is kept of a head.
const (
	maxMetas   = 400
	maxLD      = 1 << 20 // bytes of one JSON-LD script
	maxLDNodes = 5000
	maxTimes   = 50
	maxSigns   = 200
)

// head is what a page says of itself outside its text.
type head struct {
	title     string
	lang      string
	canonical string
	metas     map[string][]string // name, property or itemprop, lower case
	ld        []map[string]any    // JSON-LD nodes
	times     []timeTag
	signs     []sign
}

// timeTag is a <time> element.
type timeTag struct {
	value string // datetime, or the text
	block int    // the block it stands in
	pub   bool   // itemprop or class says that it is the date of publication
	mod   bool
}

// sign is the text of an inline element that names an author: exactly the name,
// where the line around it has a date, a section and the number of comments too.
type sign struct {
	name  string
	block int // the block it stands in
}

// metadata reads one element of the head; such elements count wherever they
// stand.
func (p *page) metadata(n *html.Node) {
	switch n.DataAtom {
	case atom.Head:
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			if k.Type == html.ElementNode && k.DataAtom != atom.Head {
				p.metadata(k)
			}
		}
	case atom.Title:
		if p.head.title == "" {
			p.head.title = fold(textOf(n))
		}
	case atom.Meta:
		p.meta(n)
	case atom.Link:
		if strings.EqualFold(attr(n, "rel"), "canonical") && p.head.canonical == "" {
			p.head.canonical = strings.TrimSpace(attr(n, "href"))
		}
	case atom.Script:
		if strings.Contains(strings.ToLower(attr(n, "type")), "ld+json") {
			p.jsonLD(textOf(n))
		}
	}
}

func (p *page) meta(n *html.Node) {
	content := fold(attr(n, "content"))
	if content == "" || len(p.head.metas) >= maxMetas || len(content) > 10_000 {
		return
	}
	if p.head.metas == nil {
		p.head.metas = map[string][]string{}
	}
	for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
		if k := strings.ToLower(strings.TrimSpace(attr(n, key))); k != "" && len(p.head.metas[k]) < 20 {
			p.head.metas[k] = append(p.head.metas[k], content)
		}
	}
}

// first is the first value of the first meta name that has one.
func (h *head) first(keys ...string) string {
	for _, k := range keys {
		if v := h.metas[k]; len(v) > 0 {
			return v[0]
		}
	}
	return ""
}

func (p *page) time(n *html.Node, block int) {
	if len(p.head.times) >= maxTimes {
		return
	}
	t := timeTag{value: attr(n, "datetime"), block: block}
	if t.value == "" {
		t.value = fold(textOf(n))
	}
	says := strings.ToLower(attr(n, "itemprop") + " " + attr(n, "class"))
	t.pub = strings.Contains(says, "publi") || strings.Contains(says, "entry-date")
	t.mod = strings.Contains(says, "modif") || strings.Contains(says, "updated")
	p.head.times = append(p.head.times, t)
}

func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

// textOf is the text of the nodes directly in n.
func textOf(n *html.Node) string {
	if k := n.FirstChild; k != nil && k.NextSibling == nil {
		return k.Data
	}
	var s strings.Builder
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type == html.TextNode {
			s.WriteString(k.Data)
		}
	}
	return s.String()
}

// fold makes every run of white space one space, and takes it off the ends.
func fold(s string) string {
	if folded(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// folded reports whether fold has nothing to do.
func folded(s string) bool {
	last := ' '
	for _, r := range s {
		if sortOf(r)&runeSpace != 0 && (r != ' ' || last == ' ') {
			return false
		}
		last = r
	}
	return s == "" || last != ' '
}

// absolute resolves ref against the page's URL; "" for what is no http URL.
func (p *page) absolute(ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" {
		return ""
	}
	u, err := url.Parse(ref)
	if err != nil {
		return ""
	}
	if base, err := url.Parse(p.url); err == nil && p.url != "" {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}
