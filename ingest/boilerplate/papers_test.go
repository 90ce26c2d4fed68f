// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html/charset"

	"github.com/copytaster/copytaster"
)

// TestInventedPapers strips the pages of the invented papers in testdata/papers
// and holds the text against what their authors wrote: FILE.html is the page,
// FILE.txt the article's paragraphs.
func TestInventedPapers(t *testing.T) {
	pages, err := filepath.Glob("testdata/papers/*.html")
	if err != nil || len(pages) < 40 {
		t.Fatalf("found %d pages: %v", len(pages), err)
	}
	for _, page := range pages {
		t.Run(strings.TrimSuffix(filepath.Base(page), ".html"), func(t *testing.T) {
			r, want := stripPaper(t, page)
			if r.Kind == copytaster.KindList {
				t.Fatal("an article is taken for a list")
			}
			got := strings.Split(r.Text, "\n\n")
			missing, extra := differ(want, got)
			for _, p := range missing {
				t.Errorf("lost: %s", p)
			}
			for _, p := range extra {
				t.Errorf("not the article: %s", p)
			}
			if r.Title == "" {
				t.Error("no title")
			}
		})
	}
}

// TestSiteModelLeavesPapersAlone strips every page again with what all other pages
// of its paper have taught: each is good as it is, and must stay so.
func TestSiteModelLeavesPapersAlone(t *testing.T) {
	pages, err := filepath.Glob("testdata/papers/*.html")
	if err != nil {
		t.Fatal(err)
	}
	paperOf := func(page string) string {
		paper, _, _ := strings.Cut(filepath.Base(page), "_")
		return paper
	}
	taught := 0
	for _, page := range pages {
		var m *SiteModel
		for _, other := range pages {
			if other != page && paperOf(other) == paperOf(page) {
				m = m.Learn(StripHTML(paperInput(t, other), nil), other)
			}
		}
		if m == nil {
			continue
		}
		taught++
		alone, with := StripHTML(paperInput(t, page), nil), StripHTML(paperInput(t, page), m)
		if diff := cmp.Diff(strings.Split(alone.Text, "\n\n"), strings.Split(with.Text, "\n\n")); diff != "" {
			t.Errorf("%s:\n%s", page, diff)
		}
	}
	if taught < 40 {
		t.Errorf("%d pages have another one of their paper", taught)
	}
}

func stripPaper(t *testing.T, page string) (Result, []string) {
	t.Helper()
	text, err := os.ReadFile(strings.TrimSuffix(page, ".html") + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	return StripHTML(paperInput(t, page), nil), strings.Split(strings.TrimSpace(string(text)), "\n\n")
}

func paperInput(t *testing.T, page string) Input {
	t.Helper()
	raw, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(raw), "charset=windows-1252") {
		enc, _ := charset.Lookup("windows-1252")
		if raw, err = enc.NewDecoder().Bytes(raw); err != nil {
			t.Fatal(err)
		}
	}
	name := strings.ReplaceAll(strings.TrimSuffix(filepath.Base(page), ".html"), "_", "/")
	return Input{HTML: raw, URL: "https://papers.example/" + name}
}

// differ returns the paragraphs that only one side has. The times of a live
// blog's entries may stand or not, and headings may stand with their text.
func differ(want, got []string) (missing, extra []string) {
	whole, all := strings.Join(got, " "), strings.Join(want, " ")
	for _, p := range want {
		if !strings.Contains(whole, p) && len(p) > len("00:00") {
			missing = append(missing, p)
		}
	}
	for _, p := range got {
		if !strings.Contains(all, p) && len(p) > len("00:00") {
			extra = append(extra, p)
		}
	}
	return missing, extra
}
