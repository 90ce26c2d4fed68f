// SPDX-License-Identifier: Apache-2.0

package extract

var (
	// bodyEnds end the names that are public bodies wherever they stand.
	bodyEnds = hashSet("council trust authority police constabulary department ministry commission nhs board borough service force")
	// bodyHeads begin them: "Department of Corrections", "Office for X".
	bodyHeads = hashSet("department ministry office bureau borough directorate secretariat police")
	// neverSupplies are the words that no supplier's name has, whatever the text
	// says it does.
	neverSupplies = hashSet("council department ministry")
)

// bodyShaped reports whether a discovered name is that of a public body by its
// words alone, so that it is shown wherever it stands, and never as a supplier.
func (a *analysis) bodyShaped(n *name) bool {
	if n.ent >= 0 || n.to-n.from < 2 || n.suffix {
		return false
	}
	if a.headedBody(n) {
		return true
	}
	return n.body && (bodyEnds.has(a.toks[n.to-1].hash) || a.before(n.to, n.from, neverSupplies) || a.word(n.from) == "nhs")
}

// headedBody reads "Department of X", "Royal Borough of X", "Police Service of X".
func (a *analysis) headedBody(n *name) bool {
	for i := n.from; i < min(n.to-1, n.from+3); i++ {
		if w := a.word(i + 1); (w == "of" || w == "for") && i+2 < n.to {
			return a.is(i, bodyHeads) || i > n.from && a.is(i-1, bodyHeads)
		}
	}
	return false
}

// bareBody reports whether a name is only the place in the name of a body that
// the text names in full elsewhere: "Penhallow's new software" names the town,
// whoever pays. Short forms in capitals are names.
func (a *analysis) bareBody(n *name) bool {
	if n.ent >= 0 || !n.body || n.to-n.from >= wordsIn(n.party) || a.toks[n.from].upper {
		return false
	}
	return !a.before(n.to, n.from, publicWords)
}

// wordsIn is the number of words of a name.
func wordsIn(s string) int {
	n := 1
	for i := range len(s) {
		if s[i] == ' ' {
			n++
		}
	}
	return n
}
