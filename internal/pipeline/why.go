// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/ingest"
	"github.com/copytaster/copytaster/internal/bus"
)

// spelling is the one form of a URL under which the ledger keeps it. What has no
// canonical form, such as a file URL, is its own.
func spelling(raw string) string {
	if strings.HasPrefix(raw, "file:") {
		return raw
	}
	if c, err := copytaster.Canonical(raw); err == nil {
		return c
	}
	return raw
}

// Why returns what the ledger knows of a URL or a file, index.ErrNotFound if
// nothing.
func (l *Line) Why(ctx context.Context, in string) (*copytaster.Entry, error) {
	if !strings.Contains(in, ":") {
		abs, err := filepath.Abs(in)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", in, err)
		}
		in = ingest.FileURL(abs)
	}
	e, err := l.Index.Lookup(ctx, spelling(in))
	if errors.Is(err, index.ErrNotFound) {
		return nil, fmt.Errorf("the ledger has never seen %s: %w", in, index.ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	return e, nil
}

// Rang names the watches that an article rang.
func (l *Line) Rang(ctx context.Context, id string) ([]string, error) {
	all, err := l.ListWatches(ctx)
	if err != nil {
		return nil, err
	}
	var rang []string
	for _, w := range all {
		_, err := l.Bus.Last(ctx, bus.AlertSubject(w.Name, id))
		switch {
		case err == nil:
			rang = append(rang, w.Name)
		case !errors.Is(err, bus.ErrNotFound):
			return rang, err
		}
	}
	return rang, nil
}

// Query parses a query and binds its names to the gazetteer. The notices are for
// the person who wrote it.
func (l *Line) Query(text string) (copytaster.Query, []string, error) {
	q, err := copytaster.ParseQuery(text)
	if err != nil {
		return q, nil, err
	}
	q, notices := q.Resolve(l.Names)
	return q, notices, nil
}
