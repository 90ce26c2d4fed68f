// SPDX-License-Identifier: Apache-2.0

package index

import (
	"strings"

	"github.com/copytaster/copytaster"
)

// Terms are the words and the stems of a text in its order, each parted by
// spaces: what a backend's full-text fields hold.
type Terms struct{ Words, Stems string }

// Analyser is copytaster.Analyse with the stems of words seen before looked up:
// stemming is the dear part, and a newsroom's words come again. It serves one
// goroutine at a time.
type Analyser struct{ stems map[string]string }

// NewAnalyser returns an analyser that has seen nothing.
func NewAnalyser() *Analyser { return &Analyser{map[string]string{}} }

// maxStems bounds the memory of an analyser: past it, it forgets.
const maxStems = 50_000

// Analyse returns the terms of a text.
func (a *Analyser) Analyse(text string) Terms {
	words := copytaster.Words(text)
	var stems strings.Builder
	stems.Grow(len(text))
	for i, w := range words {
		if i > 0 {
			stems.WriteByte(' ')
		}
		stems.WriteString(a.stem(w))
	}
	return Terms{strings.Join(words, " "), stems.String()}
}

func (a *Analyser) stem(word string) string {
	if s, ok := a.stems[word]; ok {
		return s
	}
	if len(a.stems) >= maxStems {
		clear(a.stems)
	}
	s := strings.Join(copytaster.Stems(word), " ")
	a.stems[strings.Clone(word)] = s
	return s
}
