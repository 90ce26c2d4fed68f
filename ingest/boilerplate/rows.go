// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

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
		if k.Type == html.TextNode && len(k.Data) > 200 || k.DataAtom == atom.Br && k.NextSibling != nil {
			return false
		}
		if k.Type == html.ElementNode && (isBlock(k.DataAtom) && !(k.DataAtom == atom.P && k.NextSibling == nil && k.PrevSibling == nil) || !plainCell(k, budget)) {
			return false
		}
	}
	return true
}
