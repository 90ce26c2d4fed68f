// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"errors"
	"fmt"
	"strings"

	"github.com/govalues/decimal"
)

// takeFigures separates money:, currency: and per: of a group, and alternatives
// of currency: and per:, from the rest.
func takeFigures(kids []*node) (rest, figures []*node) {
	for _, k := range kids {
		if onlyFields(k, "currency", "per") || k.op == opLeaf && k.leaf.field == "money" {
			figures = append(figures, k)
			continue
		}
		rest = append(rest, k)
	}
	return rest, figures
}

// maxFigures bounds the combinations of money:, currency: and per: in a group.
const maxFigures = 64

// figureConds binds each money: of a group to all its currency: and per:. Where
// there is no money:, those ask for one figure together.
func figureConds(figures []*node) ([]Cond, error) {
	qualifiers := []MoneyCond{{}}
	var sums []*node
	for _, n := range figures {
		if n.leaf.field == "money" {
			sums = append(sums, n)
			continue
		}
		var err error
		if qualifiers, err = qualify(qualifiers, n); err != nil {
			return nil, err
		}
	}
	if len(figures) == 0 {
		return nil, nil
	}
	if len(sums) == 0 {
		return []Cond{oneFigure(qualifiers)}, nil
	}
	var out []Cond
	for _, n := range sums {
		sum, err := sumCond(n)
		if err != nil {
			return nil, err
		}
		bound, err := merge(qualifiers, []MoneyCond{sum}, n)
		if err != nil {
			return nil, err
		}
		out = append(out, oneFigure(bound))
	}
	return out, nil
}

func oneFigure(alternatives []MoneyCond) Cond {
	if len(alternatives) == 1 {
		return alternatives[0]
	}
	out := make(Or, len(alternatives))
	for i, c := range alternatives {
		out[i] = c
	}
	return out
}

func qualify(qualifiers []MoneyCond, n *node) ([]MoneyCond, error) {
	alternatives, err := appendQualifiers(nil, n)
	if err != nil {
		return nil, err
	}
	return merge(qualifiers, alternatives, n)
}

