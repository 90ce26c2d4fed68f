// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go/jetstream"
)

// Status is how the streams and their readers stand.
type Status struct {
	Streams   []StreamStatus
	Consumers []ConsumerStatus
	Dead      uint64 // letters
	Used      uint64 // bytes of all streams
	DiskFree  int64  // bytes free under the store; -1 with an outside server
	Problem   string // why the server calls itself unhealthy or is not reached; "" when all is well
}

// StreamStatus is how full one stream is.
type StreamStatus struct {
	Name     string
	Messages uint64
	Bytes    uint64
	MaxBytes int64
	FirstSeq uint64
	LastSeq  uint64
	Unread   uint64 // messages that no reader counts yet, as Pending lags behind a publish
}

// ConsumerStatus is how far one reader is.
type ConsumerStatus struct {
	Stage       string
	Stream      string
	Durable     string
	Pending     uint64 // not delivered yet
	AckPending  int    // delivered and not settled, waiting for a retry included
	Redelivered int    // of those, delivered more than once
}

// Idle reports that no stage has anything to read or at work. Streams are read in
// the order of the line, and a stage publishes before it settles, so that a
// message on its way is seen at one stage or the next.
func (s Status) Idle() bool {
	if len(s.Streams) == 0 {
		return false // the server could not be asked
	}
	for _, st := range s.Streams {
		if st.Name != Advisories && st.Unread > 0 {
			return false
		}
	}
	for _, c := range s.Consumers {
		if c.Stream != Advisories && (c.Pending > 0 || c.AckPending > 0) {
			return false
		}
	}
	return true
}

// Status asks the server. While the connection is broken the answer is only the
// Problem.
func (b *Bus) Status(ctx context.Context) (Status, error) {
	return b.status(ctx, true)
}

// Levels is Status without what no reader counts yet (StreamStatus.Unread): for
// figures, not for Idle. It takes no right to read the messages of a stream.
func (b *Bus) Levels(ctx context.Context) (Status, error) {
	return b.status(ctx, false)
}

func (b *Bus) status(ctx context.Context, exact bool) (Status, error) {
	st := Status{DiskFree: -1}
	if st.Problem = b.disconnected(); st.Problem != "" {
		return st, nil
	}
	for _, spec := range streamTable() {
		if err := b.streamStatus(ctx, spec, exact, &st); err != nil {
			return st, fmt.Errorf("status of %s: %w", spec.name, err)
		}
	}
	if b.host == nil {
		st.Problem = b.unhealthy(ctx)
		return st, nil
	}
	free, err := diskFree(b.o.Dir)
	if err != nil {
		return st, fmt.Errorf("free space of %s: %w", b.o.Dir, err)
	}
	st.DiskFree = free
	st.Problem = b.ailing()
	return st, nil
}

// ailing is what the embedded server says of its health, "" when it is well or an
// outside one.
func (b *Bus) ailing() string {
	if b.host == nil {
		return ""
	}
	if h := b.host.server.Healthz(&server.HealthzOptions{}); h.Status != "ok" {
		return h.Status + ": " + h.Error
	}
	return ""
}

func (b *Bus) streamStatus(ctx context.Context, spec streamSpec, exact bool, st *Status) error {
	s := b.streams[spec.name]
	list := s.ListConsumers(ctx)
	var readers []*jetstream.ConsumerInfo
	for c := range list.Info() {
		if c.Config.Durable == "" {
			continue // a page that looks on, or looked until a minute ago: nobody waits for it
		}
		readers = append(readers, c)
		st.Consumers = append(st.Consumers, ConsumerStatus{
			Stage: c.Config.Metadata[metaStage], Stream: spec.name, Durable: c.Name,
			Pending: c.NumPending, AckPending: c.NumAckPending, Redelivered: c.NumRedelivered,
		})
	}
	if err := list.Err(); err != nil {
		return err
	}
	info, err := s.Info(ctx)
	if err != nil {
		return err
	}
	var unread uint64
	if exact {
		if unread, err = b.unread(ctx, spec, info.State, readers); err != nil {
			return err
		}
	}
	st.Streams = append(st.Streams, StreamStatus{
		Name: spec.name, Messages: info.State.Msgs, Bytes: info.State.Bytes, MaxBytes: info.Config.MaxBytes,
		FirstSeq: info.State.FirstSeq, LastSeq: info.State.LastSeq, Unread: unread,
	})
	st.Used += info.State.Bytes
	if spec.name == Dead {
		st.Dead = info.State.Msgs
	}
	return nil
}

// unread counts what the readers' own counts miss. The server tells its consumers
// of a new message after it has confirmed it to the publisher, so for a moment
// nobody counts it. In a work queue every message is somebody's; elsewhere a
// durable that stands before the last message has it to come.
func (b *Bus) unread(ctx context.Context, spec streamSpec, state jetstream.StreamState, readers []*jetstream.ConsumerInfo) (uint64, error) {
	var counted uint64
	behind := false
	for _, c := range readers {
		counted += c.NumPending + uint64(c.NumAckPending)
		behind = behind || c.Config.Durable != "" && c.NumPending == 0 && c.Delivered.Stream < state.LastSeq
	}
	if spec.queue {
		return state.Msgs - min(counted, state.Msgs), nil
	}
	if !behind || state.Msgs == 0 {
		return 0, nil
	}
	_, err := b.streams[spec.name].GetMsg(ctx, state.LastSeq)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return 0, nil // it was taken down
	}
	return 1, err
}
