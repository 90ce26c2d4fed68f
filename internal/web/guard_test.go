// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
)

func TestOnlyKnownHostsAreAnswered(t *testing.T) {
	n := newNewsroom(t)
	for host, ok := range map[string]bool{
		"localhost": true, "localhost:8080": true, "127.0.0.1:8080": true, "[::1]:8080": true, "127.1.2.3": true, "LOCALHOST.": true,
		"taster.example": true, "Taster.Example:443": true,
		"evil.example": false, "": false, "10.0.0.1": false, "localhost.evil.example": false, "taster.example.evil": false, "0.0.0.0": false,
	} {
		r := httptest.NewRequest("GET", "/api/v1/search", nil)
		r.Host = host
		w := httptest.NewRecorder()
		n.handler.ServeHTTP(w, r)
		if got := w.Code == http.StatusOK; got != ok {
			t.Errorf("host %q: status %d", host, w.Code)
		}
	}
}

func TestWritesFromOtherSitesAreRefused(t *testing.T) {
	n := newNewsroom(t)
	form := url.Values{"name": {"mine"}, "q": {"unions"}, "url": {"https://news.example"}}.Encode()
	tests := []struct {
		name   string
		header []string
		ok     bool
	}{
		{"another site", []string{"Sec-Fetch-Site", "cross-site"}, false},
		{"a neighbour", []string{"Sec-Fetch-Site", "same-site"}, false},
		{"an old browser on another site", []string{"Origin", "https://evil.example"}, false},
		{"a frame without an origin", []string{"Origin", "null"}, false},
		{"our own page", []string{"Sec-Fetch-Site", "same-origin"}, true},
		{"no browser", nil, true},
	}
	for _, tt := range tests {
		for _, target := range []string{"/watches", "/watches/remove", "/add"} {
			t.Run(tt.name+" "+target, func(t *testing.T) {
				n.saved = []copytaster.Watch{{Name: "mine"}}
				resp := n.do("POST", target, strings.NewReader(form), append([]string{"Content-Type", "application/x-www-form-urlencoded"}, tt.header...)...)
				if got := resp.StatusCode == http.StatusSeeOther; got != tt.ok {
					t.Errorf("status %d", resp.StatusCode)
				}
			})
		}
	}
}

func TestEveryAnswerCarriesThePolicy(t *testing.T) {
	n := newNewsroom(t, testArticle(1))
	for _, target := range []string{"/", "/search?q=(", "/nowhere", "/api/v1/search", "/api/v1/search?q=(", "/healthz", "/metrics", "/static/none"} {
		h := n.do("GET", target, nil).Header
		for name, want := range map[string]string{"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s is %q", target, name, got)
			}
		}
	}
	for _, forbidden := range []string{"unsafe-inline", "unsafe-eval", "*"} {
		if strings.Contains(policy, forbidden) {
			t.Errorf("the policy allows %s", forbidden)
		}
	}
	_, page := n.get("/")
	for _, inline := range []string{"<style", "style=", " onclick", "<script>"} {
		if strings.Contains(page, inline) {
			t.Errorf("the page has %s, which the policy forbids", inline)
		}
	}
}

func TestHostileCopyIsEscapedEverywhere(t *testing.T) {
	d := hostile()
	n := newNewsroom(t, d)
	n.outcome(copytaster.Outcome{URL: "https://x.example/<script>window.hacked=5</script>", State: copytaster.StateSkipped, Reason: "<script>window.hacked=6</script>", Stage: "fetch", At: now()})
	for _, target := range []string{"/", "/search?q=unions", "/search?q=%3Cscript%3Ewindow.hacked%3D7%3C%2Fscript%3E", "/search?q=%28%3Cscript%3Ewindow.hacked", "/article/" + d.ID,
		"/watches?q=unions&name=%22%3E%3Cscript%3Ewindow.hacked", "/ledger?state=skipped&url=%22%3E%3Cscript%3Ewindow.hacked"} {
		_, page := n.get(target)
		if strings.Contains(page, "<script>window") || strings.Contains(page, "<img src=x") || strings.Contains(page, `href="javascript:`) || strings.Contains(page, `onload="window`) {
			t.Errorf("%s: text of the copy became markup:\n%s", target, page)
		}
	}
}

func TestStaticFilesMayBeKept(t *testing.T) {
	n := newNewsroom(t)
	_, page := n.get("/")
	_, after, _ := strings.Cut(page, `href="/static/app.`)
	name, _, _ := strings.Cut(after, `"`)
	resp := n.do("GET", "/static/app."+name, nil)
	if resp.StatusCode != http.StatusOK || !strings.Contains(resp.Header.Get("Cache-Control"), "immutable") || !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/css") {
		t.Errorf("status %d, headers %v", resp.StatusCode, resp.Header)
	}
}

// broken fails or panics in place of an index.
type broken struct {
	Searcher
	panics bool
}

func (b broken) Get(context.Context, string) (*copytaster.Document, error) {
	if b.panics {
		panic("lost")
	}
	return nil, errors.New("the disk is <gone>")
}

func TestFailuresEndOneRequestOnly(t *testing.T) {
	n := newNewsroom(t)
	for _, panics := range []bool{false, true} {
		n.handler, _ = New(Options{Index: broken{panics: panics}})
		for _, target := range []string{"/article/x", "/api/v1/articles/x"} {
			status, page := n.get(target)
			if status != http.StatusInternalServerError || strings.Contains(page, "<gone>") && !strings.HasPrefix(page, "{") {
				t.Errorf("%s: status %d: %s", target, status, page)
			}
		}
	}
}

func TestHealth(t *testing.T) {
	n := newNewsroom(t)
	if status, _ := n.get("/readyz"); status != http.StatusOK {
		t.Errorf("ready: status %d", status)
	}
	n.ready = errors.New("the bus does not answer")
	if status, page := n.get("/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(page, "the bus does not answer") {
		t.Errorf("not ready: status %d: %s", status, page)
	}
	if status, _ := n.get("/healthz"); status != http.StatusOK {
		t.Errorf("alive: status %d", status)
	}
}
