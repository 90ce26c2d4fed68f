// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
)

// storyPage is a page of our own with a head to fill in.
func storyPage(head string) string {
	return `<html lang="en-GB"><head><title>Council signs care deal</title>` + head + `</head><body><article><h1>Council signs care deal</h1>
<p>The council has signed a five-year contract worth £12m with a care company, councillors were told at a meeting on Tuesday evening.</p>
<p>The company will take over the running of four homes in the spring, and staff will move to the new employer on their present terms.</p>
<p>Opposition members asked why the contract had not been advertised and called for the papers to be published before the vote.</p></article></body></html>`
}

// canary is a server that nobody may reach.
func canary(t *testing.T) (addr netip.AddrPort, hits *atomic.Int32) {
	t.Helper()
	hits = &atomic.Int32{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			hits.Add(1)
			conn.Close()
		}
	}()
	return netip.MustParseAddrPort(l.Addr().String()), hits
}

func TestGetDialsPublicAddressesOnly(t *testing.T) {
	addr, hits := canary(t)
	blocked, all := 0, 0
	for _, row := range conformance[struct {
		ID, URL string
		Block   bool
		Answers [][]string
		Hops    []string
	}](t, "ssrf") {
		if row.URL == "" || !row.Block {
			continue
		}
		all++
		url := strings.Replace(row.URL, "127.0.0.1/", addr.String()+"/", 1)
		c := NewClient(ClientOptions{PerHost: -1, Timeout: time.Second, Ports: []uint16{addr.Port()}, Lookup: lookupOf([][]string{{"127.0.0.1"}})})
		_, err := c.Get(context.Background(), Request{URL: url})
		if copytaster.ClassOf(err) == copytaster.ClassPermanent || copytaster.ClassOf(err) == copytaster.ClassTransient {
			blocked++
		} else {
			t.Errorf("%s: %q: %v", row.ID, row.URL, err)
		}
	}
	rate(t, "requests into the network refused", blocked, all, 1)
	if hits.Load() > 0 {
		t.Errorf("the canary was reached %d times", hits.Load())
	}
}

func TestGetDialsPublicAddresses(t *testing.T) {
	g := newGuard(ClientOptions{})
	for _, addr := range []string{"93.184.216.34:80", "93.184.216.34:8080", "[2606:2800:220:1:248:1893:25c8:1946]:443"} {
		network := "tcp4"
		if addr[0] == '[' {
			network = "tcp6"
		}
		if err := g.control(network, addr, nil); err != nil {
			t.Errorf("%s: %v", addr, err)
		}
	}
	for _, addr := range []string{"93.184.216.34:25", "93.184.216.34:6379"} {
		if err := g.control("tcp4", addr, nil); copytaster.ClassOf(err) != copytaster.ClassPermanent {
			t.Errorf("%s: %v", addr, err)
		}
	}
}

func TestGetChecksTheAddressThatItDials(t *testing.T) {
	addr, hits := canary(t)
	for _, answers := range [][][]string{{{"127.0.0.1"}}, {{"10.1.2.3"}}, {{"::ffff:127.0.0.1"}}, {{"::1"}}, {{"169.254.169.254"}}, {{"0.0.0.0"}}, {{"64:ff9b::7f00:1"}}, {{"127.0.0.1", "::1"}}} {
		c := NewClient(ClientOptions{PerHost: -1, Timeout: time.Second, Ports: []uint16{addr.Port()}, Lookup: lookupOf(answers)})
		_, err := c.Get(context.Background(), Request{URL: fmt.Sprintf("http://news.example.org:%d/", addr.Port())})
		if err == nil {
			t.Errorf("%v: reached", answers)
		}
	}
	if hits.Load() > 0 {
		t.Errorf("the canary was reached %d times", hits.Load())
	}
}

