// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/index/indextest"
	"github.com/copytaster/copytaster/internal/querytest"
)

// openTest opens an index in a folder of the test's own.
func openTest(t testing.TB) *Index {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "index.db"))
}

func openAt(t testing.TB, path string) *Index {
	t.Helper()
	x, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

func putAll(t testing.TB, x *Index, docs ...*copytaster.Document) {
	t.Helper()
	if err := errors.Join(x.Put(t.Context(), docs)...); err != nil {
		t.Fatal(err)
	}
}

// article is a small document.
func article(id, title, text string) *copytaster.Document {
	d := new(copytaster.Document)
	d.ID, d.Title, d.Text, d.Fetched = id, title, text, time.Date(2014, 2, 26, 12, 0, 0, 0, time.UTC)
	return d
}

func wantTotal(t testing.TB, x *Index, query string, want int) {
	t.Helper()
	r, err := x.Search(t.Context(), copytaster.MustParseQuery(query), index.Page{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Total != want {
		t.Errorf("query %q finds %d, want %d", query, r.Total, want)
	}
}

func check(t testing.TB, x *Index) {
	t.Helper()
	if err := x.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestConformance(t *testing.T) {
	indextest.Run(t, func(t *testing.T) index.Backend {
		x := openTest(t)
		t.Cleanup(func() {
			if err := x.Check(t.Context()); err != nil && t.Context().Err() == nil {
				t.Error(err)
			}
		})
		return x
	})
}

func TestSearchAgreesWithMatch(t *testing.T) {
	x := openTest(t)
	indextest.Agree(t, x, querytest.Documents(1, 300), querytest.Queries(1, 500))
	check(t, x)
}

func TestOpen(t *testing.T) {
	t.Run("finds again what was put before", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "index.db")
		x, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		putAll(t, x, article("a", "Capita wins", ""))
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		wantTotal(t, openAt(t, path), "capita", 1)
	})
	t.Run("shares the file with another that has it open", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "index.db")
		one, two := openAt(t, path), openAt(t, path)
		putAll(t, one, article("a", "Capita wins", ""))
		putAll(t, two, article("b", "Capita loses", ""))
		wantTotal(t, one, "capita", 2)
		wantTotal(t, two, "capita", 2)
	})
	t.Run("takes a path with any characters", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "news room?x=1&mode=ro#é %41")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, "index.db")
		putAll(t, openAt(t, path), article("a", "Capita wins", ""))
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	})
	t.Run("of an empty file makes an index", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "index.db")
		writeFile(t, path, nil)
		putAll(t, openAt(t, path), article("a", "Capita wins", ""))
	})
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	writeFile(t, path("text"), []byte("Dear reader, this is a letter and not a database at all.\n"))
	writeFile(t, path("short"), []byte("SQLite"))
	writeFile(t, path("cut"), []byte("SQLite format 3\x00\x10\x00\x01\x01"))
	writeFile(t, path("garbage"), append([]byte("SQLite format 3\x00"), bytes.Repeat([]byte{0xa5}, 9000)...))
	otherProgram(t, path("other"))
	setVersion(t, path("newer"))
	for _, tt := range []struct {
		name, path string
		want       error
		says       string
	}{
		{"a file that is no database", path("text"), ErrNotIndex, "does not begin as an SQLite file"},
		{"a file too short to be one", path("short"), ErrNotIndex, "does not begin as an SQLite file"},
		{"a file that is cut off", path("cut"), ErrNotIndex, "cut off"},
		{"a file of garbage after the header", path("garbage"), ErrNotIndex, ""},
		{"another program's database", path("other"), ErrNotIndex, "another program"},
		{"the file of a newer version", path("newer"), ErrNewer, "schema 99"},
		{"a folder that is not there", path("none/index.db"), os.ErrNotExist, "must exist and be writable"},
		{"a folder in place of the file", dir, nil, "is a directory"},
		{"a file in place of the folder", path("text/index.db"), nil, "must exist and be writable"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before, _ := os.ReadFile(tt.path)
			x, err := Open(t.Context(), tt.path)
			if err == nil {
				x.Close()
				t.Fatal("it opened")
			}
			if tt.want != nil && !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), tt.path) {
				t.Errorf("got %v; want it to be %v and to say %q", err, tt.want, tt.says)
			}
			if after, _ := os.ReadFile(tt.path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
	t.Run("a folder that is read-only", func(t *testing.T) {
		locked := path("locked")
		if err := os.Mkdir(locked, 0o500); err != nil {
			t.Fatal(err)
		}
		if f, err := os.CreateTemp(locked, ""); err == nil {
			f.Close()
			t.Skip("this user may write everywhere")
		}
		if _, err := Open(t.Context(), filepath.Join(locked, "index.db")); !errors.Is(err, os.ErrPermission) || !strings.Contains(err.Error(), "writable") {
			t.Errorf("got %v", err)
		}
	})
}

func writeFile(t testing.TB, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// run executes statements on a file behind the index's back.
func run(t testing.TB, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func otherProgram(t *testing.T, path string) {
	run(t, path, "CREATE TABLE recipe (name TEXT)", "INSERT INTO recipe VALUES ('soup')")
}

func setVersion(t *testing.T, path string) {
	x, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	run(t, path, "PRAGMA journal_mode = delete", "PRAGMA user_version = 99")
}

func TestClose(t *testing.T) {
	x, err := Open(t.Context(), filepath.Join(t.TempDir(), "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := x.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}
	if errs := x.Put(t.Context(), []*copytaster.Document{article("a", "", "")}); !errors.Is(errs[0], errClosed) {
		t.Errorf("Put after Close: %v", errs[0])
	}
	if _, err := x.Search(t.Context(), copytaster.Query{}, index.Page{}); err == nil {
		t.Error("Search after Close succeeds")
	}
}
