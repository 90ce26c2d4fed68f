// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"strings"

	"github.com/ledongthuc/pdf"
)

// pdfFont knows the letters and the widths of a font. Widths are in thousandths
// of its size.
type pdfFont struct {
	font  pdf.Font
	enc   pdf.TextEncoding
	wide  bool            // codes are two bytes: a composite font
	cids  map[int]float64 // widths of a composite font
	usual float64         // width of what has none
}

// font returns a font of the canvas's resources, or nil.
func (c *pdfCanvas) font(name string) *pdfFont {
	if f, ok := c.fonts[name]; ok {
		return f
	}
	v := c.resources.Key("Font").Key(name)
	if v.IsNull() {
		c.fonts[name] = nil
		return nil
	}
	f := &pdfFont{font: pdf.Font{V: v}, usual: 500}
	f.enc = f.font.Encoder()
	if v.Key("Subtype").Name() == "Type0" {
		f.wide, f.usual = true, 1000
		f.readWidths(v.Key("DescendantFonts").Index(0))
	}
	c.fonts[name] = f
	return f
}

// readWidths reads the W array of a composite font (section 9.7.4.3): either
// c [w1 w2 ...] or cfirst clast w.
func (f *pdfFont) readWidths(v pdf.Value) {
	if dw := v.Key("DW"); !dw.IsNull() {
		f.usual = dw.Float64()
	}
	f.cids = map[int]float64{}
	w := v.Key("W")
	for i := 0; i+1 < w.Len() && len(f.cids) < 1<<16; {
		first := int(w.Index(i).Int64())
		if list := w.Index(i + 1); list.Kind() == pdf.Array {
			for j := range min(list.Len(), 1<<16) {
				f.cids[first+j] = list.Index(j).Float64()
			}
			i += 2
			continue
		}
		last, width := int(w.Index(i+1).Int64()), w.Index(i+2).Float64()
		for cid := first; cid <= last && cid-first < 1<<16; cid++ {
			f.cids[cid] = width
		}
		i += 3
	}
}

// count is the number of codes in a string.
func (f *pdfFont) count(raw string) int {
	if f.wide {
		return len(raw) / 2
	}
	return len(raw)
}

// width adds up the widths of a string's codes, and counts its spaces.
func (f *pdfFont) width(raw string) (sum float64, spaces int) {
	if f.wide {
		for i := 0; i+1 < len(raw); i += 2 {
			w, ok := f.cids[int(raw[i])<<8|int(raw[i+1])]
			if !ok {
				w = f.usual
			}
			sum += w
		}
		return sum, 0
	}
	for i := range len(raw) {
		w := f.font.Width(int(raw[i]))
		if w == 0 {
			w = f.usual // one of the standard fonts, whose widths are not in the file
		}
		sum += w
		if raw[i] == ' ' {
			spaces++
		}
	}
	return sum, spaces
}

// decode is the text of a string.
func (f *pdfFont) decode(raw string) string {
	if f.enc == nil {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		return r
	}, f.enc.Decode(raw))
}
