// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strconv"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/copytaster/copytaster"
)

// Letter is a message that a stage could not settle, with what is needed to
// understand it and to try again.
type Letter struct {
	ID         string            `json:"id"`
	Stage      string            `json:"stage"`
	Durable    string            `json:"durable"`          // the consumer on which it failed
	Stream     string            `json:"stream"`           // where it stood
	Subject    string            `json:"subject"`          // where it stood
	MsgID      string            `json:"msg_id,omitempty"` // its message id
	Header     map[string]string `json:"header,omitempty"`
	Data       []byte            `json:"data,omitempty"` // whole; base64 in JSON
	Error      string            `json:"error"`
	Class      string            `json:"class"`
	Stack      string            `json:"stack,omitempty"` // of a panic
	Deliveries int               `json:"deliveries"`
	Time       time.Time         `json:"time"` // of its death, UTC
	Seq        uint64            `json:"-"`    // place among the letters: the After of the next List
}

// maxStack bounds the stack in a letter, in bytes.
const maxStack = 16 << 10

// letterOf makes the letter of a failed message. Its id follows from the message
// and the stage: a message dies once, however often that is written.
func letterOf(c Consumer, it *item) Letter {
	l := Letter{
		Stage: c.Stage, Durable: origin(c), Stream: it.msg.Stream, Subject: it.msg.Subject, MsgID: it.msg.ID,
		Header: it.msg.Header, Data: it.msg.Data, Stack: clip(it.stack, maxStack),
		Class: string(copytaster.ClassOf(it.err)), Deliveries: it.msg.Delivered, Time: time.Now().UTC(),
	}
	if it.err != nil {
		l.Error = clip(it.err.Error(), maxReason)
	}
	l.ID = digest("letter", l.Stage, l.Durable, it.msg.key())
	return l
}

// origin is the durable on which a message first stood.
func origin(c Consumer) string {
	if c.Stream == Retries && len(c.Durable) > len("retry-") {
		return c.Durable[len("retry-"):]
	}
	return c.Durable
}

// bury stores a letter; one that is there already is stored.
func (b *Bus) bury(ctx context.Context, l Letter) error {
	data, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("dead letter: %w", err)
	}
	_, err = b.Publish(ctx, Out{Subject: deadSubject(l.Stage, l.ID), Data: data})
	if err != nil && !errors.Is(err, ErrExists) {
		return fmt.Errorf("dead letter: %w", err)
	}
	return nil
}

// DeadLetters lists, shows, retries and drops what the stages could not settle.
type DeadLetters struct{ bus *Bus }

// Dead opens the dead letters.
func (b *Bus) Dead() DeadLetters { return DeadLetters{bus: b} }

// List returns at most limit letters of a stage, or of all stages for "", oldest
// first, that stand after the letter with sequence after (0: from the start).
func (d DeadLetters) List(ctx context.Context, stage string, after uint64, limit int) ([]Letter, error) {
	filter := "copytaster.dead.*.*"
	if stage != "" {
		filter = "copytaster.dead." + Token(stage) + ".*"
	}
	var out []Letter
	for seq := after + 1; len(out) < limit; {
		raw, err := d.bus.streams[Dead].GetMsg(ctx, seq, jetstream.WithGetMsgSubject(filter))
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("list dead letters: %w", err)
		}
		l, err := d.read(ctx, raw)
		if err != nil {
			return nil, fmt.Errorf("list dead letters: %w", err)
		}
		out = append(out, l)
		seq = raw.Sequence + 1
	}
	return out, nil
}

func (d DeadLetters) read(ctx context.Context, raw *jetstream.RawStreamMsg) (Letter, error) {
	var l Letter
	m, err := d.bus.stored(ctx, Dead, raw)
	if err != nil {
		return l, err
	}
	if err := json.Unmarshal(m.Data, &l); err != nil {
		return l, fmt.Errorf("letter %d: %w", m.Seq, err)
	}
	l.Seq = m.Seq
	return l, nil
}

// Get reads one letter, ErrNotFound where there is none.
func (d DeadLetters) Get(ctx context.Context, id string) (Letter, error) {
	raw, err := d.find(ctx, id)
	if err != nil {
		return Letter{}, err
	}
	return d.read(ctx, raw)
}

func (d DeadLetters) find(ctx context.Context, id string) (*jetstream.RawStreamMsg, error) {
	filter := "copytaster.dead.*." + Token(id)
	raw, err := d.bus.streams[Dead].GetMsg(ctx, 1, jetstream.WithGetMsgSubject(filter))
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return nil, fmt.Errorf("dead letter %s: %w", id, ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("dead letter %s: %w", id, err)
	}
	return raw, nil
}

// Retry hands letters back to the stage on which they failed, and only to it,
// and removes them. A letter that fails again comes back as a new one. All are
// tried; the errors are joined.
func (d DeadLetters) Retry(ctx context.Context, ids ...string) error {
	return d.each(ctx, ids, func(l Letter) error {
		_, err := d.bus.Publish(ctx, retryOf(l))
		return err
	})
}

// retryOf goes back to a work queue as it was. The other streams have several
// readers, or take a subject once, so there the letter goes to its reader alone.
func retryOf(l Letter) Out {
	h := cloneHeader(l.Header)
	n, _ := strconv.Atoi(h[headerRetry]) // absent: 0
	o := Out{Subject: l.Subject, ID: l.ID + "-retry", Data: l.Data, Header: h}
	if spec, _ := specNamed(l.Stream); !spec.queue {
		o.Subject = retrySubject(l.Durable)
		maps.Copy(h, map[string]string{headerOriginSubject: l.Subject, headerOriginStream: l.Stream, headerOriginID: l.MsgID})
	}
	h[headerRetry] = strconv.Itoa(n + 1)
	return o
}

// Drop removes letters for good. All are tried; the errors are joined.
func (d DeadLetters) Drop(ctx context.Context, ids ...string) error {
	return d.each(ctx, ids, func(Letter) error { return nil })
}

// each does something with every letter and then removes it.
func (d DeadLetters) each(ctx context.Context, ids []string, do func(Letter) error) error {
	var errs []error
	for _, id := range ids {
		if err := d.one(ctx, id, do); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func (d DeadLetters) one(ctx context.Context, id string, do func(Letter) error) error {
	raw, err := d.find(ctx, id)
	if err != nil {
		return err
	}
	l, err := d.read(ctx, raw)
	if err != nil {
		return err
	}
	if err := do(l); err != nil {
		return fmt.Errorf("dead letter %s: %w", id, err)
	}
	// A letter holds the whole message: its bytes are written over.
	if err := d.bus.eraseMessage(ctx, Dead, raw); err != nil {
		return fmt.Errorf("dead letter %s: remove: %w", id, err)
	}
	return nil
}
