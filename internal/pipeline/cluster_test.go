// SPDX-License-Identifier: Apache-2.0

package pipeline_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/ingest"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/demo"
	"github.com/copytaster/copytaster/internal/pipeline"
	"github.com/copytaster/copytaster/internal/proctest"
)

// serverVar names the message server's program, which .ci/nats builds.
const serverVar = "COPYTASTER_TEST_NATS_SERVER"

// memberVar makes the test binary run one stage on an outside bus: it is the
// server's URL. The world's variables are those of the crash test.
const (
	memberVar   = "COPYTASTER_MEMBER_BUS"
	memberStage = "COPYTASTER_MEMBER_STAGE"
	memberDir   = "COPYTASTER_MEMBER_DIR"
	memberSite  = "COPYTASTER_MEMBER_SITE"
	memberHook  = "COPYTASTER_MEMBER_HOOK"
)

// member is the world of one process with the rights of its role.
func member(url, role, dir, site, hook string) world {
	return world{dir: dir, site: site, hook: hook, press: true, every: 100 * time.Millisecond, bus: bus.Options{URL: url,
		Access: bus.Access{User: role, Password: "pw-" + role, Inbox: "_INBOX." + role}}}
}

// memberChild runs one stage until it is stopped or killed.
func memberChild() int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	go func() { // the test is gone: so are we
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(1)
	}()
	stage := os.Getenv(memberStage)
	w := member(os.Getenv(memberVar), stage, os.Getenv(memberDir), os.Getenv(memberSite), os.Getenv(memberHook))
	if at := os.Getenv(memberIndex); at != "" {
		w = w.large(elasticAt(at))
	}
	l, done, err := openLine(ctx, w)
	for end := time.Now().Add(5 * time.Minute); err != nil && ctx.Err() == nil && w.index.URL != "" && time.Now().Before(end); {
		time.Sleep(time.Second) // a supervisor starts it again
		l, done, err = openLine(ctx, w)
	}
	if err == nil && w.index.URL == "" { // the rights are the same in a large house, where the answer may be late
		err = look(ctx, l, stage)
	}
	if err == nil {
		err = l.Run(ctx, stage)
	}
	if err == nil {
		err = done()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, stage+":", err)
		return 1
	}
	return 0
}

// look does what /metrics does, and for serve what the pages do, for the rights
// that it takes.
func look(ctx context.Context, l *pipeline.Line, stage string) error {
	if _, err := l.Bus.Levels(ctx); err != nil {
		return err
	}
	if _, err := l.SourceStatuses(ctx); err != nil || stage != "serve" {
		return err
	}
	go func() { _ = l.Follow(ctx, func(*copytaster.Document) {}) }() // what it is refused stands in the server's log
	if err := l.AddWatch(ctx, copytaster.Watch{Name: "by-hand", Query: "nowhere"}); err != nil {
		return err
	}
	_, err := l.Add(ctx, []string{os.Getenv(memberSite) + "/added-by-hand"})
	return err
}

// startServer starts the message server as it is delivered, on a free port, and
// returns its URL and its log.
func startServer(t *testing.T) (url, log string) {
	t.Helper()
	bin := os.Getenv(serverVar)
	if bin == "" {
		t.Skipf("no %s: .ci/nats builds the server", serverVar)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := ln.Addr().(*net.TCPAddr).Port
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	log = filepath.Join(dir, "log")
	env := []string{"NATS_STORE=" + filepath.Join(dir, "store")}
	for _, role := range tellers() {
		env = append(env, "NATS_PASSWORD_"+strings.ToUpper(role)+"=pw-"+role)
	}
	server, err := proctest.Start(env, bin, "-c", filepath.Join("..", "..", "deploy", "nats", "nats.conf"), "-a", "127.0.0.1", "-p", fmt.Sprint(port), "-m", "0", "-l", log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Kill)
	return fmt.Sprintf("nats://127.0.0.1:%d", port), log
}

// plannedDead is how many URLs of the bundled site cannot be read.
const plannedDead = 1

// crew is a house of processes, one stage each.
type crew struct {
	t                    *testing.T
	url, dir, site, hook string
	prefix               string               // of the indices on Elasticsearch
	more                 []string             // variables of the processes
	run                  map[string]*exec.Cmd // by stage and number
	errs                 map[string]*strings.Builder
}

func (c *crew) start(name string) {
	c.t.Helper()
	stage, _, _ := strings.Cut(name, "-")
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), memberVar+"="+c.url, memberStage+"="+stage, memberDir+"="+c.dir, memberSite+"="+c.site, memberHook+"="+c.hook)
	cmd.Env = append(cmd.Env, c.more...)
	c.errs[name] = &strings.Builder{}
	cmd.Stderr = c.errs[name]
	if _, err := cmd.StdinPipe(); err != nil { // open for as long as the test lives
		c.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.run[name] = cmd
}

