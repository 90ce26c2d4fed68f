// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"fmt"
	"testing"
)

func TestIdle(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	ctx := t.Context()
	idle := func() bool {
		st, err := b.Status(ctx)
		if err != nil || st.Problem != "" || st.DiskFree <= 0 {
			t.Fatalf("%+v, %v", st, err)
		}
		return st.Idle()
	}
	if !idle() {
		t.Error("a new bus is not idle")
	}
	publish(t, b, LinkSubject("a"), 1)
	if idle() {
		t.Error("idle with a link to fetch")
	}
	publish(t, b, AlertSubject("w", "a"), 1) // nobody reads alerts yet
	begun, release := make(chan struct{}), make(chan struct{})
	runCtx, cancel := context.WithCancel(ctx)
	ended := make(chan error)
	go func() {
		ended <- b.ConsumeShards(runCtx, func(_ context.Context, batch []Message) []error {
			close(begun)
			<-release
			return []error{nil}
		})
	}()
	<-begun
	if idle() {
		t.Error("idle with a link at work")
	}
	close(release)
	waitOutcomes(t, b, 1)
	settled(t, b, Links, shardConsumer(Shard("a")).Durable)
	for i := range 50 {
		if idle() {
			t.Fatal("idle with an outcome to write")
		}
		publish(t, b, DocumentSubject(fmt.Sprint(i)), 1)
	}
	pass := func(_ context.Context, batch []Message) []error { return make([]error, len(batch)) }
	consume(t, b, Consumer{Stage: "ledger", Stream: Ledger, Durable: "ledger", Batch: 100}, pass)
	consume(t, b, Consumer{Stage: "index", Stream: Documents, Durable: "index", Batch: 100}, pass)
	consume(t, b, Consumer{Stage: "alert", Stream: Documents, Durable: "alert", Batch: 100}, pass)
	eventually(t, "idle", idle)
	for i := range 50 {
		publishNew(t, b)
		if idle() && !caughtUp(t, b, Documents) {
			t.Errorf("idle right after publish %d", i)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// caughtUp reports that every reader of a stream has settled its last message.
func caughtUp(t *testing.T, b *Bus, stream string) bool {
	t.Helper()
	info, err := b.streams[stream].Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	floor, err := ackFloor(t.Context(), b.streams[stream])
	if err != nil {
		t.Fatal(err)
	}
	return floor >= info.State.LastSeq
}

// Levels are the figures of Status, without a look at any message.
func TestLevels(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	publish(t, b, ArticleSubject("a"), 3)
	st, err := b.Levels(t.Context())
	if err != nil || len(st.Streams) != len(streamTable()) || st.Used == 0 {
		t.Fatalf("%+v, %v", st, err)
	}
	for _, s := range st.Streams {
		if s.Unread != 0 || s.Name == Articles && s.Messages != 3 {
			t.Errorf("%+v", s)
		}
	}
}
