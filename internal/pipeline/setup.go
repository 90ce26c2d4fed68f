// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"fmt"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/extract"
)

// Lists makes the tagger and the resolver of names from the newsroom's lists,
// with the suppliers that were accepted by hand beside them. It is called at the
// start, at a reload and when something was decided, never by two at once.
type Lists func(accepted []extract.Entry) (Tagger, alert.Names, error)

// Setup is what a reload of the configuration replaces in a running line.
type Setup struct {
	Lists    Lists // nil keeps the lists
	Sources  []Source
	Watches  []copytaster.Watch // those of the configuration, read-only
	Channels map[string]alert.Channel
}

// setup is what a line works with at a moment. It is never changed: a change is
// another one, so that a stage sees all of it or nothing.
type setup struct {
	Setup
	tagger  Tagger
	names   alert.Names
	decided []copytaster.Decision // by name
}

// Reload replaces the setup without a restart. What is wrong in the new one is
// an error, and the line goes on with the old. Articles on their way may still
// be tagged with the old lists; polls under way end with the old sources.
func (l *Line) Reload(ctx context.Context, s Setup) error {
	l.changing.Lock()
	defer l.changing.Unlock()
	next := *l.now.Load()
	if s.Lists == nil {
		s.Lists = next.Lists
	}
	next.Setup = s
	if err := next.relist(); err != nil {
		return fmt.Errorf("reload: %w", err)
	}
	if err := l.use(ctx, &next); err != nil {
		return fmt.Errorf("reload: %w", err)
	}
	return nil
}

// begin makes the first setup from the options and the decisions of the bus. A
// cluster may lose a server in this moment as in any other.
func (l *Line) begin(ctx context.Context) error { return l.Bus.Patiently(ctx, l.setUp) }

func (l *Line) setUp(ctx context.Context) error {
	o := l.Options
	first := &setup{Setup: Setup{o.Lists, o.Sources, o.Watches, o.Channels}, tagger: o.Tagger, names: o.Names}
	var err error
	if first.decided, err = l.storedDecisions(ctx); err != nil {
		return err
	}
	if err := first.relist(); err != nil {
		return err
	}
	return l.use(ctx, first)
}

// use checks a setup against the watches made by hand and puts it in the place
// of the old one.
func (l *Line) use(ctx context.Context, next *setup) error {
	l.matching.Lock()
	defer l.matching.Unlock()
	m, err := l.compile(ctx, next)
	if err != nil {
		return err
	}
	for name := range next.Channels { // before any stage can publish an alert
		if err := l.Bus.Attach(ctx, notifier(name)); err != nil {
			return fmt.Errorf("channel %s: %w", name, err)
		}
	}
	l.now.Store(next)
	l.matcher.Store(m)
	nudge(l.wake)
	nudge(l.rewire)
	return nil
}

// relist makes the tagger and the names anew from the lists and the decisions.
func (s *setup) relist() error {
	if s.Lists == nil {
		return nil
	}
	tagger, names, err := s.Lists(accepted(s.decided))
	if err != nil {
		return err
	}
	s.tagger, s.names = withStops(tagger, s.decided), names
	return nil
}

// nudge wakes who waits on a channel of one place.
func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Names resolves the name of an organisation with the lists as they now are.
func (l *Line) Names(role copytaster.Role, name string) []string {
	if names := l.now.Load().names; names != nil {
		return names(role, name)
	}
	return nil
}
