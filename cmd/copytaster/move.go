// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/copytaster/copytaster/index/open"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/config"
	"github.com/copytaster/copytaster/internal/pipeline"
)

// movedName is the file in a data folder that says that its queue and its index
// were taken over by an outside server and a cluster.
const movedName = "moved"

// leftBehind reports whether a configuration with outside servers names a data
// folder that was filled without them and has not been taken over.
func leftBehind(cfg *config.Config) bool {
	if cfg.Bus.URL == "" || cfg.Index.URL == "" {
		return false
	}
	_, err := os.Stat(filepath.Join(cfg.DataDir, "index.db"))
	_, moved := os.Stat(filepath.Join(cfg.DataDir, movedName))
	return err == nil && errors.Is(moved, fs.ErrNotExist)
}

// moveIn takes over what an embedded line left in the data folder, and notes that
// it did: a second time would bring back what was removed since.
func moveIn(ctx context.Context, cfg *config.Config, log *slog.Logger, l *pipeline.Line) (n pipeline.Moved, err error) {
	queue, err := bus.Open(ctx, bus.Options{Dir: filepath.Join(cfg.DataDir, "bus"), Logger: log})
	if err != nil {
		return n, fmt.Errorf("the old queue: %w", err)
	}
	defer closing(queue, &err)
	from, err := open.Open(ctx, open.Options{Dir: cfg.DataDir})
	if err != nil {
		return n, fmt.Errorf("the old index: %w", err)
	}
	defer closing(from, &err)
	if n, err = l.MoveFrom(ctx, queue, from); err != nil {
		return n, err
	}
	note := "taken over at " + time.Now().UTC().Format(time.RFC3339) + "; the queue and the index in this folder are not read any more\n"
	return n, os.WriteFile(filepath.Join(cfg.DataDir, movedName), []byte(note), 0o644)
}

// move is replay for a house that has moved: everything that was left behind goes
// through this line.
func (g *globals) move(ctx context.Context, s *session, cfg *config.Config, w io.Writer) error {
	n, err := moveIn(ctx, cfg, logger(cfg.Log), s.held.Line)
	if err != nil {
		return err
	}
	if _, err := s.held.Calm(ctx, pipeline.Patience{Still: time.Minute}); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%d articles, %d URLs, %d alerts and %d settings taken over from %s\n", n.Articles, n.URLs, n.Alerts, n.Values, cfg.DataDir)
	return err
}
