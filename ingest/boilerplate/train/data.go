// SPDX-License-Identifier: Apache-2.0

package main

import (
	"compress/gzip"
	"crypto/sha1"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/copytaster/copytaster/ingest"
)

// gold is what a set says of a page.
type gold struct {
	URL      string   `json:"url"`
	Body     string   `json:"articleBody"`
	With     []string `json:"with"`
	Without  []string `json:"without"`
	Comments []string `json:"comments"`
	Type     string   `json:"type"`
}

// sample is one page of a set.
type sample struct {
	set, id string
	html    []byte
	gold    gold
	fold    int
	silent  map[string]bool // blocks of which an unfinished gold says nothing
}

// load reads the sets under dir, in a fixed order.
func load(dir string, sets []string, folds, deal int) ([]*sample, error) {
	var out []*sample
	for _, set := range sets {
		var all map[string]gold
		data, err := gunzip(filepath.Join(dir, set, "ground-truth.json.gz"))
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(data, &all); err != nil {
			return nil, fmt.Errorf("gold of %s: %w", set, err)
		}
		ids := make([]string, 0, len(all))
		for id := range all {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		for _, id := range ids {
			s := &sample{set: set, id: id, gold: all[id]}
			raw, err := gunzip(filepath.Join(dir, set, "html", id+".html.gz"))
			if err != nil {
				return nil, err
			}
			s.html, _ = ingest.DecodeHTML(raw, "")
			s.fold = foldOf(s, folds, deal)
			out = append(out, s)
		}
	}
	return out, nil
}

func gunzip(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return io.ReadAll(z)
}

// foldOf puts all pages of a host into one fold, whatever set they are in. Each
// deal, 0 to 19, puts others together.
func foldOf(s *sample, folds, deal int) int {
	h := sha1.Sum([]byte(hostOf(s)))
	return int(h[deal%len(h)]) % folds
}

// hostOf names the publisher of a page, whatever set it is in.
func hostOf(s *sample) string {
	key := s.id
	if u, err := url.Parse(s.gold.URL); err == nil && u.Hostname() != "" {
		labels := strings.Split(strings.TrimPrefix(u.Hostname(), "www."), ".")
		key = labels[max(0, len(labels)-2)]
	}
	return key
}
