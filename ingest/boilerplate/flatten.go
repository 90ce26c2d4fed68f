// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Flatten is what a plain scraper leaves of a page: its text, one line for each
// block-level element. It takes markup of any depth.
func Flatten(page []byte) string {
	if len(page) > MaxPage {
		page = page[:MaxPage]
	}
	f := flattener{z: html.NewTokenizer(bytes.NewReader(page))}
	for {
		switch f.z.Next() {
		case html.ErrorToken:
			f.line()
			return f.out.String()
		case html.TextToken:
			if f.silent == 0 {
				f.cur.Write(f.z.Text())
			}
		case html.StartTagToken:
			f.tag(1)
		case html.EndTagToken:
			f.tag(-1)
		case html.SelfClosingTagToken:
			f.tag(0)
		}
	}
}

type flattener struct {
	z        *html.Tokenizer
	out, cur strings.Builder
	silent   int // depth of elements whose text nobody reads
}

func (f *flattener) tag(step int) {
	name, _ := f.z.TagName()
	a := atom.Lookup(name)
	if isBlock(a) || a == atom.Br {
		f.line()
	}
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Svg, atom.Iframe, atom.Object, atom.Select, atom.Textarea:
		f.silent = max(0, f.silent+step)
	case atom.Body:
		f.silent = 0
	}
}

// line ends the current line.
func (f *flattener) line() {
	if s := fold(f.cur.String()); s != "" {
		f.out.WriteString(s)
		f.out.WriteByte('\n')
	}
	f.cur.Reset()
}
