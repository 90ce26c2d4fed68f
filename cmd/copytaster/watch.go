// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/internal/control"
)

func watchCmd(g *globals) *cobra.Command {
	c := &cobra.Command{
		Use:   "watch",
		Short: "Be alerted when new copy matches a query",
	}
	c.AddCommand(watchAddCmd(g), watchListCmd(g), watchTestCmd(g), watchRemoveCmd(g))
	return c
}

func watchAddCmd(g *globals) *cobra.Command {
	var w copytaster.Watch
	c := &cobra.Command{
		Use:   "add --name NAME QUERY...",
		Short: "Save a watch: it rings for copy that comes in from now on",
		Args:  cobra.MinimumNArgs(1),
		PreRunE: func(*cobra.Command, []string) error {
			if w.Name == "" {
				return usage(errors.New("give the watch a name: --name NAME"))
			}
			return nil
		},
		RunE: g.operation(nil, func(cmd *cobra.Command, s *session, args []string, p *printer) error {
			w.Query = strings.Join(args, " ")
			// What the query finds is said before it rings: a slip shows at once.
			reply, err := s.TestWatch(cmd.Context(), control.TestRequest{Query: w.Query, Limit: 1})
			if err != nil {
				return queryError(w.Query, err)
			}
			if err := s.AddWatch(cmd.Context(), w); err != nil {
				return err
			}
			for _, n := range reply.Notices {
				p.text("", "note: "+alert.Plain(n))
			}
			p.line("watch %s added: %s", p.bold(w.Name), alert.Plain(w.Query))
			p.line("%s", alreadyThere(reply.Total))
			return nil
		}),
	}
	c.Flags().StringVar(&w.Name, "name", "", "name: a-z, 0-9 and -")
	c.Flags().StringSliceVar(&w.Channels, "channel", nil, "channels to use (default: all)")
	return c
}

// alreadyThere says that what is in the archive does not ring.
func alreadyThere(n int) string {
	switch n {
	case 0:
		return "Nothing in the archive matches it yet. New copy rings."
	case 1:
		return "1 article in the archive matches it and does not ring. New copy rings."
	}
	return fmt.Sprintf("%d articles in the archive match it and do not ring. New copy rings.", n)
}

func watchListCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the watches",
		Args:  cobra.NoArgs,
		RunE: g.operation(nil, func(cmd *cobra.Command, s *session, _ []string, p *printer) error {
			all, err := s.Watches(cmd.Context())
			if err != nil {
				return err
			}
			return g.show(p, all, func() { p.watches(all) })
		}),
	}
}

func (p *printer) watches(all []copytaster.Watch) {
	if len(all) == 0 {
		p.line("no watches; add one with: copytaster watch add --name NAME QUERY")
	}
	width := 0
	for _, w := range all {
		width = max(width, len(w.Name))
	}
	for _, w := range all {
		p.line("%s  %s%s", p.bold(fmt.Sprintf("%-*s", width, w.Name)), alert.Plain(w.Query), p.dim(watchNote(w)))
	}
}

func watchNote(w copytaster.Watch) string {
	var notes []string
	if len(w.Channels) > 0 {
		notes = append(notes, "to "+strings.Join(w.Channels, ", "))
	}
	if w.ReadOnly {
		notes = append(notes, "in the configuration file")
	}
	if w.Paused {
		notes = append(notes, "paused")
	}
	if len(notes) == 0 {
		return ""
	}
	return "  (" + strings.Join(notes, "; ") + ")"
}

func watchTestCmd(g *globals) *cobra.Command {
	var limit int
	c := &cobra.Command{
		Use:   "test NAME|QUERY...",
		Short: "Show what a watch would have rung for",
		Args:  cobra.MinimumNArgs(1),
		RunE: g.operation(nil, func(cmd *cobra.Command, s *session, args []string, p *printer) error {
			query := strings.Join(args, " ")
			all, err := s.Watches(cmd.Context())
			if err != nil {
				return err
			}
			for _, w := range all {
				if w.Name == query {
					query = w.Query
				}
			}
			reply, err := s.TestWatch(cmd.Context(), control.TestRequest{Query: query, Limit: limit})
			if err != nil {
				return queryError(query, err)
			}
			return g.printHits(p, searchOptions{sort: "fetched"}, reply)
		}),
	}
	c.Flags().IntVarP(&limit, "limit", "n", 5, "articles to show")
	return c
}

func watchRemoveCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "remove NAME",
		Short: "Delete a watch; the alerts that it sent stay",
		Args:  cobra.ExactArgs(1),
		RunE: g.operation(nil, func(cmd *cobra.Command, s *session, args []string, p *printer) error {
			if err := s.RemoveWatch(cmd.Context(), args[0]); err != nil {
				return err
			}
			p.line("watch %s removed", alert.Plain(args[0]))
			return nil
		}),
	}
}
