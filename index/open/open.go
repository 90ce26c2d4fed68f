// SPDX-License-Identifier: Apache-2.0

// Package open picks the search backend that the configuration asks for. It is
// apart from package index because the backends import that one.
package open

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/index/elastic"
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
	URL string // "" for the file index.db in Dir, http or https for Elasticsearch
	Dir string // data_dir; it must exist

	// Of Elasticsearch only. What other tools read its texts with may stand in the
	// URL's query, analyzer=english, and so may the first part of its indices'
	// names, prefix=copytaster, and a certificate's SHA-256, fingerprint=hex.
	Username string
	Password string
	APIKey   string
	CAFile   string // PEM of the authority that signed the server's certificate
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
	switch u.Scheme {
	case "http", "https":
		o, err := o.cluster(u)
		if err != nil {
			return nil, err
		}
		return asIndex(elastic.Open(ctx, o))
	}
	return nil, fmt.Errorf("index: no backend serves the scheme of %s", u.Redacted())
}

// Cluster returns how Elasticsearch is to be used, for what only a cluster can
// do; ok is false where the options name none.
func (o Options) Cluster() (c elastic.Options, ok bool, err error) {
	u, err := url.Parse(o.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return c, false, nil
	}
	c, err = o.cluster(u)
	return c, true, err
}

func (o Options) cluster(u *url.URL) (elastic.Options, error) {
	c := elastic.Options{Username: o.Username, Password: o.Password, APIKey: o.APIKey}
	for name, values := range u.Query() {
		field, ok := map[string]*string{"analyzer": &c.Analyzer, "prefix": &c.Prefix, "fingerprint": &c.Fingerprint}[name]
		if !ok || len(values) != 1 {
			return c, fmt.Errorf("index: the URL has %q in its query; there are analyzer, prefix and fingerprint, each once", name)
		}
		*field = values[0]
	}
	if o.CAFile != "" {
		var err error
		if c.CA, err = os.ReadFile(o.CAFile); err != nil {
			return c, fmt.Errorf("index: the authority's certificate: %w", err)
		}
	}
	plain := *u
	plain.RawQuery = ""
	c.URL = plain.String()
	return c, nil
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
