// SPDX-License-Identifier: Apache-2.0

package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/copytaster/copytaster"
)

// unknown says that a name is none of the known ones, and which it might be.
func unknown(what, name string, known []string) string {
	if near := copytaster.Nearest(name, known); near != "" {
		return fmt.Sprintf("unknown %s %q: did you mean %q?", what, name, near)
	}
	return fmt.Sprintf("unknown %s %q: use %s", what, name, strings.Join(known, ", "))
}

func names[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
