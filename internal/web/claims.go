// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/http"
	"strings"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/contracts"
)

// claims makes an export's writer of one that writes contracts.
type claims struct {
	contracts.Writer
	is func(copytaster.Party) bool // nil: every supplier's
}

func (c claims) write(_ copytaster.Query, d *copytaster.Document) error {
	if c.is != nil {
		d = only(d, c.is)
	}
	return c.Write(d)
}

func (c claims) end() error { return c.Close() }

// apiContracts streams the contracts of the articles that a query matches, of
// one supplier if it is named, as CSV or as an OCDS release package. A failure on
// the way breaks the connection off, so that a part is never taken for the whole.
func (s *server) apiContracts(w http.ResponseWriter, r *http.Request) {
	text, out := r.FormValue("q"), claims{}
	if id := strings.TrimSpace(r.FormValue("supplier")); id != "" {
		text, out.is = strings.TrimSpace(text+" contract:("+term("supplier", id)+")"), s.means(id)
	}
	q, _, err := s.resolve(text)
	if err != nil {
		problem(w, queryProblem(err))
		return
	}
	identify, err := s.identify(r.FormValue("format"))
	if err != nil {
		s.failed(r, err)
		problem(w, problemOf(err))
		return
	}
	switch r.FormValue("format") {
	case "", "csv":
		w.Header().Set("Content-Type", "text/csv; charset=utf-8; header=present")
		w.Header().Set("Content-Disposition", `attachment; filename="contracts.csv"`)
		out.Writer = contracts.NewTable(w)
	case "ocds":
		w.Header().Set("Content-Type", "application/json")
		out.Writer = contracts.NewOCDS(w, s.Now(), identify)
	default:
		problem(w, newProblem(http.StatusBadRequest, "format is csv or ocds"))
		return
	}
	if err := s.export(r.Context(), q, out); err != nil {
		s.failed(r, err)
		panic(http.ErrAbortHandler)
	}
}

// identify reads the identifiers of organisations where a format has a place for
// them.
func (s *server) identify(format string) (contracts.Identify, error) {
	if format != "ocds" || s.Identify == nil {
		return nil, nil
	}
	return s.Identify()
}
