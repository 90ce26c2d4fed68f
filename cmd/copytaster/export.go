// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/control"
)

func exportCmd(g *globals) *cobra.Command {
	var format, order string
	var stable bool
	c := &cobra.Command{
		Use:   "export [QUERY...]",
		Short: "Write every document that a query matches",
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if format != "ndjson" && format != "csv" {
				return usage(fmt.Errorf("--format %q: use ndjson or csv", format))
			}
			query := strings.Join(args, " ")
			s, err := g.open(cmd.Context(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer closing(s, &err)
			write, finish := exporter(cmd.OutOrStdout(), format, stable)
			err = s.Export(cmd.Context(), control.ExportRequest{Query: query, Sort: index.Sort(order)}, write)
			if err != nil {
				return queryError(query, err)
			}
			return finish()
		},
	}
	f := c.Flags()
	f.StringVarP(&format, "format", "f", "ndjson", "ndjson (one document a line) or csv (one row a document)")
	f.StringVarP(&order, "sort", "s", "newest", "newest, oldest, fetched or amount")
	f.BoolVar(&stable, "stable", false, "leave out what differs between two runs on the same copy: fetch times, archive places")
	return c
}

// exporter writes documents in a format and says how to finish.
func exporter(w io.Writer, format string, stable bool) (write func(*copytaster.Document) error, finish func() error) {
	if format == "csv" {
		out := newCSV(w)
		return func(d *copytaster.Document) error { out.row(d, ""); return out.w.Error() }, out.close
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return func(d *copytaster.Document) error {
		if stable {
			d.Fetched, d.Archive = time.Time{}, ""
		}
		return enc.Encode(d)
	}, func() error { return nil }
}

// csvWriter writes documents as rows that a spreadsheet can open safely.
type csvWriter struct{ w *csv.Writer }

func newCSV(w io.Writer) *csvWriter {
	out := &csvWriter{csv.NewWriter(w)}
	out.write("id", "published", "headline", "byline", "sources", "kind", "suppliers", "buyers", "money", "contracts", "sentence", "url")
	return out
}

// write keeps its error in the csv.Writer until close.
func (c *csvWriter) write(cells ...string) { _ = c.w.Write(cells) }

func (c *csvWriter) row(d *copytaster.Document, sentence string) {
	var money, contracts []string
	for i := range d.Money {
		money = append(money, d.Money[i].Label())
	}
	for i := range d.Contracts {
		contracts = append(contracts, contractLabel(&d.Contracts[i]))
	}
	cells := []string{d.ID, d.Published.Day(), d.Headline(), strings.Join(d.Byline, "; "), strings.Join(d.Sources, "; "), string(d.Kind),
		named(d, copytaster.RoleSupplier), named(d, copytaster.RoleBuyer), strings.Join(money, "; "), strings.Join(contracts, "; "), sentence, d.URL}
	for i := range cells {
		cells[i] = harmless(cells[i])
	}
	c.write(cells...)
}

// harmless keeps a spreadsheet from reading a cell as a formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

func (c *csvWriter) close() error {
	c.w.Flush()
	return c.w.Error()
}

// named lists the organisations of a role in the body, each once.
func named(d *copytaster.Document, role copytaster.Role) string {
	var names []string
	seen := map[string]bool{}
	for _, m := range d.Mentions {
		if m.Role == role && !seen[m.Key()] {
			seen[m.Key()] = true
			names = append(names, m.Name)
		}
	}
	return strings.Join(names, "; ")
}

// contractLabel is a contract in one line: "Atos for DWP, £500m, exiting early".
func contractLabel(c *copytaster.Contract) string {
	var suppliers []string
	for _, s := range c.Suppliers {
		suppliers = append(suppliers, s.Name)
	}
	text := strings.Join(suppliers, " and ")
	if c.Buyer.Name != "" {
		text += " for " + c.Buyer.Name
	}
	for i := range c.Values {
		text += ", " + c.Values[i].Label()
	}
	return text + ", " + c.Status.Label()
}
