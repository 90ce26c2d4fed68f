// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/internal/bus"
)

var errVerdicts = errors.New("the writer did not answer for every message")

// alert matches documents with the watches, beside the index and never behind
// it.
func (l *Line) alert(ctx context.Context) error {
	c := bus.Consumer{Stage: "alert", Stream: bus.Documents, Durable: "alert"}
	return l.Bus.Consume(ctx, c, func(ctx context.Context, batch []bus.Message) []error {
		return each(batch, func(_ int, m bus.Message) error { return l.alertOne(ctx, m) })
	})
}

func (l *Line) alertOne(ctx context.Context, m bus.Message) error {
	if replayed(&m) {
		return nil // better extractors must not ring last month's bells
	}
	d, err := decode[copytaster.Document](m)
	if err != nil {
		return err
	}
	for _, a := range l.matcher.Load().Match(&d) {
		out, err := story{}.message(bus.AlertSubject(a.Watch, a.Article), a.ID, copytaster.SchemaAlert, a)
		if err != nil {
			return err
		}
		if _, err := l.Bus.Publish(ctx, out); err != nil && !errors.Is(err, bus.ErrExists) {
			return err
		}
	}
	return nil
}

// notify delivers alerts, each channel from a consumer of its own, so that a
// broken mail server delays mail and nothing else.
func (l *Line) notify(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	for name, ch := range l.Channels {
		g.Go(func() error {
			return l.Bus.Consume(ctx, notifier(name), func(ctx context.Context, batch []bus.Message) []error {
				return each(batch, func(_ int, m bus.Message) error { return send(ctx, name, ch, m) })
			})
		})
	}
	return g.Wait()
}

// notifier is the reading position of a channel. A channel that is new does not
// get the alerts of the past.
func notifier(channel string) bus.Consumer {
	return bus.Consumer{Stage: "notify", Stream: bus.Alerts, Durable: "notify-" + channel, Batch: 10, Independent: true, FromNow: true}
}

func send(ctx context.Context, name string, ch alert.Channel, m bus.Message) error {
	a, err := decode[copytaster.Alert](m)
	if err != nil {
		return err
	}
	if !a.For(name) {
		return nil
	}
	return ch.Send(ctx, &a)
}
