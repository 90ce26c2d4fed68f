// SPDX-License-Identifier: Apache-2.0

package demo

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func serve(t *testing.T) *Site {
	t.Helper()
	site, err := NewSite()
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewUnstartedServer(site)
	site.Base = "http://" + srv.Listener.Addr().String() // before the first request can read it
	srv.Start()
	t.Cleanup(srv.Close)
	return site
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

func TestEveryStoryIsServed(t *testing.T) {
	site := serve(t)
	if n := len(site.stories); n < 40 {
		t.Errorf("%d stories; the site promises at least 40", n)
	}
	for _, st := range site.stories {
		code, body := get(t, site.Base+st.Path())
		if code != http.StatusOK || len(body) < 600 {
			t.Errorf("%s: %d, %d bytes", st.Path(), code, len(body))
		}
		if strings.Contains(body, "ZgotmplZ") {
			t.Errorf("%s: the template refused a value", st.Path())
		}
	}
}

func TestAnEditChangesTheFigureAndTheFeed(t *testing.T) {
	site := serve(t)
	const path = "/courier/news/care-records"
	_, before := get(t, site.Base+path)
	_, feedBefore := get(t, site.Base+"/courier/rss.xml")
	site.Edit()
	_, after := get(t, site.Base+path)
	_, feedAfter := get(t, site.Base+"/courier/rss.xml")
	if !strings.Contains(before, "£600m") || strings.Contains(after, "£600m") || !strings.Contains(after, "£500m") {
		t.Error("the figure did not change")
	}
	if feedBefore == feedAfter {
		t.Error("the feed does not show the edit")
	}
}

func TestListingsOverlap(t *testing.T) {
	site := serve(t)
	const path = "/courier/news/bin-rounds"
	for _, s := range site.Sources() {
		if _, body := get(t, s.URL); s.Name != "public-money-blog" && s.Name != "ministry" && !strings.Contains(body, path) {
			t.Errorf("%s does not list %s", s.Name, path)
		}
	}
}

func TestAwkwardPages(t *testing.T) {
	site := serve(t)
	if code, _ := get(t, site.Base+pathGone); code != http.StatusNotFound {
		t.Errorf("the dead link answers %d", code)
	}
	if _, body := get(t, site.Base+"/parish/winter-fair.htm"); !strings.Contains(body, "caf\xe9") {
		t.Error("the Windows-1252 page is not in Windows-1252")
	}
	if _, body := get(t, site.Base+pathReport); !strings.HasPrefix(body, "%PDF-1.4") {
		t.Error("the PDF is none")
	}
	if _, body := get(t, site.Base+pathMinutes); !strings.HasPrefix(body, "PK") {
		t.Error("the DOCX is none")
	}
}
