// SPDX-License-Identifier: Apache-2.0

package extract

import "strings"

// maxSubject is the longest subject that is kept, in bytes.
const maxSubject = 160

// subjectOf is what the contract is for, in the text's own words: "to run two
// holding facilities in Kent", "electronic monitoring"; "" where nothing says.
func (v *view) subjectOf(c clause, m match) string {
	if s := v.purpose(c.at+1, c.end, m); s != "" {
		return s
	}
	return v.modifiers(c)
}

// purpose reads "to VERB ..." or "for NOUN ..." behind item i.
func (v *view) purpose(i, end int, m match) string {
	for j := i; j < min(end, i+22); j++ {
		it := &v.its[j]
		w := v.word(it.from)
		switch {
		case it.kind == itWord && (stopPiece.has(it.hash) || w == "and"), it.kind == itVerb && it.verb.form == formS, it.kind == itMark && j > i+14:
			return ""
		case oneOf(w, "to", "for") && j+1 < end && !v.noPurpose(w, j+1):
			return v.piece(j+1, end)
		}
	}
	return ""
}

// noPurpose reports whether what follows "to" or "for" at item i is no task: a
// sum, a party, a length of time.
func (v *view) noPurpose(w string, i int) bool {
	next := &v.its[i]
	if next.kind == itMoney || next.kind == itFirm || v.supplier(i, 1) {
		return true
	}
	if w == "for" {
		return v.buyerAt(i) || v.isTime(i)
	}
	return next.kind == itName || next.kind == itWord &&
		(firmWords.has(next.hash) || articles.has(next.hash) || worthLead.has(next.hash) || oneOf(v.word(next.from), "more", "about"))
}

// isTime reports whether a length of time begins at item i: "three years".
func (v *view) isTime(i int) bool {
	for k := i; k < min(len(v.its), i+3); k++ {
		switch v.word(v.its[k].from) {
		case "year", "years", "month", "months", "week", "weeks", "decade", "another":
			return true
		}
	}
	return false
}

// piece is the text from item i to the end of its phrase.
func (v *view) piece(i, end int) string {
	j := i
	for ; j < end; j++ {
		it := &v.its[j]
		if it.kind == itMark {
			if v.inFigure(j) {
				continue
			}
			switch v.raw(it.from) {
			case "-", "'", "’", "“", "”", "\"", "(", ")", "/", "&":
				continue
			}
			break
		}
		if j > i && oneOf(v.word(it.from), "by", "for", "over", "until") && v.isTime(j+1) && !v.toks[v.its[j].from].cap {
			break // "the grants system by one year"
		}
		if j > i && it.kind == itWord && (relatives.has(it.hash) || stopPiece.has(it.hash) || helps(it.hash)) || it.kind == itMoney && j > i+2 {
			break
		}
	}
	if j == i {
		return ""
	}
	return cutSubject(v.text[v.toks[v.its[i].from].start:v.toks[v.its[j-1].to-1].end])
}

var stopPiece = hashSet("after but while when until because although since despite according under following")

// cutSubject tidies a piece of text: one space between words, a bounded length,
// no quotes at its ends.
func cutSubject(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxSubject {
		s = s[:maxSubject]
		if i := strings.LastIndexByte(s, ' '); i > 0 {
			s = s[:i]
		}
	}
	return strings.Trim(s, ` "'“”‘’-–—(`)
}

// modifiers reads the nouns before the contract noun, without article, figure,
// length of time, owner, and adjectives of size and age.
func (v *view) modifiers(c clause) string {
	from := c.at
	for j := c.at - 1; j >= c.np; j-- {
		it := &v.its[j]
		if it.kind == itMoney || it.kind == itWord && (articles.has(it.hash) || plainWords.has(it.hash) || v.toks[it.from].kind == kindNumber) || it.kind == itName && v.owned(j) || it.kind == itMark && v.raw(it.from) != "-" {
			break
		}
		if it.kind == itName && j == c.np && v.supplier(j, 0) {
			break
		}
		from = j
	}
	if from == c.at {
		return ""
	}
	return cutSubject(v.text[v.toks[v.its[from].from].start:v.toks[v.its[c.at].from-1].end])
}

// plainWords are adjectives that say nothing of what a contract is for.
var plainWords = hashSet("next last future new major big huge lucrative controversial key existing current previous original latest separate another long-term multi-year multimillion multi year month week day long first second third further final large small massive biggest whole entire same recent temporary such public private sector government exclusive initial three two four five six seven eight nine ten only own live every all worth")
