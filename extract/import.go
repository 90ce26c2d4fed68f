// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Limits of an imported list, beyond which it is damaged or no list.
const (
	maxRecord = 16 << 20  // bytes of one line or release
	maxImport = 5_000_000 // entries
)

// errRecord tells of a line or release that is longer than maxRecord: of a quote
// that is never closed, most often.
var errRecord = fmt.Errorf("one record is longer than %d bytes", maxRecord)

// recordReader fails once more than maxRecord bytes were read since the last
// call of next, so that no record fills the memory.
type recordReader struct {
	r    io.Reader
	left int
}

func (r *recordReader) next() { r.left = maxRecord }

// Read implements io.Reader.
func (r *recordReader) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, errRecord
	}
	n, err := r.r.Read(p[:min(len(p), r.left)])
	r.left -= n
	return n, err
}

// gather joins what several records say of one organisation.
type gather struct {
	list []Entry
	byID map[string]int
}

// add puts an entry on the list or, if its id is there, adds its names and
// identifiers to that one. An entry that no list can hold is an error.
func (g *gather) add(e Entry) error {
	if err := e.check(); err != nil {
		return err
	}
	if g.byID == nil {
		g.byID = map[string]int{}
	}
	i, ok := g.byID[e.ID]
	if !ok {
		if len(g.list) >= maxImport {
			return fmt.Errorf("there are more than %d entries", maxImport)
		}
		g.byID[e.ID] = len(g.list)
		g.list = append(g.list, e)
		return nil
	}
	had := &g.list[i]
	had.Aliases = union(had.Aliases, had.names(), append(e.Aliases, e.Name))
	had.Legal = union(had.Legal, had.names(), e.Legal)
	had.IDs = union(had.IDs, had.IDs, e.IDs)
	return nil
}

// union adds to list what known has not, compared as names are.
func union(list, known, more []string) []string {
	seen := map[string]bool{}
	for _, k := range known {
		seen[foldName(k)] = true
	}
	for _, m := range more {
		if f := foldName(m); m != "" && !seen[f] {
			seen[f] = true
			list = append(list, m)
		}
	}
	return list
}

// WriteCSV writes entries in the columns that LoadCSV reads. Names that hold a
// semicolon, which parts the values of a cell, are written with a comma.
func WriteCSV(w io.Writer, list []Entry) error {
	out := csv.NewWriter(w)
	cols := strings.Fields(csvColumns)
	err := out.Write(cols)
	for i := range list {
		row := make([]string, len(cols))
		for j, col := range cols {
			row[j] = list[i].cell(col)
		}
		err = errors.Join(err, out.Write(row))
	}
	out.Flush()
	return errors.Join(err, out.Error())
}

// cell is what stands in one column of an entry's line.
func (e *Entry) cell(col string) string {
	if text := e.text(col); text != nil {
		return *text
	}
	switch col {
	case "kind":
		return string(e.Kind)
	case "generic":
		if e.Generic {
			return "1"
		}
		return ""
	}
	values := make([]string, 0, len(*e.list(col)))
	for _, v := range *e.list(col) {
		values = append(values, strings.ReplaceAll(v, ";", ","))
	}
	return strings.Join(values, ";")
}
