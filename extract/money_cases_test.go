// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
)

var updateMoney = flag.Bool("update-money", false, "rewrite the scoreboard of money figures")

// moneyCase is one line of testdata/money: a text in a style of copy and the
// figures in it, each written "surface|amount|currency|bound|per|over|=n": the
// amount is "lo..hi" in a range and "vague" where there is none, and =n says that
// the figure restates the n-th.
type moneyCase struct {
	Style, Text, Country, URL string
	Want                      []string
}

func moneyCases(t testing.TB) []moneyCase {
	t.Helper()
	files, err := filepath.Glob("testdata/money/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in testdata/money: %v", err)
	}
	var all []moneyCase
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(data) {
			var c moneyCase
			if err := json.Unmarshal(line, &c); err != nil {
				t.Fatalf("%s: %v in %s", name, err, line)
			}
			all = append(all, c)
		}
	}
	return all
}

// moneyLine writes a figure in the notation of the cases.
func moneyLine(m copytaster.Money) string {
	amount := "vague"
	switch {
	case m.Vague:
	case m.Bound == copytaster.BoundRange:
		amount = m.Min.String() + ".." + m.Max.String()
	case m.Min != nil:
		amount = m.Min.String()
	default:
		amount = m.Max.String()
	}
	link := ""
	if m.Converts > 0 {
		link = fmt.Sprintf("=%d", m.Converts)
	}
	f := []string{m.Surface, amount, m.Currency, string(m.Bound), string(m.Per), m.Over, link}
	return strings.TrimRight(strings.Join(f, "|"), "|")
}

func moneyLines(ms []copytaster.Money) []string {
	var lines []string
	for _, m := range ms {
		lines = append(lines, moneyLine(m))
	}
	return lines
}

// wantLine brings a case's figure into the form of moneyLine: a case may leave out
// empty fields before the link.
func wantLine(s string) string {
	f := strings.Split(s, "|")
	link := ""
	if last := f[len(f)-1]; strings.HasPrefix(last, "=") {
		link = last
		f = f[:len(f)-1]
	}
	for len(f) < 6 {
		f = append(f, "")
	}
	return strings.TrimRight(strings.Join(append(f[:6], link), "|"), "|")
}

func TestMoneyCases(t *testing.T) {
	x := NewMoney()
	for i, c := range moneyCases(t) {
		t.Run(fmt.Sprintf("%s/%d", c.Style, i+1), func(t *testing.T) {
			var want []string
			for _, w := range c.Want {
				want = append(want, wantLine(w))
			}
			got := moneyLines(x.Find(c.Text, Hint{Country: c.Country, URL: c.URL}))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%q (-want +got):\n%s", c.Text, diff)
			}
		})
	}
}
