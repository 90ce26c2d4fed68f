// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
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
	case x.path&nameComment != 0 && b.words >= 3 && x.path&(nameForm) == 0:
		return copytaster.ZoneComment
	case x.path&nameJobs != 0 || b.cues&cueJobs != 0 && b.words < 40:
		return copytaster.ZoneJobs
	case x.tags&inNav != 0 || x.path&(nameNav|nameConsent|namePager|nameUser) != 0:
		return zoneChrome
	case x.tags&inFigure != 0 && b.words >= 3 || x.path&nameCaption != 0 && x.path&nameMedia != 0:
		return copytaster.ZoneCaption
	case x.path&nameRelated != 0 || b.cues&cueMore != 0 && b.links > 0:
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

func heading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}
