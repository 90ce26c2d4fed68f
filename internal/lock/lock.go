// SPDX-License-Identifier: Apache-2.0

// Package lock holds a folder for one process at a time. Two embedded servers on
// one store open without an error and overwrite each other's messages, so the
// lock is the operating system's: it goes with its process, however that ends.
package lock

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// ErrHeld says that another holder has the folder.
var ErrHeld = errors.New("folder is in use")

// fileName is the file in the folder that carries the lock. It stays when the
// lock is released: removing it would let two processes lock two files.
const fileName = "lock"

// Lock is a held folder.
type Lock struct{ file *os.File }

// Acquire takes the folder for this process, making it where it is missing. It
// does not wait: a held folder gives an error that wraps ErrHeld and names the
// holder's process id. The lock is advisory and works on a local disk; it must
// not be relied on across machines.
func Acquire(dir string) (*Lock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("lock %s: %w", dir, err)
	}
	path := filepath.Join(dir, fileName)
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", dir, err)
	}
	if err := tryLock(file); err != nil {
		holder := readHolder(file)
		file.Close()
		if errors.Is(err, ErrHeld) {
			return nil, fmt.Errorf("%w: %s is held by process %s", ErrHeld, dir, holder)
		}
		return nil, fmt.Errorf("lock %s: %w", dir, err)
	}
	if err := writeHolder(file); err != nil {
		file.Close()
		return nil, fmt.Errorf("lock %s: %w", dir, err)
	}
	return &Lock{file: file}, nil
}

// Release gives the folder back. A second call does nothing.
func (l *Lock) Release() error {
	if l == nil || l.file == nil {
		return nil
	}
	file := l.file
	l.file = nil
	return errors.Join(file.Truncate(0), file.Close())
}

func writeHolder(file *os.File) error {
	if err := file.Truncate(0); err != nil {
		return err
	}
	_, err := file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

func readHolder(file *os.File) string {
	b, err := io.ReadAll(io.NewSectionReader(file, 0, 32))
	if pid := strings.TrimSpace(string(b)); err == nil && pid != "" {
		if _, err := strconv.Atoi(pid); err == nil {
			return pid
		}
	}
	return "(unknown)"
}
