// SPDX-License-Identifier: Apache-2.0

package web

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// problemDetails is an error of the API as RFC 9457 has it.
type problemDetails struct {
	Type     string `json:"type"` // always about:blank: the status says what kind it is
	Title    string `json:"title"`
	Status   int    `json:"status"`
	Detail   string `json:"detail,omitempty"`
	Position *int   `json:"position,omitempty"` // byte of the query where it cannot be read
	Hint     string `json:"hint,omitempty"`
}

func newProblem(status int, detail string) problemDetails {
	return problemDetails{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail}
}

// queryProblem is a query that cannot be read, with its place.
func queryProblem(err error) problemDetails {
	p := newProblem(http.StatusBadRequest, err.Error())
	var at *copytaster.QueryError
	if errors.As(err, &at) {
		p.Detail, p.Position, p.Hint = at.Msg, &at.Pos, at.Hint
	}
	return p
}

// problemOf is the problem for an error of an operation.
func problemOf(err error) problemDetails {
	var f failure
	var q *copytaster.QueryError
	var tooBig *http.MaxBytesError
	switch {
	case errors.As(err, &f):
		return newProblem(f.status, f.msg)
	case errors.As(err, &q):
		return queryProblem(err)
	case errors.As(err, &tooBig):
		return newProblem(http.StatusRequestEntityTooLarge, "the request is too long")
	case errors.Is(err, index.ErrNotFound):
		return newProblem(http.StatusNotFound, "nothing is known of it")
	}
	return newProblem(http.StatusInternalServerError, err.Error())
}

func problem(w http.ResponseWriter, p problemDetails) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the client is gone: nobody is left to tell
}
