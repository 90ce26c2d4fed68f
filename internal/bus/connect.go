// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/nats-io/nats.go"
)

// The pauses between two attempts to reach the server: doubled each time, up to
// the longest, and scattered, so that the processes of a house do not all come
// back at the same instant. The client tries every server of a cluster between
// two pauses.
const (
	firstPause = 100 * time.Millisecond
	lastPause  = 10 * time.Second
)

// backOff is the pause before attempt n, counted from 1.
func backOff(n int) time.Duration {
	d := lastPause
	if n < 8 {
		d = min(firstPause<<max(n-1, 0), lastPause)
	}
	return d/2 + rand.N(d/2)
}

// connect reaches the embedded server, or the outside one for at most
// Options.ConnectWait. Once connected the client comes back by itself for ever.
func (b *Bus) connect(ctx context.Context) error {
	opts := []nats.Option{nats.Name(b.o.Name), nats.MaxReconnects(-1), nats.CustomReconnectDelay(backOff),
		nats.ErrorHandler(b.fault), nats.DisconnectErrHandler(b.lost), nats.ReconnectHandler(b.found),
		nats.ReconnectErrHandler(b.stillLost), nats.IgnoreAuthErrorAbort()}
	if b.o.URL == "" {
		h, err := startHost(&b.o)
		if err != nil {
			return err
		}
		b.host = h
		return b.dial(nats.DefaultURL, append(opts, nats.InProcessServer(h.server)))
	}
	own, err := b.o.Access.options()
	if err != nil {
		return err
	}
	return b.dialFor(ctx, append(opts, own...))
}

// dialFor tries an outside server again while it cannot be reached. One that
// refuses us will do so again.
func (b *Bus) dialFor(ctx context.Context, opts []nats.Option) error {
	for end, n := time.Now().Add(b.o.ConnectWait), 1; ; n++ {
		err := b.dial(b.o.URL, opts)
		if err == nil || refusal(err) || time.Now().After(end) {
			return err
		}
		if n == 1 {
			b.log.Warn("server not reached, is tried again", "server", redacted(b.o.URL), "for", b.o.ConnectWait, "error", err)
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(min(backOff(n), time.Second)):
		}
	}
}

func refusal(err error) bool {
	return errors.Is(err, nats.ErrAuthorization) || errors.Is(err, nats.ErrSecureConnRequired) || errors.Is(err, nats.ErrSecureConnWanted) ||
		errors.Is(err, nats.ErrAuthExpired) || errors.Is(err, nats.ErrAuthRevoked)
}

func (b *Bus) dial(url string, opts []nats.Option) error {
	conn, err := nats.Connect(url, opts...)
	if err != nil {
		return fmt.Errorf("connect to %s: %w", redacted(url), err)
	}
	b.conn = conn
	return nil
}

// fault logs what the client cannot return to a caller, and keeps a refused
// subject for those whose request went unanswered.
func (b *Bus) fault(_ *nats.Conn, sub *nats.Subscription, err error) {
	subject := ""
	if sub != nil {
		subject = sub.Subject
	}
	if errors.Is(err, nats.ErrPermissionViolation) {
		b.denied.Store(&denial{err: err, at: time.Now()})
	}
	b.log.Warn("trouble with the server", "subject", subject, "error", err)
}

// denial is the server's last word on what this user may not do.
type denial struct {
	err error
	at  time.Time
}

// explain joins an error to the refusal that came since a time. The server does
// not answer a request on a refused subject, so that it looks like an outage.
func (b *Bus) explain(err error, since time.Time) error {
	d := b.denied.Load()
	if err == nil || d == nil || d.at.Before(since) {
		return err
	}
	return fmt.Errorf("%w: %w: %w", ErrDenied, d.err, err)
}

// lost logs that the connection broke; err is nil when it was closed.
func (b *Bus) lost(_ *nats.Conn, err error) {
	if b.life.Err() != nil {
		return
	}
	now := time.Now()
	b.lostAt.CompareAndSwap(nil, &now)
	b.log.Warn("connection to the server lost, is tried again", "error", err)
}

// stillLost tells of the attempts, with the server's reason.
func (b *Bus) stillLost(_ *nats.Conn, err error) {
	if b.life.Err() == nil {
		b.log.Debug("server not reached", "error", err)
	}
}

func (b *Bus) found(c *nats.Conn) {
	attrs := []any{"server", c.ConnectedUrlRedacted()}
	if at := b.lostAt.Swap(nil); at != nil {
		attrs = append(attrs, "after", time.Since(*at).Round(time.Millisecond))
	}
	b.log.Info("connected to the server again", attrs...)
}

// disconnected is why the server cannot be asked, "" when it can.
func (b *Bus) disconnected() string {
	if b.conn.IsConnected() {
		return ""
	}
	text := "not connected to " + redacted(b.o.URL)
	if at := b.lostAt.Load(); at != nil {
		text += " since " + at.UTC().Format(time.RFC3339)
	}
	if err := b.conn.LastError(); err != nil {
		text += ": " + err.Error()
	}
	return text
}

// Ready says why the line cannot work at present: the connection is broken, or
// the streams do not answer, or the embedded server calls itself unhealthy. It is
// for a readiness probe: one of three servers that is down is not its business.
func (b *Bus) Ready(ctx context.Context) error {
	if why := b.disconnected(); why != "" {
		return errors.New(why)
	}
	if why := b.ailing(); why != "" {
		return errors.New(why)
	}
	if _, err := b.streams[Links].Info(ctx); err != nil {
		return fmt.Errorf("streams do not answer: %w", err)
	}
	return nil
}

// Shared reports whether other processes may be on the same streams: the server
// is an outside one.
func (b *Bus) Shared() bool { return b.host == nil }
