// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
)

var errDown = errors.New("the service is down")

// TestOutcomes goes through the table of the worker loop, one row per message.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name       string
		verdict    func() error
		deliveries int
		state      copytaster.State // of the outcome, "" for none
		reason     string
		letter     string // the error in the dead letter, where it is not the reason
		dead       bool
		stack      bool
	}{
		{name: "nil", verdict: func() error { return nil }, deliveries: 1, state: copytaster.StateIndexed},
		{name: "skip", verdict: func() error { return copytaster.Skip("too short") }, deliveries: 1, state: copytaster.StateSkipped, reason: "too short"},
		{name: "skip as", verdict: func() error { return copytaster.SkipAs(copytaster.StateBlocked, "robots") }, deliveries: 1, state: copytaster.StateBlocked, reason: "robots"},
		{name: "duplicate", verdict: func() error { return copytaster.DuplicateOf("https://a.example/") }, deliveries: 1, state: copytaster.StateDuplicate, reason: "duplicate"},
		{name: "transient", verdict: func() error { return errDown }, deliveries: 3, state: copytaster.StateDead, reason: errDown.Error(), dead: true},
		{name: "retry after", verdict: func() error { return copytaster.RetryAfter(errDown, time.Millisecond) }, deliveries: 3, state: copytaster.StateDead, reason: errDown.Error(), dead: true},
		{name: "permanent", verdict: func() error { return copytaster.Permanent(errors.New("no such type")) }, deliveries: 1, state: copytaster.StateDead, reason: "no such type", dead: true},
		{name: "gone", verdict: func() error { return copytaster.PermanentAs(copytaster.StateGone, errors.New("410")) }, deliveries: 1, state: copytaster.StateGone, reason: "410", dead: true},
		{name: "gone from a place", verdict: func() error {
			return copytaster.Locate("get https://a.example/", copytaster.PermanentAs(copytaster.StateGone, errors.New("404")))
		}, deliveries: 1, state: copytaster.StateGone, reason: "404", letter: "get https://a.example/: 404", dead: true},
		{name: "panic", verdict: func() error { panic("poison") }, deliveries: 1, state: copytaster.StateDead, reason: "panic: poison", dead: true, stack: true},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			var seen []Observation
			var mu sync.Mutex
			b := open(t, Options{Observe: func(o Observation) { mu.Lock(); seen = append(seen, o); mu.Unlock() }})
			in := Out{Subject: ArticleSubject("a"), ID: "id", Data: []byte("body"), Header: map[string]string{HeaderURL: "https://news.example/a", HeaderSource: "example"}}
			if _, err := b.Publish(t.Context(), in); err != nil {
				t.Fatal(err)
			}
			var calls atomic.Int32
			stop := consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Done: copytaster.StateIndexed, Independent: true}, func(_ context.Context, batch []Message) []error {
				if n := int(calls.Add(1)); batch[0].Delivered != n {
					t.Errorf("call %d says delivery %d", n, batch[0].Delivered)
				}
				batch[0].Note.ID = "known"
				return []error{row.verdict()}
			})
			out := waitOutcomes(t, b, 1)
			settled(t, b, Articles, "extract")
			stop()
			if n := int(calls.Load()); n != row.deliveries {
				t.Errorf("delivered %d times, want %d", n, row.deliveries)
			}
			want := copytaster.Outcome{URL: "https://news.example/a", State: row.state, Reason: row.reason, Stage: "extract", Source: "example", ID: "known", At: out[0].At}
			if row.state == copytaster.StateDuplicate {
				want.Of = "https://a.example/"
			}
			if d := cmp.Diff([]copytaster.Outcome{want}, out); d != "" {
				t.Error(d)
			}
			_, tries := toldOutcomes(t, b)
			if len(tries) != row.deliveries-1 {
				t.Errorf("%d failed tries are told, want %d", len(tries), row.deliveries-1)
			}
			for i, o := range tries {
				if o.State != copytaster.StatePending || o.Reason != row.reason || o.Delivery != i+1 || !o.Next.After(o.At) {
					t.Errorf("try %d is told as %+v; want it pending with its error and the time of the next", i+1, o)
				}
			}
			if len(seen) != row.deliveries || seen[len(seen)-1].State != row.state || seen[len(seen)-1].Dead != row.dead {
				t.Errorf("observed %+v", seen)
			}
			checkLetters(t, b, row.dead, row.stack, in)
			if letters, err := b.Dead().List(t.Context(), "extract", 0, 1); row.letter != "" && (err != nil || letters[0].Error != row.letter) {
				t.Errorf("the letter says %q, want %q (%v)", letters[0].Error, row.letter, err)
			}
		})
	}
}

