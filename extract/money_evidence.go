// SPDX-License-Identifier: Apache-2.0

package extract

import "strings"

// cueWindow is how many tokens on either side of a figure may tell what it is.
const cueWindow = 12

func hasPound(text string) bool { return strings.Contains(text, "£") }

// cued says that a word with one of the roles stands near token i in its sentence.
func (p *moneyParser) cued(i int, roles wordRole) bool {
	for j := i - 1; j >= max(0, i-cueWindow) && !p.endsSentence(j); j-- {
		if p.word(j).roles&roles != 0 {
			return true
		}
	}
	for j := i + 1; j <= i+cueWindow && j < len(p.ts) && !p.endsSentence(j); j++ {
		if p.word(j).roles&roles != 0 {
			return true
		}
	}
	return false
}

// endsSentence says that token i is a full stop with space behind it.
func (p *moneyParser) endsSentence(i int) bool {
	t := p.at(i)
	return (t.isChar('.') || t.isChar('?') || t.isChar('!')) && !p.at(i+1).tight()
}

// isMoney judges a figure whose words mean other things too: pounds that weigh,
// figures of speech.
func (p *moneyParser) isMoney(f figure) bool {
	switch {
	case p.idiom(f), p.codeArgument(f), p.address(f):
		return false
	case !f.wordy:
		return true
	case p.at(f.to).word == wOf && p.joined(f.to):
		return p.nextWords(f.to, 4, roleCue)
	case p.word(f.to).roles&roleWeight != 0, p.at(f.to).isChar('(') && p.nextWords(f.to, 3, roleWeight):
		return false
	case f.vague, f.lo.scaled && f.lo.power+f.lo.exp >= 3:
		return true
	case f.lo.places == 1: // 3.5 pounds is a weight, 3.50 a price
		return false
	case p.at(f.to - 2).isChar(charDash): // a 220-pound suspect, a five-pound note
		_, _, rate := p.periodAt(f.to)
		return rate || p.word(f.to).roles&roleCue != 0
	}
	return p.pricedPounds(f)
}

// address says that f is the number of a house: 5 Pound Lane, 12 Dollar Street.
func (p *moneyParser) address(f figure) bool {
	if f.signed || f.vague || f.lo.scaled || f.mark.family != "pound" && f.mark.family != "dollar" {
		return false
	}
	unit, next := p.at(f.to-1), p.at(f.to)
	return unit.shape == hasLower|hasUpper|firstUpper && next.near() && next.shape&firstUpper != 0
}

// pricedPounds weighs what the sentence says for and against pounds as money.
func (p *moneyParser) pricedPounds(f figure) bool {
	money, weight := p.cueDistance(f, roleCue), p.cueDistance(f, roleWeight)
	if weight < money || p.dieted(f) {
		return false
	}
	_, _, rate := p.periodAt(f.to)
	return money <= cueWindow || rate || p.pound || f.lo.places > 0 || p.tag && f.to == len(p.ts)
}

// dieted says that somebody lost or gained these pounds.
func (p *moneyParser) dieted(f figure) bool {
	switch p.lowerWord(f.from - 1) {
	case "lost", "lose", "loses", "losing", "shed", "gained", "dropped":
		return f.lo.coef < 300 && f.lo.exp == 0
	}
	return false
}

// cueDistance is how many tokens of its sentence lie between f and the nearest
// word with a role, or more than cueWindow.
func (p *moneyParser) cueDistance(f figure, roles wordRole) int {
	for d := 1; d <= cueWindow; d++ {
		for _, i := range [2]int{f.from - d, f.to - 1 + d} {
			if p.word(i).roles&roles != 0 && !p.sentenceBreak(i, f) {
				return d
			}
		}
	}
	return cueWindow + 1
}

// sentenceBreak says that a sentence ends between f and token i.
func (p *moneyParser) sentenceBreak(i int, f figure) bool {
	for j := min(i, f.to); j < max(i, f.from); j++ {
		if (j < f.from || j >= f.to) && p.endsSentence(j) {
			return true
		}
	}
	return false
}

// nextWords says that one of the n tokens after i has one of the roles.
func (p *moneyParser) nextWords(i, n int, roles wordRole) bool {
	for j := i + 1; j <= i+n; j++ {
		if p.word(j).roles&roles != 0 {
			return true
		}
	}
	return false
}

// codeArgument says that f is the "$1" of a script: one digit in a paragraph with
// a "$NAME".
func (p *moneyParser) codeArgument(f figure) bool {
	return p.script && f.signed && f.lo.whole == 1 && f.lo.exp == 0 && f.to == f.from+2 && p.at(f.from).char == '$'
}

// idiom says that f is a figure of speech: "the million-dollar question", "feels
// like a million dollars", "my two cents".
func (p *moneyParser) idiom(f figure) bool {
	before, next := p.at(f.from-1).word, p.at(f.to)
	switch {
	case f.vague:
		return false
	case f.mark.minor && f.lo.coef == 2:
		return before == wMy || before == wYour
	case f.lo.coef == 64000 || f.lo.coef == 64 && f.lo.power == 3:
		return next.word == wQuestion
	case !f.lo.spelled || f.lo.coef != 1e6:
		return false
	}
	return before == wLike || next.near() && p.word(f.to).roles&roleIdiom != 0
}
