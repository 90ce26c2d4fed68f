// SPDX-License-Identifier: Apache-2.0

package pipeline_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/extract"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/pipeline"
)

// secret stands in the story that is taken down, and nowhere else.
const secret = "The heron of Wexcombe signed for Atos at midnight, and the clerk looked away."

// serveStories serves a story under several addresses, the same but for what is
// said of its revision, and a story that stays.
func serveStories(t *testing.T, revision *atomic.Int32) string {
	t.Helper()
	filler := strings.Repeat("<p>The board met on Tuesday and agreed on nothing that it had not agreed on before, but at greater length.</p>\n", 30)
	mux := http.NewServeMux()
	mux.HandleFunc("/news/", func(w http.ResponseWriter, r *http.Request) {
		name, text := "heron", secret
		if strings.HasSuffix(r.URL.Path, "/stays") {
			name, text = "stays", "The otter of Marlow signed for Atos at noon."
		}
		fmt.Fprintf(w, `<html><head><title>Story of the %s</title><link rel="canonical" href="http://%s/news/%s"><meta property="article:published_time" content="2026-03-01T09:00:00Z"></head>
<body><article><h1>Story of the %s</h1><p>%s</p><p>Reporters were told of it %d times.</p>%s</article></body></html>`,
			name, r.Host, name, name, text, revision.Load(), filler)
	})
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	return srv.URL
}

// deaf is a receiver that refuses for good.
type deaf struct{}

func (deaf) Send(context.Context, *copytaster.Alert) error {
	return copytaster.Permanent(errors.New("no such desk"))
}

// addAll adds URLs and waits for what becomes of them.
func addAll(t *testing.T, l *pipeline.Line, urls ...string) {
	t.Helper()
	ctx, since := within(t, time.Minute), l.Now()
	named, err := l.Add(ctx, urls)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Settle(ctx, named, since); err != nil {
		t.Fatal(err)
	}
}

// holders are the files of a folder in which a text stands, packed ones unpacked.
func holders(t *testing.T, dir, text string) (found []string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a server at work replaces its files
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		files++
		b, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if strings.HasSuffix(path, ".gz") {
			z, err := gzip.NewReader(bytes.NewReader(b))
			if err != nil {
				return err
			}
			if b, err = io.ReadAll(z); err != nil {
				return err
			}
		}
		if holds(b, text) {
			found = append(found, path)
		}
		return nil
	})
	if err != nil || files < 10 {
		t.Fatalf("%d files: %v", files, err)
	}
	return found
}

// holds reports whether a text stands in bytes, as it is or, like the body of a
// dead letter, in base 64, which is another text at each of three places.
func holds(b []byte, text string) bool {
	if bytes.Contains(bytes.ToLower(b), []byte(strings.ToLower(text))) {
		return true
	}
	for shift := range 3 {
		whole := text[shift : shift+(len(text)-shift)/3*3]
		if bytes.Contains(b, []byte(base64.StdEncoding.EncodeToString([]byte(whole)))) {
			return true
		}
	}
	return false
}

func TestATakedownLeavesNoByteOfTheText(t *testing.T) {
	for name, above := range map[string]int{"in messages": 0, "by claim check": 2000} {
		t.Run(name, func(t *testing.T) {
			w := world{dir: t.TempDir(), channels: map[string]alert.Channel{"deaf": deaf{}}, bus: bus.Options{ClaimAbove: above}}
			testTakedown(t, w)
		})
	}
}

