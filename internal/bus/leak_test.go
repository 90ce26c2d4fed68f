// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"runtime"
	"strings"
	"testing"
	"time"
)

// Not parallel: it counts the goroutines of the process.
func TestNothingIsLeftRunning(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 2 {
		b := open(t, Options{})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 3)
		h := func(_ context.Context, batch []Message) []error { return make([]error, len(batch)) }
		go func() { ended <- b.ConsumeShards(ctx, h) }()
		go func() { ended <- b.Maintain(ctx) }()
		go func() { ended <- b.Tail(ctx, Documents, 0, func(Message) {}) }()
		publish(t, b, LinkSubject("a"), 5)
		if _, err := b.Publish(ctx, Out{Subject: DocumentSubject("a"), Data: large('a')}); err != nil {
			t.Fatal(err)
		}
		settled(t, b, Links, "fetch-"+strings.TrimPrefix(LinkSubject("a"), "copytaster.link."))
		cancel()
		for range 3 {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
	var now int
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if now = runtime.NumGoroutine(); now <= before {
			return
		}
	}
	buf := make([]byte, 1<<20)
	t.Errorf("%d goroutines before, %d after:\n%s", before, now, buf[:runtime.Stack(buf, true)])
}
