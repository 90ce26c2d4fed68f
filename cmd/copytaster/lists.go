// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/extract"
	"github.com/copytaster/copytaster/internal/config"
	"github.com/copytaster/copytaster/internal/contracts"
	"github.com/copytaster/copytaster/internal/pipeline"
)

// lists reads the lists of a configuration whenever the line asks for them, so
// that a large one is not held in memory beside what is made of it.
func lists(cfg *config.Config) pipeline.Lists {
	return func(accepted []extract.Entry) (pipeline.Tagger, alert.Names, error) {
		gaz, err := gazetteer(cfg, accepted)
		if err != nil {
			return nil, nil, err
		}
		return extract.NewTagger(gaz), gaz.Resolve, nil
	}
}

// gazetteer joins the built-in list, the newsroom's own, and what was accepted by
// hand.
func gazetteer(cfg *config.Config, accepted []extract.Entry) (*extract.Gazetteer, error) {
	all, err := entries(cfg)
	if err != nil {
		return nil, err
	}
	return extract.NewGazetteer(append(all, accepted)...), nil
}

// entries are the built-in list and the newsroom's own, in the order in which a
// later entry replaces an earlier one.
func entries(cfg *config.Config) ([][]extract.Entry, error) {
	builtin, err := extract.BuiltinEntries()
	if err != nil {
		return nil, err
	}
	all := [][]extract.Entry{builtin}
	for _, path := range cfg.Suppliers {
		own, err := readList(path)
		if err != nil {
			return nil, usage(fmt.Errorf("suppliers: %w", err))
		}
		all = append(all, own)
	}
	return all, nil
}

// readList reads one CSV file in the columns of our own lists.
func readList(path string) ([]extract.Entry, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	list, err := extract.LoadCSV(f, path)
	return list, errors.Join(err, f.Close())
}

// identify finds the identifiers that the lists have of an entry.
func identify(cfg *config.Config) (contracts.Identify, error) {
	all, err := entries(cfg)
	if err != nil {
		return nil, err
	}
	ids := map[string][]string{}
	for _, list := range all {
		for i := range list {
			if e := &list[i]; len(e.IDs) > 0 || ids[e.ID] != nil {
				ids[e.ID] = e.IDs
			}
		}
	}
	return func(entity string) []string { return ids[entity] }, nil
}
