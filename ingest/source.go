// SPDX-License-Identifier: Apache-2.0

// Package ingest finds new copy at sources and turns pages and files into
// articles. A Source lists what a publisher offers; a Fetcher takes one link,
// downloads and archives what it points at, and strips it to an article.
package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
)

// Source lists what a publisher offers now.
type Source interface {
	// List returns the items that are new or changed since ck, oldest first, and
	// the checkpoint to give next time. The zero Checkpoint lists everything that
	// is offered, up to the source's MaxItems. List does not retry and honours
	// ctx; called again with the same ck after a crash, it returns the same items
	// unless the publisher's listing has changed. With an error there are no items
	// and ck stays valid. It is safe for concurrent use.
	List(ctx context.Context, ck Checkpoint) ([]Item, Checkpoint, error)
}

// Item is what a listing says of one article.
type Item struct {
	URL       string          `json:"url"`             // absolute; file:///PATH for a file
	Title     string          `json:"title,omitempty"` // plain text
	Published copytaster.Date `json:"published,omitzero"`
	Modified  copytaster.Date `json:"modified,omitzero"`
	Language  string          `json:"language,omitempty"` // BCP 47, as the listing says
	Hash      string          `json:"hash,omitempty"`     // of all that the listing says: another hash is a changed item
}

// SourceConfig describes one source as the newsroom configures it.
type SourceConfig struct {
	Name     string        `json:"name" yaml:"name"`                           // [a-z0-9-]{1,64}
	Kind     string        `json:"kind" yaml:"kind"`                           // one of Kinds
	URL      string        `json:"url,omitempty" yaml:"url,omitempty"`         // of the feed, sitemap, section page or page
	Path     string        `json:"path,omitempty" yaml:"path,omitempty"`       // of the folder, or of the file that lists paths and URLs
	Every    time.Duration `json:"every,omitempty" yaml:"every,omitempty"`     // fixed time between polls; 0 adapts it to what the source yields
	Country  string        `json:"country,omitempty" yaml:"country,omitempty"` // ISO 3166 alpha-2 of the publisher
	Language string        `json:"language,omitempty" yaml:"language,omitempty"`
	Selector string        `json:"selector,omitempty" yaml:"selector,omitempty"`   // CSS: where a section page keeps its articles
	Include  []string      `json:"include,omitempty" yaml:"include,omitempty"`     // regular expressions; a URL must match one
	Exclude  []string      `json:"exclude,omitempty" yaml:"exclude,omitempty"`     // regular expressions; a URL must match none
	MaxItems int           `json:"max_items,omitempty" yaml:"max_items,omitempty"` // newest items looked at in one listing; 0 means 1000, at most 4000
	Paused   bool          `json:"paused,omitempty" yaml:"paused,omitempty"`
}

// Bounds of SourceConfig.MaxItems.
const (
	defaultMaxItems = 1000
	maxMaxItems     = 4000
)

// kind is one way to list copy.
type kind struct {
	name string
	make func(c SourceConfig, client *Client, filter *filter) (Source, error)
}

// kinds is the table of source kinds, in the order in which the manual
// describes them.
func kinds() []kind {
	return []kind{
		{"feed", newFeed},
		{"sitemap", newSitemap},
		{"listing", newListing},
		{"page", newPage},
		{"file", newFiles},
		{"folder", newFolder},
	}
}

// Kinds names the source kinds.
func Kinds() []string {
	var names []string
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	return names
}

// LocalKind tells whether sources of a kind list files of this machine. Only
// their links may be file URLs.
func LocalKind(name string) bool { return name == "file" || name == "folder" }

// NewSource makes the source that c describes. Sources of files do not use the
// client, which may then be nil. The error names the field that is wrong.
func NewSource(c SourceConfig, client *Client) (Source, error) {
	f, err := c.check()
	if err != nil {
		return nil, fmt.Errorf("source %q: %w", c.Name, err)
	}
	for _, k := range kinds() {
		if k.name != c.Kind {
			continue
		}
		s, err := k.make(c, client, f)
		if err != nil {
			return nil, fmt.Errorf("source %q: %w", c.Name, err)
		}
		return s, nil
	}
	return nil, fmt.Errorf("source %q: unknown kind %q: one of %s", c.Name, c.Kind, strings.Join(Kinds(), ", "))
}

// Check reports what is wrong with a source's configuration, naming the field.
func (c SourceConfig) Check() error {
	if !slices.Contains(Kinds(), c.Kind) {
		return fmt.Errorf("source %q: unknown kind %q: one of %s", c.Name, c.Kind, strings.Join(Kinds(), ", "))
	}
	if _, err := c.check(); err != nil {
		return fmt.Errorf("source %q: %w", c.Name, err)
	}
	return nil
}

func (c SourceConfig) check() (*filter, error) {
	switch {
	case !sourceName(c.Name):
		return nil, fmt.Errorf("name: want 1 to 64 of a-z, 0-9 and -")
	case LocalKind(c.Kind) && c.Path == "":
		return nil, fmt.Errorf("path: missing")
	case !LocalKind(c.Kind) && c.URL == "":
		return nil, fmt.Errorf("url: missing")
	case c.MaxItems < 0 || c.MaxItems > maxMaxItems:
		return nil, fmt.Errorf("max_items: want 1 to %d", maxMaxItems)
	case c.Every < 0:
		return nil, fmt.Errorf("every: negative")
	}
	if !LocalKind(c.Kind) {
		if _, err := copytaster.Canonical(c.URL); err != nil {
			return nil, fmt.Errorf("url: %w", err)
		}
	}
	return newFilter(c.Include, c.Exclude)
}

func (c SourceConfig) maxItems() int {
	if c.MaxItems == 0 {
		return defaultMaxItems
	}
	return c.MaxItems
}

func sourceName(s string) bool {
	return s != "" && len(s) <= 64 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}
