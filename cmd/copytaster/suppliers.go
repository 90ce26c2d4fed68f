// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/extract"
	"github.com/copytaster/copytaster/internal/config"
	"github.com/copytaster/copytaster/internal/control"
)

func suppliersCmd(g *globals) *cobra.Command {
	c := &cobra.Command{
		Use:   "suppliers",
		Short: "See, check, extend and try the lists of suppliers and buyers",
		Long: `The lists are the one that comes with the program, the files of suppliers: in the configuration, and the
names that were accepted by hand. docs/SUPPLIERS.md describes the columns of a file.`,
	}
	c.AddCommand(suppliersListCmd(g), suppliersShowCmd(g), suppliersLintCmd(), suppliersTestCmd(g), suppliersImportCmd(),
		suppliersDecideCmd(g, "accept", copytaster.VerdictAccepted, "Put a discovered name on the newsroom's own list"),
		suppliersDecideCmd(g, "reject", copytaster.VerdictRejected, "Never tag a discovered name again"),
		suppliersDecideCmd(g, "forget", copytaster.VerdictOpen, "Take a decision on a name back"))
	return group(c)
}

// listed is an entry and the list that has it.
type listed struct {
	extract.Entry
	From string
}

// allEntries are the entries of every list, each once: a later list replaces an
// entry of an earlier one.
func (g *globals) allEntries(ctx context.Context) ([]listed, error) {
	cfg, err := g.load()
	if err != nil {
		return nil, err
	}
	lists, err := entries(cfg)
	if err != nil {
		return nil, err
	}
	decided, err := decisions(ctx, g, cfg)
	if err != nil {
		return nil, err
	}
	own := acceptedEntries(decided)
	var all []listed
	at := map[string]int{}
	for n, list := range append(lists, own) {
		from := "built in"
		switch {
		case n == len(lists):
			from = "accepted"
		case n > 0:
			from = cfg.Suppliers[n-1]
		}
		for _, e := range list {
			i, ok := at[e.ID]
			if !ok {
				i = len(all)
				at[e.ID] = i
				all = append(all, listed{})
			}
			all[i] = listed{e, from}
		}
	}
	return all, nil
}

func acceptedEntries(decided []copytaster.Decision) []extract.Entry {
	var own []extract.Entry
	for _, d := range decided {
		if d.Verdict == copytaster.VerdictAccepted {
			own = append(own, extract.Entry{ID: d.ID, Name: d.Name, Kind: extract.KindSupplier})
		}
	}
	return own
}

// decisions asks the line for what was decided. A data folder without a bus has
// no decisions, and is not made for the question.
func decisions(ctx context.Context, g *globals, cfg *config.Config) (all []copytaster.Decision, err error) {
	if _, err := os.Stat(filepath.Join(cfg.DataDir, "bus")); cfg.Bus.URL == "" && errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	s, err := g.open(ctx, os.Stderr)
	if err != nil {
		return nil, err
	}
	defer closing(s, &err)
	return s.Decisions(ctx)
}

func suppliersListCmd(g *globals) *cobra.Command {
	var kind string
	c := &cobra.Command{
		Use:   "list [TEXT]",
		Short: "List the entries whose id or names contain a text",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := g.allEntries(cmd.Context())
			if err != nil {
				return err
			}
			want := copytaster.FoldName(strings.Join(args, " "))
			all = slices.DeleteFunc(all, func(e listed) bool {
				return kind != "" && kindOf(&e.Entry) != extract.Kind(kind) || !named(&e.Entry, want)
			})
			p := newPrinter(cmd.OutOrStdout())
			return g.show(p, all, func() {
				for _, e := range all {
					p.line("%-32s %-9s %s  (%s)", e.ID, kindOf(&e.Entry), alert.Plain(e.Name), e.From)
				}
				p.line("%s", plural(len(all), "entry", "entries"))
			})
		},
	}
	c.Flags().StringVar(&kind, "kind", "", "supplier, buyer, both, watchdog or other")
	return c
}

