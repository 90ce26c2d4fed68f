// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/copytaster/copytaster"
)

// Rebuild makes a new index with the mapping and settings of this program and
// fills it from the documents of the one that is searched, analysing each anew.
// Meanwhile that one serves, and what comes in goes to both. A rebuild that was
// broken off is taken up again. progress, unless it is nil, is told how many of
// how many documents were looked at. It returns the name of the new index.
func (m *Manager) Rebuild(ctx context.Context, progress func(done, all int)) (string, error) {
	name, err := m.x.rebuild(ctx, progress)
	if err != nil {
		return "", fmt.Errorf("index: rebuild: %w", err)
	}
	return name, nil
}

func (x *Index) rebuild(ctx context.Context, progress func(done, all int)) (string, error) {
	if err := x.putTemplates(ctx); err != nil {
		return "", err
	}
	from, written, err := x.served(ctx)
	if err != nil {
		return "", err
	}
	to := other(written, from)
	if to == "" {
		if to, err = x.nextIndex(ctx); err != nil {
			return "", err
		}
		if err := x.create(ctx, to, object{x.writeAlias(): object{}}); err != nil {
			return "", err
		}
	}
	_, err = x.copyAll(ctx, from, to, progress)
	return to, err
}

// nextIndex is the name of an index that there never was.
func (x *Index) nextIndex(ctx context.Context) (string, error) {
	list, err := x.status(ctx)
	highest := 0
	for _, s := range list {
		highest = max(highest, x.number(s.Index))
	}
	return x.documentIndex(highest + 1), err
}

// Sizes of what is read and held at once, in documents.
const (
	scanPage = 1000
	copyPage = 50
)

// copyAll copies to an index every document of another that it does not have in
// the same or a higher version, and returns how many there were.
func (x *Index) copyAll(ctx context.Context, from, to string, progress func(done, all int)) (copied int, err error) {
	if err := x.refresh(ctx, from); err != nil {
		return 0, err
	}
	all, err := x.count(ctx, from)
	if err != nil {
		return 0, err
	}
	done := 0
	err = x.scan(ctx, from, func(page []stay) error {
		missing, err := x.missing(ctx, page, to)
		if err != nil {
			return err
		}
		for len(missing) > 0 {
			n := min(copyPage, len(missing))
			if err := x.copy(ctx, missing[:n], from, to); err != nil {
				return err
			}
			missing = missing[n:]
			copied += n
		}
		if done += len(page); progress != nil {
			progress(done, max(all, done))
		}
		return nil
	})
	return copied, err
}

// missing returns the ids of those documents that the index has not in the same
// or a higher version.
func (x *Index) missing(ctx context.Context, docs []stay, name string) ([]string, error) {
	places := make([]place, len(docs))
	for i, d := range docs {
		places[i] = place{name, d.ID}
	}
	found, err := x.fetch(ctx, places)
	if err != nil {
		return nil, err
	}
	var ids []string
	for i, f := range found {
		if !f.Found || f.Version < docs[i].Version {
			ids = append(ids, docs[i].ID)
		}
	}
	return ids, nil
}

// copy reads the documents as they are now, and puts them into the index. One
// that was deleted meanwhile stays out.
func (x *Index) copy(ctx context.Context, ids []string, from, to string) error {
	places := make([]place, len(ids))
	for i, id := range ids {
		places[i] = place{from, id}
	}
	found, err := x.fetch(ctx, places, "document")
	if err != nil {
		return err
	}
	var docs []*copytaster.Document
	for _, f := range found {
		if !f.Found {
			continue
		}
		d, err := decode(f.Source)
		if err != nil {
			return fmt.Errorf("article %s: %w", f.ID, err)
		}
		docs = append(docs, d)
	}
	prepared, errs := x.prepareAll(docs)
	if err := errors.Join(errs...); err != nil {
		return err
	}
	ops := make([]operation, len(prepared))
	for i, p := range prepared {
		ops[i] = versioned(to, p.doc.ID, p.doc, p.search)
	}
	for i, err := range x.bulkSized(ctx, ops) {
		if err != nil && statusOf(err) != http.StatusConflict {
			return fmt.Errorf("article %s: %w", ops[i].id, err)
		}
	}
	return nil
}

// dropDeleted removes from an index what was deleted from another while it was
// copied.
func (x *Index) dropDeleted(ctx context.Context, from, to string) error {
	if err := x.refresh(ctx, to); err != nil {
		return err
	}
	return x.scan(ctx, to, func(page []stay) error {
		places := make([]place, len(page))
		for i, d := range page {
			places[i] = place{from, d.ID}
		}
		found, err := x.fetch(ctx, places)
		if err != nil {
			return err
		}
		var ops []operation
		for i, f := range found {
			if !f.Found {
				ops = append(ops, operation{verb: "delete", index: to, id: page[i].ID})
			}
		}
		if len(ops) == 0 {
			return nil
		}
		return errors.Join(x.bulk(ctx, ops)...)
	})
}

// keep is how long the server keeps a point in time between two reads of it.
const keep = "5m"

// scan yields the ids and versions of all documents of an index, by id, as they
// were at one point in time.
func (x *Index) scan(ctx context.Context, name string, yield func([]stay) error) (err error) {
	var opened struct {
		ID string `json:"id"`
	}
	if err := x.call(ctx, esapi.OpenPointInTimeRequest{Index: []string{name}, KeepAlive: keep}, &opened); err != nil {
		return err
	}
	pit := opened.ID
	defer func() { err = errors.Join(err, x.closePoint(ctx, pit)) }()
	request := object{
		"query": everything(), "size": scanPage, "sort": []object{{"id": "asc"}}, "_source": false, "version": true, "track_total_hits": false,
	}
	for {
		request["pit"] = object{"id": pit, "keep_alive": keep}
		answer, err := x.find(ctx, "", request)
		if err != nil {
			return err
		}
		if answer.PIT != "" {
			pit = answer.PIT
		}
		hits := answer.Hits.Hits
		if len(hits) == 0 {
			return nil
		}
		page := make([]stay, len(hits))
		for i, h := range hits {
			page[i] = stay{ID: h.ID, Version: h.Version}
		}
		if err := yield(page); err != nil {
			return err
		}
		request["search_after"] = hits[len(hits)-1].Sort
	}
}

// closePoint frees a point in time, even where ctx has ended.
func (x *Index) closePoint(ctx context.Context, pit string) error {
	b, err := body(object{"id": pit})
	if err != nil {
		return err
	}
	return x.call(context.WithoutCancel(ctx), esapi.ClosePointInTimeRequest{Body: b}, nil)
}
