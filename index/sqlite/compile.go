// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"fmt"
	"strings"

	"github.com/copytaster/copytaster"
)

// expr is an SQL expression and its arguments.
type expr struct {
	sql  string
	args []any
}

// never holds for no row, always for each.
func never() expr  { return expr{sql: "0"} }
func always() expr { return expr{sql: "1"} }

// compile turns a plan into a condition on the rows of the table article, which
// holds for exactly those that the plan does. Every part is "its number is among
// these", so that SQLite may start with any of them.
func compile(c copytaster.Cond) (expr, error) {
	switch c := c.(type) {
	case copytaster.And:
		return compileArticles(c, " AND ")
	case copytaster.Or:
		return compileArticles(c, " OR ")
	case copytaster.Not:
		return negate(c.Cond, compile)
	case copytaster.TextCond:
		return compileText(c), nil
	case copytaster.EntityCond:
		e := compileParty(c)
		e.sql, e.args = "zone = ? AND "+e.sql, append([]any{c.Zone}, e.args...)
		return among("article.n", "SELECT owner FROM party", e), nil
	case copytaster.MoneyCond:
		return among("article.n", "SELECT owner FROM money", compileMoney(c)), nil
	case copytaster.ContractCond:
		e, err := compileContract(c.Cond)
		return among("article.n", "SELECT article FROM contract", e), err
	case copytaster.StatusCond, copytaster.SubjectCond:
		e, err := compileContract(c)
		return among("article.n", "SELECT article FROM contract", e), err
	case copytaster.KeywordCond:
		return among("article.n", "SELECT owner FROM keyword", compileKeyword(c)), nil
	case copytaster.DateCond:
		return compileDate(c)
	case copytaster.ZoneCond:
		return among("article.n", "SELECT article FROM aside", expr{"zone = ?", []any{c.Zone}}), nil
	}
	return expr{}, fmt.Errorf("a plan with an unknown condition %T", c)
}

// compileContract is compile for the rows of the table contract.
func compileContract(c copytaster.Cond) (expr, error) {
	switch c := c.(type) {
	case copytaster.And:
		return compileAll(c, " AND ", compileContract)
	case copytaster.Or:
		return compileAll(c, " OR ", compileContract)
	case copytaster.Not:
		return negate(c.Cond, compileContract)
	case copytaster.EntityCond:
		return among("contract.n", "SELECT owner FROM contract_party", compileParty(c)), nil
	case copytaster.MoneyCond:
		return among("contract.n", "SELECT owner FROM contract_money", compileMoney(c)), nil
	case copytaster.StatusCond:
		return expr{"contract.status = ?", []any{c.Status}}, nil
	case copytaster.SubjectCond:
		if c.Any {
			return expr{sql: "contract.subject"}, nil
		}
		return matches("contract.n", "contract_text", ftsText(c.Text, "word", "stem")), nil
	}
	return expr{}, fmt.Errorf("a plan with a condition %T inside a contract", c)
}

// places are n place-holders.
func places(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// among is the expression that column is in what query selects where e holds.
func among(column, query string, e expr) expr {
	return expr{column + " IN (" + query + " WHERE " + e.sql + ")", e.args}
}

// matches is the expression that column is a row of a full-text table that
// matches.
func matches(column, table, match string) expr {
	return expr{column + " IN (SELECT rowid FROM " + table + " WHERE " + table + " MATCH ?)", []any{match}}
}

// negate is the complement, which a missing value never blurs: no expression of
// ours is NULL.
func negate(c copytaster.Cond, compile func(copytaster.Cond) (expr, error)) (expr, error) {
	e, err := compile(c)
	return expr{"NOT (" + e.sql + ")", e.args}, err
}

// compileArticles compiles the operands of an And or an Or. Those that ask the
// title and the body alone become one full-text match.
func compileArticles(conds []copytaster.Cond, op string) (expr, error) {
	rest, match := splitText(conds, op)
	if match == "" {
		return compileAll(conds, op, compile)
	}
	text := matches("article.n", "article_text", match)
	if len(rest) == 0 {
		return text, nil
	}
	e, err := compileAll(rest, op, compile)
	return join([]expr{text, e}, op), err
}

// compileAll compiles the operands of an And or an Or.
func compileAll(conds []copytaster.Cond, op string, compile func(copytaster.Cond) (expr, error)) (expr, error) {
	if len(conds) == 0 {
		return map[string]expr{" AND ": always(), " OR ": never()}[op], nil
	}
	parts := make([]expr, len(conds))
	for i, c := range conds {
		e, err := compile(c)
		if err != nil {
			return expr{}, err
		}
		parts[i] = e
	}
	return join(parts, op), nil
}

// join joins expressions by halves: SQLite bounds the depth of an expression.
func join(parts []expr, op string) expr {
	if len(parts) == 1 {
		return parts[0]
	}
	half := len(parts) / 2
	a, b := join(parts[:half], op), join(parts[half:], op)
	return expr{"(" + a.sql + op + b.sql + ")", append(a.args[:len(a.args):len(a.args)], b.args...)}
}

// compileParty is a condition on party or contract_party, less the zone.
func compileParty(c copytaster.EntityCond) expr {
	e := expr{"role = ?", []any{c.Role}}
	if c.Any {
		return e
	}
	for _, id := range c.IDs {
		e.args = append(e.args, markID+id)
	}
	if c.Name != "" {
		e.args = append(e.args, markName+c.Name)
	}
	e.sql += " AND value IN (" + places(len(e.args)-1) + ")"
	return e
}

// compileMoney is a condition on money or contract_money.
func compileMoney(c copytaster.MoneyCond) expr {
	e := always()
	add := func(sql string, args ...any) {
		e.sql += " AND " + sql
		e.args = append(e.args, args...)
	}
	if c.Lo != nil {
		add("hi >= ?", *c.Lo)
	}
	if c.Hi != nil {
		add("lo <= ?", *c.Hi)
	}
	for _, f := range []struct{ column, value string }{{"currency", c.Currency}, {"per", string(c.Per)}} {
		switch f.value {
		case "":
		case copytaster.AnyValue:
			add(f.column + " <> ''")
		default:
			add(f.column+" = ?", f.value)
		}
	}
	return e
}

// compileKeyword is a condition on keyword.
func compileKeyword(c copytaster.KeywordCond) expr {
	e := expr{"field = ?", []any{c.Field}}
	switch {
	case c.Any:
	case c.Field == "author":
		for _, word := range strings.Fields(c.Value) {
			e.sql += " AND instr(value, ?)"
			e.args = append(e.args, " "+word+" ")
		}
	default:
		e.sql += " AND value = ?"
		e.args = append(e.args, c.Value)
	}
	return e
}

// compileDate asks for days that meet the asked ones.
func compileDate(c copytaster.DateCond) (expr, error) {
	columns, ok := map[string][2]string{
		"published": {"article.published_from", "article.published_to"},
		"fetched":   {"article.fetched_day", "article.fetched_day"},
	}[c.Field]
	if !ok {
		return expr{}, fmt.Errorf("a plan with an unknown date %q", c.Field)
	}
	e := expr{sql: columns[0] + " IS NOT NULL"}
	if c.From != "" {
		e.sql += " AND " + columns[1] + " >= ?"
		e.args = append(e.args, c.From)
	}
	if c.To != "" {
		e.sql += " AND " + columns[0] + " <= ?"
		e.args = append(e.args, c.To)
	}
	return expr{"(" + e.sql + ")", e.args}, nil
}
