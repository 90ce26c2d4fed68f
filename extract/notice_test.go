// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
)

func TestNotices(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"fields on one line", "Contract award notice: Winter tyres. Contracting authority: NORTH FELLS FIRE AUTHORITY. Awarded to: Treadsafe (Midlands) Limited. Value: £61,200.\nSupply of tyres.",
			"Treadsafe (Midlands) Limited < NORTH FELLS FIRE AUTHORITY | £61,200 | awarded"},
		{"labels on lines of their own", "Winter tyres\n\nNorth Fells Fire Authority\n\nDescription\nSupply of tyres.\n\nAward information\nTotal value of contract\n£61,200\n\nSupplier\nJohnsons1871\n",
			"Johnsons1871 < North Fells Fire Authority | £61,200 | awarded"},
		{"a listed supplier", "Title: Payroll. Buyer: Home Office. Contractor: CAPITA BUSINESS SERVICES LTD. Contract value: £5,000,000",
			"capita < home-office | £5,000,000 | awarded"},
		{"trading as", "Contract award notice: Flights. Contracting authority: Ministry of Defence. Awarded to: Fell Aviation t/a Draken Europe. Value: £173,000,000.",
			"draken-europe < uk-mod | £173,000,000 | awarded"},
		{"a full stop in the name", "Contract award notice: Roof. Contracting authority: Home Office. Awarded to: Sable Works Ltd.. Value: £9,409.",
			"Sable Works Ltd. < home-office | £9,409 | awarded"},
		{"a sentence and its title", "Norwood Hospitals NHS Trust has awarded a contract worth £412,000 to Oakvale Linen Limited.\n\nLinen hire\n",
			"Oakvale Linen Limited < Norwood Hospitals NHS Trust | £412,000 | awarded"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff([]string{c.want}, told(t, c.text)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestNoticeOfSeveralSuppliers(t *testing.T) {
	got := told(t, "Title: Cleaning. Buyer: Home Office. Suppliers: Orr Cleaning Ltd; Vane Services LLP. Value: £1,000")
	want := []string{"Orr Cleaning Ltd+Vane Services LLP < home-office | £1,000 | awarded"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestNoticeTitleIsTheSubject(t *testing.T) {
	d := &copytaster.Document{Article: copytaster.Article{Text: "Winter tyres\n\nNorth Fells Fire Authority\n\nSupplier\nTreadsafe Ltd\n\nTotal value of contract\n£61,200"}}
	shared(t).Tag(d)
	if len(d.Contracts) != 1 || d.Contracts[0].Subject != "Winter tyres" {
		t.Fatalf("got %+v", d.Contracts)
	}
	if got := d.Contracts[0].Evidence[0].Of(d.Text); got != "Supplier\nTreadsafe Ltd" {
		t.Errorf("the evidence is %q", got)
	}
}

func TestLabelsAloneMakeNoNotice(t *testing.T) {
	for _, text := range []string{"Supplier", "Supplier:", "Supplier\n\n\n", "Awarded to: .", "Value: £5m", "The supplier: nobody knows."} {
		if got := told(t, text); len(got) > 0 {
			t.Errorf("%q gives %v", text, got)
		}
	}
}
