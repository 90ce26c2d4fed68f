// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// DeleteSubject removes every message on one subject and their bodies in the
// object store, for a takedown, and writes over their bytes. What consumers have
// not read yet they will not read; letters about it stay, see EraseWhere.
func (b *Bus) DeleteSubject(ctx context.Context, stream, subject string) error {
	if err := checkSubject(subject); err != nil {
		return fmt.Errorf("delete: %w", err)
	}
	if _, err := b.EraseWhere(ctx, stream, subject, nil); err != nil {
		return fmt.Errorf("delete: %w", err)
	}
	if err := b.dropClaims(ctx, stream, subject); err != nil {
		return fmt.Errorf("delete %s: %w", subject, err)
	}
	return nil
}

// EraseWhere removes the messages of a stream on subjects that match filter (""
// for all) and of which about is true (nil for all), with their bodies in the
// object store, and returns how many there were. Their bytes are written over on
// the disk of the server: a plain removal leaves them until their file is
// compacted.
func (b *Bus) EraseWhere(ctx context.Context, stream, filter string, about func(*Message) bool) (n int, err error) {
	s, ok := b.streams[stream]
	if !ok {
		return 0, fmt.Errorf("erase %s: no stream is called %q", filter, stream)
	}
	err = walk(ctx, s, filter, func(raw *jetstream.RawStreamMsg) error {
		if m := newMessage(stream, raw.Subject, raw.Header, raw.Data); about != nil && !about(&m) {
			return nil
		}
		n++
		return b.eraseMessage(ctx, stream, raw)
	})
	if err != nil {
		return n, fmt.Errorf("erase %s of %s: %w", filter, stream, err)
	}
	return n, nil
}

// Walk calls f with what a stream holds at the time, in order.
func (b *Bus) Walk(ctx context.Context, stream string, f func(Message) error) error {
	s, ok := b.streams[stream]
	if !ok {
		return fmt.Errorf("read: no stream is called %q", stream)
	}
	err := walk(ctx, s, "", func(raw *jetstream.RawStreamMsg) error {
		m, err := b.stored(ctx, stream, raw)
		if err != nil {
			return err
		}
		return f(*m)
	})
	if err != nil {
		return fmt.Errorf("read %s: %w", stream, err)
	}
	return nil
}

// walk calls f with the messages of a stream in order, those on subjects that
// match filter; "" matches all.
func walk(ctx context.Context, s jetstream.Stream, filter string, f func(*jetstream.RawStreamMsg) error) error {
	if filter == "" {
		filter = ">"
	}
	for seq := uint64(1); ; {
		raw, err := s.GetMsg(ctx, seq, jetstream.WithGetMsgSubject(filter))
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return nil
		}
		if err == nil {
			err = f(raw)
		}
		if err != nil {
			return err
		}
		seq = raw.Sequence + 1
	}
}

// eraseMessage removes one stored message and the object that it names.
func (b *Bus) eraseMessage(ctx context.Context, stream string, raw *jetstream.RawStreamMsg) error {
	if err := b.eraseClaim(ctx, raw.Header.Get(headerClaim)); err != nil {
		return err
	}
	return ignoreMissing(b.streams[stream].SecureDeleteMsg(ctx, raw.Sequence))
}

// eraseClaim writes over the chunks of an object and removes it; a name that is
// "" or of no object is done already.
func (b *Bus) eraseClaim(ctx context.Context, name string) error {
	if name == "" {
		return nil
	}
	info, err := b.objects.GetInfo(ctx, name)
	if errors.Is(err, jetstream.ErrObjectNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("claim check %s: %w", name, err)
	}
	s, err := b.js.Stream(ctx, "OBJ_"+claims)
	if err != nil {
		return fmt.Errorf("claim check %s: %w", name, err)
	}
	err = walk(ctx, s, "$O."+claims+".C."+info.NUID, func(raw *jetstream.RawStreamMsg) error {
		return ignoreMissing(s.SecureDeleteMsg(ctx, raw.Sequence))
	})
	if err == nil {
		err = b.objects.Delete(ctx, name)
	}
	if err != nil && !errors.Is(err, jetstream.ErrObjectNotFound) {
		return fmt.Errorf("claim check %s: %w", name, err)
	}
	return nil
}

// dropClaims removes the objects of all messages on one subject, those too whose
// message never came.
func (b *Bus) dropClaims(ctx context.Context, stream, subject string) error {
	list, err := b.objects.List(ctx)
	if errors.Is(err, jetstream.ErrNoObjectsFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("claim checks: %w", err)
	}
	for _, o := range list {
		if o.Metadata[claimStream] != stream || o.Metadata[claimSubject] != subject {
			continue
		}
		if err := b.eraseClaim(ctx, o.Name); err != nil {
			return err
		}
	}
	return nil
}
