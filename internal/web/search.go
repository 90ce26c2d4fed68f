// SPDX-License-Identifier: Apache-2.0

package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// searchSize is how many hits a page of results shows.
const searchSize = 20

// searchData is a page of results. The address holds all of its state.
type searchData struct {
	Sort    index.Sort
	Sorts   []option
	Items   []item
	Total   int
	Facets  []facet
	Notices []string
	Bad     *badQuery
	Next    string // link to the next page
	First   string // link to the first page, "" on it
	Watch   string // link that makes a watch of the query
	Export  string // link to the hits as CSV
}

// option is one choice of a list.
type option struct {
	Value, Text string
	Chosen      bool
}

// badQuery is a query that cannot be read: the part before the place, and the
// rest, for the caret.
type badQuery struct {
	Before, Rest, Msg, Hint string
	Caret                   string // spaces up to the place, and a caret
}

func sorts(chosen index.Sort) []option {
	return []option{
		{string(index.SortNewest), "newest published", chosen == index.SortNewest},
		{string(index.SortOldest), "oldest published", chosen == index.SortOldest},
		{string(index.SortFetched), "latest in", chosen == index.SortFetched},
		{string(index.SortRelevance), "best match", chosen == index.SortRelevance},
		{string(index.SortAmount), "largest figure", chosen == index.SortAmount},
	}
}

func (s *server) searchPage(r *http.Request) (view, error) {
	text := strings.TrimSpace(r.FormValue("q"))
	d := searchData{Sort: sortOf(r.FormValue("sort"))}
	d.Sorts = sorts(d.Sort)
	v := view{name: "search", Title: "Search", Query: text}
	if text != "" {
		v.Title = text
	}
	q, notices, err := s.resolve(text)
	if bad := explainBad(text, err); bad != nil {
		d.Bad = bad
		v.Data, v.status = d, http.StatusBadRequest
		return v, nil
	}
	d.Notices = notices
	res, err := s.Index.Search(r.Context(), q, index.Page{Size: searchSize, Sort: d.Sort, After: r.FormValue("after"), Facets: index.FacetNames()})
	if err != nil {
		return view{}, badCursor(r, err)
	}
	d.fill(text, q, res, r)
	v.Data = d
	return v, nil
}

// sortOf is the order of that name; newest for none and for nonsense.
func sortOf(name string) index.Sort {
	for _, o := range sorts("") {
		if o.Value == name {
			return index.Sort(name)
		}
	}
	return index.SortNewest
}

// explainBad is what to show of a query that cannot be read; nil if it can.
func explainBad(text string, err error) *badQuery {
	if err == nil {
		return nil
	}
	bad := &badQuery{Rest: text, Msg: err.Error()}
	var at *copytaster.QueryError
	if errors.As(err, &at) {
		pos := min(max(at.Pos, 0), len(text))
		bad.Before, bad.Rest, bad.Msg, bad.Hint = text[:pos], text[pos:], at.Msg, at.Hint
		bad.Caret = strings.Repeat(" ", utf8.RuneCountInString(bad.Before)) + "^"
	}
	return bad
}

func (d *searchData) fill(text string, q copytaster.Query, res *index.Results, r *http.Request) {
	d.Total = res.Total
	for _, h := range res.Hits {
		it := newItem(q, text, h.Document)
		if d.Sort == index.SortAmount {
			it.lead(index.Largest(h.Document))
		}
		d.Items = append(d.Items, it)
	}
	d.Facets = facets(text, q, d.Sort, res.Facets)
	if res.Next != "" {
		d.Next = link("/search", "q", text, "sort", string(d.Sort), "after", res.Next)
	}
	if r.FormValue("after") != "" {
		d.First = link("/search", "q", text, "sort", string(d.Sort))
	}
	if !q.IsZero() {
		d.Watch = link("/watches", "q", text)
	}
	d.Export = link("/api/v1/export", "q", text, "format", "csv")
}

// link writes an address with its values, those that are empty left out.
func link(path string, pairs ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			values.Set(pairs[i], pairs[i+1])
		}
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}
