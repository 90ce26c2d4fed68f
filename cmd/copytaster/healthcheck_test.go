// SPDX-License-Identifier: Apache-2.0

package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestProbeURL(t *testing.T) {
	for listen, want := range map[string]string{
		"127.0.0.1:8080": "http://127.0.0.1:8080",
		"0.0.0.0:8080":   "http://127.0.0.1:8080",
		":8080":          "http://127.0.0.1:8080",
		"[::]:9000":      "http://[::1]:9000",
		"[::1]:9000":     "http://[::1]:9000",
		"localhost:80":   "http://localhost:80",
		"10.1.2.3:80":    "http://10.1.2.3:80",
	} {
		if got, err := probeURL(listen); err != nil || got != want {
			t.Errorf("%s: %s, %v, want %s", listen, got, err, want)
		}
	}
	for _, listen := range []string{"", "off", "nowhere"} {
		if got, err := probeURL(listen); err == nil {
			t.Errorf("%q: %s", listen, got)
		}
	}
}

func TestHealthcheck(t *testing.T) {
	answer := func(code int, text string) string {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/readyz" {
				t.Errorf("asked for %s", r.URL.Path)
			}
			w.WriteHeader(code)
			w.Write([]byte(text))
		}))
		t.Cleanup(srv.Close)
		return strings.TrimPrefix(srv.URL, "http://")
	}
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes the connection and says nothing
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { silent.Close() })
	for _, tt := range []struct {
		name, listen string
		code         int
		says         string
	}{
		{"ready", answer(200, "ok"), 0, ""},
		{"not ready", answer(503, "not ready: bus: not connected\x1b[31m"), exitFailed, "not ready: bus: not connected"},
		{"nobody there", "127.0.0.1:1", exitUnreachable, "refused"},
		{"silence", silent.Addr().String(), exitUnreachable, "deadline"},
		{"off", "off", exitUsage, "off"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("COPYTASTER_WEB_LISTEN", tt.listen)
			t.Setenv("HTTP_PROXY", "http://127.0.0.1:1") // has no part in it
			t.Chdir(t.TempDir())
			c := healthcheckCmd(&globals{})
			c.SetArgs([]string{"--timeout", (500 * time.Millisecond).String()})
			c.SilenceErrors, c.SilenceUsage = true, true
			err := c.ExecuteContext(t.Context())
			code := 0
			if err != nil {
				code = exitCode(err)
			}
			if code != tt.code || tt.says != "" && !strings.Contains(err.Error(), tt.says) {
				t.Errorf("exit code %d, %v; want %d, %q", code, err, tt.code, tt.says)
			}
			if err != nil && strings.Contains(err.Error(), "\x1b") {
				t.Error("the answer reaches the terminal as it came")
			}
		})
	}
}

// A process without the stage serve answers probes and shows no page.
func TestProbesOnly(t *testing.T) {
	all := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	for path, want := range map[string]int{"/healthz": 204, "/readyz": 204, "/metrics": 204, "/": 404, "/search": 404, "/api/v1/search": 404} {
		rec := httptest.NewRecorder()
		probes(all).ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
		if rec.Code != want {
			t.Errorf("%s: %d, want %d", path, rec.Code, want)
		}
	}
	for stages, want := range map[string]bool{"": true, "serve": true, "fetch,serve": true, "fetch": false, "discover,index": false} {
		var names []string
		if stages != "" {
			names = strings.Split(stages, ",")
		}
		if paged(names) != want {
			t.Errorf("%q serves the pages: %t", stages, !want)
		}
	}
}
