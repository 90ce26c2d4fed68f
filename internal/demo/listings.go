// SPDX-License-Identifier: Apache-2.0

package demo

import (
	"encoding/xml"
	"net/http"
	"time"
)

// Source is one listing of the site that the demonstration follows.
type Source struct{ Name, Kind, URL string }

// Sources are the site's listings. They overlap on purpose.
func (s *Site) Sources() []Source {
	return []Source{
		{"courier", "feed", s.Base + "/courier/rss.xml"},
		{"courier-front", "listing", s.Base + pathFront},
		{"public-money-blog", "feed", s.Base + "/blog/atom.xml"},
		{"ministry", "feed", s.Base + "/gov/rss.xml"},
		{"whole-site", "sitemap", s.Base + "/sitemap.xml"},
	}
}

type rss struct {
	XMLName xml.Name  `xml:"rss"`
	Version string    `xml:"version,attr"`
	Title   string    `xml:"channel>title"`
	Link    string    `xml:"channel>link"`
	Items   []rssItem `xml:"channel>item"`
}

type rssItem struct {
	Title   string `xml:"title"`
	Link    string `xml:"link"`
	GUID    string `xml:"guid"`
	PubDate string `xml:"pubDate"`
	Summary string `xml:"description"`
}

func (s *Site) rssOf(title string, stories []story, tail string) rss {
	feed := rss{Version: "2.0", Title: title, Link: s.Base}
	for _, st := range stories {
		when := st.Published()
		if !st.Modified.IsZero() {
			when = st.Modified
		}
		feed.Items = append(feed.Items, rssItem{Title: st.Title(), Link: s.Base + st.Path() + tail, GUID: s.Base + st.Path(),
			PubDate: when.Format(time.RFC1123Z), Summary: st.Standfirst()})
	}
	return feed
}

// courierRSS tracks its readers, as feeds do.
func (s *Site) courierRSS(w http.ResponseWriter, _ *http.Request) {
	writeXML(w, "application/rss+xml", s.rssOf("The Westmarch Courier", s.under("/courier/"), "?utm_source=rss&utm_medium=feed"))
}

func (s *Site) govRSS(w http.ResponseWriter, _ *http.Request) {
	feed := s.rssOf("Ministry for Public Services", s.under("/gov/"), "")
	for _, d := range []struct{ path, title string }{
		{pathReport, "Waiting times on advice lines"}, {pathMinutes, "Procurement board minutes"}, {pathBroken, "Annex B"},
	} {
		feed.Items = append(feed.Items, rssItem{Title: d.title, Link: s.Base + d.path, GUID: s.Base + d.path,
			PubDate: time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC).Format(time.RFC1123Z)})
	}
	writeXML(w, "application/rss+xml", feed)
}

type atom struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Entries []atomEntry `xml:"entry"`
}

type atomEntry struct {
	ID    string `xml:"id"`
	Title string `xml:"title"`
	Link  struct {
		Href string `xml:"href,attr"`
		Rel  string `xml:"rel,attr"`
	} `xml:"link"`
	Published string `xml:"published"`
	Updated   string `xml:"updated"`
	Author    string `xml:"author>name"`
	Summary   string `xml:"summary"`
}

func (s *Site) blogAtom(w http.ResponseWriter, _ *http.Request) {
	posts := s.under("/blog/")
	feed := atom{ID: s.Base + "/blog/", Title: "Public Money, Plainly", Updated: posts[0].Published().Format(time.RFC3339)}
	for _, st := range posts {
		e := atomEntry{ID: s.Base + st.Path(), Title: st.Title(), Author: st.Author(), Summary: st.Standfirst(),
			Published: st.Published().Format(time.RFC3339), Updated: st.Published().Format(time.RFC3339)}
		e.Link.Href, e.Link.Rel = s.Base+st.Path(), "alternate"
		feed.Entries = append(feed.Entries, e)
	}
	writeXML(w, "application/atom+xml", feed)
}

type urlset struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	Lastmod string `xml:"lastmod,omitempty"`
}

// sitemap lists what the feeds list too, and what only a sitemap remembers: the
// page that moved, the page that went, the page that nobody should read.
func (s *Site) sitemap(w http.ResponseWriter, _ *http.Request) {
	var m urlset
	for _, st := range s.now() {
		when := st.Published()
		if !st.Modified.IsZero() {
			when = st.Modified
		}
		if st.head["touched"] != "" && s.isEdited() {
			when = when.Add(48 * time.Hour)
		}
		m.URLs = append(m.URLs, sitemapURL{s.Base + st.Path(), when.Format(time.RFC3339)})
		for _, k := range []string{"moved-from", "printed-at"} {
			if st.head[k] != "" {
				m.URLs = append(m.URLs, sitemapURL{Loc: s.Base + st.head[k]})
			}
		}
	}
	for _, path := range []string{pathGone, pathContact, pathForbidden} {
		m.URLs = append(m.URLs, sitemapURL{Loc: s.Base + path})
	}
	writeXML(w, "application/xml", m)
}

func (s *Site) isEdited() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.edited
}

func writeXML(w http.ResponseWriter, kind string, v any) {
	data, err := xml.MarshalIndent(v, "", " ")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(append([]byte(xml.Header), data...))
}
