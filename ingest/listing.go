// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"github.com/copytaster/copytaster"
)

// listing lists the articles that a section page links to.
type listing struct {
	c      SourceConfig
	client *Client
	filter *filter
}

func newListing(c SourceConfig, client *Client, f *filter) (Source, error) {
	return &listing{c: c, client: client, filter: f}, checkSelector(c.Selector)
}

const acceptHTML = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"

// List implements Source. Which links count is in docs/SOURCES.md.
func (s *listing) List(ctx context.Context, ck Checkpoint) ([]Item, Checkpoint, error) {
	resp, next, err := ck.ask(ctx, s.client, s.c.URL, acceptHTML)
	if err != nil || resp == nil {
		return nil, ck, err
	}
	page, _ := DecodeHTML(resp.Body, resp.Header.Get("Content-Type"))
	items, err := s.links(page, resp.URL)
	if err != nil {
		return nil, ck, fmt.Errorf("listing %s: %w", resp.URL, err)
	}
	if len(items) == 0 {
		return nil, ck, fmt.Errorf("listing %s: no link on it looks like an article: see selector and include", resp.URL)
	}
	fresh, next := next.advance(items, s.c.maxItems())
	return fresh, next, nil
}

// maxPageLinks is how many links of one page are looked at.
const maxPageLinks = 20000

// links collects the links of a page that look like articles, each with its
// longest text, in the order of the page.
func (s *listing) links(page []byte, pageURL string) ([]Item, error) {
	base, err := url.Parse(pageURL)
	if err != nil {
		return nil, err
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
	if err != nil {
		return nil, err
	}
	here := base
	if href, ok := doc.Find("base[href]").First().Attr("href"); ok {
		if b, err := base.Parse(href); err == nil && sameSite(b.Host, base.Host) {
			base = b
		}
	}
	area := doc.Find("body")
	if s.c.Selector != "" {
		area = doc.Find(s.c.Selector)
	}
	anchors := area.Find("a[href]").AddSelection(area.Filter("a[href]"))
	if anchors.Length() > maxPageLinks {
		anchors = anchors.Slice(0, maxPageLinks)
	}
	return s.collect(anchors, base, here), nil
}

func (s *listing) collect(anchors *goquery.Selection, base, here *url.URL) []Item {
	var items []Item
	at := map[string]int{}
	anchors.Each(func(_ int, a *goquery.Selection) {
		href, _ := a.Attr("href")
		u := resolve(base, href)
		if u == "" || len(u) > copytaster.MaxURL || !sameSite(hostOf(u), here.Host) || !s.filter.allows(u) {
			return
		}
		i, known := at[u]
		title := plainText(anchorText(a))
		if !known && !s.wanted(a, u, title, here) {
			return
		}
		if !known {
			i, at[u] = len(items), len(items)
			items = append(items, Item{URL: u, Published: nearbyDate(a)})
		}
		if len(title) > len(items[i].Title) {
			items[i].Title = title
			items[i].Hash = shortHash(letters(title), 16)
		}
	})
	return items
}

// wanted decides about one link. A newsroom that gave include patterns or a
// selector has decided itself.
func (s *listing) wanted(a *goquery.Selection, u, title string, here *url.URL) bool {
	if title == "" || sameDocument(u, here) {
		return false
	}
	if len(s.c.Include) > 0 || s.c.Selector != "" {
		return true
	}
	score := urlScore(u)
	if score < 0 {
		return false
	}
	words := len(strings.Fields(title))
	switch {
	case within(a, "nav", "footer", "aside") || words < 2 && !within(a, "h1", "h2", "h3", "h4"):
		return false
	case within(a, "h1", "h2", "h3", "h4", "article") || a.Find("h1,h2,h3,h4").Length() > 0:
		score += 2
	}
	if words >= 5 {
		score++
	}
	if words >= 8 {
		score++
	}
	return score >= 3
}

// anchorText is a link's text, without the scripts in it.
func anchorText(a *goquery.Selection) string {
	if h := a.Find("h1,h2,h3,h4").First(); h.Length() > 0 {
		return h.Text()
	}
	return a.Text()
}

// letters is what of a title stays when a counter or a clock in it ticks.
func letters(title string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, title)
}

func sameDocument(u string, here *url.URL) bool {
	a, err := copytaster.Canonical(u)
	b, err2 := copytaster.Canonical(here.String())
	return err != nil || err2 != nil || a == b || strings.HasPrefix(b, strings.TrimSuffix(a, "/")+"/")
}

// within tells whether one of the nearest 12 ancestors has one of the names.
func within(a *goquery.Selection, names ...string) bool {
	n := a.Get(0).Parent
	for i := 0; n != nil && i < 12; i, n = i+1, n.Parent {
		if n.Type != html.ElementNode {
			continue
		}
		for _, name := range names {
			if n.Data == name {
				return true
			}
		}
	}
	return false
}

var (
	notArticle = regexp.MustCompile(`(?i)/(?:tags?|topics?|category|categories|authors?|profile|people|staff|search|login|signin|sign-in|register|account|subscribe|subscriptions?|newsletters?|about|about-us|contact|contact-us|privacy|cookies?|terms|help|faqs?|jobs|shop|advertis\w*|sitemap|rss|feeds?|page|galler(?:y|ies)|podcasts?|games|puzzles|weather|horoscopes?|share|comments?|print)(?:/|$|\.html?$|-policy|-and-conditions|\?)`)
	notPage    = regexp.MustCompile(`(?i)\.(?:jpe?g|png|gif|svg|webp|mp[34]|m3u8|zip|exe|css|js|xml|rss|ics|docx?|xlsx?|pptx?)$`)
	slugged    = regexp.MustCompile(`(?i)[a-z0-9]+(?:[-_][a-z0-9]+){3,}`)
	idLike     = regexp.MustCompile(`(?i)(?:\d{5,}|-[0-9a-f]{8,}|\.html?$|\.php$|\.stm$)`)
)

// urlScore tells how much a URL looks like an article's: -1 not at all, 0 to 3.
func urlScore(raw string) int {
	u, err := url.Parse(raw)
	if err != nil || u.Path == "" || u.Path == "/" || notArticle.MatchString(u.Path) || notPage.MatchString(u.Path) {
		return -1
	}
	score := 0
	if slugged.MatchString(path.Base(strings.TrimSuffix(u.Path, "/"))) {
		score += 2
	}
	if urlDate(u.Path).Known() || idLike.MatchString(u.Path+"?"+u.RawQuery) {
		score++
	}
	return score
}

// nearbyDate is the date of a time element in the link's own teaser.
func nearbyDate(a *goquery.Selection) copytaster.Date {
	teaser := a.Closest("article,li,tr")
	if teaser.Length() == 0 {
		return copytaster.Date{}
	}
	stated, _ := teaser.Find("time[datetime]").First().Attr("datetime")
	return feedDate(stated, nil)
}
