// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"time"

	"github.com/copytaster/copytaster"
)

// Link is one URL to fetch, and what is known of it before: a message of the
// LINKS stream, as JSON.
type Link struct {
	URL          string          `json:"url"`
	Source       string          `json:"source,omitempty"`      // name of the source that listed it
	SourceKind   string          `json:"source_kind,omitempty"` // one of Kinds; "" for a URL added by hand
	Title        string          `json:"title,omitempty"`       // as listed
	Published    copytaster.Date `json:"published,omitzero"`    // as listed
	Modified     copytaster.Date `json:"modified,omitzero"`     // as listed
	Country      string          `json:"country,omitempty"`     // of the source
	Language     string          `json:"language,omitempty"`    // of the listing, else of the source
	Root         string          `json:"root,omitempty"`        // folder of a folder source: article names are relative to it
	ETag         string          `json:"etag,omitempty"`        // of the last fetch, for a conditional request
	LastModified string          `json:"last_modified,omitempty"`
	Found        time.Time       `json:"found"`
	Depth        int             `json:"depth,omitempty"` // 0 for a listed URL, 1 for one found on a listed page, ...
}

// NewLink makes the link of an item that the source c listed at the time found.
func NewLink(c SourceConfig, it Item, found time.Time) Link {
	l := Link{
		URL: it.URL, Source: c.Name, SourceKind: c.Kind, Title: it.Title, Published: it.Published,
		Modified: it.Modified, Country: c.Country, Language: it.Language, Found: found.UTC().Truncate(time.Millisecond),
	}
	if l.Language == "" {
		l.Language = c.Language
	}
	if c.Kind == "folder" {
		l.Root = c.Path
	}
	return l
}

// Host is the host that the link's fetch will ask, by which links are sharded
// and paced; "" for a file.
func (l Link) Host() string { return hostOf(l.URL) }
