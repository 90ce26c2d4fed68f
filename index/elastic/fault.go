// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
)

// fault is an answer of the server that says no, to a request or to one item of
// it.
type fault struct {
	status int
	kind   string // Elasticsearch's type of error
	reason string
	after  time.Duration // the server's Retry-After
}

func (f *fault) Error() string {
	s := fmt.Sprintf("Elasticsearch answers %d", f.status)
	if f.kind != "" {
		s += " " + f.kind
	}
	if f.reason != "" {
		s += ": " + f.reason
	}
	return s
}

// statusOf is the status of an answer that said no, else 0.
func statusOf(err error) int {
	var f *fault
	if errors.As(err, &f) {
		return f.status
	}
	return 0
}

// reason is the error object of an answer.
type reason struct {
	Type     string  `json:"type"`
	Reason   string  `json:"reason"`
	CausedBy *reason `json:"caused_by"`
}

// text is the reason with what caused it, to a bounded depth.
func (r *reason) text() string {
	parts := []string{}
	for depth := 0; r != nil && depth < 4; depth++ {
		if r.Reason != "" {
			parts = append(parts, r.Reason)
		}
		r = r.CausedBy
	}
	return clip(strings.Join(parts, ": "))
}

// maxReason bounds what is kept of a server's reason, in bytes: it can quote the
// document.
const maxReason = 1000

func clip(s string) string {
	if len(s) > maxReason {
		s = s[:maxReason] + " …"
	}
	return strings.ToValidUTF8(s, "")
}

// newFault reads the answer to a whole request. A body that is no JSON, as a
// proxy's, is quoted.
func newFault(status int, h http.Header, body []byte) *fault {
	f := &fault{status: status, after: retryAfter(h.Get("Retry-After"), time.Now())}
	var answer struct {
		Error json.RawMessage `json:"error"`
	}
	var r reason
	if json.Unmarshal(body, &answer) == nil && json.Unmarshal(answer.Error, &r) == nil && r.Type != "" {
		f.kind, f.reason = r.Type, r.text()
		return f
	}
	f.reason = clip(strings.TrimSpace(string(body[:min(len(body), 200)])))
	return f
}

// maxRetryAfter bounds a wait that a server asks for.
const maxRetryAfter = 10 * time.Minute

// retryAfter reads the header of that name: seconds, or a date.
func retryAfter(v string, now time.Time) time.Duration {
	d := time.Duration(0)
	if n, err := strconv.Atoi(strings.TrimSpace(v)); err == nil && n > 0 {
		d = time.Duration(min(n, int(maxRetryAfter/time.Second))) * time.Second
	} else if t, err := http.ParseTime(v); err == nil {
		d = t.Sub(now)
	}
	return min(max(d, 0), maxRetryAfter)
}

// classed gives an error of a write its class. A document that the mapping
// refuses never gets in, nor does one that is larger than the server takes;
// everything else, bad credentials and a read-only index too, can be mended
// outside and is worth trying again.
func classed(err error) error {
	var f *fault
	if !errors.As(err, &f) {
		return err
	}
	switch {
	case f.status == http.StatusBadRequest, f.status == http.StatusRequestEntityTooLarge:
		return copytaster.Permanent(err)
	case f.after > 0:
		return copytaster.RetryAfter(err, f.after)
	}
	return err
}
