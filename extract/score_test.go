// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
)

var updateBoard = flag.Bool("update-entities", false, "rewrite the scoreboard of suppliers and contracts")

// passage is one annotated text of testdata/entities. The texts are in our own
// words and the events in them are invented, also where a real organisation is
// named.
type passage struct {
	ID, Style, Kind, Text string
	Orgs                  []struct {
		Start, End         int
		Surface, Org, Role string
		Known, Opt         bool
	}
	Contracts []goldContract
}

type goldContract struct {
	Supplier, Subject, Value string
	Buyers, Status           []string
	Opt                      bool // a losing bidder, or who had it before: neither finding nor missing it counts
}

func passagesOf(t testing.TB, file string) []passage {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []passage
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		var p passage
		if err := json.Unmarshal(sc.Bytes(), &p); err != nil {
			t.Fatalf("%s:%d: %v", file, n, err)
		}
		out = append(out, p)
	}
	return out
}

// tally counts what a scoreboard line shows.
type tally struct {
	texts, gold                                   int
	supHit, supExact, supMiss, supFalse           int
	unknownHit, unknownMiss                       int
	alertHit, alertMiss, alertFalse               int
	conHit, conMiss, conFalse                     int
	buyerOK, valueOK, statusOK, negatives, negHit int
}

// TestScoreboard compares what the extractors find in our own passages with the
// checked-in figures, so that every change of quality is read in a diff.
// -update-entities rewrites them.
func TestScoreboard(t *testing.T) {
	files, err := filepath.Glob("testdata/entities/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no passages: %v", err)
	}
	sort.Strings(files)
	tagger := shared(t)
	var b strings.Builder
	fmt.Fprintf(&b, "%-8s %5s %9s  %-17s %-11s %-7s %-11s %-17s %-5s %-5s %-6s %s\n", "set", "texts", "contracts",
		"suppliers P/R/F1", "exact F1", "unknown", "alert P/R", "contracts P/R/F1", "buyer", "value", "status", "negatives with one")
	for _, file := range files {
		var s tally
		for _, p := range passagesOf(t, file) {
			s.add(t, tagger, &p)
		}
		s.print(&b, strings.TrimSuffix(filepath.Base(file), ".jsonl"))
	}
	compareBoard(t, "testdata/scoreboard.txt", b.String())
}

// compareBoard holds a scoreboard against the one that is checked in, or with
// -update-entities writes it there.
func compareBoard(t *testing.T, file, board string) {
	t.Helper()
	if *updateBoard {
		if err := os.WriteFile(file, []byte(board), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	old, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(old), board); diff != "" {
		t.Errorf("%s changed (-old +new); -update-entities rewrites it:\n%s", file, diff)
	}
}

// add scores one passage.
func (s *tally) add(t *testing.T, tagger *Tagger, p *passage) {
	t.Helper()
	d := &copytaster.Document{Article: copytaster.Article{Text: p.Text}}
	tagger.Tag(d)
	s.texts++
	s.suppliers(t, d, p)
	s.alerts(d, p)
	s.contracts(d, p)
}

func (s *tally) suppliers(t *testing.T, d *copytaster.Document, p *passage) {
	t.Helper()
	used := map[int]bool{}
	for _, o := range p.Orgs {
		gold := copytaster.Span{Start: o.Start, End: o.End}
		if got := gold.Of(p.Text); got != o.Surface {
			t.Fatalf("%s: the span of %q holds %q", p.ID, o.Surface, got)
		}
		for i, m := range d.Mentions {
			if !m.Overlaps(gold) || used[i] {
				continue
			}
			used[i] = true
			if o.Opt {
				o.Role = ""
				break
			}
			if o.Role != "supplier" {
				if m.Role == copytaster.RoleSupplier {
					s.supFalse++
				}
				break
			}
			if m.Role != copytaster.RoleSupplier {
				continue
			}
			s.supHit++
			if m.Span == gold {
				s.supExact++
			}
			o.Role = "found"
			break
		}
		if o.Opt {
			continue
		}
		if o.Role == "supplier" {
			s.supMiss++
		}
		if !o.Known && o.Role == "supplier" {
			s.unknownMiss++
		} else if !o.Known && o.Role == "found" {
			s.unknownHit++
		}
	}
	for i, m := range d.Mentions {
		if m.Role == copytaster.RoleSupplier && !used[i] {
			s.supFalse++
		}
	}
}

// alerts compares the sets of listed suppliers.
func (s *tally) alerts(d *copytaster.Document, p *passage) {
	want, got := map[string]bool{}, map[string]bool{}
	opt := map[string]bool{}
	for _, o := range p.Orgs {
		opt[o.Org] = opt[o.Org] || o.Opt
		if o.Role == "supplier" && o.Known && !o.Opt {
			want[o.Org] = true
		}
	}
	for _, m := range d.Mentions {
		if m.Role == copytaster.RoleSupplier && m.Entity != "" {
			got[m.Entity] = true
		}
	}
	for id := range want {
		if got[id] {
			s.alertHit++
		} else {
			s.alertMiss++
		}
	}
	for id := range got {
		if !want[id] && !opt[id] {
			s.alertFalse++
		}
	}
}

// contracts pairs the found contracts with the gold ones, one to one, best
// first.
func (s *tally) contracts(d *copytaster.Document, p *passage) {
	type found struct {
		supplier string
		c        *copytaster.Contract
	}
	var all []found
	for i := range d.Contracts {
		for _, sup := range d.Contracts[i].Suppliers {
			all = append(all, found{idOf(sup), &d.Contracts[i]})
		}
	}
	used := map[int]bool{}
	for _, g := range needed(p.Contracts) {
		best, at := 0, -1
		for i, f := range all {
			if q := g.likeness(f.supplier, f.c); !used[i] && q > best {
				best, at = q, i
			}
		}
		if at >= 0 {
			used[at] = true
		}
		if g.Opt {
			continue
		}
		s.gold++
		if at < 0 {
			s.conMiss++
			continue
		}
		s.conHit++
		s.slots(&g, all[at].c)
	}
	s.conFalse += len(all) - len(used)
	if p.Kind == "neg" {
		s.negatives++
		if len(all) > 0 {
			s.negHit++
		}
	}
}

// needed are the gold contracts in the order in which they are paired: first
// those that count.
func needed(gold []goldContract) []goldContract {
	out := slices.Clone(gold)
	slices.SortStableFunc(out, func(x, y goldContract) int {
		switch {
		case x.Opt == y.Opt:
			return 0
		case x.Opt:
			return 1
		}
		return -1
	})
	return out
}

// idOf is a party's id, or its name in the form of the gold's.
func idOf(p copytaster.Party) string {
	if p.Entity != "" {
		return p.Entity
	}
	var words []string
	for _, w := range strings.Fields(foldName(strings.ReplaceAll(p.Name, "'", " "))) {
		switch w {
		case "ltd", "limited", "llp", "plc", "inc", "llc", "pty", "corp", "corporation", "co", "cic", "sa", "se", "ag", "and":
		default:
			words = append(words, w)
		}
	}
	return strings.Join(words, "-")
}

// likeness is how well a found contract fits the gold one; 0 for another
// supplier or another sum.
func (g *goldContract) likeness(supplier string, c *copytaster.Contract) int {
	if supplier != g.Supplier && plainID(supplier) != plainID(g.Supplier) {
		return 0
	}
	q := 2
	if g.sameValue(c) {
		q += 2
	}
	if overlap(g.Subject, c.Subject) >= 0.3 && c.Subject != "" {
		q++
	}
	return q
}

// plainID drops what the gold's ids and ours write differently.
func plainID(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ReplaceAll(s, "-and-", "-"))
}

