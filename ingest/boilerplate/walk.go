// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"
	"unicode/utf8"

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

// tagSet is a set of tags that matter to the features.
type tagSet uint32

// Tags that a box can stand in.
const (
	inArticle tagSet = 1 << iota
	inMain
	inNav
	inAside
	inFooter
	inHeader
	inFigure
	inForm
	inSection
	inList
	inTable
	inQuote
	inPre
	inDetails
	inCode
	tagCount = iota
)

func setOf(a atom.Atom) tagSet {
	switch a {
	case atom.Article:
		return inArticle
	case atom.Main:
		return inMain
	case atom.Nav, atom.Menu:
		return inNav
	case atom.Aside:
		return inAside
	case atom.Footer:
		return inFooter
	case atom.Header:
		return inHeader
	case atom.Figure, atom.Figcaption, atom.Caption:
		return inFigure
	case atom.Form, atom.Fieldset:
		return inForm
	case atom.Section:
		return inSection
	case atom.Ul, atom.Ol, atom.Dl:
		return inList
	case atom.Table:
		return inTable
	case atom.Blockquote:
		return inQuote
	case atom.Pre:
		return inPre
	case atom.Details:
		return inDetails
	}
	return 0
}

// isBlock reports whether an element starts a new block of text.
func isBlock(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Center, atom.Dd, atom.Details,
		atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer,
		atom.Form, atom.Frameset, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup,
		atom.Hr, atom.Legend, atom.Li, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.Optgroup, atom.Option, atom.P,
		atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead,
		atom.Tr, atom.Ul, atom.Caption, atom.Html:
		return true
	}
	return false
}

// isSilent reports whether nothing inside an element is text for a reader.
func isSilent(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Svg, atom.Iframe, atom.Object,
		atom.Select, atom.Textarea, atom.Canvas, atom.Audio, atom.Video, atom.Map, atom.Embed, atom.Datalist,
		atom.Noembed, atom.Noframes, atom.Button, atom.Input:
		return true
	}
	return false
}

// walker turns a tree of nodes into blocks and boxes.
type walker struct {
	page   *page
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
	case a == atom.Head || a == atom.Script || a == atom.Meta || a == atom.Link || a == atom.Title:
		w.page.metadata(n)
	case a == atom.Br:
		w.lineBreak(n, c)
	case a == atom.Img:
		w.page.image(n, c.box)
	case a == atom.Noscript:
		w.noscript(n, c)
	case isSilent(a):
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

// leastNoscript is the size from which the text for readers without scripts is
// taken for content: forums that are built in the browser put the thread there.
const leastNoscript = 3000

// noscript reads the markup of a large <noscript>, once: it is raw text to the
// parser.
func (w *walker) noscript(n *html.Node, c context) {
	raw := textOf(n)
	if w.nested || len(raw) < leastNoscript || !strings.Contains(raw, "<p") {
		return
	}
	nodes, err := html.ParseFragment(strings.NewReader(raw), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return
	}
	w.nested = true
	for _, k := range nodes {
		w.node(k, c)
	}
	w.nested = false
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

// isRow reports whether a table row holds nothing but cells of plain text: then
// it is one block. Other rows only lay out the page.
func isRow(n *html.Node) bool {
	cells, budget := 0, 400
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type != html.ElementNode {
			continue
		}
		if k.DataAtom != atom.Td && k.DataAtom != atom.Th || !plainCell(k, &budget) {
			return false
		}
		cells++
	}
	return cells > 1
}

func plainCell(n *html.Node, budget *int) bool {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if *budget--; *budget < 0 {
			return false
		}
		if k.Type == html.TextNode && len(k.Data) > 200 {
			return false
		}
		if k.Type == html.ElementNode && (isBlock(k.DataAtom) && !(k.DataAtom == atom.P && k.NextSibling == nil && k.PrevSibling == nil) || !plainCell(k, budget)) {
			return false
		}
	}
	return true
}

func (w *walker) box(n *html.Node, c context) box {
	p := w.page
	b := box{parent: c.box, tag: n.DataAtom, first: int32(len(p.blocks))}
	b.sig = uint64(n.DataAtom)
	for i := range n.Attr {
		w.attribute(&b, &n.Attr[i])
	}
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
		b.own |= w.lex.read(a.Val)
		if strings.Contains(a.Val, "twitter-tweet") || strings.Contains(a.Val, "instagram-media") || strings.Contains(a.Val, "bluesky-embed") {
			b.own = b.own&^(nameShare|nameUser) | nameEmbed
		}
		b.sig = b.sig*fnvPrime ^ hashText(a.Val)
	case "id", "role", "data-testid", "data-component", "data-type", "data-module", "data-qa":
		b.own |= w.lex.read(a.Val)
	case "itemprop":
		if strings.EqualFold(a.Val, "articleBody") {
			b.own |= nameItemBody
		} else {
			b.own |= w.lex.read(a.Val)
		}
	case "style":
		b.hidden = b.hidden || hides(a.Val)
	case "hidden":
		b.hidden = true
	case "aria-hidden":
		b.hidden = b.hidden || a.Val == "true"
	}
}

