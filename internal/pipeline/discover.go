// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/ingest"
	"github.com/copytaster/copytaster/internal/bus"
)

// SourceState is what is kept of a source between polls, in the SOURCES bucket.
type SourceState struct {
	Checkpoint ingest.Checkpoint `json:"checkpoint"`
	History    ingest.History    `json:"history"`
	Next       time.Time         `json:"next"`           // UTC: when it is due again
	Lease      Lease             `json:"lease,omitzero"` // who polls it now, where several processes may
}

// discover polls each source when it is due, until ctx is done.
func (l *Line) discover(ctx context.Context) error {
	for {
		next, err := l.pollDue(ctx)
		if err != nil && ctx.Err() == nil {
			l.Log.Error("poll", "error", err)
			next = l.Now().Add(time.Second)
		}
		wait := max(next.Sub(l.Now()), 10*time.Millisecond)
		select {
		case <-ctx.Done():
			return nil
		case <-l.wake:
		case <-time.After(min(wait, time.Minute)):
		}
	}
}

// pollDue polls every source that is due and returns when the next one will be.
func (l *Line) pollDue(ctx context.Context) (next time.Time, err error) {
	next = l.Now().Add(time.Hour)
	for _, s := range l.now.Load().Sources {
		if s.Config.Paused {
			continue
		}
		due, perr := l.pollOne(ctx, s, false)
		if perr != nil {
			err = errors.Join(err, perr)
			continue
		}
		if due.Before(next) {
			next = due
		}
	}
	return next, err
}

// PollNow polls every source at once, due or not, and returns what failed. A
// source that is down is an entry in the returned map, not an error.
func (l *Line) PollNow(ctx context.Context) (failed map[string]error, err error) {
	failed = map[string]error{}
	for _, s := range l.now.Load().Sources {
		if s.Config.Paused {
			continue
		}
		if _, perr := l.pollOne(ctx, s, true); perr != nil {
			return failed, perr
		}
		st, _, serr := l.sourceState(ctx, s.Config.Name)
		if serr != nil {
			return failed, serr
		}
		if st.History.LastError != "" {
			failed[s.Config.Name] = errors.New(st.History.LastError)
		}
	}
	return failed, nil
}

// pollOne lists one source if it is due, or forced, and publishes its links. The
// checkpoint is saved after the links are: a crash between lists them again, and
// their message ids make the second time harmless.
func (l *Line) pollOne(ctx context.Context, s Source, force bool) (due time.Time, err error) {
	st, rev, err := l.sourceState(ctx, s.Config.Name)
	if err != nil {
		return due, err
	}
	now := l.Now()
	if !force {
		if due = st.due(now, l.id); due.After(now) {
			return due, nil
		}
	}
	held, err := l.lease(ctx, s.Config.Name, st, rev)
	if errors.Is(err, bus.ErrConflict) {
		return now.Add(leaseTime), nil // another process polls it
	}
	if err != nil {
		return due, err
	}
	defer held.lose()
	defer held.release()
	return l.list(held.ctx, s, st, held)
}

// list does what pollOne has decided.
func (l *Line) list(ctx context.Context, s Source, st SourceState, held *lease) (due time.Time, err error) {
	now := l.Now()
	items, ck, lerr := s.Source.List(ctx, st.Checkpoint)
	if ctx.Err() != nil {
		return now, nil
	}
	n := 0
	if lerr == nil {
		if n, err = l.PublishItems(ctx, s.Config, items); err != nil {
			return due, fmt.Errorf("source %s: %w", s.Config.Name, err)
		}
		st.Checkpoint = ck
	}
	st.History = st.History.Add(now, n, lerr)
	st.Next = ingest.NextPoll(s.Config, st.History, now, copytaster.Delay(lerr))
	if lerr != nil {
		l.Log.Warn("source failed", "source", s.Config.Name, "failures", st.History.Failures, "next", st.Next, "error", lerr)
	}
	st.Lease = Lease{}
	_, err = l.putSourceState(ctx, s.Config.Name, st, held.release())
	if errors.Is(err, bus.ErrConflict) {
		return st.Next, nil // another process polled it meanwhile, and its state is as good
	}
	return st.Next, err
}

func (l *Line) sourceState(ctx context.Context, name string) (SourceState, uint64, error) {
	var st SourceState
	data, rev, err := l.Bus.KV(bus.Sources).Get(ctx, name)
	if errors.Is(err, bus.ErrNotFound) {
		return st, 0, nil
	}
	if err != nil {
		return st, 0, fmt.Errorf("state of source %s: %w", name, err)
	}
	if err := json.Unmarshal(data, &st); err != nil {
		l.Log.Warn("source state is damaged; starting anew", "source", name, "error", err)
		return SourceState{}, rev, nil
	}
	return st, rev, nil
}

// putSourceState saves a source's state and returns its new revision. It fails
// with bus.ErrConflict where the state is not at rev any more, 0 for none yet.
func (l *Line) putSourceState(ctx context.Context, name string, st SourceState, rev uint64) (uint64, error) {
	data, err := json.Marshal(st)
	if err != nil {
		return 0, fmt.Errorf("state of source %s: %w", name, err)
	}
	kv := l.Bus.KV(bus.Sources)
	if rev > 0 {
		return kv.Update(ctx, name, data, rev)
	}
	next, err := kv.Create(ctx, name, data)
	if errors.Is(err, bus.ErrExists) {
		err = fmt.Errorf("%w: %w", bus.ErrConflict, err)
	}
	return next, err
}
