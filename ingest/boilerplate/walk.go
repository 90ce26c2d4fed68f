// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What a page may hold. More is cut off: a page beyond these is no article, or
// an attack.
const (
	maxDepth  = 400
	maxBlocks = 20_000
	maxBoxes  = 60_000
	maxText   = 4 << 20 // bytes of text
)

// walker turns a tree of nodes into blocks and boxes.
type walker struct {
	page   *page
	traced bool
	rule   cascadia.Matcher // what the host's rule leaves out, nil for most hosts
	lex    lexer
	cur    block
	buf    []byte
	space  bool // white space is due before the next text
	link   int  // depth of links around the text
	bold   int
	pre    int
	inline names
	row    bool // inside a row of plain cells
	nested bool // inside a <noscript>
	gap    bool // a link has just ended without white space after it
	bytes  int
}

// context is what the elements around a node hand down.
type context struct {
	box   int32
	depth int
}

func (w *walker) node(n *html.Node, c context) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
	case html.ElementNode, html.DocumentNode:
		w.element(n, c)
	}
}

func (w *walker) children(n *html.Node, c context) {
	c.depth++
	if c.depth > maxDepth || w.bytes > maxText {
		return
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		w.node(k, c)
	}
}

func (w *walker) element(n *html.Node, c context) {
	a := n.DataAtom
	switch {
	case w.dropped(n), a == atom.Img:
	case a == atom.Head || a == atom.Script || a == atom.Meta || a == atom.Link || a == atom.Title:
		w.page.metadata(n)
	case a == atom.Br:
		w.lineBreak(n, c)
	case a == atom.Noscript:
		w.noscript(n, c)
	case isSilent(a), a == atom.Rt && !parenthesised(n):
	case w.row && isBlock(a): // a cell of a row of figures
		w.space = true
		w.children(n, c)
		w.space = true
	case isBlock(a) || n.Type == html.DocumentNode:
		if a == atom.Html {
			w.page.head.lang = attr(n, "lang")
		}
		w.open(n, c)
	default:
		w.span(n, c)
	}
}

// open starts a box, reads what is in it and closes it.
func (w *walker) open(n *html.Node, c context) {
	w.flush(c.box)
	p := w.page
	if len(p.boxes) >= maxBoxes {
		w.children(n, c)
		w.flush(c.box)
		return
	}
	i := int32(len(p.boxes))
	p.boxes = append(p.boxes, w.box(n, c))
	link := w.link
	if n.DataAtom == atom.Pre {
		w.pre++
	}
	if n.DataAtom == atom.Tr && !w.row && isRow(n) {
		w.row = true
		defer func() { w.row = false }()
	}
	w.children(n, context{box: i, depth: c.depth})
	if n.DataAtom == atom.Pre {
		w.pre--
	}
	w.flush(i)
	w.link = link
	p.boxes[i].end = int32(len(p.blocks))
}

func (w *walker) box(n *html.Node, c context) box {
	p := w.page
	b := box{parent: c.box, tag: n.DataAtom, first: int32(len(p.blocks))}
	b.sig = uint64(n.DataAtom)
	w.trace()
	for i := range n.Attr {
		w.attribute(&b, &n.Attr[i])
	}
	w.lex.traced = nil
	b.tags = setOf(n.DataAtom)
	if c.box >= 0 {
		up := &p.boxes[c.box]
		b.depth, b.tags, b.hidden = up.depth+1, b.tags|up.tags, b.hidden || up.hidden
		up.kids++
	}
	return b
}

func (w *walker) attribute(b *box, a *html.Attribute) {
	switch a.Key {
	case "class":
		w.names(b, a.Val)
		if strings.Contains(a.Val, "twitter-tweet") || strings.Contains(a.Val, "instagram-media") || strings.Contains(a.Val, "bluesky-embed") {
			b.own = b.own&^(nameShare|nameUser) | nameEmbed
		}
		b.sig = b.sig*fnvPrime ^ hashText(a.Val)
	case "id", "role", "data-testid", "data-component", "data-type", "data-module", "data-qa":
		w.names(b, a.Val)
	case "itemprop":
		if strings.EqualFold(a.Val, "articleBody") {
			b.own |= nameItemBody
		} else {
			w.names(b, a.Val)
		}
	case "style":
		b.hidden = b.hidden || hides(a.Val)
	case "hidden":
		b.hidden = true
	case "aria-hidden":
		b.hidden = b.hidden || a.Val == "true"
	}
}

// names adds what an attribute says to a box.
func (w *walker) names(b *box, value string) {
	n := w.lex.read(value)
	b.own |= n.names
	b.says += n.says
}

// hides reports whether a style attribute takes the element off the screen.
func hides(style string) bool {
	if len(style) > maxNameBytes {
		return false
	}
	s := strings.ToLower(strings.ReplaceAll(style, " ", ""))
	return strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden")
}

// trace starts a list for the words of the next box's names, where the trainer
// asks for them.
func (w *walker) trace() {
	if w.traced {
		w.page.traced = append(w.page.traced, nil)
		w.lex.traced = &w.page.traced[len(w.page.traced)-1]
	}
}
