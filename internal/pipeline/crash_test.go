// SPDX-License-Identifier: Apache-2.0

package pipeline_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/demo"
	"github.com/copytaster/copytaster/internal/pipeline"
)

var rounds = flag.Int("rounds", 6, "how often the crash test kills the line")

// What the parent tells the child that it kills.
const (
	crashDir  = "COPYTASTER_CRASH_DIR"
	crashSite = "COPYTASTER_CRASH_SITE"
	crashHook = "COPYTASTER_CRASH_HOOK"
)

// crashChild is a whole line on a folder, polling as fast as it can, until it is
// killed.
func crashChild() int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	w := world{dir: os.Getenv(crashDir), site: os.Getenv(crashSite), hook: os.Getenv(crashHook), press: true, every: 10 * time.Millisecond}
	l, done, err := openLine(ctx, w)
	if err == nil {
		err = l.Run(ctx)
	}
	if err == nil {
		err = done()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "child:", err)
		return 1
	}
	return 0
}

// TestCrash kills a line with SIGKILL at random moments while it takes in the
// bundled site, and then lets one finish: nothing may be lost or doubled.
func TestCrash(t *testing.T) {
	site, paper := servePress(t)
	in, hook := serveInbox(t)
	dir := t.TempDir()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	for i := range *rounds {
		if i == *rounds/2 {
			site.Edit()
		}
		paper.print(12, 6, random)
		killOne(t, dir, site.Base, hook, 50*time.Millisecond+time.Duration(random.IntN(900))*time.Millisecond)
	}

	l := startLine(t, world{dir: dir, site: site.Base, hook: hook, press: true}, "fetch", "extract", "index", "alert", "notify")
	ctx := within(t, 10*time.Minute)
	if _, err := l.PollNow(ctx); err != nil {
		t.Fatal(err)
	}
	if err := l.Quiet(ctx); err != nil {
		t.Fatal(err)
	}
	states := tally(t, l)
	if states[copytaster.StatePending] != 0 || states[copytaster.StateIndexed]+states[copytaster.StateUnchanged] == 0 {
		t.Errorf("the ledger does not balance: %v", states)
	}
	checkArticles(t, find(t, l, ""), states)
	if hits := find(t, l, "money:500m title:care"); len(hits) != 1 {
		t.Errorf("the edited story's newest revision is not found: %v", hits)
	}
	if hits := find(t, l, "money:600m"); len(hits) != 0 {
		t.Errorf("an old revision is found: %v", hits)
	}
	checkPress(t, l, paper)
	stand, received := alertsIn(t, l), in.received()
	for _, id := range append(expectedAlerts(t, site), pressAlerts(t, site, paper)...) {
		if stand[id] != 1 || received[id] < 1 {
			t.Errorf("alert %s stands %d times, was received %d times", id, stand[id], received[id])
		}
	}
	for id := range received {
		if stand[id] != 1 {
			t.Errorf("the receiver was sent %s, which stands %d times", id, stand[id])
		}
	}
	sent := 0
	for _, n := range received {
		sent += n
	}
	t.Logf("%d rounds: %d URLs, %d articles, %d alerts stand once each, %d deliveries", *rounds, sum(states), len(find(t, l, "")), len(stand), sent)
}

// servePress serves the bundled web and a press beside it.
func servePress(t *testing.T) (*demo.Site, *press) {
	t.Helper()
	site, err := demo.NewSite()
	if err != nil {
		t.Fatal(err)
	}
	paper := &press{}
	mux := http.NewServeMux()
	mux.Handle("/", site)
	mux.Handle("/press/", paper)
	return serveBeside(t, site, mux), paper
}

// checkPress holds every story of the press against its newest revision.
func checkPress(t *testing.T, l *pipeline.Line, paper *press) {
	t.Helper()
	for i, edition := range paper.stories() {
		if hits := find(t, l, fmt.Sprintf("number%d edition%d source:press", i, edition)); len(hits) != 1 {
			t.Errorf("story %d in its edition %d is found %d times", i, edition, len(hits))
		}
	}
}

// pressAlerts are the alerts that the press must have rung.
func pressAlerts(t *testing.T, site *demo.Site, paper *press) []string {
	t.Helper()
	var ids []string
	for i := range paper.stories() {
		canonical, err := copytaster.Canonical(fmt.Sprintf("%s/press/story-%d", site.Base, i))
		if err != nil {
			t.Fatal(err)
		}
		if paper.names(i) {
			ids = append(ids, copytaster.AlertID("atos", copytaster.ArticleID(canonical)))
		}
	}
	return ids
}

func sum(states map[copytaster.State]int) int {
	n := 0
	for _, k := range states {
		n += k
	}
	return n
}

// killOne runs a line and kills it.
func killOne(t *testing.T, dir, site, hook string, after time.Duration) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashDir+"="+dir, crashSite+"="+site, crashHook+"="+hook)
	var errs strings.Builder
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	_ = cmd.Process.Signal(syscall.SIGKILL) // it may have ended by itself, which the next lines find
	err := cmd.Wait()
	if state := cmd.ProcessState.Sys().(syscall.WaitStatus); !state.Signaled() {
		t.Errorf("the line ended by itself: %v\n%s", err, errs.String())
	}
}

// checkArticles holds what is found against what the site offers.
func checkArticles(t *testing.T, urls []string, states map[copytaster.State]int) {
	t.Helper()
	if n := states[copytaster.StateIndexed] + states[copytaster.StateUnchanged]; len(urls) != n {
		t.Errorf("%d articles are found, the ledger says %d: %v", len(urls), n, states)
	}
	slices.Sort(urls)
	if once := slices.Compact(slices.Clone(urls)); len(once) != len(urls) {
		t.Errorf("an article stands twice: %v", urls)
	}
}

// expectedAlerts takes the site in once, without crashes, and returns what rang.
func expectedAlerts(t *testing.T, site *demo.Site) []string {
	t.Helper()
	calm := startLine(t, world{site: site.Base}, "fetch", "extract", "index", "alert")
	takeIn(t, calm)
	var ids []string
	for id := range alertsIn(t, calm) {
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		t.Fatal("nothing rings on the site")
	}
	return ids
}
