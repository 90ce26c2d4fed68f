// SPDX-License-Identifier: Apache-2.0

package ingest_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/copytaster/copytaster/ingest"
	"github.com/copytaster/copytaster/ingest/sourcetest"
)

// web makes sources of a kind that lists a URL.
func web(kind string) func(*testing.T, *ingest.Client, string, string) ingest.Source {
	return func(t *testing.T, client *ingest.Client, url, _ string) ingest.Source {
		return mustSource(t, ingest.SourceConfig{Name: "example", Kind: kind, URL: url}, client)
	}
}

func mustSource(t *testing.T, c ingest.SourceConfig, client *ingest.Client) ingest.Source {
	t.Helper()
	s, err := ingest.NewSource(c, client)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func renderRSS(base string, entries []sourcetest.Entry) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>Example</title><language>en-gb</language>`)
	for _, e := range entries {
		fmt.Fprintf(&b, "<item><title>%s</title><link>%s%s</link><pubDate>%s</pubDate></item>", e.Title, base, e.Path, e.Day.Format(time.RFC1123Z))
	}
	return []byte(b.String() + "</channel></rss>")
}

func renderAtom(base string, entries []sourcetest.Entry) []byte {
	var b strings.Builder
	b.WriteString(`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Example</title>`)
	for _, e := range entries {
		fmt.Fprintf(&b, `<entry><title>%s</title><link href="%s"/><id>%s</id><updated>%s</updated></entry>`, e.Title, e.Path, e.Path, e.Day.Format(time.RFC3339))
	}
	return []byte(b.String() + "</feed>")
}

func renderJSONFeed(base string, entries []sourcetest.Entry) []byte {
	type item struct {
		ID        string    `json:"id"`
		URL       string    `json:"url"`
		Title     string    `json:"title"`
		Published time.Time `json:"date_published"`
	}
	feed := struct {
		Version string `json:"version"`
		Title   string `json:"title"`
		Items   []item `json:"items"`
	}{"https://jsonfeed.org/version/1.1", "Example", []item{}}
	for _, e := range entries {
		feed.Items = append(feed.Items, item{e.Path, base + e.Path, e.Title, e.Day})
	}
	b, _ := json.Marshal(feed)
	return b
}

func renderSitemap(base string, entries []sourcetest.Entry) []byte {
	var b strings.Builder
	b.WriteString(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">`)
	for _, e := range entries {
		fmt.Fprintf(&b, "<url><loc>%s%s</loc><news:news><news:publication><news:language>en</news:language></news:publication><news:publication_date>%s</news:publication_date><news:title>%s</news:title></news:news></url>",
			base, e.Path, e.Day.Format(time.RFC3339), e.Title)
	}
	return []byte(b.String() + "</urlset>")
}

func renderSection(_ string, entries []sourcetest.Entry) []byte {
	var b strings.Builder
	b.WriteString(`<html><body><nav><a href="/news/politics-and-government-in-the-north">Politics and government in the north</a></nav><main>`)
	for _, e := range entries {
		fmt.Fprintf(&b, `<article><h2><a href="%s">%s</a></h2></article>`, e.Path, e.Title)
	}
	return []byte(b.String() + `</main><footer><a href="/privacy-policy-and-cookies-notice">Privacy</a></footer></body></html>`)
}

func renderPage(_ string, entries []sourcetest.Entry) []byte {
	return fmt.Appendf(nil, "<html><head><title>%s</title></head><body><p>%s</p></body></html>", entries[0].Title, entries[0].Title)
}

func TestFeedConforms(t *testing.T) {
	sourcetest.Run(t, sourcetest.Harness{Source: web("feed"), Render: renderRSS})
}

func TestAtomFeedConforms(t *testing.T) {
	sourcetest.Run(t, sourcetest.Harness{Source: web("feed"), Render: renderAtom})
}

func TestJSONFeedConforms(t *testing.T) {
	sourcetest.Run(t, sourcetest.Harness{Source: web("feed"), Render: renderJSONFeed})
}

func TestSitemapConforms(t *testing.T) {
	sourcetest.Run(t, sourcetest.Harness{Source: web("sitemap"), Render: renderSitemap})
}

func TestListingConforms(t *testing.T) {
	sourcetest.Run(t, sourcetest.Harness{Source: web("listing"), Render: renderSection, Undated: true})
}

func TestPageConforms(t *testing.T) {
	sourcetest.Run(t, sourcetest.Harness{Source: web("page"), Render: renderPage, Single: true})
}

// writeFiles makes dir hold exactly the entries.
func writeFiles(t *testing.T, dir string, entries []sourcetest.Entry) []string {
	t.Helper()
	if err := os.RemoveAll(filepath.Join(dir, "copy")); err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, e := range entries {
		p := filepath.Join(dir, "copy", filepath.FromSlash(e.Path)+".txt")
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(e.Title), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(p, e.Day, e.Day); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, p)
	}
	return paths
}

func TestFolderConforms(t *testing.T) {
	sourcetest.Run(t, sourcetest.Harness{
		Source: func(t *testing.T, _ *ingest.Client, _, dir string) ingest.Source {
			return mustSource(t, ingest.SourceConfig{Name: "inbox", Kind: "folder", Path: dir}, nil)
		},
		Write: func(t *testing.T, dir string, entries []sourcetest.Entry) { writeFiles(t, dir, entries) },
	})
}

func TestFileListConforms(t *testing.T) {
	sourcetest.Run(t, sourcetest.Harness{
		Source: func(t *testing.T, _ *ingest.Client, _, dir string) ingest.Source {
			return mustSource(t, ingest.SourceConfig{Name: "list", Kind: "file", Path: filepath.Join(dir, "list.txt")}, nil)
		},
		Write: func(t *testing.T, dir string, entries []sourcetest.Entry) {
			list := "# the morning's copy\n\n" + strings.Join(writeFiles(t, dir, entries), "\n") + "\n"
			if err := os.WriteFile(filepath.Join(dir, "list.txt"), []byte(list), 0o644); err != nil {
				t.Fatal(err)
			}
		},
	})
}
