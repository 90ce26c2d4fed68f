// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestCircuit(t *testing.T) {
	t.Run("closed lets whole batches through", func(t *testing.T) {
		var c circuit
		if n, probe := c.enter(t.Context(), 50); n != 50 || probe {
			t.Errorf("%d messages, probe %v", n, probe)
		}
	})
	t.Run("open waits for the pause and lets one message probe", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			var c circuit
			c.leave(false, failed, 10*time.Second)
			start := time.Now()
			n, probe := c.enter(t.Context(), 50)
			if n != 1 || !probe || time.Since(start) != 10*time.Second {
				t.Errorf("%d messages, probe %v, after %v", n, probe, time.Since(start))
			}
		})
	})
	t.Run("the pause is capped", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			var c circuit
			c.leave(false, failed, 12*time.Hour)
			start := time.Now()
			c.enter(t.Context(), 50)
			if time.Since(start) != probePause {
				t.Errorf("waited %v", time.Since(start))
			}
		})
	})
	t.Run("others wait for the probe's verdict", func(t *testing.T) {
		for v, want := range map[verdict]int{moving: 50, quiet: 1} {
			synctest.Test(t, func(t *testing.T) {
				var c circuit
				c.leave(false, failed, time.Second)
				if _, probe := c.enter(t.Context(), 50); !probe {
					t.Fatal("no probe")
				}
				got := make(chan int)
				go func() { n, _ := c.enter(t.Context(), 50); got <- n }()
				synctest.Wait()
				select {
				case n := <-got:
					t.Fatalf("a second call got %d messages during the probe", n)
				default:
				}
				c.leave(true, v, 0)
				if n := <-got; n != want {
					t.Errorf("after verdict %d the second call got %d messages, want %d", v, n, want)
				}
			})
		}
	})
	t.Run("a failed probe waits again", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			var c circuit
			start := time.Now()
			for range 3 {
				c.leave(c.count() > 0, failed, 5*time.Second)
				if _, probe := c.enter(t.Context(), 50); !probe {
					t.Fatal("no probe")
				}
			}
			if time.Since(start) != 15*time.Second || c.count() != 3 {
				t.Errorf("three probes took %v, %d failures", time.Since(start), c.count())
			}
		})
	})
	t.Run("an ended context ends the wait", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			var c circuit
			c.leave(false, failed, time.Minute)
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			if _, probe := c.enter(ctx, 50); probe {
				t.Error("it became the probe")
			}
		})
	})
}

// A server that keeps refusing is asked less and less often, and logged once.
func TestPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var logged bytes.Buffer
		log := slog.New(slog.NewTextHandler(&logged, nil))
		var p pause
		start := time.Now()
		for range 10 {
			p.after(t.Context(), log, "extract", errors.New("no"))
		}
		if d := time.Since(start); d < 10*time.Second || d > 30*time.Second {
			t.Errorf("ten refusals took %v", d)
		}
		if n := strings.Count(logged.String(), "\n"); n != 1 {
			t.Errorf("%d lines are logged", n)
		}
		p.after(t.Context(), log, "extract", nil)
		if p.n != 0 {
			t.Error("an answer does not end the trouble")
		}
	})
}
