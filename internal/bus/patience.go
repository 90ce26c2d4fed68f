// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Patiently does something with an outside server again while it is not ready: a
// cluster that starts or has lost a node elects its leaders, and several processes
// may be creating the same things. It gives up when nothing has come nearer for
// four times Options.ConnectWait: who answers is worth more patience than who cannot
// be reached.
func (b *Bus) Patiently(ctx context.Context, do func(context.Context) error) error {
	patience := 4 * b.o.ConnectWait
	for end, n := time.Now().Add(patience), 1; ; n++ {
		since, ready := time.Now(), b.ready
		err := b.explain(do(ctx), since)
		if b.ready > ready {
			end, n = time.Now().Add(patience), 1
		}
		if err == nil || b.host != nil || errors.Is(err, ErrDenied) || !passing(err) || time.Now().After(end) {
			return err
		}
		b.log.Warn("server not ready, is asked again", "error", err)
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(min(backOff(n), time.Second)):
		}
	}
}

// passing reports an error of a server or cluster that is not ready, or of
// somebody else creating the same at the same time. A cluster that elects denies
// for a moment what it has.
func passing(err error) bool {
	for _, e := range []error{nats.ErrNoResponders, nats.ErrTimeout, context.DeadlineExceeded, nats.ErrDisconnected, nats.ErrConnectionReconnecting,
		jetstream.ErrStreamNameAlreadyInUse, jetstream.ErrConsumerExists,
		ErrStreamGone, jetstream.ErrStreamNotFound, jetstream.ErrBucketNotFound, jetstream.ErrConsumerNotFound} {
		if errors.Is(err, e) {
			return true
		}
	}
	var js jetstream.JetStreamError
	if !errors.As(err, &js) || js.APIError() == nil {
		return false
	}
	return js.APIError().Code == http.StatusServiceUnavailable || js.APIError().ErrorCode == codeNoPeers
}

// stepTime is how long the server may take to find or make one thing before it is
// asked again: a cluster that changes its leader forgets what it was asked.
const stepTime = 10 * time.Second

func (b *Bus) step(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, min(b.o.Timeout, stepTime))
}
