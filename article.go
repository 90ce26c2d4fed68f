// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"strings"
	"time"
)

// Article is one piece of copy as published: clean text plus provenance.
type Article struct {
	ID        string    `json:"id"`                 // hash of Canonical, stable across revisions: see ArticleID
	URL       string    `json:"url"`                // where it was fetched
	Canonical string    `json:"canonical"`          // normalised canonical URL; urn:sha256:HEX for a loose file; file:SOURCE/PATH in a folder source
	Sources   []string  `json:"sources,omitempty"`  // names of the configured sources that listed it
	Kind      Kind      `json:"kind,omitempty"`     // news, opinion, blog ...
	Title     string    `json:"title,omitempty"`    // without the site's name
	Byline    []string  `json:"byline,omitempty"`   // persons
	Section   string    `json:"section,omitempty"`  // the publisher's section
	Image     string    `json:"image,omitempty"`    // absolute URL of the lead image
	Language  string    `json:"language,omitempty"` // BCP 47
	Country   string    `json:"country,omitempty"`  // ISO 3166 alpha-2 of the publisher; resolves a bare "$"
	Published Date      `json:"published,omitzero"` // the publisher's claim
	Modified  Date      `json:"modified,omitzero"`  // the publisher's claim
	Fetched   time.Time `json:"fetched"`            // our clock, UTC, milliseconds, rising per article

	Generation uint16  `json:"generation,omitempty"` // 0 at the fetch, raised by each replay through newer code or lists
	Text       string  `json:"text"`                 // the body only: valid UTF-8 in NFC, paragraphs separated by a blank line
	Asides     []Aside `json:"asides,omitempty"`     // what stood on the page, is not the article, and is worth keeping
	Paywall    bool    `json:"paywall,omitempty"`    // the page says that it is not free to read
	Confidence float64 `json:"confidence,omitempty"` // of the stripping, 0 to 1
	Stripper   string  `json:"stripper,omitempty"`   // revision of the code, and of the site model, that stripped it
	Hash       string  `json:"hash"`                 // of title, text, asides and metadata: see ContentHash
	Archive    string  `json:"archive,omitempty"`    // where the raw response lies: WARC file, '#' and byte offset
}

// Aside is text of the page that is not the article. It is searchable on
// request, never counted as coverage, and never yields money or contracts.
type Aside struct {
	Zone      Zone      `json:"zone"`
	Text      string    `json:"text"`
	Author    string    `json:"author,omitempty"`   // of a comment, where the page says
	Published Date      `json:"published,omitzero"` // of a comment, where the page says
	At        int       `json:"at"`                 // byte offset of its place in Article.Text
	Mentions  []Mention `json:"mentions,omitempty"` // offsets are into the aside's own Text
}

// Headline is what stands for the article in a list: its title or, where it has
// none, the beginning of its text, or its address.
func (a *Article) Headline() string {
	if a.Title != "" {
		return a.Title
	}
	first, _, _ := strings.Cut(strings.TrimSpace(a.Text), "\n")
	switch line := []rune(first); {
	case len(line) == 0:
		return a.URL
	case len(line) > maxHeadline:
		cut := string(line[:maxHeadline])
		if i := strings.LastIndexByte(cut, ' '); i > maxHeadline/2 {
			cut = cut[:i]
		}
		return cut + " …"
	default:
		return first
	}
}

// maxHeadline bounds a headline made of an article's first line, in characters.
const maxHeadline = 90

// Kind is what sort of page an article stood on.
type Kind string

// The kinds of page. A list page is not an article and yields none.
const (
	KindNews    Kind = "news"
	KindOpinion Kind = "opinion"
	KindBlog    Kind = "blog"
	KindLive    Kind = "live"
	KindThread  Kind = "thread"
	KindRelease Kind = "release"
	KindNotice  Kind = "notice"
	KindReport  Kind = "report"
	KindList    Kind = "list"
	KindOther   Kind = "other"
)

// Zone is the part of a page that a piece of text stood in.
type Zone string

// The zones of a page. Sub-headings of the article belong to the body;
// ZoneHeading is what a plain text's tagger calls its heading lines.
const (
	ZoneBody    Zone = "body"
	ZoneHeading Zone = "heading"
	ZoneCaption Zone = "caption"
	ZoneComment Zone = "comment"
	ZoneRelated Zone = "related"
	ZoneJobs    Zone = "jobs"
	ZonePromo   Zone = "promo"
	ZoneNotice  Zone = "notice"
)

// Zones lists every zone in reading order.
func Zones() []Zone {
	return []Zone{ZoneBody, ZoneHeading, ZoneCaption, ZoneComment, ZoneRelated, ZoneJobs, ZonePromo, ZoneNotice}
}

// Version orders the revisions of one article: the fetch time in milliseconds
// times 1024 plus the generation. An index never replaces a higher version.
func (a *Article) Version() int64 {
	return a.Fetched.UnixMilli()*1024 + int64(a.Generation%1024)
}
