// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// Bench writes documents to two scratch indices of the same mapping, with bare
// bulk requests of finished bodies to one and with Put, which analyses, encodes,
// asks where to write and judges every verdict, to the other. It leaves nothing.
func Bench(ctx context.Context, o Options, docs []*copytaster.Document, batch int) (c index.Comparison, err error) {
	bare, dropBare, err := Scratch(ctx, o)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, dropBare()) }()
	x, drop, err := Scratch(ctx, o)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, drop()) }()
	prepared, errs := bare.prepareAll(docs)
	targets, err := bare.targets(ctx)
	if err := errors.Join(append(errs, err)...); err != nil {
		return c, err
	}
	send := func(from, to int) error {
		var ops []operation
		for i := range prepared[from:to] {
			ops = append(ops, bare.putOperations(&prepared[from+i], targets)...)
		}
		_, err := bare.sendBulk(ctx, ops)
		return err
	}
	return index.Compare(len(docs), batch, send, func(from, to int) error { return errors.Join(x.Put(ctx, docs[from:to])...) })
}

// Scratch opens empty indices under a name that nobody else has. remove deletes
// them, their templates and the connection.
func Scratch(ctx context.Context, o Options) (x *Index, remove func() error, err error) {
	o.Prefix = "scratch-" + strings.ToLower(rand.Text()[:12])
	if x, err = Open(ctx, o); err != nil {
		return nil, nil, err
	}
	return x, func() error { return errors.Join(x.wipe(), x.Close()) }, nil
}

// wipe removes all indices and templates of the prefix, also after the context of
// the caller has ended.
func (x *Index) wipe() error {
	ctx := context.Background()
	names, err := x.behind(ctx, x.opts.Prefix+"*")
	names = append(names, x.revisionIndex(), x.ledgerIndex())
	missing := true
	return errors.Join(err,
		x.call(ctx, esapi.IndicesDeleteRequest{Index: names, IgnoreUnavailable: &missing}, nil),
		x.call(ctx, esapi.IndicesDeleteIndexTemplateRequest{Name: x.opts.Prefix + "*"}, nil))
}

// Prefix is what the names of the indices begin with.
func (x *Index) Prefix() string { return x.opts.Prefix }
