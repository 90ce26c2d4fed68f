// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/elastic/go-elasticsearch/v8/esapi"
)

// operation is one item of a bulk request.
type operation struct {
	verb  string // index, create or delete
	index string
	id    string
	body  []byte // nil for delete

	external    bool   // the document's version decides
	version     int64  // where it does
	seq         *int64 // of the document that this one replaces
	primaryTerm int64
}

// action is the line that stands before the body of an operation.
type action struct {
	Index       string `json:"_index"`
	ID          string `json:"_id"`
	Version     *int64 `json:"version,omitempty"`
	VersionType string `json:"version_type,omitempty"`
	Seq         *int64 `json:"if_seq_no,omitempty"`
	PrimaryTerm int64  `json:"if_primary_term,omitempty"`
}

func (o *operation) line() ([]byte, error) {
	a := action{Index: o.index, ID: o.id, Seq: o.seq, PrimaryTerm: o.primaryTerm}
	if o.external {
		a.Version, a.VersionType = &o.version, "external"
	}
	return json.Marshal(map[string]action{o.verb: a})
}

// bulk sends the operations as one request and returns a verdict on each. An
// answer that does not have exactly the items that were sent, in their order,
// tells nothing about any of them: all have failed.
func (x *Index) bulk(ctx context.Context, ops []operation) []error {
	errs, err := x.sendBulk(ctx, ops)
	if err == nil {
		return errs
	}
	return repeat(err, len(ops))
}

func repeat(err error, n int) []error {
	errs := make([]error, n)
	for i := range errs {
		errs[i] = err
	}
	return errs
}

func (x *Index) sendBulk(ctx context.Context, ops []operation) ([]error, error) {
	var b bytes.Buffer
	for i := range ops {
		line, err := ops[i].line()
		if err != nil {
			return nil, err
		}
		b.Write(line)
		b.WriteByte('\n')
		if ops[i].body != nil {
			b.Write(ops[i].body)
			b.WriteByte('\n')
		}
	}
	quiet := false
	var answer bulkAnswer
	if err := x.call(ctx, esapi.BulkRequest{Body: &b, IncludeSourceOnError: &quiet}, &answer); err != nil {
		return nil, err
	}
	return answer.verdicts(ops)
}

// bulkAnswer is the server's answer to a bulk request. Each item has one key,
// its verb.
type bulkAnswer struct {
	Errors *bool                 `json:"errors"`
	Items  []map[string]bulkItem `json:"items"`
}

type bulkItem struct {
	Index  string  `json:"_index"`
	ID     string  `json:"_id"`
	Status int     `json:"status"`
	Error  *reason `json:"error"`
}

// verdicts compares the answer with what was sent.
func (a *bulkAnswer) verdicts(ops []operation) ([]error, error) {
	if a.Errors == nil || len(a.Items) != len(ops) {
		return nil, fmt.Errorf("the answer to %d operations has %d items", len(ops), len(a.Items))
	}
	errs := make([]error, len(ops))
	for i := range ops {
		item, ok := a.Items[i][ops[i].verb]
		if !ok || len(a.Items[i]) != 1 || item.ID != ops[i].id || item.Index != ops[i].index {
			return nil, fmt.Errorf("item %d of the answer is not about %s", i, ops[i].id)
		}
		errs[i] = item.verdict(ops[i].verb)
	}
	return errs, nil
}

func (t *bulkItem) verdict(verb string) error {
	switch {
	case t.Error != nil:
		return &fault{status: t.Status, kind: t.Error.Type, reason: t.Error.text()}
	case t.Status == http.StatusOK, t.Status == http.StatusCreated, t.Status == http.StatusNotFound && verb == "delete":
		return nil
	case t.Status == 0:
		return errors.New("the server's answer has an item without a verdict")
	}
	return &fault{status: t.Status}
}

// batches splits groups of operations, which are not torn apart, into requests
// of at most limit bytes each; a group that is larger goes alone.
func batches(groups [][]operation, limit int) (out [][]int) {
	var batch []int
	size := 0
	for i, g := range groups {
		n := 0
		for _, o := range g {
			n += len(o.body) + len(o.id) + len(o.index) + actionSize
		}
		if len(batch) > 0 && size+n > limit {
			out = append(out, batch)
			batch, size = nil, 0
		}
		batch = append(batch, i)
		size += n
	}
	if len(batch) > 0 {
		out = append(out, batch)
	}
	return out
}

// actionSize is about the length of an action's line, names left out, in bytes.
const actionSize = 100
