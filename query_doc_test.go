// SPDX-License-Identifier: Apache-2.0

package copytaster_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
)

// examples returns the lines of the boxes of a kind in docs/QUERY.md.
func examples(t *testing.T, kind string, atLeast int) []string {
	t.Helper()
	page, err := os.ReadFile("docs/QUERY.md")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, box := range regexp.MustCompile("(?s)```"+kind+"\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		lines = append(lines, strings.Split(strings.TrimSpace(box[1]), "\n")...)
	}
	if len(lines) < atLeast {
		t.Fatalf("docs/QUERY.md has %d lines of %s, want %d at least", len(lines), kind, atLeast)
	}
	return lines
}

func TestQueriesOfTheDocumentAreAccepted(t *testing.T) {
	for _, line := range examples(t, "query", 25) {
		q, err := copytaster.ParseQuery(line)
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if again, err := copytaster.ParseQuery(q.String()); err != nil || !again.Equal(q) {
			t.Errorf("%s prints as %s, which does not read back: %v", line, q, err)
		}
	}
}

func TestRefusalsOfTheDocumentAreRefused(t *testing.T) {
	for _, line := range examples(t, "refused", 10) {
		if q, err := copytaster.ParseQuery(line); err == nil {
			t.Errorf("%s is accepted as %s", line, q)
		}
	}
}

// TestTablesOfTheDocument reads what stands in code at the start of each table
// row: queries, or names of fields.
func TestTablesOfTheDocument(t *testing.T) {
	page, err := os.ReadFile("docs/QUERY.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile("(?m)^\\| (`[^|]+) \\|").FindAllStringSubmatch(string(page), -1)
	if len(rows) < 20 {
		t.Fatalf("%d rows, want 20 at least", len(rows))
	}
	for _, row := range rows {
		for _, code := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
			query := code[1]
			if strings.HasSuffix(query, ":") { // the name of a field
				query += map[bool]string{true: "word", false: "*"}[query == "title:" || query == "body:"]
			}
			if strings.HasSuffix(query, "( )") {
				query = "contract:(status:awarded)"
			}
			if _, err := copytaster.ParseQuery(query); err != nil {
				t.Errorf("%s: %v", code[1], err)
			}
		}
	}
}

// TestNotesOfTheDocument holds the page to what it says of particular texts.
func TestNotesOfTheDocument(t *testing.T) {
	for _, tt := range []struct {
		query, text string
		want        bool
	}{
		{"atos", "Atos's ATOS", true},
		{"lodz", "in Łódź", true},
		{"uk", "the U.K. alone", true},
		{"500000", "500,000 people", true},
		{"£500m", "worth 500m", true},
		{"fit-for-works", "fit for work", true},
		{`"fit-for-works"`, "fit for work", false},
		{`"work assessment"~5`, "assessment one two three four five work", true},
		{`"work assessment"~5`, "assessment one two three four five six work", false},
		{`"out*"`, "outsourcing", false},
	} {
		d := &copytaster.Document{Article: copytaster.Article{Text: tt.text}}
		if got := copytaster.MustParseQuery(tt.query).Match(d); got != tt.want {
			t.Errorf("%s on %q: %t, want %t", tt.query, tt.text, got, tt.want)
		}
	}
}
