// SPDX-License-Identifier: Apache-2.0

package extract

// countrySigns are words that tell in which country a text stands, for names
// that bodies of several countries bear ("the Army", "HSE").
var countrySigns = map[string]*wordSet{
	"GB": hashSet("uk britain british england english scotland scottish wales welsh london whitehall nhs mp mps westminster hmp councillors £"),
	"US": hashSet("us usa america american americans pentagon washington federal senator congressman congress texas california virginia florida hawaii ohio maryland gao defense"),
	"IE": hashSet("ireland irish dublin dáil taoiseach tánaiste td tds cork galway oireachtas"),
	"AU": hashSet("australia australian canberra sydney melbourne queensland victoria nsw perth brisbane adelaide"),
}

// chooseCountry picks, for each name that several entities bear, the one of the
// country that the text stands in: that of the publisher, then of the signs and
// currencies in the text, then of the other names.
func (a *analysis) chooseCountry() {
	var votes map[string]int
	for i := range a.names {
		n := &a.names[i]
		if a.g.aliases[n.first-1].next == 0 {
			continue
		}
		if votes == nil {
			votes = a.votes()
		}
		best := -1 << 30
		for al := range a.g.chain(n.first) {
			e := &a.g.ents[al.ent]
			v := votes[e.country]
			if a.serves(n, al) {
				v += 2
			}
			if v > best {
				best = v
				a.bind(n, int(al.ent))
				n.flags, n.alias = al.flags, a.g.str(al.name)
			}
		}
	}
}

// serves prefers an alias that is written exactly as in the text.
func (a *analysis) serves(n *name, al *alias) bool { return a.g.str(al.name) == a.surface(n) }

// votes counts what speaks for each country.
func (a *analysis) votes() map[string]int {
	if a.ballot != nil {
		return a.ballot
	}
	v := map[string]int{"GB": 1}
	if a.home != "" {
		v[a.home] += 3
	}
	for i := range a.toks {
		for c, signs := range countrySigns {
			if signs.has(a.toks[i].hash) {
				v[c] += 2
			}
		}
		a.vote(v, i)
	}
	for i := range a.names {
		if n := &a.names[i]; n.first > 0 && a.g.aliases[n.first-1].next == 0 && a.entity(n).kind == KindBuyer {
			v[a.entity(n).country] += 2
		}
	}
	a.ballot = v
	return v
}

// vote reads the currency sign at token i.
func (a *analysis) vote(v map[string]int, i int) {
	switch a.raw(i) {
	case "£":
		v["GB"] += 2
	case "€":
		v["IE"] += 2
	case "$":
		switch a.raw(i - 1) {
		case "A", "AU":
			v["AU"] += 4
		default:
			v["US"] += 2
		}
	}
}
