// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"testing"
)

// TestLabels reads the labels of the portals' forms, and lines that are none.
func TestLabels(t *testing.T) {
	for f, labels := range map[field][]string{
		fieldSupplier: {"Supplier(s)", "Awarded to", "Contract awarded to", "Successful tenderer(s)", "Contractor Awarded Name", "Name and address of the contractor/concessionaire", "Winning bidder", "Awarded Firm(s)",
			"Name of the selected bidder(s)", "Successful Respondent(s)", "Supplier legal name", "Main contractor", "Successful economic operator", "Seller Details", "Recipient"},
		fieldLoser:     {"Unsuccessful tenderers", "Rejected bidders", "Evaluated Firm(s)", "Losing bidders"},
		fieldIncumbent: {"Incumbent contractor", "Existing supplier", "Outgoing provider"},
		fieldBuyer:     {"Contracting authority", "Name of Contracting Authority", "Department/Ind. Agency", "Awarding Agency", "Buying organization(s)", "Implementing agency", "Procuring entity", "Contracting body", "Organisation Chain", "Principal"},
		fieldCentral:   {"Contracting authority (central purchasing body)", "Central purchasing body"},
		fieldClient:    {"End user entity", "Contracting authority on whose behalf", "Using Agency"},
		fieldName:      {"Official name", "Name"},
		fieldFirm:      {"Company Name", "Legal business name"},
		fieldValue: {"Total value of the contract/lot (excluding VAT)", "Base and All Options Value (Total Contract Value)", "Awarded Value (€)", "Contract Value (AUD)", "Total Order Value (in INR)", "Value of the result",
			"Total contract value after the modifications", "Signed Contract price", "Potential Award Amount", "Agreed price"},
		fieldSide:   {"Original Contract Value (AUD)", "Value before modification", "Amendment Value", "Maximum value of the framework agreement", "Obligated Amount", "Updated total contract value before the modifications"},
		fieldTitle:  {"Title", "Contract title", "Name of contract", "Tender Name", "Subject of the contract", "Task/Delivery Order Title"},
		fieldText:   {"Description", "Scope of Contract", "Details"},
		fieldStart:  {"Contract start date", "Commencement date", "Start"},
		fieldEnd:    {"Contract end date", "Expiry date", "Potential End Date"},
		fieldPeriod: {"Contract Period", "Period of performance", "Contract dates (estimated)", "Start and end date"},
		fieldKind:   {"Notice type", "Contract Opportunity Type", "Status"},
		fieldOther: {"Number of tenders received", "Supplier address", "Contractor Awarded Unique Entity ID", "Award date", "Date signed", "Reference", "Legal type of the buyer", "Place of performance", "Award criteria",
			"Contract Award Number", "Award information"},
		fieldNone: {"", "A", "He said", "Good news for suppliers everywhere", "Supplier 2", "Price: £5", "London"},
	} {
		for _, l := range labels {
			if got := labelField(l); got != f {
				t.Errorf("%q is field %d, want %d", l, got, f)
			}
		}
	}
}

// TestKindsOfNotices reads what notices call themselves.
func TestKindsOfNotices(t *testing.T) {
	for line, want := range map[string]noticeKind{
		"UK6: Contract award notice":                               {status: "awarded", named: true},
		"Contract Notice View - CN4087716":                         {status: "awarded", named: true},
		"CN3998120-A3: Contract Notice Amendment View":             {status: "extended", named: true},
		"Modification of a contract during its term":               {status: "extended", named: true},
		"Voluntary ex ante transparency notice":                    {status: "planned", named: true},
		"NOTICE OF INTENT TO AWARD":                                {status: "planned", named: true},
		"Contract terminated - UK11 notice":                        {status: "terminated", named: true},
		"UK4: Tender notice":                                       {open: true, named: true},
		"Contract notice":                                          {open: true, named: true},
		"UK12: Procurement termination notice":                     {open: true, named: true},
		"Winter tyres":                                             {},
		strings.Repeat("The award of the cleaning contract. ", 10): {},
	} {
		if got := kindOf(line); got != want {
			t.Errorf("%q is %+v, want %+v", line, got, want)
		}
	}
}

// FuzzNotice reads any text as a form: it must end, and every field must lie in
// the text.
func FuzzNotice(f *testing.F) {
	for _, s := range []string{"Supplier: A Ltd\nBuyer: B\nValue: £5", "Lot 1. X\nSupplier\nA Ltd\nB Ltd\n", "Lot | Supplier | Value\n1 | A Ltd | £5\n", "Section V: Award\nV.2.3) Name and address of the contractor\nOfficial name: A B.V.", "Awarded to A Ltd; value £5", "|||\n\t\t\t:::", "Supplier:\nSupplier:\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a := &analysis{text: text, toks: tokenise(text), scratch: new(scratch)}
		form := a.readForm()
		for _, e := range form.fields {
			if e.Start < 0 || e.End < e.Start || e.End > len(text) {
				t.Fatalf("field %d at %d to %d of %d bytes", e.field, e.Start, e.End, len(text))
			}
			for _, s := range a.fieldNames(e.Span) {
				if s.Start < e.Start || s.End > e.End {
					t.Fatalf("name at %d to %d of a field at %d to %d", s.Start, s.End, e.Start, e.End)
				}
			}
		}
	})
}
