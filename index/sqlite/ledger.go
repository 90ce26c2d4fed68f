// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// Record implements index.Ledger: one transaction for all outcomes.
func (x *Index) Record(ctx context.Context, outcomes []copytaster.Outcome) []error {
	errs := make([]error, len(outcomes))
	err := x.write.transact(ctx, func() error {
		for i, o := range outcomes {
			if errs[i] = index.CheckOutcome(o); errs[i] != nil {
				continue
			}
			if err := x.write.note(ctx, o); err != nil {
				return fmt.Errorf("%s: %w", o.URL, err)
			}
		}
		return nil
	})
	for i := range errs {
		if errs[i] == nil && err != nil {
			errs[i] = fmt.Errorf("index: record: %w", err)
		}
	}
	return errs
}

// note adds an outcome to its URL's entry.
func (w *writer) note(ctx context.Context, o copytaster.Outcome) error {
	var text string
	var entry *copytaster.Entry
	err := w.row(ctx, "SELECT entry FROM url WHERE url = ?", []any{o.URL}, &text)
	switch {
	case err == nil:
		if err := json.Unmarshal([]byte(text), &entry); err != nil {
			return err
		}
	case !errors.Is(err, sql.ErrNoRows):
		return err
	}
	entry = index.Note(entry, o)
	after, err := json.Marshal(entry)
	if err != nil || string(after) == text {
		return err
	}
	return w.exec(ctx, "INSERT OR REPLACE INTO url (url, state, reason, entry) VALUES (?, ?, ?, ?)", o.URL, entry.State, entry.Reason, string(after))
}

// Lookup implements index.Ledger.
func (x *Index) Lookup(ctx context.Context, url string) (*copytaster.Entry, error) {
	entries, err := query(ctx, x.read, "SELECT entry FROM url WHERE url = ?", []any{url}, scanEntry)
	if err != nil {
		return nil, fmt.Errorf("index: look up %s: %w", url, err)
	}
	if len(entries) == 0 {
		return nil, fmt.Errorf("index: URL %q: %w", url, index.ErrNotFound)
	}
	return entries[0], nil
}

// Entries implements index.Ledger.
func (x *Index) Entries(ctx context.Context, state copytaster.State, after string, limit int) ([]*copytaster.Entry, error) {
	limit, err := index.EntryLimit(limit)
	if err != nil {
		return nil, err
	}
	text, args := "SELECT entry FROM url WHERE url > ?", []any{after}
	if state != "" {
		text, args = text+" AND state = ?", append(args, state)
	}
	entries, err := query(ctx, x.read, text+" ORDER BY url LIMIT ?", append(args, limit), scanEntry)
	if err != nil {
		return nil, fmt.Errorf("index: entries: %w", err)
	}
	return entries, nil
}

func scanEntry(scan func(...any) error) (*copytaster.Entry, error) {
	var text []byte
	if err := scan(&text); err != nil {
		return nil, err
	}
	e := new(copytaster.Entry)
	return e, json.Unmarshal(text, e)
}

// Tally implements index.Ledger.
func (x *Index) Tally(ctx context.Context) ([]index.Count, error) {
	counts, err := query(ctx, x.read, "SELECT state, reason, count(*) FROM url GROUP BY state, reason ORDER BY state, reason", nil,
		func(scan func(...any) error) (c index.Count, err error) {
			err = scan(&c.State, &c.Reason, &c.N)
			return c, err
		})
	if err != nil {
		return nil, fmt.Errorf("index: tally: %w", err)
	}
	return counts, nil
}
