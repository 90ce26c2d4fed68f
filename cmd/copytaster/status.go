// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/control"
)

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
			return g.show(p, st, func() { p.status(&st) })
		}),
	}
}

// status prints what became of every URL, and then what is not as it should be.
func (p *printer) status(st *control.StatusReply) {
	if len(st.Tally) == 0 {
		p.line("nothing has come in yet")
	}
	p.tally(st.Tally)
	for _, w := range waits(st.Bus) {
		p.line("  %4d %s", w.n, waitText(w))
	}
	if st.Bus.Dead > 0 {
		p.line("  %4d in the dead letters: copytaster dead list", st.Bus.Dead)
	}
	for _, c := range st.Channels {
		if !c.Configured || c.Waiting > 0 {
			p.line("  channel %s: %s", alert.Plain(c.Name), channelState(c))
		}
	}
	if st.Bus.Problem != "" {
		p.line("  trouble: %s", alert.Plain(st.Bus.Problem))
	}
}

// wait is what a stage has before it.
type wait struct {
	stage    string
	n, again int // messages; of them, those that failed and are tried again
}

// waits adds up the readers of each stage, in the order of the line. Channels are
// told one by one.
func waits(st bus.Status) (all []wait) {
	at := map[string]int{}
	for _, c := range st.Consumers {
		n := int(c.Pending) + c.AckPending
		if n == 0 || c.Stage == "" || c.Stream == bus.Alerts || c.Stream == bus.Advisories {
			continue
		}
		i, ok := at[c.Stage]
		if !ok {
			i = len(all)
			at[c.Stage], all = i, append(all, wait{stage: c.Stage})
		}
		all[i].n += n
		all[i].again += c.Redelivered
	}
	return all
}

func waitText(w wait) string {
	text := "waiting for " + w.stage
	if w.again > 0 {
		text += fmt.Sprintf(", %d of them tried before", w.again)
	}
	return text
}
