// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// sectionPage is a section front in our own words, with what stands around the
// articles on such pages.
const sectionPage = `<html><head><base href="/news/"><title>Local news</title></head><body>
<nav><ul><li><a href="/news/">News</a></li><li><a href="/news/council-and-county-hall-coverage-pages">Council and county hall coverage</a></li></ul></nav>
<main>
<article><a href="2026/03/04/council-signs-care-deal"><img src="x.jpg"></a><h2><a href="2026/03/04/council-signs-care-deal">Council signs care deal</a></h2>
<time datetime="2026-03-04T09:30:00Z">today</time><a href="2026/03/04/council-signs-care-deal#comments">12 comments</a></article>
<article><h3><a href="/story.php?id=123456">Bin lorries: firm loses its contract after strike</a></h3><p>By <a href="/author/mary-byline-at-the-paper">Mary Byline</a></p></article>
<ul><li><a href="/business/firm-that-ran-school-meals-goes-into-administration">Firm that ran school meals goes into administration owing millions</a></li></ul>
<a href="/tag/outsourcing-in-the-north-of-england">All our stories on outsourcing in the north of England</a>
<a href="https://ads.other.test/win-a-new-kitchen-worth-thousands-today">Win a new kitchen worth thousands of pounds today only</a>
<a href="/news/">Back to the front page of our local news section</a>
<a href="/images/the-council-chamber-in-march.jpg">The council chamber in March, seen from the gallery above</a>
<a href="javascript:share()">Share this page with all of your friends today</a>
<a href="file:///etc/passwd">A file that looks like an article about passwords</a>
</main>
<aside><a href="/news/most-read-story-of-the-week-so-far">Most read story of the week so far</a></aside>
<footer><a href="/terms-and-conditions-of-use-for-readers">Terms and conditions of use for readers</a></footer></body></html>`

func listOf(t *testing.T, c SourceConfig) ([]Item, Checkpoint, error) {
	t.Helper()
	c.Name = "x"
	s, err := NewSource(c, testClient(ClientOptions{}))
	if err != nil {
		t.Fatal(err)
	}
	return s.List(context.Background(), Checkpoint{})
}

func TestListingPicksArticles(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, sectionPage) })
	const deal, bins, meals = "/news/2026/03/04/council-signs-care-deal", "/story.php", "/business/firm-that-ran-school-meals-goes-into-administration"
	for name, tc := range map[string]struct {
		c    SourceConfig
		want []string
	}{
		"by their looks":     {SourceConfig{}, []string{meals, bins, deal}},
		"where it is told":   {SourceConfig{Selector: "article h2, article h3"}, []string{bins, deal}},
		"by a pattern":       {SourceConfig{Include: []string{`/business/`}}, []string{meals}},
		"but not excluded":   {SourceConfig{Exclude: []string{`\.php`}}, []string{meals, deal}},
		"anchors themselves": {SourceConfig{Selector: "ul li a"}, []string{meals, "/news/council-and-county-hall-coverage-pages"}},
	} {
		tc.c.Kind, tc.c.URL = "listing", srv.URL+"/news/"
		items, _, err := listOf(t, tc.c)
		if diff := cmp.Diff(tc.want, paths(items)); diff != "" || err != nil {
			t.Errorf("%s: %s%v", name, diff, err)
		}
		for _, it := range items {
			if strings.HasSuffix(it.URL, deal) && (it.Title != "Council signs care deal" || tc.c.Selector == "" && it.Published.Day() != "2026-03-04") {
				t.Errorf("%s: %+v", name, it)
			}
		}
	}
}

func TestListingThatFindsNothingSaysSo(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "<p>We are closed for maintenance.</p>")
	})
	if _, _, err := listOf(t, SourceConfig{Kind: "listing", URL: srv.URL}); err == nil || !strings.Contains(err.Error(), "selector") {
		t.Errorf("error %v", err)
	}
}

func TestListingBoundsItsLinks(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		for i := range 100000 {
			fmt.Fprintf(w, "<h2><a href='/2026/03/04/a-story-with-number-%d'>A story about the council</a></h2>", i)
		}
	})
	items, ck, err := listOf(t, SourceConfig{Kind: "listing", URL: srv.URL})
	if err != nil || len(items) != defaultMaxItems || len(ck.Seen) != defaultMaxItems*seenEntry {
		t.Errorf("%d items, %d bytes seen, %v", len(items), len(ck.Seen), err)
	}
}

