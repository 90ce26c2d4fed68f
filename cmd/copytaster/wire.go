// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/mattn/go-isatty"

	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/index/open"
	"github.com/copytaster/copytaster/ingest"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/config"
	"github.com/copytaster/copytaster/internal/pipeline"
)

// load reads the configuration that the flags and the environment name.
func (g *globals) load() (*config.Config, error) {
	path := g.config
	if path == "" {
		path = os.Getenv("COPYTASTER_CONFIG")
	}
	if path == "" {
		if _, err := os.Stat("copytaster.yaml"); err == nil {
			path = "copytaster.yaml"
		}
	}
	cfg, err := config.Load(path, os.Environ())
	if err != nil {
		return nil, usage(err)
	}
	if g.dataDir != "" {
		abs, err := filepath.Abs(g.dataDir)
		if err != nil {
			return nil, usage(err)
		}
		cfg.SetDataDir(abs)
	}
	if g.verbose {
		cfg.Log.Level = "debug"
	}
	return cfg, nil
}

// logger writes to standard error: JSON for machines, text for a person.
func logger(c config.Log) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.Level)); err != nil {
		level = slog.LevelInfo
	}
	o := &slog.HandlerOptions{Level: level}
	if c.Format == "json" || c.Format == "auto" && !isTerminal(os.Stderr) {
		return slog.New(slog.NewJSONHandler(os.Stderr, o))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, o))
}

func isTerminal(f *os.File) bool { return isatty.IsTerminal(f.Fd()) }

// colours reports whether a stream may be written to in colour.
func colours(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && os.Getenv("NO_COLOR") == "" && isTerminal(f)
}

// holding is a line and what has to be closed after it.
type holding struct {
	*pipeline.Line
	client *ingest.Client // of the sources and the fetcher, so that a host has one pace
	meters *meters
	close  []func() error
}

// Close closes in the reverse order of opening.
func (h *holding) Close() error {
	var errs []error
	for i := len(h.close) - 1; i >= 0; i-- {
		errs = append(errs, h.close[i]())
	}
	return errors.Join(errs...)
}

// hold opens the bus and the index of a configuration and joins them to a line.
// lock.ErrHeld is returned when another process has the data folder.
func hold(ctx context.Context, cfg *config.Config, log *slog.Logger, out io.Writer) (h *holding, err error) {
	h = &holding{meters: newMeters()}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.Close())
		}
	}()
	if err := os.MkdirAll(cfg.DataDir, 0o755); err != nil {
		return h, fmt.Errorf("data folder: %w", err)
	}
	opts := busOptions(cfg, log)
	opts.Observe = h.meters.observe
	b, err := bus.Open(ctx, opts)
	if err != nil {
		return h, err
	}
	h.close = append(h.close, b.Close)
	ix, err := open.Open(ctx, indexOptions(cfg))
	if err != nil {
		return h, err
	}
	h.close = append(h.close, ix.Close)
	o := pipeline.Options{Bus: b, Index: h.meters.index(ix), Lists: lists(cfg), Watches: cfg.Watches, Log: log}
	if err := h.outside(cfg, &o, out); err != nil {
		return h, err
	}
	h.Line, err = pipeline.New(ctx, o)
	return h, err
}

func busOptions(cfg *config.Config, log *slog.Logger) bus.Options {
	c := &cfg.Bus
	return bus.Options{Dir: filepath.Join(cfg.DataDir, "bus"), URL: c.URL, Replicas: c.Replicas, MaxBytes: c.Sizes(),
		MaxStore: int64(c.MaxStore), Monitors: c.Monitor, Name: "copytaster/" + version(), Logger: log,
		Access: bus.Access{User: c.User, Password: string(c.Password), NKeyFile: c.NKeyFile, CredsFile: c.CredsFile,
			TLS: c.TLS, CAFile: c.CAFile, CertFile: c.CertFile, KeyFile: c.KeyFile, Inbox: c.Inbox}}
}

// indexOptions say where the index of a configuration is.
func indexOptions(cfg *config.Config) open.Options {
	return open.Options{URL: cfg.Index.URL, Dir: cfg.DataDir, Username: cfg.Index.Username,
		Password: string(cfg.Index.Password), APIKey: string(cfg.Index.APIKey), CAFile: cfg.Index.CAFile}
}

// outside adds the parts of the line that reach out of the house: the fetcher,
// the sources and the channels.
func (h *holding) outside(cfg *config.Config, o *pipeline.Options, out io.Writer) error {
	client := newClient(cfg)
	h.client = client
	archive, err := ingest.OpenArchive(cfg.Archive.Dir, ingest.ArchiveOptions{Software: "copytaster/" + version()})
	if err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	h.close = append(h.close, archive.Close)
	o.Archive = archive
	fo := ingest.FetcherOptions{Client: client, Archive: archive, PDFCommand: pdfCommand()}
	if cfg.Fetch.LearnSites {
		o.Sites = pipeline.NewSites(o.Bus)
		fo.Site = o.Sites.Model
	}
	o.Fetcher = ingest.NewFetcher(fo)
	if o.Sources, err = newSources(cfg, client); err != nil {
		return usage(err)
	}
	if o.Channels, err = newChannels(cfg, out, h.meters); err != nil {
		return usage(err)
	}
	return nil
}

func newClient(cfg *config.Config) *ingest.Client {
	o := ingest.ClientOptions{UserAgent: cfg.Fetch.UserAgent, Contact: cfg.Fetch.Contact, MaxBytes: int64(cfg.Fetch.MaxBytes),
		Timeout: cfg.Fetch.Timeout, PerHost: cfg.Fetch.PerHost, AllowPrivate: cfg.Fetch.Private()}
	if o.UserAgent == "" {
		o.UserAgent = "copytaster/" + version()
	}
	return ingest.NewClient(o)
}

func newSources(cfg *config.Config, client *ingest.Client) ([]pipeline.Source, error) {
	var all []pipeline.Source
	for _, s := range cfg.Sources {
		c := ingest.SourceConfig{Name: s.Name, Kind: s.Kind, URL: s.URL, Path: s.Path, Every: s.Every, Country: s.Country,
			Language: s.Language, Include: s.Include, Exclude: s.Exclude, MaxItems: s.MaxItems, Selector: s.Selector, Paused: s.Paused}
		src, err := ingest.NewSource(c, client)
		if err != nil {
			return nil, err
		}
		all = append(all, pipeline.Source{Config: c, Source: src})
	}
	return all, nil
}

// newChannels builds the configured channels; with none configured, alerts go to
// the terminal.
func newChannels(cfg *config.Config, out io.Writer, m *meters) (map[string]alert.Channel, error) {
	configured := cfg.Channels
	if len(configured) == 0 {
		configured = []config.Channel{{Name: "terminal", Kind: "terminal"}}
	}
	all := map[string]alert.Channel{}
	for _, c := range configured {
		var secrets []string
		for _, s := range c.Secret {
			secrets = append(secrets, string(s))
		}
		ch, err := alert.NewChannel(alert.ChannelConfig{Name: c.Name, Kind: c.Kind, URL: c.URL, Secrets: secrets,
			AllowPrivate: c.AllowPrivate, Timeout: c.Timeout}, alert.Deps{Out: out, Color: colours(out), Version: version()})
		if err != nil {
			return nil, err
		}
		all[c.Name] = m.channel(c.Name, ch)
	}
	return all, nil
}
