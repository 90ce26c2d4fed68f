// SPDX-License-Identifier: Apache-2.0

package extract

// term is a date that a sentence gives to what it speaks of: when it starts or
// ends.
type term struct {
	calendar
	ends  bool
	weak  bool // "was due to end": what was planned, and may have changed
	tense tense
}

var (
	startVerbs = hashSet("begin begins began begun beginning start starts started starting commence commences commenced commencing commencement effective")
	endVerbs   = hashSet("end ends ended ending expire expires expired expiring expiry expiration finish finishes finished finishing conclude concludes concluded lapse lapses lapsed complete completes completed completion renewal")
	pastVerbs  = hashSet("began begun started commenced ended expired finished concluded lapsed took ran went came")
	twoWords   = map[string]*wordSet{ // what ends a verb of two words, and how that begins
		"over": hashSet("take takes took taken taking"), "live": hashSet("go goes went going"), "out": hashSet("run runs ran running"),
		"effect": hashSet("take takes took taking into with"), "force": hashSet("into in"),
	}
	runsTo     = hashSet("extended extend extending extension run runs running ran through out up on continue continues lasting lasts last renewed prolonged rolled")
	extends    = hashSet("extended extend extends extending renewed renew prolonged")
	planned    = hashSet("due scheduled meant supposed expected originally intended set")
	optional   = hashSet("could may might option options possible possibility extendable optional")
	clauseEnds = hashSet("said says announced won wins awarded signed signs after before when while because told although though but reported published")
	// notTerms are what else begins and ends: its dates are none of a contract.
	notTerms = hashSet("year years quarter months month week weeks consultation inquiry trial season parliament bidding tender deadline deadlines strike strikes talks hearing election sentence lease competition procurement bids fiscal earnings results")
	rising   = hashSet("up down rise rises rising rose fell fall growth grew increase increased increases decrease apart different dropped drop jumped climbed cut")
	serving  = hashSet("run runs running held hold holds provided provides operated operates managed manages delivered delivers had served serves maintained maintains supplied supplies collected collects handled handles been carried looked")
	paying   = hashSet("paid pay pays paying received receives receiving earned earns earning spent spends spending raked pocketed billed charged invoiced cost made")
	inOn     = hashSet("in on at by of is from around about")
)

// termReach is how many tokens before a date its verb is looked for.
const termReach = 9

// terms are the dates between two tokens that say when something starts or ends.
func (a *analysis) terms(from, to int) []term {
	var out []term
	var prev calendar
	for i := from; i < to; i++ {
		c, ok := a.dateAt(i, to)
		if !ok || c.from < max(from, prev.to) {
			continue
		}
		if prev.to > 0 && a.isRange(prev.to, c.from) {
			out = a.closeRange(out, prev, c)
		} else if t, ok := a.termOf(c, max(from, prev.to)); ok {
			out = append(out, t)
		}
		prev = c
		i = c.to - 1
	}
	return out
}

// isRange reports whether what stands between two dates makes a range of them:
// "to", "until", "and", a dash.
func (a *analysis) isRange(from, to int) bool {
	switch to - from {
	case 0:
		return a.toks[to].gap == sepTight
	case 1:
		return oneOf(a.word(from), "to", "until", "till", "through", "and") || oneOf(a.raw(from), "-", "–", "—")
	}
	return to == from+2 && a.word(from+1) == "to" && oneOf(a.word(from), "up", "through")
}

// closeRange adds the second date of a range, and the first where it was none
// without the second: "between 2025 and 2030", "the contract (2025-2030)".
func (a *analysis) closeRange(out []term, first, second calendar) []term {
	n := len(out)
	if n == 0 || out[n-1].to != first.to || out[n-1].ends {
		if a.paidIn(first.from, max(0, first.from-20)) || a.pays(second.to) || !oneOf(a.word(first.from-1), "between", "for", "period", "covering", "covers", "running", "runs", "term") && a.raw(first.from-1) != "(" {
			return out
		}
		out = append(out, term{calendar: first})
	} else if a.word(first.to) == "and" {
		return out
	}
	if first.year == 0 && second.year > 0 {
		out[len(out)-1].year = second.year // "from 1 April to 30 June 2026"
		if first.month > second.month {
			out[len(out)-1].year--
		}
	}
	return append(out, term{calendar: second, ends: true})
}

