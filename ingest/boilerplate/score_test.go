// SPDX-License-Identifier: Apache-2.0

package boilerplate_test

import (
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/copytaster/copytaster/ingest/boilerplate"
	"github.com/google/go-cmp/cmp"
)

var updateBoard = flag.Bool("update-strip", false, "rewrite the scoreboard of stripping")

const stripScoreboard = "testdata/scoreboard.txt"

// pageScore is how well one page was stripped.
type pageScore struct {
	gold                   *pageGold
	shingle, word, segment hits
	exact                  bool
	title, date            bool
	author, leaked         float64
	hasAuthor              bool
}

func scorePage(gold *pageGold, r boilerplate.Result) pageScore {
	s := pageScore{gold: gold, segment: segments(gold.With, gold.Without, r.Text)}
	if gold.Body != nil {
		want, got := wordsOf(*gold.Body), wordsOf(r.Text)
		s.shingle, s.word = compareCounts(shingles(want), shingles(got)), compareCounts(bag(want), bag(got))
		s.exact = slices.Equal(want, got)
	}
	s.title = plainName(gold.Title) == plainName(r.Title)
	s.date = gold.Date == r.Published.Day()
	s.author, s.hasAuthor = sameNames(gold.Author, r.Byline)
	leaked := segments(gold.Comments, nil, r.Text)
	s.leaked = ratio(leaked.both, leaked.missed, 1)
	return s
}

// mean is of the pages on which a figure has a meaning.
type mean struct {
	sum float64
	n   int
}

func (m *mean) add(x float64, counts bool) {
	if counts {
		m.sum += x
		m.n++
	}
}

func (m *mean) ok(right, counts bool) {
	if right {
		m.add(1, counts)
	} else {
		m.add(0, counts)
	}
}

func (m mean) value() float64 {
	if m.n == 0 {
		return 0
	}
	return m.sum / float64(m.n)
}

func (m mean) String() string {
	if m.n == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f/%d", m.value(), m.n)
}

// prf are precision, recall and their F1 over the pages of a set, in the way
// that its authors count. shingle: means over pages, F1 of the means. word: the
// means of each page's. segment: one count over all pages.
func prf(pages []pageScore, metric string) (p, r, f float64) {
	var precision, recall, f1 mean
	var all hits
	for _, s := range pages {
		if s.gold.Body == nil && metric != "segment" {
			continue
		}
		switch metric {
		case "shingle":
			h := s.shingle
			precision.add(h.precision(), h.both+h.extra > 0)
			recall.add(h.recall(), h.both+h.missed > 0)
		case "word":
			p, r := s.word.precision(), s.word.recall()
			precision.add(p, true)
			recall.add(r, true)
			f1.add(harmonic(p, r), true)
		case "segment":
			all.both += s.segment.both
			all.extra += s.segment.extra
			all.missed += s.segment.missed
		}
	}
	switch metric {
	case "word":
		return precision.value(), recall.value(), f1.value()
	case "segment":
		p, r := all.precision(), all.recall()
		return p, r, harmonic(p, r)
	}
	return precision.value(), recall.value(), harmonic(precision.value(), recall.value())
}

const boardHeader = "set                      pages  metric   P      R      F1     exact  title      author     date       comments leaked\n"

// boardLine prints the figures of a set or of a part of one.
func boardLine(b *strings.Builder, name, metric string, pages []pageScore) {
	p, r, f := prf(pages, metric)
	var exact, title, author, date, leaked mean
	for _, s := range pages {
		exact.ok(s.exact, s.gold.Body != nil)
		title.ok(s.title, s.gold.Title != "")
		author.add(s.author, s.hasAuthor)
		date.ok(s.date, s.gold.Date != "")
		leaked.add(s.leaked, len(s.gold.Comments) > 0)
	}
	same := "-"
	if exact.n > 0 {
		same = fmt.Sprintf("%.3f", exact.value())
	}
	line := fmt.Sprintf("%-24s %5d  %-8s %.4f %.4f %.4f %-6s %-10s %-10s %-10s %s", name, len(pages), metric, p, r, f, same, title, author, date, leaked)
	b.WriteString(strings.TrimRight(line, " ") + "\n")
}

// linkLine is a bare link as the samples' scraper left it: it counts neither way.
var linkLine = regexp.MustCompile(`\s*<https?://[^>]*>\s*`)

func withoutLinkLines(s string) string { return linkLine.ReplaceAllString(s, " ") }

// english are the countries of fundus whose publishers write in English.
var english = strings.Fields("uk us au ca nz ie za na ng ke ug gh zw tz sg ind in intl gl")

