// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"

	"github.com/copytaster/copytaster"
)

// boundTable lists the phrases before a figure that bound it.
const boundTable = `
more_than: more than | over | above | in excess of | exceeding | exceed | exceeds | exceeded | upwards of | upward of | north of | greater than | higher than | topping | topped | surpassing | surpassed | beyond | past | better than | now top | will top | could top | to top | would top | may top | might top | tops
at_least: at least | no less than | not less than | minimum of | a minimum | no fewer than | no lower than | starting from | start from | starts from | starting at | a floor of | not below | not under
less_than: less than | under | below | fewer than | lower than | smaller than | short of | shy of | south of
up_to: up to | as much as | no more than | not more than | maximum of | a maximum | at most | not exceeding | not to exceed | capped at | ceiling of | as high as | no higher than | upto | not over | not exceed | never more than | limited to | not above | a max of
approx: about | around | some | nearly | almost | estimated | roughly | in the region of | approximately | approx | circa | ca | close to | on the order of | in the order of | of the order of | getting on for | something like | nigh on | virtually | nearing | approaching | an estimated | estimated at | estimated to cost | estimated to be | estimated to be worth | around about | practically | not far off | close on | towards
`

// afterTable lists the phrases behind a figure that bound it.
const afterTable = `
at_least: or more | and more | or over | or above | and above | and over | and up | and upwards | or upwards | at least | at a minimum | or higher
up_to: or less | or under | or below | or lower | or fewer | at most | at the most | at a maximum | max | tops | and below | and under
approx: or so | or thereabouts | give or take | odd | ish | more or less | approximately
more_than: plus
`

// boundPhrase is one phrase, its words in reading order away from the figure.
type boundPhrase struct {
	words []wordID
	bound copytaster.Bound
}

// boundPhrases finds phrases by the word that stands next to the figure.
type boundPhrases struct {
	before, behind map[wordID][]boundPhrase
}

func newBoundPhrases(l *moneyLexicon) *boundPhrases {
	return &boundPhrases{before: phrasesOf(l, boundTable, true), behind: phrasesOf(l, afterTable, false)}
}

func phrasesOf(l *moneyLexicon, table string, reverse bool) map[wordID][]boundPhrase {
	all := make(map[wordID][]boundPhrase)
	for line := range strings.Lines(table) {
		bound, list, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		for phrase := range strings.SplitSeq(list, "|") {
			var ids []wordID
			for _, w := range strings.Fields(phrase) {
				ids = append(ids, l.id(w))
			}
			if reverse {
				for i, j := 0, len(ids)-1; i < j; i, j = i+1, j-1 {
					ids[i], ids[j] = ids[j], ids[i]
				}
			}
			all[ids[0]] = append(all[ids[0]], boundPhrase{words: ids, bound: copytaster.Bound(bound)})
		}
	}
	return all
}

// bound is how the number of f is meant, and the token where the phrase before it
// begins.
func (p *moneyParser) bound(f figure, rateEnd int) (copytaster.Bound, int) {
	before, start := p.boundBefore(f)
	if f.ranged {
		return copytaster.BoundRange, start
	}
	if b := p.boundBehind(f.to); b != "" && (before == "" || before == copytaster.BoundApprox) {
		return b, start
	}
	if b := p.boundBehind(rateEnd); b != "" && (before == "" || before == copytaster.BoundApprox) {
		return b, start
	}
	if before == "" && f.lo.odd {
		return copytaster.BoundApprox, start
	}
	if before == "" {
		return copytaster.BoundExact, start
	}
	return before, start
}

// boundBefore reads the phrase before f: "more than", "up to another", "c.".
func (p *moneyParser) boundBefore(f figure) (copytaster.Bound, int) {
	if b, i := p.boundMark(f.from - 1); b != "" {
		return b, i
	}
	soft, start := copytaster.Bound(""), f.from
	article := false
	for i, n := f.from-1, 0; n < 6; n++ {
		b, j := p.phraseBefore(i)
		if b == "" || article && p.preposition(i) || p.another(i, j, b) {
			if !p.between(i) {
				break
			}
			article = article || p.at(i).word == wA || p.at(i).word == wAn
			i--
			continue
		}
		if b != copytaster.BoundApprox {
			return b, j + 1
		}
		soft, start, i = b, j+1, j
	}
	return soft, start
}

