// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"net/url"
	"strings"

	"github.com/copytaster/copytaster"
)

// findKind is what sort of page this is, by its JSON-LD, its address and its form.
func (p *page) findKind(ld map[string]any) copytaster.Kind {
	if k := ldKind(ld); k != "" {
		return k
	}
	switch {
	case p.isThread():
		return copytaster.KindThread
	case p.isList():
		return copytaster.KindList
	}
	path := strings.ToLower(p.url)
	for _, r := range []struct {
		part string
		kind copytaster.Kind
	}{
		{"/live-blog", copytaster.KindLive}, {"/liveblog", copytaster.KindLive}, {"/live/", copytaster.KindLive},
		{"/opinion", copytaster.KindOpinion}, {"/comment/", copytaster.KindOpinion}, {"/commentisfree/", copytaster.KindOpinion}, {"/meinung", copytaster.KindOpinion},
		{"/press-release", copytaster.KindRelease}, {"/pressemitteilung", copytaster.KindRelease}, {"/presse/", copytaster.KindRelease},
		{"/notice/", copytaster.KindNotice}, {"/notices/", copytaster.KindNotice}, {"/tender", copytaster.KindNotice},
		{"/blog/", copytaster.KindBlog}, {"//blog.", copytaster.KindBlog}, {"blogspot.", copytaster.KindBlog}, {".wordpress.com", copytaster.KindBlog},
	} {
		if strings.Contains(path, r.part) {
			return r.kind
		}
	}
	return copytaster.KindNews
}

// ldKind is the kind that a JSON-LD type states, "" for none of its own.
func ldKind(ld map[string]any) copytaster.Kind {
	for _, t := range ldTypes(ld) {
		switch {
		case strings.HasSuffix(t, "LiveBlogPosting"):
			return copytaster.KindLive
		case strings.HasSuffix(t, "DiscussionForumPosting"):
			return copytaster.KindThread
		case strings.HasSuffix(t, "OpinionNewsArticle"):
			return copytaster.KindOpinion
		case strings.HasSuffix(t, "BlogPosting"):
			return copytaster.KindBlog
		case strings.HasSuffix(t, "Report"):
			return copytaster.KindReport
		case strings.HasSuffix(t, "NewsArticle"):
			return copytaster.KindNews
		}
	}
	return ""
}

// listTitles is the number of linked titles from which a page may be a list.
const listTitles = 5

// isList reports whether the page lists other articles and is none: most of what
// reads as body stands in pieces between linked titles.
func (p *page) isList() bool {
	first, last := p.bodyEnds()
	titles, words, run, longest := 0, 0, 0, 0
	for i := range p.blocks {
		b := &p.blocks[i]
		title := b.words >= 3 && b.linkShare() > 0.8 && (heading(b.tag) || p.saidOf(b)&nameTitle != 0)
		switch {
		case title && (i >= first && i <= last || last < 0):
			titles++
			run = 0
		case b.prob >= bodyLine && b.linkShare() < 0.5:
			words += b.words
			run += b.words
			longest = max(longest, run)
		}
	}
	return titles >= listTitles && longest < 60 || words < 40 && p.linkedTitles() >= listTitles
}

// linkedTitles counts the headings that are links.
func (p *page) linkedTitles() int {
	n := 0
	for i := range p.blocks {
		if b := &p.blocks[i]; heading(b.tag) && b.words >= 3 && b.linkShare() > 0.8 {
			n++
		}
	}
	return n
}

// isThread reports whether the page is a thread, in which the posts are the
// content.
func (p *page) isThread() bool {
	t := p.head.typeSignal()
	return p.threadSignal() >= 1 || t == typeThread || t < typeArticle && p.mostlyComments()
}

// mostlyComments reports whether three quarters of the page's prose are comments,
// as where readers discuss a link.
func (p *page) mostlyComments() bool {
	said, all := 0, 0
	for i := range p.blocks {
		b := &p.blocks[i]
		if !b.prose() {
			continue
		}
		all += b.words
		for at, n := b.box, 0; at >= 0 && n < maxClimb; at, n = p.boxes[at].parent, n+1 {
			if p.boxes[at].own&nameComment != 0 && p.boxes[at].words*10 < p.words*9 {
				said += b.words
				break
			}
		}
	}
	return said > 150 && said*4 > all*3
}

// threadSignal counts what says that the page is a thread of a forum: its
// address, its generator, its JSON-LD.
func (p *page) threadSignal() float64 {
	n := 0.0
	if u, err := url.Parse(p.url); err == nil && p.url != "" {
		for _, s := range []string{"forum.", "forums.", "community.", "discuss", "talk.", "answers.", "ask."} {
			if strings.HasPrefix(u.Host, s) {
				n++
			}
		}
		path := strings.ToLower(u.Path)
		for _, s := range []string{"/forum", "/t/", "/thread", "/topic", "viewtopic", "showthread", "/discussion", "/question", "/boards/", "/comments/", "showtopic"} {
			if strings.Contains(path, s) {
				n++
			}
		}
	}
	generator := strings.ToLower(p.head.first("generator", "application-name"))
	for _, s := range []string{"discourse", "phpbb", "vbulletin", "xenforo", "invision", "vanilla", "flarum", "smf", "mybb", "nodebb"} {
		if strings.Contains(generator, s) {
			n += 2
		}
	}
	for _, node := range p.head.ld {
		for _, t := range ldTypes(node) {
			if t == "DiscussionForumPosting" || t == "QAPage" || t == "Question" {
				n += 2
			}
		}
	}
	return min(n, 5)
}

// repetition is the share of the page's prose that stands in the largest group
// of siblings of one kind, of which at least three hold prose: posts of a
// thread, entries of a list.
func (p *page) repetition(prose int) float32 {
	type kin struct {
		parent int32
		sig    uint64
	}
	type group struct{ n, words, most int }
	groups := map[kin]group{}
	for i := range p.boxes {
		x := &p.boxes[i]
		if x.like < 3 || x.proseWords < 10 || x.parent < 0 || x.kids == 0 {
			continue
		}
		k := kin{x.parent, x.sig}
		g := groups[k]
		groups[k] = group{g.n + 1, g.words + x.proseWords, max(g.most, x.proseWords)}
	}
	best := 0
	for _, g := range groups {
		if g.n >= 3 && g.most*4 < g.words*3 {
			best = max(best, g.words)
		}
	}
	return ratio(float64(best), prose)
}