func TestRedirectsIntoTheNetworkAreRefused(t *testing.T) {
	addr, hits := canary(t)
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://"+addr.String()+"/", http.StatusFound)
	})
	front := strings.TrimPrefix(srv.URL, "http://")
	c := NewClient(ClientOptions{PerHost: -1, Timeout: time.Second, AllowHosts: []string{front}, Ports: []uint16{addr.Port()}})
	if _, err := c.Get(context.Background(), Request{URL: srv.URL}); copytaster.ClassOf(err) != copytaster.ClassTransient && copytaster.ClassOf(err) != copytaster.ClassPermanent {
		t.Errorf("error %v", err)
	}
	if hits.Load() > 0 {
		t.Errorf("the canary was reached %d times", hits.Load())
	}
}

func TestProxiesOfTheEnvironmentAreNotUsed(t *testing.T) {
	addr, hits := canary(t)
	t.Setenv("HTTP_PROXY", "http://"+addr.String())
	t.Setenv("http_proxy", "http://"+addr.String())
	c := NewClient(ClientOptions{PerHost: -1, Timeout: time.Second, Lookup: lookupOf(nil)})
	c.Get(context.Background(), Request{URL: "http://news.example.org/"})
	if hits.Load() > 0 {
		t.Error("the proxy was asked")
	}
}

func TestFetchHonoursFileLinksOfLocalSourcesOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(path, []byte(strings.Repeat("A secret that no feed may have fetched. ", 20)), 0o600); err != nil {
		t.Fatal(err)
	}
	f := NewFetcher(FetcherOptions{})
	for _, kind := range []string{"feed", "sitemap", "listing", "page", ""} {
		for _, url := range []string{FileURL(path), "FILE://" + path, "file:" + path, "file://localhost" + path} {
			if _, err := f.Fetch(context.Background(), Link{URL: url, SourceKind: kind}); copytaster.ClassOf(err) != copytaster.ClassPermanent {
				t.Errorf("%q of a %q source: %v", url, kind, err)
			}
		}
	}
	if got, err := f.Fetch(context.Background(), Link{URL: FileURL(path), SourceKind: "file"}); err != nil || !strings.HasPrefix(got.Article.Canonical, "urn:sha256:") {
		t.Errorf("of a file source: %+v, %v", got, err)
	}
}

