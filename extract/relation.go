// SPDX-License-Identifier: Apache-2.0

package extract

import "github.com/copytaster/copytaster"

// relation is one statement that a supplier and a contract belong together.
type relation struct {
	suppliers []int // indexes of names
	buyer     party
	subject   string
	values    []int // indexes of figures, the headline first
	status    copytaster.Status
	sent      int
	evidence  []copytaster.Span
	score     float64
	chance    float64   // that there is such a contract, 0 where that was not judged
	fresh     bool      // "another contract": never the one that was spoken of before
	every     bool      // it is about all contracts of the supplier
	minor     bool      // it only says what the supplier does, for nobody named and for no sum
	purposed  bool      // its subject stands behind "to" or "for", not before the contract noun
	the       bool      // "the contract", with or without more
	definite  bool      // "the contract" and no more: perhaps the one that was spoken of before
	later     bool      // its status is stated, not only implied by how it is named
	bare      bool      // told without a contract noun
	life      *lifetime // what the fields of a notice say of when it runs
}

// party is a buyer: a name, or what a general word stands for.
type party struct {
	name int // 1 + index of a name, or 0
	id   string
}

func (p party) known() bool { return p.name > 0 || p.id != "" }

// view is one sentence while its frames are read.
type view struct {
	*analysis
	s              *sentence
	si             int
	its            []item
	topic          topic
	found          []relation
	orphan         *relation         // see topic
	flat           string            // see folded
	sorted         []uint64          // see sorts
	spelt          []uint64          // see words
	serving        []server          // see servers
	beside         [2]glance         // see seenFrom
	wonders        uint8             // see speculative: 0 unknown, 1 no, 2 yes
	cued           bool              // whether sentenceStatus is known
	sentenceStatus copytaster.Status // see cue
}

// topic is what the text has spoken of so far.
type topic struct {
	orphan    *relation // a contract that was told of without its supplier
	suppliers []int     // the names that "the firm" or "they" stands for
	buyer     int       // the name that "the council" stands for, or -1
	told      bool      // a contract of theirs was told of
	sent      int       // the sentence that last spoke of suppliers
}

// relate reads the frames of every sentence of the body, and returns the
// sentences too.
func (a *analysis) relate() ([]relation, []*view) {
	var all []relation
	var views []*view
	t := topic{buyer: -1}
	for si := range a.sents {
		s := &a.sents[si]
		if s.zone != copytaster.ZoneBody && s.zone != copytaster.ZoneHeading || a.form.field(s.Span) {
			continue
		}
		v := view{analysis: a, s: s, si: si, its: a.items(s), topic: t}
		v.lists()
		v.works()
		v.activity(all)
		if ok, deep := v.relevant(all); ok {
			if deep {
				v.decide()
			}
			v.frames()
			v.seated()
			all = v.follow(all)
		}
		all = append(all, v.found...)
		t = v.nextTopic()
		views = append(views, &v)
	}
	return all, views
}

// relevant reports whether the sentence can speak of a contract: it has a
// contract noun, or a verb of the list beside a name or what stands for one.
// deep is false where it can only add a figure to what was told before.
func (v *view) relevant(before []relation) (ok, deep bool) {
	figure, pays := false, false
	parties, verbs := 0, 0
	for i := range v.its {
		switch v.its[i].kind {
		case itPaper:
			return true, true
		case itMoney:
			figure = figure || len(before) > 0 && v.si-before[len(before)-1].sent <= followReach // "The price was £70m."
		case itName, itFirm:
			parties++
			if v.supplier(i, 0) && v.listed(i) && v.owned(i) {
				verbs++ // "S's tagging system"
			}
		case itVerb:
			if verbs++; v.its[i].verb.act == actPay || receives.has(v.its[i].hash) {
				pays = true // perhaps for the contract of another sentence
			}
		}
	}
	if !figure && !pays && parties > 1 && v.served() {
		return true, false
	}
	deep = parties > 0 && (verbs > 0 || len(before) > 0)
	return deep || figure || pays, deep
}

// served reports whether something is done "for" a named body.
func (v *view) served() bool {
	for i := 1; i < len(v.its); i++ {
		if v.its[i].kind == itWord && v.word(v.its[i].from) == "for" && v.bodyIn(i+1, min(len(v.its), i+5)) >= 0 {
			return true
		}
	}
	return false
}

