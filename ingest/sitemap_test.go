// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// site serves pages by path and counts what is asked.
type site struct {
	mu    sync.Mutex
	pages map[string]string
	asked map[string]int
}

func newSite() *site { return &site{pages: map[string]string{}, asked: map[string]int{}} }

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked[r.URL.Path]++
	body, ok := s.pages[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	io.WriteString(w, body)
}

func (s *site) forget() { s.asked = map[string]int{} }

func urlset(base string, paths ...string) string {
	var b strings.Builder
	for _, p := range paths {
		fmt.Fprintf(&b, "<url><loc>%s%s</loc></url>", base, p)
	}
	return "<urlset>" + b.String() + "</urlset>"
}

func sitemapOf(t *testing.T, c SourceConfig) Source {
	t.Helper()
	c.Name, c.Kind = "x", "sitemap"
	s, err := NewSource(c, testClient(ClientOptions{}))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func paths(items []Item) []string {
	var out []string
	for _, it := range items {
		u, _ := url.Parse(it.URL)
		out = append(out, u.Path)
	}
	return out
}

func TestSitemapIndexIsFollowed(t *testing.T) {
	s := newSite()
	srv := serve(t, s.ServeHTTP)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	io.WriteString(z, urlset(srv.URL, "/b1"))
	z.Close()
	index := func(day string) string {
		return fmt.Sprintf(`<sitemapindex><sitemap><loc>%[1]s/a.xml</loc><lastmod>2026-03-01</lastmod></sitemap>
<sitemap><loc>%[1]s/b.xml.gz</loc><lastmod>%[2]s</lastmod></sitemap><sitemap><loc>%[1]s/gone.xml</loc></sitemap>
<sitemap><loc>%[1]s/index.xml</loc></sitemap><sitemap><loc>http://other.test/c.xml</loc></sitemap></sitemapindex>`, srv.URL, day)
	}
	s.pages = map[string]string{"/index.xml": index("2026-03-02"), "/a.xml": urlset(srv.URL, "/a1", "/a2"), "/b.xml.gz": packed.String()}
	source := sitemapOf(t, SourceConfig{URL: srv.URL + "/index.xml"})
	items, ck, err := source.List(context.Background(), Checkpoint{})
	if err != nil || len(items) != 3 {
		t.Fatalf("%v, %v", paths(items), err)
	}
	s.forget()
	s.pages["/index.xml"] = index("2026-03-03")
	s.pages["/b.xml.gz"] = urlset(srv.URL, "/b1", "/b2")
	items, ck, err = source.List(context.Background(), ck)
	if diff := cmp.Diff([]string{"/b2"}, paths(items)); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if s.asked["/a.xml"] != 0 {
		t.Error("a child that the index calls unchanged was asked for")
	}
	if items, _, err = source.List(context.Background(), ck); err != nil || len(items) != 0 {
		t.Errorf("again: %v, %v", paths(items), err)
	}
}

func TestSitemapIndexesOfIndexesEnd(t *testing.T) {
	asked := 0
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		fmt.Fprintf(w, "<sitemapindex><sitemap><loc>http://%[1]s%[2]sa</loc></sitemap><sitemap><loc>http://%[1]s%[2]sb</loc></sitemap></sitemapindex>", r.Host, r.URL.Path)
	})
	if _, _, err := sitemapOf(t, SourceConfig{URL: srv.URL + "/"}).List(context.Background(), Checkpoint{}); err != nil {
		t.Error(err)
	}
	if asked > maxSitemapFiles+1 || asked > 1<<(maxSitemapDepth+1) {
		t.Errorf("%d files asked for", asked)
	}
}

func TestSitemapFailsWithAChildThatFails(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/bad.xml" {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		fmt.Fprintf(w, "<sitemapindex><sitemap><loc>http://%s/bad.xml</loc></sitemap></sitemapindex>", r.Host)
	})
	if _, _, err := sitemapOf(t, SourceConfig{URL: srv.URL + "/"}).List(context.Background(), Checkpoint{}); err == nil || !strings.Contains(err.Error(), "bad.xml") {
		t.Errorf("error %v", err)
	}
	if _, _, err := sitemapOf(t, SourceConfig{URL: srv.URL + "/", Exclude: []string{`bad\.xml`}}).List(context.Background(), Checkpoint{}); err != nil {
		t.Errorf("with the child excluded: %v", err)
	}
}

func TestSitemapChoosesItsOwnPages(t *testing.T) {
	s := newSite()
	srv := serve(t, s.ServeHTTP)
	s.pages["/s.xml"] = "<urlset><url><loc>" + srv.URL + "/news/1</loc></url><url><loc>" + srv.URL + "/sport/2</loc></url><url><loc>http://other.test/news/3</loc></url><url><loc>javascript:x</loc></url></urlset>"
	s.pages["/s.txt"] = srv.URL + "/t1\n\n" + srv.URL + "/t2\r\nnot a URL\n"
	for _, tc := range []struct {
		c    SourceConfig
		want []string
	}{
		{SourceConfig{URL: srv.URL + "/s.xml"}, []string{"/sport/2", "/news/1"}},
		{SourceConfig{URL: srv.URL + "/s.xml", Include: []string{"/news/"}}, []string{"/news/3", "/news/1"}},
		{SourceConfig{URL: srv.URL + "/s.xml", Exclude: []string{"/sport/"}}, []string{"/news/1"}},
		{SourceConfig{URL: srv.URL + "/s.xml", MaxItems: 1}, []string{"/news/1"}},
	} {
		items, _, err := sitemapOf(t, tc.c).List(context.Background(), Checkpoint{})
		if diff := cmp.Diff(tc.want, paths(items)); diff != "" || err != nil {
			t.Errorf("%+v: %s%v", tc.c, diff, err)
		}
	}
	items, _, err := sitemapOf(t, SourceConfig{URL: srv.URL + "/s.txt"}).List(context.Background(), Checkpoint{})
	if err != nil || len(items) < 2 {
		t.Errorf("a list of URLs: %v, %v", paths(items), err)
	}
}

func TestParseSitemapStopsAtTheProtocolsLimit(t *testing.T) {
	m, err := parseSitemap([]byte("<urlset>"+strings.Repeat("<url><loc>http://a.test/1</loc></url>", maxSitemapURLs+100)+"</urlset>"), "", &url.URL{Scheme: "http", Host: "a.test"})
	if err != nil || len(m.items) != maxSitemapURLs {
		t.Errorf("%v", err)
	}
}

func FuzzParseSitemap(f *testing.F) {
	f.Add([]byte(urlset("http://a.test", "/1", "/2")))
	f.Add([]byte("<sitemapindex><sitemap>http://a.test/x</sitemap></sitemapindex>"))
	f.Add([]byte("http://a.test/1\nhttp://a.test/2"))
	f.Add([]byte("<rss version='2.0'><channel><item><link>/x</link></item></channel></rss>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		m, err := parseSitemap(body, "", &url.URL{Scheme: "http", Host: "a.test"})
		if err != nil {
			return
		}
		for _, it := range append(m.items, m.children...) {
			checkItem(t, it)
		}
	})
}
