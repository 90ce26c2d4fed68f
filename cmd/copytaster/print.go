// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/control"
)

// printer writes for a person: text from outside loses what controls a terminal,
// and marks are shown in bold where there are colours.
type printer struct {
	w      io.Writer
	colour bool
	width  int   // columns that long text is broken at; 0 for none
	err    error // the first failure; later writes do nothing
}

// newPrinter writes to w in its colours and to its width.
func newPrinter(w io.Writer) *printer {
	return &printer{w: w, colour: colours(w), width: columns(w)}
}

// text writes text, broken to the width, behind an indent.
func (p *printer) text(indent, text string) { p.line("%s", wrap(text, indent, p.width)) }

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func (p *printer) bold(s string) string {
	if !p.colour || s == "" {
		return s
	}
	return "\x1b[1m" + s + "\x1b[0m"
}

func (p *printer) dim(s string) string {
	if !p.colour || s == "" {
		return s
	}
	return "\x1b[2m" + s + "\x1b[0m"
}

// hit shows the nth hit of a list in an order: one by amounts says the figure
// that it goes by.
func (p *printer) hit(n int, f *control.Found, order index.Sort) {
	const indent = "     "
	d := f.Document
	p.line("")
	p.line("%3d  %s", n, strings.TrimPrefix(wrap(p.bold(alert.Plain(d.Headline())), indent, p.width), indent))
	facts := provenance(d)
	if m := index.Largest(d); order == index.SortAmount && m != nil {
		facts = append(facts, "largest figure "+m.Label())
	}
	p.text(indent, p.dim(alert.Plain(strings.Join(facts, " · "))))
	if f.Evidence.Sentence != "" {
		p.text(indent, p.marked(f.Evidence.Sentence, f.Evidence.Marks))
	}
	if tags := f.Evidence.Tags(); len(tags) > 0 {
		p.text(indent, "["+alert.Plain(strings.Join(tags, " · "))+"]")
	}
	if also := alsoIn(f.Also); also != "" {
		p.text(indent, also)
	}
	p.line("%s%s", indent, p.dim(alert.Plain(d.URL)))
}

// provenance is who published a document, when, and as what.
func provenance(d *copytaster.Document) []string {
	facts := []string{strings.Join(d.Sources, ", ")}
	if day := d.Published.Day(); day != "" {
		facts = append(facts, day)
	} else {
		facts = append(facts, "undated")
	}
	if d.Kind != "" && d.Kind != copytaster.KindOther {
		facts = append(facts, string(d.Kind))
	}
	if len(d.Byline) > 0 {
		facts = append(facts, strings.Join(d.Byline, ", "))
	}
	return facts
}

// marked shows a sentence with its marks in bold.
func (p *printer) marked(sentence string, marks []copytaster.Span) string {
	return alert.Marked(sentence, marks, p.bold)
}

// alsoIn tells what a query would find beside the article.
func alsoIn(also map[copytaster.Zone]int) string {
	var parts []string
	for _, z := range copytaster.Zones() {
		if n := also[z]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s (%d)", zonePlace(z), n))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "also in " + strings.Join(parts, ", ")
}

// zonePlace is a zone as a place.
func zonePlace(z copytaster.Zone) string {
	places := map[copytaster.Zone]string{copytaster.ZoneComment: "comments", copytaster.ZoneCaption: "captions",
		copytaster.ZoneRelated: "related links", copytaster.ZoneJobs: "job adverts", copytaster.ZonePromo: "promotions",
		copytaster.ZoneNotice: "notices"}
	if p := places[z]; p != "" {
		return p
	}
	return string(z)
}

func (p *printer) facet(name string, buckets []index.Bucket) {
	p.line("\n%s", p.bold(name))
	if name == "money" {
		buckets = index.LabelBands(buckets)
	}
	for _, b := range buckets {
		text := b.Value
		if name == "status" || name == "kind" {
			text = strings.ReplaceAll(text, "_", " ")
		}
		if b.Label != "" {
			text = b.Label
		}
		p.line("  %5d  %s", b.Count, alert.Plain(text))
	}
}
