// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/ingest/boilerplate"
)

// source is what an article is assembled from.
type source struct {
	link        Link
	url         string // after redirects
	body        []byte
	contentType string
	header      http.Header // nil for a file
	archive     string
	at          time.Time
}

// minText is how many bytes of text make an article without a title or a date.
const minText = 200

// maxAhead is how far ahead of our clock a date may lie: time zones and fast
// clocks, not plans. A later one would stand above all news for years.
const maxAhead = 48 * time.Hour

// build reads and strips what was fetched and assembles the article.
func (f *Fetcher) build(ctx context.Context, s source) (*Fetched, error) {
	kind := sniff(s.body, s.contentType, s.url)
	page, err := f.read(ctx, kind, s)
	if err != nil {
		return nil, err
	}
	switch text := strings.TrimSpace(page.Text); {
	case page.Kind == copytaster.KindList:
		return nil, copytaster.SkipAs(copytaster.StateNotArticle, "list page")
	case text == "":
		return nil, copytaster.SkipAs(copytaster.StateNotArticle, "no text on it")
	case len(text) < minText && page.Title == "" && s.link.Title == "":
		return nil, copytaster.SkipAs(copytaster.StateNotArticle, "too little text, and no title")
	case len(text) < minText && kind == typeHTML && !page.Published.Known() && !s.link.Published.Known():
		// A form, a gallery, a door: news in brief has a date.
		return nil, copytaster.SkipAs(copytaster.StateNotArticle, "too little text, and no date")
	}
	out := &Fetched{FinalURL: s.url, Host: hostOf(s.url)}
	if kind == typeHTML {
		out.Result = page
	}
	if s.header != nil {
		out.ETag, out.LastModified = validator(s.header.Get("ETag")), validator(s.header.Get("Last-Modified"))
	}
	out.Article = article(s, page)
	return out, nil
}

// article joins what the page says with what the listing said of it.
func article(s source, page boilerplate.Result) copytaster.Article {
	l := s.link
	a := copytaster.Article{
		URL: l.URL, Canonical: canonicalOf(s, page.Canonical), Kind: page.Kind,
		Title: norm.NFC.String(first(page.Title, plainText(l.Title))), Byline: page.Byline, Section: page.Section, Image: page.Image,
		Language: language(page, l), Country: first(l.Country, countryOf(s.url)),
		Published: page.Published, Modified: page.Modified, Fetched: s.at.UTC().Truncate(time.Millisecond),
		Text: norm.NFC.String(page.Text), Asides: page.Asides, Paywall: page.Paywall,
		Confidence: page.Confidence, Stripper: page.Revision, Archive: s.archive,
	}
	if l.Source != "" {
		a.Sources = []string{l.Source}
	}
	if l.Published.Known() && !betterThanListed(a.Published) {
		a.Published = l.Published
	}
	if !a.Published.Known() {
		a.Published = urlDate(s.url)
	}
	if a.Published.Time.After(s.at.Add(maxAhead)) {
		a.Published = copytaster.Date{}
	}
	if !a.Modified.Known() && !LocalKind(l.SourceKind) {
		a.Modified = l.Modified
	}
	a.ID = copytaster.ArticleID(a.Canonical)
	a.Hash = copytaster.ContentHash(&a)
	return a
}

// betterThanListed tells whether a page's own date stands above the listing's:
// one that it states does, one that was read out of its URL or text does not.
func betterThanListed(d copytaster.Date) bool {
	switch d.Origin {
	case copytaster.OriginJSONLD, copytaster.OriginMeta, copytaster.OriginMarkup:
		return d.Known()
	}
	return false
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// canonicalOf names the article: a file by its place in its folder or by its
// bytes, a page by the canonical URL that it states, if that can be believed,
// else by where it was found.
func canonicalOf(s source, stated string) string {
	if strings.HasPrefix(s.link.URL, "file:") {
		if rel, err := relative(s.link); err == nil && s.link.SourceKind == "folder" {
			return "file:" + s.link.Source + "/" + norm.NFC.String(rel)
		}
		sum := sha256.Sum256(s.body)
		return "urn:sha256:" + hex.EncodeToString(sum[:])
	}
	found, err := copytaster.Canonical(s.url)
	if err != nil {
		return s.url
	}
	if c := believable(stated, found); c != "" {
		return c
	}
	return found
}

// believable returns the stated canonical URL in its one spelling, or "" if a
// template or an attacker may have put it there: another site's, which would let
// a page take over a stranger's article; the home page's or a section's; one
// that has lost the parameter which names the story.
func believable(stated, found string) string {
	c, err := copytaster.Canonical(stated)
	if err != nil || c == found {
		return ""
	}
	cu, err := url.Parse(c)
	fu, err2 := url.Parse(found)
	switch {
	case err != nil || err2 != nil || !sameSite(cu.Host, fu.Host) && !ampCache(fu.Host):
		return ""
	case cu.Path == "/" && cu.RawQuery == "":
		return ""
	case urlScore(c) < min(urlScore(found), 1):
		return ""
	case fu.RawQuery != "" && cu.RawQuery == "" && cu.Path == fu.Path && urlScore("http://h"+cu.Path) < 2:
		return ""
	}
	if cu.Scheme == "http" && fu.Scheme == "https" && cu.Port() == "" {
		cu.Scheme = "https"
	}
	return cu.String()
}

// ampCache tells whether a host serves copies of other sites' pages.
func ampCache(host string) bool {
	return strings.HasSuffix(host, ".cdn.ampproject.org") || strings.HasSuffix(host, ".ampproject.net")
}
