// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/copytaster/copytaster"
)

// A store that cannot be opened is an error that says why, and gives the folder
// back.
func TestServerThatDoesNotStart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "store")
	if err := os.WriteFile(path, []byte("not a folder"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), dir) {
		t.Fatalf("error %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	open(t, Options{Dir: dir})
}

func TestServerLog(t *testing.T) {
	var out bytes.Buffer
	l := &serverLog{log: slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	l.Noticef("all %s", "well")
	l.Debugf("detail")
	l.Tracef("protocol")
	if out.Len() != 0 {
		t.Errorf("chatter is logged: %s", out.String())
	}
	l.Warnf("low on %s", "disk")
	l.Errorf("bad %d", 1)
	if l.lastFatal() != notReady {
		t.Errorf("reason %q", l.lastFatal())
	}
	l.Fatalf("cannot %s\n", "start")
	if l.lastFatal() != "cannot start" {
		t.Errorf("reason %q", l.lastFatal())
	}
	for _, want := range []string{"WARN", "low on disk", "ERROR", "bad 1", "cannot start"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not logged: %s", want, out.String())
		}
	}
}

func TestResize(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	b := open(t, Options{Dir: dir, MaxBytes: map[string]int64{Articles: 1 << 20}})
	publish(t, b, ArticleSubject("a"), 2)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	c := open(t, Options{Dir: dir, MaxBytes: map[string]int64{Articles: 2 << 20}})
	info, err := c.streams[Articles].Info(t.Context())
	if err != nil || info.Config.MaxBytes != 2<<20 || info.State.Msgs != 2 {
		t.Errorf("%d bytes, %d messages, %v", info.Config.MaxBytes, info.State.Msgs, err)
	}
}

// lines is a log that can be read while it is written.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) with(s string) (out []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for line := range strings.Lines(l.buf.String()) {
		if strings.Contains(line, s) {
			out = append(out, line)
		}
	}
	return out
}

// Every failure is logged once, with what is needed to find it; success and what
// is skipped are silent.
func TestEachFailureIsLoggedOnce(t *testing.T) {
	t.Parallel()
	log := &lines{}
	b := open(t, Options{Logger: slog.New(slog.NewTextHandler(log, nil))})
	publish(t, b, ArticleSubject("a"), 4)
	stop := consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Done: copytaster.StateIndexed, Independent: true}, func(_ context.Context, batch []Message) []error {
		switch m := batch[0]; {
		case string(m.Data) == "1":
			return []error{copytaster.Skip("not for us")}
		case string(m.Data) == "2":
			return []error{copytaster.Permanent(errors.New("cannot be"))}
		case string(m.Data) == "3" && m.Delivered == 1:
			return []error{errDown}
		}
		return []error{nil}
	})
	waitOutcomes(t, b, 4)
	settled(t, b, Articles, "extract")
	stop()
	for url, want := range map[string]int{"/0": 0, "/1": 0, "/2": 1, "/3": 1} {
		got := log.with("url=https://news.example" + url)
		if len(got) != want {
			t.Errorf("%s has %d lines: %q", url, len(got), got)
		}
		for _, line := range got {
			for _, part := range []string{"stage=extract", "subject=" + ArticleSubject("a"), "class=", "delivery=1", "error="} {
				if !strings.Contains(line, part) {
					t.Errorf("no %s in %s", part, line)
				}
			}
		}
	}
}
