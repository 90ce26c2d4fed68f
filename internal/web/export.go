// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

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
		out = newTable(w)
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

// table writes one line of a spreadsheet for each document.
type table struct{ csv *csv.Writer }

func newTable(w io.Writer) table {
	t := table{csv.NewWriter(w)}
	_ = t.csv.Write([]string{"id", "published", "fetched", "title", "url", "sources", "suppliers", "buyers", "money", "states", "evidence"}) // told by end
	return t
}

func (t table) write(q copytaster.Query, d *copytaster.Document) error {
	var money, states []string
	for i := range d.Money {
		money = append(money, d.Money[i].Label())
	}
	for _, c := range d.Contracts {
		states = append(states, c.Status.Label())
	}
	row := []string{
		d.ID, d.Published.Day(), d.Fetched.UTC().Format(time.RFC3339), d.Title, d.URL, strings.Join(d.Sources, "; "),
		named(d.Mentions, copytaster.RoleSupplier), named(d.Mentions, copytaster.RoleBuyer),
		list(money), list(states), q.Explain(copytaster.NewView(d)).Evidence.Sentence,
	}
	for i := range row {
		row[i] = cell(row[i])
	}
	return t.csv.Write(row)
}

func (t table) end() error {
	t.csv.Flush()
	return t.csv.Error()
}

func named(mentions []copytaster.Mention, role copytaster.Role) string {
	var names []string
	for _, m := range mentions {
		if m.Role == role {
			names = append(names, m.Name)
		}
	}
	return list(names)
}

// list joins values, each once.
func list(values []string) string {
	var out []string
	seen := map[string]bool{}
	for _, v := range values {
		if !seen[v] {
			seen[v], out = true, append(out, v)
		}
	}
	return strings.Join(out, "; ")
}

// cell keeps a spreadsheet from reading text of the web as a formula: what
// begins like one, after white space too, is given an apostrophe (OWASP, CSV
// injection). Numbers stay numbers.
func cell(s string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \u00a0"))
	if s == "" || !strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		return s
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return s
	}
	return "'" + s
}
