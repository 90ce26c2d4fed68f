// SPDX-License-Identifier: Apache-2.0

package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// listSize is how many URLs of one state are listed at a time.
const listSize = 100

// ledgerData is what became of every URL, and how the line stands.
type ledgerData struct {
	States  []stateRow
	Total   int
	State   copytaster.State
	Entries []*copytaster.Entry
	More    string // link to the next page of Entries
	Asked   string // URL that was asked for
	Entry   *copytaster.Entry
	Unknown bool
	Status  *Status
	Said    string
}

// stateRow counts the URLs of one state, with their reasons.
type stateRow struct {
	State   copytaster.State
	N       int
	Reasons []index.Count
}

func (s *server) ledger(r *http.Request) (view, error) {
	counts, err := s.Ledger.Tally(r.Context())
	if err != nil {
		return view{}, err
	}
	d := ledgerData{State: copytaster.State(r.FormValue("state")), Asked: strings.TrimSpace(r.FormValue("url"))}
	d.States, d.Total = tally(counts)
	if r.FormValue("done") == "added" {
		d.Said = "Added. It is searchable once it stands below as indexed."
	}
	for _, fill := range []func(*http.Request, *ledgerData) error{s.list, s.why, s.lineStatus} {
		if err := fill(r, &d); err != nil {
			return view{}, err
		}
	}
	return view{name: "ledger", Title: "Ledger", Data: d}, nil
}

func tally(counts []index.Count) (rows []stateRow, total int) {
	for _, state := range copytaster.States() {
		row := stateRow{State: state}
		for _, c := range counts {
			if c.State == state {
				row.N += c.N
				if c.Reason != "" {
					row.Reasons = append(row.Reasons, c)
				}
			}
		}
		if row.N > 0 {
			rows, total = append(rows, row), total+row.N
		}
	}
	return rows, total
}

// list fills in the URLs of the state that was asked for.
func (s *server) list(r *http.Request, d *ledgerData) (err error) {
	if d.State == "" {
		return nil
	}
	d.Entries, err = s.Ledger.Entries(r.Context(), d.State, r.FormValue("after"), listSize)
	if len(d.Entries) == listSize {
		d.More = link("/ledger", "state", string(d.State), "after", d.Entries[listSize-1].URL)
	}
	return err
}

// why fills in what became of the URL that was asked for.
func (s *server) why(r *http.Request, d *ledgerData) (err error) {
	if d.Asked == "" || s.Explainer == nil {
		return nil
	}
	d.Entry, err = s.Explainer.Why(r.Context(), d.Asked)
	if errors.Is(err, index.ErrNotFound) {
		d.Unknown, err = true, nil
	}
	return err
}

func (s *server) lineStatus(r *http.Request, d *ledgerData) error {
	if s.Status == nil {
		return nil
	}
	st, err := s.Status(r.Context())
	if err != nil {
		st = Status{Problem: err.Error()} // a bus that does not answer is what this page is for
	}
	d.Status = &st
	return nil
}

// add takes in one URL from the form.
func (s *server) add(r *http.Request) (view, error) {
	urls, err := s.addURLs(r, []string{strings.TrimSpace(r.PostFormValue("url"))})
	if err != nil {
		return view{}, failure{http.StatusBadRequest, err.Error()}
	}
	return view{}, redirect(link("/ledger", "done", "added", "url", urls[0]))
}

// addURLs hands web addresses to the line. Files are refused: what can reach
// this handler need not be allowed to read them.
func (s *server) addURLs(r *http.Request, inputs []string) ([]string, error) {
	if len(inputs) == 0 {
		return nil, errors.New("no address was given")
	}
	for _, in := range inputs {
		if webURL(in) == "" {
			return nil, errors.New("only addresses that begin with http:// or https:// can be added here")
		}
	}
	urls, err := s.Adder.Add(r.Context(), inputs)
	if err == nil && len(urls) == 0 {
		err = errors.New("nothing was added")
	}
	return urls, err
}

// sources shows how the configured sources stand.
func (s *server) sources(r *http.Request) (view, error) {
	all, err := s.Sources(r.Context())
	return view{name: "sources", Title: "Sources", Data: all}, err
}