func TestPageWatchesWhatItIsTold(t *testing.T) {
	n := 0
	text := "The list of contracts has four entries."
	srv := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		n++
		fmt.Fprintf(w, "<title>Contracts</title><script>var visit=%d</script><p>Visit %d</p><div id=list>%s</div>", n, n, text)
	})
	for _, selector := range []string{"", "#list"} {
		s, err := NewSource(SourceConfig{Name: "x", Kind: "page", URL: srv.URL, Selector: selector}, testClient(ClientOptions{}))
		if err != nil {
			t.Fatal(err)
		}
		items, ck, err := s.List(context.Background(), Checkpoint{})
		if err != nil || len(items) != 1 || items[0].Title != "Contracts" {
			t.Fatalf("%+v, %v", items, err)
		}
		if items, ck, err = s.List(context.Background(), ck); err != nil || len(items) != 0 {
			t.Errorf("selector %q: a counter counts as a change: %v", selector, err)
		}
		text += " And one more has been added."
		if items, _, err = s.List(context.Background(), ck); err != nil || len(items) != 1 {
			t.Errorf("selector %q: %d items after a change, %v", selector, len(items), err)
		}
	}
	if _, _, err := listOf(t, SourceConfig{Kind: "page", URL: srv.URL, Selector: "#gone"}); err == nil || !strings.Contains(err.Error(), "#gone") {
		t.Errorf("a selector that finds nothing: %v", err)
	}
}

func TestFolderPassesOverWhatIsNotCopy(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	for _, p := range []string{"a.txt", "sub/b.txt", ".hidden", ".git/config", "sub/.c.txt", "draft.tmp"} {
		os.MkdirAll(filepath.Dir(filepath.Join(dir, p)), 0o755)
		if err := os.WriteFile(filepath.Join(dir, p), []byte(p), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	os.WriteFile(filepath.Join(outside, "secret"), nil, 0o644)
	os.Symlink(filepath.Join(outside, "secret"), filepath.Join(dir, "link.txt"))
	os.Symlink(outside, filepath.Join(dir, "linked"))
	items, ck, err := listOf(t, SourceConfig{Kind: "folder", Path: dir, Exclude: []string{`\.tmp$`}})
	if err != nil || len(items) != 2 {
		t.Fatalf("%+v, %v", items, err)
	}
	later := time.Now().Add(time.Hour)
	os.Chtimes(filepath.Join(dir, "a.txt"), later, later)
	s, _ := NewSource(SourceConfig{Name: "x", Kind: "folder", Path: dir, Exclude: []string{`\.tmp$`}}, nil)
	if items, _, err = s.List(context.Background(), ck); err != nil || len(items) != 0 {
		t.Errorf("a file that was only touched: %+v, %v", items, err)
	}
	if _, _, err := listOf(t, SourceConfig{Kind: "folder", Path: filepath.Join(dir, "gone")}); err == nil {
		t.Error("a folder that is not there")
	}
}

func TestFileListNamesTheLineThatIsWrong(t *testing.T) {
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, "a.txt"), []byte("x"), 0o644)
	list := filepath.Join(dir, "list.txt")
	for text, want := range map[string]string{
		"\ufeff# copy\n\na.txt\nhttp://a.test/1\n": "",
		"a.txt\ngone.txt\n":                        "list.txt:2",
		"# x\nhttp://\n":                           "list.txt:2",
		".\n":                                      "not a regular file",
		strings.Repeat("a.txt\n", defaultMaxItems+1): "list.txt:1001",
	} {
		os.WriteFile(list, []byte(text), 0o644)
		items, _, err := listOf(t, SourceConfig{Kind: "file", Path: list})
		if want == "" && (err != nil || len(items) != 2) || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%.40q: %d items, %v; want %q", text, len(items), err, want)
		}
	}
}

func TestNewSourceNamesWhatIsWrong(t *testing.T) {
	good := SourceConfig{Name: "example", Kind: "feed", URL: "http://a.test/feed"}
	for want, spoil := range map[string]func(*SourceConfig){
		"name":      func(c *SourceConfig) { c.Name = "Example one" },
		"kind":      func(c *SourceConfig) { c.Kind = "rss" },
		"url":       func(c *SourceConfig) { c.URL = "" },
		"neither":   func(c *SourceConfig) { c.URL = "ftp://a.test" },
		"path":      func(c *SourceConfig) { c.Kind, c.URL = "folder", "" },
		"include 2": func(c *SourceConfig) { c.Include = []string{"a", "("} },
		"exclude 1": func(c *SourceConfig) { c.Exclude = []string{"["} },
		"max_items": func(c *SourceConfig) { c.MaxItems = maxMaxItems + 1 },
		"every":     func(c *SourceConfig) { c.Every = -1 },
		"selector":  func(c *SourceConfig) { c.Kind, c.Selector = "listing", ">>" },
	} {
		c := good
		spoil(&c)
		if _, err := NewSource(c, testClient(ClientOptions{})); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
}

func FuzzListingLinks(f *testing.F) {
	f.Add([]byte(sectionPage), "article")
	f.Add([]byte("<base href='http://other.test/'><h2><a href='x'>some words that are long</a>"), "")
	f.Fuzz(func(t *testing.T, page []byte, selector string) {
		if checkSelector(selector) != nil || len(page) > 1<<16 {
			return
		}
		s := &listing{c: SourceConfig{Selector: selector}}
		items, err := s.links(page, "http://a.test/news/")
		if err != nil {
			return
		}
		for _, it := range items {
			checkItem(t, it)
			if !sameSite(hostOf(it.URL), "a.test") {
				t.Errorf("a link of another site: %q", it.URL)
			}
		}
	})
}