// termOf reads what is said of a date by the words before it, as far back as
// token floor.
func (a *analysis) termOf(c calendar, floor int) (term, bool) {
	t := term{calendar: c}
	p := c.from - 1
	if p < floor {
		return t, false
	}
	cue := p
	switch w := a.word(p); {
	case w == "until" || w == "till" || w == "through":
		t.ends = !a.waits(p, floor)
	case w == "to" && p > floor && (a.is(p-1, runsTo) || a.before(p, max(floor, p-termReach), extends)):
		t.ends = true
	case w == "since":
		t.tense = past
		if !a.before(p, floor, serving) || a.paidIn(p, floor) {
			return t, false
		}
	case w == "from" && !a.otherFrom(p, floor):
	default:
		if cue = a.termVerb(p, floor, &t); cue < 0 {
			return t, false
		}
	}
	t.weak = a.wasPlanned(cue, floor)
	return t, !a.before(cue, max(floor, cue-8), optional)
}

// otherFrom reports whether "from" at token p says something else than when a
// contract starts: "up from 2019", "paid from 2019", "a system that dates from 2019".
func (a *analysis) otherFrom(p, floor int) bool {
	if p <= floor {
		return false
	}
	dates := oneOf(a.word(p-1), "dates", "dated", "dating") && !a.before(p, max(floor, p-8), contractWords)
	return dates || a.is(p-1, rising) || a.paidIn(p, floor)
}

// paidIn reports whether the date behind token p says when money was paid: a verb
// of paying stands before it, and no contract noun between.
func (a *analysis) paidIn(p, floor int) bool {
	for i := p - 1; i >= floor && p-i < 20; i-- {
		switch {
		case a.is(i, contractWords), a.is(i, startVerbs):
			return false
		case a.is(i, paying) && !a.toks[i].cap:
			return true
		}
	}
	return false
}

// pays reports whether a verb of paying stands behind token i: "Between 2013 and
// 2018 the ministry paid it £9m".
func (a *analysis) pays(i int) bool {
	for j := i; j < min(len(a.toks), i+8) && a.raw(j) != "."; j++ {
		if a.is(j, paying) {
			return true
		}
	}
	return false
}

// before reports whether one of the words stands between floor and token i.
func (a *analysis) before(i, floor int, set *wordSet) bool {
	for i--; i >= floor; i-- {
		if a.is(i, set) {
			return true
		}
	}
	return false
}

// waits reports whether "until" at token p says when something starts: "will not
// begin until 2027".
func (a *analysis) waits(p, floor int) bool {
	for i := p - 1; i >= max(floor, p-5); i-- {
		if a.is(i, startVerbs) || a.isPhrasal(i) && a.word(i) != "out" {
			return a.before(i, max(floor, i-4), negations)
		}
	}
	return false
}

// isPhrasal reports whether token i ends a verb of two words that starts or ends
// something: "take over", "goes live", "run out".
func (a *analysis) isPhrasal(i int) bool {
	set := twoWords[a.word(i)]
	return set != nil && a.is(i-1, set)
}

// termVerb is the verb of starting or ending that the date behind token p belongs
// to, or -1: right before it, or with a preposition between.
func (a *analysis) termVerb(p, floor int, t *term) int {
	reach := p
	if a.is(p, inOn) {
		reach = max(floor, p-termReach)
	}
	for i := p; i >= reach; i-- {
		two := a.isPhrasal(i)
		starts := a.is(i, startVerbs) && !a.tight(i+1, len(a.toks)) || two && a.word(i) != "out"
		if !starts && !two && !a.is(i, endVerbs) {
			if a.is(i, clauseEnds) || oneOf(a.raw(i), ",", ";", "–", "—", "(", ":") {
				return -1
			}
			continue
		}
		t.ends = !starts
		if a.is(i, pastVerbs) || two && a.is(i-1, pastVerbs) {
			t.tense = past
		}
		if a.before(i, max(floor, i-3), notTerms) || a.is(i+1, notTerms) {
			return -1
		}
		return i
	}
	return -1
}

// wasPlanned reports whether what the cue says was a plan of then: "was due to",
// "originally".
func (a *analysis) wasPlanned(cue, floor int) bool {
	for i := cue - 1; i >= max(floor, cue-5); i-- {
		if a.is(i, planned) {
			return a.word(i) == "originally" || oneOf(a.word(i-1), "was", "were", "been", "originally")
		}
	}
	return false
}
