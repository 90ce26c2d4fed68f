// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"bytes"
	"context"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrNewer is returned by Open for a file of a newer version of the program.
var ErrNewer = errors.New("the file was written by a newer version of copytaster")

// ErrNotIndex is returned by Open for a file that is not a copytaster index.
var ErrNotIndex = errors.New("not a copytaster index")

// applicationID marks our files in SQLite's header: "ctas".
const applicationID = 0x63746173

//go:embed schema/*.sql
var schemas embed.FS

// migrations returns the scripts that lead from each schema to the next. The
// file's user_version is how many of them it has had.
func migrations() ([]string, error) {
	names, err := fs.Glob(schemas, "schema/*.sql")
	if err != nil {
		return nil, err
	}
	scripts := make([]string, len(names))
	for i, name := range names {
		b, err := schemas.ReadFile(name)
		if err != nil {
			return nil, err
		}
		scripts[i] = string(b)
	}
	return scripts, nil
}

// migrate brings the file to the newest schema.
func migrate(ctx context.Context, w *writer, scripts []string) error {
	return w.transact(ctx, func() error {
		has, err := schemaOf(ctx, w)
		if err != nil {
			return err
		}
		if err := checkSchema(has, len(scripts)); err != nil {
			return err
		}
		for i, script := range scripts[has:] {
			script += fmt.Sprintf("; PRAGMA user_version = %d; PRAGMA application_id = %d", has+i+1, applicationID)
			if _, err := w.conn.ExecContext(ctx, script); err != nil {
				return fmt.Errorf("to schema %d: %w", has+i+1, err)
			}
		}
		return nil
	})
}

// schemaOf returns the schema of the file, 0 for an empty one.
func schemaOf(ctx context.Context, w *writer) (int, error) {
	var schema, application, objects int
	err := errors.Join(
		w.row(ctx, "PRAGMA user_version", nil, &schema),
		w.row(ctx, "PRAGMA application_id", nil, &application),
		w.row(ctx, "SELECT count(*) FROM sqlite_schema", nil, &objects),
	)
	if err != nil {
		return 0, err
	}
	if application != applicationID && objects > 0 {
		return 0, errOther
	}
	return schema, nil
}

// checkFile says clearly, and before SQLite touches anything, what SQLite would
// say obscurely or not at all: that the folder cannot be written to, or that the
// file is none of ours.
func checkFile(path string, schemas int) error {
	folder := filepath.Dir(path)
	probe, err := os.CreateTemp(folder, ".copytaster-*")
	if err != nil {
		return fmt.Errorf("the folder %s must exist and be writable: %w", folder, err)
	}
	if err := errors.Join(probe.Close(), os.Remove(probe.Name())); err != nil {
		return fmt.Errorf("the folder %s must be writable: %w", folder, err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, headerSize))
	if err != nil {
		return err
	}
	return checkHeader(head, schemas)
}

// headerSize is the length of the header of an SQLite file,
// https://www.sqlite.org/fileformat2.html section 1.3.
const headerSize = 100

// checkHeader accepts an empty file and the header of an index. A database of
// one page is accepted too: it is empty, or its content is still in the log.
func checkHeader(head []byte, schemas int) error {
	if len(head) == 0 {
		return nil
	}
	if !bytes.HasPrefix(head, []byte("SQLite format 3\x00")) {
		return fmt.Errorf("%w: it does not begin as an SQLite file does", ErrNotIndex)
	}
	if len(head) < headerSize {
		return fmt.Errorf("%w: its header is cut off", ErrNotIndex)
	}
	field := func(at int) int { return int(binary.BigEndian.Uint32(head[at:])) }
	pages, version, application := field(28), field(60), field(68)
	if application == applicationID {
		return checkSchema(version, schemas)
	}
	if pages > 1 {
		return errOther
	}
	return nil
}

var errOther = fmt.Errorf("%w, but another program's database", ErrNotIndex)

// checkSchema refuses a schema of the future.
func checkSchema(has, known int) error {
	if has > known {
		return fmt.Errorf("%w (schema %d; this one knows up to %d)", ErrNewer, has, known)
	}
	return nil
}
