// SPDX-License-Identifier: Apache-2.0

// Package elastic is the search backend for a cluster: Elasticsearch 8. Its
// fields hold the terms of our own analyser, and figures and contracts are nested
// documents, so that a search finds exactly the documents for which the query's
// Match is true.
//
// Every write is a synchronous bulk request with a verdict per document; it is
// durable on return (the server's translog is synced per request) and searchable
// within a second, or at once after Refresh. The package never retries: the
// worker loop does. docs/adr/0035-elasticsearch-mapping.md says why it is so.
package elastic

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/elastic/go-elasticsearch/v8"
	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/copytaster/copytaster/index"
)

var (
	_ index.Backend = (*Index)(nil)
	_ index.Store   = (*Index)(nil)
	_ index.Ledger  = (*Index)(nil)
)

// Options say which cluster to use, and how.
type Options struct {
	URL         string // of one node or of a load balancer, https://host:9200
	Username    string
	Password    string
	APIKey      string // base64 as Elasticsearch gives it; used instead of a user's name
	CA          []byte // PEM of the authority that signed the server's certificate; nil for the system's
	Fingerprint string // SHA-256 in hex of a certificate that the server must show; "" for any that the authority signed

	Prefix   string        // what our indices' names begin with; "" means copytaster
	Analyzer string        // of the text fields for other tools, as "english"; "" for none
	Shards   int           // of a new index; 0 means 1
	Replicas int           // of a new index; 0 means what a cluster has nodes for, 1 at most
	MaxBulk  int           // bytes of a bulk request, but for a document that is larger; 0 means 8 MiB
	Timeout  time.Duration // of one request; 0 means a minute
}

// Index is a cluster's indices. It is safe for concurrent use, by any number of
// processes.
type Index struct {
	opts      Options
	client    *elasticsearch.BaseClient
	transport *http.Transport
	preparers chan *preparer // those that nobody uses
}

// Open connects to the cluster and makes what is missing of templates, indices
// and aliases. It fails where the server cannot be reached or refuses us.
func Open(ctx context.Context, o Options) (*Index, error) {
	x, err := connect(o)
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	if err := x.ensure(ctx); err != nil {
		return nil, fmt.Errorf("index: open %s: %w", x.opts.Prefix, err)
	}
	return x, nil
}

func (o *Options) setDefaults() {
	if o.Prefix == "" {
		o.Prefix = "copytaster"
	}
	if o.Shards == 0 {
		o.Shards = 1
	}
	if o.MaxBulk == 0 {
		o.MaxBulk = 8 << 20
	}
	if o.Timeout == 0 {
		o.Timeout = time.Minute
	}
}

// Close frees the connections. What was put is durable already.
func (x *Index) Close() error {
	x.transport.CloseIdleConnections()
	return nil
}

// Refresh makes searchable all that was put before.
func (x *Index) Refresh(ctx context.Context) error {
	return x.refresh(ctx, x.readAlias(), x.writeAlias(), x.revisionIndex(), x.ledgerIndex())
}

func (x *Index) refresh(ctx context.Context, names ...string) error {
	if err := x.call(ctx, esapi.IndicesRefreshRequest{Index: names}, nil); err != nil {
		return fmt.Errorf("index: refresh: %w", err)
	}
	return nil
}
