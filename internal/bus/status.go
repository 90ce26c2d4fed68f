// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"fmt"

	"github.com/nats-io/nats-server/v2/server"
)

// Status is how the streams and their readers stand.
type Status struct {
	Streams   []StreamStatus
	Consumers []ConsumerStatus
	Dead      uint64 // letters
	Used      uint64 // bytes of all streams
	DiskFree  int64  // bytes free under the store; -1 with an outside server
	Problem   string // why the server calls itself unhealthy; "" when it does not
}

// StreamStatus is how full one stream is.
type StreamStatus struct {
	Name     string
	Messages uint64
	Bytes    uint64
	MaxBytes int64
	FirstSeq uint64
	LastSeq  uint64
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
	for _, c := range s.Consumers {
		if c.Stream != Advisories && (c.Pending > 0 || c.AckPending > 0) {
			return false
		}
	}
	return true
}

// Status asks the server.
func (b *Bus) Status(ctx context.Context) (Status, error) {
	st := Status{DiskFree: -1}
	for _, spec := range streamTable() {
		if err := b.streamStatus(ctx, spec.name, &st); err != nil {
			return st, fmt.Errorf("status of %s: %w", spec.name, err)
		}
	}
	if b.host == nil {
		return st, nil
	}
	free, err := diskFree(b.o.Dir)
	if err != nil {
		return st, fmt.Errorf("free space of %s: %w", b.o.Dir, err)
	}
	st.DiskFree = free
	if h := b.host.server.Healthz(&server.HealthzOptions{}); h.Status != "ok" {
		st.Problem = h.Status + ": " + h.Error
	}
	return st, nil
}

func (b *Bus) streamStatus(ctx context.Context, name string, st *Status) error {
	s := b.streams[name]
	consumers := s.ListConsumers(ctx)
	for c := range consumers.Info() {
		st.Consumers = append(st.Consumers, ConsumerStatus{
			Stage: c.Config.Metadata[metaStage], Stream: name, Durable: c.Name,
			Pending: c.NumPending, AckPending: c.NumAckPending, Redelivered: c.NumRedelivered,
		})
	}
	if err := consumers.Err(); err != nil {
		return err
	}
	info, err := s.Info(ctx)
	if err != nil {
		return err
	}
	st.Streams = append(st.Streams, StreamStatus{
		Name: name, Messages: info.State.Msgs, Bytes: info.State.Bytes, MaxBytes: info.Config.MaxBytes,
		FirstSeq: info.State.FirstSeq, LastSeq: info.State.LastSeq,
	})
	st.Used += info.State.Bytes
	if name == Dead {
		st.Dead = info.State.Msgs
	}
	return nil
}
