// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"github.com/copytaster/copytaster"
)

// analysis is what is known of one text while it is tagged.
type analysis struct {
	g     *Gazetteer
	text  string
	toks  []token
	low   []string // folded words, filled as they are asked for
	sents []sentence
	names []name
	money []copytaster.Money
	zones []copytaster.Zoned
	lined bool   // reading a paragraph whose lines were not hard-wrapped
	home  string // country of the publisher, or ""

	published copytaster.Date // the day that "next April" is counted from
	form      fieldForm       // the fields of a text that is a notice

	speech    *speech
	ballot    map[string]int // see votes
	publicity uint8          // see public: 0 unknown, 1 no, 2 yes
	called    wordSet        // the words that the names of public bodies begin with
	parties   map[string]standing
	scratch   *scratch        // the caller's, if the tokens are to be read behind the analysis
	servants  map[string]bool // parties that no list has, and that were judged to be suppliers
	blocked   map[int]bool    // the tokens at which a phrase begins that is no name: "Microsoft 365"
	deals     []copytaster.Contract
	study     func([]relation, []*view) // hears what the judge would, where it is still to learn
}

// name is one naming of an organisation under consideration.
type name struct {
	from, to int // tokens
	start    int32
	end      int32
	ent      int    // index into Gazetteer.ents, or -1 for a discovered one
	party    string // key of the organisation within the text: the id, or the fullest name
	alias    string
	role     copytaster.Role
	score    float64
	quiet    bool
	weak     bool   // not meant, or not yet known to be an organisation
	first    uint32 // the chain of aliases that spell it, 0 for a discovered one
	flags    aliasFlag
	suffix   bool // a legal suffix stands behind it
	like     int  // how much a discovered run looks like a company
	venture  bool // the names of two suppliers or more, one behind the other
	field    bool // it is the whole value of a notice's field
	body     bool // a discovered run is built like the name of a public body
	sent     int  // index into analysis.sents
}

func (a *analysis) span(n *name) copytaster.Span {
	return copytaster.Span{Start: int(n.start), End: int(n.end)}
}

func (a *analysis) surface(n *name) string { return a.text[n.start:n.end] }

// entity is the gazetteer's entity of a name, or nil.
func (a *analysis) entity(n *name) *entity {
	if n.ent < 0 {
		return nil
	}
	return &a.g.ents[n.ent]
}

// word is the folded word of token i, or "" beyond the text.
func (a *analysis) word(i int) string {
	if i < 0 || i >= len(a.toks) {
		return ""
	}
	if a.low == nil {
		a.low = a.scratch.words(len(a.toks))
	}
	if a.low[i] == "" {
		a.low[i] = foldWord(a.text[a.toks[i].start:a.toks[i].end])
	}
	return a.low[i]
}

// raw is the text of token i as written, or "" beyond the text.
func (a *analysis) raw(i int) string {
	if i < 0 || i >= len(a.toks) {
		return ""
	}
	return a.text[a.toks[i].start:a.toks[i].end]
}

// is reports whether the token at i is one of the words in a set.
func (a *analysis) is(i int, set *wordSet) bool {
	return i >= 0 && i < len(a.toks) && set.has(a.toks[i].hash)
}

// analyse finds the organisations and contracts of a text, given its zones and
// figures.
func (r *Relations) analyse(a *analysis) *analysis {
	a.g, a.speech = r.g, &r.speech
	if a.scratch == nil {
		a.scratch = r.scratch.Get().(*scratch)
		defer r.release(a.scratch)
	}
	a.scratch.toks = appendTokens(a.scratch.toks, a.text)
	a.toks = a.scratch.toks
	a.form = a.readForm()
	a.sents = split(a.text, a.toks, a.zones, &a.form)
	a.known()
	a.discover()
	a.corefer()
	recs := a.merge(a.statements())
	a.nearBuyers(recs)
	a.accept(recs)
	a.deals = a.contracts(recs)
	return a
}

// statements are what the text says of contracts: the fields of a notice, and
// what its sentences tell of other suppliers.
func (a *analysis) statements() []relation {
	all := a.notice()
	var rest noticeText
	if len(all) == 0 {
		rest = a.fieldsBeside()
	}
	a.index()
	told, views := a.relate()
	if len(all) == 0 {
		if r := a.study; r != nil {
			r(told, views)
		} else {
			j := judgeOf()
			told = a.convene(told, views, j.Supplier.odds).judge(j)
		}
		a.completeFrom(&rest, told)
		return told
	}
	own := map[string]bool{}
	for i := range all {
		for _, s := range all[i].suppliers {
			own[a.names[s].party] = true
		}
	}
	for _, r := range told {
		if !own[a.names[r.suppliers[0]].party] && len(a.text) > maxNotice {
			all = append(all, r)
		}
	}
	return all
}

// maxNotice is the length up to which a text with the fields of a notice is one
// and nothing else, in bytes.
const maxNotice = 3000

// mentions are the names that are shown, as the wire has them.
func (a *analysis) mentions() []copytaster.Mention {
	var out []copytaster.Mention
	for i := range a.names {
		n := &a.names[i]
		if z := a.sents[n.sent].zone; n.weak || z == "" || z == copytaster.ZoneJobs {
			continue // an employer in a job advert is no news, whoever it is
		}
		m := copytaster.Mention{Span: a.span(n), Surface: a.surface(n), Role: n.role, Alias: n.alias,
			Zone: a.sents[n.sent].zone, Quiet: n.quiet, Score: mentionCurve.at(n.score)}
		m.Party = a.partyOf(n)
		out = append(out, m)
	}
	return out
}

// partyOf is the organisation that a name names.
func (a *analysis) partyOf(n *name) copytaster.Party {
	if e := a.entity(n); e != nil {
		return copytaster.Party{Entity: a.g.str(e.id), Name: a.g.str(e.name)}
	}
	return copytaster.Party{Name: n.party}
}

// round keeps two decimals of a score, so that equal evidence prints equal.
func round(f float64) float64 { return float64(int(f*100+0.5)) / 100 }
