// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"time"

	"github.com/copytaster/copytaster/ingest/boilerplate"
)

type config struct {
	folds int
	text  bool // learn from the pages' flattened text instead
	o     options
	heard *lexes
}

// item is a sample with its blocks, labels and what the stages say of them.
type item struct {
	*sample
	sheet  *boilerplate.Sheet
	rows   [][]float32
	labels []label
	first  []float64
	second []float64
}

// importance weighs the sets: news counts most here.
func importance(s *sample) float32 {
	switch {
	case s.set == "scrapinghub":
		return 2.2
	case s.set == "fundus":
		return 2
	case s.set == "wcxb" && s.gold.Type != "article" && s.gold.Type != "forum":
		return 0.6
	}
	return 1
}

// prepare reads and labels the samples, each with the lexis that of gives it.
func prepare(samples []*sample, text bool, of func(*sample) *boilerplate.Lexis) []*item {
	items := make([]*item, len(samples))
	each(len(samples), func(i int) {
		s := samples[i]
		sheet, err := observe(s, text, of(s))
		if err != nil {
			return
		}
		items[i] = &item{sample: s, sheet: sheet, rows: sheet.First(), labels: labelsOf(s, sheet, text)}
	})
	kept := items[:0]
	for _, it := range items {
		if it != nil {
			kept = append(kept, it)
		}
	}
	return kept
}

func observe(s *sample, text bool, l *boilerplate.Lexis) (*boilerplate.Sheet, error) {
	if text {
		return boilerplate.ObserveText(boilerplate.Flatten(s.html), l), nil
	}
	return boilerplate.Observe(boilerplate.Input{HTML: s.html, URL: s.gold.URL}, l)
}

// labelsOf labels the blocks of a sheet. Where a gold is unfinished is seen on the
// page and kept for its text.
func labelsOf(s *sample, sheet *boilerplate.Sheet, text bool) []label {
	texts := sheet.Texts()
	if s.gold.Body == "" {
		return weighed(labelSegments(texts, &s.gold), s)
	}
	labels := labelBody(texts, s.gold.Body)
	if !text {
		kinds := make([]uint64, len(labels))
		for i := range kinds {
			kinds[i] = sheet.Kind(i)
		}
		forgive(kinds, texts, labels)
		s.silent = map[string]bool{}
	}
	for i := range labels {
		switch {
		case !text && labels[i].weight == 0:
			s.silent[texts[i]] = true
		case s.silent[texts[i]]:
			labels[i].weight = 0
		}
	}
	return weighed(labels, s)
}

// weighed weighs the labels by the importance of their set.
func weighed(labels []label, s *sample) []label {
	k := importance(s)
	for i := range labels {
		labels[i].weight *= k
	}
	return labels
}

// model is a fitted sum of trees.
type model struct {
	base  float32
	trees []oblivious
}

// fit learns from the items for which use is true.
func fit(items []*item, o options, use func(*item) bool) model {
	var rows [][]float32
	var y, w []float32
	for _, it := range items {
		if !use(it) {
			continue
		}
		k := float32(30)
		if o.doubts {
			k *= trust(it)
		}
		for j, l := range it.labels {
			if l.weight > 0 {
				rows, y, w = append(rows, it.rows[j]), append(y, l.y), append(w, l.weight*k)
			}
		}
	}
	t := newTable(rows, y, w)
	base, trees := boost(t, o)
	return model{base, trees}
}

func (m *model) predict(x []float32) float64 {
	sum := m.base
	for i := range m.trees {
		t := &m.trees[i]
		k := 0
		for d := range depth {
			if x[t.feature[d]] > t.above[d] {
				k |= 1 << d
			}
		}
		sum += t.leaf[k]
	}
	return 1 / (1 + math.Exp(-float64(sum)))
}

func (m *model) all(rows [][]float32) []float64 {
	out := make([]float64, len(rows))
	for i := range rows {
		out[i] = m.predict(rows[i])
	}
	return out
}