// hides reports whether a style attribute takes the element off the screen.
func hides(style string) bool {
	if len(style) > maxNameBytes {
		return false
	}
	s := strings.ToLower(strings.ReplaceAll(style, " ", ""))
	return strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden")
}

// span reads an inline element.
func (w *walker) span(n *html.Node, c context) {
	own := w.lex.names(n)
	if own&(nameDate|nameWho|nameMeta|nameTags) != 0 && n.PrevSibling != nil && n.PrevSibling.Type == html.ElementNode {
		w.space = true // name and date side by side, apart by style only
	}
	if own&namePopup != 0 && len(w.buf) > 0 && w.isCard(n) {
		return
	}
	inline := w.inline
	w.inline |= own
	switch n.DataAtom {
	case atom.A:
		w.anchor(n, c)
	case atom.B, atom.Strong, atom.Em, atom.I:
		w.bold++
		w.children(n, c)
		w.bold--
	case atom.Time:
		w.inline |= nameDate
		w.page.time(n, len(w.page.blocks))
		w.children(n, c)
	default:
		w.children(n, c)
	}
	w.inline = inline
}

// isCard reports whether an inline element is a card that pops over a linked
// name: it holds links or pictures of its own, and is not just around the card.
func (w *walker) isCard(n *html.Node) bool {
	if n.DataAtom == atom.A {
		return false
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type == html.ElementNode && w.lex.names(k)&namePopup != 0 {
			return false
		}
	}
	budget := 60
	return holdsLink(n, &budget)
}

func holdsLink(n *html.Node, budget *int) bool {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if *budget--; *budget < 0 {
			return false
		}
		if k.DataAtom == atom.A || k.DataAtom == atom.Img || holdsLink(k, budget) {
			return true
		}
	}
	return false
}

func (w *walker) anchor(n *html.Node, c context) {
	if w.gap { // two cards side by side: "Omar" "Ilhan"
		w.space = true
	}
	w.link++
	w.cur.links++
	w.children(n, c)
	w.link = max(0, w.link-1)
	w.gap = true
}

// lineBreak ends the block at a double <br> and is white space otherwise.
func (w *walker) lineBreak(n *html.Node, c context) {
	for s := n.NextSibling; s != nil; s = s.NextSibling {
		if s.Type == html.TextNode && strings.TrimSpace(s.Data) == "" {
			continue
		}
		if s.DataAtom == atom.Br {
			w.flush(c.box)
		}
		break
	}
	if len(w.buf) > 0 {
		w.buf = append(w.buf, '\n')
		w.space = false
	}
}

// text adds the text of a node to the current block, white space folded.
func (w *walker) text(s string) {
	for i, r := range s {
		switch {
		case r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' || r == 0xA0 || r >= 0x2000 && r <= 0x200A || r == 0x202F || r == 0x3000:
			if w.pre > 0 && r == '\n' && len(w.buf) > 0 {
				w.buf = append(w.buf, '\n')
				w.space = false
			} else {
				w.space = true
			}
			continue
		case r == 0xAD || r == 0x200B || r == 0xFEFF || r == 0x2060 || r == utf8.RuneError && s[i] != 0xEF || r < 0x20 || r >= 0x7F && r < 0xA0:
			continue
		}
		w.rune(r)
	}
}

func (w *walker) rune(r rune) {
	if w.space {
		if n := len(w.buf); n > 0 && w.buf[n-1] != '\n' {
			w.buf = append(w.buf, ' ')
		}
		w.space = false
	}
	w.gap = false
	w.cur.inline |= w.inline
	w.buf = utf8.AppendRune(w.buf, r)
	if w.link > 0 {
		w.cur.linkChars++
	}
	if w.bold > 0 {
		w.cur.boldChars++
	}
}

// flush ends the current block, which stands in box.
func (w *walker) flush(box int32) {
	w.space, w.gap = false, false
	if len(w.buf) == 0 {
		return
	}
	s := strings.TrimRight(string(w.buf), " \n")
	w.buf = w.buf[:0]
	b := w.cur
	w.cur = block{}
	if len(w.page.blocks) >= maxBlocks || s == "" {
		return
	}
	w.bytes += len(s)
	b.text, b.box = s, box
	if box >= 0 {
		b.tag = w.page.boxes[box].tag
	}
	b.measure()
	w.page.blocks = append(w.page.blocks, b)
}
