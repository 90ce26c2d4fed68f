// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files")

// TestPages strips the pages in testdata/pages and compares what comes out with
// the golden beside each: metadata, then every block with its zone, "-" being
// chrome. go test -run TestPages -update writes them.
func TestPages(t *testing.T) {
	pages, err := filepath.Glob("testdata/pages/*.html")
	if err != nil || len(pages) < 40 {
		t.Fatalf("%d pages, want at least 40: %v", len(pages), err)
	}
	for _, path := range pages {
		name := strings.TrimSuffix(filepath.Base(path), ".html")
		t.Run(name, func(t *testing.T) {
			page, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			r := StripHTML(Input{HTML: page, URL: "https://courier.example/2026/" + name}, nil)
			checkResult(t, r)
			checkGolden(t, strings.TrimSuffix(path, ".html")+".golden", describeResult(r))
		})
	}
}

func TestTexts(t *testing.T) {
	texts, err := filepath.Glob("testdata/texts/*.txt")
	if err != nil || len(texts) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	for _, path := range texts {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			checkZones(t, string(text))
			r := StripText(string(text), "")
			checkResult(t, r)
			checkGolden(t, strings.TrimSuffix(path, ".txt")+".golden", describeResult(r))
		})
	}
}

func checkGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

// describeResult prints a result for people.
func describeResult(r Result) string {
	var s strings.Builder
	fmt.Fprintf(&s, "kind: %s\ntitle: %s\n", r.Kind, r.Title)
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&s, "%s: %s\n", name, value)
		}
	}
	field("byline", strings.Join(r.Byline, ", "))
	field("published", r.Published.Day())
	field("language", r.Language)
	field("section", r.Section)
	field("image", r.Image)
	if r.Paywall {
		field("paywall", "yes")
	}
	s.WriteString("\n")
	for _, b := range r.Blocks {
		zone := string(b.Zone)
		if zone == "" {
			zone = "-"
		}
		fmt.Fprintf(&s, "%-8s %s\n", zone, strings.ReplaceAll(b.Text, "\n", " / "))
	}
	for _, a := range r.Asides {
		if a.Author != "" || a.Published.Known() {
			fmt.Fprintf(&s, "%s by %s, %s: %.40s\n", a.Zone, a.Author, a.Published.Day(), a.Text)
		}
	}
	return s.String()
}
