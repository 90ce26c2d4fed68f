// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
)

func TestKV(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	ctx := t.Context()
	k := b.KV(Sites)
	t.Run("a value is created once", func(t *testing.T) {
		rev, err := k.Create(ctx, "news.example", []byte("one"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := k.Create(ctx, "news.example", []byte("two")); !errors.Is(err, ErrExists) {
			t.Errorf("error %v", err)
		}
		v, got, err := k.Get(ctx, "news.example")
		if err != nil || string(v) != "one" || got != rev {
			t.Errorf("%q at %d, %v", v, got, err)
		}
	})
	t.Run("a swap needs the present revision", func(t *testing.T) {
		rev, err := k.Put(ctx, "swap", []byte("one"))
		if err != nil {
			t.Fatal(err)
		}
		next, err := k.Update(ctx, "swap", []byte("two"), rev)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := k.Update(ctx, "swap", []byte("three"), rev); !errors.Is(err, ErrConflict) {
			t.Errorf("error %v", err)
		}
		if v, got, err := k.Get(ctx, "swap"); err != nil || string(v) != "two" || got != next {
			t.Errorf("%q at %d, %v", v, got, err)
		}
	})
	t.Run("what is deleted is not found and can be created", func(t *testing.T) {
		if _, err := k.Put(ctx, "gone", nil); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(k.Delete(ctx, "gone"), k.Delete(ctx, "never")); err != nil {
			t.Error(err)
		}
		if _, _, err := k.Get(ctx, "gone"); !errors.Is(err, ErrNotFound) {
			t.Errorf("error %v", err)
		}
		if _, _, err := k.Get(ctx, "nothing"); !errors.Is(err, ErrNotFound) {
			t.Errorf("error %v", err)
		}
		if _, err := k.Create(ctx, "gone", []byte("again")); err != nil {
			t.Error(err)
		}
	})
	t.Run("any string is a key", func(t *testing.T) {
		keys := b.KV(Sources)
		want := []string{"*", "..", ">", "a b", "a.b", "a=2Eb", strings.Repeat("k", maxKey), "é\r\n"}
		for _, key := range want {
			if _, err := keys.Put(ctx, key, []byte(key)); err != nil {
				t.Errorf("%q: %v", key, err)
			}
		}
		got, err := keys.Keys(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
		for _, key := range want {
			if v, _, err := keys.Get(ctx, key); err != nil || string(v) != key {
				t.Errorf("%q holds %q, %v", key, v, err)
			}
		}
	})
	t.Run("keys and values have limits", func(t *testing.T) {
		if _, err := k.Put(ctx, "full", bytes.Repeat([]byte("x"), 64<<10)); err != nil {
			t.Errorf("64 KiB: %v", err)
		}
		for name, err := range map[string]error{
			"value": second(k.Put(ctx, "full", make([]byte, 64<<10+1))), "no key": second(k.Put(ctx, "", nil)),
			"key": second(k.Create(ctx, strings.Repeat("k", maxKey+1), nil)), "bucket": second(b.KV("OTHER").Put(ctx, "a", nil)),
			"keys of no bucket": second(b.KV("").Keys(ctx)), "watch of no bucket": b.KV("").Watch(ctx, nil), "delete": b.KV("").Delete(ctx, "a"),
		} {
			if copytaster.ClassOf(err) != copytaster.ClassPermanent {
				t.Errorf("%s: %v", name, err)
			}
		}
		if keys, err := b.KV(Watches).Keys(ctx); err != nil || len(keys) != 0 {
			t.Errorf("an empty bucket lists %q, %v", keys, err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestKVWatch(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	k := b.KV(Watches)
	if _, err := k.Put(t.Context(), "a.b", []byte("one")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	got := make(chan Entry, 10)
	ended := make(chan error)
	go func() { ended <- k.Watch(ctx, func(e Entry) { got <- e }) }()
	first := <-got
	if _, err := k.Put(ctx, "a.b", []byte("two")); err != nil {
		t.Fatal(err)
	}
	second := <-got
	if err := k.Delete(ctx, "a.b"); err != nil {
		t.Fatal(err)
	}
	third := <-got
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	want := []Entry{{Key: "a.b", Value: []byte("one"), Revision: 1}, {Key: "a.b", Value: []byte("two"), Revision: 2}, {Key: "a.b", Value: []byte{}, Revision: 3, Deleted: true}}
	if d := cmp.Diff(want, []Entry{first, second, third}); d != "" {
		t.Error(d)
	}
}

func TestKVFull(t *testing.T) {
	t.Parallel()
	b := open(t, Options{MaxBytes: map[string]int64{Watches: 16 << 10}})
	var err error
	for i := byte('a'); err == nil && i < 'z'; i++ {
		_, err = b.KV(Watches).Put(t.Context(), string(i), make([]byte, 4<<10))
	}
	if !errors.Is(err, ErrFull) || copytaster.ClassOf(err) != copytaster.ClassTransient {
		t.Errorf("error %v", err)
	}
}

func TestTail(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	publish(t, b, DocumentSubject("old"), 3)
	if _, err := b.Publish(t.Context(), Out{Subject: DocumentSubject("large"), Data: large('d')}); err != nil {
		t.Fatal(err)
	}
	tail := func(from uint64) (<-chan Message, func()) {
		ctx, cancel := context.WithCancel(t.Context())
		got, ended := make(chan Message, 10), make(chan error, 1)
		go func() { ended <- b.Tail(ctx, Documents, from, func(m Message) { got <- m }) }()
		return got, func() {
			cancel()
			select {
			case err := <-ended:
				if err != nil {
					t.Error(err)
				}
			case <-time.After(5 * time.Second):
				t.Error("Tail did not return")
			}
		}
	}
	t.Run("from a sequence on", func(t *testing.T) {
		got, stop := tail(2)
		defer stop()
		for seq := uint64(2); seq <= 4; seq++ {
			if m := <-got; m.Seq != seq || m.Stream != Documents || m.InProgress != nil {
				t.Errorf("got %+v", m)
			} else if seq == 4 && !bytes.Equal(m.Data, large('d')) {
				t.Errorf("%d bytes of the large one", len(m.Data))
			}
		}
	})
	t.Run("new ones only", func(t *testing.T) {
		got, stop := tail(0)
		defer stop()
		var m Message
		eventually(t, "a new message", func() bool { // the first may come before the reader
			publishNew(t, b)
			select {
			case m = <-got:
				return true
			case <-time.After(20 * time.Millisecond):
				return false
			}
		})
		if m.Seq < 5 || m.Subject != DocumentSubject("new") {
			t.Errorf("got %+v", m)
		}
	})
	t.Run("no stream", func(t *testing.T) {
		if err := b.Tail(t.Context(), "OTHER", 0, nil); err == nil {
			t.Error("no error")
		}
	})
	st, err := b.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range st.Consumers {
		if c.Stream == Documents && c.Durable != "index" && c.Durable != "alert" {
			t.Logf("a reader is left until it times out: %s", c.Durable)
		}
	}
}

func publishNew(t *testing.T, b *Bus) {
	t.Helper()
	if _, err := b.Publish(t.Context(), Out{Subject: DocumentSubject("new"), Data: []byte("new")}); err != nil {
		t.Fatal(err)
	}
}
