// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/pipeline"
)

// serve answers on a unix socket for the time of a test and returns its path.
func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "control") // a test's own folder can have a name too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "s")
	ln, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	srv := &http.Server{Handler: h}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(ln) }()
	t.Cleanup(func() {
		if err := errors.Join(srv.Close(), os.RemoveAll(dir)); err != nil {
			t.Error(err)
		}
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	return path
}

func within(t *testing.T, d time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

// answer is a handler that writes lines and then does something else.
func answer(then func(http.ResponseWriter), lines ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for _, l := range lines {
			_, _ = io.WriteString(w, l+"\n") // the client sees what is missing
		}
		if then != nil {
			then(w)
		}
	})
}

func breakOff(w http.ResponseWriter) {
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

func doc(id string) string { return `{"item":{"document":{"id":"` + id + `"}}}` }

func TestAStreamThatHasNoEndIsAnError(t *testing.T) {
	tests := []struct {
		name string
		h    http.Handler
		want string // in the error; "" for none
		got  []string
	}{
		{"its end is there", answer(nil, doc("a"), doc("b"), `{"end":true}`), "", []string{"a", "b"}},
		{"nothing but its end", answer(nil, `{"end":true}`), "", nil},
		{"the server closed after whole lines", answer(nil, doc("a"), doc("b")), "cut off", []string{"a", "b"}},
		{"the connection broke", answer(breakOff, doc("a")), "cut off", []string{"a"}},
		{"a line is half there", answer(breakOff, doc("a"), `{"item":{"document":{"id":"b`), "cut off", []string{"a"}},
		{"nothing at all", answer(nil), "cut off", nil},
		{"a line is no JSON", answer(nil, doc("a"), `<html>`), "cut off", []string{"a"}},
		{"a fault on the way", answer(nil, doc("a"), `{"fault":{"kind":"failed","msg":"disk I/O error"}}`), "disk I/O error", []string{"a"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			err := Dial(serve(t, tt.h)).Export(within(t, 10*time.Second), ExportRequest{}, func(e *Exported) error {
				got = append(got, e.Document.ID)
				return nil
			})
			if diff := cmp.Diff(tt.got, got); diff != "" {
				t.Error(diff)
			}
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

func TestTheReaderOfAStreamMayStopIt(t *testing.T) {
	stopped := make(chan error, 1)
	op := func(ctx context.Context, _ none, send func(int) error) error {
		for i := 0; ; i++ {
			if err := errors.Join(send(i), ctx.Err()); err != nil {
				stopped <- err
				return err
			}
		}
	}
	c := Dial(serve(t, stream(op)))
	enough := errors.New("enough")
	err := follow(within(t, 10*time.Second), c, "/", none{}, func(i *int) error {
		if *i == 3 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) {
		t.Errorf("error %v, want the reader's own", err)
	}
	select {
	case <-stopped:
	case <-time.After(2 * time.Minute):
		t.Error("the server goes on for a reader that has left")
	}
}

func TestAnInterruptIsNotCalledABrokenStream(t *testing.T) {
	c := Dial(serve(t, answer(func(w http.ResponseWriter) {
		_ = http.NewResponseController(w).Flush()
		time.Sleep(5 * time.Second)
	}, doc("a"))))
	ctx, cancel := context.WithCancel(t.Context())
	err := c.Export(ctx, ExportRequest{}, func(*Exported) error { cancel(); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
	cancel()
	if _, err := c.Status(ctx); !errors.Is(err, context.Canceled) || errors.Is(err, ErrUnreachable) {
		t.Errorf("error %v, want that of the context", err)
	}
}

func TestNobodyThereIsUnreachable(t *testing.T) {
	dir := t.TempDir()
	stale := filepath.Join(dir, "stale")
	ln, err := net.ListenUnix("unix", &net.UnixAddr{Name: stale})
	if err != nil {
		t.Fatal(err)
	}
	ln.SetUnlinkOnClose(false) // as a killed process leaves it
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{"no socket": filepath.Join(dir, "none"), "a dead process's socket": stale} {
		t.Run(name, func(t *testing.T) {
			if _, err := Dial(path).Status(within(t, 10*time.Second)); !errors.Is(err, ErrUnreachable) {
				t.Errorf("error %v, want ErrUnreachable", err)
			}
		})
	}
	t.Run("a process that dies before it answers", func(t *testing.T) {
		c := Dial(serve(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })))
		if _, err := c.Status(within(t, 10*time.Second)); !errors.Is(err, ErrUnreachable) {
			t.Errorf("error %v, want ErrUnreachable", err)
		}
	})
}

func TestAnswersThatAreNotOurs(t *testing.T) {
	t.Run("an error page", func(t *testing.T) {
		c := Dial(serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "oops", http.StatusBadGateway) })))
		_, err := c.Status(within(t, 10*time.Second))
		if err == nil || !strings.Contains(err.Error(), "502") {
			t.Errorf("error %v, want the status", err)
		}
	})
	t.Run("JSON without a message", func(t *testing.T) {
		c := Dial(serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500); _, _ = io.WriteString(w, "{}") })))
		_, err := c.Status(within(t, 10*time.Second))
		var f *Fault
		if err == nil || errors.As(err, &f) {
			t.Errorf("error %v, want one that is no fault of ours", err)
		}
	})
	t.Run("success that cannot be read", func(t *testing.T) {
		if _, err := Dial(serve(t, answer(nil, "<html>"))).Status(within(t, 10*time.Second)); err == nil {
			t.Error("garbage passed for an answer")
		}
	})
}

