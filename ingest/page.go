// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
)

// page watches one URL: an item whenever what stands on it has changed.
type page struct {
	c      SourceConfig
	client *Client
}

func newPage(c SourceConfig, client *Client, _ *filter) (Source, error) {
	return &page{c: c, client: client}, checkSelector(c.Selector)
}

func checkSelector(s string) error {
	if s == "" {
		return nil
	}
	if _, err := cascadia.ParseGroup(s); err != nil {
		return fmt.Errorf("selector: %w", err)
	}
	return nil
}

// List implements Source.
func (s *page) List(ctx context.Context, ck Checkpoint) ([]Item, Checkpoint, error) {
	resp, next, err := ck.ask(ctx, s.client, s.c.URL, acceptHTML)
	if err != nil || resp == nil {
		return nil, ck, err
	}
	it := Item{URL: s.c.URL, Language: s.c.Language}
	it.Title, it.Hash, err = s.content(resp)
	if err != nil {
		return nil, ck, fmt.Errorf("page %s: %w", resp.URL, err)
	}
	fresh, next := next.advance([]Item{it}, 1)
	return fresh, next, nil
}

// content is the title and the hash of the letters on a page, or in the part of
// it that the selector picks: scripts, counters and clocks change at each visit.
func (s *page) content(resp *Response) (title, hash string, err error) {
	kind := sniff(resp.Body, resp.Header.Get("Content-Type"), resp.URL)
	if kind != typeHTML {
		return "", shortHash(string(resp.Body), 16), nil
	}
	text, _ := DecodeHTML(resp.Body, resp.Header.Get("Content-Type"))
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(text))
	if err != nil {
		return "", "", err
	}
	doc.Find("script,style,noscript,template").Remove()
	area := doc.Selection
	if s.c.Selector != "" {
		if area = doc.Find(s.c.Selector); area.Length() == 0 {
			return "", "", fmt.Errorf("selector %q finds nothing", s.c.Selector)
		}
	}
	body := strings.TrimSpace(area.Text())
	if s.c.Selector == "" {
		body = letters(body)
	}
	return plainText(doc.Find("title").First().Text()), shortHash(body, 16), nil
}
