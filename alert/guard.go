// SPDX-License-Identifier: Apache-2.0

package alert

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"code.dny.dev/ssrf"
)

// newClient is an HTTP client for addresses that somebody typed in: it connects
// to public addresses on ports 80 and 443 alone unless allowPrivate, follows no
// redirect and uses no proxy, since a proxy would dial for us unguarded. The
// guard looks at the address being dialled, after the name was resolved, so a
// name that changes its answer gains nothing.
func newClient(timeout time.Duration, allowPrivate bool) *http.Client {
	dialer := &net.Dialer{Timeout: timeout}
	if !allowPrivate {
		dialer.Control = ssrf.New().Safe
	}
	return &http.Client{
		Timeout: timeout,
		Transport: &http.Transport{
			DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
				return dialer.DialContext(ctx, network, addr)
			},
			TLSHandshakeTimeout:    timeout,
			MaxResponseHeaderBytes: 64 << 10,
			MaxIdleConnsPerHost:    2,
			IdleConnTimeout:        90 * time.Second,
			ForceAttemptHTTP2:      true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// guarded reports whether err says that the guard refused the address.
func guarded(err error) bool {
	return errors.Is(err, ssrf.ErrProhibitedIP) || errors.Is(err, ssrf.ErrProhibitedPort) ||
		errors.Is(err, ssrf.ErrProhibitedNetwork)
}
