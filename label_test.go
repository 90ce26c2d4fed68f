// SPDX-License-Identifier: Apache-2.0

package copytaster_test

import (
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"
)

func amount(s string) *copytaster.Decimal {
	if s == "" {
		return nil
	}
	d := decimal.MustParse(s)
	return &d
}

func TestMoneyLabelIsShortAndNeverRounds(t *testing.T) {
	tests := []struct {
		name         string
		min, max     string
		currency     string
		bound        copytaster.Bound
		per          copytaster.Period
		over         string
		label, title string
	}{
		{"more than", "500000000", "", "GBP", copytaster.BoundMoreThan, "", "", "more than £500m", "500,000,000 GBP, more than"},
		{"up to, over years", "", "330000000", "GBP", copytaster.BoundUpTo, "", "P10Y", "up to £330m", "330,000,000 GBP, up to, over 10 years"},
		{"range", "10000000", "12000000", "GBP", copytaster.BoundRange, "", "", "£10m–£12m", "10,000,000–12,000,000 GBP"},
		{"billions with decimals", "1250000000", "1250000000", "USD", copytaster.BoundExact, "", "", "$1.25bn", "1,250,000,000 USD"},
		{"not rounded to millions", "12345678", "12345678", "EUR", copytaster.BoundExact, "", "", "€12,345,678", "12,345,678 EUR"},
		{"thousands", "25000", "25000", "GBP", copytaster.BoundApprox, "", "P1Y", "about £25,000", "25,000 GBP, about, over 1 year"},
		{"a rate", "7.5", "7.5", "GBP", copytaster.BoundExact, copytaster.PerHour, "", "£7.50 an hour", "7.50 GBP, an hour"},
		{"a rate by year", "40000", "40000", "GBP", copytaster.BoundExact, copytaster.PerYear, "PT5H", "£40,000 a year", "40,000 GBP, a year, over PT5H"},
		{"currency without a symbol", "750000000", "750000000", "XAF", copytaster.BoundExact, "", "", "750m XAF", "750,000,000 XAF"},
		{"unknown currency", "1000", "1000", "", copytaster.BoundExact, "", "", "1,000", "1,000"},
		{"negative", "-2000000", "-2000000", "GBP", copytaster.BoundExact, "", "", "-£2m", "-2,000,000 GBP"},
		{"the largest number", "9999999999999999999", "", "GBP", copytaster.BoundAtLeast, "", "P", "at least £9,999,999,999,999,999,999", "9,999,999,999,999,999,999 GBP, at least, over P"},
		{"trillions", "2000000000000", "", "GBP", copytaster.BoundLessThan, "", "", "less than £2tn", "2,000,000,000,000 GBP, less than"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := copytaster.Money{Min: amount(tt.min), Max: amount(tt.max), Currency: tt.currency, Bound: tt.bound, Per: tt.per, Over: tt.over}
			if got := m.Label(); got != tt.label {
				t.Errorf("Label() = %q, want %q", got, tt.label)
			}
			if got := m.Title(); got != tt.title {
				t.Errorf("Title() = %q, want %q", got, tt.title)
			}
		})
	}
}

func TestVagueMoneyIsShownAsWritten(t *testing.T) {
	m := copytaster.Money{Surface: "tens of\nmillions", Vague: true, Bound: copytaster.BoundApprox}
	if got := m.Label(); got != "tens of millions" {
		t.Errorf("Label() = %q", got)
	}
	if got := m.Title(); got != "" {
		t.Errorf("Title() = %q, want none: no number was stated", got)
	}
}

func TestEvidenceTagsAreOrderedAndUnique(t *testing.T) {
	e := copytaster.Evidence{
		Mentions: []copytaster.Mention{
			{Party: copytaster.Party{Name: "Cabinet Office"}, Role: copytaster.RoleBuyer},
			{Party: copytaster.Party{Name: "Atos"}, Role: copytaster.RoleSupplier},
			{Party: copytaster.Party{Name: "Atos"}, Role: copytaster.RoleSupplier},
			{Party: copytaster.Party{Name: "TUC"}, Role: copytaster.RoleOther},
		},
		Money:     []copytaster.Money{{Min: amount("500000000"), Currency: "GBP", Bound: copytaster.BoundMoreThan}},
		Contracts: []copytaster.Contract{{Status: copytaster.StatusUnderReview}, {Status: copytaster.StatusUnderReview}},
	}
	want := []string{"Atos", "more than £500m", "Cabinet Office", "under review"}
	if diff := cmp.Diff(want, e.Tags()); diff != "" {
		t.Error(diff)
	}
}