// run cross-validates the two stages and fits the final ones.
func run(samples []*sample, c config, cv, out string) error {
	start := time.Now()
	say := func(f string, a ...any) {
		fmt.Fprintf(os.Stderr, "%6.0fs "+f+"\n", append([]any{time.Since(start).Seconds()}, a...)...)
	}
	if c.heard == nil {
		c.heard = listen(samples, c.folds)
		say("lexis learned")
	}
	items := prepare(samples, c.text, func(s *sample) *boilerplate.Lexis { return c.heard.folds[s.fold] })
	say("%d pages, %d features", len(items), len(items[0].rows[0]))
	guessMissing(items, c)
	say("segments completed")
	outOfFold(items, c, func(it *item, m *model) { it.first = m.all(it.rows) })
	say("first stage: %s", loss(items, func(it *item) []float64 { return it.first }))
	one := fit(items, c.o, func(*item) bool { return true })
	each(len(items), func(i int) { items[i].rows = items[i].sheet.Second(items[i].first) })
	c.o.trees, c.o.doubts = min(c.o.trees, secondTrees), c.text
	if cv != "" {
		outOfFold(items, c, func(it *item, m *model) { it.second = m.all(it.rows) })
		say("second stage: %s", loss(items, func(it *item) []float64 { return it.second }))
		if err := writeOpinions(items, cv+"-opinions.json"); err != nil {
			return err
		}
		if err := writeResults(items, cv, func(it *item) []float64 { return it.second }); err != nil {
			return err
		}
	}
	if out == "" {
		return nil
	}
	two := fit(items, c.o, func(*item) bool { return true })
	say("fitted")
	return writeTables(out, c.text, one, two)
}

// guessMissing labels the blocks that a set with segments says nothing of, by
// what the other sets teach, at half the weight of how sure that is.
func guessMissing(items []*item, c config) {
	whole := func(it *item) bool { return it.gold.Body != "" }
	m := fit(items, c.o, whole)
	for _, it := range items {
		if whole(it) {
			continue
		}
		p := m.all(it.rows)
		words := 0.0
		texts := it.sheet.Texts()
		for j := range p {
			words += p[j] * float64(len(tokens(texts[j])))
		}
		for j := range p {
			if it.labels[j].weight == 0 {
				n := float32(len(tokens(texts[j])))
				sure := float32(math.Abs(2*p[j] - 1))
				it.labels[j] = label{y: float32(math.Round(p[j])), weight: 0.5 * sure * (n + 3) / (float32(words) + 200)}
			}
		}
	}
}

// outOfFold fits a model without each fold and hands it that fold's items.
func outOfFold(items []*item, c config, judge func(*item, *model)) {
	for f := range c.folds {
		m := fit(items, c.o, func(it *item) bool { return it.fold != f })
		for _, it := range items {
			if it.fold == f {
				judge(it, &m)
			}
		}
	}
}

// doubted is the mean loss from which a page's labels count less.
const doubted = 0.35

// trust is how much the labels of a page count: 1, or less where the first stage,
// which did not see it, contradicts them on the whole.
func trust(it *item) float32 {
	if l, _ := lossOf(it, it.first); l > doubted {
		return float32(doubted / l)
	}
	return 1
}

// loss is the weighted log loss and error of what of says.
func loss(items []*item, of func(*item) []float64) string {
	var sum, wrong, all float64
	for _, it := range items {
		l, w := lossOf(it, of(it))
		for j, p := range of(it) {
			if (p > 0.5) != (it.labels[j].y > 0.5) {
				wrong += float64(it.labels[j].weight)
			}
		}
		sum, all = sum+l*w, all+w
	}
	return fmt.Sprintf("log loss %.4f, wrong %.4f", sum/all, wrong/all)
}

// lossOf is the weighted mean log loss of what is said of a page, and the weight
// of its labels.
func lossOf(it *item, said []float64) (mean, all float64) {
	var sum float64
	for j, p := range said {
		w, y := float64(it.labels[j].weight), float64(it.labels[j].y)
		p = min(max(p, 1e-4), 1-1e-4)
		sum -= w * (y*math.Log(p) + (1-y)*math.Log(1-p))
		all += w
	}
	return sum / max(all, 1e-9), all
}

// writeResults writes what the out-of-fold models make of each page, in the
// scorer's form.
func writeResults(items []*item, dir string, of func(*item) []float64) error {
	type page struct {
		Text   string   `json:"text"`
		Title  string   `json:"title"`
		Author []string `json:"author"`
		Date   string   `json:"date"`
	}
	sets := map[string]map[string]page{}
	for _, it := range items {
		if sets[it.set] == nil {
			sets[it.set] = map[string]page{}
		}
		r := it.sheet.Result(of(it))
		sets[it.set][it.id] = page{r.Text, r.Title, append([]string{}, r.Byline...), r.Published.Day()}
	}
	for set, pages := range sets {
		data, err := json.Marshal(pages)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, set+".json"), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
