// SPDX-License-Identifier: Apache-2.0

package extract

import "strings"

// field is what a label of a notice says of the value behind it.
type field uint8

const (
	fieldNone      field = iota // no label
	fieldOther                  // a label of something that is not read
	fieldSupplier               // who has the contract
	fieldLoser                  // who bid and does not have it
	fieldIncumbent              // who had it before
	fieldBuyer                  // who buys
	fieldCentral                // who buys for others
	fieldClient                 // whom it is bought for
	fieldName                   // a name: whose, the heading above says
	fieldFirm                   // a company's name: whose, the heading above says, or the supplier's
	fieldValue                  // what the contract is worth
	fieldSide                   // another sum of it: before or of a change, with taxes, a ceiling
	fieldTitle                  // what the contract is called
	fieldText                   // what it is about, at length
	fieldStart                  // when it starts
	fieldEnd                    // when it ends
	fieldPeriod                 // both dates, or a duration
	fieldKind                   // what kind of notice it is, or how the contract stands
	fieldResult                 // whether a bid won
	fieldHead                   // the name of the notice's kind, and perhaps its title
	fieldLot                    // not a label: what follows is about another lot
)

// sense is what one word of a label tells. A label is made of such words and of
// no others: "Name and address of the successful tenderer".
type sense uint32

const (
	senseJoin     sense = 1 << iota // says nothing by itself
	senseSupplier                   // names who supplies
	senseFirm                       // may name who supplies, or who buys
	senseTrade                      // may name who supplies, or who bid
	senseBuyer
	senseClient
	senseCentral
	senseValue
	senseTitle
	senseText
	senseStart
	senseEnd
	sensePeriod
	senseDate
	senseName
	senseThing   // what a name may be that of: "contract name"
	senseFrame   // ... "framework name"
	senseAward   // says of whom it stands beside that they won
	senseLoser   // ... that they did not
	senseBefore  // ... that they had it until now; of a sum, that it is no longer so
	senseAfter   // of a sum: that it is so from now on
	senseGross   // of a sum: another than the contract's own
	senseDetail  // "supplier details": a heading
	senseAddress // tells something else, unless a name stands beside
	senseOther   // tells something else
	senseKind
	senseResult
	senseTo
)

// labelWords are the words that the labels of notices are made of, in the forms
// of TED and eForms (business terms BT-500, BT-720 and their neighbours), Find a
// Tender and Contracts Finder, Public Contracts Scotland and Sell2Wales, eTenders,
// AusTender and the states' portals, SAM.gov, FPDS and USAspending, CanadaBuys,
// GETS, GeM and CPPP, the United Nations and the World Bank.
var labelWords = func() map[string]sense {
	m := map[string]sense{}
	for s, list := range map[sense]string{
		senseJoin: "of the a and or for in by with on as at is be will which whose this all any per under contract contracts contracting official legal full registered total estimated overall whole final annual actual " +
			"potential base option options excluding exclusive excl ex vat gst hst tax taxes net aud usd eur gbp cad nzd inr us currency rs sterling euro euros dollars rupees signed agreed accepted performed procuring purchasing commissioning " +
			"public un first second economic main lead prime order task delivery delivered task/delivery work month months years days ind t/a opportunity potential consortium joint group tender procurement project " +
			"agreement call off lot lots conclusion concluded given handled current payable paid inclusive cumulative face called concession approximate lifetime whom has been have was were are made between during expected over four five six seven eight l1 unique issuing responsible awarding chain provided performance these this including includes bid's",
		senseSupplier: "supplier suppliers contractor contractors vendor vendors tenderer tenderers bidder bidders respondent respondents awardee awardees winner winners seller sellers recipient recipients provider providers " +
			"operator operators concessionaire concessionaires offeror offerors proponent proponents payee consultant consultants manufacturer subcontractee",
		senseFirm:    "organisation organisations organization organizations entity entities party parties institution",
		senseTrade:   "firm firms company companies business",
		senseBuyer:   "authority authorities buyer buyers purchaser purchasers agency agencies customer customers client principal department ministry body bodies council employer buying utility procurer implementing executing owner inviting municipality competent",
		senseClient:  "behalf user end-user using requesting beneficiary",
		senseCentral: "central centralised centralized",
		senseValue:   "value values price prices amount amounts cost costs sum sums consideration worth dollar obligation obligations obligated fee bid offer spend expenditure compensation",
		senseTitle:   "title titles subject subject-matter object matter",
		senseText:    "description summary details-of-contract particulars goods services works product products item items scope purpose commodity",
		senseStart:   "start starts starting commencement commences commence begin begins beginning effective from",
		senseEnd:     "end ends ending expiry expires expiration completion complete finish until ultimate",
		sensePeriod:  "period duration term length dates",
		senseDate:    "date day signature",
		senseName:    "name names named",
		senseThing:   "contract contracts tender procurement project opportunity notice requirement solicitation programme call-off work",
		senseFrame:   "framework frameworks",
		senseAward:   "award awards awarded successful winning selected preferred chosen appointed recommended proposed intended",
		senseLoser:   "unsuccessful rejected evaluated losing disqualified excluded unselected eliminated participating participants competing ranked other others not",
		senseBefore:  "incumbent existing outgoing previous former before original initial prior",
		senseAfter:   "after updated revised new latest",
		senseGross:   "gross maximum ceiling amendment amendments increase modification modifications modified variation variations change changes decrease minimum highest lowest evaluation guaranteed funded funding range obligated obligation",
		senseDetail:  "details information data detail particulars section",
		senseAddress: "address addresses location",
		senseOther: "number numbers no nr id identifier identification national ref reference code codes town city country county region state district province postal post postcode zip email e-mail mail telephone phone tel fax url website web internet " +
			"nature procedure method methods reason reasons criteria criterion recommendation doing trading dba deadline closing close submission submissions published publication publish posted issued rank size sme smes registration register nuts cpv unspsc psc naics " +
			"contact person officer type-of weight weighting quantity unit units rate quarter place directive legislation law regulation notes note comments documents attachments attachment " +
			"origin cro abn acn vat-number duns uei cage tier sub-tier sub office role roles category categories industry sector keywords language variants variant bids tenders received responses number-of review appeal appeals standstill estimated-date " +
			"confidentiality confidential exemption threshold extension renewal renewals security bond warranty share percentage subcontracting subcontracted subcontractor subcontractors ocid sent decision signed-date link documents phase stage",
		senseKind:   "status type form kind",
		senseResult: "result results outcome",
		senseTo:     "to",
	} {
		for _, w := range strings.Fields(list) {
			m[w] |= s
		}
	}
	return m
}()

