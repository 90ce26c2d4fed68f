// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/http"
	"strings"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// testSize is how many articles the test of a watch shows.
const testSize = 10

// watchesData is the list of watches and the form that makes one.
type watchesData struct {
	Watches []copytaster.Watch
	Form    watchForm
	Tried   bool // the query was tried
	Items   []item
	Total   int
	Said    string // what a write has done
}

// watchForm is what stands in the form.
type watchForm struct {
	Name, Query string
	Bad         *badQuery
	Problem     string // what is wrong but for the query
	Notices     []string
}

func (s *server) watches(r *http.Request) (view, error) {
	form := watchForm{Name: r.FormValue("name"), Query: strings.TrimSpace(r.FormValue("q"))}
	return s.watchesView(r, form)
}

func (s *server) watchesView(r *http.Request, form watchForm) (view, error) {
	all, err := s.Watches.ListWatches(r.Context())
	if err != nil {
		return view{}, err
	}
	d := watchesData{Watches: all, Form: form, Said: said(r)}
	v := view{name: "watches", Title: "Watches"}
	if form.Query != "" {
		if err := s.try(r, &d); err != nil {
			return view{}, err
		}
	}
	if d.Form.Bad != nil || d.Form.Problem != "" {
		v.status = http.StatusBadRequest
	}
	v.Data = d
	return v, nil
}

// said is what the write before this page has done.
func said(r *http.Request) string {
	switch name := r.FormValue("name"); {
	case r.FormValue("done") == "saved":
		return "Saved " + name + ". It rings for copy that comes in from now on."
	case r.FormValue("done") == "removed":
		return "Removed " + name + ". Its alerts stay."
	}
	return ""
}

// try shows what the form's query would have rung lately.
func (s *server) try(r *http.Request, d *watchesData) error {
	q, notices, err := s.resolve(d.Form.Query)
	if bad := explainBad(d.Form.Query, err); bad != nil {
		d.Form.Bad = bad
		return nil
	}
	d.Form.Notices = notices
	res, err := s.Index.Search(r.Context(), q, index.Page{Size: testSize, Sort: index.SortFetched})
	if err != nil {
		return err
	}
	d.Tried, d.Total = true, res.Total
	for _, h := range res.Hits {
		d.Items = append(d.Items, newItem(q, d.Form.Query, h.Document))
	}
	return nil
}

func (s *server) addWatch(r *http.Request) (view, error) {
	form := watchForm{Name: strings.TrimSpace(r.PostFormValue("name")), Query: strings.TrimSpace(r.PostFormValue("q"))}
	if err := s.saveWatch(r, copytaster.Watch{Name: form.Name, Query: form.Query}); err != nil {
		form.Problem = err.Error()
		return s.watchesView(r, form)
	}
	return view{}, redirect(link("/watches", "done", "saved", "name", form.Name))
}

// saveWatch checks and saves a watch; what is wrong is told to who made it.
func (s *server) saveWatch(r *http.Request, w copytaster.Watch) error {
	if s.CheckUse != nil {
		if err := s.CheckUse(w); err != nil {
			return err
		}
	}
	return s.Watches.AddWatch(r.Context(), w)
}

func (s *server) removeWatch(r *http.Request) (view, error) {
	name := r.PostFormValue("name")
	if err := s.Watches.RemoveWatch(r.Context(), name); err != nil {
		return s.watchesView(r, watchForm{Problem: err.Error()})
	}
	return view{}, redirect(link("/watches", "done", "removed", "name", name))
}
