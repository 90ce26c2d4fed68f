// SPDX-License-Identifier: Apache-2.0

package main

import (
	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/internal/pipeline"
)

func removeCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "remove URL|FILE",
		Short: "Take an article down: out of index, streams, alerts and archive, and never back",
		Args:  cobra.ExactArgs(1),
		RunE: g.operation(working(), func(cmd *cobra.Command, s *session, args []string, p *printer) error {
			done, err := s.Remove(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if err := g.show(p, done, func() { p.removal(args[0], &done) }); err != nil {
				return err
			}
			if done.Unread != "" {
				return partial("the archive may hold it still: %s", done.Unread)
			}
			return nil
		}),
	}
}

func (p *printer) removal(url string, r *pipeline.Removal) {
	p.line("%s removed", p.bold(alert.Plain(url)))
	for _, u := range r.URLs {
		p.line("  never back: %s", alert.Plain(u))
	}
	p.line("  streams:    %s, %s, %s", plural(r.Messages, "message", "messages"), plural(r.Alerts, "alert", "alerts"), plural(r.Letters, "dead letter", "dead letters"))
	if r.Archived {
		p.line("  archive:    %s blanked", plural(r.Records, "record", "records"))
	}
	if r.Alerts > 0 {
		p.line("  Alerts that were sent are with those who received them.")
	}
}
