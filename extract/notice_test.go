// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
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
		{"sections of TED", "Section I: Contracting authority\nI.1) Name and addresses\nOfficial name: Port of Brannock\nTown: Cork\nSection II: Object\nII.1.1) Title: Dredging\nSection V: Award of contract\nV.2.3) Name and address of the contractor\n" +
			"Official name: Sandhopper B.V.\nTown: Breda\nTotal value of the contract/lot: 1.234.567,89 EUR\nSection VI: Complementary information\nOfficial name: High Court\n",
			"Sandhopper B.V. < Port of Brannock | 1.234.567,89 EUR | awarded"},
		{"organisations of eForms", "1.1 Buyer\nOfficial name: Gemeente Westveen\n6. Results\nWinner:\nOfficial name: Zorgkade B.V.\nValue of the result: 50 000,00 Euro\n8. Organisations\n8.1 ORG-0001\nOfficial name: Gemeente Westveen\nRoles of this organisation:\nBuyer\n8.1 ORG-0002\nOfficial name: Zorgkade B.V.\nRoles of this organisation:\nTenderer\nWinner of these lots: LOT-0001",
			"Zorgkade B.V. < Gemeente Westveen | 50 000,00 Euro | awarded"},
		{"cells between bars", "AWARD | Night shelter | Buyer: North Fells Police | Supplier: Orr Care Ltd | Contract value: £736,000 (ex VAT)",
			"Orr Care Ltd < North Fells Police | £736,000 | awarded"},
		{"cells between tabs", "Agency:\tServices Australia\nContract Value (AUD):\t$18,000.00\nSupplier Details\nName:\tOrr Computing Pty Ltd\nTown/City:\tSydney",
			"Orr Computing Pty Ltd < services-australia | $18,000.00 | awarded"},
		{"a number and its currency in the label", "Name of Contracting Authority: Brannock County Council\nAwarded Supplier Name: Orr Roads Ltd\nAwarded Value (€): 1,186,400.00",
			"Orr Roads Ltd < Brannock County Council | 1,186,400.00 | awarded"},
		{"lakh and crore", "Organisation Chain : Lower Indus Municipal Corporation||Water\nName of the selected bidder(s) : M/s Orr Infra Pvt. Ltd.\nContract Value : Rs. 18.42 Crore",
			"Orr Infra Pvt. Ltd. < Lower Indus Municipal Corporation | Rs. 18.42 Crore | awarded"},
		{"on behalf of another", "Contracting Authority: Eastern Shared Services Partnership on behalf of Fells Bay Health Board\nContractor(s): Orr Slings Ltd\nTotal final value: £265,000.00",
			"Orr Slings Ltd < Fells Bay Health Board | £265,000.00 | awarded"},
		{"a central purchasing body", "Contracting authority (central purchasing body): Office of Government Procurement\nContracting authority on whose behalf: Brannock Revenue Board\nSupplier: Orr Print DAC\nUnsuccessful tenderers: Vane Ltd",
			"Orr Print DAC < Brannock Revenue Board | awarded"},
		{"an amendment", "CN39-A3: Contract Notice Amendment View\nAgency: Services Australia\nOriginal Contract Value (AUD): $12,400,000.00\nAmendment Value (AUD): $6,150,000.00\nContract Value (AUD): $18,550,000.00\nSupplier Name: Orr Computing Pty Ltd",
			"Orr Computing Pty Ltd < services-australia | $18,550,000.00 | $12,400,000.00 | $6,150,000.00 | extended"},
		{"an intention", "Voluntary ex ante transparency notice\nContracting authority: Home Office\nTitle: Wards\nName and address of the contractor\nOrr Modular Limited, Unit 4, Birr\nTotal value: £395,000",
			"Orr Modular Limited < home-office | £395,000 | planned"},
		{"a termination", "Contract terminated - UK11 notice\nContracting authority\nHome Office\nSupplier\nOrr Masks Ltd\nContract value\n£390,000",
			"Orr Masks Ltd < home-office | £390,000 | terminated"},
		{"dots that lead to the values", "Contract Title ..... Lifts\nAwarded Supplier ... Orr Lifts Ltd\nTotal Contract Value . £1,085,000\nAuthority .......... Home Office",
			"Orr Lifts Ltd < home-office | £1,085,000 | awarded"},
		{"the company's own name", "Contracting Agency Name: Home Office\nLegal Business Name: ORR AVIATION, LLC\nDoing Business As Name: Orr Air\nBase and All Options Value: £39,204",
			"ORR AVIATION, LLC < home-office | £39,204 | awarded"},
		{"a change", "UK10: Contract change notice\nContracting authority: Home Office\nSupplier: Orr Cloud Limited\nContract value (before): £1,900\nContract value (after): £2,460",
			"Orr Cloud Limited < home-office | £2,460 | £1,900 | extended"},
		{"how it stands", "Supplier: Capita Business Services Ltd\nCustomer: Home Office\nContract status: Live", "capita < home-office | in_force"},
		{"a supplier in a sentence", "NOTICE OF AWARD CANCELLATION\nAgency: Home Office\nDescription: Tablets\nThe award to Orr Pathways LLC, announced in May, has been rescinded following a protest.",
			"Orr Pathways LLC < home-office | cancelled"},
		{"a row of cells between strokes", "Contract award\nTitle: Helicopters\nOrganization: Home Office\nContractor name / Country / Amount\nHeli Orr S.A.C. / Peru / USD 11,240,000",
			"Heli Orr S.A.C. < home-office | USD 11,240,000 | awarded"},
		{"a company of a listed name's first word", "Buyer: Home Office\nMain Contractor(s)\nCompass Minerals Fells Ltd\nAstbury House, Bradford Road\nContract Value (GBP): £1,450,000",
			"Compass Minerals Fells Ltd < home-office | £1,450,000 | awarded"},
		{"a form of two words", "Official name of the buyer: Home Office\nWinner:\nOfficial name: Moorwald Bau GmbH & Co. KG\nValue of the tender: 388.950,50 EUR\n6.1. Result",
			"Moorwald Bau GmbH & Co. KG < home-office | 388.950,50 EUR | awarded"},
		{"a numbered list with numbers of registers", "Issued by: Home Office\nAgency: Home Office\nTotal Contract Value: £5,700\nSupplier/s:\n1. Orr Coachlines Pty Ltd (ABN 30 004 118 220)\n2. Vane Ararat Pty Ltd (ABN 77 120 993 016)",
			"Orr Coachlines Pty Ltd+Vane Ararat Pty Ltd < home-office | £5,700 | awarded"},
		{"a table of two columns", "Agency: Home Office\nCommodity: Dock\nVendor\tAward Amount\nOrr Marine LP\t£1,932,775\nVendors not awarded\nVane Bay Inc.\t£2,204,000",
			"Orr Marine LP < home-office | £1,932,775 | awarded"},
		{"a sum beside a sentence", "The Home Office has awarded Contract 26/08 Pumps to Orr Fulcrum Limited.\n\nContract sum: £4,312,554\nCommencement: 16 March 2026\nTenders received: 3",
			"Orr Fulcrum Limited < home-office | £4,312,554 | awarded"},
		{"a name in small letters", "Norwood Forests has awarded a contract worth £46,005.18 to d j orr timber haulage.\n\nHaulage Q4\n\nRoad haulage of timber.",
			"d j orr timber haulage < Norwood Forests | £46,005.18 | awarded"},
		{"several in a sentence", "Norwood Council has awarded a contract worth £5,200,000 to ORR UK LIMITED, Vane MacDonald Ltd and Pell LLP.\n\nInspection (Interim)\n\nReplaces the arrangement with the outgoing provider.",
			"ORR UK LIMITED+Vane MacDonald Ltd+Pell LLP < Norwood Council | £5,200,000 | awarded"},
		{"labels without colons", "Award Profile\nAwarding Agency\nHome Office\nRecipient\nORR TRAIL CREWS LLC\nAward Amounts\nObligated Amount £284,300\nPotential Award Amount £611,900",
			"ORR TRAIL CREWS LLC < home-office | £611,900 | £284,300 | awarded"},
		{"the number of an amendment", "Contract number: 4500\nAmendment number: 002\nSupplier name: Orr Conseil inc.\nBuyer: Home Office\nTotal contract value: £1,240,000",
			"Orr Conseil inc. < home-office | £1,240,000 | extended"},
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

