// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/copytaster/copytaster"
)

// open starts a bus in dir with delays that suit a test.
func open(t testing.TB, o Options) *Bus {
	t.Helper()
	if o.Dir == "" {
		o.Dir = t.TempDir()
	}
	if len(o.Delays) == 0 {
		o.Delays = []time.Duration{20 * time.Millisecond, 40 * time.Millisecond}
	}
	if o.AckWait == 0 {
		o.AckWait = 2 * time.Second
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	b, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// publish stores messages with distinct ids on one subject.
func publish(t testing.TB, b *Bus, subject string, n int) {
	t.Helper()
	for i := range n {
		o := Out{Subject: subject, ID: fmt.Sprintf("%s-%d", subject, i), Data: fmt.Append(nil, i), Header: map[string]string{HeaderURL: fmt.Sprintf("https://news.example/%d", i)}}
		if _, err := b.Publish(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
}

// consume runs a consumer until stop is called; stop waits for it.
func consume(t testing.TB, b *Bus, c Consumer, h Handler) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- b.Consume(ctx, c, h) }()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(stop)
	return stop
}

// eventually waits until cond holds, for as long as a loaded machine may need.
func eventually(t testing.TB, what string, cond func() bool) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if cond() {
			return
		}
	}
	t.Fatalf("never came: %s", what)
}

// waitLetter waits for the first dead letter.
func waitLetter(t testing.TB, b *Bus) Letter {
	t.Helper()
	var letters []Letter
	eventually(t, "a dead letter", func() bool {
		var err error
		if letters, err = b.Dead().List(t.Context(), "", 0, 10); err != nil {
			t.Fatal(err)
		}
		return len(letters) > 0
	})
	return letters[0]
}

// waitOutcomes waits until the ledger's stream has at least n outcomes and
// returns all.
func waitOutcomes(t testing.TB, b *Bus, n uint64) (out []copytaster.Outcome) {
	t.Helper()
	eventually(t, fmt.Sprintf("%d outcomes", n), func() bool {
		out, _ = toldOutcomes(t, b)
		return uint64(len(out)) >= n
	})
	return out
}

// toldOutcomes is what was told the ledger so far: how things ended, and the tries
// that failed before.
func toldOutcomes(t testing.TB, b *Bus) (ends, tries []copytaster.Outcome) {
	t.Helper()
	err := walk(t.Context(), b.streams[Ledger], "", func(raw *jetstream.RawStreamMsg) error {
		var o copytaster.Outcome
		if err := json.Unmarshal(raw.Data, &o); err != nil {
			return err
		}
		if o.Delivery > 0 {
			tries = append(tries, o)
		} else {
			ends = append(ends, o)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ends, tries
}

// settled waits until a durable has nothing to read and nothing in flight.
func settled(t testing.TB, b *Bus, stream, durable string) {
	t.Helper()
	eventually(t, durable+" settled", func() bool {
		cons, err := b.streams[stream].Consumer(t.Context(), durable)
		if err != nil {
			t.Fatal(err)
		}
		info := cons.CachedInfo()
		return info.NumPending == 0 && info.NumAckPending == 0
	})
}
