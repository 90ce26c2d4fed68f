// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// A takedown blanks records in their place: a record gives way to a tombstone of
// the same length, so that the references to all others hold, and files that are
// being written stay open. What is to be blanked is noted on the disk first: a
// process that dies half way leaves the note, and who opens the archive next ends
// the work.

// Redact blanks the records of responses and resources of which about is true,
// in all files of the folder, those of other processes too, and returns how many
// there were. What cannot be read is no obstacle for the rest; it is reported in
// the error, which then wraps ErrArchive.
func (a *Archive) Redact(ctx context.Context, about func(r *Record) bool) (n int, err error) {
	names, err := archiveFiles(a.dir)
	if err != nil {
		return 0, fmt.Errorf("archive: %w", err)
	}
	var damaged []error
	for _, name := range names {
		err := a.scan(name, func(m member, r *Record) error {
			if ctx.Err() != nil || !about(r) {
				return ctx.Err()
			}
			n++
			return a.blank(name, m, r)
		})
		if errors.Is(err, ErrArchive) {
			damaged = append(damaged, err)
		} else if err != nil {
			return n, err
		}
	}
	return n, errors.Join(damaged...)
}

// RedactRecord blanks the record at a reference. One that is blanked already
// stays as it is.
func (a *Archive) RedactRecord(ref string) error {
	name, offset, err := splitReference(ref)
	if err != nil {
		return err
	}
	f, err := os.OpenInRoot(a.dir, name)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrArchive, err)
	}
	defer f.Close()
	if _, err := f.Seek(offset, io.SeekStart); err != nil {
		return fmt.Errorf("%w: %w", ErrArchive, err)
	}
	in := newMemberReader(f, offset)
	m, r, err := in.next()
	if err != nil {
		return fmt.Errorf("%w %s: %w", ErrArchive, ref, err)
	}
	if r.Type == recordRedacted {
		return nil
	}
	return a.blank(filepath.Join(a.dir, name), m, r)
}

// scan reads one file, that which is being written up to its last whole record.
func (a *Archive) scan(name string, fn func(m member, r *Record) error) error {
	a.mu.Lock()
	end := int64(-1)
	if a.f != nil && filepath.Base(name) == a.name {
		end = a.offset
	}
	a.mu.Unlock()
	return scanMembers(name, end, fn)
}

// recordRedacted is the type of a tombstone.
const recordRedacted = "metadata"

// redaction is a note of what is to be blanked.
type redaction struct {
	File   string `json:"file"`
	Offset int64  `json:"offset"`
	Length int64  `json:"length"` // of the gzip member
	ID     string `json:"id"`     // WARC-Record-ID, which the tombstone keeps
	Date   string `json:"date"`   // WARC-Date, likewise
}

const redactionSuffix = ".redact"

func (a *Archive) blank(name string, m member, r *Record) error {
	n := redaction{filepath.Base(name), m.offset, m.length, r.Fields.Get("WARC-Record-ID"), r.Fields.Get("WARC-Date")}
	if _, err := n.tombstone(); err != nil {
		return fmt.Errorf("archive: %s#%d: %w", n.File, n.Offset, err)
	}
	note, err := a.note(n)
	if err == nil {
		err = a.carryOut(n, note)
	}
	if err != nil {
		return fmt.Errorf("archive: blank %s#%d: %w", n.File, n.Offset, err)
	}
	return nil
}

// note writes a redaction down and returns the note's path.
func (a *Archive) note(n redaction) (string, error) {
	data, err := json.Marshal(n)
	if err != nil {
		return "", err
	}
	path := filepath.Join(a.dir, fmt.Sprintf("%s-%d%s", n.File, n.Offset, redactionSuffix))
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o640)
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	return path, errors.Join(err, f.Sync(), f.Close(), syncDir(a.dir))
}

// carryOut puts the tombstone in its place and removes the note. It may be
// repeated, and done by two processes at once: both write the same bytes.
func (a *Archive) carryOut(n redaction, note string) error {
	stone, err := n.tombstone()
	if err != nil {
		return err
	}
	f, err := openToBlank(a.dir, n)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(stone, n.Offset)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Remove(note); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// openToBlank opens the file of a redaction for writing, and makes sure that
// nothing is written beyond what stands there.
func openToBlank(dir string, n redaction) (*os.File, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	f, err := root.OpenFile(n.File, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && (!strings.HasSuffix(n.File, warcSuffix) || n.Offset < 0 || n.Length > info.Size() || n.Offset > info.Size()-n.Length) {
		err = fmt.Errorf("the note of a redaction does not fit %s", n.File)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// finishRedactions ends what a process that died has left half done. A note that
// cannot be read was never acted on: it is on the disk before anything is blanked.
func (a *Archive) finishRedactions() error {
	notes, err := filepath.Glob(filepath.Join(a.dir, "*"+redactionSuffix))
	if err != nil {
		return err
	}
	for _, note := range notes {
		data, err := os.ReadFile(note)
		if errors.Is(err, os.ErrNotExist) {
			continue // another process was faster
		}
		if err != nil {
			return err
		}
		var n redaction
		if json.Unmarshal(data, &n) != nil {
			err = os.Remove(note)
		} else {
			err = a.carryOut(n, note)
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("redaction %s: %w", filepath.Base(note), err)
		}
	}
	return nil
}
