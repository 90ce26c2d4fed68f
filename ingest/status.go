// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
)

// maxRetryAfter caps what a server may ask for.
const maxRetryAfter = 24 * time.Hour

// statusError classifies an answer that is neither a page nor a redirect.
func statusError(hr *http.Response) error {
	err := errors.New("server answers " + statusText(hr))
	switch code := hr.StatusCode; {
	case code == http.StatusNotFound || code == http.StatusGone:
		return copytaster.PermanentAs(copytaster.StateGone, err)
	case code == http.StatusRequestTimeout, code == http.StatusTooEarly, code == http.StatusTooManyRequests, code >= 500 && code < 600:
		return copytaster.RetryAfter(err, retryAfter(hr.Header.Get("Retry-After"), time.Now()))
	case code == http.StatusUnauthorized || code == http.StatusForbidden || code == http.StatusPaymentRequired:
		return copytaster.Permanent(fmt.Errorf("%w: it wants a login, or does not want us", err))
	case code == http.StatusUnavailableForLegalReasons:
		return copytaster.Permanent(fmt.Errorf("%w: withheld for legal reasons", err))
	case code == http.StatusNoContent || code == http.StatusResetContent:
		return copytaster.Skip("the server answers that there is no content")
	}
	return copytaster.Permanent(err)
}

// statusText is the code with its standard name: the server's own words may be
// anything.
func statusText(hr *http.Response) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", hr.StatusCode, http.StatusText(hr.StatusCode)))
}

// retryAfter reads a Retry-After header, seconds or an HTTP date (RFC 9110
// section 10.2.3), capped at a day. It returns 0 for none or a bad one.
func retryAfter(v string, now time.Time) time.Duration {
	v = strings.TrimSpace(v)
	if t, err := http.ParseTime(v); err == nil {
		return min(max(t.Sub(now), 0), maxRetryAfter)
	}
	if v == "" || strings.Trim(v, "0123456789") != "" {
		return 0
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil || n > int64(maxRetryAfter/time.Second) {
		return maxRetryAfter
	}
	return time.Duration(n) * time.Second
}

// classify gives a failed request its class. Nearly all are transient, those of
// names and certificates too: both are mended by their owners within hours, and
// the deliveries that the worker loop allows end a hopeless case. An address
// that may not be dialled is permanent by itself.
func classify(ctx context.Context, err error) error {
	if copytaster.ClassOf(err) == copytaster.ClassPermanent {
		return err
	}
	if cause := context.Cause(ctx); cause != nil && errors.Is(err, context.DeadlineExceeded) {
		return cause
	}
	var dns *net.DNSError
	if errors.As(err, &dns) {
		return fmt.Errorf("host name %q cannot be resolved: %w", dns.Name, err)
	}
	return err
}
