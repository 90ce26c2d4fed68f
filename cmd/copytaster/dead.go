// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/control"
)

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
			return g.show(p, letters, func() { p.letters(letters) })
		}),
	}
	list.Flags().StringVar(&r.Stage, "stage", "", "only this stage")
	list.Flags().Uint64Var(&r.After, "after", 0, "those after this number")
	list.Flags().IntVarP(&r.Limit, "limit", "n", 100, "how many")
	c.AddCommand(list, deadRetryCmd(g), deadDropCmd(g))
	return c
}

func (p *printer) letters(all []bus.Letter) {
	if len(all) == 0 {
		p.line("no dead letters")
	}
	for _, l := range all {
		subject := l.Header[bus.HeaderURL]
		if subject == "" {
			subject = l.Subject // an alert names no page
		}
		p.line("%s  %s  %-8s %s\n    %s", p.bold(l.ID), when(l.Time), l.Stage, alert.Plain(subject), alert.Plain(lessPlace(l.Error, subject)))
	}
}

// lessPlace is an error without the page that it begins with: that is said
// beside it.
func lessPlace(text, url string) string {
	text = strings.TrimPrefix(strings.TrimPrefix(text, "get "), url)
	return strings.TrimPrefix(text, ": ")
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
