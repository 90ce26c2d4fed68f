// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// A post is a box that names somebody, says when, and holds what was said, with
// others of its kind beside it: a post of a thread, a reader's comment, or an
// entry of a list of articles.

const (
	signWords = 14 // words of a line that names somebody or says when
	leastPost = 3  // words of a post
)

// post is one of a page's posts.
type post struct {
	box    int32
	words  int  // besides names, dates and links
	like   int  // posts of its kind, itself among them: two or more
	titled bool // a heading in it is a link: it announces an article
	replay bool // something in it offers to reply or calls it a comment
}

// posts are those of a page.
type posts struct {
	all   []post
	of    []int32 // by block, the post that it stands in, -1 for none
	who   []bool  // by block, whether it names somebody
	when  []bool  // by block, whether it says when
	first int     // first block of a post that is not titled, the number of blocks where there is none
}

// at is the post that block i stands in, nil for none.
func (s *posts) at(i int) *post {
	if s.of[i] < 0 {
		return nil
	}
	return &s.all[s.of[i]]
}

// findPosts reads the page's posts.
func (p *page) findPosts() {
	n := len(p.blocks)
	s := &p.posts
	s.of, s.who, s.when, s.first = make([]int32, n), make([]bool, n), make([]bool, n), n
	index := p.countKinds(p.signedBy())
	for i := range p.blocks {
		s.of[i] = -1
		at := p.blocks[i].box
		for k := 0; at >= 0 && k < maxClimb && index[at] < 0; k++ {
			at = p.boxes[at].parent
		}
		if at >= 0 && index[at] >= 0 {
			s.of[i] = index[at]
			p.tell(i, &s.all[index[at]])
		}
	}
	for i := range p.blocks {
		if o := s.at(i); o != nil && !o.titled {
			s.first = i
			break
		}
	}
}

// signedBy marks the boxes in which somebody is named, a time is stated and
// something is said.
func (p *page) signedBy() []bool {
	n := len(p.blocks)
	sums := make([][3]int32, n+1)
	for i := range p.blocks {
		b := &p.blocks[i]
		next := sums[i]
		if p.posts.who[i] = p.namesWho(b); p.posts.who[i] {
			next[0]++
		}
		if p.posts.when[i] = p.saysWhen(b); p.posts.when[i] {
			next[1]++
		}
		if !p.posts.who[i] && !p.posts.when[i] && b.linkShare() < 0.5 {
			next[2] += int32(b.words)
		}
		sums[i+1] = next
	}
	signed := make([]bool, len(p.boxes))
	for i := range p.boxes {
		x := &p.boxes[i]
		a, z := &sums[x.first], &sums[x.end]
		signed[i] = z[0] > a[0] && z[1] > a[1] && z[2]-a[2] >= leastPost
	}
	return signed
}

// tell notes what block i says of the post that it stands in.
func (p *page) tell(i int, o *post) {
	b := &p.blocks[i]
	if heading(b.tag) && b.linkShare() > 0.8 && b.words >= 2 && !strings.HasPrefix(b.text, "Re:") && !p.posts.who[i] {
		o.titled = true
	}
	if b.words <= signWords && (isReply(b.text) || b.cues&cueComments != 0 && p.posts.who[i]) {
		o.replay = true
	}
	if !p.posts.who[i] && !p.posts.when[i] && b.linkShare() < 0.5 {
		o.words += b.words
	}
}

// postNames are the names that make siblings of one tag posts of one kind,
// whatever else their classes say ("odd", "first", the number of the post).
const postNames = nameComment | namePost | nameReply | nameThread | nameUser | nameEntry

// countKinds makes posts of the signed boxes that are of one kind with others, by
// their classes or as siblings with one tag. It returns the post of every box, -1
// for none.
func (p *page) countKinds(signed []bool) []int32 {
	type kin struct {
		parent int32
		tag    atom.Atom
		names  names
	}
	kinOf := func(i int) kin { return kin{p.boxes[i].parent, p.boxes[i].tag, p.boxes[i].own & postNames} }
	bySig, beside := map[uint64]int{}, map[kin]int{}
	for i := range signed {
		if signed[i] {
			bySig[p.sigOf(int32(i))]++
			beside[kinOf(i)]++
		}
	}
	index := make([]int32, len(signed))
	for i := range signed {
		index[i] = -1
		if !signed[i] {
			continue
		}
		like := bySig[p.sigOf(int32(i))]
		if x := &p.boxes[i]; x.tag != atom.Div && x.tag != atom.Section || x.own&postNames != 0 {
			like = max(like, beside[kinOf(i)])
		}
		if like >= 2 {
			index[i] = int32(len(p.posts.all))
			p.posts.all = append(p.posts.all, post{box: int32(i), like: like})
		}
	}
	return index
}

// namesWho reports whether a block is a line that names somebody.
func (p *page) namesWho(b *block) bool {
	if b.words > signWords || b.words == 0 || b.ends && b.words > 4 {
		return false
	}
	return p.saidOf(b)&nameWho != 0 || b.cues&cueByline != 0 || saysSo(b.text)
}

