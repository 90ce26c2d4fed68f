// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"

	"github.com/copytaster/copytaster"
	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"
)

// StripText splits a plain text: hard-wrapped lines are unwrapped, bare URL
// lines dropped, and what is left is judged paragraph by paragraph. The url may
// be empty; it only helps to date the text.
func StripText(text, url string) Result {
	paras := paragraphs(cut(text, maxText))
	judgeText(paras)
	r := Result{Revision: Revision, Kind: copytaster.KindNews, Published: urlDate(url)}
	var body strings.Builder
	for i := range paras {
		q := &paras[i]
		s := norm.NFC.String(q.text)
		r.Blocks = append(r.Blocks, Block{Text: s, Zone: q.zone, Body: q.prob})
		switch q.zone {
		case copytaster.ZoneBody:
			if body.Len() > 0 {
				body.WriteString("\n\n")
			}
			body.WriteString(s)
		case copytaster.ZoneHeading:
			if r.Title == "" {
				r.Title = s
			}
		case zoneChrome:
			if d := lineDate(s); d.Known() && !r.Published.Known() {
				r.Published = d
			}
		default:
			r.Asides = append(r.Asides, copytaster.Aside{Zone: q.zone, Text: s, At: body.Len()})
		}
	}
	r.Text = body.String()
	r.Confidence = 0.5
	return r
}

// ZoneText zones a plain text without changing it: the spans are contiguous and
// cover it; chrome and bare URLs have the zone "".
func ZoneText(text string) []copytaster.Zoned {
	paras := paragraphs(text)
	judgeText(paras)
	var out []copytaster.Zoned
	at := 0
	for i := range paras {
		q := &paras[i]
		if q.end <= at {
			continue
		}
		if n := len(out); n > 0 && out[n-1].Zone == q.zone {
			out[n-1].End = q.end
		} else {
			out = append(out, copytaster.Zoned{Span: copytaster.Span{Start: at, End: q.end}, Zone: q.zone})
		}
		at = q.end
	}
	if n := len(out); at < len(text) {
		if n > 0 {
			out[n-1].End = len(text)
		} else {
			out = append(out, copytaster.Zoned{Span: copytaster.Span{Start: 0, End: len(text)}})
		}
	}
	return out
}

// cut shortens s to at most n bytes, on a rune boundary.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}

// flatten is the text of markup that cannot be parsed into a tree: one line for
// each block-level tag.
func flatten(page []byte) string {
	if len(page) > MaxPage {
		page = page[:MaxPage]
	}
	z := html.NewTokenizer(strings.NewReader(string(page)))
	var out strings.Builder
	silent := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out.String()
		case html.TextToken:
			if silent == 0 {
				out.WriteString(html.UnescapeString(string(z.Raw())))
			}
		case html.StartTagToken:
			silent = flattenTag(z, &out, silent, 1)
		case html.EndTagToken:
			silent = flattenTag(z, &out, silent, -1)
		}
	}
}
