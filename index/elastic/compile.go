// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/copytaster/copytaster"
)

// place-independent queries.
func everything() object { return object{"match_all": object{}} }
func nothing() object    { return object{"match_none": object{}} }

func hasKey(key string) object {
	return object{"term": object{"keys": object{"value": bounded(key)}}}
}

func nested(path string, query object) object {
	return object{"nested": object{"path": path, "query": query, "score_mode": "none"}}
}

func not(query object) object { return object{"bool": object{"must_not": query}} }

func allOf(queries []object) object {
	if len(queries) == 0 {
		return everything()
	}
	return object{"bool": object{"filter": queries}}
}

func anyOf(queries []object) object {
	switch len(queries) {
	case 0:
		return nothing()
	case 1:
		return queries[0]
	}
	return object{"bool": object{"should": queries, "minimum_should_match": 1}}
}

// maxDepth is how deep queries stand in each other before they are wrapped. The
// server refuses more than 30 levels and counts anew in a wrapper.
const maxDepth = 12

// compiler turns a plan into a query that holds for exactly those documents, or
// contracts, for which the plan does.
type compiler struct {
	scope scope
	depth int
}

// scope says of what the conditions are read.
type scope struct {
	path string // "" for documents, else the nested objects
	leaf func(compiler, copytaster.Cond) (object, error)
}

// compile turns the plan of a query into the server's language.
func compile(c copytaster.Cond) (object, error) {
	return compiler{scope: scope{leaf: compiler.document}}.cond(c)
}

func (k compiler) cond(c copytaster.Cond) (object, error) {
	if k.depth >= maxDepth {
		k.depth = 0
		q, err := k.cond(c)
		if err != nil {
			return nil, err
		}
		return wrap(q)
	}
	k.depth++
	switch c := c.(type) {
	case copytaster.And:
		list, err := k.list(c)
		return allOf(list), err
	case copytaster.Or:
		list, err := k.list(c)
		return anyOf(list), err
	case copytaster.Not:
		q, err := k.cond(c.Cond)
		return not(q), err
	}
	return k.scope.leaf(k, c)
}

func wrap(q object) (object, error) {
	b, err := encodeJSON(q)
	return object{"wrapper": object{"query": base64.StdEncoding.EncodeToString(b)}}, err
}

func (k compiler) list(conds []copytaster.Cond) ([]object, error) {
	out := make([]object, len(conds))
	for i, c := range conds {
		q, err := k.cond(c)
		if err != nil {
			return nil, err
		}
		out[i] = q
	}
	return out, nil
}

// document compiles a condition of a document.
func (k compiler) document(c copytaster.Cond) (object, error) {
	switch c := c.(type) {
	case copytaster.TextCond:
		return compileText(c), nil
	case copytaster.EntityCond:
		return compileParty(c, partyKey(c.Role, c.Zone), "keys"), nil
	case copytaster.MoneyCond:
		return compileMoney(c, "money"), nil
	case copytaster.ContractCond:
		return k.contract(c.Cond)
	case copytaster.StatusCond, copytaster.SubjectCond:
		return k.contract(c)
	case copytaster.KeywordCond:
		return compileKeyword(c), nil
	case copytaster.DateCond:
		return compileDate(c)
	case copytaster.ZoneCond:
		return hasKey(asideKey(c.Zone)), nil
	}
	return nil, fmt.Errorf("a plan with an unknown condition %T", c)
}

// contract asks for one contract for which the condition holds.
func (k compiler) contract(c copytaster.Cond) (object, error) {
	k.scope = scope{path: "contracts", leaf: compiler.ofContract}
	q, err := k.cond(c)
	return nested("contracts", q), err
}

// ofContract compiles a condition of a contract.
func (k compiler) ofContract(c copytaster.Cond) (object, error) {
	const keys = "contracts.keys"
	switch c := c.(type) {
	case copytaster.EntityCond:
		return compileParty(c, partyKey(c.Role, ""), keys), nil
	case copytaster.MoneyCond:
		return compileMoney(c, "contracts.money"), nil
	case copytaster.StatusCond:
		return object{"term": object{keys: "status=" + string(c.Status)}}, nil
	case copytaster.SubjectCond:
		if c.Any {
			return object{"term": object{keys: "subject"}}, nil
		}
		return compileTerms(c.Text, "contracts.subject_words", "contracts.subject_stems"), nil
	}
	return nil, fmt.Errorf("a plan with a condition %T inside a contract", c)
}

// compileParty asks for a key of organisations.
func compileParty(c copytaster.EntityCond, key, field string) object {
	if c.Any {
		return object{"term": object{field: key}}
	}
	var values []string
	for _, id := range c.IDs {
		values = append(values, bounded(key+"="+id))
	}
	if c.Name != "" {
		values = append(values, bounded(key+"~"+c.Name))
	}
	return object{"terms": object{field: values}}
}

// compileMoney asks for one of the figures at a path.
func compileMoney(c copytaster.MoneyCond, path string) object {
	var all []object
	if c.Lo != nil {
		all = append(all, object{"range": object{path + ".hi": object{"gte": *c.Lo}}})
	}
	if c.Hi != nil {
		all = append(all, object{"range": object{path + ".lo": object{"lte": *c.Hi}}})
	}
	for _, f := range []struct{ field, value string }{{".currency", c.Currency}, {".per", string(c.Per)}} {
		switch f.value {
		case "":
		case copytaster.AnyValue:
			all = append(all, object{"exists": object{"field": path + f.field}})
		default:
			all = append(all, object{"term": object{path + f.field: f.value}})
		}
	}
	return nested(path, allOf(all))
}

// compileKeyword asks for a value of a field. All words of an author stand in
// one byline.
func compileKeyword(c copytaster.KeywordCond) object {
	switch {
	case c.Any:
		return hasKey(c.Field)
	case c.Field == "author":
		return window("authors", distinct(strings.Fields(c.Value)), gap/2)
	}
	return hasKey(c.Field + "=" + c.Value)
}

// compileDate asks for days that meet the asked ones. Days are compared as text,
// as Match does.
func compileDate(c copytaster.DateCond) (object, error) {
	fields, ok := map[string][2]string{
		"published": {"published_from", "published_to"},
		"fetched":   {"fetched_day", "fetched_day"},
	}[c.Field]
	if !ok {
		return nil, fmt.Errorf("a plan with an unknown date %q", c.Field)
	}
	all := []object{{"exists": object{"field": fields[0]}}}
	if c.From != "" {
		all = append(all, object{"range": object{fields[1]: object{"gte": c.From}}})
	}
	if c.To != "" {
		all = append(all, object{"range": object{fields[0]: object{"lte": c.To}}})
	}
	return allOf(all), nil
}

// distinct returns the values without repetitions, in order.
func distinct(values []string) []string {
	var s set
	for _, v := range values {
		s.add(v)
	}
	return s.list
}