func checkLetters(t *testing.T, b *Bus, dead, stack bool, in Out) {
	t.Helper()
	letters, err := b.Dead().List(t.Context(), "extract", 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	if !dead {
		if len(letters) != 0 {
			t.Errorf("letters %+v", letters)
		}
		return
	}
	if len(letters) != 1 {
		t.Fatalf("%d letters", len(letters))
	}
	l := letters[0]
	if l.Subject != in.Subject || l.Stream != Articles || l.MsgID != in.ID || string(l.Data) != string(in.Data) || l.Error == "" || l.Time.IsZero() {
		t.Errorf("letter %+v", l)
	}
	if d := cmp.Diff(in.Header, l.Header); d != "" {
		t.Error(d)
	}
	if stack != strings.Contains(l.Stack, "TestOutcomes") {
		t.Errorf("stack %q", l.Stack)
	}
}

func TestOutcomeNeedsAURLAndAState(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	for id, h := range map[string]map[string]string{"none": nil, "url": {HeaderURL: "https://news.example/a"}} {
		if _, err := b.Publish(t.Context(), Out{Subject: ArticleSubject(id), ID: id, Header: h}); err != nil {
			t.Fatal(err)
		}
	}
	consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract"}, func(_ context.Context, batch []Message) []error {
		if batch[0].ID == "none" {
			return []error{copytaster.Skip("nobody asks")}
		}
		return []error{nil} // and Done is empty
	})
	settled(t, b, Articles, "extract")
	info, err := b.streams[Ledger].Info(t.Context())
	if err != nil || info.State.Msgs != 0 {
		t.Errorf("%d outcomes, %v", info.State.Msgs, err)
	}
}

func TestHandlerMayNoteAState(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	publish(t, b, LinkSubject("a"), 1)
	consume(t, b, Consumer{Stage: "fetch", Stream: Links, Durable: "fetch-" + fmt.Sprint(Shard("a")), Filter: LinkSubject("a"), Pinned: true, MaxInFlight: 10000}, func(_ context.Context, batch []Message) []error {
		batch[0].Note.State = copytaster.StateUnchanged
		return []error{nil}
	})
	if out := waitOutcomes(t, b, 1)[0]; out.State != copytaster.StateUnchanged {
		t.Errorf("outcome %+v", out)
	}
}

func TestOneVerdictPerMessage(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	publish(t, b, ArticleSubject("a"), 5)
	var mu sync.Mutex
	handled := map[string]int{}
	consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Batch: 5, Wait: time.Second, Done: copytaster.StateIndexed}, func(_ context.Context, batch []Message) []error {
		mu.Lock()
		defer mu.Unlock()
		errs := make([]error, len(batch))
		for i, m := range batch {
			handled[string(m.Data)]++
			if handled[string(m.Data)] == 1 && (string(m.Data) == "1" || string(m.Data) == "3") {
				errs[i] = errDown
			}
		}
		return errs
	})
	waitOutcomes(t, b, 5)
	settled(t, b, Articles, "extract")
	mu.Lock()
	defer mu.Unlock()
	if d := cmp.Diff(map[string]int{"0": 1, "1": 2, "2": 1, "3": 2, "4": 1}, handled); d != "" {
		t.Error(d)
	}
}

func TestWrongNumberOfVerdictsFailsTheBatch(t *testing.T) {
	t.Parallel()
	for name, wrong := range map[string][]error{"none": nil, "too few": make([]error, 2), "too many": make([]error, 4)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, Options{})
			publish(t, b, ArticleSubject("a"), 3)
			var calls atomic.Int32
			consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Batch: 3, Wait: time.Second, Done: copytaster.StateIndexed}, func(_ context.Context, batch []Message) []error {
				if calls.Add(1) == 1 {
					if len(batch) != 3 {
						t.Errorf("a batch of %d", len(batch))
					}
					return wrong
				}
				return make([]error, len(batch))
			})
			out := waitOutcomes(t, b, 3)
			if len(out) != 3 || calls.Load() < 2 {
				t.Errorf("%d outcomes after %d calls", len(out), calls.Load())
			}
		})
	}
}

