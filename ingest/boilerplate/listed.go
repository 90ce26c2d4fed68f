// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"
	"unicode/utf8"

	"github.com/copytaster/copytaster"
)

// Bounds of a list under its label in plain text.
const (
	maxListed      = 12 // lines
	maxListedWords = 16 // in a line
)

// listed zones the lines that stand in a list under a label of its own ("Most
// read", "Jobs") and were taken for the body. The words of such a line are those
// of a headline, so that only its place tells it from one.
func (p *plain) listed() {
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.zone == copytaster.ZoneBody {
			if zone := rowZone(b.text); zone != "" {
				b.zone, b.prob = zone, 0
			}
		}
		zone := labelZone(b.text)
		if zone == "" || !p.places[i].blank && !oneLineLabel(b.text) && zone != copytaster.ZoneJobs {
			continue
		}
		n := p.listUnder(i)
		for k := i; n > 0 && k <= i+n; k++ {
			if b := &p.blocks[k]; b.zone == copytaster.ZoneBody {
				b.zone, b.prob = zone, 0
			}
		}
	}
}

// listUnder counts the lines of the list under the label in block i. The last
// short line before prose is that prose's heading if it stands apart.
func (p *plain) listUnder(i int) int {
	n := 0
	for k := i + 1; k < len(p.blocks) && n < maxListed && p.isListed(k); k++ {
		n++
	}
	next := i + n + 1
	if n > 0 && next < len(p.blocks) && p.places[i+n].blank && p.blocks[next].words > maxListedWords {
		n--
	}
	return n
}

// isListed reports whether a block could stand in a list: a short line that is no
// sentence, or one that an advert cut off.
func (p *plain) isListed(k int) bool {
	b := &p.blocks[k]
	if p.places[k].url {
		return true
	}
	if labelZone(b.text) != "" {
		return false // the next list begins
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(b.text, `"'”’)`))
	cutOff := strings.HasSuffix(b.text, "...") || last == '…'
	return b.words <= maxListedWords && (cutOff || !strings.ContainsRune(".!;:", last))
}

// labelZone is the zone of what stands under a label, "" for a line that is none.
func labelZone(s string) copytaster.Zone {
	if len(s) > maxLabel {
		return ""
	}
	switch strings.ToLower(strings.TrimRight(s, " :")) {
	case "jobs", "jobs in your area", "jobs near you", "local jobs", "latest jobs", "featured jobs", "top jobs", "find a job", "vacancies", "job vacancies", "recruitment":
		return copytaster.ZoneJobs
	}
	if announces(s) || isMore(s) || oneLineLabel(s) {
		return copytaster.ZoneRelated
	}
	return ""
}

// oneLineLabel reports whether a line is a label that no sentence is, so that it
// needs no blank line before it.
func oneLineLabel(s string) bool {
	if len(s) > maxLabel {
		return false
	}
	switch strings.ToLower(strings.ReplaceAll(strings.TrimRight(s, " :"), "’", "'")) {
	case "most read", "most viewed", "most shared", "most commented", "popular now", "trending now", "top stories", "editors' picks", "editor's picks", "editor's choice",
		"more on this story", "more on this", "more stories", "more news", "related articles", "related stories", "related content", "related news", "related coverage",
		"you may also like", "you might also like", "you may like", "recommended for you", "read this next", "what to read next", "also in the news", "in other news",
		"don't miss", "from our partners", "must reads":
		return true
	}
	return false
}

// rowZone is the zone of a list in one line: its label, and headlines between
// bars. It is "" for any other line.
func rowZone(s string) copytaster.Zone {
	label, rest, ok := strings.Cut(s, ":")
	if !ok || strings.Count(rest, " | ") < 2 {
		return ""
	}
	return labelZone(label)
}