func TestFaultsKeepTheirKindAcrossTheSocket(t *testing.T) {
	_, bad := copytaster.ParseQuery("status:nearly")
	if bad == nil {
		t.Fatal("the query was to be wrong")
	}
	tests := []struct {
		name string
		err  error
		want Fault
	}{
		{"a query", bad, Fault{FaultUsage, bad.Error(), 8}},
		{"a query inside", fmt.Errorf("watch x: %w", bad), Fault{FaultUsage, "watch x: " + bad.Error(), 8}},
		{"a page", fmt.Errorf("search: %w", index.ErrBadPage), Fault{Kind: FaultUsage, Msg: "search: " + index.ErrBadPage.Error()}},
		{"read-only", pipeline.ErrReadOnly, Fault{Kind: FaultUsage, Msg: pipeline.ErrReadOnly.Error()}},
		{"usage", fmt.Errorf("%w: add x", pipeline.ErrUsage), Fault{Kind: FaultUsage, Msg: "cannot be done: add x"}},
		{"no article", index.ErrNotFound, Fault{Kind: FaultNotFound, Msg: index.ErrNotFound.Error()}},
		{"no letter", fmt.Errorf("letter 7: %w", bus.ErrNotFound), Fault{Kind: FaultNotFound, Msg: "letter 7: not found"}},
		{"anything else", errors.New("disk I/O error"), Fault{Kind: FaultFailed, Msg: "disk I/O error"}},
	}
	for _, tt := range tests {
		once := func(context.Context, none) (none, error) { return none{}, tt.err }
		early := func(context.Context, none, func(int) error) error { return tt.err }
		late := func(_ context.Context, _ none, send func(int) error) error { return errors.Join(send(1), tt.err) }
		for form, h := range map[string]http.Handler{"once": reply(once), "before the first line": stream(early), "after a line": stream(late)} {
			t.Run(tt.name+" "+form, func(t *testing.T) {
				err := follow(within(t, 10*time.Second), Dial(serve(t, h)), "/", none{}, func(*int) error { return nil })
				var got *Fault
				if !errors.As(err, &got) {
					t.Fatalf("error %v, want a fault", err)
				}
				if diff := cmp.Diff(&tt.want, got); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

func TestRequestsThatAreWrong(t *testing.T) {
	socket := serve(t, Handler(nil, "test")) // what is refused does not reach the line
	client := Dial(socket).http
	tests := []struct {
		name, method, path string
		body               io.Reader
		status             int
	}{
		{"no JSON", "POST", "/search", strings.NewReader("<search/>"), http.StatusBadRequest},
		{"nothing", "POST", "/search", http.NoBody, http.StatusBadRequest},
		{"another type", "POST", "/export", strings.NewReader(`{"query":7}`), http.StatusBadRequest},
		{"too large", "POST", "/add", io.MultiReader(strings.NewReader(`{"inputs":["`), strings.NewReader(strings.Repeat("a", maxBody))), http.StatusBadRequest},
		{"no such operation", "POST", "/format", strings.NewReader("{}"), http.StatusNotFound},
		{"a method that is none", "GET", "/status", nil, http.StatusMethodNotAllowed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			req, err := http.NewRequestWithContext(within(t, 10*time.Second), tt.method, "http://copytaster"+tt.path, tt.body)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if resp.StatusCode != tt.status {
				t.Errorf("status %d, want %d", resp.StatusCode, tt.status)
			}
			var f Fault
			if tt.status == http.StatusBadRequest && (json.NewDecoder(resp.Body).Decode(&f) != nil || f.Kind != FaultUsage || f.Msg == "") {
				t.Errorf("fault %+v, want one of usage with a message", f)
			}
		})
	}
}
