// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/copytaster/copytaster"
)

// sitemap lists the pages of a sitemap (sitemaps.org), a Google News sitemap, an
// index of them, or a plain list of URLs.
type sitemap struct {
	c      SourceConfig
	client *Client
	filter *filter
}

func newSitemap(c SourceConfig, client *Client, f *filter) (Source, error) {
	return &sitemap{c: c, client: client, filter: f}, nil
}

// Limits of one listing of a sitemap.
const (
	maxSitemapBytes = 64 << 20 // unpacked; the protocol allows 50 MB
	maxSitemapURLs  = 50000    // of one file, as in the protocol
	maxSitemapFiles = 40       // fetched for one listing: the newest, if an index names more
	maxSitemapDepth = 3        // an index of indexes is against the protocol, and common
)

const acceptXML = "application/xml, text/xml;q=0.9, */*;q=0.5"

// List implements Source. Children that the index says are unchanged, or that
// answer 304, are not read again; those that are gone count as empty.
func (s *sitemap) List(ctx context.Context, ck Checkpoint) ([]Item, Checkpoint, error) {
	resp, next, err := ck.ask(ctx, s.client, s.c.URL, acceptXML)
	if err != nil || resp == nil {
		return nil, ck, err
	}
	w := &sitemapWalk{source: s, old: ck.Parts, parts: map[string]Part{}, asked: map[string]bool{s.c.URL: true}}
	if err := w.read(ctx, resp, 1); err != nil {
		return nil, ck, fmt.Errorf("sitemap %s: %w", s.c.URL, err)
	}
	if next.Parts = w.parts; len(w.parts) > 0 {
		// An index that is the same says nothing of children without a date, so
		// it is asked for in full next time.
		next.ETag, next.LastModified = "", ""
	}
	fresh, next := next.advance(s.filter.items(s.own(w.items)), s.c.maxItems())
	return fresh, next, nil
}

// own keeps the pages of the sitemap's own site: the protocol forbids others. A
// newsroom that gave include patterns has said which it wants.
func (s *sitemap) own(items []Item) []Item {
	if len(s.filter.include) > 0 {
		return items
	}
	host := hostOf(s.c.URL)
	return slices.DeleteFunc(items, func(it Item) bool { return !sameSite(hostOf(it.URL), host) })
}

// sitemapWalk is one listing in progress.
type sitemapWalk struct {
	source *sitemap
	old    map[string]Part
	parts  map[string]Part
	items  []Item
	asked  map[string]bool // children, so that an index of itself ends
}

// read takes in one answer: items, or children to ask for.
func (w *sitemapWalk) read(ctx context.Context, resp *Response, depth int) error {
	base, err := url.Parse(resp.URL)
	if err != nil {
		return err
	}
	body, err := gunzip(resp.Body, maxSitemapBytes)
	if err != nil {
		return err
	}
	m, err := parseSitemap(body, resp.Header.Get("Content-Type"), base)
	if err != nil {
		return err
	}
	w.items = append(w.items, m.items...)
	if depth > maxSitemapDepth {
		return nil
	}
	for _, child := range newestChildren(m.children, maxSitemapFiles) {
		if w.asked[child.URL] || len(w.asked) >= maxSitemapFiles {
			continue
		}
		w.asked[child.URL] = true
		if err := w.child(ctx, child, depth+1); err != nil {
			return fmt.Errorf("child %s: %w", child.URL, err)
		}
	}
	return nil
}

// child asks for one child of an index, unless nothing in it can have changed.
func (w *sitemapWalk) child(ctx context.Context, child Item, depth int) error {
	key := shortHash(child.URL, seenKey)
	old := w.old[key]
	if matchAny(w.source.filter.exclude, child.URL) {
		return nil
	}
	part := Part{Stated: child.Hash}
	if len(w.parts) < maxParts {
		defer func() { w.parts[key] = part }()
	}
	if old.Stated != "" && old.Stated == child.Hash {
		part = old
		return nil
	}
	resp, err := w.source.client.Get(ctx, Request{URL: child.URL, ETag: old.ETag, LastModified: old.LastModified, Accept: acceptXML})
	if state, _ := copytaster.EndOf(err); state == copytaster.StateGone || state == copytaster.StateBlocked {
		return nil
	}
	if err != nil {
		part = old
		return err
	}
	part.ETag, part.LastModified = old.ETag, old.LastModified
	if resp.NotModified {
		return nil
	}
	part.ETag, part.LastModified = validator(resp.Header.Get("ETag")), validator(resp.Header.Get("Last-Modified"))
	return w.read(ctx, resp, depth)
}

// newestChildren picks the max newest children; undated ones count as old, in
// the order of the index.
func newestChildren(children []Item, max int) []Item {
	if len(children) <= max {
		return children
	}
	slices.SortStableFunc(children, func(a, b Item) int { return b.stated().Compare(a.stated()) })
	return children[:max]
}

// gunzip unpacks a body that is a gzip file, whatever its headers say.
func gunzip(body []byte, limit int64) ([]byte, error) {
	if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		return body, nil
	}
	return decode(body, "gzip", limit)
}

// parsedSitemap is what one file says: pages, or further files.
type parsedSitemap struct {
	items    []Item
	children []Item // Hash is the stated lastmod, "" for none
}

// errNotSitemap is for an answer that is no sitemap at all.
var errNotSitemap = errors.New("this is neither a sitemap nor a list of URLs")

// parseSitemap reads a file by what it holds.
func parseSitemap(body []byte, contentType string, base *url.URL) (*parsedSitemap, error) {
	text := bytes.TrimSpace(decodeXML(body, contentType))
	switch {
	case bytes.HasPrefix(text, []byte("<")):
		return parseSitemapXML(text, base)
	case bytes.HasPrefix(text, []byte("http://")) || bytes.HasPrefix(text, []byte("https://")):
		return parseURLList(text, base), nil
	}
	return nil, errNotSitemap
}

func parseURLList(text []byte, base *url.URL) *parsedSitemap {
	m := &parsedSitemap{}
	for line := range bytes.Lines(text) {
		if u := resolve(base, strings.TrimSpace(string(line))); u != "" && len(m.items) < maxSitemapURLs {
			m.items = append(m.items, Item{URL: u, Hash: u})
		}
	}
	return m
}
