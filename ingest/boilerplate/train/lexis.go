// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/copytaster/copytaster/ingest/boilerplate"
)

// The lexis is two logistic regressions: of the words in a block, and of those in
// the names around it, each beside the block's length and links, which are not the
// words' doing. A word counts that stands on the pages of enough publishers.
const (
	wordHosts   = 30
	nameHosts   = 18
	nameLevels  = 4   // boxes up
	nameFade    = 0.6 // from one box to the next
	lexisRounds = 6
	lexisShrink = 1e-8 // of a weight, by row and step
	lexisRate   = 0.08
	lexisStep   = 5   // hundredths: weights are rounded to it
	lexisMost   = 200 // hundredths: weights are cut at it
)

// said is what a block says: entries of the vocabulary with how much each counts.
type said struct {
	fold  int
	y, w  float32
	shape int
	words []entry
	names []entry
}

type entry struct {
	id    int32
	value float32
}

// vocabulary numbers the entries that stand on enough hosts.
type vocabulary struct {
	ids  map[string]int32
	list []string
}

func newVocabulary(items []*item, of func(*item, int, func(string)), least int) *vocabulary {
	hosts := map[string]map[string]bool{}
	for _, it := range items {
		host := hostOf(it.sample)
		for i := range it.labels {
			of(it, i, func(s string) {
				if strings.ContainsAny(s, "0123456789") {
					return
				}
				if hosts[s] == nil {
					hosts[s] = map[string]bool{}
				}
				if len(hosts[s]) < least {
					hosts[s][host] = true
				}
			})
		}
	}
	v := &vocabulary{ids: map[string]int32{}}
	for s, h := range hosts {
		if len(h) >= least {
			v.list = append(v.list, s)
		}
	}
	slices.Sort(v.list)
	for i, s := range v.list {
		v.ids[s] = int32(i)
	}
	return v
}

func wordsOf(it *item, i int, f func(string)) {
	for _, s := range it.sheet.Words(i) {
		f(s)
	}
}

func namesOf(it *item, i int, f func(string)) {
	for level := range nameLevels {
		for _, s := range it.sheet.Names(i, level) {
			f(s)
		}
	}
}

// lexes are one lexis for each fold, fitted without it.
type lexes struct {
	folds []*boilerplate.Lexis
	words string // the tables of one for all
	names string
}

// listen learns them from the samples' pages.
func listen(samples []*sample, folds int) *lexes {
	mute := boilerplate.ReadLexis("", "")
	items := prepare(samples, false, func(*sample) *boilerplate.Lexis { return mute })
	words, names := newVocabulary(items, wordsOf, wordHosts), newVocabulary(items, namesOf, nameHosts)
	var rows []said
	for _, it := range items {
		for i, l := range it.labels {
			if l.weight > 0 {
				rows = append(rows, sayings(it, i, words, names))
			}
		}
	}
	out := &lexes{folds: make([]*boilerplate.Lexis, folds)}
	each(folds+1, func(f int) {
		w := words.table(fitWords(rows, words, func(r *said) []entry { return r.words }, f))
		n := names.table(fitWords(rows, names, func(r *said) []entry { return r.names }, f))
		if f < folds {
			out.folds[f] = boilerplate.ReadLexis(w, n)
			return
		}
		out.words, out.names = w, n
	})
	return out
}

// sayings is what block i of an item says.
func sayings(it *item, i int, words, names *vocabulary) said {
	l := it.labels[i]
	r := said{fold: it.fold, y: l.y, w: l.weight, shape: it.sheet.Shape(i)}
	all := it.sheet.Words(i)
	norm := float32(1 / math.Sqrt(float64(max(1, len(all)/2))))
	for _, s := range all {
		if id, ok := words.ids[s]; ok {
			r.words = append(r.words, entry{id, norm})
		}
	}
	fade := float32(1)
	for level := range nameLevels {
		for _, s := range it.sheet.Names(i, level) {
			if id, ok := names.ids[s]; ok {
				r.names = append(r.names, entry{id, fade})
			}
		}
		fade *= nameFade
	}
	return r
}

// fitWords learns a vocabulary's weights from the rows outside fold (AdaGrad,
// Duchi et al., 2011).
func fitWords(rows []said, v *vocabulary, of func(*said) []entry, fold int) []float64 {
	order := make([]int, 0, len(rows))
	for i := range rows {
		if rows[i].fold != fold {
			order = append(order, i)
		}
	}
	var mean float64
	for _, i := range order {
		mean += float64(rows[i].w)
	}
	mean /= float64(len(order))
	rnd := rand.New(rand.NewPCG(5, 11))
	weights, moved := make([]float64, len(v.list)+boilerplate.Shapes), make([]float64, len(v.list)+boilerplate.Shapes)
	for range lexisRounds {
		rnd.Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
		for _, i := range order {
			r := &rows[i]
			c := len(v.list) + r.shape
			sum := weights[c]
			for _, e := range of(r) {
				sum += weights[e.id] * float64(e.value)
			}
			g := (float64(r.y) - 1/(1+math.Exp(-sum))) * min(float64(r.w)/mean, 20)
			step := func(k int, by float64) {
				d := g*by - lexisShrink*float64(len(order))*weights[k]
				moved[k] += d * d
				weights[k] += lexisRate * d / math.Sqrt(moved[k]+1)
			}
			step(c, 1)
			for _, e := range of(r) {
				step(int(e.id), float64(e.value))
			}
		}
	}
	return weights
}

// table lists the vocabulary by weight, as boilerplate.ReadLexis takes it.
func (v *vocabulary) table(weights []float64) string {
	by := map[int][]string{}
	for i, s := range v.list {
		k := int(math.Round(100*weights[i]/lexisStep)) * lexisStep
		k = min(max(k, -lexisMost), lexisMost)
		by[k] = append(by[k], s)
	}
	delete(by, 0)
	var b strings.Builder
	for _, k := range slices.Sorted(maps.Keys(by)) {
		fmt.Fprintf(&b, "%d\t%s\n", k, strings.Join(by[k], ","))
	}
	return b.String()
}
