// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"net/url"
	"strings"

	"github.com/govalues/decimal"

	"github.com/copytaster/copytaster"
)

// pendingMoney is a figure whose currency is settled when the whole text is read.
type pendingMoney struct {
	copytaster.Money
	mark     currencyMark
	country  string // that the figure itself names
	from, to int    // tokens, in its paragraph
	inside   bool   // it restates a figure in a bracket that is still open
}

// home is the country of the publisher as far as the hint tells.
func (h Hint) home() string {
	if h.Country != "" {
		return strings.ToUpper(h.Country)
	}
	if h.URL == "" {
		return ""
	}
	u, err := url.Parse(h.URL)
	if err != nil {
		return ""
	}
	host := strings.TrimSuffix(u.Hostname(), ".")
	tld := strings.ToUpper(host[strings.LastIndexByte(host, '.')+1:])
	switch {
	case tld == "UK":
		return "GB"
	case len(tld) != 2 || tld == "CO" || tld == "IO" || tld == "TV" || tld == "ME" || tld == "AI":
		return ""
	}
	return tld
}

// keep notes a figure with its bound, rate and duration.
func (p *moneyParser) keep(f figure) {
	lo, ok := f.lo.decimal()
	hi, ok2 := f.hi.decimal()
	if !f.vague && (!ok || f.ranged && !ok2) {
		return
	}
	per, rateEnd := p.period(f)
	bound, start := p.bound(f, rateEnd)
	if per == "" {
		per = p.rateBefore(start)
	}
	span := copytaster.Span{Start: p.at(f.from).start, End: p.at(f.to - 1).end}
	m := copytaster.Money{Span: span, Surface: p.text[span.Start:span.End], Bound: bound, Per: per, Vague: f.vague}
	if per == "" || p.at(rateEnd).word == wOver {
		m.Over = p.duration(start, rateEnd)
	}
	if f.vague {
		m.Bound = copytaster.BoundApprox
	} else {
		setAmounts(&m, minorUnit(lo, f.mark), minorUnit(hi, f.mark))
	}
	pm := pendingMoney{Money: m, mark: f.mark, country: f.country, from: f.from, to: f.to}
	p.codeBehind(&pm)
	p.restates(&pm)
	p.found = append(p.found, pm)
}

// minorUnit turns pence into pounds.
func minorUnit(d copytaster.Decimal, m currencyMark) copytaster.Decimal {
	if !m.minor {
		return d
	}
	cents, err := d.Mul(decimal.MustNew(1, 2))
	if err != nil {
		return d
	}
	return cents.Trim(0)
}

// setAmounts fills the ends that the bound leaves closed.
func setAmounts(m *copytaster.Money, lo, hi copytaster.Decimal) {
	switch m.Bound {
	case copytaster.BoundRange:
		m.Min, m.Max = &lo, &hi
	case copytaster.BoundMoreThan, copytaster.BoundAtLeast:
		m.Min = &lo
	case copytaster.BoundLessThan, copytaster.BoundUpTo:
		m.Max = &lo
	default:
		m.Min, m.Max = &lo, &lo
	}
}

// codeBehind takes a code in brackets as the figure's currency: "Sh20 million (KES)".
func (p *moneyParser) codeBehind(m *pendingMoney) {
	w := p.word(m.to + 1)
	if p.at(m.to).isChar('(') && p.at(m.to+2).isChar(')') && w.after.iso && m.mark.family != "" && p.family(m.mark, w.after.code) {
		minor := m.mark.minor
		m.mark = w.after
		m.mark.minor = minor
	}
}

// restates links m to the figure that it gives again in another currency: "$325m
// (£170m)", "400m pesos ($136m; £72.3m)", "£5m, or about $6m,".
func (p *moneyParser) restates(m *pendingMoney) {
	k := len(p.found) - 1
	if k < 0 || m.Vague {
		return
	}
	prev := &p.found[k]
	here := prev.to <= m.from && prev.to >= m.from-8 && p.at(prev.to-1).end == prev.End // in this paragraph, close by
	if !here || p.sameMark(prev, m) && !p.repeats(prev, m) || !p.linked(prev.to, m.from, prev.inside) {
		return
	}
	m.Converts = k + 1
	m.inside = prev.inside || p.at(prev.to).isChar('(') || p.opens(prev.to, m.from)
	if prev.Converts > 0 {
		m.Converts = prev.Converts
	}
	if origin := &p.found[m.Converts-1]; m.Per == "" && origin.Per != "" && (p.at(m.to).isChar(')') || p.at(m.to).isChar(',')) {
		if per, _, ok := p.periodAt(m.to + 1); ok {
			m.Per = per
		}
	}
}

