// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"io"

	"github.com/spf13/cobra"
)

// operation is a verb that opens a session, does one thing and prints.
func (g *globals) operation(stages []string, do func(*cobra.Command, *session, []string, *printer) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) (err error) {
		s, err := g.open(cmd.Context(), cmd.ErrOrStderr(), stages...)
		if err != nil {
			return err
		}
		defer closing(s, &err)
		p := newPrinter(cmd.OutOrStdout())
		if err := do(cmd, s, args, p); err != nil {
			return err
		}
		return p.err
	}
}

// show prints v as JSON if that was asked for, else by print.
func (g *globals) show(p *printer, v any, print func()) error {
	if g.json {
		return json.NewEncoder(p.w).Encode(v)
	}
	print()
	return p.err
}

// closing ends a session and keeps the first error.
func closing(c io.Closer, err *error) {
	if cerr := c.Close(); *err == nil {
		*err = cerr
	}
}

func replayCmd(g *globals) *cobra.Command {
	var query string
	c := &cobra.Command{
		Use:   "replay",
		Short: "Tag articles again, with the lists and extractors of now; nothing rings",
		Args:  cobra.NoArgs,
		Long: "Tags articles again, with the lists and extractors of now; nothing rings. Where bus.url and index.url are set\n" +
			"and the data folder was filled without them, the first replay takes over all that the folder has.",
		RunE: g.operation(working(), func(cmd *cobra.Command, s *session, _ []string, p *printer) error {
			if cfg, err := g.load(); err != nil {
				return err
			} else if leftBehind(cfg) && query == "" {
				return g.move(cmd.Context(), s, cfg, p.w)
			}
			n, err := s.Replay(cmd.Context(), query)
			if err != nil {
				return queryError(query, err)
			}
			p.line("%d articles tagged again", n.N)
			return nil
		}),
	}
	c.Flags().StringVarP(&query, "query", "q", "", "only what this query matches")
	return c
}
