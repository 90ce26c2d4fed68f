// SPDX-License-Identifier: Apache-2.0

package main

import (
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
			err = s.Export(cmd.Context(), control.ExportRequest{Query: query, Sort: index.Sort(order), Sentences: format == "csv"}, write)
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
func exporter(w io.Writer, format string, stable bool) (write func(*control.Exported) error, finish func() error) {
	enc, table := json.NewEncoder(w), (*copytaster.CSVWriter)(nil)
	enc.SetEscapeHTML(false)
	finish = func() error { return nil }
	if format == "csv" {
		table = copytaster.NewCSVWriter(w)
		finish = table.Flush
	}
	return func(e *control.Exported) error {
		if stable {
			e.Document.Fetched, e.Document.Archive = time.Time{}, ""
		}
		if table != nil {
			return table.Write(e.Document, e.Sentence)
		}
		return enc.Encode(e.Document)
	}, finish
}
