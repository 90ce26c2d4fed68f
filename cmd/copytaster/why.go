// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/internal/control"
)

func whyCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "why URL|FILE",
		Short: "Tell every step of one URL: who listed it, what it became, and why",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			s, err := g.open(cmd.Context(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer closing(s, &err)
			in := args[0]
			if !strings.Contains(in, ":") {
				if in, err = filepath.Abs(in); err != nil {
					return usage(err)
				}
			}
			reply, err := s.Why(cmd.Context(), in)
			if err != nil {
				return err
			}
			if g.json {
				return json.NewEncoder(cmd.OutOrStdout()).Encode(reply)
			}
			p := &printer{w: cmd.OutOrStdout(), colour: colours(cmd.OutOrStdout())}
			p.why(&reply)
			return p.err
		},
	}
}

// clock is how a step's time is printed: UTC, to the millisecond, because steps
// follow each other closely.
const clock = "2006-01-02 15:04:05.000"

func (p *printer) why(r *control.WhyReply) {
	e := r.Entry
	p.line("%s", p.bold(alert.Plain(e.URL)))
	state := label(e.State)
	if e.Reason != "" {
		state += ": " + e.Reason
	}
	p.line("  %s", alert.Plain(state))
	if r.Title != "" {
		p.line("  %s", alert.Plain(r.Title))
	}
	if len(e.Sources) > 0 {
		p.line("  listed by %s", strings.Join(e.Sources, ", "))
	}
	if e.Archive != "" {
		p.line("  archived in %s", e.Archive)
	}
	if len(r.Alerts) > 0 {
		p.line("  rang %s", strings.Join(r.Alerts, ", "))
	}
	p.line("\nsteps (UTC)")
	for _, s := range e.Steps {
		p.line("  %s  %-8s %s", s.At.UTC().Format(clock), s.Stage, alert.Plain(stepText(s)))
	}
	if len(r.Revisions) > 0 {
		p.line("\nrevisions")
	}
	for _, rev := range r.Revisions {
		p.line("  %s  %s  %s", rev.Fetched.UTC().Format(clock), alert.Plain(rev.Title), p.dim(alert.Plain(strings.Join(rev.Money, ", "))))
	}
}

func stepText(s copytaster.Outcome) string {
	text := label(s.State)
	if s.State == copytaster.StatePending {
		text = "done"
	}
	if s.Reason != "" {
		text += ": " + s.Reason
	}
	return text
}
