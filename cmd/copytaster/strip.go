// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/copytaster/copytaster/ingest"
	"github.com/copytaster/copytaster/ingest/boilerplate"
	"github.com/spf13/cobra"
)

// stripOptions are the flags of the verb.
type stripOptions struct {
	manifest, out, url string
	siteModel, asJSON  bool
}

// stripPage is one entry of a manifest: a file of markup or of plain text.
type stripPage struct {
	ID   string  `json:"id"`
	HTML string  `json:"html"`
	Text string  `json:"text"`
	URL  *string `json:"url"`
}

// stripped is what the batch form says of one page.
type stripped struct {
	Text   string   `json:"text"`
	Title  string   `json:"title"`
	Author []string `json:"author"`
	Date   string   `json:"date"`
}

func stripCmd() *cobra.Command {
	var o stripOptions
	c := &cobra.Command{
		Use:   "strip [FILE]",
		Short: "Reduce pages to the article's text",
		Long: `Reduce a page or a plain text to the article and nothing else.

Without a manifest one file (or standard input) is stripped and its text printed; --json prints
everything: metadata, asides with their zones, confidence. A file that does not end in .html or
.htm, and does not look like markup, is taken as plain text.

With --manifest every page of [{"id","html":PATH,"url"}] is stripped ("text":PATH, a plain text,
wins over "html") and {id: {"text","title","author","date"}} is written to --out.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.manifest != "" {
				return stripBatch(o)
			}
			return stripOne(cmd, args, o)
		},
	}
	f := c.Flags()
	f.StringVar(&o.manifest, "manifest", "", "JSON file that lists the pages of a batch")
	f.StringVar(&o.out, "out", "", "file for the batch's result (default standard output)")
	f.StringVar(&o.url, "url", "", "where the page was fetched")
	f.BoolVar(&o.siteModel, "site-model", false, "learn each host's boilerplate over the batch, in manifest order")
	f.BoolVar(&o.asJSON, "json", false, "print everything that is known of the page")
	return c
}

func stripOne(cmd *cobra.Command, args []string, o stripOptions) error {
	name, in := "standard input", cmd.InOrStdin()
	if len(args) == 1 && args[0] != "-" {
		f, err := os.Open(args[0])
		if err != nil {
			return err
		}
		defer f.Close()
		name, in = args[0], f
	}
	data, err := io.ReadAll(io.LimitReader(in, boilerplate.MaxPage))
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	r := stripBytes(data, name, o.url)
	if !o.asJSON {
		_, err = fmt.Fprintln(cmd.OutOrStdout(), r.Text)
		return err
	}
	enc := json.NewEncoder(cmd.OutOrStdout())
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(r)
}

// stripBytes strips a file as markup where its name or its beginning says so.
func stripBytes(data []byte, name, url string) boilerplate.Result {
	ext := strings.ToLower(filepath.Ext(name))
	start := strings.ToLower(strings.TrimSpace(string(data[:min(len(data), 512)])))
	markup := ext == ".html" || ext == ".htm" || ext == ".xhtml" || ext != ".txt" && strings.HasPrefix(start, "<")
	body, _ := ingest.DecodeHTML(data, "")
	if markup {
		return boilerplate.StripHTML(boilerplate.Input{HTML: body, URL: url}, nil)
	}
	return boilerplate.StripText(string(body), url)
}

func stripBatch(o stripOptions) error {
	data, err := os.ReadFile(o.manifest)
	if err != nil {
		return err
	}
	var pages []stripPage
	if err := json.Unmarshal(data, &pages); err != nil {
		return fmt.Errorf("manifest %s: %w", o.manifest, err)
	}
	out := make([]stripped, len(pages))
	if o.siteModel {
		err = stripLearning(pages, out)
	} else {
		err = stripAll(pages, out)
	}
	if err != nil {
		return err
	}
	return writeStripped(o.out, pages, out)
}

// stripAll strips every page by itself, as many at a time as there are
// processors.
func stripAll(pages []stripPage, out []stripped) error {
	errs := make([]error, len(pages))
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				var r boilerplate.Result
				r, errs[i] = pages[i].strip(nil)
				out[i] = summary(r)
			}
		})
	}
	for i := range pages {
		next <- i
	}
	close(next)
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// stripLearning strips the pages in order; each is learned from before the next
// one of its host.
func stripLearning(pages []stripPage, out []stripped) error {
	models := map[string]*boilerplate.SiteModel{}
	for i := range pages {
		host := pages[i].host()
		r, err := pages[i].strip(models[host])
		if err != nil {
			return err
		}
		if host != "" {
			models[host] = models[host].Learn(r, pages[i].ID)
		}
		out[i] = summary(r)
	}
	return nil
}

func (p *stripPage) host() string {
	if p.URL == nil {
		return ""
	}
	u, err := url.Parse(*p.URL)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

func (p *stripPage) strip(site *boilerplate.SiteModel) (boilerplate.Result, error) {
	at := ""
	if p.URL != nil {
		at = *p.URL
	}
	path := p.Text
	if path == "" {
		path = p.HTML
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return boilerplate.Result{}, fmt.Errorf("page %s: %w", p.ID, err)
	}
	body, _ := ingest.DecodeHTML(data, "")
	if p.Text != "" {
		return boilerplate.StripText(string(body), at), nil
	}
	return boilerplate.StripHTML(boilerplate.Input{HTML: body, URL: at}, site), nil
}

func summary(r boilerplate.Result) stripped {
	authors := r.Byline
	if authors == nil {
		authors = []string{}
	}
	return stripped{Text: r.Text, Title: r.Title, Author: authors, Date: r.Published.Day()}
}

func writeStripped(path string, pages []stripPage, out []stripped) error {
	all := make(map[string]stripped, len(pages))
	for i := range pages {
		all[pages[i].ID] = out[i]
	}
	data, err := json.Marshal(all)
	if err != nil {
		return err
	}
	data = append(data, '\n')
	if path == "" {
		_, err = os.Stdout.Write(data)
		return err
	}
	return os.WriteFile(path, data, 0o644)
}