// end sends a signal to a process and waits for its end.
func (c *crew) end(name string, s syscall.Signal) {
	c.t.Helper()
	cmd := c.run[name]
	delete(c.run, name)
	_ = cmd.Process.Signal(s) // it may have ended by itself, which the next lines find
	err := cmd.Wait()
	state := cmd.ProcessState.Sys().(syscall.WaitStatus)
	if s == syscall.SIGKILL && !state.Signaled() || s == syscall.SIGTERM && err != nil {
		c.t.Errorf("%s ended with %v: %s", name, err, c.errs[name])
	}
}

// one counts who asks for one listing at the same time.
type one struct {
	next    http.Handler
	mu      sync.Mutex
	asking  map[string]int
	polls   int
	overlap []string
}

func (o *one) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.HasSuffix(r.URL.Path, ".xml") {
		o.next.ServeHTTP(w, r)
		return
	}
	o.mu.Lock()
	o.polls++
	if o.asking[r.URL.Path]++; o.asking[r.URL.Path] > 1 {
		o.overlap = append(o.overlap, r.URL.Path)
	}
	o.mu.Unlock()
	time.Sleep(20 * time.Millisecond) // long enough to be caught together
	o.next.ServeHTTP(w, r)
	o.mu.Lock()
	o.asking[r.URL.Path]--
	o.mu.Unlock()
}

func serveOne(t *testing.T) (*demo.Site, *press, *one) {
	t.Helper()
	site, err := demo.NewSite()
	if err != nil {
		t.Fatal(err)
	}
	paper := &press{}
	mux := http.NewServeMux()
	mux.Handle("/", site)
	mux.Handle("/press/", paper)
	o := &one{next: mux, asking: map[string]int{}}
	return serveBeside(t, site, o), paper, o
}

// Eleven processes of seven roles share one server, each with the rights of its role
// alone. All but the pollers are killed in turn; nothing is lost or doubled, no
// listing is asked for by two at once, and nobody tries what it may not do.
func TestManyProcesses(t *testing.T) {
	url, log := startServer(t)
	site, paper, listings := serveOne(t)
	in, hook := serveInbox(t)
	dir := t.TempDir()
	l, done, err := openLine(t.Context(), member(url, "admin", dir, site.Base, hook)) // makes the streams
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := done(); err != nil {
			t.Error(err)
		}
	}()
	c := &crew{t: t, url: url, dir: dir, site: site.Base, hook: hook, run: map[string]*exec.Cmd{}, errs: map[string]*strings.Builder{}}
	names := []string{"discover-1", "discover-2", "fetch-1", "fetch-2", "fetch-3", "extract-1", "extract-2", "index-1", "alert-1", "notify-1", "serve-1"}
	for _, name := range names {
		c.start(name)
	}
	t.Cleanup(func() {
		for name := range c.run {
			c.end(name, syscall.SIGKILL)
		}
	})
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	for _, victim := range names[2:10] { // the three that fetch come first: one of them owns the host
		paper.print(6, 3, random)
		time.Sleep(time.Duration(300+random.IntN(700)) * time.Millisecond)
		c.end(victim, syscall.SIGKILL)
		c.start(victim)
	}
	paper.print(1, 0, random)
	defer func() {
		for name, errs := range c.errs {
			if t.Failed() {
				t.Logf("%s said: %s", name, errs)
			}
		}
	}()
	steadily(t, "the stories come through", func(context.Context) (string, bool) {
		last := find(t, l, fmt.Sprintf("number%d source:press", len(paper.stories())-1))
		return fmt.Sprint(len(find(t, l, "")), tally(t, l)), len(last) == 1
	})
	if len(listings.overlap) > 0 || listings.polls < 10 {
		t.Errorf("of %d polls these met another of the same listing: %v", listings.polls, listings.overlap)
	}
	ctx := within(t, 10*time.Minute)
	if _, err := l.PollNow(ctx); err != nil {
		t.Fatal(err)
	}
	if err := l.Quiet(ctx); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		c.end(name, syscall.SIGTERM)
	}
	states := tally(t, l)
	if states[copytaster.StatePending] != 0 || states[copytaster.StateDead] != plannedDead {
		t.Errorf("the ledger does not balance: %v", states)
	}
	checkArticles(t, find(t, l, ""), states)
	checkPress(t, l, paper)
	stand, received := alertsIn(t, l), in.received()
	for _, id := range append(expectedAlerts(t, site), pressAlerts(t, site, paper)...) {
		if stand[id] != 1 || received[id] < 1 {
			t.Errorf("alert %s stands %d times, was received %d times", id, stand[id], received[id])
		}
	}
	checkLog(t, log)
	t.Logf("%d URLs, %d articles, %d alerts stand once each, %d polls", sum(states), len(find(t, l, "")), len(stand), listings.polls)
}

