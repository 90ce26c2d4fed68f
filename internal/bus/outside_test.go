// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// The servers that .ci/nats starts: one, and a cluster of three.
const (
	natsVar    = "COPYTASTER_TEST_NATS"
	clusterVar = "COPYTASTER_TEST_NATS_CLUSTER"
)

// TestRealServers takes the bus through all that it promises, on servers in
// processes of their own.
func TestRealServers(t *testing.T) {
	for _, target := range []struct {
		name, variable string
		replicas       int
	}{{"one server", natsVar, 1}, {"a cluster of three", clusterVar, 3}} {
		t.Run(target.name, func(t *testing.T) {
			url := os.Getenv(target.variable)
			if url == "" {
				t.Skipf("no %s: .ci/nats starts servers", target.variable)
			}
			wipe(t, url)
			o := Options{URL: url, Replicas: target.replicas, AckWait: time.Second, PinnedTTL: time.Second, PurgeEvery: 100 * time.Millisecond, ClaimAbove: 100 << 10}
			b := open(t, o)
			checkReplicas(t, b, target.replicas)
			for name, test := range promises() {
				t.Run(name, func(t *testing.T) { test(t, b, o) })
			}
		})
	}
}

// wipe removes every stream of an account, for a clean start.
func wipe(t *testing.T, url string) {
	t.Helper()
	conn, err := nats.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	list := js.StreamNames(t.Context())
	for name := range list.Name() {
		names = append(names, name)
	}
	if err := list.Err(); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if err := js.DeleteStream(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
}

func checkReplicas(t *testing.T, b *Bus, want int) {
	t.Helper()
	for name, s := range b.streams {
		info, err := s.Info(t.Context())
		if err != nil {
			t.Error(err)
			continue
		}
		if info.Config.Replicas != want || info.Config.AllowDirect {
			t.Errorf("%s has %d replicas; any of them answers: %t", name, info.Config.Replicas, info.Config.AllowDirect)
		}
	}
}

// promises are independent of each other and of their order: each has subjects
// and consumers of its own.
func promises() map[string]func(*testing.T, *Bus, Options) {
	return map[string]func(*testing.T, *Bus, Options){
		"a message id is stored once":            storedOnce,
		"an expected sequence is held":           sequenceHeld,
		"an alert stands once":                   alertOnce,
		"a batch says of each what became of it": batchVerdicts,
		"a value is swapped by its revision":     valuesSwapped,
		"a large body goes another way":          largeBody,
		"failures come again and then die":       failuresDie,
		"a silent worker's message comes again":  silentWorker,
		"a shard moves to a living process":      shardMoves,
	}
}

func storedOnce(t *testing.T, b *Bus, _ Options) {
	o := Out{Subject: ArticleSubject("once"), ID: "once-1", Data: []byte("x")}
	first, err := b.Publish(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	second, err := b.Publish(t.Context(), o)
	if err != nil || second != first {
		t.Errorf("stored at %d and at %d, %v", first, second, err)
	}
}

func sequenceHeld(t *testing.T, b *Bus, _ Options) {
	none := uint64(0)
	o := Out{Subject: ArticleSubject("held"), ID: "held-1", Expect: &none}
	seq, err := b.Publish(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	o.ID = "held-2"
	if _, err := b.Publish(t.Context(), o); !errors.Is(err, ErrConflict) {
		t.Errorf("error %v", err)
	}
	o.Expect = &seq
	if _, err := b.Publish(t.Context(), o); err != nil {
		t.Error(err)
	}
}

func alertOnce(t *testing.T, b *Bus, _ Options) {
	o := Out{Subject: AlertSubject("w", "a"), Data: []byte("x")}
	if _, err := b.Publish(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Publish(t.Context(), o); !errors.Is(err, ErrExists) {
		t.Errorf("error %v", err)
	}
}

func batchVerdicts(t *testing.T, b *Bus, _ Options) {
	var outs []Out
	for _, id := range []string{"b1", "b2", "b3", "b4"} {
		outs = append(outs, Out{Subject: DocumentSubject(id), ID: id, Data: []byte(id)})
	}
	outs = append(outs, Out{Subject: "copytaster.nowhere.x", Data: []byte("x")})
	errs := b.PublishBatch(t.Context(), outs)
	for i, err := range errs {
		if (err != nil) != (i == len(outs)-1) {
			t.Errorf("%s: %v", outs[i].Subject, err)
		}
	}
	if m, err := b.Last(t.Context(), DocumentSubject("b4")); err != nil || string(m.Data) != "b4" {
		t.Errorf("%+v, %v", m, err)
	}
}

func valuesSwapped(t *testing.T, b *Bus, _ Options) {
	kv := b.KV(Sites)
	rev, err := kv.Create(t.Context(), "host", []byte("1"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kv.Update(t.Context(), "host", []byte("2"), rev); err != nil {
		t.Fatal(err)
	}
	if _, err := kv.Update(t.Context(), "host", []byte("3"), rev); !errors.Is(err, ErrConflict) {
		t.Errorf("error %v", err)
	}
	if v, _, err := kv.Get(t.Context(), "host"); err != nil || string(v) != "2" {
		t.Errorf("%s, %v", v, err)
	}
}

func largeBody(t *testing.T, b *Bus, _ Options) {
	body := bytes.Repeat([]byte("copy "), 500<<10) // 2.5 MB
	if _, err := b.Publish(t.Context(), Out{Subject: ArticleSubject("large"), ID: "large", Data: body}); err != nil {
		t.Fatal(err)
	}
	if m, err := b.Last(t.Context(), ArticleSubject("large")); err != nil || !bytes.Equal(m.Data, body) {
		t.Errorf("%v", err)
	}
}

func failuresDie(t *testing.T, b *Bus, _ Options) {
	var calls atomic.Int32
	broken := atomic.Bool{}
	broken.Store(true)
	c := Consumer{Stage: "failing", Stream: Articles, Durable: "failing", Filter: ArticleSubject("failing")}
	consume(t, b, c, func(context.Context, []Message) []error {
		calls.Add(1)
		if broken.Load() {
			return []error{errors.New("broken")}
		}
		return []error{nil}
	})
	publish(t, b, ArticleSubject("failing"), 1)
	letter := waitLetter(t, b)
	if letter.Stage != "failing" || calls.Load() != int32(b.o.deliveries()) {
		t.Errorf("%d calls, letter %+v", calls.Load(), letter)
	}
	broken.Store(false)
	if err := b.Dead().Retry(t.Context(), letter.ID); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the retry", func() bool { return calls.Load() == int32(b.o.deliveries())+1 })
	if letters, err := b.Dead().List(t.Context(), "failing", 0, 10); err != nil || len(letters) != 0 {
		t.Errorf("%+v, %v", letters, err)
	}
}

func silentWorker(t *testing.T, b *Bus, _ Options) {
	c := Consumer{Stage: "silent", Stream: Articles, Durable: "silent", Filter: ArticleSubject("silent")}.withDefaults()
	if err := b.Attach(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	publish(t, b, ArticleSubject("silent"), 1)
	cons, err := b.streams[Articles].Consumer(t.Context(), "silent")
	if err != nil {
		t.Fatal(err)
	}
	if raw, err := cons.Next(); err != nil || raw == nil { // taken, and never answered
		t.Fatal(err)
	}
	got := make(chan int, 1)
	consume(t, b, c, func(_ context.Context, batch []Message) []error { got <- batch[0].Delivered; return []error{nil} })
	select {
	case n := <-got:
		if n != 2 {
			t.Errorf("delivery %d", n)
		}
	case <-time.After(2 * time.Minute):
		t.Error("the message did not come again")
	}
}

// shardMoves breaks off the owner of a shard without a word, as a kill does.
func shardMoves(t *testing.T, b *Bus, o Options) {
	dead, err := Open(t.Context(), withTestDelays(o))
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan string, 100)
	handler := func(name string) Handler {
		return func(context.Context, []Message) []error { got <- name; return []error{nil} }
	}
	c := shardConsumer(Shard("moves"))
	ended := make(chan error, 1)
	go func() { ended <- dead.Consume(context.Background(), c, handler("dead")) }()
	send := func(id string) {
		t.Helper()
		if _, err := b.Publish(t.Context(), Out{Subject: LinkSubject("moves"), ID: id}); err != nil {
			t.Fatal(err)
		}
	}
	send("moves-1")
	if who := <-got; who != "dead" {
		t.Fatal(who)
	}
	consume(t, b, c, handler("living"))
	send("moves-2")
	if who := <-got; who != "dead" {
		t.Errorf("the shard changed hands while its owner lived: %s", who)
	}
	dead.conn.Close() // no unpinning, no farewell
	send("moves-3")
	select {
	case who := <-got:
		if who != "living" {
			t.Error(who)
		}
	case <-time.After(2 * time.Minute):
		t.Error("the shard did not move")
	}
	if err := dead.Close(); err != nil {
		t.Error(err)
	}
	if err := <-ended; err != nil && !errors.Is(err, nats.ErrConnectionClosed) {
		t.Error(err)
	}
}

func withTestDelays(o Options) Options {
	o.Delays = []time.Duration{20 * time.Millisecond, 40 * time.Millisecond}
	return o
}

// Replicas are raised on streams that are there, and not lowered by a process that
// names none.
func TestReplicasAreRaised(t *testing.T) {
	url := os.Getenv(clusterVar)
	if url == "" {
		t.Skipf("no %s: .ci/nats starts servers", clusterVar)
	}
	wipe(t, url)
	for i, tt := range []struct{ ask, want int }{{1, 1}, {3, 3}, {1, 3}} {
		b := open(t, Options{URL: url, Replicas: tt.ask})
		checkReplicas(t, b, tt.want)
		if i == 0 {
			publish(t, b, ArticleSubject("kept"), 1)
		}
		if _, err := b.Last(t.Context(), ArticleSubject("kept")); err != nil {
			t.Error(err)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Replicas on a single server are refused with the reason.
func TestReplicasNeedACluster(t *testing.T) {
	t.Parallel()
	s := outside(t)
	_, err := Open(t.Context(), Options{URL: s.ClientURL(), Replicas: 3, ConnectWait: time.Millisecond})
	if err == nil || !slices.Contains([]jetstream.ErrorCode{10074, 10005}, apiCode(err)) {
		t.Errorf("error %v", err)
	}
}
