// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/copytaster/copytaster/ingest"
	"github.com/copytaster/copytaster/ingest/boilerplate"
	"github.com/copytaster/copytaster/internal/bus"
)

// maxSites bounds the models that are kept in memory; a host beyond it is read
// from the bus again.
const maxSites = 2000

// Sites keeps what the stripper has learned of each host, in the SITES bucket. A
// host is paced by one process, so that what this process remembers is what
// stands there, but for the moments in which a host moves; a lost lesson is
// learned again. It is safe for concurrent use.
type Sites struct {
	bus *bus.Bus
	mu  sync.Mutex
	at  map[string]site
}

// site is a model and the revision of the bucket that it stands at.
type site struct {
	model    *boilerplate.SiteModel
	revision uint64
}

// NewSites returns the models that stand on a bus.
func NewSites(b *bus.Bus) *Sites { return &Sites{bus: b, at: map[string]site{}} }

// Model returns the model of a host, nil if there is none or it cannot be read:
// a page can be stripped without.
func (s *Sites) Model(ctx context.Context, host string) *boilerplate.SiteModel {
	at, err := s.load(ctx, host)
	if err != nil {
		return nil
	}
	return at.model
}

func (s *Sites) load(ctx context.Context, host string) (site, error) {
	s.mu.Lock()
	at, ok := s.at[host]
	s.mu.Unlock()
	if ok {
		return at, nil
	}
	data, revision, err := s.bus.KV(bus.Sites).Get(ctx, host)
	switch {
	case errors.Is(err, bus.ErrNotFound):
	case err != nil:
		return at, fmt.Errorf("model of %s: %w", host, err)
	default:
		if at.model, err = boilerplate.ParseSiteModel(data); err != nil {
			at.model = nil // damaged: it is learned anew
		}
		at.revision = revision
	}
	s.keep(host, at)
	return at, nil
}

func (s *Sites) keep(host string, at site) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.at) >= maxSites {
		clear(s.at)
	}
	s.at[host] = at
}

// learn adds an article to the model of its host. Somebody who was faster wins.
func (s *Sites) learn(ctx context.Context, f *ingest.Fetched) error {
	if f.Host == "" || len(f.Result.Blocks) == 0 {
		return nil
	}
	at, err := s.load(ctx, f.Host)
	if err != nil {
		return err
	}
	next := at.model.Learn(f.Result, f.Article.ID)
	if next == at.model {
		return nil
	}
	data, err := json.Marshal(next)
	if err != nil {
		return fmt.Errorf("model of %s: %w", f.Host, err)
	}
	kv := s.bus.KV(bus.Sites)
	if at.revision == 0 {
		at.revision, err = kv.Create(ctx, f.Host, data)
	} else {
		at.revision, err = kv.Update(ctx, f.Host, data, at.revision)
	}
	if errors.Is(err, bus.ErrConflict) || errors.Is(err, bus.ErrExists) {
		s.mu.Lock()
		delete(s.at, f.Host) // read what stands there at the next page
		s.mu.Unlock()
		return nil
	}
	if err != nil {
		return fmt.Errorf("model of %s: %w", f.Host, err)
	}
	s.keep(f.Host, site{next, at.revision})
	return nil
}
