// SPDX-License-Identifier: Apache-2.0

// Command train teaches the judge of contracts with labelled passages and writes
// its weights. docs/EXTRACTION.md says where the passages come from and what the
// judge sees.
//
//	go run ./extract/train
//
// writes extract/data/judge.json, the same bytes every time. With --cv it writes
// nothing and prints how well each set is judged by what was learned without it.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/copytaster/copytaster/extract"
)

func main() {
	own := flag.String("own", filepath.Join("extract", "testdata", "entities"), "folder of our own passages")
	data := flag.String("data", filepath.Join("..", "shared", "data", "entities", "dev.jsonl"), "file of more passages, left out where it is not there")
	out := flag.String("out", filepath.Join("extract", "data", "judge.json"), "file to write")
	without := flag.String("without", "", "sets to leave out, for a look at how the whole tagger does on them")
	cv := flag.Bool("cv", false, "write nothing, print how well each set is judged without it")
	flag.Parse()
	if err := run(*own, *data, *out, strings.Split(*without, ","), *cv); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(own, data, out string, without []string, cv bool) error {
	g, err := extract.Builtin()
	if err != nil {
		return err
	}
	sets, err := load(extract.NewTagger(g), own, data)
	if err != nil {
		return err
	}
	sets = slices.DeleteFunc(sets, func(s *set) bool { return slices.Contains(without, s.name) })
	if cv {
		return report(os.Stdout, sets)
	}
	return ship(out, sets)
}
