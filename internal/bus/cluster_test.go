// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/proctest"
)

// serverVar names the server's program, which .ci/nats builds.
const serverVar = "COPYTASTER_TEST_NATS_SERVER"

// nodes are three servers in processes of their own, with the delivered
// configuration.
type nodes struct {
	t     *testing.T
	bin   string
	dir   string
	ports [6]int // of the clients, then of the routes
	run   [3]*proctest.Process
}

func startNodes(t *testing.T) *nodes {
	t.Helper()
	n := &nodes{t: t, bin: os.Getenv(serverVar), dir: t.TempDir()}
	if n.bin == "" {
		t.Skipf("no %s: .ci/nats builds the server", serverVar)
	}
	var held []net.Listener
	for i := range n.ports {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		held, n.ports[i] = append(held, ln), ln.Addr().(*net.TCPAddr).Port
	}
	for _, ln := range held {
		ln.Close()
	}
	t.Cleanup(func() {
		for i := range n.run {
			n.run[i].Kill()
		}
	})
	for i := range n.run {
		n.start(i)
	}
	return n
}

func (n *nodes) store(i int) string { return filepath.Join(n.dir, fmt.Sprint("node-", i)) }

func (n *nodes) start(i int) {
	n.t.Helper()
	var routes []string
	for _, p := range n.ports[3:] {
		routes = append(routes, fmt.Sprintf("nats://127.0.0.1:%d", p))
	}
	env := []string{"NATS_STORE=" + n.store(i), fmt.Sprintf("NATS_NODE=nats-%d", i), "NATS_ROUTES=[" + strings.Join(routes, ", ") + "]"}
	for _, name := range append(roles(), "sys", "admin", "route") {
		env = append(env, "NATS_PASSWORD_"+strings.ToUpper(name)+"=pw-"+name)
	}
	var err error
	n.run[i], err = proctest.Start(env, n.bin, "-c", filepath.Join("..", "..", "deploy", "nats", "cluster.conf"), "-a", "127.0.0.1", "-p", fmt.Sprint(n.ports[i]),
		"-m", "0", "--cluster", fmt.Sprintf("nats://127.0.0.1:%d", n.ports[3+i]), "-l", n.store(i)+".log")
	if err != nil {
		n.t.Fatal(err)
	}
}

func (n *nodes) url() string {
	var urls []string
	for _, p := range n.ports[:3] {
		urls = append(urls, fmt.Sprintf("nats://127.0.0.1:%d", p))
	}
	return strings.Join(urls, ",")
}

// load publishes one message after the other, each until it is confirmed, and
// remembers what was.
type load struct {
	mu        sync.Mutex
	confirmed []string
}

func (l *load) run(ctx context.Context, b *Bus) {
	for i := 0; ctx.Err() == nil; i++ {
		time.Sleep(5 * time.Millisecond) // a newsroom's rate, not a race
		id := fmt.Sprint("article-", i)
		o := Out{Subject: ArticleSubject(id), ID: id, Data: []byte(id), Header: map[string]string{HeaderURL: "https://news.example/" + id}}
		for ctx.Err() == nil {
			if _, err := b.Publish(ctx, o); err == nil {
				l.mu.Lock()
				l.confirmed = append(l.confirmed, id)
				l.mu.Unlock()
				break
			}
		}
	}
}

func (l *load) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.confirmed)
}

