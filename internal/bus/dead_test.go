// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
)

// fails makes a handler that finds every message permanently wrong until mended.
func fails(mended *atomic.Bool, got chan<- Message) Handler {
	return func(_ context.Context, batch []Message) []error {
		errs := make([]error, len(batch))
		for i, m := range batch {
			if mended.Load() {
				got <- m
			} else {
				errs[i] = copytaster.Permanent(errors.New("cannot be"))
			}
		}
		return errs
	}
}

func TestLettersAreListedShownAndDropped(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	ctx := t.Context()
	publish(t, b, ArticleSubject("a"), 5)
	var mended atomic.Bool
	consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract"}, fails(&mended, nil))
	eventually(t, "five letters", func() bool { st, err := b.Status(ctx); return err == nil && st.Dead == 5 })
	d := b.Dead()
	first, err := d.List(ctx, "extract", 0, 3)
	if err != nil || len(first) != 3 {
		t.Fatalf("%d letters, %v", len(first), err)
	}
	rest, err := d.List(ctx, "", first[2].Seq, 3)
	if err != nil || len(rest) != 2 {
		t.Fatalf("%d letters on the second page, %v", len(rest), err)
	}
	if none, err := d.List(ctx, "index", 0, 3); err != nil || len(none) != 0 {
		t.Errorf("another stage has %v, %v", none, err)
	}
	l, err := d.Get(ctx, rest[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(rest[0], l); diff != "" {
		t.Error(diff)
	}
	if err := d.Drop(ctx, l.ID, "unknown", first[0].ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("dropping an unknown one: %v", err)
	}
	if left, err := d.List(ctx, "", 0, 10); err != nil || len(left) != 3 {
		t.Errorf("%d letters are left, %v", len(left), err)
	}
	if _, err := d.Get(ctx, l.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("a dropped letter: %v", err)
	}
}

// A letter goes back to the stage where it died and to no other reader of the
// stream; in a work queue it goes back to the queue.
func TestRetry(t *testing.T) {
	t.Parallel()
	shard := strconv.Itoa(Shard("a"))
	for name, c := range map[string]struct {
		consumer Consumer
		subject  string
		data     []byte
	}{
		"of a work queue":      {Consumer{Stage: "fetch", Stream: Links, Durable: "fetch-" + shard, Filter: LinkSubject("a"), Pinned: true, MaxInFlight: 10000}, LinkSubject("a"), []byte("link")},
		"of a stream":          {Consumer{Stage: "index", Stream: Documents, Durable: "index"}, DocumentSubject("a"), []byte("document")},
		"of a once-only alert": {Consumer{Stage: "notify", Stream: Alerts, Durable: "notify-mail"}, AlertSubject("w", "a"), []byte("alert")},
		"of a large body":      {Consumer{Stage: "index", Stream: Documents, Durable: "index"}, DocumentSubject("a"), large('x')},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, Options{})
			ctx := t.Context()
			in := Out{Subject: c.subject, ID: "id", Data: c.data, Header: map[string]string{HeaderURL: "https://news.example/a"}}
			if _, err := b.Publish(ctx, in); err != nil {
				t.Fatal(err)
			}
			var mended atomic.Bool
			got := make(chan Message, 1)
			consume(t, b, c.consumer, fails(&mended, got))
			other := 0
			if c.consumer.Stream == Documents {
				consume(t, b, Consumer{Stage: "alert", Stream: Documents, Durable: "alert"}, func(_ context.Context, batch []Message) []error {
					other += len(batch)
					return make([]error, len(batch))
				})
			}
			l := waitLetter(t, b)
			if err := b.Dead().Retry(ctx, l.ID); err != nil {
				t.Fatal(err)
			}
			var again Letter
			eventually(t, "a letter of its own", func() bool { again = waitLetter(t, b); return again.ID != l.ID })
			mended.Store(true)
			if err := b.Dead().Retry(ctx, again.ID); err != nil {
				t.Fatal(err)
			}
			m := <-got
			if m.Subject != in.Subject || m.Stream != c.consumer.Stream || !bytes.Equal(m.Data, in.Data) || m.Header[HeaderURL] != in.Header[HeaderURL] {
				t.Errorf("came back as %s in %s with id %s, headers %v", m.Subject, m.Stream, m.ID, m.Header)
			}
			if c.consumer.Stream != Links && m.ID != in.ID {
				t.Errorf("came back with id %s", m.ID)
			}
			if c.consumer.Stream == Documents {
				settled(t, b, Documents, "alert")
				if other != 1 {
					t.Errorf("another stage saw the document %d times", other)
				}
			}
			if left, err := b.Dead().List(ctx, "", 0, 10); err != nil || len(left) != 0 {
				t.Errorf("%d letters are left, %v", len(left), err)
			}
		})
	}
}

// A letter that is dropped leaves room for the next death of the same message.
func TestDeathAfterDrop(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	ctx := t.Context()
	l := Letter{Stage: "extract", ID: "x", Error: "first"}
	for range 2 {
		if err := b.bury(ctx, l); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := b.Dead().List(ctx, "", 0, 10); err != nil || len(list) != 1 {
		t.Fatalf("%d letters, %v", len(list), err)
	}
	if err := b.Dead().Drop(ctx, "x"); err != nil {
		t.Fatal(err)
	}
	l.Error = "second"
	if err := b.bury(ctx, l); err != nil {
		t.Fatal(err)
	}
	if got, err := b.Dead().Get(ctx, "x"); err != nil || got.Error != "second" {
		t.Errorf("%+v, %v", got, err)
	}
}

// A message whose letter cannot be written is not settled.
func TestDeathWaitsForRoom(t *testing.T) {
	t.Parallel()
	b := open(t, Options{MaxBytes: map[string]int64{Dead: 4 << 10}, Delays: []time.Duration{20 * time.Millisecond, 20 * time.Millisecond, 20 * time.Millisecond, 20 * time.Millisecond, time.Second}})
	ctx := t.Context()
	if err := b.bury(ctx, Letter{Stage: "other", ID: "filler", Stack: strings.Repeat("x", 3<<10)}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Publish(ctx, Out{Subject: ArticleSubject("a"), ID: "a", Data: make([]byte, 1<<10), Header: map[string]string{HeaderURL: "https://news.example/a"}}); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	calls := 0
	consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract"}, func(context.Context, []Message) []error {
		mu.Lock()
		defer mu.Unlock()
		calls++
		return []error{copytaster.Permanent(errors.New("cannot be"))}
	})
	eventually(t, "a second try", func() bool { mu.Lock(); defer mu.Unlock(); return calls >= 2 })
	if info, err := b.streams[Ledger].Info(ctx); err != nil || info.State.Msgs != 0 {
		t.Errorf("%d outcomes before the letter is written, %v", info.State.Msgs, err)
	}
	if err := b.Dead().Drop(ctx, "filler"); err != nil {
		t.Fatal(err)
	}
	if l := waitLetter(t, b); l.Stage != "extract" {
		t.Errorf("letter %+v", l)
	}
	waitOutcomes(t, b, 1)
}
