// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/lock"
)

func TestOneHolderOfAStore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	b := open(t, Options{Dir: dir})
	if _, err := Open(t.Context(), Options{Dir: dir}); !errors.Is(err, lock.ErrHeld) || !strings.Contains(err.Error(), dir) {
		t.Errorf("a second server on one store: %v", err)
	}
	keepsOne(t, b, dir)
}

func TestReopenKeepsEverything(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	b := open(t, Options{Dir: dir, MaxBytes: map[string]int64{Links: 1 << 20}})
	ctx := t.Context()
	publish(t, b, ArticleSubject("a"), 3)
	stop := consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Done: copytaster.StateIndexed}, func(_ context.Context, batch []Message) []error {
		return make([]error, len(batch))
	})
	waitOutcomes(t, b, 3)
	settled(t, b, Articles, "extract")
	stop()
	rev, err := b.KV(Sources).Put(ctx, "feed", []byte("checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	c := open(t, Options{Dir: dir})
	if v, got, err := c.KV(Sources).Get(ctx, "feed"); err != nil || string(v) != "checkpoint" || got != rev {
		t.Errorf("%q at %d, %v", v, got, err)
	}
	st, err := c.Status(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range st.Streams {
		switch s.Name {
		case Links:
			if s.MaxBytes != 1<<20 {
				t.Errorf("the size of LINKS is %d after opening without one", s.MaxBytes)
			}
		case Articles, Ledger:
			if s.Messages != 3 {
				t.Errorf("%s has %d messages", s.Name, s.Messages)
			}
		}
	}
	for _, cs := range st.Consumers {
		if cs.Durable == "extract" && (cs.Pending != 0 || cs.AckPending != 0) {
			t.Errorf("extract is at %+v", cs)
		}
	}
	if _, err := c.Publish(ctx, Out{Subject: ArticleSubject("a"), ID: ArticleSubject("a") + "-0"}); err != nil {
		t.Fatal(err)
	}
	if info, err := c.streams[Articles].Info(ctx); err != nil || info.State.Msgs != 3 {
		t.Errorf("the ids are forgotten: %d messages, %v", info.State.Msgs, err)
	}
}

// A changed table of delays reaches the consumers that are there, and a BackOff,
// which the server would add to the delays, goes.
func TestConsumersFollowTheOptions(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	b := open(t, Options{Dir: dir})
	ctx := t.Context()
	old, err := b.streams[Articles].Consumer(ctx, "extract")
	if err != nil {
		t.Fatal(err)
	}
	cfg := old.CachedInfo().Config
	cfg.BackOff = []time.Duration{time.Second, 2 * time.Second}
	if _, err := b.streams[Articles].UpdateConsumer(ctx, cfg); err != nil {
		t.Fatal(err)
	}
	publish(t, b, ArticleSubject("a"), 1)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	c := open(t, Options{Dir: dir, Delays: []time.Duration{1, 2, 3, 4}, AckWait: 7 * time.Second, PinnedTTL: 9 * time.Second})
	for _, name := range []string{Links, Articles} {
		list := c.streams[name].ListConsumers(ctx)
		for info := range list.Info() {
			got := info.Config
			if got.MaxDeliver != 5 || got.AckWait != 7*time.Second || len(got.BackOff) != 0 || name == Links && got.PinnedTTL != 9*time.Second {
				t.Errorf("%s has %d deliveries, an ack wait of %v, a back-off of %v", info.Name, got.MaxDeliver, got.AckWait, got.BackOff)
			}
			if name == Articles && info.NumPending != 1 {
				t.Errorf("%s has lost its place: %d pending", info.Name, info.NumPending)
			}
		}
		if err := list.Err(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestReconnect(t *testing.T) {
	t.Parallel()
	s := outside(t)
	b := open(t, Options{URL: s.ClientURL()})
	seen := make(chan string, 10)
	consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract"}, func(_ context.Context, batch []Message) []error {
		seen <- string(batch[0].Data)
		return []error{nil}
	})
	publish(t, b, ArticleSubject("before"), 1)
	<-seen
	if err := b.conn.ForceReconnect(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a publish after the break", func() bool {
		_, err := b.Publish(t.Context(), Out{Subject: ArticleSubject("after"), ID: "after", Data: []byte("after")})
		return err == nil
	})
	if got := <-seen; got != "after" {
		t.Errorf("got %s", got)
	}
}

func TestLostStreamIsRefused(t *testing.T) {
	t.Parallel()
	for _, name := range []string{Articles, Dead, "KV_" + Sources, "OBJ_" + claims} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			b := open(t, Options{Dir: dir})
			if err := b.Close(); err != nil {
				t.Fatal(err)
			}
			meta := filepath.Join(dir, "store", "jetstream", "$G", "streams", name, "meta.inf")
			if err := os.Truncate(meta, 0); err != nil {
				t.Fatal(err)
			}
			_, err := Open(t.Context(), Options{Dir: dir})
			if !errors.Is(err, ErrStreamGone) || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "reconcile") {
				t.Fatalf("error %v", err)
			}
			if _, err := Open(t.Context(), Options{Dir: dir}); !errors.Is(err, ErrStreamGone) {
				t.Fatalf("a second try: %v", err)
			}
			open(t, Options{Dir: dir, AllowLoss: true})
		})
	}
}

func TestDamagedMarkerIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, markerName), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), markerName) {
		t.Errorf("error %v", err)
	}
}

// outside starts a server that is not ours.
func outside(t *testing.T) *server.Server {
	t.Helper()
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(), NoLog: true, NoSigs: true, SyncAlways: true})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(10 * time.Second) {
		t.Fatal("the server did not start")
	}
	return s
}

