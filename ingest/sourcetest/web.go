// SPDX-License-Identifier: Apache-2.0

package sourcetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/ingest"
)

// answer is what the server gives for its listing.
type answer struct {
	status   int // 0 means 200
	header   map[string]string
	body     []byte
	truncate bool // promise twice the bytes and break off
	hang     bool // answer nothing until the client goes away
}

// server gives one answer, with an ETag of its body.
type server struct {
	*httptest.Server
	mu       sync.Mutex
	a        answer
	requests int // for the listing
	matched  int // answered 304
}

func newServer(t *testing.T) *server {
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

func (s *server) set(a answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.a = a
}

func (s *server) counts() (requests, matched int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests, s.matched
}

func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/listing" {
		http.NotFound(w, r)
		return
	}
	s.mu.Lock()
	a := s.a
	s.requests++
	sum := sha256.Sum256(a.body)
	tag := `"` + hex.EncodeToString(sum[:8]) + `"`
	same := a.status == 0 && r.Header.Get("If-None-Match") == tag
	if same {
		s.matched++
	}
	s.mu.Unlock()
	for k, v := range a.header {
		w.Header().Set(k, v)
	}
	switch {
	case a.hang:
		<-r.Context().Done()
	case same:
		w.WriteHeader(http.StatusNotModified)
	case a.status != 0:
		w.WriteHeader(a.status)
	case a.truncate:
		w.Header().Set("Content-Length", strconv.Itoa(2*len(a.body)+1000))
		w.Write(a.body)
	default:
		w.Header().Set("ETag", tag)
		w.Write(a.body)
	}
}

func runWeb(t *testing.T, h Harness) {
	t.Run("asks conditionally and believes a 304", func(t *testing.T) { notModified(t, h) })
	t.Run("hands on what a busy server advises", func(t *testing.T) { busy(t, h) })
	t.Run("takes a failing server for transient", func(t *testing.T) {
		fails(t, h, answer{status: http.StatusServiceUnavailable}, copytaster.ClassTransient)
	})
	t.Run("takes a listing that is gone for permanent", func(t *testing.T) {
		fails(t, h, answer{status: http.StatusGone}, copytaster.ClassPermanent)
	})
	t.Run("never takes a truncated listing for whole", func(t *testing.T) {
		fails(t, h, answer{body: h.Render("http://h.test", listing(Entries(9)[4:])), truncate: true}, copytaster.ClassTransient)
	})
	t.Run("refuses a huge listing", func(t *testing.T) {
		fails(t, h, answer{body: bytes.Repeat([]byte("<a>"), 1<<20)}, copytaster.ClassPermanent)
	})
	t.Run("survives garbage", func(t *testing.T) { garbage(t, h) })
	t.Run("gives up on a silent server in time", func(t *testing.T) { silent(t, h) })
}

func notModified(t *testing.T, h Harness) {
	r := h.rig(t)
	r.offer(listing(h.entries(3))...)
	_, ck := list(t, r, ingest.Checkpoint{})
	if items, _ := list(t, r, ck); len(items) > 0 {
		t.Errorf("items from a 304: %+v", items)
	}
	if _, matched := r.server.counts(); matched != 1 {
		t.Errorf("%d conditional requests matched, want 1", matched)
	}
}

func busy(t *testing.T, h Harness) {
	r := h.rig(t)
	r.server.set(answer{status: http.StatusTooManyRequests, header: map[string]string{"Retry-After": "3600"}})
	_, _, err := r.source.List(context.Background(), ingest.Checkpoint{})
	if copytaster.ClassOf(err) != copytaster.ClassTransient || copytaster.Delay(err) != time.Hour {
		t.Fatalf("error %v, delay %s", err, copytaster.Delay(err))
	}
	before, _ := r.server.counts()
	_, _, err = r.source.List(context.Background(), ingest.Checkpoint{})
	var pause *ingest.BusyError
	if after, _ := r.server.counts(); !errors.As(err, &pause) || after != before {
		t.Errorf("asked again during the pause: %v", err)
	}
}

// fails checks that a bad answer gives an error of a class, no items, and leaves
// the checkpoint as it was: once the server is well, nothing is missing.
func fails(t *testing.T, h Harness, bad answer, class copytaster.Class) {
	t.Helper()
	r := h.rig(t)
	want := h.entries(3)
	before := want[1:]
	if h.Single {
		before = want
	}
	r.offer(listing(before)...)
	_, ck := list(t, r, ingest.Checkpoint{})
	r.server.set(bad)
	items, same, err := r.source.List(context.Background(), ck)
	if err == nil || len(items) > 0 || copytaster.ClassOf(err) != class {
		t.Fatalf("%d items, error %v of class %s, want %s", len(items), err, copytaster.ClassOf(err), class)
	}
	if encoded(t, same) != encoded(t, ck) {
		t.Error("the checkpoint moved")
	}
	if h.Single {
		want[0].Title += ", and ends it"
	}
	r.offer(listing(want)...)
	if items, _ = list(t, r, same); len(items) != 1 {
		t.Errorf("%d items once the server is well, want 1", len(items))
	}
}

func garbage(t *testing.T, h Harness) {
	for _, body := range []string{"", "\x00\x01\x02\xff\xfe", "<", "<rss><channel><item>", "{\"items\":[[[[", "<urlset><url><loc>javascript:alert(1)</loc></url>",
		"<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss version=\"2.0\"><channel><title>&x;</title></channel></rss>",
		"<html><body><a href='file:///etc/passwd'>A long title that looks like an article</a></body></html>"} {
		r := h.rig(t)
		r.server.set(answer{body: []byte(body)})
		items, _, err := r.source.List(context.Background(), ingest.Checkpoint{})
		if !h.Single && len(items) > 0 {
			t.Errorf("%d items from %q, error %v", len(items), body, err)
		}
	}
}

func silent(t *testing.T, h Harness) {
	r := h.rig(t)
	r.server.set(answer{hang: true})
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if items, _, err := r.source.List(ctx, ingest.Checkpoint{}); err == nil || len(items) > 0 {
		t.Errorf("%d items, error %v", len(items), err)
	}
}
