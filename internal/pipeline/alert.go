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

// errNoChannel keeps an alert for a channel that was taken out of the
// configuration while it was on its way.
var errNoChannel = errors.New("the channel is no longer configured")

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
	running := map[string]context.CancelFunc{}
	for ctx.Err() == nil {
		channels := l.now.Load().Channels
		for name, stop := range running {
			if _, ok := channels[name]; !ok {
				stop()
				delete(running, name)
				l.Log.Warn("channel is configured no more; its place in the alerts is kept, see copytaster channels", "channel", name)
			}
		}
		for name := range channels {
			if running[name] == nil {
				own, stop := context.WithCancel(ctx)
				running[name] = stop
				g.Go(func() error { defer stop(); return l.deliver(own, name) })
			}
		}
		select {
		case <-ctx.Done():
		case <-l.rewire:
		}
	}
	return g.Wait()
}

// deliver sends what rings through the channel that has the name at the time. A
// channel that was taken out may be forgotten while its loop still ends: that its
// place is gone then is no fault of the line's.
func (l *Line) deliver(ctx context.Context, name string) error {
	err := l.Bus.Consume(ctx, notifier(name), func(ctx context.Context, batch []bus.Message) []error {
		return each(batch, func(_ int, m bus.Message) error {
			ch, ok := l.now.Load().Channels[name]
			if !ok {
				return errNoChannel
			}
			return send(ctx, name, ch, m)
		})
	})
	if !l.hasChannel(name) {
		return nil
	}
	return err
}

const notifyPrefix = "notify-"

// notifier is the reading position of a channel. A channel that is new does not
// get the alerts of the past; one that comes back goes on where it stopped.
func notifier(channel string) bus.Consumer {
	return bus.Consumer{Stage: "notify", Stream: bus.Alerts, Durable: notifyPrefix + channel, Batch: 10, Independent: true, FromNow: true}
}

func send(ctx context.Context, name string, ch alert.Channel, m bus.Message) error {
	a, err := decode[copytaster.Alert](m)
	if err != nil {
		return err
	}
	if !a.For(name) || replayed(&m) { // it was sent from the house that was left
		return nil
	}
	return ch.Send(ctx, &a)
}
