// SPDX-License-Identifier: Apache-2.0

package web

import (
	"slices"

	"github.com/copytaster/copytaster"
)

// maxDiff is how many sentences of a text are compared: the table of the
// comparison grows with the square.
const maxDiff = 500

// change is a sentence that a revision added, took out, or kept.
type change struct {
	Kind string // "added", "removed" or "same"
	Text string
}

// changesTo are the changes that led to a revision from the one before it whose
// text differs; none where there is no such one.
func changesTo(all []*copytaster.Document, shown *copytaster.Document) []change {
	for _, d := range all {
		if d.Version() < shown.Version() && d.Text != shown.Text {
			return compare(sentences(d), sentences(shown))
		}
	}
	return nil
}

// sentences are a document's sentences, or its paragraphs where it has none.
func sentences(d *copytaster.Document) []string {
	spans := d.Sentences
	if len(spans) == 0 {
		spans = paragraphs(d.Text)
	}
	var out []string
	for _, s := range spans {
		out = append(out, s.Of(d.Text))
	}
	return out[:min(len(out), maxDiff)]
}

// compare lists the changes from one text to another, by the longest common
// subsequence of their sentences. Of what stayed, only the sentence before and
// after a change is kept.
func compare(from, to []string) []change {
	lengths := common(from, to)
	var all []change
	i, j := 0, 0
	for i < len(from) || j < len(to) {
		switch {
		case i < len(from) && j < len(to) && from[i] == to[j]:
			all = append(all, change{"same", to[j]})
			i, j = i+1, j+1
		case j == len(to) || i < len(from) && lengths[i+1][j] >= lengths[i][j+1]:
			all = append(all, change{"removed", from[i]})
			i++
		default:
			all = append(all, change{"added", to[j]})
			j++
		}
	}
	return nearChanges(all)
}

// common is the table of the longest common subsequences of all tails.
func common(from, to []string) [][]int {
	lengths := make([][]int, len(from)+1)
	for i := range lengths {
		lengths[i] = make([]int, len(to)+1)
	}
	for i := len(from) - 1; i >= 0; i-- {
		for j := len(to) - 1; j >= 0; j-- {
			if from[i] == to[j] {
				lengths[i][j] = lengths[i+1][j+1] + 1
			} else {
				lengths[i][j] = max(lengths[i+1][j], lengths[i][j+1])
			}
		}
	}
	return lengths
}

func nearChanges(all []change) []change {
	changed := func(c change) bool { return c.Kind != "same" }
	var out []change
	for i, c := range all {
		if slices.ContainsFunc(all[max(i-1, 0):min(i+2, len(all))], changed) {
			out = append(out, c)
		}
	}
	return out
}
