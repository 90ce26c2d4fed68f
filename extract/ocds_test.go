// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
)

// exported is the one release of a text.
func exported(t *testing.T, text string) OCDSRelease {
	t.Helper()
	d := &copytaster.Document{Article: copytaster.Article{ID: "a1b2", Title: "Hotels", Canonical: "https://example.org/hotels", Language: "en",
		Fetched: time.UnixMilli(1700000000000).UTC(), Text: text}}
	shared(t).Tag(d)
	p := ExportOCDS([]*copytaster.Document{d}, "ocds-abc123", "https://example.org/package.json", time.UnixMilli(1700000001000))
	if len(p.Releases) != 1 {
		t.Fatalf("%d releases of %q", len(p.Releases), text)
	}
	return p.Releases[0]
}

func TestOCDSOfAnAward(t *testing.T) {
	r := exported(t, "Serco has won a £5m contract to run hotels from the Home Office.")
	docs := []OCDSDocument{{ID: "1", DocumentType: "x_article", Title: "Hotels",
		Description: "Claim (awarded): Serco has won a £5m contract to run hotels from the Home Office.", URL: "https://example.org/hotels"}}
	want := OCDSRelease{
		OCID: "ocds-abc123-a1b2-1", ID: "a1b2-1-1740800000000000", Date: time.UnixMilli(1700000000000).UTC(), Tag: []string{"award"},
		InitiationType: "tender", Language: "en",
		Parties: []OCDSParty{{ID: "serco", Name: "Serco", Roles: []string{"supplier"}}, {ID: "home-office", Name: "Home Office", Roles: []string{"buyer"}}},
		Buyer:   &OCDSRef{ID: "home-office", Name: "Home Office"},
		Awards: []OCDSAward{{ID: "a1b2-1", Title: "run hotels from the Home Office", Status: "active", Value: &OCDSValue{Amount: "5000000", Currency: "GBP"},
			Suppliers: []OCDSRef{{ID: "serco", Name: "Serco"}}, Documents: docs}},
	}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestOCDSStates(t *testing.T) {
	for _, c := range []struct{ text, tender, award, contract string }{
		{"Serco is bidding for a £5m Home Office contract.", "active", "", ""},
		{"Serco has been named preferred bidder for the £5m Home Office contract.", "planned", "", ""},
		{"The Home Office has scrapped a £5m contract with Serco.", "", "cancelled", ""},
		{"Serco was stripped of its Home Office contract.", "", "active", "terminated"},
		{"The Home Office is to review its £5m contract with Serco.", "", "active", "active"},
	} {
		r := exported(t, c.text)
		var tender, award, contract string
		if r.Tender != nil {
			tender = r.Tender.Status
		}
		if len(r.Awards) > 0 {
			award = r.Awards[0].Status
		}
		if len(r.Contracts) > 0 {
			contract = r.Contracts[0].Status
		}
		if tender != c.tender || award != c.award || contract != c.contract {
			t.Errorf("%s\n\ttender %q, award %q, contract %q", c.text, tender, award, contract)
		}
	}
}

func TestEveryStatusHasAnOCDSState(t *testing.T) {
	for _, s := range copytaster.Statuses() {
		if ocdsState[s].tender == "" && ocdsState[s].award == "" {
			t.Errorf("%s has none", s)
		}
	}
}

func TestOCDSIsValidJSONWithAnEmptyList(t *testing.T) {
	b, err := json.Marshal(ExportOCDS(nil, "ocds-abc123", "https://example.org/p", time.Unix(0, 0)))
	if err != nil || !strings.Contains(string(b), `"releases":[]`) || !strings.Contains(string(b), `"version":"1.1"`) {
		t.Errorf("%s, %v", b, err)
	}
}
