// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/extract"
	"github.com/copytaster/copytaster/ingest/boilerplate"
)

// maxTagLine is the longest input line of the batch form.
const maxTagLine = 64 << 20

// tagCmd is the verb that scorers and data desks run over texts of their own.
func tagCmd() *cobra.Command {
	var in, out string
	c := &cobra.Command{
		Use:   "tag --in texts.jsonl --out tags.jsonl",
		Short: "Find suppliers, buyers, money and contracts in plain texts",
		Long: `Find suppliers, buyers, money figures and contracts in plain texts.

Every line of the input is {"id","text"}, optionally with "url". Every line of the output holds what
was found in one text, in the order of the input: mentions, money and contracts with byte offsets into
the text, each with the zone that it stands in. Without --in and --out the standard streams are used.

A line that cannot be read is reported and the rest is done: the exit code is then 3.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			g, err := extract.Builtin()
			if err != nil {
				return err
			}
			debug.SetGCPercent(400) // a text's rubbish is small and short-lived: collecting it seldom saves a fifth of the time
			return tagFiles(cmd, extract.NewTagger(g), in, out)
		},
	}
	c.Flags().StringVar(&in, "in", "-", "texts, one JSON object a line; - is standard input")
	c.Flags().StringVar(&out, "out", "-", "where the tags go; - is standard output")
	return c
}

// tagFiles opens what the flags name and tags from the one to the other.
func tagFiles(cmd *cobra.Command, t *extract.Tagger, in, out string) (err error) {
	r, w := cmd.InOrStdin(), cmd.OutOrStdout()
	if in != "-" {
		f, err := os.Open(in)
		if err != nil {
			return err
		}
		defer f.Close()
		r = f
	}
	if out != "-" {
		f, err := os.Create(out)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		w = f
	}
	buf := bufio.NewWriterSize(w, 1<<16)
	bad, err := tagLines(t, r, buf, cmd.ErrOrStderr())
	if err := errors.Join(err, buf.Flush()); err != nil {
		return err
	}
	if bad > 0 {
		return partial("%d lines could not be read; the rest is done", bad)
	}
	return nil
}

// tagInput is one line of the batch form's input.
type tagInput struct {
	ID   *string `json:"id"`
	Text *string `json:"text"`
	URL  string  `json:"url"`
}

// tagRun is the number of bytes of lines that are handed to a worker at once, or
// one line that is longer.
const tagRun = 8 << 10

// tagJob is a run of lines on its way.
type tagJob struct {
	line int    // the number of the first
	raw  []byte // each with its line break
	done chan tagDone
}

// tagDone is what became of a run: the output lines, and why others are missing.
type tagDone struct {
	out []byte
	bad []error
}

// tagLines tags line by line on all cores and writes the results in the order
// of the input. It returns the number of bad lines, each of which it has
// reported.
func tagLines(t *extract.Tagger, r io.Reader, w io.Writer, report io.Writer) (bad int, err error) {
	workers := runtime.GOMAXPROCS(0)
	jobs, order := make(chan tagJob), make(chan tagJob, 4*workers)
	for range workers {
		go func() {
			for j := range jobs {
				j.done <- j.tag(t)
			}
		}()
	}
	read := make(chan error, 1)
	go func() {
		read <- readTagLines(r, jobs, order)
		close(jobs)
		close(order)
	}()
	for j := range order {
		d := <-j.done
		bad += len(d.bad)
		for _, e := range d.bad {
			fmt.Fprintln(report, e)
		}
		if err == nil {
			_, err = w.Write(d.out)
		}
	}
	return bad, errors.Join(err, <-read)
}

// readTagLines hands out the lines of the input, run by run.
func readTagLines(r io.Reader, jobs, order chan<- tagJob) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 1<<16), maxTagLine)
	next := func(line int) tagJob {
		return tagJob{line: line, raw: make([]byte, 0, tagRun+tagRun/2), done: make(chan tagDone, 1)}
	}
	j := next(1)
	for n := 1; sc.Scan(); n++ {
		j.raw = append(append(j.raw, sc.Bytes()...), '\n')
		if len(j.raw) >= tagRun {
			order <- j
			jobs <- j
			j = next(n + 1)
		}
	}
	order <- j
	jobs <- j
	if err := sc.Err(); err != nil {
		return fmt.Errorf("reading the texts: %w", err)
	}
	return nil
}

// tag tags the texts of a run; blank lines are passed over.
func (j *tagJob) tag(t *extract.Tagger) (d tagDone) {
	out := bytes.NewBuffer(make([]byte, 0, 2*tagRun))
	to := json.NewEncoder(out)
	n := j.line
	for line := range bytes.Lines(j.raw) {
		if len(bytes.TrimSpace(line)) > 0 {
			if err := tagLine(t, line, to); err != nil {
				d.bad = append(d.bad, fmt.Errorf("line %d: %w", n, err))
			}
		}
		n++
	}
	d.out = out.Bytes()
	return d
}

// tagLine tags the text of one line.
func tagLine(t *extract.Tagger, raw []byte, to *json.Encoder) error {
	var in tagInput
	if err := json.Unmarshal(raw, &in); err != nil {
		return err
	}
	if in.ID == nil || in.Text == nil {
		return errors.New(`a line needs "id" and "text"`)
	}
	tags := t.TagZoned(*in.Text, in.URL, boilerplate.ZoneText(*in.Text))
	return to.Encode(tagWireOf(*in.ID, &tags))
}

// tagWire is one line of the batch form's output.
type tagWire struct {
	ID        string        `json:"id"`
	Mentions  []tagMention  `json:"mentions"`
	Money     []tagMoney    `json:"money"`
	Contracts []tagContract `json:"contracts"`
}

type tagMention struct {
	copytaster.Span
	Surface string          `json:"surface"`
	Entity  string          `json:"entity,omitempty"`
	Name    string          `json:"name"`
	Role    copytaster.Role `json:"role"`
	Alias   string          `json:"alias,omitempty"`
	Zone    copytaster.Zone `json:"zone"`
	Quiet   bool            `json:"quiet,omitempty"`
	Score   float64         `json:"score"`
}

type tagMoney struct {
	copytaster.Span
	Surface  string           `json:"surface"`
	Min      *string          `json:"min"`
	Max      *string          `json:"max"`
	Currency string           `json:"currency"`
	Bound    copytaster.Bound `json:"bound"`
	Per      *string          `json:"per"`
	Over     string           `json:"over,omitempty"`
	Vague    bool             `json:"vague"`
	Zone     copytaster.Zone  `json:"zone"`
}

type tagContract struct {
	Suppliers []string          `json:"suppliers"`
	Buyer     *string           `json:"buyer"`
	Subject   string            `json:"subject"`
	Values    []int             `json:"values"` // indexes into the line's money
	Status    copytaster.Status `json:"status"`
	Start     string            `json:"start,omitempty"` // as precise as stated: YYYY, YYYY-MM or YYYY-MM-DD
	End       string            `json:"end,omitempty"`
	Evidence  []copytaster.Span `json:"evidence"`
	Score     float64           `json:"score"`
}

// tagWireOf brings tags into the form of the batch output.
func tagWireOf(id string, t *extract.Tags) tagWire {
	w := tagWire{ID: id, Mentions: []tagMention{}, Money: []tagMoney{}, Contracts: []tagContract{}}
	for _, m := range t.Mentions {
		w.Mentions = append(w.Mentions, tagMention{m.Span, m.Surface, m.Entity, m.Name, m.Role, m.Alias, m.Zone, m.Quiet, m.Score})
	}
	for _, m := range t.Money {
		w.Money = append(w.Money, tagMoney{m.Span, m.Surface, tagAmount(m.Min), tagAmount(m.Max), m.Currency, m.Bound,
			orNull(string(m.Per)), m.Over, m.Vague, m.Zone})
	}
	for _, c := range t.Contracts {
		k := tagContract{Suppliers: []string{}, Buyer: orNull(c.Buyer.Key()), Subject: c.Subject, Values: []int{}, Status: c.Status,
			Start: c.Start.Day(), End: c.End.Day(), Evidence: c.Evidence, Score: c.Score}
		for _, s := range c.Suppliers {
			k.Suppliers = append(k.Suppliers, s.Key())
		}
		for _, v := range c.Values {
			if i, ok := slices.BinarySearchFunc(t.Money, v.Start, byStart); ok {
				k.Values = append(k.Values, i)
			}
		}
		w.Contracts = append(w.Contracts, k)
	}
	return w
}

// byStart compares the place of a figure, in the order of which they are.
func byStart(m copytaster.Money, start int) int { return m.Start - start }

// tagAmount is a figure's number as the wire has it: null where there is none.
func tagAmount(d *copytaster.Decimal) *string {
	if d == nil {
		return nil
	}
	return orNull(d.String())
}

// orNull is s, or null for none.
func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
