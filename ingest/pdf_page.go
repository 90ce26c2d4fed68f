// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"math"

	"github.com/ledongthuc/pdf"
)

// piece is a string as it is drawn on a page: x and y in points from the lower
// left, w its width, size the height of its letters.
type piece struct {
	s             string
	x, y, w, size float64
}

// matrix is a transformation [a b c d e f] of ISO 32000-1 section 8.3.3.
type matrix [6]float64

func (m matrix) mul(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3], m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

func shift(x, y float64) matrix { return matrix{1, 0, 0, 1, x, y} }

// Limits of one page.
const (
	maxPieces    = 200000
	maxFormDepth = 6
	maxForms     = 300
)

// pdfPage collects the strings of a page in the order in which they are drawn,
// those of form XObjects too, which the library's own text functions leave out.
type pdfPage struct {
	pieces []piece
	bytes  int // of text in the pieces
	forms  int
}

// pdfState is the part of the graphics state that places text (section 9.3).
type pdfState struct {
	ctm, tm, line    matrix
	font             *pdfFont
	size, scale      float64
	char, word, lead float64
}

// pdfCanvas interprets one content stream.
type pdfCanvas struct {
	page      *pdfPage
	resources pdf.Value
	fonts     map[string]*pdfFont
	state     pdfState
	saved     []pdfState
	depth     int
}

// read collects a page. Like the library it may panic on a damaged one.
func (p *pdfPage) read(page pdf.Page) {
	if contents := page.V.Key("Contents"); contents.Kind() == pdf.Stream || contents.Kind() == pdf.Array {
		p.draw(contents, page.Resources(), shift(0, 0), 0)
	}
}

func (p *pdfPage) draw(stream, resources pdf.Value, ctm matrix, depth int) {
	c := &pdfCanvas{page: p, resources: resources, fonts: map[string]*pdfFont{}, depth: depth}
	c.state = pdfState{ctm: ctm, tm: shift(0, 0), line: shift(0, 0), scale: 1}
	pdf.Interpret(stream, func(stack *pdf.Stack, op string) {
		args := make([]pdf.Value, stack.Len())
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stack.Pop()
		}
		if !c.stateOperator(op, args) && !c.textOperator(op, args) && op == "Do" && len(args) == 1 {
			c.form(args[0].Name())
		}
	})
}

// form draws a form XObject with its own resources (section 8.10).
func (c *pdfCanvas) form(name string) {
	x := c.resources.Key("XObject").Key(name)
	if x.Key("Subtype").Name() != "Form" || c.depth >= maxFormDepth || c.page.forms >= maxForms {
		return
	}
	c.page.forms++
	ctm := c.state.ctm
	if m := x.Key("Matrix"); m.Len() == 6 {
		ctm = matrixOf([]pdf.Value{m.Index(0), m.Index(1), m.Index(2), m.Index(3), m.Index(4), m.Index(5)}).mul(ctm)
	}
	resources := x.Key("Resources")
	if resources.IsNull() {
		resources = c.resources
	}
	c.page.draw(x, resources, ctm, c.depth+1)
}

func matrixOf(v []pdf.Value) (m matrix) {
	for i := range m {
		m[i] = v[i].Float64()
	}
	return m
}

// stateOperator carries out an operator of the graphics and text state, and
// tells whether op was one. One with too few operands does nothing.
func (c *pdfCanvas) stateOperator(op string, args []pdf.Value) bool {
	s := &c.state
	number := func() float64 {
		if len(args) == 0 {
			return 0
		}
		return args[len(args)-1].Float64()
	}
	switch op {
	case "q":
		if len(c.saved) < 1000 {
			c.saved = append(c.saved, *s)
		}
	case "Q":
		if n := len(c.saved); n > 0 {
			*s, c.saved = c.saved[n-1], c.saved[:n-1]
		}
	case "cm":
		if len(args) == 6 {
			s.ctm = matrixOf(args).mul(s.ctm)
		}
	case "Tc":
		s.char = number()
	case "Tw":
		s.word = number()
	case "Tz":
		s.scale = number() / 100
	case "TL":
		s.lead = number()
	case "Tf":
		if len(args) == 2 {
			s.font, s.size = c.font(args[0].Name()), args[1].Float64()
		}
	default:
		return false
	}
	return true
}

// textOperator carries out an operator that moves or shows text.
func (c *pdfCanvas) textOperator(op string, args []pdf.Value) bool {
	s := &c.state
	switch {
	case op == "BT":
		s.tm, s.line = shift(0, 0), shift(0, 0)
	case (op == "Td" || op == "TD") && len(args) == 2:
		if op == "TD" {
			s.lead = -args[1].Float64()
		}
		c.nextLine(args[0].Float64(), args[1].Float64())
	case op == "Tm" && len(args) == 6:
		s.tm = matrixOf(args)
		s.line = s.tm
	case op == "T*":
		c.nextLine(0, -s.lead)
	case op == "Tj" && len(args) == 1:
		c.show(args[0].RawString())
	case (op == "'" || op == "\"") && len(args) > 0:
		c.nextLine(0, -s.lead)
		c.show(args[len(args)-1].RawString())
	case op == "TJ" && len(args) == 1:
		for i := range args[0].Len() {
			if v := args[0].Index(i); v.Kind() == pdf.String {
				c.show(v.RawString())
			} else {
				s.tm = shift(-v.Float64()/1000*s.size*s.scale, 0).mul(s.tm)
			}
		}
	default:
		return false
	}
	return true
}

func (c *pdfCanvas) nextLine(x, y float64) {
	c.state.line = shift(x, y).mul(c.state.line)
	c.state.tm = c.state.line
}

// show notes a string and moves on by its width.
func (c *pdfCanvas) show(raw string) {
	s := &c.state
	if s.font == nil || len(c.page.pieces) >= maxPieces || c.page.bytes >= maxPDFText {
		return
	}
	glyphs, spaces := s.font.width(raw)
	width := (glyphs/1000*s.size + float64(s.font.count(raw))*s.char + float64(spaces)*s.word) * s.scale
	at := s.tm.mul(s.ctm)
	size := s.size * math.Hypot(at[2], at[3])
	if text := s.font.decode(raw); text != "" && size > 0.5 {
		c.page.bytes += len(text)
		c.page.pieces = append(c.page.pieces, piece{s: text, x: at[4], y: at[5], w: width * math.Hypot(at[0], at[1]), size: size})
	}
	s.tm = shift(width, 0).mul(s.tm)
}
