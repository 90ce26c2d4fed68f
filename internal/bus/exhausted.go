// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/copytaster/copytaster"
)

// janitor is the durable that reads the server's advisories.
const janitor = "janitor"

// advisory is the server's word that a message used up its deliveries without an
// answer: its process died, or hung, on the last one. The server itself leaves
// the message where it is and never delivers it again.
type advisory struct {
	Stream     string `json:"stream"`
	Consumer   string `json:"consumer"`
	Seq        uint64 `json:"stream_seq"`
	Deliveries int    `json:"deliveries"`
}

// errExhausted stands in the letter of such a message.
var errExhausted = errors.New("the deliveries are used up: the process died or hung on the last one")

// buryExhausted moves the messages of all waiting advisories to the dead letters.
func (b *Bus) buryExhausted(ctx context.Context) error {
	cons, err := b.streams[Advisories].CreateOrUpdateConsumer(ctx, jetstream.ConsumerConfig{
		Durable: janitor, AckPolicy: jetstream.AckExplicitPolicy, AckWait: b.o.AckWait,
	})
	if err != nil {
		return fmt.Errorf("advisories: %w", err)
	}
	for {
		batch, err := cons.FetchNoWait(100)
		if err != nil {
			return fmt.Errorf("advisories: %w", err)
		}
		n := 0
		for raw := range batch.Messages() {
			n++
			if err := b.buryOne(ctx, raw); err != nil {
				return errors.Join(fmt.Errorf("advisory: %w", err), raw.NakWithDelay(b.o.delay(1)))
			}
		}
		if n == 0 {
			return batch.Error()
		}
	}
}

func (b *Bus) buryOne(ctx context.Context, raw jetstream.Msg) error {
	var a advisory
	if err := json.Unmarshal(raw.Data(), &a); err != nil {
		b.log.Warn("unreadable advisory dropped", "subject", raw.Subject(), "error", err)
		return raw.TermWithReason("unreadable")
	}
	if _, ours := specNamed(a.Stream); ours {
		if err := b.buryOriginal(ctx, a); err != nil {
			return fmt.Errorf("message %d of %s: %w", a.Seq, a.Stream, err)
		}
	}
	return raw.DoubleAck(ctx)
}

// buryOriginal writes the letter and the outcome, and then removes the message
// from a work queue, where nobody would ever read it again.
func (b *Bus) buryOriginal(ctx context.Context, a advisory) error {
	s := b.streams[a.Stream]
	orig, err := s.GetMsg(ctx, a.Seq)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	m := newMessage(a.Stream, orig.Subject, orig.Header, orig.Data)
	m.Seq, m.Time, m.Delivered, m.Note = orig.Sequence, orig.Time, a.Deliveries, &copytaster.Outcome{}
	cause := errExhausted
	if err := b.resolve(ctx, &m); err != nil {
		cause = errors.Join(cause, err)
	}
	w := &worker{bus: b, c: Consumer{Stage: b.stageOf(ctx, s, a.Consumer), Stream: a.Stream, Durable: a.Consumer}}
	it := &item{msg: m, err: copytaster.Permanent(cause)}
	e := w.end(ctx, it)
	ends := []end{e}
	if e.fault == nil {
		w.emit(ctx, ends)
	}
	if ends[0].fault != nil {
		return ends[0].fault
	}
	w.report(ends[0])
	if spec, _ := specNamed(a.Stream); spec.queue {
		return ignoreMissing(s.DeleteMsg(ctx, a.Seq))
	}
	return nil
}

// stageOf reads the stage from the consumer; a consumer that is gone is its own
// name.
func (b *Bus) stageOf(ctx context.Context, s jetstream.Stream, durable string) string {
	cons, err := s.Consumer(ctx, durable)
	if err != nil {
		return durable
	}
	if stage := cons.CachedInfo().Config.Metadata[metaStage]; stage != "" {
		return stage
	}
	return durable
}

func ignoreMissing(err error) error {
	if errors.Is(err, jetstream.ErrMsgNotFound) || errors.Is(err, jetstream.ErrMsgDeleteUnsuccessful) {
		return nil
	}
	return err
}
