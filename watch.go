// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"slices"
	"time"
)

// Watch is a saved query that alerts: once for each article that matches.
type Watch struct {
	Name     string    `json:"name" yaml:"name"` // one NATS token: [a-z0-9-]{1,64}
	Query    string    `json:"query" yaml:"query"`
	Channels []string  `json:"channels,omitempty" yaml:"channels"` // names; none means every channel
	Paused   bool      `json:"paused,omitempty" yaml:"paused"`
	Created  time.Time `json:"created,omitzero" yaml:"-"`
	ReadOnly bool      `json:"read_only,omitempty" yaml:"-"` // it stands in the configuration file
}

// Alert tells that an article matches a watch, and by what.
type Alert struct {
	ID        string       `json:"id"` // WATCH.ARTICLE: one per watch and article, the same at every delivery
	Watch     string       `json:"watch"`
	Query     string       `json:"query"`
	Channels  []string     `json:"channels,omitempty"`
	Article   string       `json:"article"` // id
	Version   int64        `json:"version"`
	URL       string       `json:"url"`
	Title     string       `json:"title"`
	Sources   []string     `json:"sources,omitempty"`
	Published Date         `json:"published,omitzero"`
	Fetched   time.Time    `json:"fetched"`
	Evidence  Evidence     `json:"evidence"`
	Also      map[Zone]int `json:"also,omitempty"` // what the query would find in asides
}

// Evidence is the sentence that made a query match, and what was tagged in it.
type Evidence struct {
	Span                 // of the article's Text; zero where the title alone matched
	Sentence  string     `json:"sentence"`
	Marks     []Span     `json:"marks,omitempty"` // offsets into Sentence
	Mentions  []Mention  `json:"mentions,omitempty"`
	Money     []Money    `json:"money,omitempty"`
	Contracts []Contract `json:"contracts,omitempty"`
}

// For reports whether the alert goes to a channel: one that names none goes to
// all.
func (a *Alert) For(channel string) bool {
	return len(a.Channels) == 0 || slices.Contains(a.Channels, channel)
}

// AlertID is the identity of the one alert of a watch for an article.
func AlertID(watch, article string) string { return watch + "." + article }
