// SPDX-License-Identifier: Apache-2.0

package copytaster

// Nearest is the known name that was probably meant by another: the first of
// those with the fewest edits, at most two; "" where there is none. Names are
// short and ASCII.
func Nearest(name string, known []string) string {
	best, edits := "", maxEdits+1
	for _, k := range known {
		if d := editDistance(name, k); d < edits && d < len(k) {
			best, edits = k, d
		}
	}
	return best
}

const (
	maxEdits = 2
	maxName  = 64 // bytes of a name that can be a slip of another
)

// editDistance is the Levenshtein distance in bytes, maxEdits+1 where a name is
// too long to be a slip.
func editDistance(a, b string) int {
	if len(a) > maxName || len(b) > maxName {
		return maxEdits + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
