// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
)

// told are the contracts that a text tells of: "supplier+supplier < buyer |
// subject | figure | status", empty slots left out.
func told(t *testing.T, text string) []string {
	t.Helper()
	d := &copytaster.Document{Article: copytaster.Article{Text: text}}
	shared(t).Tag(d)
	out := []string{}
	for _, c := range d.Contracts {
		var names []string
		for _, s := range c.Suppliers {
			names = append(names, s.Key())
		}
		line := strings.Join(names, "+")
		if c.Buyer.Key() != "" {
			line += " < " + c.Buyer.Key()
		}
		for _, v := range c.Values {
			line += " | " + v.Surface
		}
		out = append(out, line+" | "+string(c.Status))
	}
	return out
}

func TestFrames(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"wins", "Serco has won a £5m contract from the Home Office.", "serco < home-office | £5m | awarded"},
		{"is awarded", "Serco has been awarded a £5m contract by the Home Office.", "serco < home-office | £5m | awarded"},
		{"awards to", "The Home Office has awarded a £5m contract to Serco.", "serco < home-office | £5m | awarded"},
		{"hands", "The Home Office handed Serco the £5m contract.", "serco < home-office | £5m | awarded"},
		{"went to", "The £5m contract went to Serco, the Home Office said.", "serco < home-office | £5m | awarded"},
		{"hires", "The Home Office has appointed Serco to guard the hotel.", "serco < home-office | awarded"},
		{"signs with", "The Home Office signed a £5m contract with Serco.", "serco < home-office | £5m | awarded"},
		{"signed by the supplier", "Serco signed a £5m contract with the Home Office.", "serco < home-office | £5m | awarded"},
		{"between", "The £5m contract between the Home Office and Serco was signed yesterday.", "serco < home-office | £5m | awarded"},
		{"pays", "The Home Office paid Serco £5m to guard hotels.", "serco < home-office | £5m | in_force"},
		{"runs for", "Serco runs the centre for the Home Office.", "serco < home-office | in_force"},
		{"is run by", "The centre is run by Serco on behalf of the Home Office.", "serco < home-office | in_force"},
		{"under a contract", "Serco will guard hotels under a £5m contract with the Home Office.", "serco < home-office | £5m | awarded"},
		{"possessive", "Serco's £5m contract with the Home Office covers hotels.", "serco < home-office | £5m | in_force"},
		{"held by", "The contract held by Serco since 2014 covers hotels, the Home Office said.", "serco < home-office | in_force"},
		{"whose", "Serco, whose Home Office contract covers hotels, declined to comment.", "serco < home-office | in_force"},
		{"loses", "Serco has lost its £5m contract with the Home Office.", "serco < home-office | £5m | terminated"},
		{"stripped of", "Serco was stripped of its Home Office contract.", "serco < home-office | terminated"},
		{"terminates", "The Home Office has terminated its £5m contract with Serco.", "serco < home-office | £5m | terminated"},
		{"hands back", "Serco is to hand back its £5m contract with the Home Office.", "serco < home-office | £5m | exiting_early"},
		{"pulls out", "Serco has pulled out of a £5m contract with the Home Office.", "serco < home-office | £5m | exiting_early"},
		{"scraps", "The Home Office has scrapped a £5m contract with Serco.", "serco < home-office | £5m | cancelled"},
		{"extends", "The Home Office has extended Serco's £5m contract.", "serco < home-office | £5m | extended"},
		{"reviews", "The Home Office is to review its £5m contract with Serco.", "serco < home-office | £5m | under_review"},
		{"bids", "Serco is bidding for a £5m contract with the Home Office.", "serco < home-office | £5m | bidding"},
		{"preferred bidder", "Serco has been named preferred bidder for the £5m Home Office contract.", "serco < home-office | £5m | planned"},
		{"sues", "Serco is suing the Home Office over its £5m contract.", "serco < home-office | £5m | disputed"},
		{"joint award", "The Home Office awarded Serco, Mitie and G4S a £5m contract.", "serco+mitie+g4s < home-office | £5m | awarded"},
		{"orders goods", "The Home Office has ordered 41 vans from Babcock International at a cost of £5m.", "babcock < home-office | £5m | awarded"},
		{"outsources", "The Home Office outsourced its cleaning to Mitie.", "mitie < home-office | in_force"},
		{"takes over", "Serco will take over the £5m contract from Mitie, the Home Office said.", "serco < home-office | £5m | awarded"},
		{"unlisted with a legal suffix", "Norwood Council has awarded a £5m contract to Quillfeather Ltd.", "Quillfeather Ltd < Norwood Council | £5m | awarded"},
		{"unlisted in apposition", "Software firm Quillfeather has won a £5m contract from Norwood Council.", "Quillfeather < Norwood Council | £5m | awarded"},
		{"unlisted after a relative", "Meals are cooked by Quillfeather Foods, which won the contract from Norwood Council.", "Quillfeather Foods < Norwood Council | awarded"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff([]string{c.want}, told(t, c.text)); diff != "" {
				t.Errorf("%s\n-want +got:\n%s", c.text, diff)
			}
		})
	}
}

