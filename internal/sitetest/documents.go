// SPDX-License-Identifier: Apache-2.0

// Package sitetest makes the documents that the line makes of the bundled site and
// of the sample texts, for tests of packages that may not know the line.
package sitetest

import (
	"context"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/extract"
	"github.com/copytaster/copytaster/ingest"
	"github.com/copytaster/copytaster/internal/demo"
)

// Documents reads every article that the listings of the bundled site name and
// every text file in samples, a folder that may be missing. Each article comes
// once, with a time of its own at which it was fetched.
func Documents(t testing.TB, samples string) []*copytaster.Document {
	t.Helper()
	gaz, err := extract.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	client := ingest.NewClient(ingest.ClientOptions{PerHost: -1, AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	defer client.CloseIdle()
	r := reader{fetch: ingest.NewFetcher(ingest.FetcherOptions{Client: client, Now: clock()}), tag: extract.NewTagger(gaz), seen: map[string]bool{}}
	for _, link := range append(bundled(t, client), files(t, samples)...) {
		if err := r.read(t.Context(), link); err != nil {
			t.Fatal(err)
		}
	}
	if len(r.docs) < 30 {
		t.Fatalf("only %d documents", len(r.docs))
	}
	return r.docs
}

// clock rises by a minute each time it is looked at.
func clock() func() time.Time {
	now := time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC)
	return func() time.Time {
		now = now.Add(time.Minute)
		return now
	}
}

// bundled lists the site's articles and serves them until the test ends.
func bundled(t testing.TB, client *ingest.Client) (links []ingest.Link) {
	t.Helper()
	site, err := demo.NewSite()
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewUnstartedServer(site)
	site.Base = "http://" + srv.Listener.Addr().String()
	srv.Start()
	t.Cleanup(srv.Close)
	for _, s := range site.Sources() {
		c := ingest.SourceConfig{Name: s.Name, Kind: s.Kind, URL: s.URL, Country: "GB"}
		src, err := ingest.NewSource(c, client)
		if err != nil {
			t.Fatal(err)
		}
		items, _, err := src.List(t.Context(), ingest.Checkpoint{})
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range items {
			links = append(links, ingest.NewLink(c, it, time.Time{}))
		}
	}
	return links
}

func files(t testing.TB, folder string) (links []ingest.Link) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	c := ingest.SourceConfig{Name: "samples", Kind: "file"}
	for _, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			t.Fatal(err)
		}
		links = append(links, ingest.NewLink(c, ingest.Item{URL: ingest.FileURL(abs)}, time.Time{}))
	}
	return links
}

type reader struct {
	fetch *ingest.Fetcher
	tag   *extract.Tagger
	seen  map[string]bool
	docs  []*copytaster.Document
}

// read adds the document of a link. What the site has that is no article, on
// purpose, is left out.
func (r *reader) read(ctx context.Context, link ingest.Link) error {
	f, err := r.fetch.Fetch(ctx, link)
	if class := copytaster.ClassOf(err); class == copytaster.ClassSkip || class == copytaster.ClassPermanent {
		return nil
	}
	if err != nil || r.seen[f.Article.ID] {
		return err
	}
	r.seen[f.Article.ID] = true
	d := &copytaster.Document{Article: f.Article}
	r.tag.Tag(d)
	r.docs = append(r.docs, d)
	return d.Validate()
}
