// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/copytaster/copytaster/internal/config"
	"github.com/copytaster/copytaster/internal/control"
	"github.com/copytaster/copytaster/internal/lock"
)

// maxSocketPath is the least that the systems we run on allow for the name of a
// socket, its final zero included (104 on macOS, 108 on Linux).
const maxSocketPath = 103

// patience is how long a verb waits for the holder of the data folder, which may
// be about to start or to stop.
const (
	patience = 10 * time.Second
	lockPoll = 50 * time.Millisecond
)

// socketPath is where the holder of a data folder serves its operations: inside
// the folder or, where that name is too long for a socket, in the system's
// temporary folder.
func socketPath(dataDir string) string {
	p := filepath.Join(dataDir, "copytaster.sock")
	if len(p) <= maxSocketPath {
		return p
	}
	sum := sha256.Sum256([]byte(dataDir))
	return filepath.Join(os.TempDir(), "copytaster-"+hex.EncodeToString(sum[:8])+".sock")
}

// session is a verb's way to the line: its own, or another process's.
type session struct {
	*control.Client
	held *holding // nil when another process holds the folder
	stop func() error
}

// Close ends the session: stages that it started finish what is in flight.
func (s *session) Close() error { return s.stop() }

// open gives a verb a client of the data folder's line. If no process holds the
// folder this one does, for the time of the session, and runs the named stages;
// none if none is named.
func (g *globals) open(ctx context.Context, out io.Writer, stages ...string) (*session, error) {
	cfg, err := g.load()
	if err != nil {
		return nil, err
	}
	if !g.verbose {
		cfg.Log.Level = "warn"
	}
	return openSession(ctx, cfg, logger(cfg.Log), out, stages)
}

func openSession(ctx context.Context, cfg *config.Config, log *slog.Logger, out io.Writer, stages []string) (*session, error) {
	if cfg.Bus.URL != "" {
		return openShared(ctx, cfg, log, out, stages)
	}
	socket := socketPath(cfg.DataDir)
	for deadline := time.Now().Add(patience); ; {
		h, err := hold(ctx, cfg, log, out)
		if err == nil {
			return startSession(ctx, h, socket, stages)
		}
		if !errors.Is(err, lock.ErrHeld) {
			return nil, err
		}
		client := control.Dial(socket)
		if _, serr := client.Status(ctx); serr == nil {
			return &session{Client: client, stop: func() error { return nil }}, nil
		} else if !errors.Is(serr, control.ErrUnreachable) || time.Now().After(deadline) {
			return nil, errors.Join(err, serr)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(lockPoll):
		}
	}
}

// openShared joins the line on an outside bus, beside whatever other processes
// there are. The session's socket is its own.
func openShared(ctx context.Context, cfg *config.Config, log *slog.Logger, out io.Writer, stages []string) (*session, error) {
	h, err := hold(ctx, cfg, log, out)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "copytaster-")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("socket: %w", err), h.Close())
	}
	s, err := startSession(ctx, h, filepath.Join(dir, "socket"), stages)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	stop := s.stop
	s.stop = func() error { return errors.Join(stop(), os.RemoveAll(dir)) }
	return s, nil
}

// startSession runs stages and serves the socket until the session is closed.
func startSession(ctx context.Context, h *holding, socket string, stages []string) (*session, error) {
	run, cancel := context.WithCancel(ctx)
	g, run := errgroup.WithContext(run)
	serve, err := serveSocket(socket, control.Handler(h.Line, "session"))
	if err != nil {
		cancel()
		return nil, errors.Join(err, h.Close())
	}
	if len(stages) > 0 {
		g.Go(func() error { return h.Run(run, stages...) })
	}
	g.Go(func() error { return serve(run) })
	stop := func() error {
		cancel()
		return errors.Join(g.Wait(), h.Close())
	}
	return &session{Client: control.Dial(socket), held: h, stop: stop}, nil
}

// serveSocket listens on a unix socket that only its owner can open, and returns
// a function that serves until its context is done and requests are answered.
// The folder's lock is held, so a socket that is there is a dead process's.
func serveSocket(path string, h http.Handler) (func(context.Context) error, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("socket: %w", err)
	}
	ln, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("socket: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("socket: %w", err), ln.Close())
	}
	return func(ctx context.Context) error { return serveUntil(ctx, ln, h) }, nil
}

// serveUntil serves HTTP until ctx is done, then answers what was asked and
// stops.
func serveUntil(ctx context.Context, ln net.Listener, h http.Handler) error {
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(ln) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if err := srv.Shutdown(grace); err != nil {
		return errors.Join(err, srv.Close())
	}
	return nil
}
