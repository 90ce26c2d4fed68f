// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
)

// files lists the paths and URLs that a text file names, one on each line;
// empty lines and those that begin with # are passed over. Paths are relative to
// the list's folder.
type files struct {
	c      SourceConfig
	filter *filter
}

func newFiles(c SourceConfig, _ *Client, f *filter) (Source, error) {
	return &files{c: c, filter: f}, nil
}

// maxListBytes is the size of a list of files.
const maxListBytes = 8 << 20

// List implements Source. A path that names no readable file is an error with
// the number of its line.
func (s *files) List(ctx context.Context, ck Checkpoint) ([]Item, Checkpoint, error) {
	f, err := os.Open(s.c.Path)
	if err != nil {
		return nil, ck, err
	}
	defer f.Close()
	list, err := readAll(f, maxListBytes)
	if err != nil {
		return nil, ck, fmt.Errorf("%s: %w", s.c.Path, err)
	}
	items, err := s.lines(ctx, list)
	if err != nil {
		return nil, ck, err
	}
	fresh, next := ck.advance(s.filter.items(items), s.c.maxItems())
	return fresh, next, nil
}

func (s *files) lines(ctx context.Context, list []byte) ([]Item, error) {
	var items []Item
	sc := bufio.NewScanner(bytes.NewReader(list))
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(sc.Text(), "\ufeff"))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if len(items) >= s.c.maxItems() {
			return nil, fmt.Errorf("%s:%d: more than %d lines: raise max_items or split the list", s.c.Path, n, s.c.maxItems())
		}
		it, err := NewItem(line, filepath.Dir(s.c.Path))
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", s.c.Path, n, err)
		}
		items = append(items, it)
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", s.c.Path, err)
	}
	return items, nil
}

// NewItem makes the item of one URL or of one file, whose path may be relative
// to dir. A file must exist; its hash is that of its bytes.
func NewItem(name, dir string) (Item, error) {
	if strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://") {
		if _, err := copytaster.Canonical(name); err != nil {
			return Item{}, err
		}
		return Item{URL: name, Hash: name}, nil
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(dir, name)
	}
	name, err := filepath.Abs(name)
	if err != nil {
		return Item{}, err
	}
	f, err := os.Open(name)
	if err != nil {
		return Item{}, err
	}
	defer f.Close()
	return fileItem(f, name)
}

// FileURL is the file URL of an absolute path.
func FileURL(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}

// fileItem reads what a listing says of an open file: its time, and the hash of
// its size and first megabyte, which tells a changed file from a touched one.
func fileItem(f fs.File, abs string) (Item, error) {
	info, err := f.Stat()
	if err != nil {
		return Item{}, err
	}
	if !info.Mode().IsRegular() {
		return Item{}, fmt.Errorf("%s is not a regular file", abs)
	}
	h := sha256.New()
	n, err := io.CopyN(h, f, 1<<20)
	if err != nil && err != io.EOF {
		return Item{}, err
	}
	it := Item{URL: FileURL(abs), Hash: fmt.Sprintf("%d-%s", info.Size(), hex.EncodeToString(h.Sum(nil)[:8]))}
	if n < info.Size() {
		it.Hash += "-" + info.ModTime().UTC().Format(time.RFC3339Nano)
	}
	it.Modified = copytaster.Date{Time: info.ModTime().UTC().Truncate(time.Second), Precision: copytaster.PrecisionTime, Origin: copytaster.OriginFile}
	return it, nil
}
