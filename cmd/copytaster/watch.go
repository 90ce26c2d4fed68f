// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
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
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if w.Name == "" {
				return usage(errors.New("give the watch a name: --name NAME"))
			}
			w.Query = strings.Join(args, " ")
			s, err := g.open(cmd.Context(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer closing(s, &err)
			// What the query finds is said before it rings: a slip shows at once.
			reply, err := s.TestWatch(cmd.Context(), control.TestRequest{Query: w.Query, Limit: 1})
			if err != nil {
				return queryError(w.Query, err)
			}
			if err := s.AddWatch(cmd.Context(), w); err != nil {
				return err
			}
			p := &printer{w: cmd.OutOrStdout()}
			for _, n := range reply.Notices {
				p.line("note: %s", n)
			}
			p.line("watch %s added: %s", w.Name, w.Query)
			p.line("%d articles in the archive match; they do not ring. New copy does.", reply.Total)
			return p.err
		},
	}
	c.Flags().StringVar(&w.Name, "name", "", "name: a-z, 0-9 and -")
	c.Flags().StringSliceVar(&w.Channels, "channel", nil, "channels to use (default: all)")
	return c
}

func watchListCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the watches",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			s, err := g.open(cmd.Context(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer closing(s, &err)
			all, err := s.Watches(cmd.Context())
			if err != nil {
				return err
			}
			if g.json {
				return json.NewEncoder(cmd.OutOrStdout()).Encode(all)
			}
			p := &printer{w: cmd.OutOrStdout()}
			if len(all) == 0 {
				p.line("no watches; add one with: copytaster watch add --name NAME QUERY")
			}
			for _, w := range all {
				p.line("%-20s %s%s", w.Name, w.Query, watchNote(w))
			}
			return p.err
		},
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
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			s, err := g.open(cmd.Context(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer closing(s, &err)
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
			return g.printHits(cmd, searchOptions{sort: "fetched"}, reply)
		},
	}
	c.Flags().IntVarP(&limit, "limit", "n", 5, "articles to show")
	return c
}

func watchRemoveCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "remove NAME",
		Short: "Delete a watch; the alerts that it sent stay",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			s, err := g.open(cmd.Context(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer closing(s, &err)
			if err := s.RemoveWatch(cmd.Context(), args[0]); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "watch %s removed\n", alert.Plain(args[0]))
			return err
		},
	}
}
