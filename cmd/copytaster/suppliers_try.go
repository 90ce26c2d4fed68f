// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/extract"
	"github.com/copytaster/copytaster/ingest/boilerplate"
)

func suppliersTestCmd(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "test TEXT...|-",
		Short: "Show what is tagged in a text, and by which name of which entry",
		Long: `Show what the lists tag in a text, as the line would: the words, the role, the entry and the name of it
that matched (none for a supplier that was discovered), the part of the page that plain text of that look
stands in, and the score. - reads the text from standard input.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			text := strings.Join(args, " ")
			if text == "-" {
				all, err := io.ReadAll(io.LimitReader(cmd.InOrStdin(), maxTagLine))
				if err != nil {
					return fmt.Errorf("standard input: %w", err)
				}
				text = strings.ToValidUTF8(string(all), "\uFFFD")
			}
			cfg, err := g.load()
			if err != nil {
				return err
			}
			decided, err := decisions(cmd.Context(), g, cfg)
			if err != nil {
				return err
			}
			gaz, err := gazetteer(cfg, acceptedEntries(decided))
			if err != nil {
				return err
			}
			tags := extract.NewTagger(gaz).TagZoned(text, "", boilerplate.ZoneText(text))
			p := newPrinter(cmd.OutOrStdout())
			return g.show(p, tagWireOf("", &tags), func() { p.tags(text, &tags, decided) })
		},
	}
}

// tags prints what was found in a text, and why.
func (p *printer) tags(text string, t *extract.Tags, decided []copytaster.Decision) {
	rejected := map[string]bool{}
	for _, d := range decided {
		if d.Verdict == copytaster.VerdictRejected {
			rejected[copytaster.FoldName(d.Name)] = true
		}
	}
	if len(t.Mentions) == 0 {
		p.line("no organisation is tagged")
	}
	for _, m := range t.Mentions {
		why := fmt.Sprintf("%s by %q", m.Entity, m.Alias)
		if m.Entity == "" {
			why = "discovered, on no list"
			if rejected[copytaster.FoldName(m.Name)] {
				why = "discovered, rejected: the line leaves it out"
			}
		}
		if m.Quiet {
			why += ", never alerts"
		}
		p.line("%5d  %s  %s: %s (%s, %s, score %.2f)", m.Start, p.bold(alert.Plain(m.Surface)), m.Role, alert.Plain(m.Name), alert.Plain(why), m.Zone, m.Score)
	}
	for i := range t.Money {
		p.line("%5d  %s  money: %s (%s)", t.Money[i].Start, p.bold(alert.Plain(t.Money[i].Surface)), t.Money[i].Label(), t.Money[i].Zone)
	}
	for i := range t.Contracts {
		c := &t.Contracts[i]
		p.line("contract: %s (score %.2f)", alert.Plain(c.Label()), c.Score)
		for _, e := range c.Evidence {
			p.line("       %s", p.dim(alert.Plain(strings.Join(strings.Fields(e.Of(text)), " "))))
		}
	}
}

func suppliersImportCmd() *cobra.Command {
	var from, out, comma string
	var reg extract.Register
	c := &cobra.Command{
		Use:   "import FILE --from csv|ocds|register [--out FILE]",
		Short: "Make a list of suppliers out of OCDS releases or a companies register",
		Long: `Read a list and write it in the columns of a suppliers: file.

  csv       our own columns; checked, and entries of one id joined
  ocds      OCDS 1.0 or 1.1 releases, packages, records or JSON Lines: suppliers and tenderers
  register  a companies register's CSV; --name and --number say which columns

What cannot be used is reported with its place and the rest is written: the exit code is then 3.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if r := []rune(comma); len(r) == 1 {
				reg.Comma = r[0]
			} else {
				return usage(fmt.Errorf("--comma %q: use one character", comma))
			}
			list, err := importList(args[0], from, reg)
			if list == nil && err != nil {
				return err
			}
			if werr := writeList(cmd.OutOrStdout(), out, list); werr != nil {
				return werr
			}
			if out != "-" {
				fmt.Fprintf(cmd.ErrOrStderr(), "%s: %d entries\n", out, len(list))
			}
			if err != nil {
				return &exitError{exitPartial, err}
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&from, "from", "csv", "csv, ocds or register")
	f.StringVarP(&out, "out", "o", "-", "where the list goes; - is standard output")
	f.StringVar(&reg.Name, "name", "CompanyName", "register: column of the registered name")
	f.StringVar(&reg.Number, "number", "CompanyNumber", "register: column of the number")
	f.StringVar(&reg.Former, "former", "", "register: beginning of the columns of former names")
	f.StringVar(&reg.Scheme, "scheme", "GB-COH", "register: scheme of the numbers, as org-id.guide has it")
	f.StringVar(&reg.Country, "country", "GB", "register: country, ISO 3166")
	f.StringVar(&comma, "comma", ",", "register: what parts the cells")
	return c
}

// importList reads a list in one of the forms.
func importList(path, from string, reg extract.Register) (list []extract.Entry, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	switch from {
	case "csv":
		return extract.LoadCSV(f, path)
	case "ocds":
		return extract.ImportOCDS(f, path)
	case "register":
		return extract.ImportRegister(f, path, reg)
	}
	return nil, usage(fmt.Errorf("--from %q: use csv, ocds or register", from))
}

// writeList writes a list to a file, or to w for "-".
func writeList(w io.Writer, path string, list []extract.Entry) (err error) {
	if path == "-" {
		return extract.WriteCSV(w, list)
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return extract.WriteCSV(f, list)
}