// maxLabel is the longest label, in bytes.
const maxLabel = 80

// labelField is what a label says, or fieldNone for what is none. What stands in
// brackets may have other words: "Awarded value (€)", "Supplier(s)".
func labelField(label string) field {
	if len(label) > maxLabel || len(label) < 3 {
		return fieldNone
	}
	var all, last sense
	var buf [maxLabel]byte
	words, depth := 0, 0
	for i := 0; i < len(label); {
		c := label[i]
		switch {
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		case isLabelByte(c):
			j := i
			for j < len(label) && (isLabelByte(label[j]) || label[j] >= '0' && label[j] <= '9') {
				j++
			}
			w := buf[:0]
			for _, c := range []byte(strings.Trim(label[i:j], "-")) {
				if c >= 'A' && c <= 'Z' {
					c |= 32
				}
				w = append(w, c)
			}
			s, ok := labelWords[string(w)]
			if !ok && depth <= 0 && j-i > 1 {
				return fieldNone
			}
			all, words, i = all|s, words+1, j
			if depth <= 0 && ok {
				last = s
			}
			continue
		case depth <= 0 && (c >= '0' && c <= '9' || strings.IndexByte("£$:;?!=|", c) >= 0):
			return fieldNone
		}
		i++
	}
	if words == 0 || words > 12 {
		return fieldNone
	}
	return labelSense(all, last)
}

func isLabelByte(c byte) bool { return c|32 >= 'a' && c|32 <= 'z' || c == '-' }

// labelSense is the field that words of these senses, the last of them in last,
// are the label of.
func labelSense(all, last sense) field {
	has := func(s sense) bool { return all&s != 0 }
	if has(senseOther) || has(senseAddress) && !has(senseName) || has(senseKind) && has(senseSupplier|senseBuyer|senseFirm) {
		return fieldOther
	}
	if f := labelTime(has); f != fieldNone {
		return f
	}
	switch {
	case has(senseValue):
		if has(senseBefore|senseLoser) || has(senseGross) && !has(senseAfter) {
			return fieldSide
		}
		return fieldValue
	case has(senseClient) && has(senseBuyer|senseFirm|senseName|senseClient):
		return fieldClient
	case has(senseSupplier):
		return labelSupplier(has)
	case has(senseCentral) && has(senseBuyer):
		return fieldCentral
	case has(senseBuyer):
		return fieldBuyer
	case has(senseFirm | senseTrade):
		return labelFirm(has)
	case has(senseKind):
		return fieldKind
	case has(senseResult):
		return fieldResult
	case has(senseTitle), has(senseName) && has(senseThing|senseFrame):
		return fieldTitle
	case has(senseAward) && last&senseTo != 0:
		return fieldSupplier
	case has(senseText), has(senseDetail) && !has(senseAward):
		return fieldText
	case has(senseName):
		return fieldName
	case has(senseFrame):
		return fieldOther
	case has(senseThing) && !has(senseDetail):
		return fieldHead
	}
	return fieldOther
}

// labelTime is the field of a label that speaks of dates.
func labelTime(has func(sense) bool) field {
	party := has(senseSupplier | senseBuyer | senseFirm | senseTrade | senseClient | senseName)
	start, end := has(senseStart), has(senseEnd)
	switch {
	case has(senseBefore) && (start || end) && !has(senseValue):
		return fieldOther
	case has(senseValue), party && !has(senseDate|sensePeriod):
		return fieldNone
	case start && end, has(sensePeriod):
		return fieldPeriod
	case start && !has(senseAward):
		return fieldStart
	case end && !has(senseAward):
		return fieldEnd
	case has(senseDate):
		return fieldOther
	}
	return fieldNone
}

func labelSupplier(has func(sense) bool) field {
	switch {
	case has(senseLoser):
		return fieldLoser
	case has(senseBefore):
		return fieldIncumbent
	}
	return fieldSupplier
}

// labelFirm reads labels of words that may mean either side.
func labelFirm(has func(sense) bool) field {
	switch {
	case has(senseLoser):
		return fieldLoser
	case has(senseAward):
		return fieldSupplier
	case has(senseTrade):
		return fieldFirm
	}
	return fieldBuyer
}
