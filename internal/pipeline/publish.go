// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"errors"
	"time"

	"github.com/copytaster/copytaster/internal/bus"
)

// How long a stage waits for room in a full stream before it lets its message
// come again, and how often it looks.
const (
	fullWait = time.Minute
	fullPoll = 50 * time.Millisecond
)

// publish stores one message. A full stream is back-pressure and no failure: the
// stage stands still, holding its message, until the next stage has made room.
func (l *Line) publish(ctx context.Context, o bus.Out) error {
	for deadline := l.Now().Add(fullWait); ; {
		_, err := l.Bus.Publish(ctx, o)
		if !errors.Is(err, bus.ErrFull) || l.Now().After(deadline) {
			return err
		}
		if serr := sleep(ctx, fullPoll); serr != nil {
			return err
		}
	}
}

// publishAll stores messages together and gives a verdict on each.
func (l *Line) publishAll(ctx context.Context, outs []bus.Out) []error {
	errs := l.Bus.PublishBatch(ctx, outs)
	for i, err := range errs {
		if errors.Is(err, bus.ErrFull) {
			errs[i] = l.publish(ctx, outs[i])
		}
	}
	return errs
}