func kindOf(e *extract.Entry) extract.Kind {
	if e.Kind == "" {
		return extract.KindSupplier
	}
	return e.Kind
}

// named reports whether an id or a name of an entry contains a folded text.
func named(e *extract.Entry, folded string) bool {
	for _, n := range slices.Concat([]string{e.ID, e.Name}, e.Legal, e.Aliases, e.Abbreviations) {
		if strings.Contains(copytaster.FoldName(n), folded) {
			return true
		}
	}
	return false
}

func suppliersShowCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "show ID|NAME",
		Short: "Show all that the lists know of an organisation",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := g.allEntries(cmd.Context())
			if err != nil {
				return err
			}
			want := copytaster.FoldName(args[0])
			found := slices.DeleteFunc(slices.Clone(all), func(e listed) bool {
				return e.ID != args[0] && !slices.ContainsFunc(slices.Concat([]string{e.Name}, e.Legal, e.Aliases, e.Abbreviations),
					func(n string) bool { return copytaster.FoldName(n) == want })
			})
			if len(found) == 0 {
				return fmt.Errorf("no list has %q; copytaster suppliers list TEXT looks for parts of names", args[0])
			}
			p := newPrinter(cmd.OutOrStdout())
			return g.show(p, found, func() {
				for i := range found {
					p.entry(&found[i])
				}
			})
		},
	}
}

func (p *printer) entry(e *listed) {
	p.line("%s  %s  (%s, %s)", p.bold(e.ID), alert.Plain(e.Name), kindOf(&e.Entry), e.From)
	for _, f := range []struct {
		name   string
		values []string
	}{{"legal", e.Legal}, {"aliases", e.Aliases}, {"abbreviations", e.Abbreviations}, {"identifiers", e.IDs}, {"parent", []string{e.Parent}},
		{"successor", []string{e.Successor}}, {"country", []string{e.Country}}, {"sector", []string{e.Sector}}, {"notes", []string{e.Notes}}, {"needs context", e.Context},
		{"never alerts", e.Quiet}, {"any case", e.AnyCase}, {"not in", e.Exclude}} {
		if text := strings.Join(f.values, "; "); text != "" {
			p.line("  %-14s %s", f.name, alert.Plain(text))
		}
	}
}

func suppliersLintCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "lint FILE...",
		Short: "Look for what makes a list tag wrongly",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p := newPrinter(cmd.OutOrStdout())
			problems := 0
			for _, path := range args {
				list, err := readList(path)
				if err != nil {
					problems++
					p.line("%s", alert.Plain(err.Error()))
				}
				for _, problem := range extract.Lint(list) {
					problems++
					p.line("%s: %s", path, alert.Plain(problem.String()))
				}
				p.line("%s: %d entries", path, len(list))
			}
			if problems > 0 {
				return errors.Join(p.err, partial("%d problems", problems))
			}
			return p.err
		},
	}
}

func suppliersDecideCmd(g *globals, verb string, v copytaster.Verdict, short string) *cobra.Command {
	return &cobra.Command{
		Use:   verb + " NAME",
		Short: short,
		Args:  cobra.ExactArgs(1),
		RunE: g.operation(nil, func(cmd *cobra.Command, s *session, args []string, p *printer) error {
			d, err := s.Decide(cmd.Context(), control.DecideRequest{Name: args[0], Verdict: v})
			if err != nil {
				return err
			}
			return g.show(p, d, func() { p.decision(&d) })
		}),
	}
}

func (p *printer) decision(d *copytaster.Decision) {
	switch name := alert.Plain(d.Name); d.Verdict {
	case copytaster.VerdictAccepted:
		p.line("%s accepted as %s", name, d.ID)
	case copytaster.VerdictRejected:
		p.line("%s rejected", name)
	default:
		p.line("nothing is decided of %s any more", name)
	}
	p.line("It holds for new copy. To tag the copy of the past again: copytaster replay -q 'supplier:%q'", alert.Plain(d.Name))
}
