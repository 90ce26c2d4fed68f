// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/control"
)

func TestWrapBreaksAtWords(t *testing.T) {
	for _, tt := range []struct {
		name, text, indent string
		columns            int
		want               string
	}{
		{"nothing is broken for a file", "one two  three", "  ", 0, "  one two  three"},
		{"what fits stays", "one two", "  ", 9, "  one two"},
		{"what does not goes on", "one two three", "  ", 9, "  one two\n  three"},
		{"a wide word stays whole", "a https://news.example/story b", "", 10, "a\nhttps://news.example/story\nb"},
		{"nothing", "", "  ", 10, ""},
		{"styles take no room", "\x1b[1mone\x1b[0m two", "", 7, "\x1b[1mone\x1b[0m two"},
		{"wide letters take two", "東京 ab", "", 6, "東京\nab"},
		{"marks take none", "cafe\u0301 ab", "", 7, "cafe\u0301 ab"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, wrap(tt.text, tt.indent, tt.columns)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWrapKeepsWordsAndWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-z£東]{0,12} {0,3}){0,30}`).Draw(t, "text")
		indent := strings.Repeat(" ", rapid.IntRange(0, 8).Draw(t, "indent"))
		columns := rapid.IntRange(minColumns, 130).Draw(t, "columns")
		got := wrap(text, indent, columns)
		if diff := cmp.Diff(strings.Fields(text), strings.Fields(got)); diff != "" {
			t.Fatalf("words (-text +wrapped):\n%s", diff)
		}
		for line := range strings.SplitSeq(got, "\n") {
			if visible(line) > columns && len(strings.Fields(line)) > 1 || got != "" && !strings.HasPrefix(line, indent) {
				t.Fatalf("the line %q of %d columns", line, columns)
			}
		}
	})
}

func TestColumnsAreThoseOfTheTerminal(t *testing.T) {
	for said, want := range map[string]int{"": 0, "80": 80, "120": 120, "7": minColumns, "0": 0, "-5": 0, "wide": 0} {
		t.Setenv("COLUMNS", said)
		if got := columns(new(bytes.Buffer)); got != want {
			t.Errorf("COLUMNS=%s: %d, want %d", said, got, want)
		}
	}
	t.Setenv("COLUMNS", "")
	f, err := os.Create(t.TempDir() + "/out")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := columns(f) + terminalColumns(f); got != 0 {
		t.Errorf("a file has %d columns", got)
	}
}

// longHit is a hit whose parts are all longer than a line.
func longHit() *control.Found {
	f := &control.Found{}
	d := new(copytaster.Document)
	d.Title = "Care records system to cost half a billion pounds, minister tells members who asked for the figure twice"
	d.URL = "https://news.example/politics/" + strings.Repeat("long-", 20) + "story"
	d.Sources, d.Kind, d.Byline = []string{"courier"}, copytaster.KindNews, []string{"Ann Bell"}
	f.Document = d
	s := "The contract with Atos, which was signed in the spring, is worth more than £500m over ten years, the minister said in a written answer."
	at := strings.Index(s, "Atos")
	f.Evidence = copytaster.Evidence{Sentence: s, Marks: []copytaster.Span{{Start: at, End: at + len("Atos")}}}
	return f
}

func TestAHitFitsTheTerminal(t *testing.T) {
	var out bytes.Buffer
	p := &printer{w: &out, width: 80}
	p.hit(1, longHit(), index.SortNewest)
	want := `
  1  Care records system to cost half a billion pounds, minister tells members
     who asked for the figure twice
     courier · undated · news · Ann Bell
     The contract with Atos, which was signed in the spring, is worth more than
     £500m over ten years, the minister said in a written answer.
     ` + longHit().Document.URL + "\n"
	if diff := cmp.Diff(want, out.String()); diff != "" || p.err != nil {
		t.Errorf("%v (-want +got):\n%s", p.err, diff)
	}
}

func TestAHitInColoursHasABoldHeadlineAndMarks(t *testing.T) {
	var out bytes.Buffer
	(&printer{w: &out, width: 120, colour: true}).hit(12, longHit(), index.SortAmount)
	for _, want := range []string{" 12  \x1b[1mCare records", "\x1b[1mAtos\x1b[0m, which", "\x1b[2mcourier"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in %q", want, out.String())
		}
	}
	for line := range strings.SplitSeq(out.String(), "\n") {
		if visible(line) > 120 && !strings.Contains(line, "https://") {
			t.Errorf("%d columns: %q", visible(line), line)
		}
	}
}

func TestColoursAreForTerminalsOnly(t *testing.T) {
	if colours(new(bytes.Buffer)) {
		t.Error("a buffer is written to in colour")
	}
}
