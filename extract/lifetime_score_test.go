// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
)

// TestDatesScoreboard compares the dates of contracts in our own passages, read
// as if published on 12 February 2025, with testdata/dates.tsv, which lists all
// that state any: what is not listed there has none. Files of which none is
// listed are not labelled.
func TestDatesScoreboard(t *testing.T) {
	raw, err := os.ReadFile("testdata/dates.tsv")
	if err != nil {
		t.Fatal(err)
	}
	want, labelled := map[string]string{}, map[string]bool{}
	for line := range strings.Lines(string(raw)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 3 {
			t.Fatalf("bad line %q", line)
		}
		want[f[0]+" "+plainID(f[1])] = f[2]
		labelled[f[0]] = true
	}
	right, wrong, missed := len(want), []string{}, []string{}
	got := datesOfPassages(t, labelled)
	for key, w := range want {
		if got[key] != w {
			right--
			missed = append(missed, fmt.Sprintf("missed  %s %s", key, w))
		}
	}
	for key, g := range got {
		if want[key] != g {
			wrong = append(wrong, fmt.Sprintf("wrong   %s %s", key, g))
		}
	}
	sort.Strings(missed)
	sort.Strings(wrong)
	board := fmt.Sprintf("dates: right %d of %d stated, wrong %d\n", right, len(want), len(wrong)) +
		strings.Join(append(missed, wrong...), "\n") + "\n"
	compareBoard(t, "testdata/scoreboard-dates.txt", board)
}

// datesOfPassages are the dates of every contract that has any, by passage and
// supplier, in files with a labelled one.
func datesOfPassages(t *testing.T, labelled map[string]bool) map[string]string {
	t.Helper()
	files, err := filepath.Glob("testdata/entities/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no passages: %v", err)
	}
	out := map[string]string{}
	for _, file := range files {
		list := passagesOf(t, file)
		if !slices.ContainsFunc(list, func(p passage) bool { return labelled[p.ID] }) {
			continue
		}
		for _, p := range list {
			d := &copytaster.Document{Article: copytaster.Article{Text: p.Text, Country: "GB", Published: stated(2025, 2, 12)}}
			shared(t).Tag(d)
			for _, c := range d.Contracts {
				if life := c.Start.Day() + ".." + c.End.Day(); life != ".." {
					out[p.ID+" "+plainID(idOf(c.Suppliers[0]))] = life
				}
			}
		}
	}
	return out
}
