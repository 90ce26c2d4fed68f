// SPDX-License-Identifier: Apache-2.0

package copytaster_test

import (
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
)

func TestNearest(t *testing.T) {
	known := []string{"supplier", "subject", "source", "kind", "per", "allow_hosts"}
	for name, want := range map[string]string{
		"suplier": "supplier", "supplier": "supplier", "suppliers": "supplier", "sorce": "source", "knd": "kind",
		"colour": "", "": "", "xyz": "", "pre": "per", "allowhosts": "allow_hosts",
		strings.Repeat("supplier", 100): "",
	} {
		if got := copytaster.Nearest(name, known); got != want {
			t.Errorf("%.20q: %q, want %q", name, got, want)
		}
	}
}
