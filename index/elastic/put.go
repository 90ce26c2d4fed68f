// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/copytaster/copytaster"
)

// Put implements index.Backend: one bulk request for all documents, or several
// where they are large. Each document is an operation on the index that is
// searched, or on two during a rebuild, and one on the revisions.
func (x *Index) Put(ctx context.Context, docs []*copytaster.Document) []error {
	prepared, errs := x.prepareAll(docs)
	var groups [][]operation
	var owner []int // of each group
	targets, err := x.writable(ctx)
	for i := range prepared {
		if errs[i] == nil && err != nil {
			errs[i] = fmt.Errorf("index: put %s: %w", docs[i].ID, err)
		}
		if errs[i] == nil {
			groups, owner = append(groups, x.putOperations(&prepared[i], targets)), append(owner, i)
		}
	}
	for _, batch := range batches(groups, x.opts.MaxBulk) {
		x.putBatch(ctx, groups, batch, func(g int, err error) {
			if err != nil {
				errs[owner[g]] = fmt.Errorf("index: put %s: %w", docs[owner[g]].ID, err)
			}
		})
	}
	return errs
}

// writable are the targets that have our mapping. Of others, Rebuild and Switch
// take care: they are those of a newer version of the program.
func (x *Index) writable(ctx context.Context) ([]string, error) {
	all, err := x.targets(ctx)
	var ours []string
	for _, name := range all {
		if version, _, ok := x.parseIndex(name); ok && version == mappingVersion {
			ours = append(ours, name)
		}
	}
	if err == nil && len(ours) == 0 {
		err = fmt.Errorf("%q are written by another version of the program", all)
	}
	return ours, err
}

// targets are the indices that must be given what comes in.
func (x *Index) targets(ctx context.Context) ([]string, error) {
	targets, err := x.behind(ctx, x.writeAlias())
	if err == nil && len(targets) == 0 {
		err = fmt.Errorf("there is no index behind the alias %s", x.writeAlias())
	}
	return targets, err
}

func (x *Index) putOperations(p *prepared, targets []string) []operation {
	ops := make([]operation, 0, len(targets)+1)
	for _, t := range targets {
		ops = append(ops, versioned(t, p.doc.ID, p.doc, p.search))
	}
	return append(ops, versioned(x.revisionIndex(), revisionID(p.doc), p.doc, p.revision))
}

// versioned is an operation that never replaces a document of the same or a
// higher version. The server takes none below zero: documents fetched before
// 1970 do not replace each other.
func versioned(index, id string, d *copytaster.Document, body []byte) operation {
	return operation{verb: "index", index: index, id: id, external: true, version: max(d.Version(), 0), body: body}
}

// revisionID is the place of a revision: one for each fetch of an article, where
// the highest generation wins by its version.
func revisionID(d *copytaster.Document) string {
	return fmt.Sprintf("%s/%d", d.ID, d.Version()/1024)
}

// putBatch writes some of the groups with one request and tells the verdict on
// each. A request that is refused as a whole because of what is in it is sent
// again group by group, so that the fault of one is that one's alone.
func (x *Index) putBatch(ctx context.Context, groups [][]operation, batch []int, tell func(group int, err error)) {
	var ops []operation
	for _, g := range batch {
		ops = append(ops, groups[g]...)
	}
	verdicts, err := x.sendBulk(ctx, ops)
	if status := statusOf(err); len(batch) > 1 && (status == http.StatusBadRequest || status == http.StatusRequestEntityTooLarge) {
		for _, g := range batch {
			x.putBatch(ctx, groups, []int{g}, tell)
		}
		return
	}
	if err != nil {
		verdicts = repeat(err, len(ops))
	}
	x.settleConflicts(ctx, ops, verdicts)
	for _, g := range batch {
		n := len(groups[g])
		tell(g, worst(verdicts[:n]))
		verdicts = verdicts[n:]
	}
}

// worst is the error, with its class, that stands for all of a document's: one
// that can be mended outside rather than a permanent one, for the next try
// decides.
func worst(errs []error) error {
	var found error
	for _, err := range errs {
		err = classed(err)
		if err != nil && (found == nil || copytaster.ClassOf(found) == copytaster.ClassPermanent) {
			found = err
		}
	}
	return found
}

// settleConflicts looks into refusals for a version: where the same or a newer
// one is there, all is well. But Elasticsearch remembers for a moment the version
// of what was deleted, and refuses older ones; then nothing is there.
func (x *Index) settleConflicts(ctx context.Context, ops []operation, verdicts []error) {
	var conflicts []int
	var asked []operation
	for i, err := range verdicts {
		if statusOf(err) == http.StatusConflict {
			conflicts, asked = append(conflicts, i), append(asked, ops[i])
		}
	}
	if len(conflicts) == 0 {
		return
	}
	found, err := x.versions(ctx, asked)
	for k, i := range conflicts {
		switch {
		case err != nil:
			verdicts[i] = err
		case found[k] >= ops[i].version:
			verdicts[i] = nil
		default:
			verdicts[i] = copytaster.RetryAfter(errors.Join(errDeleted, verdicts[i]), time.Second)
		}
	}
}

// errDeleted says why a document is refused although no newer one is there.
var errDeleted = errors.New("the article was deleted a moment ago")
