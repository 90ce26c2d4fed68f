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
	if p.idiom(f) {
		return false
	}
	if !f.wordy {
		return true
	}
	next := p.word(f.to)
	if p.at(f.to).word == wOf && p.joined(f.to) {
		return p.nextWords(f.to, 4, roleCue)
	}
	if next.roles&roleWeight != 0 || p.at(f.to).isChar('(') && p.nextWords(f.to, 3, roleWeight) {
		return false
	}
	if f.vague || f.lo.scaled && f.lo.power+f.lo.exp >= 3 {
		return true
	}
	if _, _, rate := p.periodAt(f.to); rate || f.lo.places > 0 && f.lo.spelled {
		return true
	}
	if p.cued(f.from, roleWeight) {
		return p.word(f.from-1).roles&roleCue != 0
	}
	return p.pound || p.tag && f.to == len(p.ts) || p.cued(f.to-1, roleCue)
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

// idiom says that f is a figure of speech: "the million-dollar question", "feels
// like a million dollars".
func (p *moneyParser) idiom(f figure) bool {
	if f.vague || f.signed && p.at(f.to).word != wQuestion {
		return false
	}
	big := f.lo.spelled && f.lo.coef == 1e6 || f.lo.coef == 64000 || f.lo.coef == 64 && f.lo.power == 3
	return big && (p.word(f.to).roles&roleIdiom != 0 && p.joined(f.to) || p.at(f.from-1).word == wLike)
}
