// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/pipeline"
)

// maxBody bounds a request. The socket is the owner's own, but a slip of a
// script should not take the line down.
const maxBody = 16 << 20

// server answers with the operations of one line.
type server struct {
	line *pipeline.Line
	verb string
}

// Handler serves the operations of a line, which is held by the process of a
// verb. It has no authentication of its own: it
// belongs on a socket that only the owner can open.
func Handler(l *pipeline.Line, verb string) http.Handler {
	s := &server{l, verb}
	mux := http.NewServeMux()
	mux.Handle("POST /search", reply(s.search))
	mux.Handle("POST /export", stream(s.export))
	mux.Handle("POST /add", reply(s.add))
	mux.Handle("POST /settle", stream(s.settle))
	mux.Handle("POST /watches", reply(s.watches))
	mux.Handle("POST /watches/add", reply(s.addWatch))
	mux.Handle("POST /watches/remove", reply(s.removeWatch))
	mux.Handle("POST /watches/test", reply(s.testWatch))
	mux.Handle("POST /decisions", reply(s.decisions))
	mux.Handle("POST /decide", reply(s.decide))
	mux.Handle("POST /why", reply(s.why))
	mux.Handle("POST /sources", reply(s.sources))
	mux.Handle("POST /rules", reply(s.rules))
	mux.Handle("POST /poll", reply(s.poll))
	mux.Handle("POST /dead", reply(s.dead))
	mux.Handle("POST /dead/retry", reply(s.retry))
	mux.Handle("POST /dead/drop", reply(s.drop))
	mux.Handle("POST /replay", reply(s.replay))
	mux.Handle("POST /remove", reply(s.remove))
	mux.Handle("POST /channels", reply(s.channels))
	mux.Handle("POST /channels/forget", reply(s.forgetChannel))
	mux.Handle("POST /status", reply(s.status))
	return mux
}

// reply makes a handler of an operation that answers once.
func reply[In, Out any](op func(context.Context, In) (Out, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		in, ok := request[In](w, r)
		if !ok {
			return
		}
		out, err := op(r.Context(), in)
		if err != nil {
			fail(w, err)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(out) // the client is gone: nobody is left to tell
	})
}

// stream makes a handler of an operation that answers line by line. What fails
// on the way is the last line.
func stream[In, Out any](op func(context.Context, In, func(Out) error) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		in, ok := request[In](w, r)
		if !ok {
			return
		}
		enc, started := json.NewEncoder(w), false
		err := op(r.Context(), in, func(out Out) error {
			if !started {
				w.Header().Set("Content-Type", "application/x-ndjson")
				started = true
			}
			if err := enc.Encode(line[Out]{Item: &out}); err != nil {
				return err
			}
			return http.NewResponseController(w).Flush()
		})
		switch {
		case err != nil && !started:
			fail(w, err)
		case err != nil:
			_ = enc.Encode(line[Out]{Fault: faultOf(err)})
		default:
			_ = enc.Encode(line[Out]{End: true})
		}
	})
}

// line is one line of a streamed answer: an item, the end, or what went wrong.
// An answer without an end was cut off.
type line[T any] struct {
	Item  *T     `json:"item,omitempty"`
	End   bool   `json:"end,omitempty"`
	Fault *Fault `json:"fault,omitempty"`
}

func request[In any](w http.ResponseWriter, r *http.Request) (In, bool) {
	var in In
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&in); err != nil {
		fail(w, &Fault{Kind: FaultUsage, Msg: "request: " + err.Error()})
		return in, false
	}
	return in, true
}

// Fault is an error that has crossed the socket.
type Fault struct {
	Kind FaultKind `json:"kind"`
	Msg  string    `json:"msg"`
	Pos  int       `json:"pos,omitempty"` // 1 + byte offset into a query that is wrong
}

func (f *Fault) Error() string { return f.Msg }

// FaultKind says whose fault it is.
type FaultKind string

// The kinds of fault.
const (
	FaultUsage    FaultKind = "usage"     // what was asked makes no sense
	FaultNotFound FaultKind = "not_found" // there is no such thing
	FaultFailed   FaultKind = "failed"    // the operation went wrong
)

func faultOf(err error) *Fault {
	var f *Fault
	var q *copytaster.QueryError
	switch {
	case errors.As(err, &f):
		return f
	case errors.As(err, &q):
		return &Fault{Kind: FaultUsage, Msg: err.Error(), Pos: q.Pos + 1}
	case errors.Is(err, index.ErrNotFound), errors.Is(err, bus.ErrNotFound):
		return &Fault{Kind: FaultNotFound, Msg: err.Error()}
	case errors.Is(err, pipeline.ErrUsage), errors.Is(err, pipeline.ErrReadOnly), errors.Is(err, index.ErrBadPage):
		return &Fault{Kind: FaultUsage, Msg: err.Error()}
	}
	return &Fault{Kind: FaultFailed, Msg: err.Error()}
}

func fail(w http.ResponseWriter, err error) {
	f := faultOf(err)
	code := map[FaultKind]int{FaultUsage: http.StatusBadRequest, FaultNotFound: http.StatusNotFound}[f.Kind]
	if code == 0 {
		code = http.StatusInternalServerError
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(f)
}
