// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/copytaster/copytaster/ingest/boilerplate"
)

// writeOpinions keeps what the out-of-fold models said of every block, so that
// rules that come after them can be tried without training again.
func writeOpinions(items []*item, path string) error {
	all := map[string][]float64{}
	for _, it := range items {
		all[it.set+"/"+it.id] = it.second
	}
	data, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}

// rescore strips the pages again with the opinions of an earlier run.
func rescore(samples []*sample, c config, from, dir string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var all map[string][]float64
	if err := json.Unmarshal(data, &all); err != nil {
		return fmt.Errorf("opinions %s: %w", from, err)
	}
	var items []*item
	for _, s := range samples {
		sheet, err := observe(s, c.text, boilerplate.ReadLexis("", ""))
		if err != nil {
			continue
		}
		it := &item{sample: s, sheet: sheet, second: all[s.set+"/"+s.id]}
		if n := len(sheet.Texts()); n != len(it.second) {
			return fmt.Errorf("%s/%s has %d blocks, the opinions %d: train again", s.set, s.id, n, len(it.second))
		}
		items = append(items, it)
	}
	return writeResults(items, dir, func(it *item) []float64 { return it.second })
}
