// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/elastic/go-elasticsearch/v8/esapi"
)

// ensure makes what is missing of templates, indices and aliases. Any number of
// processes may do so at once.
func (x *Index) ensure(ctx context.Context) error {
	if err := x.putTemplates(ctx); err != nil {
		return err
	}
	for _, name := range []string{x.revisionIndex(), x.ledgerIndex()} {
		if err := x.create(ctx, name, nil); err != nil {
			return err
		}
	}
	served, err := x.behind(ctx, x.readAlias())
	if err != nil {
		return err
	}
	if len(served) == 0 {
		return x.create(ctx, x.documentIndex(1), object{x.readAlias(): object{}, x.writeAlias(): object{}})
	}
	return x.checkServed(served)
}

// checkServed refuses an index that this program cannot write or search.
func (x *Index) checkServed(names []string) error {
	if len(names) > 1 {
		return fmt.Errorf("the alias %s stands for %d indices (%q), and must for one", x.readAlias(), len(names), names)
	}
	version, _, ok := x.parseIndex(names[0])
	if !ok {
		return fmt.Errorf("the alias %s stands for %s, which is no index of ours", x.readAlias(), names[0])
	}
	switch {
	case version > mappingVersion:
		return fmt.Errorf("%s was made by a newer version of the program", names[0])
	case version < mappingVersion:
		return fmt.Errorf("%s was made by an older version of the program: run copytaster index rebuild, then index switch, while that version still runs", names[0])
	}
	return nil
}

// putTemplates writes the composable templates by which our indices are made. An
// index of ours is never made by writing to it: that would be one without
// aliases, in which documents would be lost.
func (x *Index) putTemplates(ctx context.Context) error {
	for _, t := range []struct {
		name, pattern     string
		settings, mapping object
	}{
		{x.opts.Prefix + "-documents", fmt.Sprintf("%s-v%d-*", x.opts.Prefix, mappingVersion), x.documentSettings(), x.documentMapping()},
		{x.revisionIndex(), x.revisionIndex(), x.settings(), revisionMapping()},
		{x.ledgerIndex(), x.ledgerIndex(), x.settings(), ledgerMapping()},
	} {
		b, err := body(object{
			"index_patterns": []string{t.pattern}, "priority": 500, "allow_auto_create": false, "version": mappingVersion,
			"template": object{"settings": object{"index": t.settings}, "mappings": t.mapping},
			"_meta":    object{"written_by": "copytaster"},
		})
		if err != nil {
			return err
		}
		if err := x.call(ctx, esapi.IndicesPutIndexTemplateRequest{Name: t.name, Body: b}, nil); err != nil {
			return fmt.Errorf("template %s: %w", t.name, err)
		}
	}
	return nil
}

// create makes an index from its template, unless it is there.
func (x *Index) create(ctx context.Context, name string, aliases object) error {
	b, err := body(object{"aliases": aliases})
	if aliases == nil {
		b, err = body(object{})
	}
	if err != nil {
		return err
	}
	err = x.call(ctx, esapi.IndicesCreateRequest{Index: name, Body: b}, nil)
	var f *fault
	if errors.As(err, &f) && f.kind == "resource_already_exists_exception" {
		return nil
	}
	if err != nil {
		return fmt.Errorf("create %s: %w", name, err)
	}
	return nil
}

// behind returns the sorted names of the indices that an alias stands for, none
// where there is no such alias.
func (x *Index) behind(ctx context.Context, alias string) ([]string, error) {
	var found map[string]any
	err := x.call(ctx, esapi.IndicesGetAliasRequest{Name: []string{alias}}, &found)
	if statusOf(err) == http.StatusNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("alias %s: %w", alias, err)
	}
	var names []string
	for name := range found {
		names = append(names, name)
	}
	slices.Sort(names)
	return names, nil
}
