// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/copytaster/copytaster"
)

// call hands items to the handler and notes the verdicts. A panic in a batch is
// traced to its message by handing them over one by one.
func (w *worker) call(ctx context.Context, items []*item) {
	if len(items) == 0 {
		return
	}
	start := time.Now()
	errs, crash := w.try(ctx, items)
	for _, it := range items {
		it.elapsed = time.Since(start)
	}
	hung := errors.Is(crash, errHung)
	switch {
	case hung && (len(items) > 1 || errors.Is(crash, ErrHardStop)):
		failAll(items, crash)
	case crash != nil && len(items) > 1:
		for _, it := range items {
			w.call(ctx, []*item{it})
		}
	case crash != nil:
		items[0].err, items[0].stack, items[0].term = copytaster.Permanent(crash), stackOf(crash), true
	case len(errs) != len(items):
		failAll(items, fmt.Errorf("the handler returned %d verdicts for %d messages", len(errs), len(items)))
	default:
		for i, it := range items {
			it.err = errs[i]
		}
	}
	if hung {
		for _, it := range items {
			it.msg.Note = &copytaster.Outcome{} // the handler may still write to the old one
		}
	}
}

func failAll(items []*item, err error) {
	for _, it := range items {
		it.err = err
	}
}

// panicked is a handler's panic.
type panicked struct {
	value any
	stack string
}

// Error says what the handler panicked with.
func (p *panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// stackOf is the stack of a panic, or "".
func stackOf(err error) string {
	if p, ok := errors.AsType[*panicked](err); ok {
		return p.stack
	}
	return ""
}

// errHung says that a handler did not return when its time was up.
var errHung = errors.New("the handler hangs")

// try calls the handler and returns its verdicts, or how it failed to give any.
// A handler that has not returned a while after its context has ended is left
// behind: its goroutine cannot be stopped, but its slot is needed.
func (w *worker) try(ctx context.Context, items []*item) ([]error, error) {
	ctx, cancel := context.WithTimeout(ctx, w.c.Limit)
	defer cancel()
	batch := make([]Message, len(items))
	for i, it := range items {
		batch[i] = it.msg
	}
	type answer struct {
		errs  []error
		crash error
	}
	got := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if v := recover(); v != nil {
				a = answer{crash: &panicked{value: v, stack: string(debug.Stack())}}
			}
			got <- a
		}()
		a.errs = w.h(ctx, batch)
	}()
	select {
	case a := <-got:
		return a.errs, a.crash
	case <-ctx.Done():
	}
	select {
	case a := <-got:
		return a.errs, a.crash
	case <-time.After(w.bus.o.Grace):
		return nil, fmt.Errorf("%w: no answer %v after its context ended: %w", errHung, w.bus.o.Grace, context.Cause(ctx))
	}
}
