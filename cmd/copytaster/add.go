// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster"
)

// working are the stages that bring an added input to its end; only run looks
// for new ones.
func working() []string { return []string{"fetch", "extract", "index", "alert", "notify"} }

func addCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "add URL|FILE...",
		Short: "Take in single pages and files, and wait for what becomes of them",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			inputs, err := absolute(args)
			if err != nil {
				return err
			}
			s, err := g.open(cmd.Context(), cmd.ErrOrStderr(), working()...)
			if err != nil {
				return err
			}
			defer closing(s, &err)
			added, err := s.Add(cmd.Context(), inputs)
			if err != nil {
				return err
			}
			failed, at := 0, 0
			err = s.Settle(cmd.Context(), added, func(e *copytaster.Entry) error {
				if e.State == copytaster.StateDead || e.State == copytaster.StateGone {
					failed++
				}
				at++
				return g.printEntry(cmd, args[at-1], e)
			})
			if err == nil && failed > 0 {
				err = partial("%d of %d inputs failed", failed, len(args))
			}
			return err
		},
	}
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

func (g *globals) printEntry(cmd *cobra.Command, input string, e *copytaster.Entry) error {
	out := cmd.OutOrStdout()
	if g.json {
		return json.NewEncoder(out).Encode(e)
	}
	detail := ""
	if e.Reason != "" && e.State != copytaster.StateIndexed {
		detail = ": " + e.Reason
	}
	_, err := fmt.Fprintf(out, "%-12s %s%s\n", label(e.State), input, detail)
	return err
}

// label is a state as a person reads it.
func label(s copytaster.State) string { return strings.ReplaceAll(string(s), "_", " ") }