// TestStripScoreboard strips the labelled pages that lie beside the checkout, the
// same pages flattened to text, and the sample texts, and compares the figures
// with the checked-in ones. Other rules and other tables show as a diff;
// -update-strip rewrites the file. The pages taught the shipped tables: what they
// do on hosts that they never saw is in docs/STRIPPING.md. It takes some 15
// seconds of a processor, so it is left out under -short and under the race
// detector, to which it would show nothing that the goldens do not.
func TestStripScoreboard(t *testing.T) {
	if testing.Short() || raceDetector {
		t.Skip("strips 1,573 pages")
	}
	if _, err := os.Stat(filepath.Join(sharedDir, "data", "boilerplate", "fundus")); err != nil {
		t.Skipf("no labelled pages beside the checkout: %v", err)
	}
	var b strings.Builder
	b.WriteString(boardHeader)
	boardPages(t, &b)
	boardFlat(t, &b)
	boardSamples(t, &b)
	boardSites(t, &b)
	if *updateBoard {
		if err := os.WriteFile(stripScoreboard, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	old, err := os.ReadFile(stripScoreboard)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(old), b.String()); diff != "" {
		t.Errorf("%s changed (-old +new); -update-strip rewrites it:\n%s", stripScoreboard, diff)
	}
}

// boardPages scores the four sets as they are.
func boardPages(t *testing.T, b *strings.Builder) {
	for _, set := range []struct{ name, metric string }{{"scrapinghub", "shingle"}, {"fundus", "shingle"}, {"trafilatura", "segment"}, {"wcxb", "word"}} {
		var all []pageScore
		for _, p := range labelledPages(t, set.name) {
			all = append(all, scorePage(&p.gold, boilerplate.StripHTML(boilerplate.Input{HTML: p.data, URL: p.gold.URL}, nil)))
		}
		boardLine(b, set.name, set.metric, all)
		switch set.name {
		case "fundus":
			boardEnglish(b, set.name, all)
		case "wcxb":
			for _, kind := range []string{"article", "documentation", "forum", "listing", "service"} {
				boardLine(b, set.name+" "+kind, set.metric, partOf(all, func(g *pageGold) bool { return g.Type == kind }))
			}
		}
	}
}

// boardFlat scores the news sets without their tags.
func boardFlat(t *testing.T, b *strings.Builder) {
	for _, set := range []string{"scrapinghub", "fundus"} {
		var all []pageScore
		for _, p := range labelledPages(t, set) {
			all = append(all, scorePage(&p.gold, boilerplate.StripText(flattened(p.data), p.gold.URL)))
		}
		boardLine(b, set+" flat", "shingle", all)
		if set == "fundus" {
			boardEnglish(b, set+" flat", all)
		}
	}
}

func boardEnglish(b *strings.Builder, name string, all []pageScore) {
	isEnglish := func(g *pageGold) bool { return slices.Contains(english, g.Type) }
	boardLine(b, name+" english", "shingle", partOf(all, isEnglish))
	boardLine(b, name+" other", "shingle", partOf(all, func(g *pageGold) bool { return !isEnglish(g) }))
}

func partOf(all []pageScore, is func(*pageGold) bool) []pageScore {
	var out []pageScore
	for _, s := range all {
		if is(s.gold) {
			out = append(out, s)
		}
	}
	return out
}

func boardSamples(t *testing.T, b *strings.Builder) {
	for _, p := range labelledSamples(t) {
		r := boilerplate.StripText(string(p.data), "")
		r.Text = withoutLinkLines(r.Text)
		boardLine(b, "sample "+p.id, "shingle", []pageScore{scorePage(&p.gold, r)})
	}
}

// boardSites scores the pages of each set that are not the first of their host,
// as the line reads them: with what the pages before them have taught, and
// without.
func boardSites(t *testing.T, b *strings.Builder) {
	for _, set := range []struct{ name, metric string }{{"scrapinghub", "shingle"}, {"fundus", "shingle"}, {"trafilatura", "segment"}, {"wcxb", "word"}} {
		models, pages := map[string]*boilerplate.SiteModel{}, labelledPages(t, set.name)
		of := map[string]int{}
		for _, p := range pages {
			of[hostOf(p.gold.URL)]++
		}
		var alone, taught []pageScore
		for _, p := range pages {
			host := hostOf(p.gold.URL)
			if host == "" || of[host] < 2 {
				continue
			}
			in := boilerplate.Input{HTML: p.data, URL: p.gold.URL}
			r := boilerplate.StripHTML(in, nil)
			if m := models[host]; m != nil {
				alone = append(alone, scorePage(&p.gold, r))
				r = boilerplate.StripHTML(in, m)
				taught = append(taught, scorePage(&p.gold, r))
			}
			models[host] = models[host].Learn(r, p.id)
		}
		boardLine(b, set.name+" later", set.metric, alone)
		boardLine(b, set.name+" later taught", set.metric, taught)
	}
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
