// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"testing"

	"github.com/copytaster/copytaster"
)

func TestMoneyOfDocument(t *testing.T) {
	d := &copytaster.Document{Article: copytaster.Article{Text: "The firm lost its £500m contract and a $5m one.", Country: "AU"}}
	NewMoney().Extract(d)
	if len(d.Money) != 2 {
		t.Fatalf("found %d figures, want 2: %+v", len(d.Money), d.Money)
	}
	for i, want := range []string{"GBP", "AUD"} {
		m := d.Money[i]
		if m.Currency != want || m.Zone != copytaster.ZoneBody || d.Text[m.Start:m.End] != m.Surface {
			t.Errorf("figure %d is %+v, want %s in the body", i, m, want)
		}
	}
}
