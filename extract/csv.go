// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// csvColumns are the columns that a list may have, in any order; "id" and
// "name" must be there. Cells that hold several values part them by semicolons.
const csvColumns = "id name kind legal aliases abbreviations ids parent successor notes country sector generic context quiet anycase exclude"

// LoadCSV reads a list of entries. name is that of the file, for errors, which
// give the line. All bad lines are reported together; the good ones are returned
// beside the error.
func LoadCSV(r io.Reader, name string) ([]Entry, error) {
	var list []Entry
	var errs []error
	for e, err := range ReadCSV(r, name) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		list = append(list, e)
	}
	return list, errors.Join(errs...)
}

// ReadCSV yields the entries of a list one by one, each with its error; after a
// line that cannot be cut into cells nothing more comes.
func ReadCSV(r io.Reader, name string) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		c := csv.NewReader(r)
		c.ReuseRecord = true
		head, err := c.Read()
		if err != nil {
			yield(Entry{}, fmt.Errorf("%s: no header line: %w", name, err))
			return
		}
		cols, err := columns(head)
		if err != nil {
			yield(Entry{}, fmt.Errorf("%s: %w", name, err))
			return
		}
		for {
			rec, err := c.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				if !yield(Entry{}, fmt.Errorf("%s: %w", name, err)) || !errors.Is(err, csv.ErrFieldCount) {
					return
				}
				continue
			}
			line, _ := c.FieldPos(0)
			e, err := entryOf(cols, rec)
			if err != nil {
				err = fmt.Errorf("%s:%d: %w", name, line, err)
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// columns checks a header and returns the names of its columns.
func columns(head []string) ([]string, error) {
	known := map[string]bool{}
	for _, c := range strings.Fields(csvColumns) {
		known[c] = true
	}
	cols := make([]string, len(head))
	for i, h := range head {
		cols[i] = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\uFEFF")))
		if !known[cols[i]] {
			return nil, fmt.Errorf("column %d: unknown or repeated name %q, known are: %s", i+1, h, csvColumns)
		}
		delete(known, cols[i])
	}
	if known["id"] || known["name"] {
		return nil, errors.New("the columns id and name must be there")
	}
	return cols, nil
}

// entryOf makes an entry of one line.
func entryOf(cols, rec []string) (Entry, error) {
	var e Entry
	for i, cell := range rec {
		e.set(cols[i], strings.Clone(strings.TrimSpace(cell)))
	}
	return e, e.check()
}

// set fills one column of the entry.
func (e *Entry) set(col, cell string) {
	if text := e.text(col); text != nil {
		*text = cell
		return
	}
	switch col {
	case "kind":
		e.Kind = Kind(cell)
	case "generic":
		e.Generic = cell != "" && cell != "0"
	default:
		if cell == "" {
			return
		}
		list := e.list(col)
		for v := range strings.SplitSeq(cell, ";") {
			if v = strings.TrimSpace(v); v != "" {
				*list = append(*list, v)
			}
		}
	}
}

// text is where a column of one value goes, or nil.
func (e *Entry) text(col string) *string {
	switch col {
	case "id":
		return &e.ID
	case "name":
		return &e.Name
	case "parent":
		return &e.Parent
	case "successor":
		return &e.Successor
	case "notes":
		return &e.Notes
	case "country":
		return &e.Country
	case "sector":
		return &e.Sector
	}
	return nil
}

// list is where a column of several values goes.
func (e *Entry) list(col string) *[]string {
	switch col {
	case "legal":
		return &e.Legal
	case "aliases":
		return &e.Aliases
	case "abbreviations":
		return &e.Abbreviations
	case "ids":
		return &e.IDs
	case "context":
		return &e.Context
	case "quiet":
		return &e.Quiet
	case "anycase":
		return &e.AnyCase
	}
	return &e.Exclude
}

// check reports what makes an entry unusable.
func (e *Entry) check() error {
	switch {
	case e.ID == "":
		return errors.New("no id")
	case strings.Trim(e.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "":
		return fmt.Errorf("id %q: only a-z, 0-9 and hyphens may stand in one", e.ID)
	case e.Name == "":
		return fmt.Errorf("%s: no name", e.ID)
	}
	switch e.Kind {
	case "", KindSupplier, KindBuyer, KindBoth, KindWatchdog, KindOther:
	default:
		return fmt.Errorf("%s: unknown kind %q", e.ID, e.Kind)
	}
	for _, n := range e.names() {
		if len(n) > maxName || len(tokenise(n)) == 0 {
			return fmt.Errorf("%s: %.40q is not a name", e.ID, n)
		}
	}
	return nil
}