func (p *moneyParser) sameMark(a, b *pendingMoney) bool {
	return a.mark.code == b.mark.code && a.country == b.country && majorFamily(a.mark) == majorFamily(b.mark)
}

// majorFamily is the family of the whole unit: cents are of the dollar.
func majorFamily(m currencyMark) string {
	if m.family == "cent" {
		return "dollar"
	}
	return m.family
}

// repeats says that m is the amount of prev once more, in a bracket: "£5,000,000
// (five million pounds)".
func (p *moneyParser) repeats(prev, m *pendingMoney) bool {
	if prev.Min == nil || m.Min == nil || !prev.Min.Equal(*m.Min) {
		return false
	}
	return p.at(m.from-1).isChar('(') && p.at(m.to).isChar(')')
}

func (p *moneyParser) opens(from, to int) bool {
	for i := from; i < to; i++ {
		if p.at(i).isChar('(') {
			return true
		}
	}
	return false
}

// pastNouns passes up to three words before the bracket at the end of which the
// figure at token to stands alone: "a $1.5bn deal (about Rs 12,500 crore)".
func (p *moneyParser) pastNouns(from, to int) int {
	for i := from; i < min(from+4, to); i++ {
		if p.at(i).isChar('(') {
			return i
		}
		if p.at(i).kind != tokWord {
			break
		}
	}
	return from
}

// linked says that the tokens between two figures only introduce a restatement.
func (p *moneyParser) linked(from, to int, inside bool) bool {
	joint := inside
	from = p.pastNouns(from, to)
	if _, k, ok := p.periodAt(from); ok && k <= to {
		from = k
	}
	for i := from; i < to; i++ {
		t := p.at(i)
		switch {
		case t.isChar('('), t.isChar('='), t.isChar('/'), t.isChar('['):
			joint = true
		case t.word == wOr:
			joint = true
		case t.isChar(','), t.isChar(';'), t.isChar('~'), t.isChar('≈'):
		case t.kind == tokWord && p.word(i).roles&roleConvert != 0 && t.word != wAnd:
		default:
			return false
		}
	}
	return joint
}

// resolve settles the currencies and returns the figures.
func (p *moneyParser) resolve(home string) []copytaster.Money {
	if len(p.found) == 0 {
		return nil
	}
	out := make([]copytaster.Money, len(p.found))
	stated := make(map[string]bool)
	for i := range p.found {
		m := &p.found[i].mark
		stated[m.family] = true
		if m.family == "" {
			stated[m.code] = true
		}
	}
	for i := range p.found {
		m := &p.found[i]
		out[i] = m.Money
		at := home
		if m.mark.family == "dollar" && stated[p.lex.money.in(m.mark, home)] {
			at = "" // the text writes A$ for its own dollars
		}
		out[i].Currency, out[i].Reason = p.lex.money.resolve(m.mark, m.country, at, p.nation(m.mark, stated))
	}
	return out
}

// nation is the country of the mark's family that the text names most, for the
// families where a name in the text tells: all but dollars and pounds.
func (p *moneyParser) nation(m currencyMark, stated map[string]bool) string {
	switch m.family {
	case "", "dollar", "pound":
		return ""
	case "cent":
		if stated["EUR"] && !stated["USD"] && !stated["dollar"] {
			return "EU"
		}
		return ""
	}
	best, count := "", 0
	for country, code := range p.lex.money.families[m.family] {
		n := p.seen[country]
		if code == m.code && n > 0 {
			return country
		}
		if n > count || n == count && n > 0 && country < best {
			best, count = country, n
		}
	}
	return best
}
