// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A shard has one owner; another process takes it over when the owner leaves.
func TestShardHasOneOwner(t *testing.T) {
	t.Parallel()
	s := outside(t)
	one, two := open(t, Options{URL: s.ClientURL()}), open(t, Options{URL: s.ClientURL()})
	got := make(chan string, 100)
	run := func(b *Bus, name string) (stop func()) {
		c := shardConsumer(Shard("a"))
		return consume(t, b, c, func(context.Context, []Message) []error { got <- name; return []error{nil} })
	}
	stop := run(one, "one")
	publish(t, one, LinkSubject("a"), 1)
	if who := <-got; who != "one" {
		t.Fatal(who)
	}
	run(two, "two")
	time.Sleep(100 * time.Millisecond) // let the second ask for messages
	for i := range 20 {
		if _, err := one.Publish(t.Context(), Out{Subject: LinkSubject("a"), Data: []byte{byte(i)}}); err != nil {
			t.Fatal(err)
		}
		if who := <-got; who != "one" {
			t.Fatalf("link %d went to %s", i, who)
		}
	}
	stop()
	if _, err := two.Publish(t.Context(), Out{Subject: LinkSubject("a"), Data: []byte("after")}); err != nil {
		t.Fatal(err)
	}
	select {
	case who := <-got:
		if who != "two" {
			t.Error(who)
		}
	case <-time.After(10 * time.Second):
		t.Error("the second process did not take over")
	}
}

// The owner of a shard keeps it while all its workers are busy for long.
func TestBusyOwnerKeepsItsShard(t *testing.T) {
	t.Parallel()
	s := outside(t)
	o := Options{URL: s.ClientURL(), PinnedTTL: 400 * time.Millisecond}
	one, two := open(t, o), open(t, o)
	var owner atomic.Int32
	var mu sync.Mutex
	var got []string
	c := shardConsumer(Shard("a"))
	handler := func(name string) Handler {
		return func(context.Context, []Message) []error {
			if n := owner.Add(1); n > 1 {
				t.Errorf("%s works on the host together with somebody else", name)
			}
			time.Sleep(1500 * time.Millisecond)
			owner.Add(-1)
			mu.Lock()
			got = append(got, name)
			mu.Unlock()
			return []error{nil}
		}
	}
	consume(t, one, c, handler("one"))
	publish(t, one, LinkSubject("a"), 1)
	eventually(t, "work", func() bool { return owner.Load() == 1 })
	consume(t, two, c, handler("two"))
	for i := range 3 {
		if _, err := two.Publish(t.Context(), Out{Subject: LinkSubject("a"), Data: []byte{byte(i)}}); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, "all four", func() bool { mu.Lock(); defer mu.Unlock(); return len(got) == 4 })
	mu.Lock()
	defer mu.Unlock()
	if slices.Contains(got, "two") {
		t.Errorf("the shard changed hands: %v", got)
	}
}
