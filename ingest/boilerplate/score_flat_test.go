// SPDX-License-Identifier: Apache-2.0

package boilerplate_test

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

var (
	flatBlocks = strings.Fields("address article aside blockquote body br center dd details dialog dir div dl dt fieldset figcaption figure footer form " +
		"h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav noframes ol option p pre section summary table tbody td tfoot th thead title tr ul")
	flatSilent = strings.Fields("script style noscript template head svg iframe object select textarea")
)

// flattened is what a naive scraper leaves of a page: one line for each block,
// the tags gone.
func flattened(page []byte) string {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return ""
	}
	var f flatLines
	f.walk(root)
	f.end()
	return strings.Join(f.lines, "\n")
}

type flatLines struct {
	lines []string
	cur   strings.Builder
}

func (f *flatLines) walk(n *html.Node) {
	if n.Type == html.ElementNode && slices.Contains(flatSilent, n.Data) {
		return
	}
	if n.Type == html.TextNode {
		f.cur.WriteString(n.Data)
	}
	block := n.Type == html.ElementNode && slices.Contains(flatBlocks, n.Data)
	if block {
		f.end()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		f.walk(c)
	}
	if block {
		f.end()
	}
}

func (f *flatLines) end() {
	if s := spaced(f.cur.String()); s != "" {
		f.lines = append(f.lines, s)
	}
	f.cur.Reset()
}
