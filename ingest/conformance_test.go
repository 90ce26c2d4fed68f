// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"context"
	"errors"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/copytaster/copytaster/ingest/boilerplate"
)

func TestSitemapsOfThePublicCases(t *testing.T) {
	for _, row := range conformance[struct {
		ID, File string
		Locs     []string
		Index    bool
	}](t, "sitemaps") {
		body, err := os.ReadFile(filepath.Join(conformanceDir("sitemaps"), row.File))
		if err != nil {
			t.Fatal(err)
		}
		if body, err = gunzip(body, maxSitemapBytes); err != nil {
			t.Fatal(err)
		}
		m, err := parseSitemap(body, "application/xml", &url.URL{Scheme: "http", Host: "www.example.com"})
		if err != nil {
			t.Errorf("%s: %v", row.ID, err)
			continue
		}
		var got []string
		for _, it := range m.items {
			got = append(got, it.URL)
		}
		if !slices.Equal(got, row.Locs) || (len(m.children) > 0) != row.Index {
			t.Errorf("%s: %d of %d URLs, %d children: %v", row.ID, len(got), len(row.Locs), len(m.children), got)
		}
	}
}

func TestFeedsOfThePublicCases(t *testing.T) {
	for _, suite := range []string{"feedparser", "gofeed", "feedvalidator"} {
		t.Run(suite, func(t *testing.T) {
			read, all := 0, 0
			for _, row := range conformance[struct {
				ID       string
				Input    string
				InputB64 string `json:"input_b64"`
				Headers  map[string]string
			}](t, suite) {
				all++
				items, err := parseFeed(inputOf(t, row.Input, row.InputB64), row.Headers["content-type"], "http://h.test/feed")
				if err == nil {
					read++
				}
				for _, it := range items {
					checkItem(t, it)
				}
				if err != nil && strings.Contains(row.ID, "/Valid") {
					t.Logf("%s: %v", row.ID, err)
				}
			}
			rate(t, suite+": read as a feed", read, all, 0.5)
		})
	}
}

// checkItem fails for an item that no source may return.
func checkItem(t *testing.T, it Item) {
	t.Helper()
	u, err := url.Parse(it.URL)
	if err != nil || !u.IsAbs() || u.Scheme != "http" && u.Scheme != "https" {
		t.Errorf("item with the URL %q", it.URL)
	}
	if strings.ContainsAny(it.Title, "\x00\n") || len(it.Title) > 1000 {
		t.Errorf("item with the title %q", it.Title)
	}
}

func TestDocumentsOfThePublicCases(t *testing.T) {
	good, all := 0, 0
	f := NewFetcher(FetcherOptions{})
	for _, row := range conformance[struct {
		ID, Group, File, Text string
		Contains, Lacks       []string
	}](t, "documents") {
		if row.Group != "docx" && row.Group != "pdf" && row.Group != "odt" {
			continue
		}
		body, err := os.ReadFile(filepath.Join(conformanceDir("documents"), row.File))
		if err != nil {
			t.Fatal(err)
		}
		all++
		page, err := f.read(context.Background(), sniff(body, "", ""), source{url: "http://h.test/" + row.File, body: body})
		missing := missingFrom(page, row.Contains, row.Text)
		if err == nil && len(missing) == 0 {
			good++
		} else {
			t.Logf("%s: %v; missing %.200q of %.200q", row.ID, err, missing, page.Text)
		}
	}
	rate(t, "documents read whole", good, all, 0.4)
}

// missingFrom lists what a document should hold and does not, spaces apart.
func missingFrom(page boilerplate.Result, contains []string, text string) []string {
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	have := squeeze(page.Title + page.Text)
	for _, a := range page.Asides {
		have += squeeze(a.Text)
	}
	if text != "" {
		contains = append(contains, strings.Fields(text)...)
	}
	var missing []string
	for _, c := range contains {
		if !strings.Contains(have, squeeze(c)) {
			missing = append(missing, c)
		}
	}
	return missing
}

func TestArchivesOfOtherProgramsAreRead(t *testing.T) {
	for _, row := range conformance[struct {
		ID, File string
		Records  [][3]any
		Err      *string `json:"reference_error"`
	}](t, "warc") {
		if !strings.HasSuffix(row.File, ".warc.gz") || row.Err != nil {
			continue
		}
		dir := filepath.Dir(filepath.Join(conformanceDir("warc"), row.File))
		r, err := ReadRecord(dir, filepath.Base(row.File)+"#0")
		if err != nil || r.Type != row.Records[0][0] {
			t.Errorf("%s: %+v, %v", row.ID, r, err)
		}
	}
}

var errLookup = errors.New("no network in tests")

// lookupOf answers lookups in turn.
func lookupOf(answers [][]string) func(context.Context, string, string) ([]netip.Addr, error) {
	return func(context.Context, string, string) ([]netip.Addr, error) {
		if len(answers) == 0 {
			return nil, errLookup
		}
		var out []netip.Addr
		for _, a := range answers[0] {
			out = append(out, netip.MustParseAddr(a))
		}
		if len(answers) > 1 {
			answers = answers[1:]
		}
		return out, nil
	}
}
