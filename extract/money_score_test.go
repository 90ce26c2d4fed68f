// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/copytaster/copytaster"
)

// moneyScoreboard holds the figures that a change of the grammar must show as a
// diff. -update-money rewrites it.
const moneyScoreboard = "testdata/scoreboard-money.txt"

// goldFigure is a figure as it should be found. alt are the separate figures that
// are accepted in the place of a range.
type goldFigure struct {
	copytaster.Span
	lo, hi       *copytaster.Decimal
	currency     string
	bound        copytaster.Bound
	per          copytaster.Period
	vague        bool
	free         []string // fields that the gold leaves open
	alternatives []goldFigure
}

// moneyTally counts what the scoreboard divides.
type moneyTally struct {
	texts, gold, found, exact, value      int
	bounds, boundsOK, ranges, rangesOK    int
	rates, ratesOK, sums, falseRates      int
	vagues, vaguesFound, empty, emptyHits int
}

// add scores the figures found in one text.
func (s *moneyTally) add(gold []goldFigure, found []copytaster.Money) {
	gold = chosenReading(gold, found)
	s.texts++
	s.gold += len(gold)
	s.found += len(found)
	if len(gold) == 0 {
		s.empty++
		s.emptyHits += min(len(found), 1)
	}
	match := matchFigures(gold, found)
	for i := range gold {
		s.addFigure(&gold[i], match[i])
	}
}

func (s *moneyTally) addFigure(g *goldFigure, m *copytaster.Money) {
	ranged := g.bound == copytaster.BoundRange
	s.ranges += moneyCount(ranged)
	s.vagues += moneyCount(g.vague)
	if m == nil {
		return
	}
	right := g.vague && m.Vague || !g.vague && g.valueIs(m)
	s.value += moneyCount(right)
	s.rangesOK += moneyCount(ranged && right)
	s.vaguesFound += moneyCount(g.vague && m.Vague)
	s.exact += moneyCount(g.Span == m.Span)
	if !g.vague && g.bound != copytaster.BoundExact && !slices.Contains(g.free, "modifier") {
		s.bounds++
		s.boundsOK += moneyCount(m.Bound == g.bound)
	}
	if slices.Contains(g.free, "period") {
		return
	}
	if g.per != "" {
		s.rates++
		s.ratesOK += moneyCount(m.Per == g.per)
	} else {
		s.sums++
		s.falseRates += moneyCount(m.Per != "")
	}
}

func moneyCount(b bool) int {
	if b {
		return 1
	}
	return 0
}

// valueIs says that amount and currency of m are right.
func (g *goldFigure) valueIs(m *copytaster.Money) bool {
	if m.Vague || m.Currency != g.currency && !slices.Contains(g.free, "currency") {
		return false
	}
	lo, hi := g.lo, g.hi
	if g.bound != copytaster.BoundRange { // one number, whatever its bound
		lo, hi = cmp.Or(lo, hi), cmp.Or(lo, hi)
	}
	mlo, mhi := cmp.Or(m.Min, m.Max), cmp.Or(m.Max, m.Min)
	return lo != nil && mlo.Equal(*lo) && mhi.Equal(*hi)
}

// chosenReading takes the reading of the gold that the found figures chose, where
// it allows two figures for one range.
func chosenReading(gold []goldFigure, found []copytaster.Money) []goldFigure {
	var out []goldFigure
	for _, g := range gold {
		whole := slices.ContainsFunc(found, func(m copytaster.Money) bool { return m.Span == g.Span })
		if len(g.alternatives) == 0 || whole {
			out = append(out, g)
			continue
		}
		out = append(out, g.alternatives...)
	}
	return out
}

// matchFigures pairs gold and found figures by overlap, each once.
func matchFigures(gold []goldFigure, found []copytaster.Money) []*copytaster.Money {
	match := make([]*copytaster.Money, len(gold))
	used := make([]bool, len(found))
	for i := range gold {
		for j := range found {
			if !used[j] && found[j].Start < gold[i].End && gold[i].Start < found[j].End {
				match[i], used[j] = &found[j], true
				break
			}
		}
	}
	return match
}

func moneyShare(a, b int) string {
	if b == 0 {
		return "    -"
	}
	return fmt.Sprintf("%.3f", float64(a)/float64(b))
}

func (s *moneyTally) String() string {
	return fmt.Sprintf("%5d %5d  %s  %s  %s  %s  %s  %s  %s  %4d/%d", s.texts, s.gold,
		moneyShare(2*s.value, s.gold+s.found), moneyShare(2*s.exact, s.gold+s.found), moneyShare(s.boundsOK, s.bounds),
		moneyShare(s.rangesOK, s.ranges), moneyShare(s.ratesOK, s.rates), moneyShare(s.falseRates, s.sums),
		moneyShare(s.vaguesFound, s.vagues), s.emptyHits, s.empty)
}

const moneyHeader = "set           texts  gold  value  span   bound  range  rate   false  vague  hits in texts without money\n"

