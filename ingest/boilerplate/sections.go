// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"regexp"
	"strings"

	"github.com/copytaster/copytaster"
)

// Lines that name themselves, whatever the classifier thinks of them.
var (
	commentHeader = regexp.MustCompile(`(?i)^\(?\d{1,5}\)? (?:comments?|replies|responses?|kommentare?|commentaires?|comentarios?|antworten)(?: (?:on|to|for|so far|zu)\b.*)?:?$`)
	jobLine       = regexp.MustCompile(`(?i)^(?:[£$€]\s?\d[\d.,]*k?(?:\s?[-–]\s?[£$€]?\s?\d[\d.,]*k?)?\s(?:per annum|per hour|per week|per day|p\.?a\.?|pro jahr|pro stunde)\b.{0,40}:|.*\bjob widget\b|ijobs\b)`)
	numbered      = regexp.MustCompile(`^\d{1,4}\. \S`)
)

// isReply reports whether a line is the button, or buttons, below a comment.
func isReply(s string) bool {
	if len(s) > maxLabel {
		return false
	}
	switch strings.ToLower(s) {
	case "reply delete", "replydelete", "reply", "delete", "replies", "antworten", "löschen", "responder", "répondre", "report abuse":
		return true
	}
	return false
}

// sections zones what the form of the text makes certain: reader comments, lines
// that lead to other articles, the headline and the line of the date.
func (p *plain) sections() {
	p.comments()
	p.leads()
	p.jobs()
	p.opening()
	p.runs()
}

// comments zones reader comments: from a line "8 comments:" below the body, or
// from the first numbered paragraph before a line "Reply", to the last such line.
// Each comment is a group of its own.
func (p *plain) comments() {
	first, last, above, body := -1, -1, 0, p.bodyWords()
	for i := range p.blocks {
		b := &p.blocks[i]
		switch {
		case b.words > 12: // neither is a sentence
		case i > 0 && commentHeader.MatchString(b.text):
			b.zone, b.prob = zoneChrome, 0
			if first < 0 && above*aboveComments >= body {
				first = i
			}
		case isReply(b.text):
			last = i
		}
		if b.zone == copytaster.ZoneBody {
			above += b.words
		}
	}
	if first < 0 {
		if first = p.firstNumbered(last); first < 0 {
			return
		}
	}
	end := last + 1
	if last < first {
		end = p.commentsEnd(first)
	}
	p.groupComments(first, end)
	p.readOn()
	for i := end; i < len(p.blocks) && last >= first; i++ { // the site's policy stands below the comments
		if b := &p.blocks[i]; b.zone == copytaster.ZoneBody && b.cues&cueComments != 0 || strings.Contains(b.text, "comment") && b.words < 80 {
			b.zone, b.prob = copytaster.ZoneNotice, 0
		}
	}
}

// aboveComments is the share of the body, one in so many words, that stands above
// its comments: a line that counts them stands below the headline too, and above a
// thread.
const aboveComments = 4

// bodyWords counts the words that are taken for body so far.
func (p *plain) bodyWords() int {
	n := 0
	for i := range p.blocks {
		if p.blocks[i].zone == copytaster.ZoneBody {
			n += p.blocks[i].words
		}
	}
	return n
}

// firstNumbered is the paragraph "1. ..." that starts the comments which end in
// at least two reply lines, -1 where there are none.
func (p *plain) firstNumbered(last int) int {
	replies := 0
	for i := 0; i <= last; i++ {
		if p.blocks[i].words <= 12 && isReply(p.blocks[i].text) {
			replies++
		}
	}
	if replies < 2 {
		return -1
	}
	for i := 0; i <= last; i++ {
		if strings.HasPrefix(p.blocks[i].text, "1. ") {
			return i
		}
	}
	return -1
}