func appendQualifiers(out []MoneyCond, n *node) ([]MoneyCond, error) {
	if n.op == opOr {
		var err error
		for _, k := range n.kids {
			if out, err = appendQualifiers(out, k); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	c, err := qualifier(n)
	return append(out, c), err
}

func qualifier(n *node) (c MoneyCond, err error) {
	switch {
	case n.leaf.near > 0:
		return c, &QueryError{n.pos, fmt.Sprintf("~%d does not go with %s:", n.leaf.near, n.leaf.field), ""}
	case n.leaf.field == "per" && isAny(n.leaf):
		c.Per = AnyValue
	case n.leaf.field == "per":
		c.Per, err = oneOf(n, []Period{PerYear, PerMonth, PerWeek, PerDay, PerHour})
	case isAny(n.leaf):
		c.Currency = AnyValue
	default:
		c.Currency = strings.ToUpper(n.leaf.text)
		if len(c.Currency) != 3 || n.leaf.star || !isLowerASCII(strings.ToLower(c.Currency)) {
			err = &QueryError{n.pos, fmt.Sprintf("currency: cannot be %s", clip(n.leaf.text)), "write three letters: gbp, eur, usd"}
		}
	}
	return c, err
}

// merge pairs every condition of a with every one of b into one figure's.
func merge(a, b []MoneyCond, n *node) ([]MoneyCond, error) {
	if len(a)*len(b) > maxFigures {
		return nil, &QueryError{n.pos, "too many combinations of money:, currency: and per: side by side", ""}
	}
	var out []MoneyCond
	for _, x := range a {
		for _, y := range b {
			currency, ok1 := unite(x.Currency, y.Currency)
			per, ok2 := unite(string(x.Per), string(y.Per))
			if !ok1 || !ok2 {
				return nil, &QueryError{n.pos, "one figure cannot have two currencies or two periods",
					"side by side they speak of one figure: write OR between, or (money:* currency:gbp) (money:* currency:usd)"}
			}
			out = append(out, MoneyCond{Lo: y.Lo, Hi: y.Hi, Currency: currency, Per: Period(per)})
		}
	}
	return out, nil
}

// unite joins two demands on one value: the stricter, if they agree.
func unite(a, b string) (string, bool) {
	switch {
	case a == "" || a == b || a == AnyValue && b != "":
		return b, true
	case b == "" || b == AnyValue:
		return a, true
	}
	return "", false
}

// sumCond reads a value of money:.
func sumCond(n *node) (MoneyCond, error) {
	if n.leaf.near > 0 {
		return MoneyCond{}, &QueryError{n.pos, fmt.Sprintf("~%d does not go with money:", n.leaf.near), ""}
	}
	if isAny(n.leaf) {
		return MoneyCond{}, nil
	}
	if err := noPrefix(n); err != nil {
		return MoneyCond{}, err
	}
	var c MoneyCond
	var err error
	c.Lo, c.Hi, err = interval(withoutSpace(n.leaf.text), func(s string) (int64, int64, error) {
		amount, currency, err := readAmount(s)
		if other, ok := unite(c.Currency, currency); ok {
			c.Currency = other
		} else if err == nil {
			err = errors.New("two currencies in one figure")
		}
		return amount, amount, err
	})
	if err != nil {
		return MoneyCond{}, &QueryError{n.pos, fmt.Sprintf("money: cannot be %s: %v", clip(n.leaf.text), err), "write >500m, >=£500m, <1bn, 10m..50m, 500m or *"}
	}
	return c, nil
}

// readAmount reads a number with a currency mark before it and a unit behind,
// and returns it in hundredths.
func readAmount(s string) (hundredths int64, currency string, err error) {
	s, currency = cutMark(strings.ToLower(s))
	number, factor := cutUnit(s)
	number, err = dropCommas(number)
	if err != nil {
		return 0, "", err
	}
	d, err := decimal.Parse(number)
	if err != nil || strings.ContainsAny(number, "e+-") || number == "" {
		return 0, "", fmt.Errorf("%s is no amount", clip(s))
	}
	product, err := d.Mul(decimal.MustNew(factor, 0))
	if err != nil {
		return 0, "", fmt.Errorf("%s is too large", clip(s))
	}
	return Hundredths(product), currency, nil
}

func cutMark(s string) (rest, currency string) {
	for _, m := range []struct{ mark, currency string }{
		{"£", "GBP"}, {"€", "EUR"}, {"us$", "USD"}, {"a$", "AUD"}, {"c$", "CAD"}, {"$", "USD"}, {"¥", "JPY"}, {"₹", "INR"},
	} {
		if rest, ok := strings.CutPrefix(s, m.mark); ok {
			return rest, m.currency
		}
	}
	return s, ""
}

func cutUnit(s string) (number string, factor int64) {
	for _, u := range []struct {
		unit   string
		factor int64
	}{{"bn", 1e9}, {"tn", 1e12}, {"mn", 1e6}, {"k", 1e3}, {"m", 1e6}, {"b", 1e9}, {"t", 1e12}} {
		if number, ok := strings.CutSuffix(s, u.unit); ok {
			return number, u.factor
		}
	}
	return s, 1
}

// dropCommas removes the commas of thousands, where they stand right.
func dropCommas(s string) (string, error) {
	whole, _, _ := strings.Cut(s, ".")
	groups := strings.Split(whole, ",")
	for i, g := range groups {
		if len(groups) > 1 && (len(g) > 3 || len(g) < 3 && i > 0 || g == "") {
			return "", fmt.Errorf("the commas of %s do not mark thousands", clip(s))
		}
	}
	return strings.ReplaceAll(s, ",", ""), nil
}