func TestMoneyScoreboard(t *testing.T) {
	board := moneyHeader + ownScores(t)
	old, err := os.ReadFile(moneyScoreboard)
	if err != nil && !*updateMoney {
		t.Fatal(err)
	}
	gold := filepath.Join("..", "..", "shared", "data", "money", "dev.jsonl")
	if data, err := os.ReadFile(gold); err == nil {
		board += goldScores(t, data)
	} else {
		t.Logf("only our own cases are scored: %v", err)
		board += goldLines(string(old))
	}
	if *updateMoney {
		if err := os.WriteFile(moneyScoreboard, []byte(board), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := gocmp.Diff(string(old), board); diff != "" {
		t.Errorf("the scoreboard changed (-old +new); -update-money rewrites it:\n%s", diff)
	}
}

// goldLines are the lines of a scoreboard on the development gold.
func goldLines(board string) string {
	_, lines, ok := strings.Cut(board, "\ngold ")
	if !ok {
		return ""
	}
	return "gold " + lines
}

// ownScores scores testdata/money, all and by style.
func ownScores(t *testing.T) string {
	x := NewMoney()
	tallies := map[string]*moneyTally{"own all": {}}
	for _, c := range moneyCases(t) {
		name := "own " + c.Style
		if tallies[name] == nil {
			tallies[name] = &moneyTally{}
		}
		found := x.Find(c.Text, Hint{Country: c.Country, URL: c.URL})
		gold := c.gold(t)
		tallies[name].add(gold, found)
		tallies["own all"].add(gold, found)
	}
	return scoreLines(tallies)
}

func scoreLines(tallies map[string]*moneyTally) string {
	var b strings.Builder
	names := make([]string, 0, len(tallies))
	for name := range tallies {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(&b, "%-15s%s\n", name, tallies[name])
	}
	return b.String()
}

// gold parses the figures of a case and finds their places in its text.
func (c moneyCase) gold(t *testing.T) []goldFigure {
	t.Helper()
	var all []goldFigure
	at := 0
	for _, w := range c.Want {
		f := strings.Split(wantLine(w)+"||||||", "|")
		i := strings.Index(c.Text[at:], f[0])
		if i < 0 {
			t.Fatalf("%q does not hold %q", c.Text, f[0])
		}
		g := goldFigure{currency: f[2], bound: copytaster.Bound(f[3]), per: copytaster.Period(f[4]), vague: f[1] == "vague"}
		g.Span = copytaster.Span{Start: at + i, End: at + i + len(f[0])}
		at = g.End
		if !g.vague {
			lo, hi, ranged := strings.Cut(f[1], "..")
			if !ranged {
				hi = lo
			}
			g.lo, g.hi = amountOf(t, lo), amountOf(t, hi)
		}
		all = append(all, g)
	}
	return all
}

func amountOf(t *testing.T, s string) *copytaster.Decimal {
	t.Helper()
	if s == "" {
		return nil
	}
	d, err := decimal.Parse(s)
	if err != nil {
		t.Fatalf("amount %q: %v", s, err)
	}
	return &d
}

// goldMention is a figure of the development gold, offsets in code points.
type goldMention struct {
	Start, End int
	Min        string   `json:"amount_min"`
	Max        string   `json:"amount_max"`
	Currency   string   `json:"currency"`
	Modifier   string   `json:"modifier"`
	Period     string   `json:"period"`
	Vague      bool     `json:"vague"`
	DontCare   []string `json:"dont_care"`
	Alt        []goldMention
}

func (m goldMention) figure(t *testing.T, bytesAt []int) goldFigure {
	g := goldFigure{
		Span: copytaster.Span{Start: bytesAt[m.Start], End: bytesAt[m.End]}, currency: m.Currency, vague: m.Vague,
		bound: copytaster.Bound(m.Modifier), per: copytaster.Period(m.Period), free: m.DontCare,
	}
	if !m.Vague {
		g.lo, g.hi = amountOf(t, m.Min), amountOf(t, m.Max)
	}
	for _, a := range m.Alt {
		g.alternatives = append(g.alternatives, a.figure(t, bytesAt))
	}
	return g
}

// goldGroups names the kind of text of each set of the gold; the rest is public.
func goldGroup(set string) string {
	switch set {
	case "bbc", "sceb", "np", "seeds":
		return "gold news"
	case "own":
		return "gold forms"
	}
	return "gold public"
}

func goldScores(t *testing.T, data []byte) string {
	x := NewMoney()
	tallies := map[string]*moneyTally{"gold news": {}, "gold forms": {}, "gold public": {}, "gold all": {}}
	for line := range bytes.Lines(data) {
		var c struct {
			ID, Set, Text, URL string
			Mentions           []goldMention
		}
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		bytesAt := make([]int, 0, len(c.Text)+1)
		for i := range c.Text {
			bytesAt = append(bytesAt, i)
		}
		bytesAt = append(bytesAt, len(c.Text))
		var gold []goldFigure
		for _, m := range c.Mentions {
			gold = append(gold, m.figure(t, bytesAt))
		}
		found := x.Find(c.Text, Hint{URL: c.URL})
		tallies[goldGroup(c.Set)].add(gold, found)
		tallies["gold all"].add(gold, found)
	}
	return scoreLines(tallies)
}

func TestScorerSeesErrors(t *testing.T) {
	five, six := decimal.MustNew(5, 0), decimal.MustNew(6, 0)
	gold := []goldFigure{{Span: copytaster.Span{Start: 0, End: 3}, lo: &five, hi: &five, currency: "GBP", bound: copytaster.BoundExact}}
	found := copytaster.Money{Span: copytaster.Span{Start: 0, End: 3}, Min: &six, Max: &six, Currency: "GBP"}
	var s moneyTally
	s.add(gold, []copytaster.Money{found})
	s.add(nil, []copytaster.Money{found})
	if s.value != 0 || s.exact != 1 || s.emptyHits != 1 || s.falseRates != 0 {
		t.Errorf("a wrong amount and a false hit scored %+v", s)
	}
	found.Min, found.Max, found.Per = &five, &five, copytaster.PerYear
	s.add(gold, []copytaster.Money{found})
	if s.value != 1 || s.falseRates != 1 {
		t.Errorf("a right amount with a false rate scored %+v", s)
	}
}
