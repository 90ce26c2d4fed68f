// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"sync"
)

// wordClass is the class of a word by its hash, 0 for a word that has none.
// Words of one class are used alike: data/wordclasses.txt holds a class a line,
// data/SOURCES.md says how they were made.
func wordClass(hash uint64) uint8 {
	t := wordClasses()
	if i := t.words.slot(hash); t.words.slots[i] == hash {
		return t.class[i]
	}
	return 0
}

// classTable holds the class of each word at the word's slot.
type classTable struct {
	words *wordSet
	class []uint8
}

var wordClasses = sync.OnceValue(func() *classTable {
	list, err := data.ReadFile("data/wordclasses.txt")
	if err != nil {
		panic(err) // it is embedded
	}
	t := &classTable{words: &wordSet{}}
	for w := range strings.FieldsSeq(string(list)) {
		t.words.add(hashFolded(w))
	}
	t.class = make([]uint8, len(t.words.slots))
	class := uint8(0)
	for line := range strings.Lines(string(list)) {
		class++
		for w := range strings.FieldsSeq(line) {
			t.class[t.words.slot(hashFolded(w))] = class
		}
	}
	return t
})
