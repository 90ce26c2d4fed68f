// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"
)

// Status is one of our indices of documents.
type Status struct {
	Index     string    `json:"index"`
	Documents int       `json:"documents"` // searchable
	Bytes     int64     `json:"bytes"`     // on disk, of the primary shards
	Mapping   int       `json:"mapping"`   // its version
	Analyzer  string    `json:"analyzer,omitempty"`
	Current   bool      `json:"current"` // it is as this program would make it
	Created   time.Time `json:"created"`
	Searched  bool      `json:"searched"` // the read alias stands for it
	Written   bool      `json:"written"`  // what comes in goes there
}

// Manager looks after the indices of documents without serving them. It does not
// make what is missing.
type Manager struct{ x *Index }

// Manage connects to the cluster.
func Manage(o Options) (*Manager, error) {
	x, err := connect(o)
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	return &Manager{x}, nil
}

// Close frees the connections.
func (m *Manager) Close() error { return m.x.Close() }

// Status lists the indices of documents by number, oldest first; none where the
// cluster has none of ours.
func (m *Manager) Status(ctx context.Context) ([]Status, error) {
	list, err := m.x.status(ctx)
	if err != nil {
		return nil, fmt.Errorf("index: status: %w", err)
	}
	return list, nil
}

// described is what the server says of an index.
type described struct {
	Aliases  map[string]any `json:"aliases"`
	Mappings struct {
		Meta struct {
			Mapping  int    `json:"mapping"`
			Analyzer string `json:"analyzer"`
		} `json:"_meta"`
	} `json:"mappings"`
	Settings struct {
		Index struct {
			Created string `json:"creation_date"`
		} `json:"index"`
	} `json:"settings"`
}

func (x *Index) status(ctx context.Context) ([]Status, error) {
	var found map[string]described
	if err := x.call(ctx, esapi.IndicesGetRequest{Index: []string{x.documentIndices()}}, &found); err != nil {
		return nil, err
	}
	var sizes struct {
		Indices map[string]struct {
			Primaries struct {
				Store struct {
					Bytes int64 `json:"size_in_bytes"`
				} `json:"store"`
			} `json:"primaries"`
		} `json:"indices"`
	}
	if err := x.call(ctx, esapi.IndicesStatsRequest{Index: []string{x.documentIndices()}, Metric: []string{"store"}}, &sizes); err != nil {
		return nil, err
	}
	var list []Status
	for name, d := range found {
		if _, _, ok := x.parseIndex(name); !ok {
			continue
		}
		s := x.statusOf(name, d)
		s.Bytes = sizes.Indices[name].Primaries.Store.Bytes
		var err error
		if s.Documents, err = x.count(ctx, name); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b Status) int { return x.number(a.Index) - x.number(b.Index) })
	return list, nil
}

func (x *Index) statusOf(name string, d described) Status {
	_, searched := d.Aliases[x.readAlias()]
	_, written := d.Aliases[x.writeAlias()]
	s := Status{Index: name, Mapping: d.Mappings.Meta.Mapping, Analyzer: d.Mappings.Meta.Analyzer, Searched: searched, Written: written}
	s.Current = s.Mapping == mappingVersion && s.Analyzer == x.opts.Analyzer
	if ms, err := strconv.ParseInt(d.Settings.Index.Created, 10, 64); err == nil {
		s.Created = time.UnixMilli(ms).UTC()
	}
	return s
}

// number is the number in an index's name. It rises over mappings too.
func (x *Index) number(name string) int {
	_, n, _ := x.parseIndex(name)
	return n
}

// count is the number of searchable documents, those nested in them left out.
func (x *Index) count(ctx context.Context, name string) (int, error) {
	var answer struct {
		Count *int `json:"count"`
	}
	if err := x.call(ctx, esapi.CountRequest{Index: []string{name}}, &answer); err != nil {
		return 0, err
	}
	if answer.Count == nil {
		return 0, errors.New("the answer has no count")
	}
	return *answer.Count, nil
}

// served returns the index that is searched and those that are written.
func (x *Index) served(ctx context.Context) (searched string, written []string, err error) {
	names, err := x.behind(ctx, x.readAlias())
	if err != nil {
		return "", nil, err
	}
	if len(names) != 1 {
		return "", nil, fmt.Errorf("the alias %s stands for %d indices, and must for one", x.readAlias(), len(names))
	}
	written, err = x.targets(ctx)
	return names[0], written, err
}

// Switch makes the index that Rebuild has filled the one that is searched, in
// one step, once it has all that the old one has. The old one is kept, out of
// use, until Drop. It returns the names of the two.
func (m *Manager) Switch(ctx context.Context) (from, to string, err error) {
	from, to, err = m.x.switchOver(ctx)
	if err != nil {
		return "", "", fmt.Errorf("index: switch: %w", err)
	}
	return from, to, nil
}

func (x *Index) switchOver(ctx context.Context) (from, to string, err error) {
	from, written, err := x.served(ctx)
	if err != nil {
		return "", "", err
	}
	to = other(written, from)
	if to == "" {
		return "", "", errors.New("no index is being filled: rebuild first")
	}
	if _, err := x.copyAll(ctx, from, to, nil); err != nil {
		return "", "", err
	}
	if err := x.dropDeleted(ctx, from, to); err != nil {
		return "", "", err
	}
	return from, to, x.alias(ctx,
		object{"add": object{"index": to, "alias": x.readAlias()}},
		object{"remove": object{"index": from, "alias": x.readAlias()}},
		object{"remove": object{"index": from, "alias": x.writeAlias()}})
}

// other is the name in the list that is not the given one.
func other(names []string, but string) string {
	for _, n := range names {
		if n != but {
			return n
		}
	}
	return ""
}

// alias changes aliases, all at once.
func (x *Index) alias(ctx context.Context, actions ...object) error {
	b, err := body(object{"actions": actions})
	if err != nil {
		return err
	}
	return x.call(ctx, esapi.IndicesUpdateAliasesRequest{Body: b}, nil)
}

// Drop removes an index of documents that is neither searched nor wanted: one
// that was switched away from or, with its filling given up, one not switched to.
func (m *Manager) Drop(ctx context.Context, name string) error {
	if err := m.x.drop(ctx, name); err != nil {
		return fmt.Errorf("index: drop %s: %w", name, err)
	}
	return nil
}

func (x *Index) drop(ctx context.Context, name string) error {
	if _, _, ok := x.parseIndex(name); !ok {
		return errors.New("this is no index of documents of ours")
	}
	searched, _, err := x.served(ctx)
	if err != nil {
		return err
	}
	if name == searched {
		return errors.New("it is the one that is searched")
	}
	return x.call(ctx, esapi.IndicesDeleteRequest{Index: []string{name}}, nil)
}
