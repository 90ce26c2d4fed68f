// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/internal/bus"
)

// ErrReadOnly refuses to change a watch that stands in the configuration file.
var ErrReadOnly = errors.New("this watch stands in the configuration file; change it there")

// ListWatches returns the configuration's watches and those made by hand, by
// name.
func (l *Line) ListWatches(ctx context.Context) ([]copytaster.Watch, error) {
	return l.watchesOf(ctx, l.now.Load())
}

func (l *Line) watchesOf(ctx context.Context, s *setup) ([]copytaster.Watch, error) {
	all := slices.Clone(s.Watches)
	for i := range all {
		all[i].ReadOnly = true
	}
	kv := l.Bus.KV(bus.Watches)
	keys, err := kv.Keys(ctx)
	if err != nil {
		return nil, fmt.Errorf("list watches: %w", err)
	}
	for _, k := range keys {
		w, err := l.storedWatch(ctx, k)
		if errors.Is(err, bus.ErrNotFound) {
			continue // removed meanwhile
		}
		if err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	slices.SortFunc(all, func(a, b copytaster.Watch) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

func (l *Line) storedWatch(ctx context.Context, name string) (copytaster.Watch, error) {
	var w copytaster.Watch
	data, _, err := l.Bus.KV(bus.Watches).Get(ctx, name)
	if err != nil {
		return w, fmt.Errorf("watch %s: %w", name, err)
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return w, fmt.Errorf("watch %s: %w", name, err)
	}
	return w, nil
}

// AddWatch saves a watch, or changes one that was made by hand. A bad query or
// name is an error and changes nothing.
func (l *Line) AddWatch(ctx context.Context, w copytaster.Watch) error {
	if l.configured(w.Name) {
		return ErrReadOnly
	}
	if err := alert.CheckWatch(w); err != nil {
		return fmt.Errorf("%w: watch %q: %w", ErrUsage, w.Name, err)
	}
	for _, c := range w.Channels {
		if _, ok := l.now.Load().Channels[c]; !ok {
			return fmt.Errorf("%w: watch %s: there is no channel %q", ErrUsage, w.Name, c)
		}
	}
	w.Created, w.ReadOnly = l.Now(), false
	data, err := json.Marshal(w)
	if err != nil {
		return fmt.Errorf("watch %s: %w", w.Name, err)
	}
	if _, err := l.Bus.KV(bus.Watches).Put(ctx, w.Name, data); err != nil {
		return fmt.Errorf("watch %s: %w", w.Name, err)
	}
	return l.ReloadWatches(ctx)
}

// RemoveWatch deletes a watch that was made by hand. Its alerts stay.
func (l *Line) RemoveWatch(ctx context.Context, name string) error {
	if l.configured(name) {
		return ErrReadOnly
	}
	if _, err := l.storedWatch(ctx, name); err != nil {
		return err
	}
	if err := l.Bus.KV(bus.Watches).Delete(ctx, name); err != nil {
		return fmt.Errorf("watch %s: %w", name, err)
	}
	return l.ReloadWatches(ctx)
}

func (l *Line) configured(name string) bool {
	return slices.ContainsFunc(l.now.Load().Watches, func(w copytaster.Watch) bool { return w.Name == name })
}

// ReloadWatches makes the alert stage use the watches as they now are.
func (l *Line) ReloadWatches(ctx context.Context) error {
	l.matching.Lock()
	defer l.matching.Unlock()
	m, err := l.compile(ctx, l.now.Load())
	if err != nil {
		return err
	}
	l.matcher.Store(m)
	return nil
}

// compile makes the matcher of a setup's watches and of those made by hand.
func (l *Line) compile(ctx context.Context, s *setup) (*alert.Matcher, error) {
	all, err := l.watchesOf(ctx, s)
	if err != nil {
		return nil, err
	}
	m, err := alert.NewMatcher(all, s.names)
	if err != nil {
		return nil, fmt.Errorf("watches: %w", err)
	}
	return m, nil
}

// followWatches reloads the watches when another process has changed them.
func (l *Line) followWatches(ctx context.Context) error {
	return l.Bus.KV(bus.Watches).Watch(ctx, func(bus.Entry) {
		if err := l.ReloadWatches(ctx); err != nil && ctx.Err() == nil {
			l.Log.Error("reload watches", "error", err)
		}
	})
}
