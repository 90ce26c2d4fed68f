// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/ingest/boilerplate"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/control"
)

// operation is a verb that opens a session, does one thing and prints.
func (g *globals) operation(stages []string, do func(*cobra.Command, *session, []string, *printer) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) (err error) {
		s, err := g.open(cmd.Context(), cmd.ErrOrStderr(), stages...)
		if err != nil {
			return err
		}
		defer closing(s, &err)
		p := &printer{w: cmd.OutOrStdout(), colour: colours(cmd.OutOrStdout())}
		if err := do(cmd, s, args, p); err != nil {
			return err
		}
		return p.err
	}
}

func sourcesCmd(g *globals) *cobra.Command {
	c := &cobra.Command{
		Use:   "sources",
		Short: "List the configured sources and how they are doing",
		Args:  cobra.NoArgs,
		RunE: g.operation(nil, func(cmd *cobra.Command, s *session, _ []string, p *printer) error {
			r, err := s.Sources(cmd.Context())
			if err != nil {
				return err
			}
			if g.json {
				return json.NewEncoder(p.w).Encode(r)
			}
			if len(r.Sources) == 0 {
				p.line("no sources are configured")
			}
			for _, src := range r.Sources {
				h := src.History
				state := "not looked at yet"
				switch {
				case h.LastError != "":
					state = fmt.Sprintf("failed %d times: %s", h.Failures, h.LastError)
				case !h.LastPoll.IsZero():
					state = fmt.Sprintf("looked %s, last item %s", when(h.LastPoll), when(h.LastItem))
				}
				p.line("%-20s %-8s %s", src.Config.Name, src.Config.Kind, alert.Plain(state))
			}
			return nil
		}),
	}
	c.AddCommand(sourcesPollCmd(g), sourcesRulesCmd(g))
	return c
}

func sourcesPollCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "poll",
		Short: "Look at every source now, due or not, and wait until the line is quiet",
		Args:  cobra.NoArgs,
		RunE: g.operation(working(), func(cmd *cobra.Command, s *session, _ []string, p *printer) error {
			r, err := s.TakeIn(cmd.Context())
			if err != nil {
				return err
			}
			st, err := s.Status(cmd.Context())
			if err != nil {
				return err
			}
			p.tally(st.Tally)
			for _, name := range slices.Sorted(maps.Keys(r.Failed)) {
				p.line("failed: %s: %s", name, alert.Plain(r.Failed[name]))
			}
			if len(r.Failed) > 0 {
				return partial("%d sources failed", len(r.Failed))
			}
			return nil
		}),
	}
}

func sourcesRulesCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "rules HOST",
		Short: "Show what the stripper has learned of a host: the blocks that stand on many of its pages",
		Args:  cobra.ExactArgs(1),
		RunE: g.operation(nil, func(cmd *cobra.Command, s *session, args []string, p *printer) error {
			m, err := s.Rules(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if g.json {
				return json.NewEncoder(p.w).Encode(m)
			}
			p.line("%s: %d articles, %d blocks that stood on more than one page or may yet", args[0], m.Articles, len(m.Blocks))
			slices.SortStableFunc(m.Blocks, func(a, b boilerplate.SiteBlock) int { return b.Pages - a.Pages })
			for _, b := range m.Blocks {
				p.line("%5d pages  %s", b.Pages, alert.Plain(b.Text))
			}
			return nil
		}),
	}
}

func when(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format("2006-01-02 15:04 UTC")
}

func deadCmd(g *globals) *cobra.Command {
	c := &cobra.Command{Use: "dead", Short: "See, retry or drop what could not be processed"}
	var r control.LettersRequest
	list := &cobra.Command{
		Use:   "list",
		Short: "List the dead letters",
		Args:  cobra.NoArgs,
		RunE: g.operation(nil, func(cmd *cobra.Command, s *session, _ []string, p *printer) error {
			letters, err := s.Dead(cmd.Context(), r)
			if err != nil {
				return err
			}
			if g.json {
				return json.NewEncoder(p.w).Encode(letters)
			}
			if len(letters) == 0 {
				p.line("no dead letters")
			}
			for _, l := range letters {
				p.line("%s  %s  %-8s %s\n    %s", p.bold(l.ID), l.Time.UTC().Format(clock), l.Stage, alert.Plain(l.Header[bus.HeaderURL]), alert.Plain(l.Error))
			}
			return nil
		}),
	}
	list.Flags().StringVar(&r.Stage, "stage", "", "only this stage")
	list.Flags().Uint64Var(&r.After, "after", 0, "those after this number")
	list.Flags().IntVarP(&r.Limit, "limit", "n", 100, "how many")
	c.AddCommand(list, deadRetryCmd(g), deadDropCmd(g))
	return c
}

func deadRetryCmd(g *globals) *cobra.Command {
	var r control.LettersRequest
	c := &cobra.Command{
		Use:   "retry [ID...]",
		Short: "Send dead letters back to their stage",
		RunE: g.operation(working(), func(cmd *cobra.Command, s *session, args []string, p *printer) error {
			if r.IDs = args; len(args) == 0 && !r.All {
				return usage(errors.New("name dead letters, or give --all"))
			}
			n, err := s.RetryDead(cmd.Context(), r)
			if err != nil {
				return err
			}
			p.line("%d sent back", n.N)
			return nil
		}),
	}
	c.Flags().BoolVar(&r.All, "all", false, "all of them")
	c.Flags().StringVar(&r.Stage, "stage", "", "with --all: only this stage")
	return c
}

func deadDropCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "drop ID...",
		Short: "Forget dead letters; the ledger keeps their URLs and reasons",
		Args:  cobra.MinimumNArgs(1),
		RunE: g.operation(nil, func(cmd *cobra.Command, s *session, args []string, p *printer) error {
			n, err := s.DropDead(cmd.Context(), control.LettersRequest{IDs: args})
			if err != nil {
				return err
			}
			p.line("%d dropped", n.N)
			return nil
		}),
	}
}

func replayCmd(g *globals) *cobra.Command {
	var query string
	c := &cobra.Command{
		Use:   "replay",
		Short: "Tag articles again, with the lists and extractors of now; nothing rings",
		Args:  cobra.NoArgs,
		RunE: g.operation(working(), func(cmd *cobra.Command, s *session, _ []string, p *printer) error {
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

func removeCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "remove URL|FILE",
		Short: "Take an article down: out of the index and the streams, and never back",
		Args:  cobra.ExactArgs(1),
		RunE: g.operation(working(), func(cmd *cobra.Command, s *session, args []string, p *printer) error {
			if err := s.Remove(cmd.Context(), args[0]); err != nil {
				return err
			}
			p.line("%s removed", alert.Plain(args[0]))
			return nil
		}),
	}
}

func statusCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "Count what became of every URL, and what waits",
		Args:  cobra.NoArgs,
		RunE: g.operation(nil, func(cmd *cobra.Command, s *session, _ []string, p *printer) error {
			st, err := s.Status(cmd.Context())
			if err != nil {
				return err
			}
			if g.json {
				return json.NewEncoder(p.w).Encode(st)
			}
			p.tally(st.Tally)
			return nil
		}),
	}
}
