// SPDX-License-Identifier: Apache-2.0

// Package demo holds a small bundled web of invented newspapers, blogs and
// offices, and serves it on loopback, so that the line can be seen at work
// without a network. Its pages have the shapes of real ones: widgets with
// salaries, comments, teasers, "Read more" boxes, redirects and dead links.
// Every event on it is invented.
package demo

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"slices"
	"strings"
	"time"
)

//go:embed stories/*.txt layouts/*.html
var files embed.FS

// story is one file of stories/: headers, a body and, after a line of its own,
// comments.
type story struct {
	head     map[string]string
	Blocks   []block
	Comments []comment
	Modified time.Time
}

// block is one paragraph, or what else stands between two blank lines.
type block struct {
	Kind       string // p, heading, quote, figure, more, entry
	Text, Href string
	At, Label  string // of a live blog's entry
}

type comment struct{ Author, At, Text string }

// Path, Title, Author and Section are what the layouts print.
func (s story) Path() string    { return s.head["path"] }
func (s story) Title() string   { return s.head["title"] }
func (s story) Author() string  { return s.head["author"] }
func (s story) Section() string { return s.head["section"] }

// Brand is the title of the paper that runs an agency's story.
func (s story) Brand() string { return s.head["brand"] }

// Has reports whether the page carries an extra, such as a paywall notice.
func (s story) Has(extra string) bool {
	return slices.Contains(strings.Fields(s.head["extras"]), extra)
}

// Published is the story's own claim of when it appeared.
func (s story) Published() time.Time {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s.head["published"]); err == nil {
			return t
		}
	}
	return time.Time{}
}

// Standfirst is the first sentence of the story, for listings and teasers.
func (s story) Standfirst() string {
	for _, b := range s.Blocks {
		if b.Kind == "p" {
			first, _, _ := strings.Cut(b.Text, ". ")
			return strings.TrimSuffix(first, ".") + "."
		}
	}
	return ""
}

// edited returns the story as it stands after its correction.
func (s story) edited() story {
	e := s
	e.head = map[string]string{}
	for k, v := range s.head {
		e.head[k] = v
	}
	e.head["title"] = s.head["edit-title"]
	e.Modified, _ = time.Parse(time.RFC3339, s.head["edit-modified"])
	e.Blocks = slices.Clone(s.Blocks)
	for i := range e.Blocks {
		e.Blocks[i].Text = strings.ReplaceAll(e.Blocks[i].Text, "£600m", "£500m")
	}
	return e
}

// loadStories reads the bundled stories, one for each title that runs it.
func loadStories() ([]story, error) {
	names, err := fs.Glob(files, "stories/*.txt")
	if err != nil {
		return nil, fmt.Errorf("bundled stories: %w", err)
	}
	var all []story
	for _, name := range names {
		data, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("bundled stories: %w", err)
		}
		s, err := parseStory(string(data))
		if err != nil {
			return nil, fmt.Errorf("bundled story %s: %w", name, err)
		}
		all = append(all, s.inTitles()...)
	}
	slices.SortStableFunc(all, func(a, b story) int { return a.Published().Compare(b.Published()) })
	return all, nil
}

// inTitles returns the story once for each paper that runs it.
func (s story) inTitles() []story {
	if s.head["titles"] == "" {
		return []story{s}
	}
	var all []story
	for _, brand := range strings.Split(s.head["titles"], "; ") {
		one := s
		one.head = map[string]string{}
		for k, v := range s.head {
			one.head[k] = v
		}
		slug := strings.ReplaceAll(strings.ToLower(brand), " ", "-")
		one.head["brand"] = brand
		one.head["path"] = strings.ReplaceAll(s.head["path"], "{title}", slug)
		all = append(all, one)
	}
	return all
}

func parseStory(text string) (story, error) {
	s := story{head: map[string]string{}}
	head, body, ok := strings.Cut(text, "\n\n")
	if !ok {
		return s, fmt.Errorf("no blank line after the headers")
	}
	for _, line := range strings.Split(head, "\n") {
		k, v, ok := strings.Cut(line, ": ")
		if !ok {
			return s, fmt.Errorf("header %q", line)
		}
		s.head[k] = v
	}
	body, comments, _ := strings.Cut(body, "\n---comments\n")
	for _, para := range strings.Split(strings.TrimSpace(body), "\n\n") {
		for _, line := range strings.Split(para, "\n") {
			s.Blocks = append(s.Blocks, parseBlock(line))
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(comments), "\n") {
		if f := strings.SplitN(line, " | ", 3); len(f) == 3 {
			s.Comments = append(s.Comments, comment{f[0], f[1], f[2]})
		}
	}
	s.Modified, _ = time.Parse(time.RFC3339, s.head["modified"])
	return s, nil
}

func parseBlock(line string) block {
	kind, rest, _ := strings.Cut(line, " ")
	switch kind {
	case "##":
		return block{Kind: "heading", Text: rest}
	case ">":
		return block{Kind: "quote", Text: rest}
	case "!":
		return block{Kind: "figure", Text: rest}
	case "~":
		text, href, _ := strings.Cut(rest, " | ")
		return block{Kind: "more", Text: text, Href: href}
	case "@":
		if f := strings.SplitN(rest, " | ", 3); len(f) == 3 {
			return block{Kind: "entry", At: f[0], Label: f[1], Text: f[2]}
		}
	}
	return block{Kind: "p", Text: line}
}

// loadLayouts parses the page layouts.
func loadLayouts() (*template.Template, error) {
	t, err := template.ParseFS(files, "layouts/*.html")
	if err != nil {
		return nil, fmt.Errorf("bundled layouts: %w", err)
	}
	return t, nil
}
