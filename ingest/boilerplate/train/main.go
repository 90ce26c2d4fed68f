// SPDX-License-Identifier: Apache-2.0

// Command train fits the stripper's block classifier to labelled pages and
// writes its tables as Go code. docs/STRIPPING.md says where the pages come from
// and how the labels are made.
//
//	go run ./ingest/boilerplate/train
//
// writes the tables that are shipped: of the lexis, for pages and for plain text. With --cv it
// writes out-of-fold results instead, with --out the tables of one kind.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	data := flag.String("data", "../shared/data/boilerplate", "folder of the labelled sets")
	sets := flag.String("sets", "scrapinghub,fundus,trafilatura,wcxb", "sets to learn from")
	cv := flag.String("cv", "", "cross-validate: write out-of-fold results of each set to this folder")
	out := flag.String("out", "", "Go file for the tables")
	folds := flag.Int("folds", 5, "folds, by host")
	deal := flag.Int("deal", 0, "which hosts share a fold: 0 to 19")
	trees := flag.Int("trees", 0, "trees of the first stage, 0 for as many as are shipped")
	text := flag.Bool("text", false, "learn the tables for plain text")
	rate := flag.Float64("rate", 0.1, "learning rate")
	l2 := flag.Float64("l2", 1, "regularisation")
	seed := flag.Uint64("seed", 0, "of the drawing of rows")
	opinions := flag.String("rescore", "", "do not train: strip with these opinions of an earlier --cv run and write to --cv")
	flag.Parse()
	c := config{folds: *folds, text: *text, o: options{trees: *trees, rate: *rate, sample: 0.12, columns: 0.4, l2: *l2, seed: *seed}}
	samples, err := load(*data, strings.Split(*sets, ","), *folds, *deal)
	switch {
	case err != nil:
	case *opinions != "":
		err = rescore(samples, c, *opinions, *cv)
	case *cv == "" && *out == "":
		err = ship(samples, c, filepath.Join("ingest", "boilerplate"))
	default:
		err = run(samples, c.sized(), *cv, *out)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Trees of the first stage that are shipped, more of which make a page dearer, and
// of the second, more of which learn the first's mistakes by heart.
const (
	pageTrees   = 150
	textTrees   = 120
	secondTrees = 60
)

// sized is c with the number of trees that are shipped, where it has none.
func (c config) sized() config {
	switch {
	case c.o.trees > 0:
	case c.text:
		c.o.trees = textTrees
	default:
		c.o.trees = pageTrees
	}
	return c
}

// ship writes the lexis and the tables of both kinds to dir.
func ship(samples []*sample, c config, dir string) error {
	c.heard = listen(samples, c.folds)
	if err := writeLexis(filepath.Join(dir, "tables_words.go"), c.heard); err != nil {
		return err
	}
	for _, t := range []struct {
		text bool
		name string
	}{{false, "tables.go"}, {true, "tables_text.go"}} {
		c.text = t.text
		if err := run(samples, c.sized(), "", filepath.Join(dir, t.name)); err != nil {
			return err
		}
	}
	return nil
}
