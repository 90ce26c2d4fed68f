// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/ingest"
)

// AddedSource is the source of what a person hands in.
const AddedSource = "added"

// ErrUsage marks a request that makes no sense, whoever it comes from.
var ErrUsage = errors.New("cannot be done")

// settlePoll is how often a wait looks at the ledger.
const settlePoll = 25 * time.Millisecond

// Add puts single URLs and files on the line and returns the URL under which the
// ledger knows each. Inputs that are neither are refused before anything is
// published.
func (l *Line) Add(ctx context.Context, inputs []string) ([]string, error) {
	links := make([]listing, len(inputs))
	urls := make([]string, len(inputs))
	for i, in := range inputs {
		link, err := l.addedLink(in)
		if err != nil {
			return nil, err
		}
		links[i], urls[i] = listing{link, link.Found.Format(time.RFC3339Nano)}, link.URL
	}
	if err := l.publishLinks(ctx, links); err != nil {
		return nil, fmt.Errorf("add: %w", err)
	}
	return urls, nil
}

func (l *Line) addedLink(in string) (ingest.Link, error) {
	c := ingest.SourceConfig{Name: AddedSource, Kind: "page"}
	if !strings.Contains(in, "://") {
		abs, err := filepath.Abs(in)
		if err != nil {
			return ingest.Link{}, fmt.Errorf("%w: add %s: %w", ErrUsage, in, err)
		}
		in = ingest.FileURL(abs)
	}
	u, err := url.Parse(in)
	switch {
	case err != nil:
		return ingest.Link{}, fmt.Errorf("%w: add %s: %w", ErrUsage, in, err)
	case u.Scheme == "file":
		c.Kind = "file"
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return ingest.Link{}, fmt.Errorf("%w: add %s: neither a file nor an http(s) URL", ErrUsage, in)
	}
	return ingest.NewLink(c, ingest.Item{URL: spelling(in)}, l.Now()), nil
}

// Final waits until a URL has reached a final state since a time.
func (l *Line) Final(ctx context.Context, u string, since time.Time) (*copytaster.Entry, error) {
	for {
		e, err := l.Index.Lookup(ctx, u)
		switch {
		case err == nil && e.State.Final() && !e.At.Before(since):
			return e, nil
		case err != nil && !errors.Is(err, index.ErrNotFound):
			return nil, fmt.Errorf("ledger: %w", err)
		}
		if err := sleep(ctx, settlePoll); err != nil {
			return e, fmt.Errorf("%s has not settled: %w", u, err)
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
