// SPDX-License-Identifier: Apache-2.0

// Package open picks the search backend that the configuration asks for. It is
// apart from package index because the backends import that one.
package open

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/index/sqlite"
)

// Index is all that a backend can do.
type Index interface {
	index.Backend
	index.Store
	index.Ledger
}

// Options say which backend to open, and where.
type Options struct {
	URL string // "" for the file index.db in Dir
	Dir string // data_dir; it must exist
}

// Open opens the index. It fails for a URL of a scheme that no backend serves.
func Open(ctx context.Context, o Options) (Index, error) {
	if o.URL == "" {
		return openFile(ctx, o.Dir)
	}
	u, err := url.Parse(o.URL)
	if err != nil || u.Scheme == "" || u.Host == "" {
		return nil, errors.New("index: the URL must be absolute: https://host:port")
	}
	return nil, fmt.Errorf("index: no backend serves the scheme of %s", u.Redacted())
}

func openFile(ctx context.Context, dir string) (Index, error) {
	if dir == "" {
		return nil, errors.New("index: neither a URL nor a folder is configured")
	}
	return asIndex(sqlite.Open(ctx, filepath.Join(dir, "index.db")))
}

// asIndex keeps a nil pointer of a failed Open from becoming an Index.
func asIndex[T Index](x T, err error) (Index, error) {
	if err != nil {
		return nil, err
	}
	return x, nil
}
