// SPDX-License-Identifier: Apache-2.0

package extract

import "strings"

// maxID bounds a made id, in bytes.
const maxID = 64

// NewID makes the id of an entry from its name or from an identifier: its folded
// words with hyphens between them. It returns "" for what has no Latin letter or
// digit.
func NewID(name string) string {
	var words []string
	for _, w := range strings.Fields(foldName(name)) {
		if w = strings.Map(idRune, w); w != "" {
			words = append(words, w)
		}
	}
	id := strings.Join(words, "-")
	if len(id) > maxID {
		id = strings.TrimRight(id[:maxID], "-")
	}
	return id
}

func idRune(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return r
	}
	return -1
}
