// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/contracts"
	"github.com/copytaster/copytaster/internal/control"
)

func exportCmd(g *globals) *cobra.Command {
	var format, order string
	var stable bool
	c := &cobra.Command{
		Use:   "export [QUERY...]",
		Short: "Write every document that a query matches",
		PreRunE: func(*cobra.Command, []string) error {
			if !slices.Contains(exportFormats(), format) {
				return usage(fmt.Errorf("--format %q: use one of %s", format, strings.Join(exportFormats(), ", ")))
			}
			return nil
		},
		RunE: g.operation(nil, func(cmd *cobra.Command, s *session, args []string, p *printer) (err error) {
			out := exporting{w: p.w, format: format, order: index.Sort(order), stable: stable}
			if out.identify, err = g.identifiers(format); err != nil {
				return err
			}
			write, finish, err := out.writer()
			if err != nil {
				return err
			}
			query := strings.Join(args, " ")
			err = s.Export(cmd.Context(), control.ExportRequest{Query: query, Sort: out.order, Sentences: format == "csv"}, write)
			if err != nil {
				return queryError(query, err)
			}
			return finish()
		}),
	}
	f := c.Flags()
	f.StringVarP(&format, "format", "f", "ndjson", "ndjson (one document a line), csv (one row a document), contracts-csv (one row a contract) or ocds (an OCDS 1.1 package of claims)")
	f.StringVarP(&order, "sort", "s", "newest", "newest, oldest, fetched or amount")
	f.BoolVar(&stable, "stable", false, "leave out what differs between two runs on the same copy: fetch times, replays, archive places, the order of equals")
	return c
}

func exportFormats() []string { return []string{"ndjson", "csv", "contracts-csv", "ocds"} }

// identifiers is where the standard's format finds the identifiers of an
// organisation: in the lists.
func (g *globals) identifiers(format string) (contracts.Identify, error) {
	if format != "ocds" {
		return nil, nil
	}
	cfg, err := g.load()
	if err != nil {
		return nil, err
	}
	return identify(cfg)
}

// exporting is one export.
type exporting struct {
	w        io.Writer
	format   string
	order    index.Sort
	stable   bool
	identify contracts.Identify
}

// writer writes documents in the format and says how to finish.
func (x *exporting) writer() (write func(*control.Exported) error, finish func() error, err error) {
	switch x.format {
	case "csv":
		table := copytaster.NewCSVWriter(x.w)
		write, finish = func(e *control.Exported) error { return table.Write(e.Document, e.Sentence) }, table.Flush
	case "contracts-csv", "ocds":
		claims := x.claims()
		write, finish = func(e *control.Exported) error { return claims.Write(e.Document) }, claims.Close
	default:
		enc := json.NewEncoder(x.w)
		enc.SetEscapeHTML(false)
		write, finish = func(e *control.Exported) error { return enc.Encode(e.Document) }, func() error { return nil }
	}
	if !x.stable {
		return write, finish, nil
	}
	held, err := newSteady(x.order, write)
	if err != nil {
		return nil, nil, err
	}
	return held.Write, held.before(finish), nil
}

func (x *exporting) claims() contracts.Writer {
	if x.format == "contracts-csv" {
		return contracts.NewTable(x.w)
	}
	at := time.Now()
	if x.stable {
		at = time.Time{}
	}
	return contracts.NewOCDS(x.w, at, x.identify)
}
