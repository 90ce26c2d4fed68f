// SPDX-License-Identifier: Apache-2.0

// Command train fits the stripper's block classifier to labelled pages and
// writes its tables as Go code. docs/STRIPPING.md says where the pages come from
// and how the labels are made.
//
//	go run ./ingest/boilerplate/train --data DIR [--cv DIR] [--out ingest/boilerplate/tables.go]
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
)

func main() {
	data := flag.String("data", "../shared/data/boilerplate", "folder of the labelled sets")
	sets := flag.String("sets", "scrapinghub,fundus,trafilatura,wcxb", "sets to learn from")
	cv := flag.String("cv", "", "cross-validate: write out-of-fold results of each set to this folder")
	out := flag.String("out", "", "Go file for the tables")
	folds := flag.Int("folds", 5, "folds, by host")
	trees := flag.Int("trees", 160, "trees of each stage")
	text := flag.Bool("text", false, "learn the tables for plain text")
	rate := flag.Float64("rate", 0.12, "learning rate")
	l2 := flag.Float64("l2", 0.3, "regularisation")
	opinions := flag.String("rescore", "", "do not train: strip with these opinions of an earlier --cv run and write to --cv")
	flag.Parse()
	c := config{folds: *folds, text: *text, o: options{trees: *trees, rate: *rate, sample: 0.12, columns: 0.4, l2: *l2}}
	samples, err := load(*data, strings.Split(*sets, ","), *folds)
	switch {
	case err != nil:
	case *opinions != "":
		err = rescore(samples, c, *opinions, *cv)
	default:
		err = run(samples, c, *cv, *out)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
