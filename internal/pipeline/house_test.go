// SPDX-License-Identifier: Apache-2.0

package pipeline_test

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/copytaster/copytaster/index/elastic"
	"github.com/copytaster/copytaster/index/open"
	"github.com/copytaster/copytaster/internal/pipeline"
	"github.com/copytaster/copytaster/internal/proctest"
)

// elasticVar names the Elasticsearch of the tests, with _USER, _PASSWORD and _CA.
const elasticVar = "COPYTASTER_TEST_ELASTICSEARCH"

// memberIndex is the index of a process of the house; without it SQLite.
const memberIndex = "COPYTASTER_MEMBER_INDEX"

// house is what a large newsroom runs: three message servers, Elasticsearch, and
// a process or more for each stage. Between the processes and the servers stand
// proxies.
type house struct {
	crew
	servers    [3]*proctest.Process
	clients    [3]string // addresses of the servers
	routes     [3]string
	cuts       cutter // of the message servers
	bulkCuts   cutter
	elasticVia *proxy
	line       *pipeline.Line // as the admin, past the proxies
}

// tellers are the roles that have a password on the servers.
func tellers() []string {
	return []string{"sys", "admin", "route", "discover", "fetch", "extract", "index", "alert", "notify", "serve"}
}

func startHouse(t *testing.T, site, hook string) *house {
	t.Helper()
	if os.Getenv(serverVar) == "" || os.Getenv(elasticVar) == "" {
		t.Skipf("no %s or no %s: .ci/nats and .ci/elasticsearch start them", serverVar, elasticVar)
	}
	h := &house{crew: crew{t: t, dir: t.TempDir(), site: site, hook: hook, run: map[string]*exec.Cmd{}, errs: map[string]*strings.Builder{}}}
	t.Cleanup(h.stop)
	for i, addr := range freeAddresses(t, 6) {
		if i < 3 {
			h.clients[i] = addr
		} else {
			h.routes[i-3] = addr
		}
	}
	var direct, via []string
	for i := range h.servers {
		h.startServer(i)
		direct = append(direct, "nats://"+h.clients[i])
		via = append(via, "nats://"+startProxy(t, h.clients[i], &h.cuts).addr)
	}
	h.url = strings.Join(via, ",")
	h.openIndex()
	w := member(strings.Join(direct, ","), "admin", h.dir, site, hook).large(h.index(os.Getenv(elasticVar)))
	w.bus.Replicas = 3
	line, done, err := openLine(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := done(); err != nil {
			t.Error(err)
		}
	})
	h.line = line
	return h
}

// openIndex makes indices of this test alone and puts a proxy before them.
func (h *house) openIndex() {
	h.t.Helper()
	o, _, err := h.index(os.Getenv(elasticVar)).Cluster()
	if err != nil {
		h.t.Fatal(err)
	}
	x, remove, err := elastic.Scratch(h.t.Context(), o)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() {
		if err := remove(); err != nil {
			h.t.Error(err)
		}
	})
	u, err := url.Parse(os.Getenv(elasticVar))
	if err != nil {
		h.t.Fatal(err)
	}
	h.elasticVia = startProxy(h.t, u.Host, &h.bulkCuts)
	h.prefix = x.Prefix()
	h.more = []string{memberIndex + "=" + u.Scheme + "://" + h.elasticVia.addr + "?prefix=" + h.prefix}
}

func (h *house) index(address string) open.Options {
	if h.prefix != "" {
		address += "?prefix=" + h.prefix
	}
	return elasticAt(address)
}

// elasticAt is the Elasticsearch of the tests by an address of it.
func elasticAt(address string) open.Options {
	return open.Options{URL: address, Username: os.Getenv(elasticVar + "_USER"), Password: os.Getenv(elasticVar + "_PASSWORD"), CAFile: os.Getenv(elasticVar + "_CA")}
}

// large is a member's world on Elasticsearch and a cluster, which takes longer to
// come back than a server alone.
func (w world) large(index open.Options) world {
	w.index = index
	w.bus.ConnectWait, w.bus.Timeout, w.bus.AckWait, w.bus.PinnedTTL = 3*time.Minute, 5*time.Second, 5*time.Second, 10*time.Second
	w.bus.Delays = []time.Duration{50 * time.Millisecond, 200 * time.Millisecond, time.Second, 2 * time.Second, 5 * time.Second}
	for range 20 { // a stop of two minutes kills nothing
		w.bus.Delays = append(w.bus.Delays, 10*time.Second)
	}
	return w
}

// freeAddresses are loopback ports on which nobody listens at the time.
func freeAddresses(t *testing.T, n int) []string {
	t.Helper()
	var addrs []string
	for range n {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer ln.Close()
		addrs = append(addrs, ln.Addr().String())
	}
	return addrs
}

func (h *house) store(i int) string { return filepath.Join(h.dir, fmt.Sprint("nats-", i)) }

// startServer starts one of the three with the delivered configuration. They do
// not tell the clients of each other: that would lead past the proxies.
func (h *house) startServer(i int) {
	h.t.Helper()
	_, port, err := net.SplitHostPort(h.clients[i])
	if err != nil {
		h.t.Fatal(err)
	}
	env := []string{"NATS_STORE=" + h.store(i), fmt.Sprintf("NATS_NODE=nats-%d", i), "NATS_ROUTES=[nats://" + strings.Join(h.routes[:], ", nats://") + "]"}
	for _, role := range tellers() {
		env = append(env, "NATS_PASSWORD_"+strings.ToUpper(role)+"=pw-"+role)
	}
	h.servers[i], err = proctest.Start(env, os.Getenv(serverVar), "-c", filepath.Join("..", "..", "deploy", "nats", "cluster.conf"), "-a", "127.0.0.1",
		"-p", port, "-m", "0", "--cluster", "nats://"+h.routes[i], "--no_advertise", "-l", h.store(i)+".log")
	if err != nil {
		h.t.Fatal(err)
	}
}

// stop ends every process, however the test went.
func (h *house) stop() {
	for _, cmd := range h.run {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	for i := range h.servers {
		h.servers[i].Kill()
	}
}

// steadily waits until look is done. A slow machine may take its time, as long as
// what look returns goes on changing; it may not stand still for three minutes.
func steadily(t *testing.T, what string, look func(ctx context.Context) (state string, done bool)) {
	t.Helper()
	var last string
	for end := time.Now().Add(3 * time.Minute); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
		state, done := look(ctx)
		cancel()
		if done {
			return
		}
		if state != last {
			last, end = state, time.Now().Add(3*time.Minute)
		}
	}
	t.Fatalf("%s: nothing changes for three minutes: %s", what, last)
}

// stages of the house: a name is a stage and a number.
func staff() []string {
	return []string{"discover-1", "fetch-1", "fetch-2", "fetch-3", "extract-1", "extract-2", "index-1", "index-2", "alert-1", "notify-1", "serve-1"}
}