// between says that the word at token i may stand between a bound and its figure.
func (p *moneyParser) between(i int) bool {
	t := p.at(i)
	switch t.word {
	case wA, wAn:
		return true
	case wOf:
		return p.lowerWord(i-1) == "total"
	}
	return p.word(i).roles&roleBig != 0
}

// boundMark reads a bound that is no phrase before a figure, at token i: ">", "~",
// "c.", and the "estimated" of "an estimated loss of".
func (p *moneyParser) boundMark(i int) (copytaster.Bound, int) {
	t := p.at(i)
	if b := boundSign(t); b != "" {
		return b, i
	}
	switch {
	case t.isChar('.') && (p.at(i-1).word == wC || p.at(i-1).word == wCa || p.lowerWord(i-1) == "approx"):
		return copytaster.BoundApprox, i - 1
	case t.word == wC && t.lower() && p.at(i+1).kind == tokSign:
		return copytaster.BoundApprox, i
	case t.word == wOf && p.at(i-2).word == wEstimated && p.joined(i-1):
		return copytaster.BoundApprox, i - 2
	}
	return "", i
}

// lowerWord is the short ASCII word at token i in lower case.
func (p *moneyParser) lowerWord(i int) string {
	if t := p.at(i); t.kind != tokWord || t.end-t.start > 12 {
		return ""
	}
	return p.lowerText(i)
}

func boundSign(t *moneyToken) copytaster.Bound {
	if t.kind != tokPunct {
		return ""
	}
	switch t.char {
	case '~', '≈', '≃', '∼':
		return copytaster.BoundApprox
	case '>':
		return copytaster.BoundMoreThan
	case '≥':
		return copytaster.BoundAtLeast
	case '<':
		return copytaster.BoundLessThan
	case '≤':
		return copytaster.BoundUpTo
	}
	return ""
}

// phraseBefore is the longest phrase that ends at token i, and the token before it.
func (p *moneyParser) phraseBefore(i int) (copytaster.Bound, int) {
	var best boundPhrase
	before := i
	for _, ph := range p.lex.bounds.before[p.at(i).word] {
		if len(ph.words) > len(best.words) {
			if j, ok := p.phraseMatches(i, -1, ph.words); ok {
				best, before = ph, j
			}
		}
	}
	return best.bound, before
}

// phraseMatches says that words stand at token i and on in a direction, and which
// token stands beyond them. Hyphens between them do not count: not-to-exceed.
func (p *moneyParser) phraseMatches(i, step int, words []wordID) (beyond int, ok bool) {
	for _, w := range words {
		if p.at(i).word != w || w == 0 {
			return i, false
		}
		i += step
		if len(words) > 1 && p.at(i).isChar(charDash) && p.at(i).tight() {
			i += step
		}
	}
	return i, true
}

// preposition says that the word at token i is a bound only right before a figure:
// "over £5m", but not "the row over a £5m contract".
func (p *moneyParser) preposition(i int) bool {
	switch p.at(i).word {
	case wOver, wAbout, wUnder, wAbove, wBelow, wAround, wSome:
		return true
	}
	return false
}

// another says that a phrase, from after token j to token i, is something else
// here: what a quarrel is over, where a movement goes up to.
func (p *moneyParser) another(i, j int, b copytaster.Bound) bool {
	prev := p.word(j)
	switch p.at(i).word {
	case wOver, wAbout:
		return j == i-1 && prev.roles&roleTopic != 0
	case wTo:
		return b == copytaster.BoundUpTo && prev.roles&roleMove != 0
	}
	return false
}

// boundBehind reads the phrase at token i: "or more", "-plus", "+".
func (p *moneyParser) boundBehind(i int) copytaster.Bound {
	t := p.at(i)
	if t.isChar('+') && t.tight() && !(p.at(i+1).kind == tokWord && p.at(i+1).tight()) {
		return copytaster.BoundMoreThan
	}
	hyphen := t.isChar(charDash) && t.tight()
	if hyphen {
		i++
		t = p.at(i)
	}
	if !t.near() || !hyphen && (t.word == wPlus || t.word == wOdd || t.word == wIsh && !t.tight()) {
		return ""
	}
	var best boundPhrase
	for _, ph := range p.lex.bounds.behind[t.word] {
		if _, ok := p.phraseMatches(i, 1, ph.words); ok && len(ph.words) > len(best.words) {
			best = ph
		}
	}
	return best.bound
}
