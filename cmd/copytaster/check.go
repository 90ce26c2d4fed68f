// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/ingest"
)

func checkCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Check the configuration, and list every source once; nothing is stored",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := g.load()
			if err != nil {
				return err
			}
			p := newPrinter(cmd.OutOrStdout())
			for _, n := range cfg.Notices {
				p.line("note: %s", n)
			}
			gaz, err := gazetteer(cfg, nil)
			if err != nil {
				return err
			}
			p.line("ok       suppliers and buyers: %d", gaz.Len())
			channels, err := newChannels(cfg, io.Discard, newMeters())
			if err != nil {
				return usage(err)
			}
			p.line("ok       channels: %d, watches: %d", len(channels), len(cfg.Watches))
			sources, err := newSources(cfg, newClient(cfg))
			if err != nil {
				return usage(err)
			}
			failed := 0
			for _, s := range sources {
				items, _, err := s.Source.List(cmd.Context(), ingest.Checkpoint{})
				if err != nil {
					failed++
					p.line("failed   source %s: %s", s.Config.Name, alert.Plain(err.Error()))
					continue
				}
				p.line("ok       source %s: %s", s.Config.Name, plural(len(items), "item", "items"))
			}
			if failed > 0 {
				return &exitError{exitPartial, fmt.Errorf("%d of %d sources failed", failed, len(sources))}
			}
			return p.err
		},
	}
}