func TestOutsideServer(t *testing.T) {
	t.Parallel()
	s := outside(t)
	dir := t.TempDir()
	b := open(t, Options{URL: s.ClientURL(), Dir: dir})
	publish(t, b, ArticleSubject("a"), 1)
	consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Done: copytaster.StateIndexed}, func(_ context.Context, batch []Message) []error {
		return make([]error, len(batch))
	})
	waitOutcomes(t, b, 1)
	st, err := b.Status(t.Context())
	if err != nil || st.DiskFree != -1 || len(st.Streams) != len(streamTable()) {
		t.Errorf("%+v, %v", st, err)
	}
	second := open(t, Options{URL: s.ClientURL()})
	if _, err := second.Last(t.Context(), ArticleSubject("a")); err != nil {
		t.Errorf("a second process: %v", err)
	}
	if err := b.js.DeleteStream(t.Context(), Dead); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), Options{URL: s.ClientURL(), Dir: dir}); !errors.Is(err, ErrStreamGone) {
		t.Errorf("a stream that the server lost: %v", err)
	}
}

func TestUnsafeStreamIsRefused(t *testing.T) {
	t.Parallel()
	s := outside(t)
	helper := open(t, Options{URL: s.ClientURL()})
	spec, _ := specNamed(Articles)
	for name, spoil := range map[string]func(*jetstream.StreamConfig){
		"discards old": func(c *jetstream.StreamConfig) { c.Discard = jetstream.DiscardOld },
		"persists async": func(c *jetstream.StreamConfig) {
			c.PersistMode, c.AllowAtomicPublish = jetstream.AsyncPersistMode, false
		},
		"in memory":    func(c *jetstream.StreamConfig) { c.Storage = jetstream.MemoryStorage },
		"no acks":      func(c *jetstream.StreamConfig) { c.NoAck, c.AllowAtomicPublish = true, false },
		"drops by age": func(c *jetstream.StreamConfig) { c.MaxAge = 48 * time.Hour },
		"counts":       func(c *jetstream.StreamConfig) { c.MaxMsgs = 10 },
		"no limit":     func(c *jetstream.StreamConfig) { c.MaxBytes = -1 },
		"takes other subjects": func(c *jetstream.StreamConfig) {
			c.Subjects = []string{"copytaster.article.*", "copytaster.elsewhere.*"}
		},
		"loses what was read": func(c *jetstream.StreamConfig) { c.Retention = jetstream.WorkQueuePolicy },
		"forgets ids":         func(c *jetstream.StreamConfig) { c.Duplicates = time.Minute },
		"keeps one revision":  func(c *jetstream.StreamConfig) { c.MaxMsgsPerSubject = 1 },
		"is a mirror": func(c *jetstream.StreamConfig) {
			c.Subjects, c.Mirror, c.Duplicates, c.AllowAtomicPublish = nil, &jetstream.StreamSource{Name: Documents}, 0, false
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			if err := helper.js.DeleteStream(ctx, Articles); err != nil {
				t.Fatal(err)
			}
			cfg := spec.config(helper.o)
			spoil(&cfg)
			if _, err := helper.js.CreateStream(ctx, cfg); err != nil {
				t.Fatal(err)
			}
			_, err := Open(ctx, Options{URL: s.ClientURL()})
			if !errors.Is(err, ErrUnsafe) || !strings.Contains(err.Error(), Articles) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestEveryStreamIsSafe(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	names := []string{"KV_" + Sources, "KV_" + Watches, "KV_" + Sites, "OBJ_" + claims}
	for _, s := range streamTable() {
		names = append(names, s.name)
	}
	for _, name := range names {
		s, err := b.js.Stream(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		if err := checkStream(s.CachedInfo().Config); err != nil {
			t.Error(err)
		}
	}
	if b.host.server.ClientURL() != "" && b.host.server.Addr() != nil {
		t.Errorf("the embedded server listens on %v", b.host.server.Addr())
	}
}

func TestOptions(t *testing.T) {
	for name, o := range map[string]Options{
		"neither folder nor URL": {},
		"a zero delay":           {Dir: "x", Delays: []time.Duration{0}},
		"a delay of a day":       {Dir: "x", Delays: []time.Duration{24 * time.Hour}},
		"an unknown stream":      {Dir: "x", MaxBytes: map[string]int64{"LINK": 1}},
		"an empty stream":        {Dir: "x", MaxBytes: map[string]int64{Links: 0}},
		"no server there":        {URL: "nats://127.0.0.1:1"},
		"no room":                {Dir: t.TempDir(), MaxStore: 1 << 10},
	} {
		if b, err := Open(t.Context(), o); err == nil {
			t.Errorf("%s: no error", name)
			b.Close()
		}
	}
	o, err := Options{Dir: "x"}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSorted(o.Delays) || slices.Max(o.Delays) >= window || o.deliveries() != len(o.Delays)+1 {
		t.Errorf("the default delays are %v", o.Delays)
	}
}

func TestSmallDiskGetsSmallStreams(t *testing.T) {
	t.Parallel()
	b := open(t, Options{MaxStore: 100 << 20, MaxBytes: map[string]int64{Links: 10 << 20}})
	st, err := b.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var sum int64
	for _, s := range st.Streams {
		sum += s.MaxBytes
		if s.Name == Links && s.MaxBytes != 10<<20 {
			t.Errorf("LINKS has %d bytes", s.MaxBytes)
		}
	}
	if sum == 0 || sum > 100<<20 {
		t.Errorf("the streams may take %d bytes", sum)
	}
}
