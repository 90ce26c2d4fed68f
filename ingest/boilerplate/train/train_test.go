// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ys lists the labels' values, rounded.
func ys(labels []label) []float64 {
	out := make([]float64, len(labels))
	for i, l := range labels {
		out[i] = math.Round(float64(l.y)*10) / 10
	}
	return out
}

func TestLabelBody(t *testing.T) {
	const gold = "The council ended the deal on Monday after a year of complaints.\nWhat next\nThe firm will leave in June, it said in a short statement."
	for _, c := range []struct {
		name   string
		blocks []string
		want   []float64
	}{
		{"what stands in the gold", []string{"The council ended the deal on Monday after a year of complaints.", "Subscribe to our morning letter and read more of this."}, []float64{1, 0}},
		{"a short block beside its neighbour", []string{"after a year of complaints.", "What next", "The firm will leave in June, it said in a short statement."}, []float64{1, 1, 1}},
		{"a short block elsewhere", []string{"What next", "Menu", "Home", "Sport", "The Courier"}, []float64{0, 0, 0, 0, 0}},
		{"half a block", []string{"The council ended the deal on Monday and nobody else was there to see it happen"}, []float64{0.3}},
		{"one of two copies", []string{"The firm will leave in June, it said in a short statement.", "x", "y", "z", "w", "v", "The council ended the deal on Monday after a year of complaints.", "What next", "The firm will leave in June, it said in a short statement."}, []float64{0, 0, 0, 0, 0, 0, 1, 1, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, ys(labelBody(c.blocks, gold))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLabelsDependOnThePageAlone(t *testing.T) {
	// Every line stands three times on the page and once in the gold; which copy
	// stays depends on what has been dropped around it.
	var gold, blocks []string
	for i := range 12 {
		gold = append(gold, fmt.Sprintf("The firm will leave office number %d in June, it said.", i))
	}
	for i := range 36 {
		blocks = append(blocks, gold[(i*7)%12])
	}
	want := ys(labelBody(blocks, strings.Join(gold, "\n")))
	for range 20 {
		if diff := cmp.Diff(want, ys(labelBody(blocks, strings.Join(gold, "\n")))); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestForgive(t *testing.T) {
	const para = "The council paid the firm for its work and nobody could say who had agreed to any of it at the time or since, whether in the chamber or in one of the committees that met behind closed doors in May."
	var kinds []uint64
	var texts []string
	labels := func(ys ...float32) []label {
		kinds, texts = nil, nil
		var out []label
		for _, y := range ys {
			kinds, texts, out = append(kinds, 7), append(texts, para), append(out, label{y, 1})
		}
		return out
	}
	weights := func(ls []label) (out []float32) {
		for _, l := range ls {
			out = append(out, l.weight)
		}
		return out
	}
	for _, c := range []struct {
		name string
		ys   []float32
		want []float32
	}{
		{"a gold that stops in the middle", []float32{1, 1, 0, 0, 0, 0, 0}, []float32{1, 1, 0, 0, 0, 0, 0}},
		{"a gold with a gap", []float32{1, 0, 0, 0, 0, 0, 1}, []float32{1, 0, 0, 0, 0, 0, 1}},
		{"a short box of another's words", []float32{1, 1, 0, 0, 1, 0, 0}, []float32{1, 1, 1, 1, 1, 1, 1}},
		{"no body at all", []float32{0, 0, 0, 0, 0, 0}, []float32{1, 1, 1, 1, 1, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := labels(c.ys...)
			forgive(kinds, texts, got)
			if diff := cmp.Diff(c.want, weights(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("paragraphs of another kind", func(t *testing.T) {
		got := labels(1, 1, 0, 0, 0, 0, 0)
		for i := 2; i < 7; i++ {
			kinds[i] = 8
		}
		forgive(kinds, texts, got)
		if diff := cmp.Diff([]float32{1, 1, 1, 1, 1, 1, 1}, weights(got)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestLabelSegments(t *testing.T) {
	g := &gold{With: []string{"ended the  deal"}, Without: []string{"Subscribe"}, Comments: []string{"I disagree"}}
	got := labelSegments([]string{"They ended the deal.", "Subscribe now", "I disagree", "Something else"}, g)
	if diff := cmp.Diff([]float64{1, 0, 0, 0}, ys(got)); diff != "" {
		t.Error(diff)
	}
	if got[1].weight == 0 || got[2].weight == 0 || got[3].weight != 0 {
		t.Errorf("weights are %v", got)
	}
}

func TestBoostLearns(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var rows [][]float32
	var y, w []float32
	truth := func(x []float32) bool { return x[0] > 0.5 != (x[1] > 0.3) || x[2] > 0.9 }
	for range 4000 {
		x := []float32{rnd.Float32(), rnd.Float32(), rnd.Float32(), rnd.Float32()}
		v := float32(0)
		if truth(x) {
			v = 1
		}
		rows, y, w = append(rows, x), append(y, v), append(w, 1)
	}
	o := options{trees: 40, rate: 0.3, sample: 0.5, columns: 1, l2: 1}
	base, trees := boost(newTable(rows[:3000], y[:3000], w[:3000]), o)
	m := model{base, trees}
	wrong := 0
	for i := 3000; i < 4000; i++ {
		if (m.predict(rows[i]) > 0.5) != (y[i] > 0.5) {
			wrong++
		}
	}
	if wrong > 40 {
		t.Errorf("%d of 1000 wrong", wrong)
	}
	again, same := boost(newTable(rows[:3000], y[:3000], w[:3000]), o)
	if again != base || !slices.Equal(trees, same) {
		t.Error("two fits of the same rows differ")
	}
}

func TestFoldsKeepHostsTogether(t *testing.T) {
	a := &sample{id: "1", gold: gold{URL: "https://www.courier.example/a"}}
	b := &sample{id: "2", gold: gold{URL: "https://news.courier.example/b"}}
	if foldOf(a, 5, 0) != foldOf(b, 5, 0) {
		t.Error("two pages of a publisher are in two folds")
	}
	moved := 0
	for i := range 50 {
		s := &sample{id: fmt.Sprint(i)}
		if foldOf(s, 5, 0) != foldOf(s, 5, 1) {
			moved++
		}
	}
	if moved < 25 {
		t.Errorf("another deal moves %d of 50 publishers", moved)
	}
}

// writeSet writes a set of pages as the trainer reads it.
func writeSet(t *testing.T, dir, set string, n int) {
	t.Helper()
	all := map[string]gold{}
	for i := range n {
		id := fmt.Sprint("page", i)
		body := fmt.Sprintf("The council paid firm number %d for its work, it said on day %d of the year.\nNobody could say who had agreed to the deal of %d pounds.", i, i, i*7)
		all[id] = gold{Body: body, URL: fmt.Sprintf("https://host%d.example/a", i)}
		page := "<nav><a href=/>Home</a></nav><h1>Deal</h1><p>" + strings.ReplaceAll(body, "\n", "</p><p>") + "</p><footer>All rights reserved.</footer>"
		pack(t, filepath.Join(dir, set, "html", id+".html.gz"), []byte(page))
	}
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	pack(t, filepath.Join(dir, set, "ground-truth.json.gz"), data)
}

func pack(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestRunTrainsFromAFolder(t *testing.T) {
	dir := t.TempDir()
	writeSet(t, dir, "tiny", 24)
	samples, err := load(dir, []string{"tiny"}, 3, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []bool{false, true} {
		c := config{folds: 3, text: text, o: options{trees: 5, rate: 0.5, sample: 0.9, columns: 1, l2: 1}}
		cv, out := filepath.Join(dir, fmt.Sprint("cv", text)), filepath.Join(dir, fmt.Sprint("tables", text, ".go"))
		if err := run(samples, c, cv, out); err != nil {
			t.Fatal(err)
		}
		if err := rescore(samples, c, cv+"-opinions.json", cv+"-again"); err != nil {
			t.Fatal(err)
		}
		first, second := read(t, filepath.Join(cv, "tiny.json")), read(t, filepath.Join(cv+"-again", "tiny.json"))
		if diff := cmp.Diff(first, second); diff != "" {
			t.Error(diff)
		}
		if !strings.Contains(first, "Nobody could say") {
			t.Errorf("results are %s", first)
		}
		if tables := read(t, out); !strings.Contains(tables, "DO NOT EDIT") || !strings.Contains(tables, "forest{") {
			t.Errorf("tables are %.200s", tables)
		}
	}
}

// TestCrossValidationRepeats runs it twice over the same pages, from the files on:
// every opinion and every text is the same, to the byte.
func TestCrossValidationRepeats(t *testing.T) {
	dir := t.TempDir()
	writeSet(t, dir, "tiny", 40)
	for _, text := range []bool{false, true} {
		var runs []string
		for n := range 2 {
			samples, err := load(dir, []string{"tiny"}, 3, 1)
			if err != nil {
				t.Fatal(err)
			}
			c := config{folds: 3, text: text, o: options{trees: 8, rate: 0.5, sample: 0.3, columns: 0.4, l2: 1}}
			cv := filepath.Join(dir, fmt.Sprint("repeat", text, n))
			if err := run(samples, c, cv, ""); err != nil {
				t.Fatal(err)
			}
			runs = append(runs, read(t, cv+"-opinions.json")+read(t, filepath.Join(cv, "tiny.json")))
		}
		if runs[0] != runs[1] {
			t.Errorf("two runs differ, text %t", text)
		}
	}
}

func TestShipWritesAllTables(t *testing.T) {
	dir := t.TempDir()
	writeSet(t, dir, "tiny", 24)
	samples, err := load(dir, []string{"tiny"}, 3, 0)
	if err != nil {
		t.Fatal(err)
	}
	c := config{folds: 3, o: options{trees: 5, rate: 0.5, sample: 0.9, columns: 1, l2: 1}}
	var first []string
	for range 2 {
		if err := ship(samples, c, dir); err != nil {
			t.Fatal(err)
		}
		first = append(first, read(t, filepath.Join(dir, "tables.go"))+read(t, filepath.Join(dir, "tables_text.go"))+read(t, filepath.Join(dir, "tables_words.go")))
	}
	if first[0] != first[1] {
		t.Error("two runs over the same pages differ")
	}
	for _, name := range []string{"var firstStage ", "var secondStage ", "var firstTextStage ", "var secondTextStage ", "const wordWeights ", "const nameWeights "} {
		if !strings.Contains(first[0], name) {
			t.Errorf("no %q", name)
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestLoadNamesWhatIsMissing(t *testing.T) {
	if _, err := load(t.TempDir(), []string{"none"}, 2, 0); err == nil || !strings.Contains(err.Error(), "none") {
		t.Errorf("error is %v", err)
	}
}
