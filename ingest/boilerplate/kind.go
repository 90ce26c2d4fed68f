// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/copytaster/copytaster"
)

// findKind is what sort of page this is, by its JSON-LD, its address and its form.
func (p *page) findKind(ld map[string]any) copytaster.Kind {
	if k := ldKind(ld); k != "" {
		return k
	}
	switch {
	case p.thread:
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
	titles, words, run, longest := 0, 0, 0, 0
	for i := range p.blocks {
		b := &p.blocks[i]
		title := b.words >= 3 && b.linkShare() > 0.8 && (heading(b.tag) || p.saidOf(b)&nameTitle != 0)
		switch {
		case title && (i >= p.first && i <= p.last || p.last < 0):
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
	return p.threadSignal() >= 1 || t == typeThread || t != typeNews && p.onlyPosts()
}

// mostApart is the number of words of prose outside its posts that a page of
// nothing but posts may have: a notice, the text of a link.
const mostApart = 60

// onlyPosts reports whether the page's prose stands in posts, as where readers
// discuss a link: in three or more, none of them nearly all of it.
func (p *page) onlyPosts() bool {
	said := map[int32]int{}
	all, apart := 0, 0
	for i := range p.blocks {
		b := &p.blocks[i]
		if !b.prose() {
			continue
		}
		switch o := p.posts.at(i); {
		case o != nil && !o.titled && o.like >= 3:
			said[o.box] += b.words
			all += b.words
		case !p.inComment(b):
			apart += b.words
		}
	}
	most := 0
	for _, n := range said {
		most = max(most, n)
	}
	return len(said) >= 3 && all > 150 && most*10 < all*7 && (apart < mostApart || apart*12 < all)
}

// inComment reports whether a box around b calls itself a comment; one that holds
// nearly the page speaks of the page.
func (p *page) inComment(b *block) bool {
	for at, n := b.box, 0; at >= 0 && n < maxClimb; at, n = p.boxes[at].parent, n+1 {
		if p.boxes[at].own&nameComment != 0 && p.boxes[at].words*10 < p.words*9 {
			return true
		}
	}
	return false
}

// answersApart reports whether the thread is a question with answers, and the
// comments on the page are comments on these: less than half of what is said.
func (p *page) answersApart() bool {
	if !p.asksQuestion() {
		return false
	}
	said, all := 0, 0
	for i := range p.blocks {
		if b := &p.blocks[i]; b.prose() {
			all += b.words
			if p.inComment(b) {
				said += b.words
			}
		}
	}
	return said*2 < all
}

func (p *page) asksQuestion() bool {
	if strings.Contains(strings.ToLower(p.url), "/question") {
		return true
	}
	for _, node := range p.head.ld {
		if slices.Contains(ldTypes(node), "QAPage") {
			return true
		}
	}
	return false
}

// numberedTopic is the address of a topic of a forum; the topics of a library
// have names.
var numberedTopic = regexp.MustCompile(`(?:/topics?[/,-]?|[?&]topic=)\d`)

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
		if numberedTopic.MatchString(strings.ToLower(u.RequestURI())) {
			n++
		}
		for _, s := range []string{"/forum", "/t/", "/thread", "viewtopic", "showthread", "/discussion", "/question", "/boards/", "/comments/", "showtopic"} {
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
			if t == "DiscussionForumPosting" || t == "QAPage" {
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
