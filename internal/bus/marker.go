// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"maps"
)

// marker names the streams that a store has had. A store with a damaged stream
// starts without it and without a word; the marker makes that loud.
type marker map[string]bool

const markerName = "streams.json"

// markerFile is where the marker lies, "" for nowhere. Each outside server has
// its own: moving to another one is no loss.
func markerFile(o Options) string {
	switch {
	case o.Dir == "":
		return ""
	case o.URL == "":
		return filepath.Join(o.Dir, markerName)
	}
	return filepath.Join(o.Dir, "streams-"+digest(redacted(o.URL), o.Access.User, o.Access.CredsFile)[:8]+".json")
}

func readMarker(path string) (marker, error) {
	m := marker{}
	if path == "" {
		return m, nil
	}
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	var names []string
	if err == nil {
		err = json.Unmarshal(raw, &names)
	}
	if err != nil {
		return nil, fmt.Errorf("list of known streams %s: %w", path, err)
	}
	for _, n := range names {
		m[n] = true
	}
	return m, nil
}

// writeMarker replaces the file as a whole and waits for the disk.
func writeMarker(path string, m marker) error {
	if path == "" {
		return nil
	}
	raw, err := json.Marshal(slices.Sorted(maps.Keys(m)))
	if err != nil {
		return err
	}
	if err := replaceFile(path, raw); err != nil {
		return fmt.Errorf("list of known streams: %w", err)
	}
	return nil
}

func replaceFile(path string, data []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncFolder(dir)
}
