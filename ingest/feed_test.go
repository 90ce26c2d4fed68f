// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
)

const rssHead = `<?xml version="1.0" encoding="%s"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title><link>http://a.test/</link>`

// rss wraps items in a feed.
func rss(items string) string { return fmt.Sprintf(rssHead, "utf-8") + items + "</channel></rss>" }

func TestParseFeedReadsItems(t *testing.T) {
	for _, tc := range []struct {
		name, feed, contentType string
		url, title, day         string
	}{
		{"plain", rss(`<item><title>One</title><link>http://a.test/1</link><pubDate>Wed, 04 Mar 2026 23:30:00 -0500</pubDate></item>`), "", "http://a.test/1", "One", "2026-03-04"},
		{"relative link", rss(`<item><title>One</title><link>/1?a=b</link></item>`), "", "http://a.test/1?a=b", "One", ""},
		{"link in the guid", rss(`<item><title>One</title><guid isPermaLink="true">http://a.test/g</guid></item>`), "", "http://a.test/g", "One", ""},
		{"markup in the title", rss(`<item><title>&lt;b&gt;Cuts&lt;/b&gt; &amp;amp; care</title><link>/1</link></item>`), "", "http://a.test/1", "Cuts & care", ""},
		{"HTML entities", rss(`<item><title>A&nbsp;B &eacute;&pound;5m &mdash; C</title><link>/1</link></item>`), "", "http://a.test/1", "A B é£5m — C", ""},
		{"stray ampersand", rss(`<item><title>Smith & Sons</title><link>http://a.test/1?a=1&b=2</link></item>`), "", "http://a.test/1?a=1&b=2", "Smith & Sons", ""},
		{"control bytes", rss("<item><title>x\x01y\x0b</title><link>/1</link></item>"), "", "http://a.test/1", "xy", ""},
		{"junk before it", "\ufeff \n<!-- x -->" + rss(`<item><title>One</title><link>/1</link></item>`), "", "http://a.test/1", "One", ""},
		{"Windows-1252 that says UTF-8", rss("<item><title>Caf\xe9 \x96 \xa35m</title><link>/1</link></item>"), "", "http://a.test/1", "Café – £5m", ""},
		{"declared Latin-1", fmt.Sprintf(rssHead, "iso-8859-1") + "<item><title>Caf\xe9</title><link>/1</link></item></channel></rss>", "", "http://a.test/1", "Café", ""},
		{"charset in the header", rss("<item><title>\xc4\xee\xec</title><link>/1</link></item>"), "application/rss+xml; charset=windows-1251", "http://a.test/1", "Дом", ""},
		{"Dublin Core date", rss(`<item><title>One</title><link>/1</link><dc:date>2026-03-04T10:00:00+01:00</dc:date></item>`), "", "http://a.test/1", "One", "2026-03-04"},
		{"Atom", `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://b.test/x/"><entry><title>One</title><link rel="alternate" href="y"/><published>2026-03-04T10:00:00Z</published></entry></feed>`, "", "http://b.test/x/y", "One", "2026-03-04"},
		{"JSON with a number for an id", `{"version":"https://jsonfeed.org/version/1.1","title":"a","title":"b","items":[{"id":1,"url":"http://a.test/1","title":"One"}]}`, "", "http://a.test/1", "One", ""},
		{"an impossible date", rss(`<item><title>One</title><link>/1</link><pubDate>Fri, 01 Jan 2999 00:00:00 GMT</pubDate></item>`), "", "http://a.test/1", "One", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			items, err := parseFeed([]byte(tc.feed), tc.contentType, "http://a.test/feed")
			if err != nil || len(items) != 1 {
				t.Fatalf("%d items, %v", len(items), err)
			}
			got := []string{items[0].URL, items[0].Title, items[0].Published.Day()}
			if diff := cmp.Diff([]string{tc.url, tc.title, tc.day}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseFeedTellsChangedItemsByTheirText(t *testing.T) {
	hash := func(title, date, description string) string {
		items, err := parseFeed([]byte(rss("<item><title>"+title+"</title><link>/1</link><pubDate>"+date+"</pubDate><description><![CDATA["+description+"]]></description></item>")), "", "http://a.test/feed")
		if err != nil || len(items) != 1 {
			t.Fatal(items, err)
		}
		return items[0].Hash
	}
	const day = "Wed, 04 Mar 2026 09:30:00 GMT"
	first := hash("One", day, `It is worth £500m.<img src="http://count.test/1.gif">`)
	if hash("One", day, `It is worth £500m.<img src="http://count.test/2.gif">`) != first {
		t.Error("another counting picture makes another item")
	}
	for what, other := range map[string]string{
		"title": hash("Two", day, "It is worth £500m."), "date": hash("One", "Wed, 04 Mar 2026 11:20:00 GMT", "It is worth £500m."), "figure": hash("One", day, "It is worth £600m."),
	} {
		if other == first {
			t.Errorf("another %s makes no other item", what)
		}
	}
}

func TestParseFeedDropsItemsThatLeadNowhere(t *testing.T) {
	for _, link := range []string{"javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.test", "#top", "", "http://", "data:text/html,x"} {
		items, err := parseFeed([]byte(rss("<item><title>x</title><link>"+link+"</link></item>")), "", "http://a.test/feed")
		if err != nil || len(items) != 0 {
			t.Errorf("%q: %+v, %v", link, items, err)
		}
	}
}

func TestParseFeedRefusesOtherPages(t *testing.T) {
	for _, body := range []string{"", "<html><body>Not found</body></html>", "Not found", "{}", "null", "<feed"} {
		if items, err := parseFeed([]byte(body), "", "http://a.test/feed"); err == nil && len(items) > 0 {
			t.Errorf("%q: %+v", body, items)
		}
	}
}

func TestParseFeedBoundsItsItems(t *testing.T) {
	items, err := parseFeed([]byte(rss(strings.Repeat("<item><title>x</title><link>/1</link></item>", maxFeedItems+10))), "", "http://a.test/feed")
	if err != nil || len(items) != maxFeedItems {
		t.Errorf("%d items, %v", len(items), err)
	}
}

func TestParseDateKeepsTheZoneAsPrinted(t *testing.T) {
	for in, want := range map[string]string{
		"Wed, 04 Mar 2026 23:30:00 -0500": "2026-03-04T23:30:00-05:00 time",
		"Wed, 4 Mar 2026 23:30:00 EST":    "2026-03-04T23:30:00-05:00 time",
		"Wed, 01 Jul 2026 09:00:00 BST":   "2026-07-01T09:00:00+01:00 time",
		"Wed, 04 Mar 2026 23:30:00 GMT":   "2026-03-04T23:30:00Z time",
		"2026-03-04T23:30:00.5+02:00":     "2026-03-04T23:30:00+02:00 time",
		"2026-03-04T23:30Z":               "2026-03-04T23:30:00Z time",
		"2026-03-04":                      "2026-03-04T00:00:00Z day",
		"2026-03":                         "2026-03-01T00:00:00Z month",
		"2026":                            "2026-01-01T00:00:00Z year",
		"2026-02-30":                      "",
		"0001-01-01T00:00:00Z":            "",
		"soon":                            "",
		"":                                "",
	} {
		got := ""
		if d := parseDate(in); d.Known() {
			got = d.Time.Format(time.RFC3339) + " " + string(d.Precision)
		}
		if got != want {
			t.Errorf("parseDate(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestURLDate(t *testing.T) {
	for in, want := range map[string]string{
		"http://a.test/2026/03/04/x": "2026-03-04", "http://a.test/news/2026/mar/04/x": "2026-03-04", "http://a.test/2026-03-04": "2026-03-04",
		"http://a.test/x-20260304.html": "2026-03-04", "http://a.test/2026/02/30/x": "", "http://a.test/2026/13/04/x": "", "http://a.test/12026030455": "", "http://a.test/": "",
	} {
		if d := urlDate(in); d.Day() != want || want != "" && d.Origin != copytaster.OriginURL {
			t.Errorf("urlDate(%q) = %+v, want %q", in, d, want)
		}
	}
}

func TestRepairXMLLeavesGoodTextAlone(t *testing.T) {
	for in, want := range map[string]string{
		"<a>&amp;&lt;&#163;&#xA3;</a>":    "<a>&amp;&lt;££</a>",
		"<a><![CDATA[x & y &nbsp;]]></a>": "<a><![CDATA[x & y &nbsp;]]></a>",
		"<a>x & y &bogus; &</a>":          "<a>x &amp; y &amp;bogus; &amp;</a>",
		"junk <a>é</a>":                   "<a>é</a>",
		"<a><![CDATA[open":                "<a><![CDATA[open",
		"<a>&#38;lt;</a>":                 "<a>&amp;lt;</a>",
	} {
		if got := string(repairXML([]byte(in))); got != want {
			t.Errorf("repairXML(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzParseFeed(f *testing.F) {
	f.Add([]byte(rss(`<item><title>One & two</title><link>/1</link></item>`)), "text/xml; charset=latin1")
	f.Add([]byte(`{"version":"1","items":[{"url":"/x"}]}`), "")
	f.Add([]byte(`<feed><entry><link href="x"/></entry></feed>`), "x")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		items, _ := parseFeed(body, contentType, "http://a.test/feed")
		for _, it := range items {
			checkItem(t, it)
			if !utf8.ValidString(it.Title) {
				t.Errorf("title %q", it.Title)
			}
		}
	})
}