func TestSeveralSentences(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"the firm", "Serco was in trouble. The firm was stripped of its Home Office contract.", []string{"serco < home-office | terminated"}},
		{"it is worth", "Serco has won a contract with the Home Office. It is worth £5m.", []string{"serco < home-office | £5m | awarded"}},
		{"the status told later", "Serco holds a £5m contract with the Home Office. The contract is now being reviewed.", []string{"serco < home-office | £5m | under_review"}},
		{"one record however often it is told", "Serco has won a £5m contract with the Home Office. The Home Office awarded Serco the £5m contract on Monday.",
			[]string{"serco < home-office | £5m | awarded"}},
		{"another is another", "Serco has a £5m contract with the Home Office. It has won another contract, worth £9m, from the Ministry of Justice.",
			[]string{"serco < home-office | £5m | in_force", "serco < uk-moj | £9m | awarded"}},
		{"told first without its supplier", "Two firms competed for the £5m contract to test water. Quillfeather Labs, which won the contract, is from Leeds.",
			[]string{"Quillfeather Labs | £5m | awarded"}},
		{"they are both", "Serco and Mitie both bid. They won £5m contracts from the Home Office.", []string{"serco+mitie < home-office | £5m | awarded"}},
		{"the seat of the company", "Serco Inc., Newark, New Jersey, was awarded a $5m contract for radios. The Home Office is the contracting activity.",
			[]string{"serco < home-office | $5m | awarded"}},
		{"lost to another", "Serco lost the £5m contract to Mitie, the Home Office said.",
			[]string{"serco < home-office | £5m | terminated", "mitie < home-office | £5m | awarded"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, told(t, c.text)); diff != "" {
				t.Errorf("%s\n-want +got:\n%s", c.text, diff)
			}
		})
	}
}

func TestNoContract(t *testing.T) {
	for name, text := range map[string]string{
		"a denial":            "Serco denied that it had been offered any contract by the Home Office.",
		"a correction":        "An earlier version of this article said Serco had won a contract to run the roll.",
		"an untrue report":    "Reports that Serco had been handed a secret contract were simply untrue, a spokesman said.",
		"no contract":         "No contract has been signed with Serco, the Home Office said.",
		"speculation":         "Who will take it on? G4S anyone?",
		"a condition":         "If it won the contract, Serco would hire 500 people.",
		"will not bid":        "Serco said it would not bid for the contract.",
		"a takeover":          "Serco has agreed a £180m deal to buy the facilities group Brackley.",
		"a results story":     "Capita said profit fell 12% to £93m and that it would cut 900 jobs.",
		"sport":               "The striker has signed a £5m contract with the club until the end of the season.",
		"a record deal":       "The singer signed a £3m record deal before her first album.",
		"a phone deal":        "Vodafone offers a SIM for £20 a month on a 24 month contract.",
		"employment":          "Zero-hours contracts are held by a million people, Serco said.",
		"futures":             "Brent futures contracts for May delivery rose to $84 a barrel.",
		"a social contract":   "The social contract has frayed, KPMG argues.",
		"the verb":            "The economy contracted by 0.4%, Deloitte said. Patients contract the virus.",
		"a hitman":            "He put a contract on the life of a Serco manager for £20,000.",
		"a list of names":     "The usual suspects, Serco, Capita and G4S, sat in the front row.",
		"a former employer":   "The minister, a former Capita executive, cut the tape.",
		"no name":             "The firm, which was not named, won the £5m contract from the Home Office.",
		"a person's contract": "Brady signed a two-year, $50 million contract with the Buccaneers in March",
		"a trade deal":        "The trade deal with Australia will help BAE Systems, the minister said.",
		"a job advert":        "Hays: Contract Manager, Leeds - £350 per day",
		"losing bidders":      "Alstom has lost out on a contract worth £80m to build trams.",
	} {
		t.Run(name, func(t *testing.T) {
			if got := told(t, text); len(got) > 0 {
				t.Errorf("%s\n\tfound %v", text, got)
			}
		})
	}
}

func TestValuesOfContracts(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"worth", "The Home Office has awarded Serco a contract worth £5m.", "£5m"},
		{"valued at", "Serco won a Home Office contract valued at £5m.", "£5m"},
		{"that costs", "Hotels are run by Serco under a contract that costs the Home Office £5m a year.", "£5m"},
		{"for", "The Home Office gave Serco the contract for £5m.", "£5m"},
		{"the latest of two", "The Home Office has torn up its agreement with Serco after costs blew out from £6m to £31m.", "£31m £6m"},
		{"the original of a conversion", "Serco has pulled out of a $325m (£170m) contract with the Home Office.", "$325m"},
		{"a profit is none", "Serco, which won a Home Office contract, made a profit of £80m.", ""},
		{"a fine is none", "Serco was fined £19m over its tagging contract with the Ministry of Justice.", ""},
		{"another's is none", "Serco, which runs hotels for the Home Office, said it would not bid for the next contract, worth £9m.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &copytaster.Document{Article: copytaster.Article{Text: c.text}}
			shared(t).Tag(d)
			if len(d.Contracts) == 0 {
				t.Fatalf("no contract in %q", c.text)
			}
			var got []string
			for _, v := range d.Contracts[0].Values {
				got = append(got, v.Surface)
			}
			if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("%s\n-want +got:\n%s", c.text, diff)
			}
		})
	}
}

func TestSubjects(t *testing.T) {
	for text, want := range map[string]string{
		"Serco won a contract to run two hotels in Kent, the Home Office said.":        "run two hotels in Kent",
		"The Home Office awarded Serco a contract for hotel security.":                 "hotel security",
		"Serco has lost its electronic monitoring contract with the Home Office.":      "electronic monitoring",
		"Serco has won a five-year, £9m asylum housing contract from the Home Office.": "asylum housing",
	} {
		d := &copytaster.Document{Article: copytaster.Article{Text: text}}
		shared(t).Tag(d)
		if len(d.Contracts) != 1 || d.Contracts[0].Subject != want {
			t.Errorf("%s\n\tgot %+v, want %q", text, d.Contracts, want)
		}
	}
}
