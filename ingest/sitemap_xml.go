// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/copytaster/copytaster"
)

// sitemapEntry is a url or a sitemap element. Names are matched without their
// namespace, which many publishers get wrong.
type sitemapEntry struct {
	Loc     string `xml:"loc"`
	Bare    string `xml:",chardata"` // some programs forget the loc element
	Lastmod string `xml:"lastmod"`
	News    struct {
		Title       string `xml:"title"`
		Date        string `xml:"publication_date"`
		Publication struct {
			Language string `xml:"language"`
		} `xml:"publication"`
	} `xml:"news"`
}

// parseSitemapXML streams a sitemap: what is past the limits is not read. A
// sitemap may also be a feed (the protocol allows it).
func parseSitemapXML(text []byte, base *url.URL) (*parsedSitemap, error) {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.Strict = false
	m := &parsedSitemap{}
	root := ""
	for len(m.items) < maxSitemapURLs && len(m.children) < maxSitemapURLs {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("bad XML: %w", err)
		}
		e, ok := t.(xml.StartElement)
		switch {
		case !ok:
		case root == "":
			if root = e.Name.Local; root == "rss" || root == "feed" || root == "RDF" {
				items, err := parseFeed(text, "", base.String())
				return &parsedSitemap{items: items}, err
			}
			if root != "urlset" && root != "sitemapindex" {
				return nil, errNotSitemap
			}
		case e.Name.Local == "url" || e.Name.Local == "sitemap":
			if err := m.add(d, e, base); err != nil {
				return nil, fmt.Errorf("bad XML: %w", err)
			}
		}
	}
	if root == "" {
		return nil, errNotSitemap
	}
	return m, nil
}

// add reads one entry.
func (m *parsedSitemap) add(d *xml.Decoder, start xml.StartElement, base *url.URL) error {
	var e sitemapEntry
	if err := d.DecodeElement(&e, &start); err != nil {
		return err
	}
	u := resolve(base, first(e.Loc, e.Bare))
	if u == "" || len(u) > copytaster.MaxURL {
		return nil
	}
	if start.Name.Local == "sitemap" {
		// Files of other sites are not ours to poll.
		if !sameSite(hostOf(u), base.Host) {
			return nil
		}
		m.children = append(m.children, Item{URL: u, Modified: feedDate(e.Lastmod, nil), Hash: validator(strings.TrimSpace(e.Lastmod))})
		return nil
	}
	it := Item{
		URL: u, Title: plainText(e.News.Title), Published: feedDate(e.News.Date, nil),
		Modified: feedDate(e.Lastmod, nil), Language: languageTag(e.News.Publication.Language),
	}
	it.Hash = shortHash(it.Title+"\x00"+e.Lastmod+"\x00"+e.News.Date, 16)
	m.items = append(m.items, it)
	return nil
}
