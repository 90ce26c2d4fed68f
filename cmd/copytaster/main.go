// SPDX-License-Identifier: Apache-2.0

// Command copytaster watches sources of news, reduces what they publish to clean
// text, tags suppliers, money and contracts in it, and makes it searchable and
// alertable.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster/internal/control"
	"github.com/copytaster/copytaster/internal/lock"
)

// Exit codes, documented in docs/OPERATIONS.md.
const (
	exitFailed      = 1
	exitUsage       = 2
	exitPartial     = 3
	exitUnreachable = 4
)

// exitError carries the exit code that an error ends the program with.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

func usage(err error) error { return &exitError{exitUsage, err} }
func partial(format string, args ...any) error {
	return &exitError{exitPartial, fmt.Errorf(format, args...)}
}

func main() { os.Exit(run(os.Args[1:])) }

// run executes one command line and returns its exit code. The first SIGINT or
// SIGTERM drains: what is in flight is finished. A second one stops at once, and
// what was in flight comes again at the next start.
func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		<-ctx.Done()
		stop() // from here on a signal has its default effect: it ends the process
	}()
	root := rootCmd()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	fmt.Fprintln(os.Stderr, "copytaster:", err)
	return exitCode(err)
}

func exitCode(err error) int {
	var exit *exitError
	var fault *control.Fault
	switch {
	case errors.As(err, &exit):
		return exit.code
	case errors.As(err, &fault) && fault.Kind == control.FaultUsage:
		return exitUsage
	case errors.Is(err, control.ErrUnreachable), errors.Is(err, lock.ErrHeld):
		return exitUnreachable
	}
	return exitFailed
}

// globals are the flags that every verb has.
type globals struct {
	config  string
	dataDir string
	json    bool
	verbose bool
}

func rootCmd() *cobra.Command {
	g := &globals{}
	root := &cobra.Command{
		Use:           "copytaster",
		Short:         "Reads all incoming copy and says what matters",
		Long:          "copytaster watches news sources, strips what is not the article, tags suppliers, money\nand contracts, and makes the copy searchable and alertable.",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	f := root.PersistentFlags()
	f.StringVarP(&g.config, "config", "c", "", "configuration file (default: $COPYTASTER_CONFIG, else copytaster.yaml if it is there)")
	f.StringVarP(&g.dataDir, "data-dir", "d", "", "folder of the queue, the index and the archive (default: data_dir of the configuration)")
	f.BoolVar(&g.json, "json", false, "write JSON to standard output")
	f.BoolVarP(&g.verbose, "verbose", "v", false, "log every step")
	root.AddCommand(runCmd(g), demoCmd(g), addCmd(g), searchCmd(g), exportCmd(g), watchCmd(g), whyCmd(g), sourcesCmd(g), channelsCmd(g), suppliersCmd(g),
		deadCmd(g), replayCmd(g), removeCmd(g), checkCmd(g), statusCmd(g), healthcheckCmd(g), indexCmd(g), benchCmd(g), stripCmd(), tagCmd(), pdfWorkerCmd(), versionCmd())
	withUsageErrors(root)
	return root
}

// withUsageErrors makes wrong arguments, and verbs that are none, exit like wrong
// flags.
func withUsageErrors(c *cobra.Command) {
	if c.HasSubCommands() && !c.Runnable() {
		group(c)
	}
	if check := c.Args; check != nil {
		c.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return usage(fmt.Errorf("%w; see %s --help", err, cmd.CommandPath()))
			}
			return nil
		}
	}
	for _, sub := range c.Commands() {
		withUsageErrors(sub)
	}
}
