// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"github.com/copytaster/copytaster"
)

// feed lists the entries of an RSS, Atom or JSON feed.
type feed struct {
	c      SourceConfig
	client *Client
	filter *filter
}

func newFeed(c SourceConfig, client *Client, f *filter) (Source, error) {
	return &feed{c: c, client: client, filter: f}, nil
}

const acceptFeed = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.5"

// List implements Source.
func (s *feed) List(ctx context.Context, ck Checkpoint) ([]Item, Checkpoint, error) {
	resp, next, err := ck.ask(ctx, s.client, s.c.URL, acceptFeed)
	if err != nil || resp == nil {
		return nil, ck, err
	}
	items, err := parseFeed(resp.Body, resp.Header.Get("Content-Type"), resp.URL)
	if err != nil {
		return nil, ck, fmt.Errorf("feed %s: %w", resp.URL, err)
	}
	fresh, next := next.advance(s.filter.items(items), s.c.maxItems())
	return fresh, next, nil
}

// items keeps the items whose URL the filter allows.
func (f *filter) items(items []Item) []Item {
	kept := items[:0]
	for _, it := range items {
		if f.allows(it.URL) {
			kept = append(kept, it)
		}
	}
	return kept
}

// maxFeedItems is how many entries of one feed are looked at.
const maxFeedItems = 20000

// errNotFeed is for an answer that is no feed at all, such as an error page.
var errNotFeed = errors.New("this is not an RSS, Atom or JSON feed")

// parseFeed reads a feed. One that does not parse as it is gets a second chance
// with its commonest faults mended: stray ampersands, control bytes, junk before
// the first tag.
func parseFeed(body []byte, contentType, base string) ([]Item, error) {
	baseURL, err := url.Parse(base)
	if err != nil {
		return nil, err
	}
	text := bytes.TrimSpace(decodeXML(body, contentType))
	if gofeed.DetectFeedType(bytes.NewReader(text)) == gofeed.FeedTypeUnknown {
		text = repairXML(text)
		if gofeed.DetectFeedType(bytes.NewReader(text)) == gofeed.FeedTypeUnknown {
			return nil, errNotFeed
		}
	}
	f, err := gofeed.NewParser().Parse(bytes.NewReader(text))
	if err != nil {
		if f, err = gofeed.NewParser().Parse(bytes.NewReader(repairXML(text))); err != nil {
			return nil, err
		}
	}
	if len(f.Items) > maxFeedItems {
		f.Items = f.Items[:maxFeedItems]
	}
	var items []Item
	for _, e := range f.Items {
		if it, ok := feedItem(e, f, baseURL); ok {
			items = append(items, it)
		}
	}
	return items, nil
}

// feedItem reads one entry; one without a usable link is no item.
func feedItem(e *gofeed.Item, f *gofeed.Feed, base *url.URL) (Item, bool) {
	if e == nil {
		return Item{}, false
	}
	it := Item{
		URL:       entryURL(e, base),
		Title:     plainText(e.Title),
		Published: feedDate(e.Published, e.PublishedParsed),
		Modified:  feedDate(e.Updated, e.UpdatedParsed),
		Language:  languageTag(f.Language),
	}
	// Of the description the text counts: counters and pictures in it that tell
	// one request from the next do not.
	it.Hash = shortHash(strings.Join([]string{it.Title, e.Published, e.Updated, plainText(e.Description)}, "\x00"), 16)
	return it, it.URL != ""
}

// entryURL is an entry's link, else its other links, else an id that is a URL.
func entryURL(e *gofeed.Item, base *url.URL) string {
	for _, ref := range append([]string{e.Link}, e.Links...) {
		if u := resolve(base, ref); u != "" {
			return u
		}
	}
	if strings.HasPrefix(e.GUID, "http://") || strings.HasPrefix(e.GUID, "https://") {
		return resolve(base, e.GUID)
	}
	return ""
}

// feedDate reads a date in the zone as printed. parsed is the library's reading,
// in UTC, for forms that are not in the table.
func feedDate(printed string, parsed *time.Time) copytaster.Date {
	if d := parseDate(printed); d.Known() {
		d.Origin = copytaster.OriginFeed
		return d
	}
	if parsed == nil || !plausible(*parsed) {
		return copytaster.Date{}
	}
	return copytaster.Date{Time: *parsed, Precision: copytaster.PrecisionTime, Origin: copytaster.OriginFeed}
}