func TestFetchOfAFolderStaysInsideIt(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	text := []byte(strings.Repeat("Minutes of the care committee, fourth of March. ", 20))
	os.WriteFile(filepath.Join(outside, "secret.txt"), text, 0o600)
	os.MkdirAll(filepath.Join(dir, "2026"), 0o755)
	os.WriteFile(filepath.Join(dir, "2026", "minutes é.txt"), text, 0o600)
	if err := os.Symlink(filepath.Join(outside, "secret.txt"), filepath.Join(dir, "link.txt")); err != nil {
		t.Skip(err)
	}
	f := NewFetcher(FetcherOptions{})
	link := func(p string) Link { return Link{URL: FileURL(p), Source: "inbox", SourceKind: "folder", Root: dir} }
	for _, p := range []string{filepath.Join(outside, "secret.txt"), filepath.Join(dir, "link.txt"), dir + "/../" + filepath.Base(outside) + "/secret.txt", dir} {
		if _, err := f.Fetch(context.Background(), link(p)); copytaster.ClassOf(err) != copytaster.ClassPermanent {
			t.Errorf("%s: %v", p, err)
		}
	}
	got, err := f.Fetch(context.Background(), link(filepath.Join(dir, "2026", "minutes é.txt")))
	if err != nil || got.Article.Canonical != "file:inbox/2026/minutes é.txt" {
		t.Fatalf("%+v, %v", got, err)
	}
	if c, err := copytaster.Canonical(got.Article.Canonical); err != nil || c != got.Article.Canonical {
		t.Errorf("canonical %q, %v", c, err)
	}
	if _, err := f.Fetch(context.Background(), link(filepath.Join(dir, "gone.txt"))); err == nil {
		t.Error("a file that is not there")
	} else if state, _ := copytaster.EndOf(err); state != copytaster.StateGone {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestFetchEndsLinksInTheirStates(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/same":
			w.WriteHeader(http.StatusNotModified)
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/taken-down":
			http.Redirect(w, r, "/", http.StatusFound)
		case "/", "/ok":
			io.WriteString(w, storyPage(""))
		case "/script":
			io.WriteString(w, "<html><script>var a = 1</script></html>")
		case "/short":
			w.Header().Set("Content-Type", "text/plain")
			io.WriteString(w, "Too short.")
		case "/form":
			io.WriteString(w, "<html><head><title>Contact us</title></head><body><h1>Contact us</h1><form><p>Name</p><p>Message</p></form></body></html>")
		case "/picture":
			w.Header().Set("Content-Type", "image/png")
			io.WriteString(w, "\x89PNG\r\n\x1a\n0000")
		case "/program":
			w.Header().Set("Content-Type", "text/html")
			w.Write([]byte("MZ\x90\x00" + strings.Repeat("\x00", 100)))
		}
	})
	f := NewFetcher(FetcherOptions{Client: testClient(ClientOptions{})})
	for path, want := range map[string]copytaster.State{
		"/same": copytaster.StateUnchanged, "/gone": copytaster.StateGone, "/taken-down": copytaster.StateGone, "/script": copytaster.StateNotArticle,
		"/short": copytaster.StateNotArticle, "/form": copytaster.StateNotArticle, "/picture": copytaster.StateDead, "/program": copytaster.StateDead, "/ok": "",
	} {
		_, err := f.Fetch(context.Background(), Link{URL: srv.URL + path, SourceKind: "feed"})
		if state, _ := copytaster.EndOf(err); state != want || (err == nil) != (want == "") {
			t.Errorf("%s: state %q, want %q: %v", path, state, want, err)
		}
	}
}

func TestFetchFillsInWhatThePageLeavesOut(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Last-Modified", "Sun, 01 Mar 2026 12:00:00 GMT")
		io.WriteString(w, strings.Replace(storyPage(""), ` lang="en-GB"`, "", 1))
	})
	now := time.Date(2026, 3, 2, 10, 0, 0, 123456789, time.FixedZone("", 3600))
	f := NewFetcher(FetcherOptions{Client: testClient(ClientOptions{}), Now: func() time.Time { return now }})
	listed := copytaster.Date{Time: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), Precision: copytaster.PrecisionTime, Origin: copytaster.OriginFeed}
	got, err := f.Fetch(context.Background(), Link{URL: srv.URL + "/2025/02/01/story", Source: "example", SourceKind: "feed", Country: "IE", Language: "en-ie", Published: listed})
	if err != nil {
		t.Fatal(err)
	}
	a := got.Article
	type facts struct {
		Source, Country, Language, LastModified string
		Published                               copytaster.Date
		Fetched                                 time.Time
	}
	want := facts{"example", "IE", "en-IE", "Sun, 01 Mar 2026 12:00:00 GMT", listed, time.Date(2026, 3, 2, 9, 0, 0, 123000000, time.UTC)}
	if diff := cmp.Diff(want, facts{a.Sources[0], a.Country, a.Language, got.LastModified, a.Published, a.Fetched}); diff != "" {
		t.Error(diff)
	}
	if a.ID != copytaster.ArticleID(a.Canonical) || a.Hash != copytaster.ContentHash(&a) {
		t.Error("id or hash do not fit the article")
	}
	got, err = f.Fetch(context.Background(), Link{URL: srv.URL + "/2025/02/01/story"})
	if err != nil || got.Article.Language != "en" || got.Article.Published.Day() != "2025-02-01" || got.Article.Published.Origin != copytaster.OriginURL {
		t.Errorf("guessed language %q, date %+v, %v", got.Article.Language, got.Article.Published, err)
	}
}

