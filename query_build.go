// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"fmt"
)

// scope is what the conditions around a node say about it.
type scope struct {
	zones    []Zone // the zone: that its words and organisations are looked for in; nil for none
	contract bool   // inside contract:( )
}

// buildPlan turns what was written into what it means.
func buildPlan(n *node) (Cond, error) { return scope{}.cond(n) }

func (s scope) cond(n *node) (Cond, error) {
	switch n.op {
	case opAnd:
		return s.group(n.kids)
	case opOr:
		return s.or(n)
	case opNot:
		c, err := s.cond(n.kids[0])
		return Not{c}, err
	case opContract:
		c, err := scope{contract: true}.cond(n.kids[0])
		return ContractCond{c}, err
	}
	return s.group([]*node{n})
}

func (s scope) or(n *node) (Cond, error) {
	out := make(Or, len(n.kids))
	for i, k := range n.kids {
		c, err := s.cond(k)
		if err != nil {
			return nil, err
		}
		out[i] = c
	}
	return out, nil
}

// group plans what stands side by side. Its zone: says where its words and
// organisations are looked for; its money:, currency: and per: ask for one
// figure; everything else is a condition of its own.
func (s scope) group(kids []*node) (Cond, error) {
	rest, zoneNode := takeZone(kids)
	inner, out := s, And{}
	if zoneNode != nil {
		zones, err := s.zonesOf(zoneNode, rest)
		if err != nil {
			return nil, err
		}
		if anyPlaced(rest) {
			inner.zones = zones
		} else if c := zoneCond(zones); c != nil {
			out = append(out, c)
		}
	}
	rest, figures := takeFigures(rest)
	c, err := figureConds(figures)
	if err != nil {
		return nil, err
	}
	out = append(out, c...)
	for _, k := range rest {
		c, err := inner.single(k)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	if len(out) == 1 {
		return out[0], nil
	}
	return out, nil
}

func (s scope) single(n *node) (Cond, error) {
	if n.op == opLeaf {
		return s.leaf(n)
	}
	return s.cond(n)
}

// takeZone separates the zone: of a group, or its alternatives
// (zone:comment OR zone:related), from the rest.
func takeZone(kids []*node) (rest []*node, zone *node) {
	for i, k := range kids {
		if zone == nil && onlyFields(k, "zone") {
			zone = kids[i]
			continue
		}
		rest = append(rest, k)
	}
	return rest, zone
}

// onlyFields reports whether a node is a value of one of the fields, or values
// of them with OR between.
func onlyFields(n *node, fields ...string) bool {
	if n.op == opOr {
		for _, k := range n.kids {
			if !onlyFields(k, fields...) {
				return false
			}
		}
		return true
	}
	if n.op == opLeaf {
		for _, f := range fields {
			if n.leaf.field == f {
				return true
			}
		}
	}
	return false
}

// zonesOf reads the zones of a group and refuses a second zone: beside it.
func (s scope) zonesOf(zone *node, rest []*node) ([]Zone, error) {
	for _, k := range rest {
		if onlyFields(k, "zone") {
			return nil, &QueryError{k.pos, "two zones side by side", "write (zone:comment OR zone:related), or two parentheses with words in each"}
		}
	}
	if s.contract {
		return nil, outsideContract(zone)
	}
	return appendZones(nil, zone)
}

func appendZones(zones []Zone, n *node) ([]Zone, error) {
	if n.op == opOr {
		var err error
		for _, k := range n.kids {
			if zones, err = appendZones(zones, k); err != nil {
				return nil, err
			}
		}
		return zones, nil
	}
	if isAny(n.leaf) {
		return append(zones, Zones()[1:]...), nil
	}
	z, err := oneOf(n, Zones())
	return append(zones, z), err
}

// zoneCond asks for an aside in one of the zones; every article has a body.
func zoneCond(zones []Zone) Cond {
	out := make(Or, len(zones))
	for i, z := range zones {
		if z == ZoneBody {
			return nil
		}
		out[i] = ZoneCond{z}
	}
	if len(out) == 1 {
		return out[0]
	}
	return out
}

// anyPlaced reports whether a group holds something that its zone: applies to.
func anyPlaced(kids []*node) bool {
	for _, k := range kids {
		if placed(k) {
			return true
		}
	}
	return false
}

func placed(n *node) bool {
	switch n.op {
	case opLeaf:
		return n.leaf.field == "" || n.leaf.field == "supplier" || n.leaf.field == "buyer"
	case opContract:
		return false
	case opAnd:
		for _, k := range n.kids {
			if onlyFields(k, "zone") {
				return false
			}
		}
	}
	return anyPlaced(n.kids)
}

// leaf plans one word, phrase or value; zones and figures are planned by group.
func (s scope) leaf(n *node) (Cond, error) {
	l := n.leaf
	if l.near > 0 && l.field != "" && l.field != "title" && l.field != "body" && l.field != "subject" {
		return nil, &QueryError{n.pos, fmt.Sprintf("~%d does not go with %s:", l.near, l.field), "it belongs to a phrase of text"}
	}
	if s.contract && !inContract(l.field) {
		return nil, outsideContract(n)
	}
	switch l.field {
	case "", "title", "body":
		return s.text(n)
	case "supplier", "buyer":
		return s.entity(n)
	case "status":
		return s.status(n)
	case "subject":
		return subjectCond(n)
	case "published", "fetched":
		return dateCond(n)
	case "contract":
		return ContractCond{And{}}, nil
	}
	return keywordCond(n)
}

func inContract(field string) bool {
	switch field {
	case "supplier", "buyer", "status", "subject", "money", "currency", "per":
		return true
	}
	return false
}

func outsideContract(n *node) error {
	what := n.leaf.field + ":"
	if n.leaf.field == "" {
		what = clip(n.leaf.text)
	}
	if n.op != opLeaf {
		what = "zone:"
	}
	return &QueryError{n.pos, what + " does not belong inside contract:( )",
		"only supplier, buyer, status, subject, money, currency and per do; words of what the contract is for go in subject:"}
}
