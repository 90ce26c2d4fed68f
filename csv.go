// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// CSVWriter writes documents as rows of a spreadsheet: UTF-8, comma, one row a
// document under a header. Lists within a cell are joined by "; ".
type CSVWriter struct{ w *csv.Writer }

// NewCSVWriter writes the header and returns a writer of rows. The header's
// failure is told by Write or Flush.
func NewCSVWriter(w io.Writer) *CSVWriter {
	out := &CSVWriter{csv.NewWriter(w)}
	_ = out.w.Write(csvColumns())
	return out
}

// csvColumns names the columns. New ones are added at the end, so that a
// newsroom's own sheets keep working.
func csvColumns() []string {
	return []string{"id", "published", "headline", "byline", "sources", "kind", "suppliers", "buyers", "money", "contracts",
		"sentence", "url", "fetched"}
}

// Write writes one document, with the sentence that made it match or "". Rows
// are buffered until Flush.
func (c *CSVWriter) Write(d *Document, sentence string) error {
	var money, contracts []string
	for i := range d.Money {
		money = append(money, d.Money[i].Label())
	}
	for i := range d.Contracts {
		contracts = append(contracts, d.Contracts[i].Label())
	}
	fetched := ""
	if !d.Fetched.IsZero() {
		fetched = d.Fetched.UTC().Format(time.RFC3339)
	}
	row := []string{d.ID, d.Published.Day(), d.Headline(), inCell(d.Byline), inCell(d.Sources), string(d.Kind),
		inCell(d.names(RoleSupplier)), inCell(d.names(RoleBuyer)), inCell(money), inCell(contracts), sentence, d.URL, fetched}
	for i := range row {
		row[i] = SafeCell(row[i])
	}
	return c.w.Write(row)
}

// Flush writes what is buffered and returns the first failure of any write.
func (c *CSVWriter) Flush() error {
	c.w.Flush()
	return c.w.Error()
}

// names lists the organisations of a role in the body, each once, in the order
// of the text.
func (d *Document) names(role Role) []string {
	var out []string
	seen := map[string]bool{}
	for _, m := range d.Mentions {
		if m.Role == role && !seen[m.Key()] {
			seen[m.Key()] = true
			out = append(out, m.Name)
		}
	}
	return out
}

// inCell joins values, each once.
func inCell(values []string) string {
	var out []string
	seen := map[string]bool{}
	for _, v := range values {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return strings.Join(out, "; ")
}

// SafeCell keeps a spreadsheet from reading text of the web as a formula: a cell
// that begins like one, after white space too, is given an apostrophe (OWASP,
// "CSV Injection"). Numbers stay numbers.
func SafeCell(cell string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(cell, " \u00a0"))
	if cell == "" || !strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		return cell
	}
	if _, err := strconv.ParseFloat(cell, 64); err == nil {
		return cell
	}
	return "'" + cell
}
