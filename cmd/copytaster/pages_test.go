// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/copytaster/copytaster/internal/config"
	"github.com/copytaster/copytaster/internal/demo"
)

// newsroom is the program as run starts it, with its pages on a port.
type newsroom struct {
	t    *testing.T
	base string
	h    *holding
}

// openNewsroom takes in one feed of the bundled web.
func openNewsroom(t *testing.T) *newsroom {
	t.Helper()
	site, err := demo.NewSite()
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewUnstartedServer(site)
	site.Base = "http://" + srv.Listener.Addr().String() // before the first request can read it
	srv.Start()
	t.Cleanup(srv.Close)
	cfg := config.Default()
	cfg.SetDataDir(filepath.Join(t.TempDir(), "data"))
	cfg.Fetch.AllowPrivate, cfg.Fetch.PerHost, cfg.Fetch.LearnSites = []string{"127.0.0.1"}, time.Millisecond, false
	cfg.Sources = []config.Source{{Name: "blog", Kind: "feed", URL: site.Base + "/blog/atom.xml", Every: time.Hour},
		{Name: "down", Kind: "feed", URL: "http://127.0.0.1:1/feed", Every: time.Hour}}
	log := slog.New(slog.DiscardHandler)
	h, err := hold(t.Context(), cfg, log, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	g, ctx := errgroup.WithContext(ctx)
	handler, follow := newPages(cfg, h, log)
	g.Go(func() error { return h.Run(ctx) })
	g.Go(func() error { return servePages(ctx, ln, handler, follow) })
	t.Cleanup(func() {
		stop()
		if err := g.Wait(); err != nil {
			t.Error(err)
		}
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	n := &newsroom{t, "http://" + ln.Addr().String(), h}
	if _, err := h.PollNow(t.Context()); err != nil {
		t.Fatal(err)
	}
	quiet, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := h.Quiet(quiet); err != nil {
		t.Fatal(err)
	}
	return n
}

func (n *newsroom) get(path string) (int, string) {
	n.t.Helper()
	resp, err := http.Get(n.base + path)
	return n.read(resp, err)
}

func (n *newsroom) read(resp *http.Response, err error) (int, string) {
	n.t.Helper()
	if err != nil {
		n.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		n.t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

func (n *newsroom) post(path string, form url.Values) (int, string) {
	n.t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.PostForm(n.base+path, form)
	return n.read(resp, err)
}

// The pages are tested by themselves in internal/web; here, that they are wired
// to a real line.
func TestThePagesShowTheLine(t *testing.T) {
	n := openNewsroom(t)
	for path, want := range map[string]string{
		"/":                     "How a framework works",
		"/search?q=framework":   "How a framework works",
		"/sources":              "connection refused",
		"/ledger":               "indexed",
		"/watches":              "Watches",
		"/suppliers":            "Suppliers",
		"/healthz":              "",
		"/readyz":               "",
		"/metrics":              `copytaster_stage_pending_messages{stage="fetch"} 0`,
		"/api/v1/sources":       `"name":"down"`,
		"/api/v1/search?q=walk": `"total":`,
		"/api/v1/tally":         `"indexed"`,
	} {
		if code, body := n.get(path); code != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s answers %d, without %q:\n%.600s", path, code, want, body)
		}
	}
	t.Run("a watch made in the pages rings", func(t *testing.T) {
		if code, body := n.post("/watches", url.Values{"name": {"walks"}, "q": {"walking"}}); code != http.StatusSeeOther {
			t.Fatalf("%d: %.600s", code, body)
		}
		all, err := n.h.ListWatches(t.Context())
		if err != nil || len(all) != 1 || all[0].Name != "walks" || all[0].Query != "walking" {
			t.Errorf("%+v, %v; want the watch", all, err)
		}
	})
	t.Run("a browser adds addresses and no files", func(t *testing.T) {
		if code, body := n.post("/add", url.Values{"url": {"file:///etc/passwd"}}); code != http.StatusBadRequest || !strings.Contains(body, "only addresses") {
			t.Errorf("%d: %.600s", code, body)
		}
		if _, err := (adder{n.h.Line}).Add(t.Context(), []string{"/etc/passwd"}); err == nil {
			t.Error("the adder takes a file")
		}
		if code, body := n.post("/add", url.Values{"url": {"http://127.0.0.1:1/page"}}); code != http.StatusSeeOther {
			t.Errorf("%d: %.600s", code, body)
		}
	})
	t.Run("what fails says so on the ledger's page", func(t *testing.T) {
		var body string
		for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
			if _, body = n.get("/ledger?url=" + url.QueryEscape("http://127.0.0.1:1/page")); strings.Contains(body, "Try 1 failed") {
				return
			}
		}
		t.Errorf("it does not say which try failed:\n%.3000s", body)
	})
}

func TestAProcessWithoutPagesAnswersMachinesOnly(t *testing.T) {
	h := probes(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "all of "+r.URL.Path) }))
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/metrics": 200, "/": 404, "/search": 404, "/api/v1/search": 404} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != want {
			t.Errorf("%s answers %d, want %d", path, w.Code, want)
		}
	}
	for stages, want := range map[string]bool{"": true, "fetch": false, "fetch serve": true} {
		if got := paged(strings.Fields(stages)); got != want {
			t.Errorf("stages %q: pages %v, want %v", stages, got, want)
		}
	}
}
