// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"slices"
	"strings"

	"github.com/copytaster/copytaster"
)

// discover adds runs of capitals that no list has: they may be organisations.
// They are weak until a frame, a legal suffix, an apposition or a list speaks
// for them.
func (a *analysis) discover() {
	a.dissolve()
	a.ventures()
	a.registered()
	known := a.names
	next := 0
	for s := range a.sents {
		if a.toks[a.sents[s].from].para {
			a.lined = !wraps(a.text, a.toks, a.sents[s].from)
		}
		for i := a.sents[s].from; i < a.sents[s].to; {
			for next < len(known) && known[next].to <= i {
				next++
			}
			if next < len(known) && known[next].from <= i {
				i = known[next].to
				continue
			}
			stop := a.sents[s].to
			if next < len(known) {
				stop = min(stop, known[next].from)
			}
			end := a.capitals(i, stop, a.leads(i, s))
			if end == i {
				i++
				continue
			}
			if commaForm(a.text, a.toks[:stop], end) {
				end += 2
			}
			a.candidate(i, end, s)
			i = end
		}
	}
	slices.SortStableFunc(a.names, func(x, y name) int { return x.from - y.from })
}

// leads reports whether token i is the first word of its sentence, or stands
// behind a colon.
func (a *analysis) leads(i, s int) bool {
	for j := i - 1; j >= a.sents[s].from; j-- {
		if a.toks[j].kind != kindPunct {
			return a.raw(i-1) == ":"
		}
	}
	return true
}

// dissolve gives up listed names that are only part of a longer one: the "NHS"
// of "Northfield NHS Trust", the "Department of Health" of a state.
func (a *analysis) dissolve() {
	kept := a.names[:0]
	for _, n := range a.names {
		if !a.dissolves(&n) {
			kept = append(kept, n)
		}
	}
	a.names = kept
}

// dissolves reports whether a listed name is only part of a longer one.
func (a *analysis) dissolves(n *name) bool {
	e := a.entity(n)
	if e.generic && a.adjoins(n.to) && !a.toks[n.to-1].poss {
		return publicWords.has(a.toks[n.to].hash) || oneOf(a.word(n.to), "foundation", "hospitals") || a.regional(n)
	}
	if e.kind == KindBuyer && a.adjoins(n.to) && !a.toks[n.to-1].poss && a.word(n.to+1) == "and" && a.oneBody(n.from, n.to+1) {
		return true // "the Defence Science and Technology Laboratory"
	}
	return e.kind == KindBuyer && n.to-n.from > 1 && a.adjoins(n.from) && (places.has(a.toks[n.from-1].hash) || nations.has(a.toks[n.from-1].hash))
}

// regional reports whether a listed name goes on with a place: "NHS Grampian".
func (a *analysis) regional(n *name) bool {
	t := &a.toks[n.to]
	_, verb := verbs[a.word(n.to)]
	return a.word(n.to-1) == "nhs" && !t.upper && !verb && !neverName.has(t.hash) && !properUse.has(t.hash) && !a.titled(n.to) && !companyWords.has(t.hash)
}

// adjoins reports whether the tokens before and at i are capitalised words with
// nothing between them.
func (a *analysis) adjoins(i int) bool {
	return i > 0 && a.adjoining(i) && a.toks[i-1].cap && a.toks[i-1].kind == kindWord
}

// standing is where the names of a party stand.
type standing struct {
	since  int  // the first sentence that has one
	midway bool // one stands inside a sentence
}

// index notes where the names of each party stand.
func (a *analysis) index() {
	a.parties = make(map[string]standing, len(a.names))
	for i := range a.names {
		n := &a.names[i]
		if n.body {
			a.called.add(a.toks[n.from].hash)
		}
		p, ok := a.parties[n.party]
		if !ok {
			p.since = n.sent
		}
		p.midway = p.midway || n.from != a.sents[n.sent].from
		a.parties[n.party] = p
	}
}

// maxRun is the longest run of capitals that may be a name, in words.
const maxRun = 14

// capitals reads the run of capitalised words from token i on and returns its
// end, or i for none.
func (a *analysis) capitals(i, stop int, first bool) int {
	if !a.mayBegin(i, first) {
		return i
	}
	end := i + 1
	for j := i + 1; j < min(stop, i+maxRun) && !a.parted(i, j); j++ {
		switch a.runPart(i, j, end, stop) {
		case partWord:
			end = j + 1
		case partJoint:
		default:
			return end
		}
	}
	return end
}

// mayBegin reports whether the word at token i may begin a name.
func (a *analysis) mayBegin(i int, first bool) bool {
	t := &a.toks[i]
	if t.kind != kindWord || !t.cap && !a.camel(t) || first && openers.has(t.hash) {
		return false
	}
	if demonyms.has(t.hash) && neverName.has(t.hash) && a.bodyAhead(i+1, true, 1) {
		return true // "European Maritime Safety Agency"
	}
	return !neverName.has(t.hash) && !neverFirst.has(t.hash) && !(headVerbs.has(t.hash) && !first) && !(t.upper && a.shouted(i))
}

