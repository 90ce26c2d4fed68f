// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/copytaster/copytaster/internal/config"
	"github.com/copytaster/copytaster/internal/control"
	"github.com/copytaster/copytaster/internal/pipeline"
)

func runCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "run [STAGE...]",
		Short: "Watch the configured sources until stopped",
		Long: `Run the line until it is stopped: all stages, or those that are named (discover fetch extract index
alert notify). The first SIGINT or SIGTERM finishes what is in flight; a second one stops at once.`,
		ValidArgs: pipeline.StageNames(),
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := g.load()
			if err != nil {
				return err
			}
			return runLine(cmd.Context(), cfg, args)
		},
	}
}

// runLine holds the data folder and runs stages, the socket and the pages until
// ctx is done.
func runLine(ctx context.Context, cfg *config.Config, stages []string) error {
	log := logger(cfg.Log)
	for _, n := range cfg.Notices {
		log.Warn(n)
	}
	// The pages' port is taken first: a port in use should cost nothing else.
	pages, err := listenPages(cfg)
	if err != nil {
		return err
	}
	h, err := hold(context.WithoutCancel(ctx), cfg, log, os.Stdout)
	if err != nil {
		return errors.Join(err, closePages(pages))
	}
	serve, err := serveSocket(socketPath(cfg.DataDir), control.Handler(h.Line))
	if err != nil {
		return errors.Join(err, closePages(pages), h.Close())
	}
	run, ctx := errgroup.WithContext(ctx)
	run.Go(func() error { return h.Run(ctx, stages...) })
	run.Go(func() error { return serve(ctx) })
	if pages != nil {
		run.Go(func() error { return servePages(ctx, pages, cfg, h.Line, log) })
		log.Info("pages", "url", "http://"+pages.Addr().String()+"/")
	}
	log.Info("running", "sources", len(cfg.Sources), "data_dir", cfg.DataDir)
	return errors.Join(run.Wait(), h.Close())
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
