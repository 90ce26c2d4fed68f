// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"fmt"
	"strings"
)

// Problem is what is wrong with one entry of a list.
type Problem struct {
	ID   string
	Text string
}

func (p Problem) String() string { return p.ID + ": " + p.Text }

// Lint looks for what makes a list tag wrongly: ids and names that two entries
// share, names that are also common words and ask for no context, marks and
// exclusions that fit no name of their entry, malformed identifiers. Entries of
// different countries may share a name: the text then decides.
func Lint(list []Entry) []Problem {
	var out []Problem
	ids := map[string]bool{}
	names := map[string]*Entry{}
	for i := range list {
		e := &list[i]
		if err := e.check(); err != nil {
			out = append(out, Problem{e.ID, err.Error()})
		}
		if ids[e.ID] {
			out = append(out, Problem{e.ID, "the id is used twice"})
		}
		ids[e.ID] = true
		for _, text := range append(lintNames(e, names), lintMarks(e)...) {
			out = append(out, Problem{e.ID, text})
		}
	}
	return out
}

// lintNames checks the names of an entry, given those of the entries before it.
func lintNames(e *Entry, seen map[string]*Entry) []string {
	var out []string
	marks := marksOf(e)
	for _, n := range e.names() {
		f := foldName(n)
		if other := seen[f]; other != nil && other != e && other.Country == e.Country && marks[f]&flagContext == 0 {
			out = append(out, fmt.Sprintf("the name %q is also one of %s", n, other.ID))
		}
		if seen[f] == nil {
			seen[f] = e
		}
		if !strings.Contains(f, " ") && marks[f]&flagContext == 0 && !isAcronym(n) && isCommon(f) && e.Kind != KindOther && e.Kind != KindWatchdog {
			out = append(out, fmt.Sprintf("the name %q is a common word, a first name or a place: put it into the column context", n))
		}
	}
	return out
}

// isCommon reports whether a folded word is one that texts capitalise for other
// reasons than that it names a company.
func isCommon(word string) bool {
	h := hashFolded(word)
	return commonWords.has(h) || givenNames.has(h) || places.has(h) || openers.has(h) || publicWords.has(h) || demonyms.has(h)
}

// commonWords are English words that companies are called by.
var commonWords = hashSet(`
ability academy access advance advantage air alliance alpha amazon anchor apex apple arch arena arrow aspire atlas aurora autumn axis balance beacon beta bridge bright bright broad build castle catalyst central chance change choice churchill circle city civil clarity clear cloud coast compass concept core crest cross crown crystal current cyber
delta diamond direct discovery downer dragon dream eagle east echo edge element ember engage enigma envoy equity essential evolve excel express faculty falcon first flagship fleet focus forest forge forward foundation frontier fusion future gateway general global golden grand granite green grid guardian harbour harmony harvest haven helix heritage horizon hub hunter icon impact improbable independent innovation inspire integral iron island ivy journey justice keystone kinetic land legacy liberty light link lion logic lotus mace magnet maple marine mars mercury meridian meta method metro midland mission momentum monarch monitor moon mosaic motion national nature navigator network neutral noble north northern nova oak oasis ocean omega onyx optimum oracle orange orbit origin orion
pacific palace panther paradigm paragon park partner pathway peak pearl phoenix pilot pinnacle pioneer planet platinum polar premier prestige primary prime prism probe progress public pulse pure quantum quest radius rainbow reach reed regent reliance republic resolve revolution ridge river rock royal sage sapphire scout sentinel shield sierra signal silver smart solar solid solution south southern southeastern spark spectrum spire spring stagecoach standard star steel stellar sterling stone strategy stream summit sun supreme swift synergy tarmac target titan total tower trinity trident triumph trust unity universal urban valley vanguard vector venture vision vista voyage wave west western willow wind wing wolf world zenith zero zone`)

// lintMarks checks the columns that refer to the names.
func lintMarks(e *Entry) []string {
	var out []string
	own := map[string]bool{}
	for _, n := range e.names() {
		own[foldName(n)] = true
	}
	for _, list := range [][]string{e.Context, e.Quiet, e.AnyCase} {
		for _, n := range list {
			if !own[foldName(n)] {
				out = append(out, fmt.Sprintf("%q is marked but is no name of the entry", n))
			}
		}
	}
	for _, id := range e.IDs {
		if scheme, code, ok := strings.Cut(id, ":"); !ok || scheme == "" || code == "" || strings.ToUpper(scheme) != scheme {
			out = append(out, fmt.Sprintf("the identifier %q is not SCHEME:ID", id))
		}
	}
	for _, p := range e.Exclude {
		if len(strings.Fields(foldName(p))) < 2 {
			out = append(out, fmt.Sprintf("the exclusion %q would hide the name altogether", p))
		}
	}
	return out
}