func TestNoticeOfLots(t *testing.T) {
	want := []string{"Orr Cleaning Ltd < home-office | £1,000 | awarded", "Vane Services LLP < home-office | £2,000 | awarded"}
	for name, text := range map[string]string{
		"headings":     "Title: Cleaning\nBuyer: Home Office\nLot 1. North\nSuppliers\nOrr Cleaning Ltd\nContract value\n£1,000\nLot 2. South\nSuppliers\nVane Services LLP\nContract value\n£2,000",
		"a sentence":   "Title: Cleaning\nBuyer: Home Office\nLot 1 (north). Awarded to Orr Cleaning Ltd; value £1,000\nLot 2 (south). Awarded to Vane Services LLP; value £2,000\nLot 3 (east) was not awarded.",
		"a table":      "Contracting authority: Home Office\nLot | Description | Supplier | Annual value\n1 | North | ORR CLEANING LTD | £1,000\n2 | South | Vane Services LLP | £2,000",
		"a list":       "Contract Awards – January 2026\nThe following contracts were awarded by the Home Office:\n1. Shelters – Orr Cleaning Ltd – £1,000 – 3 years\n2. Bootcamps – Vane Services LLP – £2,000",
		"tenderers":    "Award of contract – Cleaning\nBuyer: Home Office\nSuccessful tenderers\nLot 4a – Orr Cleaning Ltd (total lot value £1,000)\nLot 4b – Vane Services LLP (total lot value £2,000)\nUnsuccessful tenderers will be debriefed.",
		"a register":   "Contracts Register\nBuyer: Home Office\nContract Title: Pests\nSupplier Name: Orr Cleaning Ltd\nAnnual Value: £1,000\n\nContract Title: Dogs\nSupplier Name: Vane Services LLP\nAnnual Value: £2,000",
		"one by one":   "Buyer: Home Office\nSupplier: Orr Cleaning Ltd\nValue: £1,000\nSupplier: Vane Services LLP\nValue: £2,000",
		"a tabulation": "Using Agency\tHome Office\nItem\tVendor\tTotal bid\tAward\nSalt\tOrr Cleaning Ltd\t£1,000\tYes\nSalt\tEast Ltd\t£1,500\tNo\nGrit\tVane Services LLP\t£2,000\tYes",
	} {
		got := told(t, text)
		for i := range got {
			got[i] = strings.Replace(got[i], "ORR CLEANING LTD", "Orr Cleaning Ltd", 1)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
	}
}

// TestNoticesOfNoAward shows that what is only planned, or was given up, is no
// contract, and that what a notice says of an earlier one is.
func TestNoticesOfNoAward(t *testing.T) {
	for text, want := range map[string][]string{
		"UK4: Tender notice\nShelving\nHome Office\nTotal value (estimated)\n£220,000\nSupplier: to be confirmed":                                   {},
		"Section V: Award of contract\nOfficial name: Home Office\nTitle: Cleaning\nA contract/lot is awarded: no\nThe contract/lot is not awarded": {},
		"UK12: Procurement termination notice\nTitle: Fleet\nContracting authority: Home Office\nSupplier: none\nEstimated value: £780,000":         {},
		"Award ceremony 2026\nCategory: Best newcomer\nWinner: Orr & Vane Ltd\nPrize: £5,000\nAwarded to: the team behind the app":                  {},
		"Invoice\nSupplier: Orr Stationery Ltd\nCustomer: Jane Vane\nAmount: £48.20\nDate: 3 March 2026":                                            {},
		"How to read a contract award notice\nTitle: the name\nSupplier: who won it\nValue: what the buyer pays":                                    {},
		"Player of the month\nWinner: Leah Pryor\nClub: Fells Town\nValue: £250,000":                                                                {},
		"Price: £5\nSupplier: to be chosen in May\nTitle: Shambles":                                                                                 {},
		"Pipeline notice\nTitle: Guarding\nBuyer: Home Office\nIncumbent supplier: Serco\nContract end date: 31 March 2027":                         {"serco < home-office | in_force"},
	} {
		if diff := cmp.Diff(want, told(t, text)); diff != "" {
			t.Errorf("%q: -want +got:\n%s", text, diff)
		}
	}
}

// TestDefenceNotices reads the announcements of the American department of
// defence, which give each company its seat.
func TestDefenceNotices(t *testing.T) {
	for text, want := range map[string][]string{
		"Orr Civil Inc., Tampa, Florida (W912P8-1); Vane Dredging Co., Cincinnati, Ohio; and Pell Marine LLC, Mobile, Alabama, will compete for each order of the $240,000,000 contract for dredging. Bids were solicited. Naval Fells Command, Norfolk, is the contracting activity.": {
			"Orr Civil Inc.+Vane Dredging Co.+Pell Marine LLC < Naval Fells Command | $240,000,000 | awarded"},
		"Orr Shipyards Inc., Portsmouth, Virginia, is awarded a $74,918,233 contract for the docking of a ship. Work will be performed in Portsmouth. Work is expected to be completed by July 2027. Funds were obligated. The Fells Regional Maintenance Center, Norfolk, Virginia, is the contracting activity.": {
			"Orr Shipyards Inc. < Fells Regional Maintenance Center | $74,918,233 | awarded"},
		"Orr Sensor Systems,* Carlsbad, California, is awarded a $48,600,000 ceiling single-award, indefinite-quantity contract with a five-year ordering period for test sets. The Fells Warfare Center, Division Newport, is the contracting activity.": {
			"Orr Sensor Systems < Fells Warfare Center | $48,600,000 | awarded"},
		"Orr Bakers Co.,* Greenville, South Carolina, has been awarded a maximum $22,000,000 contract for bread. The contracting activity is the Fells Logistics Agency, Philadelphia.": {
			"Orr Bakers Co. < Fells Logistics Agency | $22,000,000 | awarded"},
	} {
		if diff := cmp.Diff(want, told(t, text)); diff != "" {
			t.Errorf("%.40q: -want +got:\n%s", text, diff)
		}
	}
}

// TestReleases reads what companies tell exchanges and the wires.
func TestReleases(t *testing.T) {
	for text, want := range map[string][]string{
		"Orr Municipal Ltd has been appointed by Wyremoor Council to operate depots. The contract, which starts in July, is expected to generate revenues of approximately £31m over its initial term.": {
			"Orr Municipal Ltd < Wyremoor Council | £31m | awarded"},
		"BRIEF-Orr & Tubman bags £32m order from Wyremoor Council\n* Order is for lamps":                   {"Orr & Tubman < Wyremoor Council | £32m | awarded"},
		"Orr Federal, Inc. (NASDAQ: ORR) has been awarded a $2m contract by the Internal Revenue Service.": {"Orr Federal, Inc. < Internal Revenue Service | $2m | awarded"},
	} {
		if diff := cmp.Diff(want, told(t, text)); diff != "" {
			t.Errorf("%.40q: -want +got:\n%s", text, diff)
		}
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
