// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"reflect"
	"syscall"

	"github.com/copytaster/copytaster/internal/config"
	"github.com/copytaster/copytaster/internal/pipeline"
)

// reloader applies the configuration anew at each SIGHUP.
type reloader struct {
	load  func() (*config.Config, error)
	start *config.Config // what the process was started with
	log   *slog.Logger
	hup   chan os.Signal
}

// newReloader catches SIGHUP from now on.
func newReloader(load func() (*config.Config, error), cfg *config.Config, log *slog.Logger) *reloader {
	r := &reloader{load: load, start: cfg, log: log, hup: make(chan os.Signal, 1)}
	signal.Notify(r.hup, syscall.SIGHUP)
	return r
}

// follow reloads until ctx is done. A configuration that is wrong is refused, and
// the old one goes on.
func (r *reloader) follow(ctx context.Context, h *holding) error {
	defer signal.Stop(r.hup)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-r.hup:
		}
		cfg, err := r.reload(ctx, h)
		if err != nil {
			r.log.Error("reload refused, the old configuration goes on", "error", err)
			continue
		}
		r.log.Info("reloaded", "sources", len(cfg.Sources), "watches", len(cfg.Watches), "channels", len(cfg.Channels), "suppliers", len(cfg.Suppliers))
	}
}

func (r *reloader) reload(ctx context.Context, h *holding) (*config.Config, error) {
	cfg, err := r.load()
	if err != nil {
		return nil, err
	}
	s := pipeline.Setup{Lists: lists(cfg), Watches: cfg.Watches}
	var problems [2]error
	s.Sources, problems[0] = newSources(cfg, h.client)
	s.Channels, problems[1] = newChannels(cfg, os.Stdout, h.meters)
	if err := errors.Join(problems[:]...); err != nil {
		return nil, err
	}
	if err := h.Reload(ctx, s); err != nil {
		return nil, err
	}
	if !sameFrame(r.start, cfg) {
		r.log.Warn("some changes need a restart: only sources, suppliers, watches and channels are reloaded")
	}
	return cfg, nil
}

// sameFrame reports whether two configurations differ in nothing that needs a
// restart.
func sameFrame(a, b *config.Config) bool {
	frame := func(c config.Config) config.Config {
		c.Sources, c.Suppliers, c.Watches, c.Channels, c.Notices = nil, nil, nil, nil, nil
		return c
	}
	return reflect.DeepEqual(frame(*a), frame(*b))
}