func TestPanicIsTracedToItsMessage(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	publish(t, b, ArticleSubject("a"), 6)
	var mu sync.Mutex
	var done []string
	consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Batch: 6, Wait: time.Second, Done: copytaster.StateIndexed}, func(_ context.Context, batch []Message) []error {
		for _, m := range batch {
			if string(m.Data) == "4" {
				panic(fmt.Errorf("cannot digest %s", m.ID))
			}
		}
		mu.Lock()
		defer mu.Unlock()
		for _, m := range batch {
			done = append(done, string(m.Data))
		}
		return make([]error, len(batch))
	})
	waitOutcomes(t, b, 6)
	settled(t, b, Articles, "extract")
	mu.Lock()
	slices.Sort(done)
	if d := cmp.Diff([]string{"0", "1", "2", "3", "5"}, done); d != "" {
		t.Error(d)
	}
	mu.Unlock()
	letters, err := b.Dead().List(t.Context(), "", 0, 10)
	if err != nil || len(letters) != 1 || string(letters[0].Data) != "4" || letters[0].Deliveries != 1 || letters[0].Stack == "" {
		t.Errorf("letters %+v, %v", letters, err)
	}
}

// A handler may take longer than the server waits for a sign of life.
func TestSlowHandlerKeepsItsMessage(t *testing.T) {
	t.Parallel()
	b := open(t, Options{AckWait: 200 * time.Millisecond})
	publish(t, b, ArticleSubject("a"), 1)
	var calls atomic.Int32
	consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Done: copytaster.StateIndexed}, func(ctx context.Context, batch []Message) []error {
		calls.Add(1)
		time.Sleep(time.Second)
		return []error{batch[0].InProgress()}
	})
	waitOutcomes(t, b, 1)
	settled(t, b, Articles, "extract")
	if n := calls.Load(); n != 1 {
		t.Errorf("started %d times", n)
	}
}

func TestDrainLetsTheWorkEnd(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	publish(t, b, ArticleSubject("a"), 3)
	started, release := make(chan struct{}, 3), make(chan struct{})
	var calls atomic.Int32
	stop := consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Done: copytaster.StateIndexed}, func(ctx context.Context, batch []Message) []error {
		calls.Add(1)
		started <- struct{}{}
		<-release
		return []error{ctx.Err()}
	})
	<-started
	ended := make(chan struct{})
	go func() { stop(); close(ended) }()
	select {
	case <-ended:
		t.Fatal("Consume returned while a handler was at work")
	case <-time.After(100 * time.Millisecond):
	}
	close(release)
	<-ended
	if n := calls.Load(); n != 1 {
		t.Errorf("%d calls, want the one that had begun", n)
	}
	out := waitOutcomes(t, b, 1)
	cons, err := b.streams[Articles].Consumer(t.Context(), "extract")
	if err != nil {
		t.Fatal(err)
	}
	if info := cons.CachedInfo(); len(out) != 1 || info.NumAckPending != 0 || info.NumPending != 2 {
		t.Errorf("%d outcomes, %d in flight, %d to come; the work that was done is not settled", len(out), info.NumAckPending, info.NumPending)
	}
}

func TestHardStopCancelsTheHandler(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]Options{"when the drain takes too long": {Drain: 50 * time.Millisecond}, "when the bus is closed": {}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, o)
			publish(t, b, ArticleSubject("a"), 1)
			started, cause := make(chan struct{}), make(chan error, 1)
			stop := consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract"}, func(ctx context.Context, batch []Message) []error {
				close(started)
				<-ctx.Done()
				cause <- context.Cause(ctx)
				return []error{ctx.Err()}
			})
			<-started
			if o.Drain == 0 {
				if err := b.Close(); err != nil {
					t.Error(err)
				}
			}
			stop()
			if err := <-cause; !errors.Is(err, ErrHardStop) {
				t.Errorf("cause %v", err)
			}
		})
	}
}

