// SPDX-License-Identifier: Apache-2.0

package pipeline_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/demo"
	"github.com/copytaster/copytaster/internal/pipeline"
)

// matrix is a house under load to which things happen.
type matrix struct {
	*house
	t      *testing.T
	demo   *demo.Site
	paper  *press
	in     *inbox
	random *rand.Rand
	rings  []string // alerts of the bundled site
	table  bytes.Buffer
}

// TestCrashMatrix takes in copy on three message servers and Elasticsearch while
// processes are killed, servers are stopped, a store is deleted, and connections
// break between a request and its answer. After each the ledger must balance, and
// every story stand once in its newest edition, every alert once.
func TestCrashMatrix(t *testing.T) {
	site, paper := servePress(t)
	in, hook := serveInbox(t)
	h := startHouse(t, site.Base, hook)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	m := &matrix{house: h, t: t, demo: site, paper: paper, in: in, random: rand.New(rand.NewPCG(seed, 1)), rings: expectedAlerts(t, site)}
	for _, name := range staff() {
		h.start(name)
	}
	w := tabwriter.NewWriter(&m.table, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "what happens\ttimes\tURLs\tpending\tdead\tstories\tlost\tdoubled\talerts\tlost\tdoubled\tdeliveries\t")
	cuts := max(3, *rounds/10)
	for _, event := range []struct {
		what  string
		times int
		do    func(times int)
	}{
		{"a process is killed", *rounds, m.kills},
		{"Elasticsearch is away, seconds", min(120, *rounds*6/5), m.elasticAway},
		{"cut between publish and ack", cuts, m.cutting(&h.cuts, published)},
		{"cut between double ack and answer", cuts, m.cutting(&h.cuts, acked)},
		{"cut between bulk and answer", cuts, m.cutting(&h.bulkCuts, bulk)},
		{"a server loses its store", 1, m.storeLost},
	} {
		began := time.Now()
		event.do(event.times)
		t.Logf("%s: done after %v, %d stories are printed", event.what, time.Since(began).Round(time.Second), len(paper.stories()))
		r := m.settle(event.what)
		t.Logf("%s: settled after %v: %+v", event.what, time.Since(began).Round(time.Second), r)
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t\n", event.what, event.times, r.urls, r.pending, r.dead,
			r.stories, r.lost, r.doubled, r.alerts, r.alertsLost, r.alertsDoubled, r.deliveries)
		if r.pending+r.lost+r.doubled+r.alertsLost+r.alertsDoubled > 0 || r.dead != plannedDead {
			t.Errorf("%s: %+v", event.what, r)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%s", m.table.String())
	for _, name := range staff() {
		h.end(name, syscall.SIGTERM)
	}
}

// kills ends processes and message servers at random moments with SIGKILL and
// starts them again.
func (m *matrix) kills(times int) {
	victims := append(staff(), "nats-0", "nats-1", "nats-2")
	for range times {
		m.paper.print(4, 2, m.random)
		m.nap(200, 900)
		victim := victims[m.random.IntN(len(victims))]
		server, err := strconv.Atoi(strings.TrimPrefix(victim, "nats-"))
		if err != nil {
			m.end(victim, syscall.SIGKILL)
			m.start(victim)
			continue
		}
		m.servers[server].Kill()
		m.nap(100, 1500)
		m.startServer(server)
	}
}

func (m *matrix) nap(least, most int) {
	time.Sleep(time.Duration(least+m.random.IntN(most-least)) * time.Millisecond)
}

// elasticAway refuses all connections to Elasticsearch for some seconds, while
// the paper goes on printing.
func (m *matrix) elasticAway(seconds int) {
	m.elasticVia.setAway(true)
	for range seconds {
		if m.random.IntN(2) == 0 {
			m.paper.print(1, 1, m.random)
		}
		time.Sleep(time.Second)
	}
	m.elasticVia.setAway(false)
}

// cutting breaks connections after requests of a kind until it was done often
// enough.
func (m *matrix) cutting(c *cutter, request func([]byte) bool) func(times int) {
	return func(times int) {
		c.arm(times, request)
		steadily(m.t, "cuts", func(context.Context) (string, bool) {
			m.paper.print(1, 1, m.random)
			return strconv.Itoa(c.remaining()), c.remaining() == 0
		})
	}
}

func published(b []byte) bool { return bytes.Contains(b, []byte("PUB copytaster.")) }
func acked(b []byte) bool     { return bytes.Contains(b, []byte("PUB $JS.ACK.")) }

// bulk knows a bulk request by its size, for the connection is encrypted: nothing
// else that is sent is as large.
func bulk(b []byte) bool { return len(b) > 3000 }

// storeLost kills a message server, deletes what it had stored and starts it
// again: it takes everything from the other two.
func (m *matrix) storeLost(int) {
	victim := m.random.IntN(3)
	m.paper.print(20, 5, m.random)
	m.servers[victim].Kill()
	if err := os.RemoveAll(m.store(victim)); err != nil {
		m.t.Fatal(err)
	}
	m.nap(500, 1500)
	m.startServer(victim)
	m.paper.print(20, 5, m.random)
}

// reckoning is what stands in the house when it is quiet.
type reckoning struct {
	urls, pending, dead, stories, lost, doubled   int
	alerts, alertsLost, alertsDoubled, deliveries int
}

// settle waits until all that was printed is found and nothing is under way, and
// counts.
func (m *matrix) settle(what string) reckoning {
	m.t.Helper()
	want := m.paper.stories()
	m.steady(what, func(ctx context.Context) (string, bool) {
		lost, doubled, err := m.compare(ctx, want)
		return fmt.Sprint(lost, doubled, err), lost == 0 && err == nil
	})
	m.steady(what+", calm", func(ctx context.Context) (string, bool) {
		left, err := m.line.Calm(ctx, pipeline.Patience{Links: true, Still: 10 * time.Second})
		st, serr := m.line.Bus.Levels(ctx)
		return fmt.Sprint(left, err, serr, waiting(st)), left == 0 && err == nil
	})
	return m.count(want)
}

// waiting says which readers have something before them.
func waiting(st bus.Status) (all []string) {
	for _, c := range st.Consumers {
		if n := int(c.Pending) + c.AckPending; n > 0 {
			all = append(all, fmt.Sprintf("%s %d", c.Durable, n))
		}
	}
	return all
}

// steady is steadily for a house whose processes must live: it shows what they
// said when they do not get on.
func (m *matrix) steady(what string, look func(context.Context) (string, bool)) {
	m.t.Helper()
	defer func() {
		if !m.t.Failed() {
			return
		}
		for name, errs := range m.errs {
			if said := errs.String(); said != "" {
				m.t.Logf("%s said: %s", name, said)
			}
		}
	}()
	steadily(m.t, what, look)
}

var printed = regexp.MustCompile(`number(\d+), and has said so in edition(\d+) `)

// compare holds what is found of the press against what was printed.
func (m *matrix) compare(ctx context.Context, want []int) (lost, doubled int, err error) {
	q, _, err := m.line.Query("source:press")
	if err != nil {
		return 0, 0, err
	}
	found := make([]int, len(want)) // how often in the newest edition
	page := index.Page{Size: index.MaxSize}
	for {
		res, err := m.line.Index.Search(ctx, q, page)
		if err != nil {
			return 0, 0, err
		}
		for _, hit := range res.Hits {
			at := printed.FindStringSubmatch(hit.Document.Text)
			if at == nil {
				return 0, 0, fmt.Errorf("%s is cut", hit.Document.URL)
			}
			story, _ := strconv.Atoi(at[1]) // digits, says the expression
			edition, _ := strconv.Atoi(at[2])
			if story < len(want) && edition == want[story] {
				found[story]++
			} else {
				doubled++ // an old edition beside or in the place of the newest
			}
		}
		if page.After = res.Next; page.After == "" {
			break
		}
	}
	for _, n := range found {
		if n == 0 {
			lost++
		}
		doubled += max(0, n-1)
	}
	return lost, doubled, nil
}

func (m *matrix) count(want []int) (r reckoning) {
	m.t.Helper()
	states := tally(m.t, m.line)
	r.urls, r.pending, r.dead, r.stories = sum(states), states[copytaster.StatePending], states[copytaster.StateDead], len(want)
	var err error
	if r.lost, r.doubled, err = m.compare(m.t.Context(), want); err != nil {
		m.t.Fatal(err)
	}
	checkArticles(m.t, find(m.t, m.line, ""), states)
	stand, received := alertsIn(m.t, m.line), m.in.received()
	r.alerts = len(stand)
	for _, id := range append(pressAlerts(m.t, m.demo, m.paper), m.rings...) {
		if stand[id] == 0 || received[id] == 0 {
			r.alertsLost++
		}
	}
	for _, n := range stand {
		r.alertsDoubled += n - 1
	}
	for id, n := range received {
		r.deliveries += n
		if stand[id] == 0 {
			r.alertsDoubled++
		}
	}
	return r
}
