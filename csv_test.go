// SPDX-License-Identifier: Apache-2.0

package copytaster_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/copytaster/copytaster"
)

func sheetDocument() *copytaster.Document {
	sum := decimal.MustParse("148000000")
	m := copytaster.Money{Min: &sum, Max: &sum, Currency: "GBP", Bound: copytaster.BoundExact}
	moj := copytaster.Party{Entity: "moj", Name: "Ministry of Justice"}
	serco := copytaster.Party{Entity: "serco", Name: "Serco"}
	d := &copytaster.Document{Mentions: []copytaster.Mention{
		{Party: serco, Role: copytaster.RoleSupplier}, {Party: moj, Role: copytaster.RoleBuyer}, {Party: serco, Role: copytaster.RoleSupplier},
		{Party: copytaster.Party{Name: "a union"}, Role: copytaster.RoleOther},
	}, Money: []copytaster.Money{m, m}}
	d.ID, d.URL, d.Title, d.Kind = "id1", "https://paper.example/a", "Ministry, again, picks Serco", copytaster.KindNews
	d.Byline, d.Sources = []string{"A. Reader", "B. Writer"}, []string{"paper", "wire"}
	d.Fetched = time.Date(2026, 4, 2, 10, 30, 0, 0, time.FixedZone("", 3600))
	d.Contracts = []copytaster.Contract{{Suppliers: []copytaster.Party{serco}, Buyer: moj, Values: []copytaster.Money{m}, Status: copytaster.StatusExiting}}
	return d
}

func csvRows(t *testing.T, docs ...*copytaster.Document) [][]string {
	t.Helper()
	var buf bytes.Buffer
	w := copytaster.NewCSVWriter(&buf)
	for _, d := range docs {
		if err := w.Write(d, "It said \"so\",\nand more."); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	got, err := csv.NewReader(&buf).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestCSVHasARowForEachDocument(t *testing.T) {
	got := csvRows(t, sheetDocument())
	want := [][]string{
		{"id", "published", "headline", "byline", "sources", "kind", "suppliers", "buyers", "money", "contracts", "sentence", "url", "fetched"},
		{"id1", "", "Ministry, again, picks Serco", "A. Reader; B. Writer", "paper; wire", "news", "Serco", "Ministry of Justice", "£148m",
			"Serco for Ministry of Justice, £148m, exiting early", "It said \"so\",\nand more.", "https://paper.example/a", "2026-04-02T09:30:00Z"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCSVOfNothingIsItsHeader(t *testing.T) {
	if got := csvRows(t); len(got) != 1 {
		t.Errorf("%d rows, want the header alone", len(got))
	}
	if got := csvRows(t, &copytaster.Document{}); got[1][12] != "" {
		t.Errorf("a document without a fetch time has %q", got[1][12])
	}
}

func TestCSVGuardsFormulas(t *testing.T) {
	for in, want := range map[string]string{"plain": "plain", "=1+1": "'=1+1", "+44 20": "'+44 20", "-5": "-5", "-a": "'-a", "@x": "'@x",
		"＝1+1": "'＝1+1", "\u00a0=1": "'\u00a0=1", "a=1": "a=1"} {
		d := &copytaster.Document{}
		d.Title = in
		if got := csvRows(t, d)[1][2]; got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

// full refuses what is written to it.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestCSVTellsAFailedWrite(t *testing.T) {
	w := copytaster.NewCSVWriter(full{})
	err := w.Write(sheetDocument(), "")
	if err = errors.Join(err, w.Flush()); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("error %v, want the disk's", err)
	}
}

func TestContractLabelLeavesOutWhatIsNotKnown(t *testing.T) {
	c := copytaster.Contract{Buyer: copytaster.Party{Name: "DWP"}, Status: copytaster.StatusPlanned}
	if got, want := c.Label(), "for DWP, planned"; got != want {
		t.Errorf("label %q, want %q", got, want)
	}
	c = copytaster.Contract{Suppliers: []copytaster.Party{{Name: "A"}, {Name: "B"}}}
	if got, want := c.Label(), "A and B"; got != want {
		t.Errorf("label %q, want %q", got, want)
	}
}
