// SPDX-License-Identifier: Apache-2.0

package extract

import "github.com/copytaster/copytaster"

// vouch makes suppliers of discovered names that stand where only a company does,
// in a text about companies: in a list with a supplier, behind what a supplier is
// called, behind "supplied by".
func (a *analysis) vouch(roles map[string]copytaster.Role, supply bool) {
	for range 2 { // a list of three passes it on
		for i := range a.names {
			n := &a.names[i]
			if n.ent >= 0 || roles[n.party] != "" || !a.mayTrade(n) || !supply && !a.signIn(n) && !a.inRace(n, a.sents[n.sent].to) {
				continue
			}
			if a.calledSupplier(n) || a.servedBy(n) || a.boughtFrom(n) || a.beaten(n) || a.bids(n) || a.listedWith(i, roles) {
				roles[n.party] = copytaster.RoleSupplier
			}
		}
	}
}

// signIn reports whether the sentence of a name speaks of contracts or firms.
func (a *analysis) signIn(n *name) bool {
	s := &a.sents[n.sent]
	return a.before(s.to, s.from, supplierSigns) || a.before(s.to, s.from, firmWords) || a.before(s.to, s.from, orderWords) && len(a.money) > 0
}

// mayTrade reports whether nothing in a discovered name says that it is no
// company.
func (a *analysis) mayTrade(n *name) bool {
	zone := a.sents[n.sent].zone
	return !n.body && n.like >= -1 && (zone == copytaster.ZoneBody || zone == copytaster.ZoneHeading) && !a.titled(n.from) &&
		!otherWords.has(a.toks[n.to-1].hash) && !a.is(n.to, otherWords)
}

var (
	// trades are what a supplier is called by what it does.
	trades = hashSet("contractor subcontractor supplier provider operator incumbent newcomer caterer outsourcer haulier housebuilder shipbuilder subsidiary subcontractors contractors suppliers providers operators adviser engineer architect designer consultancy integrator")
	// serves are participles of what suppliers do.
	serves = hashSet("supplied delivered operated provided maintained managed installed catered cleaned staffed")
	// works are participles of what people do too: they need a name of two words.
	works = hashSet("built run done made printed collected handled after out designed serviced")
	// sources are participles of what is done with a supplier's goods.
	sources = hashSet("bought purchased ordered sourced leased rented hired procured")
	// beats say who lost to whom.
	beats = hashSet("beat beats beating outbid outbids pipped undercut")
)

// calledSupplier reads "incumbent S", "the previous operator, S,", "the provider
// was S".
func (a *analysis) calledSupplier(n *name) bool {
	i := n.from - 1
	if w := a.word(i); a.raw(i) == "," || w == "was" || w == "is" || w == "were" {
		if a.raw(i) == "," && a.raw(n.to) != "," && a.raw(n.to) != "." {
			return false
		}
		i--
	}
	return a.is(i, trades) && i >= a.sents[n.sent].from && !a.toks[i].poss
}

// servedBy reads "delivered by S", "built by Two Words".
func (a *analysis) servedBy(n *name) bool {
	if a.word(n.from-1) != "by" || a.word(n.to) == "who" {
		return false
	}
	long := n.to-n.from > 1
	if a.servedUntil(n.from - 2) {
		return true
	}
	return a.is(n.from-2, serves) && (long || a.toks[n.from].upper || a.raw(n.to) != ",") || long && n.like > 0 && a.is(n.from-2, works)
}

// servedUntil reports whether the words up to token i are a participle of serving
// and a time: "provided until July by S".
func (a *analysis) servedUntil(i int) bool {
	if months[a.word(i)] == 0 && a.number(i, len(a.toks)) == 0 && !oneOf(a.word(i), "now", "recently", "year") {
		return false
	}
	return a.is(i-1, serves) || a.is(i-2, serves)
}

