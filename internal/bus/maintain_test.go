// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
)

// Ten times what the streams hold flows through them, and every message is
// handled.
func TestTenTimesTheSizeFlowsThrough(t *testing.T) {
	t.Parallel()
	const size, total = 64 << 10, 640 << 10
	b := open(t, Options{MaxBytes: map[string]int64{Articles: size, Documents: size}, PurgeEvery: 20 * time.Millisecond})
	var mu sync.Mutex
	seen := map[string]bool{}
	consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Batch: 4}, func(ctx context.Context, batch []Message) []error {
		outs := make([]Out, len(batch))
		for i, m := range batch {
			outs[i] = Out{Subject: DocumentSubject(m.ID), ID: m.ID, Data: m.Data}
		}
		return b.PublishBatch(ctx, outs)
	})
	for _, stage := range []string{"index", "alert"} {
		consume(t, b, Consumer{Stage: stage, Stream: Documents, Durable: stage, Batch: 4}, func(_ context.Context, batch []Message) []error {
			mu.Lock()
			defer mu.Unlock()
			for _, m := range batch {
				seen[stage+m.ID] = true
			}
			return make([]error, len(batch))
		})
	}
	body := bytes.Repeat([]byte("x"), 4<<10)
	n := total / len(body)
	for i := range n {
		id := fmt.Sprint(i)
		eventually(t, "room for article "+id, func() bool {
			_, err := b.Publish(t.Context(), Out{Subject: ArticleSubject(id), ID: id, Data: body})
			if err != nil && !errors.Is(err, ErrFull) {
				t.Fatal(err)
			}
			return err == nil
		})
	}
	eventually(t, "every document at both readers", func() bool { mu.Lock(); defer mu.Unlock(); return len(seen) == 2*n })
	if list, err := b.Dead().List(t.Context(), "", 0, 1); err != nil || len(list) != 0 {
		t.Errorf("letters %v, %v", list, err)
	}
}

func TestPurgeSparesWhatSomebodyHasNotRead(t *testing.T) {
	t.Parallel()
	b := open(t, Options{MaxBytes: map[string]int64{Documents: 64 << 10}})
	ctx := t.Context()
	body := bytes.Repeat([]byte("x"), 4<<10)
	n := 0
	for ; ; n++ {
		_, err := b.Publish(ctx, Out{Subject: DocumentSubject(fmt.Sprint(n)), Data: body})
		if errors.Is(err, ErrFull) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	left := func() uint64 {
		info, err := b.streams[Documents].Info(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return info.State.Msgs
	}
	read := func(durable string) {
		stop := consume(t, b, Consumer{Stage: durable, Stream: Documents, Durable: durable}, func(_ context.Context, batch []Message) []error {
			return make([]error, len(batch))
		})
		settled(t, b, Documents, durable)
		stop()
	}
	read("index") // and alert has read nothing
	if err := b.tidy(ctx, true); err != nil || left() != uint64(n) {
		t.Fatalf("%d of %d messages are left, %v", left(), n, err)
	}
	read("alert")
	if err := b.tidy(ctx, true); err != nil {
		t.Fatal(err)
	}
	if got := left(); got == 0 || got > uint64(n)*6/10 {
		t.Errorf("%d of %d messages are left, want about half", got, n)
	}
	before := left()
	if err := b.tidy(ctx, true); err != nil || left() != before {
		t.Errorf("a stream that is half full was purged: %d of %d left, %v", left(), before, err)
	}
}

// A full ALERTS stream loses no alert: they wait, and arrive when there is room.
func TestFullAlertsLoseNone(t *testing.T) {
	t.Parallel()
	delays := make([]time.Duration, 200)
	for i := range delays {
		delays[i] = 20 * time.Millisecond
	}
	b := open(t, Options{MaxBytes: map[string]int64{Alerts: 8 << 10}, Delays: delays})
	ctx := t.Context()
	const n = 40
	publish(t, b, DocumentSubject("a"), n)
	body := bytes.Repeat([]byte("x"), 500)
	consume(t, b, Consumer{Stage: "alert", Stream: Documents, Durable: "alert", Batch: 5, Independent: true, Done: copytaster.StateIndexed}, func(ctx context.Context, batch []Message) []error {
		errs := make([]error, len(batch))
		for i, m := range batch {
			_, err := b.Publish(ctx, Out{Subject: AlertSubject("w", string(m.Data)), Data: body})
			if !errors.Is(err, ErrExists) {
				errs[i] = err
			}
		}
		return errs
	})
	sent := map[string]int{}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() { // somebody who makes room, alert by alert
		for seq := uint64(1); len(sent) < n; seq++ {
			raw, err := b.streams[Alerts].GetMsg(ctx, seq)
			for ; err != nil; raw, err = b.streams[Alerts].GetMsg(ctx, seq) {
				select {
				case <-stop:
					return
				case <-time.After(5 * time.Millisecond):
				}
			}
			sent[raw.Subject]++
			if err := b.streams[Alerts].DeleteMsg(ctx, seq); err != nil {
				t.Error(err)
			}
		}
	})
	waitOutcomes(t, b, n)
	time.AfterFunc(5*time.Second, func() { close(stop) })
	wg.Wait()
	if len(sent) != n {
		t.Errorf("%d alerts of %d", len(sent), n)
	}
	for subject, times := range sent {
		if times != 1 {
			t.Errorf("%s was stored %d times", subject, times)
		}
	}
}
