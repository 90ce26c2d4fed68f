// SPDX-License-Identifier: Apache-2.0

// Package control lets the processes of one machine share a data folder: the
// process that holds the folder's lock serves the operations of its line on a
// socket inside the folder, and every verb of the command line is a client of
// that socket. A verb that finds the lock free takes it and serves itself, so
// that there is one code path.
package control

import (
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/pipeline"
)

// SearchRequest asks for one page of hits.
type SearchRequest struct {
	Query string     `json:"query"`
	Page  index.Page `json:"page"`
}

// SearchReply is one page of hits, each with what made it match.
type SearchReply struct {
	Total   int                       `json:"total"`
	Hits    []Found                   `json:"hits"`
	Facets  map[string][]index.Bucket `json:"facets,omitempty"`
	Next    string                    `json:"next,omitempty"`
	Notices []string                  `json:"notices,omitempty"`
}

// Found is a hit with the sentence that matched.
type Found struct {
	index.Hit
	Evidence copytaster.Evidence     `json:"evidence"`
	Also     map[copytaster.Zone]int `json:"also,omitempty"` // what the query would find in asides
}

// ExportRequest asks for every document that a query matches.
type ExportRequest struct {
	Query     string     `json:"query"`
	Sort      index.Sort `json:"sort,omitempty"`
	Sentences bool       `json:"sentences,omitempty"` // say with each document which sentence matched
}

// Exported is one document of an export.
type Exported struct {
	Document *copytaster.Document `json:"document"`
	Sentence string               `json:"sentence,omitempty"` // that made it match, if it was asked for
}

// AddRequest hands in URLs and files. Files are absolute paths or file URLs.
type AddRequest struct {
	Inputs []string `json:"inputs"`
}

// AddReply names the URLs under which the ledger knows the inputs.
type AddReply struct {
	URLs  []string  `json:"urls"`
	Since time.Time `json:"since"`
}

// SettleRequest waits for URLs to reach a final state since a time.
type SettleRequest AddReply

// TestRequest asks what a query would have rung.
type TestRequest struct {
	Query string `json:"query"`
	Limit int    `json:"limit"`
}

// URLRequest names one URL.
type URLRequest struct {
	URL string `json:"url"`
}

// WhyReply is all that is known of a URL.
type WhyReply struct {
	Entry     *copytaster.Entry `json:"entry"`
	Title     string            `json:"title,omitempty"`
	Revisions []Revision        `json:"revisions,omitempty"` // newest first
	Alerts    []string          `json:"alerts,omitempty"`    // names of the watches that it rang
}

// Revision is one state of an article's text.
type Revision struct {
	Version int64     `json:"version"`
	Fetched time.Time `json:"fetched"`
	Title   string    `json:"title"`
	Hash    string    `json:"hash"`
	Money   []string  `json:"money,omitempty"` // the figures in its body
}

// LettersRequest names dead letters.
type LettersRequest struct {
	Stage string   `json:"stage,omitempty"`
	After uint64   `json:"after,omitempty"`
	Limit int      `json:"limit,omitempty"`
	IDs   []string `json:"ids,omitempty"`
	All   bool     `json:"all,omitempty"`
}

// CountReply is how many there were.
type CountReply struct {
	N int `json:"n"`
}

// StatusReply is how the line stands.
type StatusReply struct {
	Verb  string        `json:"verb"` // what the holder of the folder is doing: "run" stays, other verbs end soon
	Tally []index.Count `json:"tally"`
	Bus   bus.Status    `json:"bus"`

	Channels []pipeline.ChannelStatus `json:"channels,omitempty"`
}

// ChannelRequest names an alert channel.
type ChannelRequest struct {
	Name string `json:"name"`
}

// HostRequest names the host of pages.
type HostRequest struct {
	Host string `json:"host"`
}

// PollRequest asks for every source to be listed now.
type PollRequest struct {
	Wait time.Duration `json:"wait,omitempty"` // until the line is quiet, or nothing has moved for so long; 0 does not wait
}

// PollReply names the sources that could not be listed, with the reason.
type PollReply struct {
	Failed map[string]string `json:"failed,omitempty"`
	Left   int               `json:"left,omitempty"` // messages on the line that were not waited for
}

// SourcesReply lists the configured sources.
type SourcesReply struct {
	Sources []pipeline.SourceStatus `json:"sources"`
}
