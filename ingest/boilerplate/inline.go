// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

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
	if own&nameByline != 0 || n.DataAtom == atom.A && inline&nameByline != 0 {
		defer w.signed(len(w.buf), len(w.page.blocks), len(w.page.head.signs))
	}
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

// signed keeps the name that an inline element holds, which began at a byte of a
// block. Where an element inside has one already, that is the name and this is
// the "Posted by" around it.
func (w *walker) signed(start, block, signs int) {
	h := &w.page.head
	if block != len(w.page.blocks) || signs != len(h.signs) || signs >= maxSigns || start >= len(w.buf) || len(w.buf)-start > 200 {
		return
	}
	if s := fold(string(w.buf[start:])); s != "" {
		h.signs = append(h.signs, sign{s, block})
	}
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

// parenthesised reports whether a reading above characters comes with the
// parentheses that let it stand in plain text. Other readings are left out.
func parenthesised(rt *html.Node) bool {
	if rt.Parent == nil {
		return false
	}
	for k := rt.Parent.FirstChild; k != nil; k = k.NextSibling {
		if k.DataAtom == atom.Rp {
			return true
		}
	}
	return false
}

// text adds the text of a node to the current block, white space folded.
func (w *walker) text(s string) {
	for i, r := range s {
		switch {
		case isWhite(r):
			if w.pre > 0 && r == '\n' && len(w.buf) > 0 {
				w.buf = append(w.buf, '\n')
				w.space = false
			} else {
				w.space = true
			}
		case isUnseen(r), r == utf8.RuneError && s[i] != 0xEF: // the latter is no UTF-8
		default:
			w.rune(r)
		}
	}
}

func isWhite(r rune) bool {
	switch r {
	case ' ', '\n', '\t', '\r', '\f', 0xA0, 0x202F, 0x3000:
		return true
	}
	return r >= 0x2000 && r <= 0x200A
}

// isUnseen reports whether a rune shows nothing: soft hyphens, zero widths and
// control characters. Joiners stay: scripts need them.
func isUnseen(r rune) bool {
	switch r {
	case 0xAD, 0x200B, 0xFEFF, 0x2060:
		return true
	}
	return r < 0x20 || r >= 0x7F && r < 0xA0
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
