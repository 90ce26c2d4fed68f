// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/copytaster/copytaster"
)

// robots answers whether a URL may be asked for, by RFC 9309. A file that is not
// there (4xx) allows all; one that cannot be had (5xx, no connection) closes the
// host for a while, unless an older copy is at hand.
type robots struct {
	c     *Client
	agent string
	mu    sync.Mutex
	hosts map[string]*robotsHost
}

// robotsHost is what is known of one origin.
type robotsHost struct {
	mu      sync.Mutex // held while the file is fetched: one request per origin
	rules   *robotsRules
	closed  error // why the host may not be asked
	expires time.Time
}

// Limits of robots.txt: the size that RFC 9309 wants parsed at least, and how
// long a host stays closed after a failure.
const (
	maxRobotsBytes     = 500 << 10
	maxRobotsRedirects = 5
	robotsClosedFor    = 10 * time.Minute
)

func newRobots(c *Client) *robots {
	agent, _, _ := strings.Cut(c.o.UserAgent, "/")
	return &robots{c: c, agent: strings.TrimSpace(agent), hosts: map[string]*robotsHost{}}
}

// allow returns nil, a skip (forbidden) or a transient error (not known yet).
func (r *robots) allow(ctx context.Context, u *url.URL) error {
	h := r.host(u.Scheme + "://" + u.Host)
	h.mu.Lock()
	defer h.mu.Unlock()
	if time.Now().After(h.expires) {
		if err := r.refresh(ctx, u, h); err != nil {
			return err
		}
	}
	if h.closed != nil {
		return copytaster.RetryAfter(h.closed, time.Until(h.expires))
	}
	if h.rules != nil && !h.rules.allows(robotsPath(u)) {
		return copytaster.SkipAs(copytaster.StateBlocked, "robots.txt forbids it")
	}
	return nil
}

// robotsPath is the part of a URL that rules are about.
func robotsPath(u *url.URL) string {
	p := u.EscapedPath()
	if p == "" {
		p = "/"
	}
	if u.RawQuery != "" || u.ForceQuery {
		p += "?" + u.RawQuery
	}
	return p
}

func (r *robots) host(origin string) *robotsHost {
	r.mu.Lock()
	defer r.mu.Unlock()
	h := r.hosts[origin]
	if h == nil {
		if len(r.hosts) >= maxHosts {
			clear(r.hosts)
		}
		h = &robotsHost{}
		r.hosts[origin] = h
	}
	return h
}

// refresh fetches an origin's file into h.
func (r *robots) refresh(ctx context.Context, u *url.URL, h *robotsHost) error {
	body, err := r.fetch(ctx, u)
	var busy *BusyError
	switch state, _ := copytaster.EndOf(err); {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &busy):
		return err
	case err == nil:
		h.closed, h.rules = nil, parseRobots(body, r.agent)
	case state != "" && copytaster.ClassOf(err) != copytaster.ClassTransient && !errors.Is(err, ErrTooLarge):
		h.closed, h.rules = nil, &robotsRules{}
	case h.rules == nil:
		h.closed = fmt.Errorf("robots.txt cannot be read, so the host counts as closed: %w", err)
		h.expires = time.Now().Add(max(robotsClosedFor, copytaster.Delay(err)))
		return nil
	}
	if h.rules != nil {
		r.c.pacer.slow(u.Host, h.rules.delay)
	}
	h.expires = time.Now().Add(r.c.o.RobotsTTL)
	return nil
}

// fetch gets an origin's file, by at most five redirects.
func (r *robots) fetch(ctx context.Context, u *url.URL) ([]byte, error) {
	next := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	for range maxRobotsRedirects + 1 {
		a, err := r.c.ask(ctx, next, Request{URL: next.String(), Accept: "text/plain, */*;q=0.5"})
		if err != nil {
			return nil, err
		}
		if a.next == nil {
			return a.Body[:min(len(a.Body), maxRobotsBytes)], nil
		}
		next = a.next
	}
	// RFC 9309 section 2.3.1.2: then it may be taken as not there.
	return nil, copytaster.PermanentAs(copytaster.StateGone, errors.New("robots.txt redirects too often"))
}
