// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"sync"

	"github.com/copytaster/copytaster"
)

// Hint is what is known of a text from outside, to resolve a currency that the
// text leaves open: a bare "$" of an Australian publisher is AUD.
type Hint struct {
	Country string // ISO 3166 of the publisher; "" where unknown
	URL     string // of the page: its top-level domain stands in for Country
}

// MoneyExtractor finds money figures. It is an Extractor on Document.Text, safe
// for concurrent use, deterministic, and linear in the length of the text.
type MoneyExtractor struct {
	lex  *moneyLexicon
	pool sync.Pool // of *moneyParser
}

// NewMoney makes a MoneyExtractor. It compiles the tables of the grammar, so make
// one and keep it.
func NewMoney() *MoneyExtractor {
	x := &MoneyExtractor{lex: newMoneyLexicon()}
	x.pool.New = func() any { return &moneyParser{lex: x.lex} }
	return x
}

// Extract sets d.Money to the figures of d.Text in text order, all in the body.
func (x *MoneyExtractor) Extract(d *copytaster.Document) {
	d.Money = x.Find(d.Text, Hint{Country: d.Country, URL: d.URL})
	for i := range d.Money {
		d.Money[i].Zone = copytaster.ZoneBody
	}
}

// Find returns the figures of a text in text order, with byte offsets into it and
// no zone. The text is read as it is: nothing is normalised.
func (x *MoneyExtractor) Find(text string, hint Hint) []copytaster.Money {
	p := x.pool.Get().(*moneyParser)
	defer x.release(p)
	p.reset(text)
	l := moneyLexer{lex: x.lex, text: text}
	for {
		p.ts = l.paragraph(p.ts[:0])
		if len(p.ts) == 0 {
			return p.resolve(hint.home())
		}
		p.paragraph()
	}
}

// maxKept bounds the figures and, tenfold, the tokens for which a released parser
// keeps its memory.
const maxKept = 1 << 12

// release keeps a parser for the next text, without what it found in this one.
func (x *MoneyExtractor) release(p *moneyParser) {
	if cap(p.found) > maxKept || cap(p.ts) > 10*maxKept {
		return
	}
	clear(p.found)
	p.text, p.found, p.ts = "", p.found[:0], p.ts[:0]
	x.pool.Put(p)
}

// moneyParser holds the state of one Find.
type moneyParser struct {
	lex    *moneyLexicon
	text   string
	ts     []moneyToken // the paragraph
	none   moneyToken   // what stands beyond its ends
	found  []pendingMoney
	seen   map[string]int // how often the text names each country
	tag    bool           // the text is short enough to be a bare price
	pound  bool           // the text has a pound sign
	script bool           // the paragraph has a $NAME: it is program text
}

// figure is one figure of the paragraph as parsed: its tokens from and to
// (exclusive), its numbers and its mark.
type figure struct {
	from, to int
	lo, hi   moneyNumber // hi counts only in a range
	ranged   bool
	vague    bool
	mark     currencyMark
	country  string // that the figure itself names
	signed   bool   // the mark stands before the number
	wordy    bool   // the mark is a word that means other things too
}

func (p *moneyParser) reset(text string) {
	p.text = text
	p.tag = len(text) <= maxTag
	p.pound = hasPound(text)
	if p.seen == nil {
		p.seen = make(map[string]int)
	}
	clear(p.seen)
	p.none = moneyToken{gap: gapFar}
}

// at returns token i, or an empty one outside the paragraph.
func (p *moneyParser) at(i int) *moneyToken {
	if uint(i) < uint(len(p.ts)) {
		return &p.ts[i]
	}
	return &p.none
}

// word returns the lexicon's entry of token i; it is empty for all but known words.
func (p *moneyParser) word(i int) *moneyWord { return &p.lex.words[p.at(i).word] }

// joined says that token i may belong to the same figure as the one before.
func (p *moneyParser) joined(i int) bool { return p.at(i).kind != tokNone && p.at(i).near() }

// next returns the token after i, past the hyphen of a compound.
func (p *moneyParser) next(i int) int {
	if h := p.at(i + 1); h.isChar(charDash) && h.tight() && p.at(i+2).kind == tokWord && (p.at(i+2).tight() || p.at(i+2).gap == gapLine) {
		return i + 2
	}
	return i + 1
}

// after is the token at next(i), or an empty one where it stands too far.
func (p *moneyParser) after(i int) *moneyToken {
	if t := p.at(p.next(i)); t.near() {
		return t
	}
	return &p.none
}

// paragraph finds the figures of the paragraph in p.ts.
func (p *moneyParser) paragraph() {
	p.script = p.isScript()
	for i := 0; i < len(p.ts); {
		if t := &p.ts[i]; t.kind == tokWord && p.lex.words[t.word].roles&roleNation != 0 {
			p.seen[p.lex.words[t.word].country]++
		}
		i = p.step(i)
	}
}

// isScript says that a dollar sign stands right before a name, as in no prose.
func (p *moneyParser) isScript() bool {
	for i := range p.ts {
		if t := &p.ts[i]; t.kind == tokSign && t.char == '$' && !(t.tight() && p.at(i-1).kind == tokWord) {
			if next := p.at(i + 1); next.tight() && (next.kind == tokWord && p.at(i-1).kind != tokDigits || next.isChar('{') || next.isChar('_')) {
				return true
			}
		}
	}
	return false
}

// step reads at token i and returns where to go on, always beyond i.
func (p *moneyParser) step(i int) int {
	if !p.mayStart(i) {
		return i + 1
	}
	f, ok := p.figureAt(i)
	if !ok {
		return i + 1
	}
	first, second := p.extend(f)
	if !p.isMoney(first) {
		return max(first.to, i+1)
	}
	p.keep(first)
	if second == nil {
		return first.to
	}
	p.keep(*second)
	return second.to
}

// mayStart says that a figure may start at token i: not at a word that the lexicon
// does not know, nor at a mark that is no minus and no point.
func (p *moneyParser) mayStart(i int) bool {
	switch t := &p.ts[i]; t.kind {
	case tokWord:
		return t.word != 0
	case tokPunct:
		return t.char == charDash || t.char == '.'
	}
	return true
}

// figureAt reads a single figure that starts at token i.
func (p *moneyParser) figureAt(i int) (figure, bool) {
	t := p.at(i)
	switch t.kind {
	case tokSign, tokPunct:
		if f, ok := p.signed(i); ok {
			p.byLabel(&f, i)
			return f, true
		}
		return p.leadingPoint(i)
	case tokDigits, tokFraction:
		if f, ok := p.labelled(i); ok {
			return f, true
		}
		return p.suffixed(i)
	case tokWord:
		return p.wordFigure(i)
	}
	return figure{}, false
}

// wordFigure reads a figure that starts with a word.
func (p *moneyParser) wordFigure(i int) (figure, bool) {
	roles := p.word(i).roles
	if roles&(roleBefore|roleSign|roleNation) != 0 || p.tag && roles&roleAfter != 0 {
		if f, ok := p.prefixed(i); ok {
			return f, true
		}
	}
	if f, ok := p.vague(i); ok {
		return f, true
	}
	w := p.at(i).word
	if roles&roleNumber != 0 || w == wA || w == wAn || w == wHalf || w == wQuarter || w == wPoint {
		return p.suffixed(i)
	}
	return figure{}, false
}
