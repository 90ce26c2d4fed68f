// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/copytaster/copytaster/internal/config"
	"github.com/copytaster/copytaster/internal/control"
	"github.com/copytaster/copytaster/internal/lock"
	"github.com/copytaster/copytaster/internal/pipeline"
)

func runCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "run [STAGE...]",
		Short: "Watch the configured sources until stopped",
		Long: `Run the line until it is stopped: all stages, or those that are named (discover fetch extract index
alert notify serve). With an outside message server (bus.url) any number of processes may run the same or
different stages; without one a single process has the data folder. The pages belong to serve; a process
without it answers only /healthz, /readyz and /metrics on web.listen. The first SIGINT or SIGTERM finishes
what is in flight; a second one stops at once. SIGHUP reads the configuration again: sources, suppliers,
watches and channels change without a restart, and a configuration that is wrong is refused.`,
		ValidArgs: pipeline.StageNames(),
		Args:      cobra.OnlyValidArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := g.load()
			if err != nil {
				return err
			}
			return runLine(cmd.Context(), g.load, cfg, args)
		},
	}
}

// runLine holds the data folder and runs stages, the socket and the pages until
// ctx is done. load reads the configuration again.
func runLine(ctx context.Context, load func() (*config.Config, error), cfg *config.Config, stages []string) error {
	log := logger(cfg.Log)
	again := newReloader(load, cfg, log)
	for _, n := range cfg.Notices {
		log.Warn(n)
	}
	// The pages' port is taken first: a port in use should cost nothing else.
	pages, err := listenPages(cfg)
	if err != nil {
		return err
	}
	h, err := holdAlone(ctx, cfg, log)
	if err != nil {
		return errors.Join(err, closePages(pages))
	}
	serve, err := serveVerbs(cfg, h.Line)
	if err != nil {
		return errors.Join(err, closePages(pages), h.Close())
	}
	run, ctx := errgroup.WithContext(ctx)
	run.Go(func() error { return h.Run(ctx, stages...) })
	run.Go(func() error { return serve(ctx) })
	run.Go(func() error { return again.follow(ctx, h) })
	if pages != nil {
		handler, follow := newPages(cfg, h, log)
		if !paged(stages) {
			handler, follow = probes(handler), nil
		}
		run.Go(func() error { return servePages(ctx, pages, handler, follow) })
		log.Info("pages", "url", "http://"+pages.Addr().String()+"/", "probes_only", follow == nil)
	}
	log.Info("running", "sources", len(cfg.Sources), "data_dir", cfg.DataDir)
	return errors.Join(run.Wait(), h.Close())
}

// serveVerbs serves the other verbs of a data folder that this process holds. With
// an outside bus nobody holds it, and each verb reaches the line by itself.
func serveVerbs(cfg *config.Config, l *pipeline.Line) (func(context.Context) error, error) {
	if cfg.Bus.URL != "" {
		return func(context.Context) error { return nil }, nil
	}
	return serveSocket(socketPath(cfg.DataDir), control.Handler(l, runVerb))
}

// runVerb is what the socket says of a process that will not end by itself.
const runVerb = "run"

// holdAlone holds the data folder. It waits for a verb that will soon be done
// with it, but not for another run.
func holdAlone(ctx context.Context, cfg *config.Config, log *slog.Logger) (*holding, error) {
	for deadline := time.Now().Add(patience); ; {
		h, err := hold(context.WithoutCancel(ctx), cfg, log, os.Stdout)
		if err == nil || !errors.Is(err, lock.ErrHeld) || time.Now().After(deadline) {
			return h, err
		}
		st, serr := control.Dial(socketPath(cfg.DataDir)).Status(ctx)
		if serr == nil && st.Verb == runVerb {
			return h, fmt.Errorf("copytaster is running already: %w", err)
		}
		select {
		case <-ctx.Done():
			return h, ctx.Err()
		case <-time.After(lockPoll):
		}
	}
}

// listenPages opens the port of the pages, nil if they are switched off.
func listenPages(cfg *config.Config) (net.Listener, error) {
	if cfg.Web.Listen == "" || cfg.Web.Listen == "off" {
		return nil, nil
	}
	ln, err := net.Listen("tcp", cfg.Web.Listen)
	if err != nil {
		return nil, &exitError{exitUnreachable, fmt.Errorf("pages: %w; set web.listen to another port, or to off", err)}
	}
	return ln, nil
}

func closePages(ln net.Listener) error {
	if ln == nil {
		return nil
	}
	return ln.Close()
}