func (g *goldContract) sameValue(c *copytaster.Contract) bool {
	if g.Value == "" || len(c.Values) == 0 {
		return g.Value == "" && len(c.Values) == 0
	}
	amount, currency, _ := strings.Cut(g.Value, " ")
	m := c.Values[0]
	for _, d := range []*copytaster.Decimal{m.Min, m.Max} {
		if d != nil && d.Trim(0).String() == amount && m.Currency == currency {
			return true
		}
	}
	return false
}

func (s *tally) slots(g *goldContract, c *copytaster.Contract) {
	for _, b := range g.Buyers {
		if got := idOf(c.Buyer); got == b || plainID(got) == plainID(b) {
			s.buyerOK++
			break
		}
	}
	if g.sameValue(c) {
		s.valueOK++
	}
	for _, st := range g.Status {
		if string(c.Status) == st {
			s.statusOK++
			break
		}
	}
}

func (s *tally) print(b *strings.Builder, name string) {
	prf := func(hit, miss, wrong int) string {
		return fmt.Sprintf("%.2f/%.2f/%.3f", share(hit, hit+wrong), share(hit, hit+miss), share(2*hit, 2*hit+miss+wrong))
	}
	exact := share(2*s.supExact, 2*s.supHit+s.supMiss+s.supFalse)
	fmt.Fprintf(b, "%-8s %5d %9d  %-17s %-11.3f %-7.2f %.2f/%-6.2f %-17s %-5.2f %-5.2f %-6.2f %d/%d\n", name, s.texts, s.gold,
		prf(s.supHit, s.supMiss, s.supFalse), exact, share(s.unknownHit, s.unknownHit+s.unknownMiss),
		share(s.alertHit, s.alertHit+s.alertFalse), share(s.alertHit, s.alertHit+s.alertMiss), prf(s.conHit, s.conMiss, s.conFalse),
		share(s.buyerOK, s.conHit), share(s.valueOK, s.conHit), share(s.statusOK, s.conHit), s.negHit, s.negatives)
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// shared is one tagger for all tests, because its tagger of speech is slow to
// load.
func shared(t testing.TB) *Tagger {
	t.Helper()
	tagger, err := loadTagger()
	if err != nil {
		t.Fatal(err)
	}
	return tagger
}

var loadTagger = sync.OnceValues(func() (*Tagger, error) {
	g, err := Builtin()
	if err != nil {
		return nil, err
	}
	return NewTagger(g), nil
})

// builtin is the gazetteer that comes with the program.
func builtin(t testing.TB) *Gazetteer {
	t.Helper()
	g, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return g
}