// parted reports whether the run that begins at token i cannot go on at token j:
// behind a possessive, a legal suffix, a stop or the end of a line.
func (a *analysis) parted(i, j int) bool {
	t, prev := &a.toks[j], &a.toks[j-1]
	if prev.poss && !a.possessiveName(i, j) || t.gap == sepStop || t.para || a.wrapped(j) || a.parts(a.text[prev.end:t.start]) {
		return true
	}
	return j-1 > i && legalForms.has(prev.hash) && !legalForms.has(t.hash) && a.raw(j) != "t" && a.word(j) != "trading"
}

// parts reports whether what stands between two words parts the cells or the
// fields of a form.
func (a *analysis) parts(between string) bool {
	return strings.IndexByte(between, '\t') >= 0 || len(a.form.marks) >= minForm && strings.IndexByte(between, '\n') >= 0
}

// part is what a token is to a run of capitals.
type part uint8

const (
	partNone  part = iota // it ends the run
	partWord              // it belongs to the run
	partJoint             // it belongs to the run if a capital follows
)

// runPart says what token j is to the run from i, whose last word ends at end.
func (a *analysis) runPart(i, j, end, stop int) part {
	t := &a.toks[j]
	switch {
	case t.kind == kindWord && t.cap && headVerbs.has(t.hash) && !t.upper:
		return partNone // "Arcturus Wins Contract"
	case j == end && a.raw(j) == "IT" && !publicWords.has(a.toks[j-1].hash), t.kind == kindWord && t.cap && !neverName.has(t.hash), legalForms.has(t.hash) && isLowerForm(a.raw(j)),
		t.kind == kindNumber && t.gap == sepSpace && t.end-t.start < 5 && j == end:
		return partWord
	case t.hash == hashAnd && a.raw(j) != "and", j == end && a.jointWord(i, j, stop), j == end && a.groupOwns(j),
		j == end+1 && (a.raw(j) == "a" || a.word(j) == "as"), j == end+1 && a.word(j) == "the" && j+1 < stop && a.toks[j+1].cap:
		return partJoint
	}
	return partNone
}

// jointWord reports whether the small word at j may stand inside a name: "of",
// "for", and the beginnings of "t/a" and "trading as".
func (a *analysis) jointWord(i, j, stop int) bool {
	if inName.has(a.toks[j].hash) && j+1 < stop && (a.toks[j+1].cap || a.word(j+1) == "the") && a.joins(i, j) {
		return true
	}
	return a.raw(j) == "t" || a.word(j) == "trading"
}

// shouted reports whether the capitals at token i are those of a tabloid's verb:
// "has been AXED".
func (a *analysis) shouted(i int) bool {
	w := a.word(i)
	_, ok := verbs[w]
	return ok && len(w) > 2 || len(phrasals[w]) > 0
}

// camel reports whether a word has a capital inside ("eBay").
func (a *analysis) camel(t *token) bool { return t.split > 0 && t.split < 3 && t.kind == kindWord }

// wrapped reports whether a line ends before token j that was not hard-wrapped.
func (a *analysis) wrapped(j int) bool {
	prev, t := &a.toks[j-1], &a.toks[j]
	return a.lined && strings.IndexByte(a.text[prev.end:t.start], '\n') >= 0 && endsLine(a.text, prev, t)
}

var (
	inName     = hashSet("of for and de du des la")
	neverName  = hashSet("jan feb mar apr jun jul aug sep sept oct nov dec rs gov i monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays january february march april june july august september october november december christmas easter brexit covid prime minister mps mp mr mrs ms dr sir lord lady ceo cio cto boss yesterday today tonight tomorrow wca pip pips esa ppe gp gps it ict pr hr vat gdp aids hiv tv un euro english british american french german italian spanish irish scottish welsh dutch swedish australian canadian indian chinese japanese israeli turkish russian european african asian tory tories whitehall westminster downing parliament")
	neverFirst = hashSet("supplier description value award total contracting awarded notice title")
	openers    = hashSet("the a an in on at by for from of to with as and but or nor so yet however meanwhile moreover although though while when where who what why how if after before since until because it its he she they we you i his her their our my your this that these those there here then now last next first second third one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands millions some many most more all any both each every other another such no not is are was were be been has have had do does did will would can could may might must should under over between through during about against without within despite according both only also even still just earlier later remember consider imagine meet recently today yesterday critics campaigners ministers officials councillors residents parents police bosses sources shares staff workers union unions taxpayers council councils contract contracts deal deals bids work workers plans figures documents papers asked given separately elsewhere instead rather perhaps meanwhile once bin former new britain's government fury row revealed exclusive nobody no-one somebody people patients prisoners pupils asylum cleaners bidders suppliers contractors firms companies members")
)