func testTakedown(t *testing.T, w world) {
	var revision atomic.Int32
	site := serveStories(t, &revision)
	func() {
		l, done, err := openLine(t.Context(), w)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ran := make(chan error, 1)
		go func() { ran <- l.Run(ctx) }()
		addAll(t, l, site+"/news/heron", site+"/news/stays")
		revision.Add(1)
		addAll(t, l, site+"/news/heron", site+"/news/print/heron")
		if found := holders(t, w.dir, "Wexcomb"); len(found) < 4 {
			t.Fatalf("the text stands in %v; the test wants it everywhere", found)
		}
		got, err := l.Remove(within(t, time.Minute), site+"/news/print/heron")
		if err != nil {
			t.Fatal(err)
		}
		if len(got.URLs) != 2 || got.Messages < 4 || got.Alerts != 1 || got.Letters != 1 || got.Records != 3 || got.Unread != "" {
			t.Errorf("it reached %+v; want 2 URLs, the revisions, one alert, its letter, 3 records", got)
		}
		t.Run("it comes back by no address", func(t *testing.T) {
			addAll(t, l, site+"/news/heron", site+"/news/print/heron", site+"/news/amp/heron")
			for _, u := range []string{"/news/heron", "/news/print/heron", "/news/amp/heron"} {
				if e, err := l.Why(t.Context(), site+u); err != nil || e.State != copytaster.StateRemoved {
					t.Errorf("%s is %+v, %v; want it removed", u, e, err)
				}
			}
		})
		if hits := find(t, l, "supplier:atos"); len(hits) != 1 || hits[0] != site+"/news/stays" {
			t.Errorf("%v are found; want the one that stays", hits)
		}
		if left := alertsIn(t, l); len(left) != 1 {
			t.Errorf("%v stand in the alerts; want that of the story that stays", left)
		}
		if letters, err := l.Bus.Dead().List(t.Context(), "", 0, 10); err != nil || len(letters) != 1 {
			t.Errorf("%d letters, %v; want that of the story that stays", len(letters), err)
		}
		cancel()
		if err := errors.Join(<-ran, done()); err != nil {
			t.Fatal(err)
		}
	}()
	for _, text := range []string{"Wexcomb", "the clerk looked away"} {
		if found := holders(t, w.dir, text); len(found) > 0 {
			t.Errorf("%q stands in %v", text, found)
		}
	}
	if found := holders(t, w.dir, "Marlow"); len(found) < 4 {
		t.Errorf("the story that stays stands in %v only", found)
	}
}

// stuck is a tagger that stands still with its first document until it is let go.
type stuck struct {
	entered, leave chan struct{}
	once           sync.Once
}

func (s *stuck) Tag(d *copytaster.Document) {
	s.once.Do(func() {
		close(s.entered)
		<-s.leave
	})
	d.Extractor = s.Revision()
}

func (*stuck) Revision() string { return "stuck" }

func TestAStageThatStoodStillBringsNothingBack(t *testing.T) {
	s := &stuck{entered: make(chan struct{}), leave: make(chan struct{})}
	lists := func([]extract.Entry) (pipeline.Tagger, alert.Names, error) { return s, nil, nil }
	l := startLine(t, world{fetcher: writer{bytes: 300}, lists: lists}, "fetch", "extract", "index", "alert")
	write(t, l, 1)
	<-s.entered
	const url = "https://paper.example/story0"
	for ctx := within(t, time.Minute); ctx.Err() == nil; time.Sleep(20 * time.Millisecond) {
		if _, err := l.Why(ctx, url); err == nil {
			break // the ledger has heard of it
		}
	}
	e, err := l.Remove(within(t, time.Minute), url) // gives up on the stage
	close(s.leave)
	if err != nil || len(e.URLs) != 1 {
		t.Fatalf("%+v, %v", e, err)
	}
	if err := l.Quiet(within(t, time.Minute)); err != nil {
		t.Fatal(err)
	}
	if hits := find(t, l, "board"); len(hits) > 0 {
		t.Errorf("%v are found again", hits)
	}
	for _, subject := range []string{bus.ArticleSubject(copytaster.ArticleID(url)), bus.DocumentSubject(copytaster.ArticleID(url))} {
		if _, err := l.Bus.Last(t.Context(), subject); !errors.Is(err, bus.ErrNotFound) {
			t.Errorf("%s is on the line: %v", subject, err)
		}
	}
	if w, err := l.Why(t.Context(), url); err != nil || w.State != copytaster.StateRemoved {
		t.Errorf("%+v, %v; want it removed", w, err)
	}
}

func TestATakedownThatDiedIsDoneAgain(t *testing.T) {
	l := startLine(t, world{fetcher: writer{bytes: 300}}, "fetch", "extract", "index", "alert")
	write(t, l, 1)
	if err := l.Quiet(within(t, time.Minute)); err != nil {
		t.Fatal(err)
	}
	const url = "https://paper.example/story0"
	// What a process leaves that dies after it told the ledger.
	o := copytaster.Outcome{URL: url, State: copytaster.StateRemoved, Reason: "taken down", Stage: "remove", At: l.Now()}
	if err := errors.Join(l.Index.Record(t.Context(), []copytaster.Outcome{o})...); err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{2, 0} {
		got, err := l.Remove(within(t, time.Minute), url)
		if err != nil || got.Messages != want {
			t.Errorf("time %d reached %+v, %v; want %d messages", i, got, err, want)
		}
	}
	if _, err := l.Bus.Last(t.Context(), bus.ArticleSubject(copytaster.ArticleID(url))); !errors.Is(err, bus.ErrNotFound) {
		t.Errorf("the article is on the line still: %v", err)
	}
}
