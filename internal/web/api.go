// SPDX-License-Identifier: Apache-2.0

package web

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// api registers the JSON API. Its errors are problem+json.
func (s *server) api(mux *http.ServeMux) {
	mux.Handle("GET /api/v1/search", s.answer(s.apiSearch))
	mux.Handle("GET /api/v1/articles/{id}", s.answer(s.apiArticle))
	mux.Handle("GET /api/v1/articles/{id}/revisions", s.answer(s.apiRevisions))
	mux.Handle("GET /api/v1/export", http.HandlerFunc(s.apiExport))
	mux.Handle("GET /api/v1/contracts", http.HandlerFunc(s.apiContracts))
	if s.Ledger != nil {
		mux.Handle("GET /api/v1/tally", s.answer(s.apiTally))
	}
	if s.Explainer != nil {
		mux.Handle("GET /api/v1/why", s.answer(s.apiWhy))
	}
	if s.Adder != nil {
		mux.Handle("POST /api/v1/add", s.answer(s.apiAdd))
	}
	if s.Sources != nil {
		mux.Handle("GET /api/v1/sources", s.answer(func(r *http.Request) (int, any, error) {
			all, err := s.Sources(r.Context())
			return http.StatusOK, all, err
		}))
	}
	if s.Watches != nil {
		mux.Handle("GET /api/v1/watches", s.answer(s.apiWatches))
		mux.Handle("POST /api/v1/watches", s.answer(s.apiAddWatch))
		mux.Handle("DELETE /api/v1/watches/{name}", s.answer(s.apiRemoveWatch))
	}
	mux.HandleFunc("/api/", func(w http.ResponseWriter, _ *http.Request) {
		problem(w, newProblem(http.StatusNotFound, "there is no such address in the API"))
	})
}

// answer makes a handler of an operation that answers with JSON.
func (s *server) answer(op func(*http.Request) (status int, body any, err error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status, body, err := op(r)
		if err != nil {
			p := problemOf(err)
			if p.Status >= http.StatusInternalServerError {
				s.failed(r, err)
			}
			problem(w, p)
			return
		}
		if status == http.StatusNoContent {
			w.WriteHeader(status)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(body) // the client is gone: nobody is left to tell
	})
}

// found is a page of hits, each with what made it match.
type found struct {
	Query   string                    `json:"query"` // as it was understood
	Total   int                       `json:"total"`
	Hits    []foundHit                `json:"hits"`
	Facets  map[string][]index.Bucket `json:"facets,omitempty"`
	Next    string                    `json:"next,omitempty"` // the after of the next page
	Notices []string                  `json:"notices,omitempty"`
}

type foundHit struct {
	index.Hit
	Evidence copytaster.Evidence     `json:"evidence"`
	Also     map[copytaster.Zone]int `json:"also,omitempty"`
}

func (s *server) apiSearch(r *http.Request) (int, any, error) {
	q, notices, err := s.resolve(r.FormValue("q"))
	if err != nil {
		return 0, nil, err
	}
	page, err := pageOf(r)
	if err != nil {
		return 0, nil, err
	}
	res, err := s.Index.Search(r.Context(), q, page)
	if err != nil {
		return 0, nil, badCursor(r, err)
	}
	out := found{Query: q.String(), Total: res.Total, Hits: []foundHit{}, Facets: res.Facets, Next: res.Next, Notices: notices}
	for _, h := range res.Hits {
		m := q.Explain(copytaster.NewView(h.Document))
		out.Hits = append(out.Hits, foundHit{h, m.Evidence, m.Also})
	}
	return http.StatusOK, out, nil
}

// pageOf reads size, sort, after and facets.
func pageOf(r *http.Request) (index.Page, error) {
	p := index.Page{Size: searchSize, After: r.FormValue("after"), Sort: sortOf(r.FormValue("sort"))}
	if v := r.FormValue("sort"); v != "" && string(p.Sort) != v {
		return p, failure{http.StatusBadRequest, fmt.Sprintf("sort is one of %q", index.Sorts())}
	}
	if v := r.FormValue("size"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > 1000 {
			return p, failure{http.StatusBadRequest, "size is a number from 1 to 1000"}
		}
		p.Size = n
	}
	for f := range strings.SplitSeq(r.FormValue("facets"), ",") {
		if f = strings.TrimSpace(f); f == "" {
			continue
		}
		if !slices.Contains(index.FacetNames(), f) {
			return p, failure{http.StatusBadRequest, fmt.Sprintf("facets are %s", strings.Join(index.FacetNames(), ", "))}
		}
		p.Facets = append(p.Facets, f)
	}
	return p, nil
}

func (s *server) apiArticle(r *http.Request) (int, any, error) {
	d, err := s.Index.Get(r.Context(), r.PathValue("id"))
	return http.StatusOK, d, err
}

func (s *server) apiRevisions(r *http.Request) (int, any, error) {
	all, err := s.Index.Revisions(r.Context(), r.PathValue("id"))
	return http.StatusOK, all, err
}

func (s *server) apiTally(r *http.Request) (int, any, error) {
	counts, err := s.Ledger.Tally(r.Context())
	return http.StatusOK, counts, err
}

func (s *server) apiWhy(r *http.Request) (int, any, error) {
	e, err := s.Explainer.Why(r.Context(), r.FormValue("url"))
	return http.StatusOK, e, err
}

func (s *server) apiAdd(r *http.Request) (int, any, error) {
	in, err := posted[struct{ Inputs []string }](r)
	if err != nil {
		return 0, nil, err
	}
	urls, err := s.addURLs(r, in.Inputs)
	if err != nil {
		return 0, nil, failure{http.StatusBadRequest, err.Error()}
	}
	return http.StatusAccepted, map[string][]string{"urls": urls}, nil
}

func (s *server) apiWatches(r *http.Request) (int, any, error) {
	all, err := s.Watches.ListWatches(r.Context())
	return http.StatusOK, all, err
}

func (s *server) apiAddWatch(r *http.Request) (int, any, error) {
	in, err := posted[copytaster.Watch](r)
	if err != nil {
		return 0, nil, err
	}
	if err := s.saveWatch(r, in); err != nil {
		p := problemOf(err)
		if p.Status == http.StatusInternalServerError {
			err = failure{http.StatusBadRequest, err.Error()}
		}
		return 0, nil, err
	}
	return http.StatusCreated, in, nil
}

func (s *server) apiRemoveWatch(r *http.Request) (int, any, error) {
	if err := s.Watches.RemoveWatch(r.Context(), r.PathValue("name")); err != nil {
		return 0, nil, failure{http.StatusConflict, err.Error()}
	}
	return http.StatusNoContent, nil, nil
}

// posted reads a JSON body. The content type must say so: a form of another
// site cannot set it.
func posted[T any](r *http.Request) (T, error) {
	var v T
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return v, failure{http.StatusUnsupportedMediaType, "the body must be application/json"}
	}
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		return v, failure{http.StatusBadRequest, "the body cannot be read: " + err.Error()}
	}
	return v, nil
}
