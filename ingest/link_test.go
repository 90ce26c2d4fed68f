// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
)

func TestNewLinkCarriesWhatTheSourceKnows(t *testing.T) {
	found := time.Date(2026, 3, 4, 10, 0, 0, 123456789, time.FixedZone("", 3600))
	folder := SourceConfig{Name: "inbox", Kind: "folder", Path: "/in", Country: "GB", Language: "en"}
	item := Item{URL: "file:///in/a.pdf", Title: "A", Published: parseDate("2026-03-04")}
	got := NewLink(folder, item, found)
	want := Link{URL: item.URL, Source: "inbox", SourceKind: "folder", Title: "A", Published: item.Published, Country: "GB", Language: "en", Root: "/in",
		Found: time.Date(2026, 3, 4, 9, 0, 0, 123000000, time.UTC)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	b, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	var back Link
	if err := json.Unmarshal(b, &back); err != nil || !cmp.Equal(back, got) {
		t.Errorf("%s: %v", b, err)
	}
	if l := NewLink(SourceConfig{Name: "x", Kind: "feed", Path: "/in", Language: "en"}, Item{URL: "http://News.test:8080/a", Language: "cy"}, found); l.Root != "" || l.Language != "cy" || l.Host() != "news.test:8080" {
		t.Errorf("%+v", l)
	}
}

func TestReplayTakesOnlyWhatFetchWouldTake(t *testing.T) {
	f := NewFetcher(FetcherOptions{})
	page := []byte(storyPage(""))
	for name, tc := range map[string]struct {
		r    Record
		want copytaster.Class
	}{
		"a page":               {Record{Type: "response", URL: "http://a.test/x", Status: 200, Body: page}, copytaster.ClassDone},
		"a page missing":       {Record{Type: "response", URL: "http://a.test/x", Status: 404, Body: page}, copytaster.ClassSkip},
		"a request":            {Record{Type: "request", URL: "http://a.test/x"}, copytaster.ClassSkip},
		"a file":               {Record{Type: "resource", URL: "file:///a.html", Body: page}, copytaster.ClassDone},
		"an unknown coding":    {Record{Type: "response", URL: "http://a.test/x", Status: 200, Header: http.Header{"Content-Encoding": {"rot13"}}, Body: page}, copytaster.ClassPermanent},
		"a damaged gzip":       {Record{Type: "response", URL: "http://a.test/x", Status: 200, Header: http.Header{"Content-Encoding": {"gzip"}}, Body: page}, copytaster.ClassTransient},
		"a page without words": {Record{Type: "response", URL: "http://a.test/x", Status: 200, Body: []byte("<html></html>")}, copytaster.ClassSkip},
	} {
		got, err := f.Replay(context.Background(), "x.warc.gz#0", &tc.r)
		if copytaster.ClassOf(err) != tc.want || (got != nil) != (err == nil) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if got != nil && (got.Article.Archive != "x.warc.gz#0" || got.Article.URL != tc.r.URL) {
			t.Errorf("%s: %+v", name, got.Article)
		}
	}
}

func TestDecodeXMLFindsTheEncoding(t *testing.T) {
	const decl = `<?xml version="1.0" encoding="%s"?>`
	wide := func(s string) string { return strings.Join(strings.Split(s, ""), "\x00") + "\x00" }
	for name, tc := range map[string][3]string{
		"UTF-8":                     {"<a>é£</a>", "", "<a>é£</a>"},
		"byte order mark":           {"\ufeff<a>é</a>", "text/xml; charset=latin1", "<a>é</a>"},
		"UTF-16 with a mark":        {"\xff\xfe" + wide("<a>x</a>"), "", "<a>x</a>"},
		"declared":                  {strings.Replace(decl, "%s", "windows-1252", 1) + "<a>\x80</a>", "", `<?xml version="1.0"?><a>€</a>`},
		"declared wrongly as UTF-8": {strings.Replace(decl, "%s", "utf-8", 1) + "<a>\xa3</a>", "", `<?xml version="1.0"?><a>£</a>`},
		"in the header":             {"<a>\xe9</a>", "text/xml; charset=iso-8859-2", "<a>é</a>"},
		"unknown":                   {strings.Replace(decl, "%s", "klingon", 1) + "<a>\xa3</a>", "", `<?xml version="1.0"?><a>` + "\ufffd</a>"},
	} {
		if got := string(decodeXML([]byte(tc[0]), tc[1])); got != tc[2] {
			t.Errorf("%s: %q, want %q", name, got, tc[2])
		}
	}
}
