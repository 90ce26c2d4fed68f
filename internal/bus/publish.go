// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/copytaster/copytaster"
)

// Publish stores one message and returns its sequence once it is on disk. A
// message that the server already has under the same id counts as stored.
//
// ErrExists: the subject keeps one message and has it, the work is done.
// ErrConflict: o.Expect is not the subject's last sequence; read it and look again.
// ErrFull and everything unclassed is transient: repeat with the same id. A
// message that can never be published gives a permanent error.
func (b *Bus) Publish(ctx context.Context, o Out) (seq uint64, err error) {
	spec, m, err := b.prepare(ctx, o)
	if err != nil {
		return 0, err
	}
	seq, err = b.publish(ctx, spec, o, m)
	if errors.Is(err, ErrFull) && spec.purge {
		if perr := b.purge(ctx, spec.name); perr != nil {
			return 0, errors.Join(err, perr)
		}
		seq, err = b.publish(ctx, spec, o, m)
	}
	return seq, err
}

// prepare checks o and puts a large body into the object store.
func (b *Bus) prepare(ctx context.Context, o Out) (streamSpec, *nats.Msg, error) {
	m, err := o.message()
	if err != nil {
		return streamSpec{}, nil, copytaster.Permanent(fmt.Errorf("publish: %w", err))
	}
	spec, ok := specOf(o.Subject)
	if !ok {
		return streamSpec{}, nil, copytaster.Permanent(fmt.Errorf("publish: no stream takes the subject %s", o.Subject))
	}
	if len(o.Data) > b.o.ClaimAbove || len(o.Data)+headerSize(m) > int(b.conn.MaxPayload()) {
		if err := b.putClaim(ctx, spec.name, o, m); err != nil {
			return spec, nil, fmt.Errorf("publish %s: %w", o.Subject, err)
		}
	}
	return spec, m, nil
}

func (b *Bus) publish(ctx context.Context, spec streamSpec, o Out, m *nats.Msg) (uint64, error) {
	opts := []jetstream.PublishOpt{jetstream.WithExpectStream(spec.name)}
	if o.Expect != nil {
		opts = append(opts, jetstream.WithExpectLastSequencePerSubject(*o.Expect))
	}
	bound, cancel := b.bounded(ctx)
	defer cancel()
	ack, err := b.js.PublishMsg(bound, m, opts...)
	if err == nil {
		return ack.Sequence, nil
	}
	return 0, b.refused(ctx, spec, o.Subject, err)
}

// refused says what the server's refusal means. Code 10077 is both "the stream is
// full" and "the subject has its message"; only reading the subject tells.
func (b *Bus) refused(ctx context.Context, spec streamSpec, subject string, err error) error {
	switch apiCode(err) {
	case jetstream.JSErrCodeStreamWrongLastSequence, jetstream.JSErrCodeStreamWrongLastSequenceConstant:
		return fmt.Errorf("publish %s: %w", subject, ErrConflict)
	case codeStoreFailed:
		if spec.once {
			switch stands, lerr := b.Has(ctx, subject); {
			case lerr != nil:
				return fmt.Errorf("publish %s: refused (%w), and the subject cannot be read: %w", subject, err, lerr)
			case stands:
				return fmt.Errorf("publish %s: %w", subject, ErrExists)
			}
		}
		return fmt.Errorf("publish %s: %w: %w", subject, ErrFull, err)
	case codeNoResources, codeNoStorage:
		return fmt.Errorf("publish %s: %w: %w", subject, ErrFull, err)
	}
	return fmt.Errorf("publish %s: %w", subject, err)
}

// specOf finds the stream of a subject by its second token.
func specOf(subject string) (streamSpec, bool) {
	for _, s := range streamTable() {
		head, _, _ := strings.Cut(s.subjects, "*")
		if strings.HasPrefix(subject, head) && strings.Count(subject, ".") == strings.Count(s.subjects, ".") {
			return s, true
		}
	}
	return streamSpec{}, false
}

// Last reads the newest message on a subject, ErrNotFound where there is none.
func (b *Bus) Last(ctx context.Context, subject string) (*Message, error) {
	spec, ok := specOf(subject)
	if !ok {
		return nil, copytaster.Permanent(fmt.Errorf("last message: no stream takes the subject %s", subject))
	}
	bound, cancel := b.bounded(ctx)
	defer cancel()
	raw, err := b.streams[spec.name].GetLastMsgForSubject(bound, subject)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return nil, fmt.Errorf("last message on %s: %w", subject, ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("last message on %s: %w", subject, err)
	}
	return b.stored(ctx, spec.name, raw)
}

// Has reports whether a message stands on a subject. It reads no body from the
// object store.
func (b *Bus) Has(ctx context.Context, subject string) (bool, error) {
	spec, ok := specOf(subject)
	if !ok {
		return false, copytaster.Permanent(fmt.Errorf("look for a message: no stream takes the subject %s", subject))
	}
	bound, cancel := b.bounded(ctx)
	defer cancel()
	_, err := b.streams[spec.name].GetLastMsgForSubject(bound, subject)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look for a message on %s: %w", subject, err)
	}
	return true, nil
}

func (b *Bus) stored(ctx context.Context, stream string, raw *jetstream.RawStreamMsg) (*Message, error) {
	m := newMessage(stream, raw.Subject, raw.Header, raw.Data)
	m.Seq, m.Time = raw.Sequence, raw.Time
	if err := b.resolve(ctx, &m); err != nil {
		return nil, fmt.Errorf("message %d of %s: %w", raw.Sequence, stream, err)
	}
	return &m, nil
}

// bounded ends a request after Options.Timeout. The server's answer may be lost
// with a connection that breaks, and the client does not notice: without a bound a
// handler would wait for it until its own time is up, a quarter of an hour.
func (b *Bus) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, b.o.Timeout)
}