// saysSo reports whether a line ends as one that leads in what somebody says.
func saysSo(s string) bool {
	for _, end := range [...]string{" says:", " said:", " wrote:", " sagt:", " schrieb:", " meint:", " dit :", " dice:"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// saysWhen reports whether a block is a line that states a time.
func (p *page) saysWhen(b *block) bool {
	if b.words > signWords || b.digits == 0 {
		return false
	}
	return b.cues&cueAgo != 0 || p.saidOf(b)&nameDate != 0 || b.digits >= 3 && isStamp(b.text)
}

// isStamp reports whether a short text holds a time of day, a day in digits or a
// year.
func isStamp(s string) bool {
	run, parts := 0, 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] >= '0' && s[i] <= '9' {
			run++
			continue
		}
		if run == 4 && (s[i-4] == '1' && s[i-3] == '9' || s[i-4] == '2' && s[i-3] == '0') {
			return true
		}
		joined := run > 0 && run <= 2 && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9'
		switch {
		case joined && s[i] == ':':
			return true
		case joined && strings.IndexByte("./-", s[i]) >= 0:
			if parts++; parts == 2 {
				return true
			}
		default:
			parts = 0
		}
		run = 0
	}
	return false
}

// commentsAt is the nearest line at most reach blocks above block i that
// announces comments, -1 where there is none.
func (p *page) commentsAt(i int) int {
	const reach = 15
	for j := i; j >= max(0, i-reach); j-- {
		b := &p.blocks[j]
		if b.words <= 8 && (b.cues&cueComments != 0 || announcesComments(b.text)) {
			return j
		}
	}
	return -1
}

// announcesComments reports whether a short line speaks of comments in a word of
// which that is only a part: "Leserkommentare".
func announcesComments(s string) bool {
	s = strings.ToLower(s)
	for _, part := range [...]string{"kommentar", "comment", "leserbrief", "gästebuch", "guestbook", "reader reaction", "reaktionen", "thoughts on"} {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

// leastArticle is the number of words of prose above the first post from which
// posts that something calls comments are comments on it.
const leastArticle = 60

// readerPosts marks the boxes of posts that are comments on an article: they
// stand below its prose, and a line above the first or a button in them says so.
func (p *page) readerPosts() {
	s := &p.posts
	before := 0
	for i := range s.first {
		if p.blocks[i].prose() {
			before += p.blocks[i].words
		}
	}
	if before < leastArticle || s.first == len(p.blocks) {
		return
	}
	announced := p.commentsAt(s.first) >= 0
	for k := range s.all {
		o := &s.all[k]
		if !o.titled && (announced || o.replay) && p.boxes[o.box].own&nameLive == 0 {
			p.boxes[o.box].own |= nameComment
		}
	}
}

// postFeatures appends what the posts say of block i.
func (p *page) postFeatures(i int, x []float32) []float32 {
	s := &p.posts
	n := len(p.blocks)
	x = append(x, bit(p.thread), log(len(s.all)), bit(s.who[i]), bit(s.when[i]), distance(i, s.first, s.first < n))
	other := float32(0)
	if b := p.boxOf(&p.blocks[i]); b != nil {
		other = bit(b.other)
	}
	o := s.at(i)
	if o == nil {
		return append(x, other, 0, 0, 0, 0, 0)
	}
	return append(x, other, log(o.like), log(o.words), bit(o.titled), bit(o.replay), log(i-int(p.boxes[o.box].first)))
}

// signPosts keeps, in a thread, who wrote each post and when: there it is part of
// what is said.
func (p *page) signPosts() {
	kept := make([]bool, len(p.posts.all))
	for i := range p.blocks {
		if k := p.posts.of[i]; k >= 0 && p.blocks[i].prob >= bodyLine && p.blocks[i].words >= leastPost {
			kept[k] = true
		}
	}
	for k := range p.posts.all {
		o := &p.posts.all[k]
		if !kept[k] || o.titled {
			continue
		}
		who, when := p.signature(int32(k))
		for _, i := range [2]int{who, when} {
			if i >= 0 {
				p.blocks[i].prob = max(p.blocks[i].prob, bodyLine)
			}
		}
	}
}

// signature finds the lines of a post that name its author and say when it was
// written: one line that does both, else the first name and the first time that
// calls itself one; -1 where there is none.
func (p *page) signature(k int32) (who, when int) {
	s := &p.posts
	x := &p.boxes[s.all[k].box]
	who, when = -1, -1
	for i := int(x.first); i < int(x.end); i++ {
		if s.of[i] != k {
			continue
		}
		b := &p.blocks[i]
		switch {
		case s.who[i] && s.when[i]:
			return i, i
		case s.who[i] && who < 0 && isHandle(b):
			who = i
		case s.when[i] && (when < 0 || p.saidOf(b)&nameDate != 0 && p.saidOf(&p.blocks[when])&nameDate == 0):
			when = i
		}
	}
	return who, when
}

// isHandle reports whether a line can be the name of somebody who writes in a
// forum.
func isHandle(b *block) bool {
	return b.words <= 4 && b.chars >= 2 && b.digits < b.chars && !b.ends && !isReply(b.text) && !strings.HasSuffix(b.text, ":")
}
