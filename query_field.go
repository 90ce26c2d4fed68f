// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"fmt"
	"strings"
)

// fieldNames lists the fields in the order of docs/QUERY.md.
func fieldNames() []string {
	return []string{"title", "body", "zone", "supplier", "buyer", "status", "subject", "kind", "source", "author",
		"language", "money", "currency", "per", "published", "fetched", "contract"}
}

func checkField(name string, pos int) error {
	best, distance := "", 3
	for _, f := range fieldNames() {
		if f == name {
			return nil
		}
		if d := editDistance(name, f); d < distance {
			best, distance = f, d
		}
	}
	hint := "the fields are " + strings.Join(fieldNames(), ", ") + "; put quotes around text that has a colon"
	if best != "" {
		hint = fmt.Sprintf("did you mean %s:? %s", best, hint)
	}
	return &QueryError{pos, "there is no field " + clip(name), hint}
}

// editDistance is the Levenshtein distance of two short ASCII words.
func editDistance(a, b string) int {
	if len(a) > 2*len(b)+4 {
		return len(a)
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
