// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Register says how to read the CSV of a companies register: the titles of its
// columns, compared without case and space at the ends.
type Register struct {
	Name    string // column of the registered name; needed
	Number  string // column of the number; needed
	Former  string // prefix of the columns of former names, "" for none: "PreviousName"
	Scheme  string // of the numbers, as org-id.guide has it; needed: GB-COH
	Country string // ISO 3166 alpha-2 of the register
	Comma   rune   // between cells; 0 means a comma
}

// ImportRegister reads a companies register as entries of a list, each with its
// number as an identifier and in its id. name is that of the file, for errors,
// which give the line. Lines that cannot be used are reported together, at most
// a hundred, and the entries of the good ones are returned beside the error;
// after a line that cannot be cut into cells nothing more is read.
func ImportRegister(r io.Reader, name string, reg Register) ([]Entry, error) {
	in := &recordReader{r: r}
	in.next()
	c := csv.NewReader(in)
	c.ReuseRecord, c.LazyQuotes, c.FieldsPerRecord = true, true, -1
	if reg.Comma != 0 {
		c.Comma = reg.Comma
	}
	head, err := c.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: no header line: %w", name, err)
	}
	cols, err := reg.columns(head)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var g gather
	var errs []error
	for {
		in.next()
		rec, err := c.Read()
		if errors.Is(err, io.EOF) {
			return g.list, errors.Join(errs...)
		}
		if err != nil {
			return g.list, errors.Join(append(errs, fmt.Errorf("%s: %w", name, err))...)
		}
		if err := g.add(reg.entry(cols, rec)); err != nil && len(errs) < maxImportErrors {
			line, _ := c.FieldPos(0)
			errs = append(errs, fmt.Errorf("%s:%d: %w", name, line, err))
		}
	}
}

// registerColumns are the places of the columns.
type registerColumns struct {
	name, number int
	former       []int
}

func (reg *Register) columns(head []string) (registerColumns, error) {
	cols := registerColumns{name: -1, number: -1}
	for i, h := range head {
		switch h = strings.ToLower(clean(strings.TrimPrefix(h, "\uFEFF"))); {
		case h == strings.ToLower(clean(reg.Name)):
			cols.name = i
		case h == strings.ToLower(clean(reg.Number)):
			cols.number = i
		case reg.Former != "" && strings.HasPrefix(h, strings.ToLower(reg.Former)):
			cols.former = append(cols.former, i)
		}
	}
	if cols.name < 0 || cols.number < 0 {
		return cols, fmt.Errorf("the columns %q and %q must be there; there are %.300q", reg.Name, reg.Number, head)
	}
	return cols, nil
}

// entry is one line as an entry. The registered name is the shown one: what the
// papers call the company follows from it by the rules for legal suffixes.
func (reg *Register) entry(cols registerColumns, rec []string) Entry {
	at := func(i int) string {
		if i >= len(rec) {
			return ""
		}
		return strings.Clone(clean(rec[i]))
	}
	e := Entry{Name: at(cols.name), Kind: KindSupplier, Country: reg.Country}
	if n := at(cols.number); n != "" {
		e.IDs = []string{reg.Scheme + ":" + n}
		e.ID = NewID(e.IDs[0])
	}
	for _, i := range cols.former {
		e.Aliases = union(e.Aliases, e.names(), []string{at(i)})
	}
	return e
}
