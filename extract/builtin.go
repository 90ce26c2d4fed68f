// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"embed"
	"fmt"
)

// data holds the lists that come with the program; data/SOURCES.md says where
// their facts are from.
//
//go:embed data/*.csv data/*.txt data/*.json
var data embed.FS

// BuiltinEntries reads the lists that come with the program.
func BuiltinEntries() ([]Entry, error) {
	var all []Entry
	for _, name := range []string{"data/suppliers.csv", "data/buyers.csv", "data/others.csv"} {
		f, err := data.Open(name)
		if err != nil {
			return nil, fmt.Errorf("built-in list: %w", err)
		}
		list, err := LoadCSV(f, name)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

// Builtin is the gazetteer of the lists that come with the program.
func Builtin() (*Gazetteer, error) {
	list, err := BuiltinEntries()
	if err != nil {
		return nil, err
	}
	return NewGazetteer(list), nil
}
