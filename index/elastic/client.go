// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"

	"github.com/elastic/go-elasticsearch/v8"
	"github.com/elastic/go-elasticsearch/v8/esapi"
)

// connections is how many are kept open to the server.
const connections = 16

// connect makes the client; it sends nothing.
func connect(o Options) (*Index, error) {
	o.setDefaults()
	u, err := url.Parse(o.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, errors.New("the URL of Elasticsearch must be http or https and name a host")
	}
	if u.User != nil && o.Username == "" {
		o.Username = u.User.Username()
		o.Password, _ = u.User.Password()
	}
	security, err := o.security(u.Hostname())
	if err != nil {
		return nil, err
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = security
	transport.MaxIdleConnsPerHost = connections
	u.User = nil
	client, err := elasticsearch.NewBaseClient(elasticsearch.Config{
		Addresses: []string{u.String()}, Username: o.Username, Password: o.Password, APIKey: o.APIKey,
		Transport: transport, DisableRetry: true, DisableMetaHeader: true,
	})
	if err != nil {
		return nil, err
	}
	return &Index{opts: o, client: client, transport: transport, preparers: make(chan *preparer, runtime.GOMAXPROCS(0))}, nil
}

// maxReply bounds what is read of one answer: a page of a thousand long articles
// is some tens of megabytes.
const maxReply = 512 << 20

// call sends a request and decodes the answer into out, unless it is nil. An
// answer that says no is a *fault; one that cannot be read is an error.
func (x *Index) call(ctx context.Context, r esapi.Request, out any) error {
	ctx, cancel := context.WithTimeout(ctx, x.opts.Timeout)
	defer cancel()
	res, err := r.Do(ctx, x.client)
	if err != nil {
		return cause(ctx, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxReply+1))
	switch {
	case err != nil:
		return fmt.Errorf("the answer breaks off: %w", cause(ctx, err))
	case len(body) > maxReply:
		return fmt.Errorf("an answer of more than %d MiB", maxReply>>20)
	case res.IsError():
		return newFault(res.StatusCode, res.Header, body)
	case out == nil:
		return nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return fmt.Errorf("the answer cannot be read: %w", err)
	}
	return nil
}

// cause is err with the reason for which ctx ended, if it did: a client's error
// does not always say.
func cause(ctx context.Context, err error) error {
	if ctx.Err() != nil && !errors.Is(err, ctx.Err()) {
		return fmt.Errorf("%w: %w", ctx.Err(), err)
	}
	return err
}

// body is v as JSON without escapes that no server needs.
func body(v any) (*bytes.Reader, error) {
	b, err := encodeJSON(v)
	return bytes.NewReader(b), err
}

func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}