// candidate adds the run from i to end, cut to what may be a name.
func (a *analysis) candidate(i, end, sent int) {
	if a.blocked[i] || a.word(i) == "secretary" && a.word(i+1) == "of" {
		return // the Secretary of State for X is a person
	}
	if a.nationalBody(i, end, sent) {
		i--
	}
	if cardinals[a.word(i)] && a.is(i+1, spans) {
		return // "a Five-Year Contract"
	}
	if a.dateline(i, end) || a.figureIn(i, end) || a.word(i) == "may" && (a.numberAt(i+1) || a.numberAt(i-1)) {
		return
	}
	if end-i == 2 && a.doublePlace(i) {
		return // "L3Harris, Clifton, New Jersey, was awarded"
	}
	opens := i == a.sents[sent].from
	for end-i > 1 && (openers.has(a.toks[i].hash) && opens || a.calls(i, opens) || demonyms.has(a.toks[i].hash) && !publicWords.has(a.toks[end-1].hash) && !bodyTails.has(a.toks[end-1].hash) && !nationalTails.has(a.toks[end-1].hash) && a.word(i+1) != "borough" && !(end-i == 2 && companyWords.has(a.toks[i+1].hash))) {
		i++
		opens = false
	}
	if end-i == 1 && (a.commonNoun(i) || openers.has(a.toks[i].hash) && i != a.sents[sent].from || a.toks[i].end-a.toks[i].start < 2) {
		return
	}
	if a.form.labels(int(a.toks[i].start), int(a.toks[end-1].end)) {
		return
	}
	n := name{from: i, to: end, start: a.toks[i].start, end: a.toks[end-1].end, ent: -1, sent: sent, weak: true, role: copytaster.RoleOther, score: 0.5}
	if t := &a.toks[i]; t.split > 0 && !t.cap && glue[a.text[t.start:t.start+int32(t.split)]] {
		n.start += int32(t.split)
	}
	n.suffix = end-i > 1 && legalForms.has(a.toks[end-1].hash)
	if n.suffix {
		n.end = int32(formStop(a.text, int(n.end)))
	}
	n.like = a.likeness(&n)
	n.party = a.surface(&n)
	a.names = append(a.names, n)
}

// dateline reports whether a run is the place that an agency's copy begins with:
// "ATHENS, Oct 2 (AFP) - ", "CHENNAI: ".
func (a *analysis) dateline(i, end int) bool {
	for k := i; k < end; k++ {
		if !a.toks[k].upper {
			return false
		}
	}
	return (i == 0 || a.toks[i].para) && end-i < 4 &&
		(oneOf(a.raw(end), ":", "-", "–", "—") || a.raw(end) == "," && a.numberAt(end+2))
}

// figureIn reports whether a run holds a figure, or a part of one: "Rs 238".
func (a *analysis) figureIn(i, end int) bool {
	m := a.moneyFrom(int(a.toks[i].start) + 1)
	return m < len(a.money) && a.money[m].Start < int(a.toks[end-1].end) || m > 0 && a.money[m-1].End > int(a.toks[i].start)
}

// calls reports whether the capitalised word at token i is none of the name
// behind it: "Incumbent Kier", "CASH-STRAPPED Dunholme Council".
func (a *analysis) calls(i int, opens bool) bool {
	next := &a.toks[i+1]
	shout := a.toks[i].upper && (next.upper && a.tight(i+1, len(a.toks)) && i+2 < len(a.toks) && !a.toks[i+2].upper || a.tight(i, i+1) && !next.upper && a.toks[i-1].upper)
	if opens && a.toks[i].upper && a.tight(i+1, i+2) && !next.upper && wirePrefixes.has(a.toks[i].hash) {
		return true
	}
	return shout && a.toks[i].end-a.toks[i].start > 3 || opens && a.is(i, trades) && !companyWords.has(next.hash) && !legalForms.has(next.hash)
}

var (
	// headVerbs are verbs that headlines write with a capital, and that are in no
	// name.
	headVerbs = hashSet("wins secures lands bags clinches awarded selected announces receives scoops snags picks appoints picked appointed")
	// spans count what a contract lasts.
	spans = hashSet("year month week day")
	// wirePrefixes stand before the headlines of news agencies.
	wirePrefixes = hashSet("brief update exclusive corrected factbox refile")
	// nations stand before the names of bodies that are those of another country
	// without them: "Scottish Prison Service".
	nations    = hashSet("scottish welsh irish australian canadian")
	otherStart = hashSet("university universities college school royal st saint hmp raf mount lake river")
	demonyms   = hashSet("north south east west northern southern eastern western northeast northwest british american french german italian spanish irish scottish welsh dutch swedish australian canadian indian chinese japanese israeli turkish russian european belgian danish norwegian finnish swiss austrian polish korean us uk eu english london-based aussie kiwi victorian georgian edwardian dickensian orwellian britain-based")
)
