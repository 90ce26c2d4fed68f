// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster/extract"
	"github.com/copytaster/copytaster/ingest"
)

// release is the version of this source tree.
const release = "0.1.0"

// version is the release, with the commit where the build knows it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return release
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return release + "+" + s.Value[:12]
		}
	}
	return release
}

func versionCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of the program and of its lists",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			gaz, err := extract.Builtin()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "copytaster %s\nextractor %s\nsuppliers and buyers: %d\n",
				version(), extract.NewTagger(gaz).Revision(), gaz.Len())
			return err
		},
	}
}

// pdfCommand is how this binary runs itself to read a PDF in a process that can
// be stopped.
func pdfCommand() []string {
	self, err := os.Executable()
	if err != nil {
		self = os.Args[0]
	}
	return []string{self, pdfVerb}
}

const pdfVerb = "pdf-worker"

func pdfWorkerCmd() *cobra.Command {
	return &cobra.Command{
		Use:    pdfVerb,
		Short:  "Read a PDF from standard input and write its text as JSON",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return ingest.PDFWorker(cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
}
