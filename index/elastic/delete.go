// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"context"
	"fmt"
	"time"
)

// forgetting is how long Elasticsearch remembers the version of what was
// deleted, when it is told to forget at once: its clock goes in steps of 200 ms.
const forgetting = 300 * time.Millisecond

// Delete implements index.Backend. It returns when nobody finds the articles any
// more, and they can be put again.
func (x *Index) Delete(ctx context.Context, ids ...string) error {
	if len(ids) == 0 {
		return nil
	}
	if err := x.delete(ctx, ids); err != nil {
		return fmt.Errorf("index: delete: %w", err)
	}
	return nil
}

func (x *Index) delete(ctx context.Context, ids []string) error {
	targets, err := x.targets(ctx)
	if err != nil {
		return err
	}
	if err := x.refresh(ctx, x.revisionIndex()); err != nil {
		return err
	}
	var ops []operation
	for _, id := range ids {
		for _, t := range targets {
			ops = append(ops, operation{verb: "delete", index: t, id: id})
		}
		err := x.eachRevision(ctx, id, nil, func(h hit) error {
			ops = append(ops, operation{verb: "delete", index: x.revisionIndex(), id: h.ID})
			return nil
		})
		if err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
	}
	for i, err := range x.bulk(ctx, ops) {
		if err != nil {
			return fmt.Errorf("%s: %w", ops[i].id, classed(err))
		}
	}
	if err := x.refresh(ctx, append(targets, x.revisionIndex())...); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(forgetting):
		return nil
	}
}
