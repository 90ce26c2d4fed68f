// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
)

// What a request says of its sender unless the newsroom gives its own.
const (
	defaultUserAgent = "copytaster/1.0"
	defaultContact   = "https://github.com/copytaster/copytaster"
)

// ClientOptions configures a Client. The zero value is right for the open web.
type ClientOptions struct {
	UserAgent    string         // "name/version"; the name is what robots.txt is asked about
	Contact      string         // URL or address of the newsroom, put after the name; "" means this program's page
	Timeout      time.Duration  // of one request with its body; 0 means 60 s
	MaxBytes     int64          // bytes of a body, before and after decoding; 0 means 20 MB
	PerHost      time.Duration  // between two requests to a host; 0 means 1 s, negative none
	MaxPace      time.Duration  // cap of a Crawl-delay; 0 means 1 minute
	MaxWait      time.Duration  // longest polite wait inside a call; beyond it Get returns a RetryAfter; 0 means 30 s
	RobotsTTL    time.Duration  // how long a robots.txt is believed; 0 means 12 h
	Ports        []uint16       // allowed besides 80, 443, 8080 and 8443
	AllowPrivate []netip.Prefix // addresses inside the newsroom that may be asked, on any port
	AllowHosts   []string       // names, or name:port, that may resolve to any address
	RootCAs      *x509.CertPool // nil means the system's

	// Lookup resolves a host in place of the system's resolver.
	Lookup func(ctx context.Context, network, host string) ([]netip.Addr, error)
	// Wait sleeps for d, or until ctx is done, before a host is asked again. A
	// caller that holds a message tells its broker meanwhile. Nil just sleeps.
	Wait func(ctx context.Context, host string, d time.Duration) error
}

// Client asks web servers, politely and safely: it honours robots.txt and a pace
// per host, dials no address inside the network, checks every redirect like a
// first request, and limits time and bytes. It sends no cookies and no
// credentials. It does not retry. It is safe for concurrent use.
type Client struct {
	o      ClientOptions
	http   *http.Client
	pacer  *pacer
	robots *robots
}

// NewClient makes a client. A process needs one, which paces all its requests.
func NewClient(o ClientOptions) *Client {
	o = o.withDefaults()
	c := &Client{o: o, pacer: newPacer(o)}
	c.robots = newRobots(c)
	c.http = &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:            newGuard(o).dial,
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.RootCAs},
			TLSHandshakeTimeout:    10 * time.Second,
			ResponseHeaderTimeout:  o.Timeout / 2,
			MaxResponseHeaderBytes: 128 << 10,
			MaxIdleConnsPerHost:    1,
			MaxIdleConns:           100,
			IdleConnTimeout:        30 * time.Second,
			DisableCompression:     true, // decoded in body.go, with limits
			ForceAttemptHTTP2:      true,
		},
	}
	return c
}

func (o ClientOptions) withDefaults() ClientOptions {
	setDefault(&o.UserAgent, defaultUserAgent)
	setDefault(&o.Contact, defaultContact)
	if !strings.Contains(o.UserAgent, "(") {
		o.UserAgent += " (+" + oneLine(o.Contact) + ")"
	}
	setDefault(&o.Timeout, time.Minute)
	setDefault(&o.MaxBytes, 20<<20)
	setDefault(&o.PerHost, time.Second)
	setDefault(&o.MaxPace, time.Minute)
	setDefault(&o.MaxWait, 30*time.Second)
	setDefault(&o.RobotsTTL, 12*time.Hour)
	if o.Wait == nil {
		o.Wait = sleep
	}
	return o
}

func setDefault[T comparable](p *T, v T) {
	var zero T
	if *p == zero {
		*p = v
	}
}

