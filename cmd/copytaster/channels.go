// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/internal/pipeline"
)

func channelsCmd(g *globals) *cobra.Command {
	c := &cobra.Command{
		Use:   "channels",
		Short: "List the alert channels and what waits for them",
		Long: `List the alert channels and what waits for them.

A channel that is taken out of the configuration, or renamed, keeps its place in the alerts: under its
old name it goes on where it stopped. Until then its alerts wait; forget gives them up.`,
		Args: cobra.NoArgs,
		RunE: g.operation(nil, func(cmd *cobra.Command, s *session, _ []string, p *printer) error {
			all, err := s.Channels(cmd.Context())
			if err != nil {
				return err
			}
			return g.show(p, all, func() { p.channels(all) })
		}),
	}
	c.AddCommand(&cobra.Command{
		Use:   "forget NAME",
		Short: "Give up the alerts that wait for a channel which is configured no more",
		Args:  cobra.ExactArgs(1),
		RunE: g.operation(nil, func(cmd *cobra.Command, s *session, args []string, p *printer) error {
			if err := s.ForgetChannel(cmd.Context(), args[0]); err != nil {
				return err
			}
			p.line("channel %s forgotten", alert.Plain(args[0]))
			return nil
		}),
	})
	return c
}

func (p *printer) channels(all []pipeline.ChannelStatus) {
	width := 0
	for _, c := range all {
		width = max(width, len(c.Name))
	}
	for _, c := range all {
		p.line("%s  %s", p.bold(fmt.Sprintf("%-*s", width, c.Name)), channelState(c))
	}
}

func channelState(c pipeline.ChannelStatus) string {
	waits := plural(c.Waiting, "alert waits", "alerts wait")
	switch {
	case !c.Configured && c.Waiting == 0:
		return "not in the configuration; nothing waits"
	case !c.Configured:
		return "not in the configuration; " + waits + " for it to come back, or for: copytaster channels forget " + c.Name
	case c.Waiting == 0:
		return "nothing waits"
	}
	return waits
}
