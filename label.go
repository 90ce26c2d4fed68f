// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"slices"
	"strings"

	"github.com/govalues/decimal"
)

// Label is the state as a person reads it: "under review".
func (s Status) Label() string { return strings.ReplaceAll(string(s), "_", " ") }

// Label is the bound as it stands before an amount: "more than". An exact
// figure and a range have none.
func (b Bound) Label() string {
	switch b {
	case BoundExact, BoundRange:
		return ""
	case BoundApprox:
		return "about"
	}
	return strings.ReplaceAll(string(b), "_", " ")
}

// Label is the contract in one line: "Atos for DWP, £500m, exiting early".
func (c *Contract) Label() string {
	names := make([]string, len(c.Suppliers))
	for i, s := range c.Suppliers {
		names[i] = s.Name
	}
	who := strings.Join(names, " and ")
	if c.Buyer.Name != "" {
		who = strings.TrimSpace(who + " for " + c.Buyer.Name)
	}
	parts := []string{who}
	for i := range c.Values {
		parts = append(parts, c.Values[i].Label())
	}
	parts = append(parts, c.Status.Label())
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), ", ")
}

// Label is the figure in the short form of a headline, with its bound and
// period: "more than £500m", "£10m–£12m", "£7 an hour". It never rounds: a
// number that millions, billions or trillions do not state in two decimals is
// written out. A vague figure is shown as it was written.
func (m *Money) Label() string {
	amount := m.between(func(d Decimal) string { return shortAmount(d, m.Currency) })
	if amount == "" {
		return strings.Join(strings.Fields(m.Surface), " ")
	}
	return strings.TrimSpace(m.Bound.Label()+" "+amount) + m.Per.label()
}

// Title is the figure written out, for a tooltip: "500,000,000 GBP, more than".
// It is "" for a vague figure.
func (m *Money) Title() string {
	amount := m.between(grouped)
	if amount == "" {
		return ""
	}
	parts := []string{strings.TrimSpace(amount + " " + m.Currency)}
	for _, more := range []string{m.Bound.Label(), strings.TrimSpace(m.Per.label()), m.over()} {
		if more != "" {
			parts = append(parts, more)
		}
	}
	return strings.Join(parts, ", ")
}

// Tags are the short labels of what was tagged in the sentence, in the order
// suppliers, figures, buyers, states, each once.
func (e *Evidence) Tags() []string {
	var tags []string
	tags = append(tags, named(e.Mentions, RoleSupplier)...)
	for i := range e.Money {
		tags = append(tags, e.Money[i].Label())
	}
	tags = append(tags, named(e.Mentions, RoleBuyer)...)
	for _, c := range e.Contracts {
		tags = append(tags, c.Status.Label())
	}
	return unique(tags)
}

func named(mentions []Mention, role Role) []string {
	var names []string
	for _, m := range mentions {
		if m.Role == role {
			names = append(names, m.Name)
		}
	}
	return names
}

// unique drops empty and repeated strings and keeps the order.
func unique(in []string) []string {
	var out []string
	for _, s := range in {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// between writes the figure's one or two numbers; "" for a vague figure.
func (m *Money) between(write func(Decimal) string) string {
	switch {
	case m.Vague || m.Min == nil && m.Max == nil:
		return ""
	case m.Min == nil:
		return write(*m.Max)
	case m.Max == nil || m.Min.Equal(*m.Max):
		return write(*m.Min)
	}
	return write(*m.Min) + "–" + write(*m.Max)
}

// label is the period after an amount: " a year", " an hour".
func (p Period) label() string {
	switch p {
	case "":
		return ""
	case PerHour:
		return " an hour"
	}
	return " a " + string(p)
}

// over is the figure's term where it is a plain number of one unit.
func (m *Money) over() string {
	if m.Over == "" {
		return ""
	}
	units := map[byte]string{'Y': "years", 'M': "months", 'W': "weeks", 'D': "days"}
	n := strings.TrimPrefix(m.Over, "P")
	unit, ok := units[m.Over[len(m.Over)-1]]
	n = n[:max(len(n)-1, 0)]
	if !ok || n == "" || strings.Trim(n, "0123456789.") != "" {
		return "over " + m.Over
	}
	if n == "1" {
		unit = strings.TrimSuffix(unit, "s")
	}
	return "over " + n + " " + unit
}

// shortAmount writes "£1.5bn", "£25,000", "750m XAF".
func shortAmount(d Decimal, currency string) string {
	number := grouped(d)
	for _, unit := range []struct {
		zeros  int
		suffix string
	}{{12, "tn"}, {9, "bn"}, {6, "m"}} {
		if scaled, ok := inUnits(d, unit.zeros); ok {
			number = scaled.Trim(0).String() + unit.suffix
			break
		}
	}
	if symbol := currencySymbol(currency); symbol != "" {
		return strings.Replace(symbol+number, symbol+"-", "-"+symbol, 1)
	}
	return strings.TrimSpace(number + " " + currency)
}

// inUnits is d in units of ten to the power zeros, where that is at least one
// and states d exactly in two decimals.
func inUnits(d Decimal, zeros int) (Decimal, bool) {
	unit, err := decimal.New(1, 0)
	for range zeros {
		if err == nil {
			unit, err = unit.Mul(decimal.Ten)
		}
	}
	if err != nil || d.CmpAbs(unit) < 0 {
		return Decimal{}, false
	}
	scaled, err := d.Quo(unit)
	if err != nil {
		return Decimal{}, false
	}
	back, err := scaled.Mul(unit)
	return scaled, err == nil && back.Equal(d) && scaled.MinScale() <= 2
}

// grouped writes d with commas between thousands, without needless zeros, and
// with two decimals where it has any.
func grouped(d Decimal) string {
	d = d.Trim(0)
	if d.Scale() == 1 {
		d = d.Pad(2)
	}
	whole, frac, hasFrac := strings.Cut(d.Abs().String(), ".")
	var b strings.Builder
	if d.IsNeg() {
		b.WriteByte('-')
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	if hasFrac {
		b.WriteString("." + frac)
	}
	return b.String()
}

// currencySymbol is the symbol of a currency that has one of its own in English
// text; the dollars are told apart by their letters.
func currencySymbol(code string) string {
	return map[string]string{
		"GBP": "£", "EUR": "€", "USD": "$", "JPY": "¥", "INR": "₹",
		"AUD": "A$", "CAD": "C$", "NZD": "NZ$", "HKD": "HK$", "SGD": "S$",
	}[code]
}
