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
	for _, z := range []struct {
		zone copytaster.Zone
		is   func(b *block, x *box) bool
	}{
		{copytaster.ZoneComment, isComment}, {copytaster.ZoneJobs, isJobs}, {zoneChrome, isMenu}, {copytaster.ZoneCaption, isCaption},
		{copytaster.ZoneRelated, isRelated}, {copytaster.ZonePromo, isPromo}, {copytaster.ZoneNotice, isNotice}, {copytaster.ZoneRelated, isTeaser},
	} {
		if z.is(b, x) {
			return z.zone
		}
	}
	return zoneChrome
}

func isComment(_ *block, x *box) bool { return x.path&nameComment != 0 && x.path&nameForm == 0 }

func isJobs(b *block, x *box) bool {
	return x.path&nameJobs != 0 || b.cues&cueJobs != 0 && b.words < 40
}

func isMenu(_ *block, x *box) bool {
	return x.tags&inNav != 0 || x.path&(nameNav|nameConsent|namePager|nameUser) != 0
}

func isCaption(b *block, x *box) bool {
	return x.tags&inFigure != 0 && b.words >= 3 || x.path&nameCaption != 0 && x.path&nameMedia != 0
}

func isRelated(b *block, x *box) bool {
	return x.path&nameRelated != 0 || x.other && b.words >= 5 || leadsAway(b) || x.path&nameMore != 0 && b.words >= 3 && b.linkShare() > 0.5
}

func isPromo(b *block, x *box) bool {
	return x.path&namePromo != 0 && b.words >= 5 || b.cues&cueSubscribe != 0 && b.words >= 8
}

func isNotice(b *block, x *box) bool {
	return x.path&nameNotice != 0 && b.words >= 5 || b.cues&cueCopyright != 0 && b.words >= 8
}

func isTeaser(b *block, x *box) bool {
	return b.words >= 4 && b.linkShare() > 0.5 && (heading(b.tag) || x.path&(nameTeaser|nameList) != 0 || x.tags&inAside != 0)
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
	const most = 40 // blocks
	for i := range p.blocks {
		if !p.isAnnouncement(i) {
			continue
		}
		at := &p.boxes[p.blocks[i].box]
		for n := 0; n < 2 && at.parent >= 0 && at.end == int32(i+1); n++ {
			at = &p.boxes[at.parent]
		}
		for j := i; j < min(int(at.end), i+most); j++ {
			o := &p.blocks[j]
			if o.zone == zoneChrome && (j == i || p.isAnnounced(o)) {
				o.zone = copytaster.ZoneRelated
			}
		}
	}
}

// isAnnouncement reports whether block i is a heading or label that announces
// other articles.
func (p *page) isAnnouncement(i int) bool {
	b := &p.blocks[i]
	if b.zone == copytaster.ZoneBody || b.words > 8 || b.box < 0 || !heading(b.tag) && b.links > 0 {
		return false
	}
	return b.cues&cueMore != 0 || announces(b.text)
}

func (p *page) isAnnounced(b *block) bool {
	return b.words >= 2 && (b.linkShare() > 0.5 || b.words >= 5) && p.saidOf(b)&(nameConsent|nameShare|nameFooter) == 0
}

// announces reports whether a short line announces other articles without a word
// that does so elsewhere.
func announces(s string) bool {
	if len(s) > maxLabel {
		return false
	}
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
