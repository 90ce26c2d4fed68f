// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"
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

// eventually waits until cond holds.
func eventually(t testing.TB, what string, cond func() bool) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if cond() {
			return
		}
	}
	t.Fatalf("never came: %s", what)
}

func TestSmoke(t *testing.T) {
	start := time.Now()
	b := open(t, Options{Logger: slog.Default()})
	t.Log("open", time.Since(start))
	publish(t, b, ArticleSubject("a"), 3)
	got := make(chan Message, 10)
	stop := consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Batch: 10, Done: "indexed"}, func(_ context.Context, batch []Message) []error {
		for _, m := range batch {
			got <- m
		}
		return make([]error, len(batch))
	})
	for range 3 {
		m := <-got
		t.Logf("%s %s %s %v", m.Subject, m.ID, m.Data, m.Header)
	}
	stop()
	st, err := b.Status(t.Context())
	t.Log(err, st.Problem, st.Idle())
	for _, s := range st.Streams {
		t.Logf("%+v", s)
	}
	t.Log("end", time.Since(start))
}
