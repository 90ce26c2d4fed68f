// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/extract"
)

// read names the sets that the rules were written with: what the frames find in
// them says nothing of how far frames can be trusted.
var read = map[string]bool{"first": true, "second": true, "third": true, "fourth": true, "fifth": true, "sixth": true, "seventh": true, "dev": true}

// set is the passages of one file.
type set struct {
	name  string
	texts []*text
}

// text is one passage as the judge sees it.
type text struct {
	p     *passage
	study *extract.Study
	truth map[string]verdict // by party
	role  map[string]verdict // whether it is named as a supplier, of those that no list has
	gold  map[string]string  // the label's id of a party
	rows  []row              // the chances
	heard []extract.Hearing  // by what was learned without the set
}

// load reads every file of a folder, and one more file if it is there.
func load(tagger *extract.Tagger, own, more string) ([]*set, error) {
	files, err := filepath.Glob(filepath.Join(own, "*.jsonl"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no passages in %s: %w", own, err)
	}
	sort.Strings(files)
	if _, err := os.Stat(more); !errors.Is(err, fs.ErrNotExist) {
		files = append(files, more)
	}
	var sets []*set
	for _, f := range files {
		s, err := loadFile(tagger, f)
		if err != nil {
			return nil, err
		}
		sets = append(sets, s)
	}
	return sets, nil
}

func loadFile(tagger *extract.Tagger, file string) (*set, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s := &set{name: strings.TrimSuffix(filepath.Base(file), ".jsonl")}
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		var p passage
		if err := json.Unmarshal(sc.Bytes(), &p); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n, err)
		}
		p.align()
		s.texts = append(s.texts, newText(tagger, &p))
	}
	return s, sc.Err()
}

func newText(tagger *extract.Tagger, p *passage) *text {
	t := &text{p: p, study: tagger.StudyOf(p.Text), truth: map[string]verdict{}, role: map[string]verdict{}, gold: map[string]string{}}
	seen := map[string]bool{}
	for _, l := range t.study.Looks() {
		o := p.orgAt(l.Span)
		if old, v := t.truth[l.Party], p.verdictOn(o); old == 0 || v < old {
			t.truth[l.Party], t.gold[l.Party] = v, o.id()
		}
		if old, v := t.role[l.Party], o.named(); !l.Listed && (old == 0 || v < old) {
			t.role[l.Party] = v
		}
		t.rows = append(t.rows, row{signs: l.Signs, party: l.Party, first: !seen[l.Party]})
		seen[l.Party] = true
	}
	return t
}

// verdict is what the labels say of a party.
type verdict uint8

const (
	supplies verdict = iota + 1 // it has a contract
	open                        // neither answer counts: a losing bidder, who had it before
	not
)

// passage is a labelled text, in the form of testdata/entities or in that of the
// shared development data, whose offsets are runes.
type passage struct {
	Text      string
	Orgs      []org
	Contracts []deal
}

// org is one labelled naming of an organisation.
type org struct {
	Start, End     int
	Org, Canonical string
	Role           string
	Opt            bool
}

// deal is a labelled contract. Of a field that the two forms write differently
// one is empty.
type deal struct {
	Supplier  string
	Opt       bool
	Buyers    []string
	Buyer     string
	BuyerAlt  []string `json:"buyer_alt"`
	Value     string   // "5000000 GBP"
	Values    []sum
	Status    any      // a string, or several
	StatusAlt []string `json:"status_alt"`
}

type sum struct {
	Amount float64
}

// align makes bytes of offsets that are runes.
func (p *passage) align() {
	runes := []rune(p.Text)
	for i := range p.Orgs {
		if o := &p.Orgs[i]; o.Canonical != "" {
			o.Org = o.Canonical
			o.Start, o.End = len(string(runes[:o.Start])), len(string(runes[:o.End]))
		}
	}
}

// orgAt is the labelled organisation whose name overlaps a span, or nil.
func (p *passage) orgAt(at copytaster.Span) *org {
	for i := range p.Orgs {
		if o := &p.Orgs[i]; o.Start < at.End && at.Start < o.End {
			return o
		}
	}
	return nil
}

// verdictOn is what the labels say of an organisation.
func (p *passage) verdictOn(o *org) verdict {
	if o == nil {
		return not
	}
	v := not
	if o.Opt {
		v = open
	}
	for _, c := range p.Contracts {
		switch {
		case c.Supplier == o.Org && !c.Opt:
			return supplies
		case c.Supplier == o.Org:
			v = open
		}
	}
	return v
}

// id is the label's id, or "" where there is no label.
func (o *org) id() string {
	if o == nil {
		return ""
	}
	return o.Org
}

// named says whether the labels have a supplier here.
func (o *org) named() verdict {
	switch {
	case o == nil:
		return not
	case o.Opt:
		return open
	case o.Role == "supplier":
		return supplies
	}
	return not
}

// ids are the ids that the labels have for an organisation.
func (p *passage) ids(name copytaster.Party) []string {
	out := []string{name.Entity}
	for _, o := range p.Orgs {
		if p.Text[o.Start:o.End] == name.Name {
			out = append(out, o.Org)
		}
	}
	return out
}

// buys reports whether the buyer is one of those that a label accepts.
func (c *deal) buys(ids []string) bool {
	for _, b := range slices.Concat(c.Buyers, c.BuyerAlt, []string{c.Buyer}) {
		if b != "" && slices.Contains(ids, b) {
			return true
		}
	}
	return false
}

// worth reports whether a figure is a value of the contract, by its amount alone:
// which dollars a bare sign means is not learned here.
func (c *deal) worth(m *copytaster.Money) bool {
	sums := c.Values
	var one sum
	if n, _ := fmt.Sscanf(c.Value, "%g", &one.Amount); n == 1 {
		sums = append(sums, one)
	}
	for _, d := range []*copytaster.Decimal{m.Min, m.Max} {
		if d == nil {
			continue
		}
		var got float64
		fmt.Sscanf(d.String(), "%g", &got)
		for _, s := range sums {
			if got > s.Amount*0.995 && got < s.Amount*1.005 {
				return true
			}
		}
	}
	return false
}

// stands are the statuses that the label accepts, the best first.
func (c *deal) stands() []string {
	switch s := c.Status.(type) {
	case string:
		return append([]string{s}, c.StatusAlt...)
	case []any:
		var out []string
		for _, x := range s {
			out = append(out, fmt.Sprint(x))
		}
		return out
	}
	return nil
}
