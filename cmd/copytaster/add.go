// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/internal/control"
)

// working are the stages that bring an added input to its end; only run looks
// for new ones.
func working() []string { return []string{"fetch", "extract", "index", "alert", "notify"} }

func addCmd(g *globals) *cobra.Command {
	wait := time.Minute
	var inputs []string
	c := &cobra.Command{
		Use:   "add URL|FILE...",
		Short: "Take in single pages and files, and wait for what becomes of them",
		Args:  cobra.MinimumNArgs(1),
		PreRunE: func(_ *cobra.Command, args []string) (err error) {
			inputs, err = absolute(args)
			return err
		},
		RunE: g.operation(working(), func(cmd *cobra.Command, s *session, args []string, p *printer) error {
			added, err := s.Add(cmd.Context(), inputs)
			if err != nil {
				return err
			}
			a := &adding{s: s, added: added, print: func(i int, e *copytaster.Entry) error {
				return g.show(p, e, func() { p.entryLine(args[i], e) })
			}}
			return a.settle(cmd.Context(), wait)
		}),
	}
	c.Flags().DurationVar(&wait, "wait", wait, "stop waiting when no input has settled for so long; what has not stays on the line")
	return c
}

// adding is what becomes of inputs that were handed in.
type adding struct {
	s            *session
	added        control.AddReply
	print        func(i int, e *copytaster.Entry) error
	done, failed int
}

// settle prints what becomes of each input, in their order. It gives up when
// nothing has settled for a while: a host that is down is tried again for a day.
func (a *adding) settle(ctx context.Context, wait time.Duration) error {
	waiting, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	timer := time.AfterFunc(wait, func() { stop(errPatience) })
	defer timer.Stop()
	err := a.s.Settle(waiting, a.added, func(e *copytaster.Entry) error {
		timer.Reset(wait)
		return a.tell(e)
	})
	switch {
	case err != nil && errors.Is(context.Cause(waiting), errPatience):
		return a.leave(ctx, wait)
	case err != nil:
		return err
	case a.failed > 0:
		return partial("%d of %d inputs failed", a.failed, len(a.added.URLs))
	}
	return nil
}

var errPatience = errors.New("no input has settled for a while")

func (a *adding) tell(e *copytaster.Entry) error {
	if e.State == copytaster.StateDead || e.State == copytaster.StateGone {
		a.failed++
	}
	a.done++
	return a.print(a.done-1, e)
}

// leave prints how the inputs stand that were not waited for.
func (a *adding) leave(ctx context.Context, wait time.Duration) error {
	left := 0
	for _, u := range a.added.URLs[a.done:] {
		e := &copytaster.Entry{Outcome: copytaster.Outcome{State: copytaster.StatePending, Reason: "not settled after " + wait.String()}}
		r, err := a.s.Why(ctx, u)
		switch {
		case err == nil && r.Entry.State.Final() && !r.Entry.At.Before(a.added.Since):
			e = r.Entry
		case err == nil && r.Entry.Failing() != nil:
			e.Reason += "; " + failing(r.Entry.Failing(), time.Now())
			left++
		default:
			left++
		}
		if err := a.tell(e); err != nil {
			return err
		}
	}
	return partial("of %d inputs %d failed and %d wait on the line: run, or the next add, goes on with them", len(a.added.URLs), a.failed, left)
}

// absolute makes the paths among the inputs independent of this process's
// folder. A file that is not there is an error before anything is taken in.
func absolute(args []string) ([]string, error) {
	inputs := make([]string, len(args))
	for i, a := range args {
		inputs[i] = a
		if strings.Contains(a, "://") {
			continue
		}
		info, err := os.Stat(a)
		if err == nil && info.IsDir() {
			err = fmt.Errorf("%s is a folder; configure a source of kind folder for it", a)
		}
		if err != nil {
			return nil, usage(err)
		}
		if inputs[i], err = filepath.Abs(a); err != nil {
			return nil, usage(err)
		}
	}
	return inputs, nil
}

// entryLine says in one line what became of an input.
func (p *printer) entryLine(input string, e *copytaster.Entry) {
	detail := ""
	if e.Reason != "" && e.State != copytaster.StateIndexed {
		detail = ": " + e.Reason
	}
	p.line("%-12s %s%s", label(e.State), alert.Plain(input), alert.Plain(detail))
}

// label is a state as a person reads it.
func label(s copytaster.State) string { return strings.ReplaceAll(string(s), "_", " ") }
