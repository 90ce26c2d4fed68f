// SPDX-License-Identifier: Apache-2.0

package boilerplate_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/copytaster/copytaster/ingest"
)

// sharedDir lies beside the checkout where the labelled pages are at hand.
var sharedDir = filepath.Join("..", "..", "..", "shared")

// pageGold is what a set says of a page; an empty field says nothing.
type pageGold struct {
	URL      string   `json:"url"`
	Body     *string  `json:"articleBody"`
	With     []string `json:"with"`
	Without  []string `json:"without"`
	Title    string   `json:"title"`
	Author   []string `json:"author"`
	Date     string   `json:"date"`
	Comments []string `json:"comments"`
	Type     string   `json:"type"`
}

// labelled is one page of a set.
type labelled struct {
	id   string
	data []byte // valid UTF-8
	gold pageGold
}

// labelledPages reads a set in the order of its ids.
func labelledPages(t *testing.T, set string) []labelled {
	t.Helper()
	dir := filepath.Join(sharedDir, "data", "boilerplate", set)
	var gold map[string]pageGold
	if err := json.Unmarshal(gunzipped(t, filepath.Join(dir, "ground-truth.json.gz")), &gold); err != nil {
		t.Fatal(err)
	}
	var out []labelled
	for _, id := range slices.Sorted(maps.Keys(gold)) {
		page, _ := ingest.DecodeHTML(gunzipped(t, filepath.Join(dir, "html", id+".html.gz")), "")
		out = append(out, labelled{id: id, data: page, gold: gold[id]})
	}
	return out
}

func gunzipped(t *testing.T, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// labelledSamples reads the three sample texts, whose body is labelled by line.
func labelledSamples(t *testing.T) []labelled {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(sharedDir, "eval", "seed-labels.json"))
	if err != nil {
		t.Fatal(err)
	}
	var labels map[string]struct {
		Body [][2]int `json:"body"` // first and last line, from 1
	}
	if err := json.Unmarshal(data, &labels); err != nil {
		t.Fatal(err)
	}
	var out []labelled
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		text, err := os.ReadFile(filepath.Join(sharedDir, "data", "seeds", name))
		if err != nil {
			t.Fatal(err)
		}
		lines, body := strings.Split(string(text), "\n"), ""
		for _, span := range labels[name].Body {
			body += strings.Join(lines[span[0]-1:span[1]], "\n") + "\n"
		}
		body = withoutLinkLines(body)
		out = append(out, labelled{id: name[:3], data: text, gold: pageGold{Body: &body}})
	}
	return out
}
