// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/internal/config"
	"github.com/copytaster/copytaster/internal/demo"
)

func demoCmd(g *globals) *cobra.Command {
	var once bool
	c := &cobra.Command{
		Use:   "demo",
		Short: "Take in a bundled web of invented papers: no network, no server, no configuration",
		Long: `Serve a bundled web of invented newspapers, blogs and offices on loopback, and take it in through
real HTTP: feeds, a sitemap, a section page, a PDF and a DOCX. Then look at it again, after one
story has been edited. Without --once the pages stay up until Ctrl-C.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := newDemonstration(g, cmd)
			if err != nil {
				return err
			}
			return d.run(cmd.Context(), once)
		},
	}
	c.Flags().BoolVar(&once, "once", false, "end when the line is quiet; exit 1 if the ledger does not balance")
	return c
}

// demonstration is one run of the demo.
type demonstration struct {
	cfg  *config.Config
	log  *slog.Logger
	site *demo.Site
	ln   net.Listener
	p    *printer
}

// newDemonstration starts with an empty folder of its own, so that every run
// shows the same.
func newDemonstration(g *globals, cmd *cobra.Command) (*demonstration, error) {
	cfg := config.Default()
	dir := g.dataDir
	if dir == "" {
		dir = filepath.Join(os.TempDir(), "copytaster-demo")
		if err := os.RemoveAll(dir); err != nil {
			return nil, fmt.Errorf("demo folder: %w", err)
		}
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, usage(err)
	}
	cfg.SetDataDir(abs)
	log := slog.New(slog.DiscardHandler) // the summary says what failed
	if g.verbose {
		cfg.Log.Level = "debug"
		log = logger(cfg.Log)
	}
	site, err := demo.NewSite()
	if err != nil {
		return nil, err
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("demo site: %w", err)
	}
	site.Base = "http://" + ln.Addr().String()
	cfg.Fetch.AllowPrivate = []string{"127.0.0.1/32"} // the bundled site, and nothing else in this process asks for loopback
	cfg.Fetch.PerHost = time.Millisecond
	cfg.Fetch.LearnSites = false // what is learned depends on the order in which pages come: every run should show the same
	for _, s := range site.Sources() {
		cfg.Sources = append(cfg.Sources, config.Source{Name: s.Name, Kind: s.Kind, URL: s.URL, Country: "GB", Language: "en"})
	}
	cfg.Watches = []copytaster.Watch{
		{Name: "atos", Query: "supplier:atos"},
		{Name: "large-awards", Query: "contract:(status:awarded money:>=100m)"},
		{Name: "maximus", Query: "supplier:maximus"},
	}
	out := cmd.OutOrStdout()
	return &demonstration{cfg: cfg, log: log, site: site, ln: ln, p: newPrinter(out)}, nil
}

func (d *demonstration) run(ctx context.Context, once bool) (err error) {
	g, ctx := errgroup.WithContext(ctx)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	g.Go(func() error { return serveUntil(ctx, d.ln, http.Handler(d.site)) })
	s, err := openSession(ctx, d.cfg, d.log, io.Discard, working()) // the account shows the alerts
	if err != nil {
		return err
	}
	if s.held == nil {
		return errors.Join(errors.New("another demo is running"), s.Close())
	}
	err = d.show(ctx, s)
	if err == nil && !once {
		err = d.stay(ctx, s)
	}
	cancel()
	return errors.Join(err, s.Close(), g.Wait(), d.p.err)
}

// show takes the site in twice, the second time after an edit.
func (d *demonstration) show(ctx context.Context, s *session) error {
	d.p.text("", fmt.Sprintf("A bundled web of invented papers is served on %s. It is taken in from %d sources: two RSS feeds, an Atom feed, a section page and a sitemap.",
		d.site.Base, len(d.cfg.Sources)))
	if err := d.round(ctx, s, "First look"); err != nil {
		return err
	}
	d.site.Edit()
	if err := d.round(ctx, s, "Second look, after a paper has quietly edited a story"); err != nil {
		return err
	}
	sum, err := summarise(ctx, s.held, d.cfg.Watches)
	if err != nil {
		return err
	}
	d.p.account(sum)
	d.p.next(d.cfg.DataDir, d.site.Base)
	return sum.check()
}

// round polls every source, and shows progress until the line is quiet.
func (d *demonstration) round(ctx context.Context, s *session, what string) error {
	d.p.line("\n%s", d.p.bold(what))
	start := time.Now()
	quiet := make(chan error, 1)
	var failed map[string]string
	go func() {
		polled, err := s.Poll(ctx)
		if failed = polled.Failed; err == nil {
			err = s.held.Quiet(ctx)
		}
		quiet <- err
	}()
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-quiet:
			for name, msg := range failed {
				d.p.text("  ", "source "+name+" failed: "+alert.Plain(msg))
			}
			return errors.Join(err, d.progress(ctx, s, start))
		case <-tick.C:
			if err := d.progress(ctx, s, start); err != nil {
				return err
			}
		}
	}
}

func (d *demonstration) progress(ctx context.Context, s *session, start time.Time) error {
	tally, err := s.held.Index.Tally(ctx)
	if err != nil {
		return err
	}
	found, done := 0, 0
	for _, c := range tally {
		found += c.N
		if c.State.Final() {
			done += c.N
		}
	}
	d.p.line("%6.1fs  %d of %s settled", time.Since(start).Seconds(), done, plural(found, "URL", "URLs"))
	return d.p.err
}

// stay serves the pages, and follows the sources, until ctx is done.
func (d *demonstration) stay(ctx context.Context, s *session) error {
	pages, err := listenPages(d.cfg)
	if err != nil {
		return err
	}
	d.p.line("\nThe newsroom's pages are on http://%s/ until you press Ctrl-C.", pages.Addr())
	g, ctx := errgroup.WithContext(ctx)
	handler, follow := newPages(d.cfg, s.held, d.log)
	g.Go(func() error { return servePages(ctx, pages, handler, follow) })
	g.Go(func() error { return s.held.Run(ctx, "discover") })
	return g.Wait()
}
