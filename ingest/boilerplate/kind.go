// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"net/url"
	"strings"
)

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
