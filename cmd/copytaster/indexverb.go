// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster/index/elastic"
	"github.com/copytaster/copytaster/index/open"
)

// errNoCluster is the answer where the index is a file.
var errNoCluster = errors.New("the index is a file in the data folder: status, rebuild, switch and drop are for index.url")

// indexCmd looks after the indices of a cluster. It talks to the cluster itself,
// so it works whether or not the line runs.
func indexCmd(g *globals) *cobra.Command {
	c := &cobra.Command{Use: "index", Short: "Look after the indices of an Elasticsearch cluster"}
	c.AddCommand(indexStatusCmd(g), indexRebuildCmd(g), indexSwitchCmd(g), indexDropCmd(g))
	return c
}

// managing is a verb that connects to the cluster, does one thing and prints.
func (g *globals) managing(do func(ctx context.Context, m *elastic.Manager, args []string, p *printer) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) (err error) {
		m, err := g.manager()
		if err != nil {
			return err
		}
		defer closing(m, &err)
		p := newPrinter(cmd.OutOrStdout())
		if err := do(cmd.Context(), m, args, p); err != nil {
			return err
		}
		return p.err
	}
}

func (g *globals) manager() (*elastic.Manager, error) {
	cfg, err := g.load()
	if err != nil {
		return nil, err
	}
	return manage(indexOptions(cfg))
}

func manage(o open.Options) (*elastic.Manager, error) {
	c, ok, err := o.Cluster()
	if err != nil {
		return nil, usage(err)
	}
	if !ok {
		return nil, usage(errNoCluster)
	}
	return elastic.Manage(c)
}

func indexStatusCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "List the indices: what is searched, what is written, and whether a rebuild is due",
		Args:  cobra.NoArgs,
		RunE: g.managing(func(ctx context.Context, m *elastic.Manager, _ []string, p *printer) error {
			list, err := m.Status(ctx)
			if err != nil {
				return err
			}
			return g.show(p, list, func() { p.indices(list) })
		}),
	}
}

func (p *printer) indices(list []elastic.Status) {
	if len(list) == 0 {
		p.line("no index: run makes one")
	}
	width := 0
	for _, s := range list {
		width = max(width, len(s.Index))
	}
	for _, s := range list {
		p.line("%s  %8d documents  %7.1f MB  %s", p.bold(fmt.Sprintf("%-*s", width, s.Index)), s.Documents, float64(s.Bytes)/1e6, indexState(s))
	}
}

// indexState says in words what an index is for.
func indexState(s elastic.Status) string {
	state := "out of use: index drop removes it"
	switch {
	case s.Searched && s.Written:
		state = "searched and written"
	case s.Searched:
		state = "searched, not written"
	case s.Written:
		state = "being filled: index switch puts it into use"
	}
	if s.Searched && !s.Current {
		state += "; made with an older mapping or setting: index rebuild"
	}
	return state
}

func indexRebuildCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "rebuild",
		Short: "Fill a new index, with the mapping of this version, while the old one serves",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.managing(func(ctx context.Context, m *elastic.Manager, _ []string, p *printer) error {
				name, err := m.Rebuild(ctx, showProgress(cmd.ErrOrStderr()))
				if err != nil {
					return err
				}
				return g.show(p, map[string]string{"index": name}, func() {
					p.line("%s is filled; index switch puts it into use", p.bold(name))
				})
			})(cmd, args)
		},
	}
}

// showProgress writes how far a rebuild is, a line for each tenth.
func showProgress(w io.Writer) func(done, all int) {
	tenth := 0
	return func(done, all int) {
		if now := done * 10 / max(all, 1); now > tenth {
			tenth = now
			fmt.Fprintf(w, "%d of %d documents\n", done, all)
		}
	}
}

func indexSwitchCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "switch",
		Short: "Search the index that was rebuilt, once it has all that the old one has",
		Args:  cobra.NoArgs,
		RunE: g.managing(func(ctx context.Context, m *elastic.Manager, _ []string, p *printer) error {
			from, to, err := m.Switch(ctx)
			if err != nil {
				return err
			}
			return g.show(p, map[string]string{"from": from, "to": to}, func() {
				p.line("%s is searched; %s is out of use: index drop removes it", p.bold(to), from)
			})
		}),
	}
}

func indexDropCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "drop INDEX",
		Short: "Remove an index that is not searched",
		Args:  cobra.ExactArgs(1),
		RunE: g.managing(func(ctx context.Context, m *elastic.Manager, args []string, p *printer) error {
			if err := m.Drop(ctx, args[0]); err != nil {
				return err
			}
			p.line("%s removed", args[0])
			return nil
		}),
	}
}
