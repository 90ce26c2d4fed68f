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

// patiently does something with an outside server again while it is not ready,
// for Options.ConnectWait: a cluster that starts or has lost a node elects its
// leaders, and several processes may be creating the same things.
func (b *Bus) patiently(ctx context.Context, do func(context.Context) error) error {
	for end, n := time.Now().Add(b.o.ConnectWait), 1; ; n++ {
		since := time.Now()
		err := b.explain(do(ctx), since)
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
// somebody else creating the same at the same time.
func passing(err error) bool {
	for _, e := range []error{nats.ErrNoResponders, nats.ErrTimeout, context.DeadlineExceeded, nats.ErrDisconnected, nats.ErrConnectionReconnecting,
		jetstream.ErrStreamNameAlreadyInUse, jetstream.ErrBucketExists, jetstream.ErrConsumerExists} {
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
