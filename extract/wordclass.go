// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"sync"
)

// wordClass is the class of a word by its hash, 0 for a word that has none.
// Words of one class are used alike: data/wordclasses.txt holds a class a line,
// data/SOURCES.md says how they were made.
func wordClass(hash uint64) uint8 { return wordClasses().get(hash) }

var wordClasses = sync.OnceValue(func() *wordMap[uint8] {
	list, err := data.ReadFile("data/wordclasses.txt")
	if err != nil {
		panic(err) // it is embedded
	}
	m := make(map[uint64]uint8, 24<<10)
	class := uint8(0)
	for line := range strings.Lines(string(list)) {
		class++
		for w := range strings.FieldsSeq(line) {
			m[hashFolded(w)] = class
		}
	}
	return mapOf(m)
})
