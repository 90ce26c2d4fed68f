// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"regexp"
	"strings"

	"github.com/copytaster/copytaster"
	"golang.org/x/net/html/atom"
)

const zoneChrome copytaster.Zone = ""

// zoneOf says what a block is that is not body. Chrome is the rest.
func (p *page) zoneOf(b *block) copytaster.Zone {
	x := p.boxOf(b)
	if x == nil {
		return zoneChrome
	}
	switch {
	case x.path&nameComment != 0 && x.path&nameForm == 0:
		return copytaster.ZoneComment
	case x.path&nameJobs != 0 || b.cues&cueJobs != 0 && b.words < 40:
		return copytaster.ZoneJobs
	case x.tags&inNav != 0 || x.path&(nameNav|nameConsent|namePager|nameUser) != 0:
		return zoneChrome
	case x.tags&inFigure != 0 && b.words >= 3 || x.path&nameCaption != 0 && x.path&nameMedia != 0:
		return copytaster.ZoneCaption
	case x.path&nameRelated != 0 || leadsAway(b) || x.path&nameMore != 0 && b.words >= 3 && b.linkShare() > 0.5:
		return copytaster.ZoneRelated
	case x.path&namePromo != 0 && b.words >= 5 || b.cues&cueSubscribe != 0 && b.words >= 8:
		return copytaster.ZonePromo
	case x.path&(nameNotice) != 0 && b.words >= 5 || b.cues&cueCopyright != 0 && b.words >= 8:
		return copytaster.ZoneNotice
	case b.words >= 4 && b.linkShare() > 0.5 && (heading(b.tag) || x.path&(nameTeaser|nameList) != 0 || x.tags&inAside != 0):
		return copytaster.ZoneRelated
	}
	return zoneChrome
}

// leadWords begin a line that leads to another article.
var leadWords = regexp.MustCompile(`(?i)^[\[(»>→►•*\s]*(?:read more|read next|read also|also read|read|related(?: articles?| stor(?:y|ies)| coverage| content)?|see also|more|more on this(?: story)?|watch|don['’]t miss|recommended|lesen sie (?:auch|dazu|hier|mehr).{0,30}|lesen sie|mehr zum thema|mehr dazu|auch interessant|lire aussi|à lire(?: aussi)?|lea también|leer más|le puede interesar|te puede interesar|leia (?:também|mais)|leggi anche|lees ook|læs også|les også|läs också|čtěte také|czytaj (?:także|też|więcej)|baca juga|читайте также)\s?[:|»–—-]`)

// leadsAway reports whether a block is a line that leads to another article and
// holds nothing else.
func leadsAway(b *block) bool {
	return b.links > 0 && b.words <= 30 && (b.linkShare() > 0.5 || isMore(b.text)) && (isMore(b.text) || leadWords.MatchString(b.text))
}

// announced zones the links below a heading that announces other articles: the
// blocks of its box, and of the box around that where it stands alone in its own.
func (p *page) announced() {
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.zone == copytaster.ZoneBody || b.words > 8 || b.box < 0 || b.cues&cueMore == 0 && !announces(b.text) || !heading(b.tag) && b.links > 0 {
			continue
		}
		at := &p.boxes[b.box]
		for n := 0; n < 2 && at.parent >= 0 && at.end == int32(i+1); n++ {
			at = &p.boxes[at.parent]
		}
		for j := i; j < int(min(at.end, int32(i+40))); j++ {
			if o := &p.blocks[j]; o.zone == zoneChrome && o.words >= 2 && (j == i || o.linkShare() > 0.5 || o.words >= 5) && p.saidOf(o)&(nameConsent|nameShare|nameFooter) == 0 {
				o.zone = copytaster.ZoneRelated
			}
		}
	}
}

// announces reports whether a short line announces other articles without a word
// that does so elsewhere.
func announces(s string) bool {
	switch strings.ToLower(strings.TrimRight(s, ":")) {
	case "react now", "day in a page", "most popular", "most read", "trending", "popular", "latest", "latest stories", "meistgelesen", "read next", "top stories":
		return true
	}
	return false
}

func heading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}
