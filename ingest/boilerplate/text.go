// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"

	"github.com/copytaster/copytaster"
)

// StripText splits a plain text: hard-wrapped lines are unwrapped, bare URL
// lines dropped, and what is left is judged paragraph by paragraph. A text in
// which nothing points to a page's widgets comes through whole. The url may be
// empty; it only helps to date the text.
func StripText(text, url string) Result {
	p := readPlain(strings.ToValidUTF8(cut(text, maxText), "\uFFFD"), url)
	p.readOn()
	p.judge()
	p.zone()
	r := Result{Revision: Revision, Confidence: min(p.confidence(), p.sure)}
	r.Blocks = make([]Block, len(p.blocks))
	p.assemble(&r)
	p.describe(&r)
	r.Kind = copytaster.KindNews
	for i := 0; i < min(4, len(p.blocks)) && !r.Published.Known(); i++ {
		r.Published = lineDate(p.blocks[i].text)
	}
	return r
}

// ZoneText zones a plain text without changing it: the spans are contiguous and
// cover it; chrome and bare URLs have the zone "".
func ZoneText(text string) []copytaster.Zoned {
	p := readPlain(text, "")
	p.judge()
	p.zone()
	var out []copytaster.Zoned
	at := 0
	for i := range p.places {
		end, zone := p.places[i].end, p.blocks[i].zone
		if i == len(p.places)-1 {
			end = len(text)
		}
		if n := len(out); n > 0 && out[n-1].Zone == zone {
			out[n-1].End = end
		} else {
			out = append(out, copytaster.Zoned{Span: copytaster.Span{Start: at, End: end}, Zone: zone})
		}
		at = end
	}
	if len(out) == 0 && text != "" {
		out = append(out, copytaster.Zoned{Span: copytaster.Span{Start: 0, End: len(text)}})
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
