// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/ingest"
	"github.com/copytaster/copytaster/ingest/boilerplate"
	"github.com/copytaster/copytaster/internal/control"
	"github.com/copytaster/copytaster/internal/pipeline"
)

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
			return g.show(p, r, func() { p.sources(r.Sources) })
		}),
	}
	c.AddCommand(sourcesPollCmd(g), sourcesRulesCmd(g))
	return c
}

func (p *printer) sources(all []pipeline.SourceStatus) {
	if len(all) == 0 {
		p.line("no sources are configured")
	}
	width := 0
	for _, s := range all {
		width = max(width, len(s.Config.Name))
	}
	for _, s := range all {
		p.line("%s  %-8s %s", p.bold(fmt.Sprintf("%-*s", width, s.Config.Name)), s.Config.Kind, alert.Plain(sourceState(s.History)))
	}
}

// sourceState says how a source is doing.
func sourceState(h ingest.History) string {
	switch {
	case h.LastError != "":
		return fmt.Sprintf("failed %s: %s", plural(h.Failures, "time", "times"), h.LastError)
	case h.LastPoll.IsZero():
		return "not looked at yet"
	case h.LastItem.IsZero():
		return fmt.Sprintf("looked %s, nothing new ever", when(h.LastPoll))
	}
	return fmt.Sprintf("looked %s, last new item %s", when(h.LastPoll), when(h.LastItem))
}

func sourcesPollCmd(g *globals) *cobra.Command {
	wait := time.Minute
	c := &cobra.Command{
		Use:   "poll",
		Short: "Look at every source now, due or not, and wait until the line is quiet",
		Args:  cobra.NoArgs,
		RunE: g.operation(working(), func(cmd *cobra.Command, s *session, _ []string, p *printer) error {
			if wait <= 0 {
				return usage(errors.New("--wait takes a time above zero"))
			}
			r, err := s.TakeIn(cmd.Context(), wait)
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
			return polled(r)
		}),
	}
	c.Flags().DurationVar(&wait, "wait", wait, "stop waiting when nothing has moved for so long; what is left stays on the line")
	return c
}

// polled says what a look at the sources did not bring to an end.
func polled(r control.PollReply) error {
	var faults []string
	if n := len(r.Failed); n > 0 {
		faults = append(faults, plural(n, "source", "sources")+" failed")
	}
	if r.Left > 0 {
		faults = append(faults, plural(r.Left, "message", "messages")+" left on the line: run, or the next poll, goes on with what waits")
	}
	if len(faults) == 0 {
		return nil
	}
	return partial("%s", strings.Join(faults, "; "))
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
			return g.show(p, m, func() { p.rules(args[0], &m) })
		}),
	}
}

func (p *printer) rules(host string, m *boilerplate.SiteModel) {
	blocks := m.Repeats()
	p.line("%s: %s, %s on more than one page", alert.Plain(host), plural(m.Articles, "article", "articles"), plural(len(blocks), "block", "blocks"))
	for _, b := range blocks {
		p.line("%5d pages  %s", b.Pages, alert.Plain(b.Text))
	}
	p.line("kinds of boxes, by what stood in them")
	for _, k := range m.Boxes() {
		p.line("%5d words of articles, %5d of others  like %q", k.Body, k.Dropped, alert.Plain(k.Text))
	}
}

func when(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format("2006-01-02 15:04 UTC")
}
