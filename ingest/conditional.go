// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"context"
)

// ask is the conditional request that begins most listings. A nil response
// means that nothing has changed since ck.
func (ck Checkpoint) ask(ctx context.Context, client *Client, url, accept string) (*Response, Checkpoint, error) {
	resp, err := client.Get(ctx, Request{URL: url, ETag: ck.ETag, LastModified: ck.LastModified, Accept: accept})
	if err != nil {
		return nil, ck, err
	}
	if resp.NotModified {
		return nil, ck, nil
	}
	next := ck
	next.ETag = validator(resp.Header.Get("ETag"))
	next.LastModified = validator(resp.Header.Get("Last-Modified"))
	return resp, next, nil
}
