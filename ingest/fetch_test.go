// SPDX-License-Identifier: Apache-2.0

package ingest_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/copytaster/copytaster/ingest"
)

// loopback is a client that may ask test servers on this machine, fast.
func loopback(o ingest.ClientOptions) *ingest.Client {
	o.AllowPrivate = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	if o.PerHost == 0 {
		o.PerHost = -1
	}
	return ingest.NewClient(o)
}

const story = `<html lang="en"><head><title>Council signs care deal | The Example</title></head><body><article><h1>Council signs care deal</h1>
<p>The council has signed a five-year contract worth £12m with a care company, councillors were told at a meeting on Tuesday evening.</p>
<p>The company will take over the running of four homes in the spring, and staff will move to the new employer on their present terms.</p>
<p>Opposition members asked why the contract had not been advertised and called for the papers to be published before the vote.</p></article></body></html>`

func TestFetchAssemblesAnArticle(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("ETag", `"v1"`)
		fmt.Fprint(w, story)
	}))
	defer srv.Close()
	f := ingest.NewFetcher(ingest.FetcherOptions{Client: loopback(ingest.ClientOptions{})})
	got, err := f.Fetch(context.Background(), ingest.Link{URL: srv.URL + "/2026/03/04/council-signs-care-deal?utm_source=rss", Source: "example", Found: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	a := got.Article
	if !strings.Contains(a.Text, "five-year contract worth £12m") || a.Title != "Council signs care deal" || a.Language != "en" {
		t.Errorf("article %+v", a)
	}
	if a.Canonical != srv.URL+"/2026/03/04/council-signs-care-deal" || a.Published.Day() != "2026-03-04" || got.ETag != `"v1"` {
		t.Errorf("canonical %q, published %q, ETag %q", a.Canonical, a.Published.Day(), got.ETag)
	}
}
