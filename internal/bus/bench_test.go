// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"fmt"
	"sync"
	"testing"
)

// BenchmarkPublish compares the ways to store 1,000 byte messages, each synced
// before it is confirmed. One operation is one message.
func BenchmarkPublish(b *testing.B) {
	bus := open(b, Options{})
	n := 0
	next := func() Out {
		n++
		return Out{Subject: DocumentSubject(fmt.Sprint(n)), ID: fmt.Sprint(n), Data: make([]byte, 1000)}
	}
	b.Run("single", func(b *testing.B) {
		for b.Loop() {
			if _, err := bus.Publish(b.Context(), next()); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, size := range []int{10, 50, 200} {
		b.Run(fmt.Sprintf("batch%d", size), func(b *testing.B) {
			for i := 0; i < b.N; i += size {
				outs := make([]Out, size)
				for j := range outs {
					outs[j] = next()
				}
				for _, err := range bus.PublishBatch(b.Context(), outs) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// BenchmarkConsume measures the worker loop with an outcome per message. One
// operation is one message.
func BenchmarkConsume(b *testing.B) {
	for _, size := range []int{1, 50} {
		b.Run(fmt.Sprintf("batch%d", size), func(b *testing.B) {
			bus := open(b, Options{})
			var outs []Out
			for i := range b.N {
				outs = append(outs, Out{Subject: DocumentSubject(fmt.Sprint(i)), ID: fmt.Sprint(i), Header: map[string]string{HeaderURL: "https://news.example/" + fmt.Sprint(i)}})
			}
			for _, err := range bus.PublishBatch(b.Context(), outs) {
				if err != nil {
					b.Fatal(err)
				}
			}
			var mu sync.Mutex
			left, done := b.N, make(chan struct{})
			b.ResetTimer()
			stop := consume(b, bus, Consumer{Stage: "index", Stream: Documents, Durable: "index", Batch: size, Done: "indexed"}, func(_ context.Context, batch []Message) []error {
				mu.Lock()
				defer mu.Unlock()
				if left -= len(batch); left == 0 {
					close(done)
				}
				return make([]error, len(batch))
			})
			<-done
			stop()
		})
	}
}
