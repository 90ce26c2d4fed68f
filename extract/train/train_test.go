// SPDX-License-Identifier: Apache-2.0

package main

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/extract"
)

func TestFitTellsApartWhatSignsTellApart(t *testing.T) {
	var ex []example
	for i := range 40 {
		ex = append(ex, example{signs: []uint32{uint32(i % 2), 2}, yes: i%2 == 0})
	}
	w, err := fit(ex, 4, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range ex {
		if yes := e.score(w) > 0; yes != e.yes {
			t.Errorf("signs %v come out as %v", e.signs, yes)
		}
	}
	if math.Abs(w[3]) > 1e-6 {
		t.Errorf("a sign that was never seen weighs %g", w[3])
	}
}

func TestTableKeepsWeightsToHalfAStep(t *testing.T) {
	w := []float64{0.5, -2, 0.003, 0, 1.25}
	got := table(w)
	for i, x := range w[:4] {
		if back := got.Scale * float64(int8(got.Rows[i])); math.Abs(back-x) > got.Scale/2 {
			t.Errorf("row %d: %g was written as %g", i, x, back)
		}
	}
	if got.Bias != 1.25 {
		t.Errorf("bias %g", got.Bias)
	}
}

func TestBothFormsOfLabelSayTheSame(t *testing.T) {
	ours := passage{Text: "Über Acme", Orgs: []org{{Start: 6, End: 10, Org: "acme"}}}
	shared := passage{Text: "Über Acme", Orgs: []org{{Start: 5, End: 9, Canonical: "acme"}}}
	for _, p := range []*passage{&ours, &shared} {
		p.align()
		if o := p.orgAt(copytaster.Span{Start: 6, End: 10}); o == nil || p.Text[o.Start:o.End] != "Acme" || o.id() != "acme" {
			t.Errorf("%+v", o)
		}
	}
	m := money(t, "a deal worth £5m")
	for _, d := range []deal{{Value: "5000000 GBP"}, {Value: "5000000 AUD"}, {Values: []sum{{5e6}}}, {Values: []sum{{5.01e6}}}} {
		if !d.worth(m) {
			t.Errorf("%+v is not worth %v", d, m)
		}
	}
	for _, d := range []deal{{}, {Value: "6000000 GBP"}, {Values: []sum{{6e6}}}} {
		if d.worth(m) {
			t.Errorf("%+v is worth %v", d, m)
		}
	}
}

func money(t *testing.T, text string) *copytaster.Money {
	t.Helper()
	found := extract.NewMoney().Find(text, extract.Hint{})
	if len(found) != 1 {
		t.Fatalf("%q has %d figures", text, len(found))
	}
	return &found[0]
}

func TestVerdictsOfLabels(t *testing.T) {
	p := passage{
		Orgs: []org{{Org: "winner"}, {Org: "loser"}, {Org: "guest", Opt: true}, {Org: "bystander"}},
		Contracts: []deal{
			{Supplier: "loser", Opt: true}, {Supplier: "winner", Opt: true}, {Supplier: "winner"},
		},
	}
	for i, want := range []verdict{supplies, open, open, not} {
		if got := p.verdictOn(&p.Orgs[i]); got != want {
			t.Errorf("%s: %d, want %d", p.Orgs[i].Org, got, want)
		}
	}
	if got := p.verdictOn(nil); got != not {
		t.Errorf("what no label names: %d", got)
	}
}

func TestABadLineIsNamed(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "sample.jsonl")
	if err := os.WriteFile(file, []byte("{\"text\":\"Serco won.\"}\n{\"text\":\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := load(tagger(t), dir, filepath.Join(dir, "none"))
	if err == nil || !strings.Contains(err.Error(), file+":2:") {
		t.Errorf("error is %v", err)
	}
	if _, err := load(tagger(t), filepath.Join(dir, "empty"), ""); err == nil {
		t.Error("a folder without passages is no error")
	}
}

func tagger(t *testing.T) *extract.Tagger {
	t.Helper()
	g, err := extract.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return extract.NewTagger(g)
}
