// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

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
		RunE: g.operation(nil, func(cmd *cobra.Command, s *session, args []string, p *printer) (err error) {
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
			return g.show(p, reply, func() { p.why(&reply) })
		}),
	}
}

// clock is how a step's time is printed: UTC, to the millisecond, because steps
// follow each other closely.
const clock = "2006-01-02 15:04:05.000"

func (p *printer) why(r *control.WhyReply) {
	e := r.Entry
	p.line("%s", p.bold(alert.Plain(e.URL)))
	f := e.Failing()
	state := label(e.State)
	if e.Reason != "" && (f == nil || e.State != copytaster.StatePending) {
		state += ": " + e.Reason
	}
	p.line("  %s", alert.Plain(state))
	if f != nil {
		p.text("  ", alert.Plain(failing(f, time.Now())))
	}
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

// failing says of a try that failed when and why, and when the next is due.
func failing(f *copytaster.Outcome, now time.Time) string {
	next := "tried again " + when(f.Next)
	if f.Next.Before(now) {
		next = "due again since " + when(f.Next) + ": run, or the next add, tries it"
	}
	return fmt.Sprintf("%s failed at try %d, %s: %s; %s", f.Stage, f.Delivery, when(f.At), f.Reason, next)
}

func stepText(s copytaster.Outcome) string {
	text := label(s.State)
	switch {
	case s.Delivery > 0:
		text = "failed"
	case s.State == copytaster.StatePending && s.Reason != "":
		return s.Reason
	case s.State == copytaster.StatePending:
		return "done"
	}
	if s.Reason != "" {
		text += ": " + s.Reason
	}
	if !s.Next.IsZero() {
		text += "; again " + when(s.Next)
	}
	return text
}
