// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/copytaster/copytaster"
)

// maxReason bounds the reason in an outcome, in bytes.
const maxReason = 2 << 10

// settle turns verdicts into dead letters, outcomes and acks, in this order: a
// process that dies in between repeats itself and changes nothing.
func (w *worker) settle(items []*item) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*w.bus.o.Timeout)
	defer cancel()
	ends := make([]end, len(items))
	for i, it := range items {
		ends[i] = w.end(ctx, it)
	}
	w.emit(ctx, ends)
	var acks sync.WaitGroup
	for _, e := range ends { // together: a cluster writes what comes together at once
		acks.Go(func() { w.ack(ctx, e) })
	}
	acks.Wait()
	for _, e := range ends {
		w.report(e)
	}
}

// end is how one delivery of a message ends.
type end struct {
	*item
	class copytaster.Class
	dead  bool                // it is in the dead letters
	note  *copytaster.Outcome // nil: nothing to tell the ledger
	fault error               // the bus's own failure to settle it: it must come again
}

// again reports that the stage failed and tries again later.
func (e *end) again() bool { return e.class == copytaster.ClassTransient && !e.dead }

// end classifies the verdict and writes the dead letter.
func (w *worker) end(ctx context.Context, it *item) end {
	e := end{item: it, class: copytaster.ClassOf(it.err)}
	switch {
	case e.class == copytaster.ClassPermanent:
		e.dead = true
	case e.class == copytaster.ClassTransient && it.msg.Delivered >= w.bus.o.deliveries():
		e.dead, it.term = true, true
	}
	if e.dead {
		e.fault = w.bus.bury(ctx, letterOf(w.c, it))
	}
	if e.fault == nil {
		e.note = w.note(e)
	}
	return e
}

// note completes what the handler noted into the outcome of the message's URL.
func (w *worker) note(e end) *copytaster.Outcome {
	url := e.msg.Header[HeaderURL]
	state, of := copytaster.EndOf(e.err)
	switch {
	case e.dead && state == "":
		state = copytaster.StateDead
	case e.again():
		state = copytaster.StatePending
	case e.class == copytaster.ClassDone && e.msg.Note.State != "":
		state = e.msg.Note.State
	case e.class == copytaster.ClassDone:
		state = w.c.Done
	}
	if url == "" || state == "" {
		return nil
	}
	n := *e.msg.Note
	n.URL, n.State, n.Stage, n.At = url, state, w.c.Stage, time.Now().UTC().Truncate(time.Millisecond)
	if n.Of == "" {
		n.Of = of
	}
	if n.Source == "" {
		n.Source = e.msg.Header[HeaderSource]
	}
	if e.err != nil {
		n.Reason = clip(copytaster.ReasonOf(e.err), maxReason) // the letter has the whole error
	}
	if e.again() {
		n.Delivery, n.Next = e.msg.Delivered, n.At.Add(w.wait(e))
	}
	return &n
}

// emit publishes the outcomes of a batch. A message whose outcome was not stored
// is not acked: it comes again and says the same under the same id. A failure
// comes again anyway, and is told for people only.
func (w *worker) emit(ctx context.Context, ends []end) {
	var outs []Out
	var from []int
	for i, e := range ends {
		if e.note == nil {
			continue
		}
		data, err := json.Marshal(e.note)
		if err != nil {
			ends[i].fault = fmt.Errorf("outcome: %w", err)
			continue
		}
		id := digest("outcome", w.c.Stage, e.msg.key(), string(e.note.State))
		if e.again() {
			id = digest(id, strconv.Itoa(e.note.Delivery))
		}
		outs = append(outs, Out{Subject: LedgerSubject(w.c.Stage), ID: id, Data: data})
		from = append(from, i)
	}
	for n, err := range w.bus.PublishBatch(ctx, outs) {
		if e := &ends[from[n]]; err != nil && !e.again() {
			e.fault = fmt.Errorf("outcome: %w", err)
		}
	}
}

// ack tells the server. A lost ack is a repeated delivery, nothing more.
func (w *worker) ack(ctx context.Context, e end) {
	var err error
	switch {
	case e.fault != nil:
		err = e.raw.NakWithDelay(w.bus.o.delay(e.msg.Delivered))
	case e.term:
		err = e.raw.TermWithReason(clip(oneLine(e.err.Error()), 200))
	case e.dead, e.class != copytaster.ClassTransient:
		err = e.raw.DoubleAck(ctx)
	default:
		err = e.raw.NakWithDelay(w.wait(e))
	}
	if err != nil {
		w.bus.log.Warn("ack not confirmed, the message comes again", "subject", e.msg.Subject, "stage", w.c.Stage, "error", err)
	}
}

// wait is the delay before the next delivery: the error's advice, or the table's.
func (w *worker) wait(e end) time.Duration {
	if d := copytaster.Delay(e.err); d > 0 {
		return min(d, window/2)
	}
	return w.bus.o.delay(e.msg.Delivered)
}

// report logs a failure, once, and tells the observer.
func (w *worker) report(e end) {
	if o := w.bus.o.Observe; o != nil {
		ob := Observation{Stage: w.c.Stage, Class: e.class, Dead: e.dead && e.fault == nil, Elapsed: e.elapsed}
		if e.note != nil && !e.again() {
			ob.State = e.note.State
		}
		o(ob)
	}
	level, text := slog.LevelWarn, "message failed, comes again"
	switch {
	case e.fault != nil:
		level, text = slog.LevelError, "message not settled, comes again"
	case e.dead:
		level, text = slog.LevelError, "message is dead"
	case e.class == copytaster.ClassDone:
		return
	case e.class == copytaster.ClassSkip:
		level, text = slog.LevelDebug, "message skipped"
	}
	w.bus.log.Log(context.Background(), level, text, w.fields(e)...)
}

func (w *worker) fields(e end) []any {
	f := []any{"stage", w.c.Stage, "subject", e.msg.Subject, "class", string(e.class), "delivery", e.msg.Delivered}
	if u := e.msg.Header[HeaderURL]; u != "" {
		f = append(f, "url", u)
	}
	if e.err != nil {
		f = append(f, "error", e.err)
	}
	if e.fault != nil {
		f = append(f, "fault", e.fault)
	}
	return f
}

// clip cuts s to at most n bytes on a rune boundary.
func clip(s string, n int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