// commentsEnd is where comments without reply lines end: at a line that leads to
// other articles, or with the text.
func (p *plain) commentsEnd(first int) int {
	for i := first + 1; i < len(p.blocks); i++ {
		if b := &p.blocks[i]; b.words <= 6 && b.cues&(cueMore|cueCopyright|cueNav|cuePrivacy) != 0 && b.cues&cueReply == 0 {
			return i
		}
	}
	return len(p.blocks)
}

func (p *plain) groupComments(first, end int) {
	group, open := int32(0), true
	for i := first; i < end; i++ {
		b := &p.blocks[i]
		b.prob = 0
		switch {
		case p.places[i].url:
		case commentHeader.MatchString(b.text) || isReply(b.text):
			b.zone, open = zoneChrome, true
		default:
			if open || numbered.MatchString(b.text) && group == 0 {
				group++
				open = false
			}
			b.zone, b.group = copytaster.ZoneComment, group
			p.places[i].number = numbered.MatchString(b.text)
		}
	}
}

// leads zones "Read more" lines with the titles that they lead to: the short
// line above one that stands with its address, the short lines below one with a
// colon.
func (p *plain) leads() {
	for i := range p.blocks {
		b := &p.blocks[i]
		if !isMore(b.text) && !isLead(b.text) {
			continue
		}
		b.zone, b.prob = copytaster.ZoneRelated, 0
		n := i
		for n+1 < len(p.blocks) && strings.HasSuffix(b.text, ":") && p.isTitle(n+1) {
			n++
			p.blocks[n].zone, p.blocks[n].prob = copytaster.ZoneRelated, 0
		}
		followed := i+1 < len(p.blocks) && p.places[i+1].url
		if i > 1 && n == i && followed && p.isTitle(i-1) {
			p.blocks[i-1].zone, p.blocks[i-1].prob = copytaster.ZoneRelated, 0
		}
	}
}

// isLead reports whether a line is such a label with the title behind it: "READ
// MORE: ...".
func isLead(s string) bool {
	label, title, ok := strings.Cut(s, ":")
	return ok && title != "" && len(label) < 12 && strings.Contains(label, " ") && isMore(label)
}

// isJobLine reports whether a short paragraph is a salary with a teaser, or names
// a job widget.
func isJobLine(b *block) bool {
	return b.words <= 40 && (b.digits > 0 || b.words <= 6) && mayBeJobLine(b.text) && jobLine.MatchString(b.text)
}

// isOffer reports whether a line is one of a job widget that names employer,
// post and pay: "Orrin Marine: Deck Hand, Hallam – £26,000 per annum".
func (p *plain) isOffer(i int) bool {
	b := &p.blocks[i]
	employer, post, ok := strings.Cut(b.text, ": ")
	if !ok || b.digits == 0 || b.words > 20 || len(employer) > maxLabel || !(strings.Contains(post, "– £") || strings.Contains(post, "- £") || strings.Contains(post, "– €") || strings.Contains(post, "– $")) {
		return false
	}
	for _, per := range []string{" per annum", " per hour", " per day", " per week", " a year", " an hour", " a day", " a week", " p.a"} {
		if strings.HasSuffix(strings.TrimRight(post, "."), per) {
			return true
		}
	}
	return false
}

// offers zones an offer, and the lines right below it that name an employer and a
// post, but no pay.
func (p *plain) offers(i int) {
	p.blocks[i].zone, p.blocks[i].prob = copytaster.ZoneJobs, 0
	for k := i + 1; k < len(p.blocks) && !p.places[k].blank; k++ {
		b := &p.blocks[k]
		if b.words > 10 || !strings.Contains(b.text, ": ") || strings.HasSuffix(b.text, ".") {
			return
		}
		b.zone, b.prob = copytaster.ZoneJobs, 0
	}
}

// mayBeJobLine reports whether a line begins with a sum and has a colon, begins
// with "iJobs", or has most of the word widget: the expression that tells for sure
// is slow.
func mayBeJobLine(s string) bool {
	return strings.ContainsRune("£$€", firstRune(s)) && strings.Contains(s, ":") || strings.EqualFold(cut(s, len("ijobs")), "ijobs") ||
		strings.Contains(s, "idget") || strings.Contains(s, "IDGET")
}