// One of three servers is killed under load, then a second time with its store
// deleted; the line goes on, and what was confirmed is there, once.
func TestOneOfThreeIsKilled(t *testing.T) {
	n := startNodes(t)
	b := open(t, Options{URL: n.url(), Access: Access{User: "admin", Password: "pw-admin"}, Replicas: 3, ConnectWait: time.Minute,
		Timeout: 3 * time.Second, AckWait: 2 * time.Second, Delays: []time.Duration{100 * time.Millisecond, time.Second, time.Second, time.Second, time.Second}})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	l := &load{}
	var wg sync.WaitGroup
	wg.Go(func() { l.run(ctx, b) })
	stop := consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Batch: 20, Done: copytaster.StateIndexed}, func(ctx context.Context, batch []Message) []error {
		outs := make([]Out, len(batch))
		for i, m := range batch {
			outs[i] = Out{Subject: DocumentSubject(string(m.Data)), ID: "document-" + string(m.Data), Data: m.Data}
		}
		return b.PublishBatch(ctx, outs)
	})
	for round := range 3 {
		victim := leader(t, b, n)
		before := l.count()
		n.run[victim].Kill()
		if round > 0 {
			if err := os.RemoveAll(n.store(victim)); err != nil {
				t.Fatal(err)
			}
		}
		growing(t, fmt.Sprintf("round %d: confirmed with node %d down", round, victim), before+20, l.count)
		n.start(victim)
		whole(t, b)
		t.Logf("round %d: node %d killed, %d confirmed before, %d after it is back", round, victim, before, l.count())
	}
	cancel()
	wg.Wait()
	drained(t, b, l.count())
	stop()
	for _, id := range l.confirmed {
		m, err := b.Last(t.Context(), DocumentSubject(id))
		if err != nil || string(m.Data) != id {
			t.Errorf("%s: %v", id, err)
		}
	}
	once(t, b, Articles)
	once(t, b, Documents)
	t.Logf("%d articles confirmed, each one document", len(l.confirmed))
}

// Nine processes start at once on a cluster that is empty and not yet elected: all
// of them come in, and none makes anything twice.
func TestManyStartOnAnEmptyCluster(t *testing.T) {
	n := startNodes(t)
	var wg sync.WaitGroup
	errs := make([]error, 9)
	for i := range errs {
		wg.Go(func() {
			b, err := Open(t.Context(), Options{URL: n.url(), Access: Access{User: "admin", Password: "pw-admin"}, Replicas: 3, Dir: t.TempDir()})
			if err == nil {
				checkReplicas(t, b, 3)
				err = b.Close()
			}
			errs[i] = err
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
}

// leader is the node that leads ARTICLES: the one whose loss is felt.
func leader(t *testing.T, b *Bus, n *nodes) int {
	t.Helper()
	at := -1
	eventually(t, "a leader", func() bool {
		info, err := b.streams[Articles].Info(t.Context())
		if err != nil || info.Cluster == nil || info.Cluster.Leader == "" {
			return false
		}
		_, err = fmt.Sscanf(info.Cluster.Leader, "nats-%d", &at)
		return err == nil
	})
	return at
}

// whole waits until every stream has all its replicas at hand.
func whole(t *testing.T, b *Bus) {
	t.Helper()
	var why error
	for end := time.Now().Add(5 * time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if why = lagging(t.Context(), b); why == nil {
			return
		}
	}
	t.Fatal(why)
}

// drained waits until there is a document of every article.
func drained(t *testing.T, b *Bus, want int) {
	t.Helper()
	growing(t, "documents", want, func() int {
		info, err := b.streams[Documents].Info(t.Context())
		if err != nil {
			return 0 // a cluster that elects is asked again
		}
		return int(info.State.Msgs)
	})
}

// growing waits until a count is reached. A slow machine may take its time, but
// not stand still for two minutes.
func growing(t *testing.T, what string, want int, count func() int) {
	t.Helper()
	most := 0
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		n := count()
		if n >= want {
			return
		}
		if n > most {
			most, end = n, time.Now().Add(2*time.Minute)
		}
	}
	t.Fatalf("%s: %d of %d, and no more for two minutes", what, most, want)
}

// lagging says which stream has a replica that is not at hand.
func lagging(ctx context.Context, b *Bus) error {
	for name, s := range b.streams {
		info, err := s.Info(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if info.Cluster == nil || len(info.Cluster.Replicas) != 2 {
			return fmt.Errorf("%s: %+v", name, info.Cluster)
		}
		for _, r := range info.Cluster.Replicas {
			if !r.Current || r.Offline {
				return errors.New(name + ": " + r.Name + " is behind")
			}
		}
	}
	return nil
}
