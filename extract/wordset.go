// SPDX-License-Identifier: Apache-2.0

package extract

// wordSet is a set of words by their hashes. Nearly every question to one is
// answered with no, so a filter of 256 bits is asked first: a third of all map
// look-ups of a text were these.
type wordSet struct {
	filter [4]uint64
	words  map[uint64]bool
}

// hashSet is the set of the words in a list.
func hashSet(words string) *wordSet {
	s := &wordSet{}
	for _, t := range tokenise(words) {
		s.add(t.hash)
	}
	return s
}

func (s *wordSet) add(hash uint64) {
	if s.words == nil {
		s.words = map[uint64]bool{}
	}
	s.filter[hash>>6&3] |= 1 << (hash & 63)
	s.words[hash] = true
}

// has reports whether a word is in the set; in none there is no word.
func (s *wordSet) has(hash uint64) bool {
	return s != nil && s.filter[hash>>6&3]&(1<<(hash&63)) != 0 && s.words[hash]
}