// nextTopic is what the text speaks of after this sentence: its first supplier
// outside a prepositional phrase, else its first supplier; a sentence that begins
// with a pronoun goes on about the same.
func (v *view) nextTopic() topic {
	t := v.topic
	if v.orphan != nil {
		t.orphan = v.orphan
	}
	for i := range v.its {
		if it := &v.its[i]; it.kind == itName && v.names[it.name].buys() {
			t.buyer = it.name
		}
	}
	subject := v.topicItem()
	goesOn := v.goesOn()
	if goesOn {
		t.sent = v.si
	}
	t.told = t.told || len(v.found) > 0
	switch {
	case goesOn:
	case len(v.found) == 1:
		t.suppliers, t.sent = v.found[0].suppliers, v.si
	case subject >= 0:
		t.suppliers, t.sent = v.list(subject), v.si
	}
	return t
}

// topicItem is the first supplier outside a prepositional phrase, else the first
// of all, or -1.
func (v *view) topicItem() int {
	first := -1
	for i := range v.its {
		if !v.supplier(i, 1) && !(i == 0 && v.supplier(i, 0)) {
			continue
		}
		if !v.inPhrase(i) {
			return i
		}
		if first < 0 {
			first = i
		}
	}
	if first < 0 {
		return v.plainTopic()
	}
	return first
}

// plainTopic is an unlisted single word that is the subject of the sentence and
// has its capital elsewhere too, or -1: "Larkmoor has become hard to avoid".
func (v *view) plainTopic() int {
	for i := 0; i+1 < len(v.its); i++ {
		if !v.supplier(i, 0) || v.inPhrase(i) || !v.parties[v.names[v.its[i].name].party].midway || v.namesBody(i) {
			continue
		}
		if h := v.its[i+1].hash; helps(h) || v.its[i+1].kind == itVerb {
			return i
		}
	}
	return -1
}

// namesBody reports whether the text has a public body called after the name at
// item i, which then is its place: "Westmarch", beside "Westmarch Council".
func (v *view) namesBody(i int) bool {
	return v.called.has(v.its[i].hash)
}

// goesOn reports whether the sentence begins with what stands for the suppliers
// spoken of before.
func (v *view) goesOn() bool {
	if len(v.topic.suppliers) == 0 {
		return false
	}
	for i := range v.its {
		it := &v.its[i]
		if it.kind == itVerb || it.from >= v.s.from+8 || v.supplier(i, 1) {
			return false
		}
		if it.kind == itFirm {
			return true
		}
	}
	return false
}

// buys reports whether a name is that of a body that buys.
func (n *name) buys() bool {
	return n.role == copytaster.RoleBuyer || n.ent < 0 && n.body
}

// inPhrase reports whether item i stands behind a preposition.
func (v *view) inPhrase(i int) bool {
	for j := i - 1; j >= 0 && i-j <= 4; j-- {
		it := &v.its[j]
		if it.kind != itWord {
			return false
		}
		if prepositions.has(it.hash) {
			return true
		}
	}
	return false
}

// supplier reports whether item i names a supplier, or a run of capitals that
// looks like a company at least as much as like says.
func (v *view) supplier(i, like int) bool {
	if i < 0 || i >= len(v.its) || v.its[i].kind != itName {
		return false
	}
	n := &v.names[v.its[i].name]
	if e := v.entity(n); e != nil {
		return e.kind == KindSupplier || e.kind == KindBoth
	}
	if n.role == copytaster.RoleBuyer {
		return false
	}
	return !n.body && n.like >= like || n.role == copytaster.RoleSupplier
}

// buyerAt reports whether item i names a body that buys, or stands for one.
func (v *view) buyerAt(i int) bool {
	if i < 0 || i >= len(v.its) {
		return false
	}
	switch it := &v.its[i]; it.kind {
	case itBody:
		return true
	case itName:
		n := &v.names[it.name]
		if e := v.entity(n); e != nil {
			return e.kind == KindBuyer || e.kind == KindBoth
		}
		return n.body || n.role == copytaster.RoleBuyer
	}
	return false
}
