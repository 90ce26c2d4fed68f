// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// folder lists the files in a folder and its sub-folders. Hidden ones, and what
// is reached only through a symbolic link out of the folder, are passed over.
type folder struct {
	c      SourceConfig
	filter *filter
}

func newFolder(c SourceConfig, _ *Client, f *filter) (Source, error) {
	return &folder{c: c, filter: f}, nil
}

// maxFolderFiles is how many files of a folder are looked at; a folder with
// more is an error, not a silent choice.
const maxFolderFiles = 200000

// found is a file of the folder before it is read.
type found struct {
	rel string
	mod time.Time
}

// List implements Source. Of many files the newest are looked at. The filter is
// asked about paths relative to the folder.
func (s *folder) List(ctx context.Context, ck Checkpoint) ([]Item, Checkpoint, error) {
	dir, err := filepath.Abs(s.c.Path)
	if err != nil {
		return nil, ck, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, ck, err
	}
	defer root.Close()
	all, err := s.walk(ctx, root.FS())
	if err != nil {
		return nil, ck, fmt.Errorf("folder %s: %w", dir, err)
	}
	slices.SortStableFunc(all, func(a, b found) int { return b.mod.Compare(a.mod) })
	all = all[:min(len(all), s.c.maxItems())]
	var items []Item
	for _, f := range all {
		it, err := openItem(root, f.rel, dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue // it went while we looked
		}
		if err != nil {
			return nil, ck, fmt.Errorf("folder %s: %w", dir, err)
		}
		items = append(items, it)
		if err := ctx.Err(); err != nil {
			return nil, ck, err
		}
	}
	fresh, next := ck.advance(items, s.c.maxItems())
	return fresh, next, nil
}

func openItem(root *os.Root, rel, dir string) (Item, error) {
	f, err := root.Open(filepath.FromSlash(rel))
	if err != nil {
		return Item{}, err
	}
	defer f.Close()
	return fileItem(f, filepath.Join(dir, filepath.FromSlash(rel)))
}

func (s *folder) walk(ctx context.Context, fsys fs.FS) ([]found, error) {
	var all []found
	err := fs.WalkDir(fsys, ".", func(rel string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case rel != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case !d.Type().IsRegular() || !s.filter.allows(rel):
			return nil
		case len(all) >= maxFolderFiles:
			return fmt.Errorf("more than %d files", maxFolderFiles)
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		all = append(all, found{rel: rel, mod: info.ModTime()})
		return nil
	})
	return all, err
}
