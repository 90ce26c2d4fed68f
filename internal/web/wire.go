// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/http"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// wireSize is how many articles the wire shows at a time.
const wireSize = 40

// wireData is the wire: copy as it comes in, newest first.
type wireData struct {
	Items []item
	Total int
	Older string // link to the next page
	First bool   // the newest page: the one that announces new copy
	Query string // of the announcements
}

func (s *server) wire(r *http.Request) (view, error) {
	res, err := s.Index.Search(r.Context(), copytaster.Query{}, index.Page{Size: wireSize, Sort: index.SortFetched, After: r.FormValue("after")})
	if err != nil {
		return view{}, badCursor(r, err)
	}
	d := wireData{Total: res.Total, First: r.FormValue("after") == ""}
	for _, h := range res.Hits {
		d.Items = append(d.Items, newItem(copytaster.Query{}, "", h.Document))
	}
	if res.Next != "" {
		d.Older = link("/", "after", res.Next)
	}
	return view{name: "wire", Title: "The wire", Data: d}, nil
}

// badCursor turns a failure with a cursor from the address into one of the
// address.
func badCursor(r *http.Request, err error) error {
	if r.FormValue("after") != "" && r.Context().Err() == nil {
		return failure{http.StatusBadRequest, "This page of the list cannot be found again: " + err.Error()}
	}
	return err
}
