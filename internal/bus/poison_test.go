// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/copytaster/copytaster"
)

// A handler that never returns costs the message that it hangs on, and no other.
func TestHangingHandlerIsLeftBehind(t *testing.T) {
	t.Parallel()
	b := open(t, Options{Grace: 20 * time.Millisecond, Delays: slices.Repeat([]time.Duration{10 * time.Millisecond}, 9)})
	publish(t, b, ArticleSubject("a"), 5)
	release := make(chan struct{})
	t.Cleanup(func() { close(release) })
	consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Batch: 5, Wait: time.Second, Limit: 50 * time.Millisecond, Done: copytaster.StateIndexed}, func(_ context.Context, batch []Message) []error {
		for _, m := range batch {
			if string(m.Data) == "2" {
				<-release
				m.Note.Reason = "late"
			}
		}
		return make([]error, len(batch))
	})
	waitOutcomes(t, b, 5)
	settled(t, b, Articles, "extract")
	letters, err := b.Dead().List(t.Context(), "", 0, 10)
	if err != nil || len(letters) != 1 || string(letters[0].Data) != "2" || !strings.Contains(letters[0].Error, "hangs") {
		t.Errorf("letters %+v, %v", letters, err)
	}
}

// A handler that ends with its context is not taken for one that hangs.
func TestLimitEndsTheContext(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	publish(t, b, ArticleSubject("a"), 1)
	var calls atomic.Int32
	consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Limit: 30 * time.Millisecond, Done: copytaster.StateIndexed}, func(ctx context.Context, _ []Message) []error {
		if calls.Add(1) == 1 {
			<-ctx.Done()
			return []error{ctx.Err()}
		}
		return []error{nil}
	})
	if out := waitOutcomes(t, b, 1); out[0].State != copytaster.StateIndexed || calls.Load() != 2 {
		t.Errorf("%+v after %d calls", out, calls.Load())
	}
}

// A handler that ignores a hard stop loses nothing: its message comes again.
func TestHungAtAHardStopIsNoPoison(t *testing.T) {
	t.Parallel()
	b := open(t, Options{Drain: 20 * time.Millisecond, Grace: 20 * time.Millisecond})
	publish(t, b, ArticleSubject("a"), 1)
	begun, release := make(chan struct{}), make(chan struct{})
	t.Cleanup(func() { close(release) })
	stop := consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract"}, func(context.Context, []Message) []error {
		close(begun)
		<-release
		return []error{nil}
	})
	<-begun
	stop()
	if letters, err := b.Dead().List(t.Context(), "", 0, 10); err != nil || len(letters) != 0 {
		t.Errorf("letters %+v, %v", letters, err)
	}
	cons, err := b.streams[Articles].Consumer(t.Context(), "extract")
	if err != nil || cons.CachedInfo().NumAckPending != 1 {
		t.Errorf("%+v, %v", cons.CachedInfo(), err)
	}
}

// A message that was delivered before without an answer is handled alone, so that
// one that kills its process takes no other along.
func TestSuspectsAreHandledAlone(t *testing.T) {
	t.Parallel()
	b := open(t, Options{AckWait: 200 * time.Millisecond, Delays: slices.Repeat([]time.Duration{10 * time.Millisecond}, 9)})
	publish(t, b, ArticleSubject("a"), 4)
	cons, err := b.streams[Articles].Consumer(t.Context(), "extract")
	if err != nil {
		t.Fatal(err)
	}
	for range suspect - 1 { // processes that die with four messages in hand
		n := 0
		batch, err := cons.Fetch(4, jetstream.FetchMaxWait(5*time.Second))
		if err != nil {
			t.Fatal(err)
		}
		for range batch.Messages() {
			n++
		}
		if n != 4 {
			t.Fatalf("%d messages: %v", n, batch.Error())
		}
	}
	publish(t, b, ArticleSubject("fresh"), 2)
	time.Sleep(b.o.AckWait + 100*time.Millisecond)
	var mu sync.Mutex
	var sizes []int
	consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Batch: 6, Wait: time.Second, Done: copytaster.StateIndexed}, func(_ context.Context, batch []Message) []error {
		mu.Lock()
		defer mu.Unlock()
		sizes = append(sizes, len(batch))
		return make([]error, len(batch))
	})
	waitOutcomes(t, b, 6)
	mu.Lock()
	defer mu.Unlock()
	slices.Sort(sizes)
	if d := cmp.Diff([]int{1, 1, 1, 1, 2}, sizes); d != "" {
		t.Error(d)
	}
}

// The bodies of one call are bounded, however many messages were pulled.
func TestLargeBodiesAreHandledInParts(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	body := make([]byte, 30<<20)
	for i := range 4 {
		body[0] = byte(i)
		if _, err := b.Publish(t.Context(), Out{Subject: ArticleSubject(string(rune('a' + i))), Data: body, Header: map[string]string{HeaderURL: "https://news.example/" + string(rune('a'+i))}}); err != nil {
			t.Fatal(err)
		}
	}
	var most atomic.Int32
	consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Batch: 4, Wait: time.Second, Done: copytaster.StateIndexed}, func(_ context.Context, batch []Message) []error {
		most.Store(max(most.Load(), int32(len(batch))))
		return make([]error, len(batch))
	})
	waitOutcomes(t, b, 4)
	if n := most.Load(); n > 3 {
		t.Errorf("%d bodies of 30 MiB in one call", n)
	}
}
