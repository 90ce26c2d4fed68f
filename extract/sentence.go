// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"

	"github.com/copytaster/copytaster"
)

// sentence is a run of tokens: from <= i < to.
type sentence struct {
	copytaster.Span
	from, to int
	zone     copytaster.Zone
	para     bool // first of its paragraph
}

// shortLine is the length under which a line that is followed by a capital is
// taken for a heading or a field, not for a hard-wrapped piece of a sentence.
const shortLine = 42

// maxSentence is the longest sentence, in tokens: what is longer is a list or
// hostile, and is cut, so that the rules stay linear in the text.
const maxSentence = 250

// split cuts a text into sentences by rules: a stop followed by a capital ends
// one, unless it is that of a short form; a blank line, a change of zone and the
// end of a short line always do. (Punkt, through prose, gives nearly the same
// splits, costs thirty times as much, and knows no zones.)
func split(text string, toks []token, zones []copytaster.Zoned, form *fieldForm) []sentence {
	var out []sentence
	z := zoner{zones: zones}
	wrapped := false
	for i := 0; i < len(toks); {
		if toks[i].para {
			wrapped = wraps(text, toks, i)
		}
		zone := z.at(int(toks[i].start))
		j := i + 1
		for j < len(toks) && j-i < maxSentence && z.at(int(toks[j].start)) == zone && !breaks(text, toks, j, wrapped) && !form.begins(text, int(toks[j-1].end), int(toks[j].start)) {
			j++
		}
		out = append(out, sentence{from: i, to: j, zone: zone, para: toks[i].para,
			Span: copytaster.Span{Start: int(toks[i].start), End: int(toks[j-1].end)}})
		i = j
	}
	return out
}

// wraps reports whether the lines of the paragraph that begins at token i are
// hard-wrapped: one of them begins with a small letter.
func wraps(text string, toks []token, i int) bool {
	for j := i + 1; j < len(toks) && !toks[j].para; j++ {
		if t := &toks[j]; t.kind == kindWord && !t.cap && strings.IndexByte(text[toks[j-1].end:t.start], '\n') >= 0 {
			return true
		}
	}
	return false
}

// breaks reports whether a sentence ends before token j.
func breaks(text string, toks []token, j int, wrapped bool) bool {
	t, prev := &toks[j], &toks[j-1]
	between := text[prev.end:t.start]
	switch {
	case t.para:
		return true
	case between == "." && t.cap && !prev.cap && prev.end-prev.start > 3:
		return true // broken markup: "support.Atos"
	case !wrapped && strings.IndexByte(between, '\n') >= 0 && !strings.Contains(between, "://") && endsLine(text, prev, t):
		return true
	case closes(text, t):
		return false
	}
	k := j - 1
	for k > 0 && j-k < 4 && closes(text, &toks[k]) {
		k--
	}
	return stops(text, toks, k, j)
}

// stops reports whether token k ends a sentence, given token j, the first behind
// it that does not close a quote.
func stops(text string, toks []token, k, j int) bool {
	t := &toks[j]
	spaced := toks[j-1].end < t.start
	if toks[k].kind != kindPunct {
		return isDotted(text, &toks[k]) && spaced && starters.has(t.hash) && t.cap
	}
	switch text[toks[k].start] {
	case '.':
		return spaced && startsSentence(text, t) && !shortForm(text, toks, k, t)
	case '!', '?':
		return startsSentence(text, t)
	}
	return strings.HasPrefix(text[toks[k].start:], "…") && t.cap
}

// closes reports whether a token is a quote or bracket that closes.
func closes(text string, t *token) bool {
	if t.kind != kindPunct {
		return false
	}
	switch text[t.start:t.end] {
	case "”", "’", ")", "]":
		return true
	case `"`, "'":
		return t.end < int32(len(text)) && t.start > 0 && text[t.start-1] > ' '
	}
	return false
}

func startsSentence(text string, t *token) bool {
	return t.cap || t.kind == kindNumber || t.kind == kindPunct && !closes(text, t) && text[t.start] != ',' && text[t.start] != '.' && text[t.start] != ';'
}

func isDotted(text string, t *token) bool { return t.end > t.start+1 && text[t.end-1] == '.' }

// endsLine reports whether the line of prev is too short to have been wrapped.
func endsLine(text string, prev, t *token) bool {
	if !t.cap && t.kind == kindWord {
		return false
	}
	from := strings.LastIndexByte(text[:prev.end], '\n') + 1
	last := text[prev.end-1]
	return int(prev.end)-from < shortLine && last != ',' && last != '-'
}

// shortForms are words whose stop rarely ends a sentence; companyForms may.
var (
	shortForms   = hashSet("mr mrs ms dr st prof rev gen col lt sgt capt no nos vs hon sen rep gov fr jan feb aug sept oct nov dec approx est dept govt fig eg ie cf al va md calif conn mass penn tex fla ariz")
	companyForms = hashSet("inc ltd co corp plc llc")
	starters     = hashSet("the it in a an this that these those he she they we but and at on for under its his her their as when while if after before both last there")
)

// shortForm reports whether the stop at token k is that of a short form, given
// the token after it.
func shortForm(text string, toks []token, k int, next *token) bool {
	if k == 0 || toks[k-1].end != toks[k].start {
		return false
	}
	w := &toks[k-1]
	if companyForms.has(w.hash) {
		return !starters.has(next.hash) && next.cap && strings.IndexByte(text[w.end:next.start], '\n') < 0
	}
	return w.kind == kindWord && (shortForms.has(w.hash) || w.end-w.start == 1 && w.cap)
}

// zoner finds the zone of rising offsets.
type zoner struct {
	zones []copytaster.Zoned
	next  int
}

// at is the zone of the byte at.
func (z *zoner) at(at int) copytaster.Zone {
	if z.next > 0 && z.next <= len(z.zones) && z.zones[z.next-1].End > at {
		z.next = 0
	}
	for z.next < len(z.zones) && z.zones[z.next].End <= at {
		z.next++
	}
	if z.next == len(z.zones) || z.zones[z.next].Start > at {
		return copytaster.ZoneBody
	}
	return z.zones[z.next].Zone
}