// jobs zones the lines of a job widget: a salary with a teaser, and the title
// above it.
func (p *plain) jobs() {
	for i := range p.blocks {
		if p.isOffer(i) {
			p.offers(i)
			continue
		}
		if !isJobLine(&p.blocks[i]) {
			continue
		}
		p.blocks[i].zone, p.blocks[i].prob = copytaster.ZoneJobs, 0
		if i > 0 && p.isTitle(i-1) && p.blocks[i-1].zone != copytaster.ZoneRelated && p.blocks[i].digits > 0 {
			p.blocks[i-1].zone, p.blocks[i-1].prob = copytaster.ZoneJobs, 0
		}
	}
}

// isTitle reports whether a paragraph reads as the title of an article.
func (p *plain) isTitle(i int) bool {
	b := &p.blocks[i]
	return b.words >= 3 && b.words <= 20 && !strings.HasSuffix(b.text, ".") && !strings.HasSuffix(b.text, ":") && !p.places[i].url
}

// opening zones the lines above the article: its date and its headline. Above the
// body of a flattened page stand its menus first.
func (p *plain) opening() {
	first := 0
	for first < len(p.blocks) && !(p.blocks[first].zone == copytaster.ZoneBody && p.blocks[first].prose() && !p.isTitle(first)) {
		first++
	}
	if first == len(p.blocks) {
		return
	}
	for i := 0; i < min(4, first); i++ {
		if b := &p.blocks[i]; lineDate(b.text).Known() {
			b.zone, b.prob = zoneChrome, 0
		}
	}
	if i := p.headlineAbove(first); i >= 0 {
		p.title = p.blocks[i].text
		for j := i; j < first; j++ {
			if b := &p.blocks[j]; b.text == p.title {
				b.zone, b.prob = copytaster.ZoneHeading, 0
			}
		}
	}
}

// headlineReach is how far above the body a headline stands at most.
const headlineReach = 8

// headlineAbove is the line that heads the body which starts at paragraph first,
// -1 where there is none: the first one of a text that starts with its headline,
// else the nearest of at least four words that labels nothing.
func (p *plain) headlineAbove(first int) int {
	for i := 0; i < first && first <= 4; i++ {
		if p.mayHead(i) {
			return i
		}
	}
	const labels = cueUpdated | cueByline | cueCredit | cueShare | cueNav | cueMore | cueComments | cueSubscribe | cueAd
	for i := first - 1; i >= max(0, first-headlineReach); i-- {
		if b := &p.blocks[i]; p.mayHead(i) && b.words >= 4 && b.cues&labels == 0 {
			return i
		}
	}
	return -1
}

// mayHead reports whether a line can be a headline.
func (p *plain) mayHead(i int) bool {
	b := &p.blocks[i]
	return p.isTitle(i) && b.starts && b.zone != copytaster.ZoneRelated && !lineDate(b.text).Known()
}

// runs hands the zone of a line that announces others down to the lines without
// a zone that follow it.
func (p *plain) runs() {
	var zone copytaster.Zone
	for i := range p.blocks {
		b := &p.blocks[i]
		switch {
		case p.places[i].url:
		case b.zone != copytaster.ZoneBody && announces(b.text):
			b.zone, zone = copytaster.ZoneRelated, copytaster.ZoneRelated
		case b.zone == copytaster.ZoneBody || b.zone == copytaster.ZoneHeading || b.zone == copytaster.ZoneComment:
			zone = zoneChrome
		case b.zone == copytaster.ZoneRelated || b.zone == copytaster.ZoneJobs && b.words <= 4:
			zone = b.zone
		case b.zone == zoneChrome && b.words >= 3 && zone != zoneChrome && b.cues&(cueShare|cueNav|cuePrivacy|cueCopyright) == 0:
			b.zone = zone
		}
	}
}
