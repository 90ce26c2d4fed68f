// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/copytaster/copytaster/internal/bus"
)

// ChannelStatus is how far a channel is in the alerts.
type ChannelStatus struct {
	Name       string `json:"name"`
	Configured bool   `json:"configured"` // false: it was taken out, and its place in the alerts is kept
	Waiting    int    `json:"waiting"`    // alerts that it has not delivered, those waiting for a retry included
}

// ChannelStatuses returns the channels by name, with those that were taken out of
// the configuration: their alerts are kept, so that a slip in a name loses none.
func (l *Line) ChannelStatuses(ctx context.Context) ([]ChannelStatus, error) {
	st, err := l.Bus.Levels(ctx)
	if err != nil {
		return nil, fmt.Errorf("channels: %w", err)
	}
	var all []ChannelStatus
	for _, c := range st.Consumers {
		if name, ok := channelOf(c); ok {
			all = append(all, ChannelStatus{name, l.hasChannel(name), int(c.Pending) + c.AckPending})
		}
	}
	slices.SortFunc(all, func(a, b ChannelStatus) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// ForgetChannel gives up the place in the alerts of a channel that is configured
// no more; what waits for it is never delivered by it. ErrUsage is returned for
// one that is configured, bus.ErrNotFound for one that there is not.
func (l *Line) ForgetChannel(ctx context.Context, name string) error {
	if l.hasChannel(name) {
		return fmt.Errorf("%w: forget the channel %s: it is in the configuration", ErrUsage, name)
	}
	if err := l.Bus.Detach(ctx, notifier(name)); err != nil {
		return fmt.Errorf("forget the channel %s: %w", name, err)
	}
	return nil
}

func (l *Line) hasChannel(channel string) bool {
	now := l.now.Load()
	if now == nil {
		return false
	}
	_, ok := now.Channels[channel]
	return ok
}

// channelOf is the channel whose place in the alerts a reader is.
func channelOf(c bus.ConsumerStatus) (string, bool) {
	if c.Stream != bus.Alerts {
		return "", false
	}
	return strings.CutPrefix(c.Durable, notifyPrefix)
}

// waited is a status without the readers that nobody serves any more.
func (l *Line) waited(st bus.Status) bus.Status {
	st.Consumers = slices.DeleteFunc(slices.Clone(st.Consumers), func(c bus.ConsumerStatus) bool {
		name, ok := channelOf(c)
		return ok && !l.hasChannel(name)
	})
	return st
}
