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
	"github.com/copytaster/copytaster/extract"
	"github.com/copytaster/copytaster/internal/bus"
)

// maxDecided is the longest name that can be decided, in bytes.
const maxDecided = 200

// Decisions lists what was decided of discovered suppliers, by name.
func (l *Line) Decisions(context.Context) ([]copytaster.Decision, error) {
	return slices.Clone(l.now.Load().decided), nil
}

// Decide accepts a discovered name, which is then on the newsroom's own list, or
// rejects it, or with VerdictOpen forgets what was decided. It holds for copy
// that is tagged from now on; a Replay applies it to the copy of the past. A
// name that a list has cannot be accepted, and is ErrUsage.
func (l *Line) Decide(ctx context.Context, name string, v copytaster.Verdict) (copytaster.Decision, error) {
	name = strings.Join(strings.Fields(name), " ")
	d := copytaster.Decision{Name: name, Verdict: v, At: l.Now()}
	key := copytaster.FoldName(name)
	if key == "" || len(name) > maxDecided || len(key) > maxDecided {
		return d, fmt.Errorf("%w: %.40q is not a name of 1 to %d bytes", ErrUsage, name, maxDecided)
	}
	if err := l.storeDecision(ctx, key, &d); err != nil {
		return d, fmt.Errorf("decide %s: %w", name, err)
	}
	return d, l.reloadDecisions(ctx)
}

func (l *Line) storeDecision(ctx context.Context, key string, d *copytaster.Decision) error {
	kv := l.Bus.KV(bus.Decisions)
	switch d.Verdict {
	case copytaster.VerdictOpen:
		return kv.Delete(ctx, key)
	case copytaster.VerdictAccepted:
		if err := l.name(d); err != nil {
			return err
		}
	case copytaster.VerdictRejected:
	default:
		return fmt.Errorf("%w: there is no verdict %q", ErrUsage, d.Verdict)
	}
	data, err := json.Marshal(d)
	if err != nil {
		return err
	}
	_, err = kv.Put(ctx, key, data)
	return err
}

// name gives an accepted decision its id. It is stored with the decision, since
// documents hold it.
func (l *Line) name(d *copytaster.Decision) error {
	for _, old := range l.now.Load().decided {
		if old.ID != "" && copytaster.FoldName(old.Name) == copytaster.FoldName(d.Name) {
			d.ID = old.ID
			return nil
		}
	}
	roles := []copytaster.Role{copytaster.RoleSupplier, copytaster.RoleBuyer, copytaster.RoleOther}
	for _, role := range roles {
		if ids := l.Names(role, d.Name); len(ids) > 0 {
			return fmt.Errorf("%w: the lists have it already, as %s", ErrUsage, strings.Join(ids, ", "))
		}
	}
	d.ID = extract.NewID(d.Name)
	for _, role := range roles {
		if len(l.Names(role, d.ID)) > 0 {
			d.ID += "-own"
			break
		}
	}
	return nil
}

// reloadDecisions makes the line use the decisions as they now are.
func (l *Line) reloadDecisions(ctx context.Context) error {
	l.changing.Lock()
	defer l.changing.Unlock()
	decided, err := l.storedDecisions(ctx)
	if err != nil {
		return err
	}
	next := *l.now.Load()
	if slices.Equal(decided, next.decided) {
		return nil
	}
	next.decided = decided
	if err := next.relist(); err != nil {
		return err
	}
	return l.use(ctx, &next)
}

func (l *Line) storedDecisions(ctx context.Context) ([]copytaster.Decision, error) {
	kv := l.Bus.KV(bus.Decisions)
	keys, err := kv.Keys(ctx)
	if err != nil {
		return nil, fmt.Errorf("decisions: %w", err)
	}
	var all []copytaster.Decision
	for _, k := range keys {
		data, _, err := kv.Get(ctx, k)
		if errors.Is(err, bus.ErrNotFound) {
			continue // forgotten meanwhile
		}
		if err != nil {
			return nil, fmt.Errorf("decision on %s: %w", k, err)
		}
		var d copytaster.Decision
		if err := json.Unmarshal(data, &d); err != nil {
			return nil, fmt.Errorf("decision on %s: %w", k, err)
		}
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b copytaster.Decision) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// followDecisions applies what another process has decided.
func (l *Line) followDecisions(ctx context.Context) error {
	return l.Bus.KV(bus.Decisions).Watch(ctx, func(bus.Entry) {
		if err := l.reloadDecisions(ctx); err != nil && ctx.Err() == nil {
			l.Log.Error("reload decisions", "error", err)
		}
	})
}

// accepted is the newsroom's own list as the decisions make it.
func accepted(decided []copytaster.Decision) []extract.Entry {
	var list []extract.Entry
	for _, d := range decided {
		if d.Verdict == copytaster.VerdictAccepted {
			list = append(list, extract.Entry{ID: d.ID, Name: d.Name, Kind: extract.KindSupplier, Notes: "accepted " + d.At.Format("2006-01-02")})
		}
	}
	return list
}
