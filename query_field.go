// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"fmt"
	"slices"
	"strings"
)

// fieldNames lists the fields in the order of docs/QUERY.md.
func fieldNames() []string {
	return []string{"title", "body", "zone", "supplier", "buyer", "status", "subject", "kind", "source", "author",
		"language", "money", "currency", "per", "published", "fetched", "contract"}
}

func checkField(name string, pos int) error {
	if slices.Contains(fieldNames(), name) {
		return nil
	}
	hint := "the fields are " + strings.Join(fieldNames(), ", ") + "; put quotes around text that has a colon"
	if best := Nearest(name, fieldNames()); best != "" {
		hint = fmt.Sprintf("did you mean %s:? %s", best, hint)
	}
	return &QueryError{pos, "there is no field " + clip(name), hint}
}