func sleep(ctx context.Context, _ string, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// CloseIdle closes the connections that are not in use.
func (c *Client) CloseIdle() { c.http.CloseIdleConnections() }

// Request is one GET, conditional if a validator is given.
type Request struct {
	URL          string
	ETag         string
	LastModified string
	Accept       string // "" means anything
}

// Response is the answer to a Request: 200, or 304 with NotModified set.
type Response struct {
	URL         string // after redirects
	NotModified bool
	Proto       string // "HTTP/1.1"
	Status      string // "200 OK"
	Header      http.Header
	Sent        http.Header // of the last request
	Raw         []byte      // the body as sent, without transfer encoding
	Body        []byte      // the body with its content encoding undone
	At          time.Time   // when the answer began, UTC
}

// maxRedirects is how many redirects Get follows.
const maxRedirects = 10

// Get asks for a page and follows redirects. Errors are classified for the
// worker loop (see the root's Class): what robots.txt forbids is a skip, a
// missing page permanent with StateGone, a busy server transient with its
// Retry-After.
func (c *Client) Get(ctx context.Context, r Request) (*Response, error) {
	u, err := requestURL(r.URL)
	if err != nil {
		return nil, copytaster.Permanent(err)
	}
	for range maxRedirects + 1 {
		if err := c.robots.allow(ctx, u); err != nil {
			return nil, err
		}
		resp, err := c.ask(ctx, u, r)
		if err != nil {
			return nil, copytaster.Locate("get "+u.String(), err)
		}
		if resp.next == nil {
			return resp.Response, nil
		}
		u = resp.next
	}
	return nil, copytaster.Locate("get "+r.URL, copytaster.Permanent(fmt.Errorf("more than %d redirects", maxRedirects)))
}

// requestURL parses a URL and gives its host the canonical spelling, so that
// what is checked is what is dialled. Credentials and fragment are not sent.
func requestURL(raw string) (*url.URL, error) {
	canonical, err := copytaster.Canonical(raw)
	if err != nil {
		return nil, err
	}
	cu, err := url.Parse(canonical)
	if err != nil || cu.Host == "" {
		return nil, fmt.Errorf("%w: %.80q", copytaster.ErrURL, raw)
	}
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" {
		return cu, nil
	}
	u.Scheme, u.Host, u.User, u.Fragment, u.RawFragment = cu.Scheme, cu.Host, nil, "", ""
	return u, nil
}

// answer is a response, or where to ask instead.
type answer struct {
	*Response
	next *url.URL
}

// ask makes one request at the host's pace.
func (c *Client) ask(ctx context.Context, u *url.URL, r Request) (*answer, error) {
	done, err := c.pacer.enter(ctx, u.Host)
	if err != nil {
		return nil, err
	}
	defer done()
	ctx, cancel := context.WithTimeoutCause(ctx, c.o.Timeout, fmt.Errorf("no complete answer within %s", c.o.Timeout))
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, copytaster.Permanent(err)
	}
	c.setHeaders(req, r)
	hr, err := c.http.Do(req)
	if err != nil {
		return nil, classify(ctx, err)
	}
	defer hr.Body.Close()
	return c.read(ctx, hr, req)
}

func (c *Client) setHeaders(req *http.Request, r Request) {
	h := req.Header
	h.Set("User-Agent", c.o.UserAgent)
	h.Set("Accept-Encoding", "gzip, br, zstd, deflate")
	h.Set("Accept", r.Accept)
	if r.Accept == "" {
		h.Set("Accept", "*/*")
	}
	if v := validator(r.ETag); v != "" {
		h.Set("If-None-Match", v)
	}
	if v := validator(r.LastModified); v != "" {
		h.Set("If-Modified-Since", v)
	}
}

// read turns an HTTP response into an answer or a classified error.
func (c *Client) read(ctx context.Context, hr *http.Response, req *http.Request) (*answer, error) {
	switch hr.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		next, err := redirect(hr, req.URL)
		return &answer{next: next}, err
	case http.StatusOK, http.StatusNonAuthoritativeInfo, http.StatusNotModified:
	default:
		err := statusError(hr)
		if d := copytaster.Delay(err); d > 0 {
			c.pacer.pause(req.URL.Host, d)
		}
		return nil, err
	}
	resp := &Response{URL: req.URL.String(), Proto: hr.Proto, Status: hr.Status, Header: hr.Header, Sent: req.Header, At: time.Now().UTC()}
	if hr.StatusCode == http.StatusNotModified {
		resp.NotModified = true
		return &answer{Response: resp}, nil
	}
	var err error
	if resp.Raw, err = readAll(hr.Body, c.o.MaxBytes); err != nil {
		return nil, classify(ctx, err)
	}
	if resp.Body, err = decode(resp.Raw, hr.Header.Get("Content-Encoding"), c.o.MaxBytes); err != nil {
		return nil, err
	}
	return &answer{Response: resp}, nil
}

// redirect is where a 3xx answer points: an http or https URL, without
// credentials.
func redirect(hr *http.Response, from *url.URL) (*url.URL, error) {
	loc := hr.Header.Get("Location")
	if loc == "" {
		return nil, copytaster.Permanent(errors.New(statusText(hr) + " without a Location"))
	}
	to, err := from.Parse(loc)
	if err != nil {
		return nil, copytaster.Permanent(fmt.Errorf("%s: bad Location: %w", statusText(hr), err))
	}
	next, err := requestURL(to.String())
	if err != nil {
		return nil, copytaster.Permanent(fmt.Errorf("%s: bad Location: %w", statusText(hr), err))
	}
	return next, nil
}