// boughtFrom reads "bought from S", "payments to S".
func (a *analysis) boughtFrom(n *name) bool {
	switch a.word(n.from - 1) {
	case "from":
		return a.is(n.from-2, sources) || a.is(n.from-2, offers)
	case "with":
		return a.word(n.from-2) == "placed"
	case "to":
		return oneOf(a.word(n.from-2), "payments", "payment", "outsourced")
	}
	return false
}

// offers are what bidders make.
var offers = hashSet("bid bids offer offers tender tenders proposal proposals quote")

// bids reads "S, whose bid was lower", "S and T are in the race to supply", "S, based
// in Stockport, beat T to the order".
func (a *analysis) bids(n *name) bool {
	end := a.sents[n.sent].to
	if a.raw(n.to) == "," && a.word(n.to+1) == "whose" {
		return a.is(n.to+2, offers) || a.is(n.to+2, contractWords)
	}
	i := n.to
	if a.raw(i) == "," && a.word(i+1) == "based" {
		for i += 2; i < min(end, n.to+8) && a.raw(i) != ","; i++ {
		}
		i++
	}
	if a.is(i, beats) && n.from == a.sents[n.sent].from {
		for j := i + 2; j < min(end-1, i+9); j++ {
			if oneOf(a.word(j), "to", "for") && (a.before(min(end, j+5), j, orderWords) || a.before(min(end, j+5), j, contractWords)) {
				return true
			}
		}
	}
	return a.inRace(n, end)
}

// inRace reads "and T are the last two in the race to supply".
func (a *analysis) inRace(n *name, end int) bool {
	if !oneOf(a.word(n.to), "are", "is", "remain", "and") {
		return false
	}
	for i := n.to + 1; i < min(end, n.to+9); i++ {
		if a.word(i) == "in" && a.word(i+1) == "the" && oneOf(a.word(i+2), "race", "running", "frame", "hunt") && oneOf(a.word(i+3), "to", "for") {
			return verbs[a.word(i+4)].act == actRun || a.before(end, i, contractWords)
		}
	}
	return false
}

// beaten reads "beat Germany's S to the order".
func (a *analysis) beaten(n *name) bool {
	i := n.from - 1
	if a.toks[max(i, 0)].poss && a.is(i, places) {
		i--
	}
	s := &a.sents[n.sent]
	return a.is(i, beats) && oneOf(a.word(n.to), "to", "for", "in") && (a.before(s.to, n.to, contractWords) || a.before(s.to, n.to, orderWords))
}

// listedWith reports whether a name is joined to a supplier: "S and T", "S, T".
func (a *analysis) listedWith(i int, roles map[string]copytaster.Role) bool {
	return i > 0 && a.joined(&a.names[i-1], &a.names[i]) && a.trader(&a.names[i-1], roles) ||
		i+1 < len(a.names) && a.joined(&a.names[i], &a.names[i+1]) && a.trader(&a.names[i+1], roles)
}

// trader reports whether a name is that of a supplier.
func (a *analysis) trader(n *name, roles map[string]copytaster.Role) bool {
	if e := a.entity(n); e != nil {
		return !n.weak && (e.kind == KindSupplier || e.kind == KindBoth)
	}
	return roles[n.party] == copytaster.RoleSupplier
}

// joined reports whether y follows x in a list.
func (a *analysis) joined(x, y *name) bool {
	if x.sent != y.sent || a.toks[x.to-1].poss {
		return false
	}
	switch y.from - x.to {
	case 1:
		return oneOf(a.raw(x.to), "and", "&", "or") || a.raw(x.to) == "," && a.listGoesOn(y)
	case 2:
		return a.raw(x.to) == "," && oneOf(a.raw(x.to+1), "and", "or")
	}
	return false
}

// listGoesOn reports whether a list goes on, or ends, behind name y, so that the
// comma before it is that of a list and not of an apposition or a clause.
func (a *analysis) listGoesOn(y *name) bool {
	if w := a.raw(y.to); w == "and" || w == "or" || w == "&" {
		return true
	}
	return a.raw(y.to) == "," && (a.nameAt(y.to+1) || oneOf(a.raw(y.to+1), "and", "or"))
}
