// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/copytaster/copytaster/internal/lock"
)

// host is the server in this process and the lock on its folder.
type host struct {
	server *server.Server
	lock   *lock.Lock
}

// startHost starts a server without a port over o.Dir, with every write synced
// before it is acknowledged. It fits o's sizes to the disk.
func startHost(o *Options) (*host, error) {
	held, err := lock.Acquire(o.Dir)
	if err != nil {
		return nil, err
	}
	h := &host{lock: held}
	if err := h.start(o); err != nil {
		return nil, errors.Join(err, h.stop())
	}
	return h, nil
}

func (h *host) start(o *Options) error {
	if err := o.fit(); err != nil {
		return err
	}
	store := filepath.Join(o.Dir, "store")
	if err := finishStore(store, o.Logger); err != nil {
		return fmt.Errorf("embed server in %s: %w", o.Dir, err)
	}
	srv, err := server.NewServer(&server.Options{
		ServerName: "copytaster", DontListen: true, NoSigs: true, DisableJetStreamBanner: true,
		JetStream: true, StoreDir: store, SyncAlways: true,
		JetStreamMaxStore: o.MaxStore, JetStreamMaxMemory: 64 * mib,
	})
	if err != nil {
		return fmt.Errorf("embed server: %w", err)
	}
	h.server = srv
	log := &serverLog{log: o.Logger}
	srv.SetLoggerV2(log, false, false, false)
	srv.Start()
	if !h.ready(log) {
		return fmt.Errorf("embed server in %s: it did not start: %s", o.Dir, log.lastFatal())
	}
	return nil
}

const notReady = "not ready in time"

// ready waits for the server, up to two minutes for a large store, and no longer
// than it takes the server to give up.
func (h *host) ready(log *serverLog) bool {
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); {
		if h.server.ReadyForConnections(200 * time.Millisecond) {
			return h.server.JetStreamEnabled()
		}
		if log.lastFatal() != notReady {
			return false
		}
	}
	return false
}

func (h *host) stop() error {
	if h.server != nil {
		h.server.Shutdown()
		h.server.WaitForShutdown()
	}
	return h.lock.Release()
}

// serverLog hands the server's warnings and errors to slog, and keeps the fatal
// one: the server's own logger would end the process.
type serverLog struct {
	log   *slog.Logger
	mu    sync.Mutex
	fatal string
}

func (l *serverLog) lastFatal() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fatal == "" {
		return notReady
	}
	return l.fatal
}

// Noticef drops what the server says when all is well.
func (l *serverLog) Noticef(string, ...any) {}

// Debugf drops the server's debugging.
func (l *serverLog) Debugf(string, ...any) {}

// Tracef drops the server's protocol trace.
func (l *serverLog) Tracef(string, ...any) {}

// Warnf logs a warning of the server.
func (l *serverLog) Warnf(format string, v ...any) {
	l.log.Warn("nats-server", "says", sayf(format, v))
}

// Errorf logs an error of the server.
func (l *serverLog) Errorf(format string, v ...any) {
	l.log.Error("nats-server", "says", sayf(format, v))
}

// Fatalf logs and keeps the reason for which the server could not start.
func (l *serverLog) Fatalf(format string, v ...any) {
	said := sayf(format, v)
	l.log.Error("nats-server", "says", said)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fatal = said
}

func sayf(format string, v []any) string { return strings.TrimSpace(fmt.Sprintf(format, v...)) }