func TestCircuitProbesWithOneMessage(t *testing.T) {
	t.Parallel()
	delays := slices.Repeat([]time.Duration{50 * time.Millisecond}, 30)
	b := open(t, Options{Delays: delays})
	publish(t, b, ArticleSubject("a"), 40)
	var mu sync.Mutex
	var sizes []int
	var healthy bool
	consume(t, b, Consumer{Stage: "index", Stream: Articles, Durable: "extract", Batch: 10, Wait: time.Second, Workers: 3, Done: copytaster.StateIndexed}, func(_ context.Context, batch []Message) []error {
		mu.Lock()
		defer mu.Unlock()
		errs := make([]error, len(batch))
		if !healthy {
			sizes = append(sizes, len(batch))
			for i := range errs {
				errs[i] = errDown
			}
		}
		return errs
	})
	failures := func() int { mu.Lock(); defer mu.Unlock(); return len(sizes) }
	eventually(t, "several probes", func() bool { return failures() >= 8 })
	mu.Lock()
	healthy = true
	got := slices.Clone(sizes)
	mu.Unlock()
	waitOutcomes(t, b, 40)
	// At most the workers' first batches are whole; from then on it is probes.
	for i, n := range got {
		if i >= 3 && n != 1 {
			t.Errorf("call %d got %d messages while the service was down: %v", i, n, got)
		}
	}
	if letters, err := b.Dead().List(t.Context(), "", 0, 1); err != nil || len(letters) != 0 {
		t.Errorf("an outage killed messages: %v, %v", letters, err)
	}
}

func TestAdviceSetsTheDelay(t *testing.T) {
	t.Parallel()
	b := open(t, Options{Delays: []time.Duration{time.Hour}})
	publish(t, b, ArticleSubject("a"), 1)
	var calls atomic.Int32
	consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Done: copytaster.StateIndexed, Independent: true}, func(context.Context, []Message) []error {
		if calls.Add(1) == 1 {
			return []error{copytaster.RetryAfter(errDown, 10*time.Millisecond)}
		}
		return []error{nil}
	})
	waitOutcomes(t, b, 1) // an hour early
}

func TestTwoLoopsShareADurable(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	publish(t, b, ArticleSubject("a"), 60)
	var calls atomic.Int32
	for range 2 {
		consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Batch: 7, Workers: 2, Done: copytaster.StateIndexed}, func(_ context.Context, batch []Message) []error {
			calls.Add(int32(len(batch)))
			return make([]error, len(batch))
		})
	}
	waitOutcomes(t, b, 60)
	settled(t, b, Articles, "extract")
	if n := calls.Load(); n != 60 {
		t.Errorf("%d messages handled, want each of 60 once", n)
	}
}

func TestConsumeRefuses(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	h := func(_ context.Context, batch []Message) []error { return make([]error, len(batch)) }
	for name, c := range map[string]Consumer{
		"no stage":   {Stream: Articles, Durable: "x"},
		"no durable": {Stage: "x", Stream: Articles},
		"no stream":  {Stage: "x", Durable: "x", Stream: "OTHER"},
		"bad name":   {Stage: "x", Durable: "a.b", Stream: Articles},
	} {
		if err := b.Consume(t.Context(), c, h); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := b.Consume(t.Context(), Consumer{Stage: "x", Durable: "x", Stream: Articles}, nil); err == nil {
		t.Error("no handler: no error")
	}
}

func TestFromNowPassesOverWhatIsThere(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	publish(t, b, AlertSubject("w", "old"), 1)
	got := make(chan string, 10)
	c := Consumer{Stage: "notify", Stream: Alerts, Durable: "notify-mail", FromNow: true}
	h := func(_ context.Context, batch []Message) []error { got <- batch[0].Subject; return []error{nil} }
	stop := consume(t, b, c, h)
	eventually(t, "the consumer", func() bool {
		_, err := b.streams[Alerts].Consumer(t.Context(), c.Durable)
		return err == nil
	})
	stop()
	publish(t, b, AlertSubject("w", "new"), 1) // while nobody reads
	consume(t, b, c, h)
	if s := <-got; s != AlertSubject("w", "new") {
		t.Errorf("first alert on %s", s)
	}
}
