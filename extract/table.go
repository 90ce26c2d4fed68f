// SPDX-License-Identifier: Apache-2.0

package extract

// table is an open-addressed map from the hash of a run of tokens to the first
// alias that it spells, or to 0 where it only begins a longer one. It holds
// twelve bytes a run and no pointers, so that a list of a million names is cheap
// to hold and to collect. Two runs with one 64-bit hash are taken for the same:
// with three million runs the chance of a single such pair is below one in a
// million.
type table struct {
	keys  []uint64
	vals  []uint32
	used  int
	first []uint64 // a bit for each hash of a first token: most words of a text begin no name
}

const maxFirst = 1 << 18 // 2 MiB of bits: stays in the cache of one core

func newTable(runs int) *table {
	size := 64
	for size*5 < runs*8 {
		size *= 2
	}
	return &table{keys: make([]uint64, size), vals: make([]uint32, size), first: make([]uint64, min(size/8, maxFirst))}
}

// slot is where key is, or where it would go.
func (t *table) slot(key uint64) int {
	mask := len(t.keys) - 1
	i := int(key>>20) & mask
	for t.keys[i] != 0 && t.keys[i] != key {
		i = (i + 1) & mask
	}
	return i
}

// get returns the alias of a run and whether the run begins or spells one.
func (t *table) get(key uint64) (alias uint32, ok bool) {
	i := t.slot(key)
	return t.vals[i], t.keys[i] == key
}

// put makes sure that the run is there and returns its slot.
func (t *table) put(key uint64) int {
	if t.used*8 > len(t.keys)*5 {
		t.grow()
	}
	i := t.slot(key)
	if t.keys[i] == 0 {
		t.keys[i] = key
		t.used++
	}
	return i
}

func (t *table) grow() {
	old := *t
	t.keys, t.vals = make([]uint64, 2*len(old.keys)), make([]uint32, 2*len(old.keys))
	for i, k := range old.keys {
		if k != 0 {
			j := t.slot(k)
			t.keys[j], t.vals[j] = k, old.vals[i]
		}
	}
}

// begin marks a token as the first of a run.
func (t *table) begin(key uint64) {
	i, bit := t.firstBit(key)
	t.first[i] |= bit
}

// begins reports whether a token may be the first of a run.
func (t *table) begins(key uint64) bool {
	i, bit := t.firstBit(key)
	return t.first[i]&bit != 0
}

// firstBit is the place of a token's bit.
func (t *table) firstBit(key uint64) (i, bit uint64) {
	key = (key * 0x9E3779B97F4A7C15) >> 32
	return key >> 6 & uint64(len(t.first)-1), 1 << (key & 63)
}
