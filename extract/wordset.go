// SPDX-License-Identifier: Apache-2.0

package extract

// wordSet is a set of words by their hashes. Nearly every question to one is
// answered with no, so a filter of 256 bits is asked first.
type wordSet struct {
	filter [4]uint64
	slots  []uint64 // open addressing over a power of two, at most half full; 0 is free
	used   int
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
	if s.used*2 >= len(s.slots) {
		old := s.slots
		s.slots, s.used = make([]uint64, max(4, 2*len(old))), 0
		for _, h := range old {
			if h != 0 {
				s.put(h)
			}
		}
	}
	s.filter[hash>>6&3] |= 1 << (hash & 63)
	s.put(hash)
}

func (s *wordSet) put(hash uint64) {
	if i := s.slot(hash); s.slots[i] == 0 {
		s.slots[i] = hash
		s.used++
	}
}

// slot is where a word is, or where it would go.
func (s *wordSet) slot(hash uint64) uint64 {
	mask := uint64(len(s.slots) - 1)
	i := hash >> 8 & mask
	for s.slots[i] != 0 && s.slots[i] != hash {
		i = (i + 1) & mask
	}
	return i
}

// has reports whether a word is in the set; in none there is no word.
func (s *wordSet) has(hash uint64) bool {
	return s != nil && s.filter[hash>>6&3]&(1<<(hash&63)) != 0 && s.slots[s.slot(hash)] == hash && hash != 0
}

// wordMap holds a value for each of some words.
type wordMap[V any] struct {
	words  wordSet
	values []V // by the slot of the word
}

// mapOf makes a wordMap of a map by the words' hashes.
func mapOf[V any](m map[uint64]V) *wordMap[V] {
	t := &wordMap[V]{}
	for h := range m {
		t.words.add(h)
	}
	t.values = make([]V, len(t.words.slots))
	for h, v := range m {
		t.values[t.words.slot(h)] = v
	}
	return t
}

// get is the value of a word, or none.
func (t *wordMap[V]) get(hash uint64) (v V) {
	if i := t.words.slot(hash); t.words.slots[i] == hash {
		v = t.values[i]
	}
	return v
}