// checkLog looks for what the server refused.
func checkLog(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	refused := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		if _, what, ok := strings.Cut(line, "Violation"); ok && !refused[what] {
			refused[what] = true
			t.Errorf("refused: %s", strings.TrimSpace(line))
		}
	}
}

// slowSource says when it is asked and answers when it is told to.
type slowSource struct {
	asked  chan struct{}
	answer chan struct{}
	ended  chan error // the context's, where it ended first
}

func newSlowSource() *slowSource {
	return &slowSource{asked: make(chan struct{}, 10), answer: make(chan struct{}), ended: make(chan error, 10)}
}

func (s *slowSource) List(ctx context.Context, ck ingest.Checkpoint) ([]ingest.Item, ingest.Checkpoint, error) {
	s.asked <- struct{}{}
	select {
	case <-s.answer:
		return nil, ck, nil
	case <-ctx.Done():
		s.ended <- ctx.Err()
		return nil, ck, ctx.Err()
	}
}

// A source that one process is listing is left alone by the others, until a person
// asks; then the first one gives up.
func TestLease(t *testing.T) {
	url, _ := startServer(t)
	poller := func(s *slowSource) *pipeline.Line {
		t.Helper()
		l, done, err := openLine(t.Context(), member(url, "admin", t.TempDir(), "", ""))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := done(); err != nil {
				t.Error(err)
			}
		})
		c := ingest.SourceConfig{Name: "slow", Kind: "feed", Every: time.Minute}
		if err := l.Reload(t.Context(), pipeline.Setup{Watches: watches(), Sources: []pipeline.Source{{Config: c, Source: s}}}); err != nil {
			t.Fatal(err)
		}
		return l
	}
	first, second := newSlowSource(), newSlowSource()
	a, b := poller(first), poller(second)
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	run := func(l *pipeline.Line) {
		wg.Go(func() {
			if err := l.Run(ctx, "discover"); err != nil {
				t.Error(err)
			}
		})
	}
	run(a)
	<-first.asked
	run(b)
	time.Sleep(500 * time.Millisecond) // b looks at once
	if len(second.asked) > 0 {
		t.Error("two processes list one source")
	}
	close(second.answer)
	if _, err := b.PollNow(within(t, 2*time.Minute)); err != nil {
		t.Error(err)
	}
	if len(second.asked) != 1 {
		t.Errorf("asked for at once, and listed %d times", len(second.asked))
	}
	select {
	case <-first.ended:
	case <-time.After(2 * time.Minute):
		t.Error("the first process goes on without its lease")
	}
	cancel()
	wg.Wait()
}
