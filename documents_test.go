// SPDX-License-Identifier: Apache-2.0

package copytaster_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// manuals returns the text of every document by its path.
func manuals(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	read := func(path string) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts[filepath.ToSlash(path)] = string(data)
	}
	read("README.md")
	read("CONTRIBUTING.md")
	err := filepath.WalkDir("docs", func(path string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".md") {
			read(path)
		}
		return err
	})
	if err != nil || len(texts) < 10 {
		t.Fatalf("found %d documents: %v", len(texts), err)
	}
	return texts
}

var (
	linkPattern    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	headingPattern = regexp.MustCompile(`(?m)^#+ (.+)$`)
	notInAnchor    = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// anchors are the places in a document that a link can name.
func anchors(text string) map[string]bool {
	found := map[string]bool{}
	for _, m := range headingPattern.FindAllStringSubmatch(text, -1) {
		found[strings.ReplaceAll(notInAnchor.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-")] = true
	}
	return found
}

func TestLinksOfTheDocumentsLeadSomewhere(t *testing.T) {
	texts, links := manuals(t), 0
	for path, text := range texts {
		for _, m := range linkPattern.FindAllStringSubmatch(text, -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			links++
			file, anchor, _ := strings.Cut(m[1], "#")
			target := path
			if file != "" {
				target = filepath.ToSlash(filepath.Join(filepath.Dir(path), file))
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s links to %s, which is not there", path, m[1])
				continue
			}
			if anchor != "" && !anchors(texts[target])[anchor] {
				t.Errorf("%s links to %s: %s has no such heading", path, m[1], target)
			}
		}
	}
	if links == 0 {
		t.Error("the documents have no links")
	}
}

func TestEveryDecisionIsInTheIndex(t *testing.T) {
	index := manuals(t)["docs/adr/README.md"]
	for path := range manuals(t) {
		name, ok := strings.CutPrefix(path, "docs/adr/")
		if ok && name != "README.md" && !strings.Contains(index, "("+name+")") {
			t.Errorf("docs/adr/README.md does not list %s", name)
		}
	}
}

func TestTheDesignHasTheImportRule(t *testing.T) {
	rows := map[string][]string{}
	for line := range strings.Lines(manuals(t)["docs/DESIGN.md"]) {
		cells := strings.Split(line, "|")
		if len(cells) != 5 {
			continue
		}
		if names := packages(cells[1]); len(names) == 1 {
			rows[names[0]] = packages(cells[3])
		}
	}
	for dir, rule := range allowed {
		got, ok := rows[dir]
		if !ok {
			t.Errorf("docs/DESIGN.md has no row for %s", dir)
			continue
		}
		want := slices.Sorted(slices.Values(rule))
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("docs/DESIGN.md has another rule for %s (-repo_test.go +DESIGN.md):\n%s", dir, diff)
		}
	}
}

var packagePattern = regexp.MustCompile("\\broot\\b|`[a-z/]+`")

// packages are those that a cell names, in order; the root is ".".
func packages(cell string) []string {
	names := packagePattern.FindAllString(cell, -1)
	for i, n := range names {
		if names[i] = strings.Trim(n, "`"); n == "root" {
			names[i] = "."
		}
	}
	slices.Sort(names)
	return names
}
