// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

// Headers of an atomic batch. Source: NATS ADR-50.
const (
	batchID     = "Nats-Batch-Id"
	batchSeq    = "Nats-Batch-Sequence"
	batchCommit = "Nats-Batch-Commit"
)

// A batch is staged by the server on disk and synced once; these keep it well
// below the server's limit of 1,000 messages and below what a pipe should hold.
const (
	batchMessages = 200
	batchBytes    = 4 << 20
)

// PublishBatch stores messages together: those of one stream in atomic batches,
// which cost one sync instead of one per message. It returns one error per
// message in order, each as Publish gives it. A batch that the server refuses as
// a whole is published message by message, so that one message's fate is not
// another's.
func (b *Bus) PublishBatch(ctx context.Context, outs []Out) []error {
	errs := make([]error, len(outs))
	groups := map[string][]staged{}
	for i, o := range outs {
		spec, m, err := b.prepare(ctx, o)
		if err != nil {
			errs[i] = err
			continue
		}
		groups[spec.name] = append(groups[spec.name], staged{at: i, out: o, spec: spec, msg: m})
	}
	for _, spec := range streamTable() {
		for _, part := range split(groups[spec.name]) {
			b.publishPart(ctx, part, errs)
		}
	}
	return errs
}

// staged is a message on its way into a batch.
type staged struct {
	at   int // place in the caller's list
	out  Out
	spec streamSpec
	msg  *nats.Msg
}

// split cuts a list so that no part exceeds the limits of a batch.
func split(list []staged) (parts [][]staged) {
	start, size := 0, 0
	for i, s := range list {
		n := len(s.msg.Data) + headerSize(s.msg)
		if i > start && (i-start >= batchMessages || size+n > batchBytes) {
			parts, start, size = append(parts, list[start:i]), i, 0
		}
		size += n
	}
	if start < len(list) {
		parts = append(parts, list[start:])
	}
	return parts
}

// publishPart commits one batch, or publishes its messages one by one where the
// server answered that it stored none. Where the server did not answer, all may
// be stored or none, and every message gets that error.
func (b *Bus) publishPart(ctx context.Context, part []staged, errs []error) {
	if len(part) > 1 {
		err := b.commit(ctx, part)
		if err == nil {
			return
		}
		if apiCode(err) == 0 {
			for _, s := range part {
				errs[s.at] = err
			}
			return
		}
	}
	for _, s := range part {
		_, errs[s.at] = b.Publish(ctx, s.out)
	}
}

func (b *Bus) commit(ctx context.Context, part []staged) error {
	id := nuid.Next()
	last := len(part) - 1
	for i, s := range part {
		m := batchMessage(s, id, i+1)
		if i < last {
			if err := b.conn.PublishMsg(m); err != nil {
				return fmt.Errorf("publish batch: %w", err)
			}
			continue
		}
		m.Header.Set(batchCommit, "1")
		return b.commitLast(ctx, m, len(part))
	}
	return nil
}

// batchMessage is a copy of s.msg with the batch's headers, so that the message
// can still be published alone.
func batchMessage(s staged, id string, seq int) *nats.Msg {
	m := &nats.Msg{Subject: s.msg.Subject, Data: s.msg.Data, Header: nats.Header{}}
	for k, v := range s.msg.Header {
		m.Header[k] = v
	}
	m.Header.Set(batchID, id)
	m.Header.Set(batchSeq, strconv.Itoa(seq))
	if s.out.Expect != nil {
		m.Header.Set(jetstream.ExpectedLastSubjSeqHeader, strconv.FormatUint(*s.out.Expect, 10))
	}
	return m
}

// commitLast sends the message that commits the batch and reads the answer; one
// that cannot be read, or that counts other than n, is no success.
func (b *Bus) commitLast(ctx context.Context, m *nats.Msg, n int) error {
	ctx, cancel := b.bounded(ctx)
	defer cancel()
	reply, err := b.conn.RequestMsgWithContext(ctx, m)
	if err != nil {
		return fmt.Errorf("publish batch: %w", err)
	}
	var ack struct {
		Error *jetstream.APIError `json:"error"`
		Seq   uint64              `json:"seq"`
		Batch string              `json:"batch"`
		Count int                 `json:"count"`
	}
	if err := json.Unmarshal(reply.Data, &ack); err != nil {
		return fmt.Errorf("publish batch: unreadable answer: %w", err)
	}
	if ack.Error != nil {
		return fmt.Errorf("publish batch: %w", ack.Error)
	}
	if ack.Count != n || ack.Seq == 0 {
		return fmt.Errorf("publish batch: the server stored %d of %d messages", ack.Count, n)
	}
	return nil
}