func TestBelievableCanonicals(t *testing.T) {
	for _, tc := range []struct{ name, stated, found, want string }{
		{"the same site's clean URL", "https://news.test.co.uk/a/council-signs-care-deal", "https://www.test.co.uk/a/council-signs-care-deal?x=1", "https://news.test.co.uk/a/council-signs-care-deal"},
		{"the page without its amp suffix", "https://test.org/council-signs-a-deal", "https://test.org/council-signs-a-deal/amp", "https://test.org/council-signs-a-deal"},
		{"another site's", "https://victim.org/2026/03/01/story-of-the-day", "https://evil.org/2026/03/01/story-of-the-day", ""},
		{"another site under one public suffix", "https://victim.co.uk/story-of-the-day", "https://evil.co.uk/story-of-the-day", ""},
		{"the original of a cached copy", "https://victim.org/story-of-the-day", "https://victim-org.cdn.ampproject.org/c/victim.org/story-of-the-day", "https://victim.org/story-of-the-day"},
		{"the home page", "https://test.org/", "https://test.org/story-of-the-day", ""},
		{"a section", "https://test.org/news/", "https://test.org/news/story-of-the-day-1", ""},
		{"a topic page", "https://test.org/topic/care-homes-in-the-north", "https://test.org/news/story-of-the-day-1", ""},
		{"one that lost the story's number", "https://test.org/story.php", "https://test.org/story.php?id=77", ""},
		{"one that lost only a flag", "https://test.org/council-signs-a-deal", "https://test.org/council-signs-a-deal?print=1", "https://test.org/council-signs-a-deal"},
		{"http for https", "http://test.org/council-signs-a-deal", "https://test.org/council-signs-a-deal?a=1", "https://test.org/council-signs-a-deal"},
		{"rubbish", "javascript:alert(1)", "https://test.org/story-of-the-day", ""},
		{"nothing", "", "https://test.org/story-of-the-day", ""},
	} {
		if got := believable(tc.stated, tc.found); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestFetchArchivesBeforeItReturns(t *testing.T) {
	page := storyPage("")
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/same" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, page)
	})
	dir := t.TempDir()
	archive, err := OpenArchive(dir, ArchiveOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	f := NewFetcher(FetcherOptions{Client: testClient(ClientOptions{}), Archive: archive})
	link := Link{URL: srv.URL + "/story", Source: "example", SourceKind: "feed", Title: "Listed\r\ntitle", Found: time.Now().UTC()}
	got, err := f.Fetch(context.Background(), link)
	if err != nil {
		t.Fatal(err)
	}
	r, err := ReadRecord(dir, got.Article.Archive)
	if err != nil || r.Status != 200 || string(r.Body) != page || r.Link.Source != "example" {
		t.Fatalf("record %+v, %v", r, err)
	}
	again, err := f.Replay(context.Background(), got.Article.Archive, r)
	if err != nil {
		t.Fatal(err)
	}
	again.Article.Fetched = got.Article.Fetched
	if diff := cmp.Diff(got, again); diff != "" {
		t.Error("replayed: ", diff)
	}
	f.Fetch(context.Background(), Link{URL: srv.URL + "/same"})
	n := 0
	if err := ScanArchive(dir, func(string, *Record) error { n++; return nil }); err != nil || n != 1 {
		t.Errorf("%d records, %v", n, err)
	}
}

func TestFetchFailsWhenTheArchiveDoes(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, storyPage("")) })
	dir := filepath.Join(t.TempDir(), "archive")
	archive, err := OpenArchive(dir, ArchiveOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	f := NewFetcher(FetcherOptions{Client: testClient(ClientOptions{}), Archive: archive})
	if got, err := f.Fetch(context.Background(), Link{URL: srv.URL}); got != nil || copytaster.ClassOf(err) != copytaster.ClassTransient || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%+v, %v", got, err)
	}
}
