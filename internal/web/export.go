// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// exportPage is how many documents an export reads at a time.
const exportPage = 200

// writer writes documents in one format.
type writer interface {
	write(q copytaster.Query, d *copytaster.Document) error
	end() error
}

// apiExport streams every document that a query matches, as NDJSON or CSV. A
// failure on the way breaks the connection off, so that a part is never taken
// for the whole.
func (s *server) apiExport(w http.ResponseWriter, r *http.Request) {
	q, _, err := s.resolve(r.FormValue("q"))
	if err != nil {
		problem(w, queryProblem(err))
		return
	}
	var out writer
	switch r.FormValue("format") {
	case "", "ndjson":
		w.Header().Set("Content-Type", "application/x-ndjson")
		out = ndjson{json.NewEncoder(w)}
	case "csv":
		w.Header().Set("Content-Type", "text/csv; charset=utf-8; header=present")
		w.Header().Set("Content-Disposition", `attachment; filename="copytaster.csv"`)
		out = table{copytaster.NewCSVWriter(w)}
	default:
		problem(w, newProblem(http.StatusBadRequest, "format is ndjson or csv"))
		return
	}
	if err := s.export(r.Context(), q, out); err != nil {
		s.failed(r, err)
		panic(http.ErrAbortHandler)
	}
}

func (s *server) export(ctx context.Context, q copytaster.Query, out writer) error {
	page := index.Page{Size: exportPage, Sort: index.SortNewest}
	for {
		res, err := s.Index.Search(ctx, q, page)
		if err != nil {
			return err
		}
		for _, h := range res.Hits {
			if err := out.write(q, h.Document); err != nil {
				return err
			}
		}
		if page.After = res.Next; page.After == "" {
			return out.end()
		}
	}
}

// ndjson writes one document on each line.
type ndjson struct{ enc *json.Encoder }

func (n ndjson) write(_ copytaster.Query, d *copytaster.Document) error { return n.enc.Encode(d) }
func (n ndjson) end() error                                             { return nil }

// table writes one row of a spreadsheet for each document.
type table struct{ csv *copytaster.CSVWriter }

func (t table) write(q copytaster.Query, d *copytaster.Document) error {
	return t.csv.Write(d, q.Explain(copytaster.NewView(d)).Evidence.Sentence)
}

func (t table) end() error { return t.csv.Flush() }
