// SPDX-License-Identifier: Apache-2.0

// Package sqlite is the search backend for one machine: one SQLite file with
// FTS5 full-text indices over the terms of our own analyser, and with parties,
// figures and contracts as rows, so that a search finds exactly the documents
// for which the query's Match is true.
//
// One connection writes, many read. Each Put, Delete and Record is one
// transaction in write-ahead mode, synced to the disk before it returns.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"sync"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/copytaster/copytaster/index"
)

var (
	_ index.Backend = (*Index)(nil)
	_ index.Store   = (*Index)(nil)
	_ index.Ledger  = (*Index)(nil)
)

// Index is an open file. It is safe for concurrent use; a second process may
// have the same file open.
type Index struct {
	path  string
	write *writer
	read  *sql.DB

	preparers sync.Pool // of *preparer
}

// Open opens the index at path, and makes it where there is none; the folder
// must exist and be writable. It fails for a file that is not a copytaster index
// and for one written by a newer version of the program, touching neither.
func Open(ctx context.Context, path string) (*Index, error) {
	x, err := open(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("index %s: %w", path, err)
	}
	return x, nil
}

func open(ctx context.Context, path string) (*Index, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	scripts, err := migrations()
	if err != nil {
		return nil, err
	}
	if err := checkFile(path, len(scripts)); err != nil {
		return nil, err
	}
	write, err := newWriter(ctx, dsn(path, "rwc"))
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, write, scripts); err != nil {
		return nil, errors.Join(err, write.close())
	}
	read, err := sql.Open("sqlite", dsn(path, "ro"))
	if err != nil {
		return nil, errors.Join(err, write.close())
	}
	read.SetMaxOpenConns(max(4, 2*runtime.NumCPU()))
	read.SetMaxIdleConns(max(4, 2*runtime.NumCPU()))
	return &Index{path: path, write: write, read: read, preparers: sync.Pool{New: newPreparer}}, nil
}

// Close waits for what is being written and closes the file.
func (x *Index) Close() error {
	if err := errors.Join(x.read.Close(), x.write.close()); err != nil {
		return fmt.Errorf("index %s: %w", x.path, err)
	}
	return nil
}

// dsn is the driver's name for a file, with the settings of each connection.
func dsn(path, mode string) string {
	settings := url.Values{"mode": {mode}, "_pragma": {
		"busy_timeout(10000)",
		"journal_mode(wal)",
		"synchronous(full)",
		"temp_store(memory)",
		"cache_size(-16000)",           // KiB
		"journal_size_limit(64000000)", // bytes that the log keeps after a great batch
	}}
	if mode == "ro" {
		settings["_pragma"] = []string{"busy_timeout(10000)", "temp_store(memory)", "cache_size(-16000)"}
	}
	name := url.URL{Scheme: "file", Path: path, RawQuery: settings.Encode()}
	return name.String()
}
