// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
)

// rolesIn lists what is tagged in a text: "surface/role", in order.
func rolesIn(t *testing.T, text string) []string {
	t.Helper()
	d := &copytaster.Document{Article: copytaster.Article{Text: text, Country: "GB"}}
	shared(t).Tag(d)
	out := []string{}
	for _, m := range d.Mentions {
		out = append(out, m.Surface+"/"+string(m.Role))
	}
	return out
}

func TestSuppliersThatTheWordsAroundThemShow(t *testing.T) {
	tests := []roleCase{
		{"in a list with a listed one", "Ministers will on Monday invite Capita and Tarvelle to bid for the contract.", "Capita/supplier; Tarvelle/supplier"},
		{"a list of three", "Bids for the pier contract came in from Brannoch, Kier and Jenkins Dredging, harbour chiefs said.", "Brannoch/supplier; Kier/supplier; Jenkins Dredging/supplier"},
		{"behind what it is called", "The contract, held by Serco since 2019, goes to newcomer Eldon Water.", "Serco/supplier; Eldon Water/supplier"},
		{"at the head of a sentence", "Kier won the contract. Incumbent Tarvelle, which had held it since 2016, got nothing.", "Kier/supplier; Tarvelle/supplier"},
		{"set between commas", "Its contract with the previous operator, Corve Travel, lapsed in May.", "Corve Travel/supplier"},
		{"at the head of the text, behind its by", "By Tarvelle Works\n\nSerco has won the contract.", "Serco/supplier"},
		{"with a verb of being", "At the second prison, the provider was Tarvelle until the contract ended.", "Tarvelle/supplier"},
		{"behind a participle", "Lessons at the prison are delivered by Novalis (£2m a year) under a contract with the firm.", "Novalis/supplier"},
		{"bought from", "The software was bought from Trakwise under a contract of 2020, the firm said.", "Trakwise/supplier"},
		{"payments to", "The hospital froze payments to Optalis Imaging, a firm that reads scans.", "Optalis Imaging/supplier"},
		{"beaten to a contract", "Serco beat Orrin Custody to the contract.", "Serco/supplier; Orrin Custody/supplier"},
		{"beaten in a match", "Fenerbahce beat Basaksehir; the player is out of contract in June.", ""},
		{"an order placed with", "The harbour has cancelled a £31m order for lifts placed with Corve Elevators.", "Corve Elevators/supplier"},
		{"a bid from", "The council approved the contract after a rival bid from Tarvelle arrived late.", "Tarvelle/supplier"},
		{"whose bid", "The vans of the contract will belong to Tarvelle Custody, whose bid was lower.", "Tarvelle Custody/supplier"},
		{"who beat another", "TVL, based in Hexley, beat Serco to the order, which is worth £85m.", "TVL/supplier; Serco/supplier"},
		{"in the race", "Tarvelle Fleet and Corvecar are the last two in the race to supply pumps.", "Tarvelle Fleet/supplier; Corvecar/supplier"},
		{"in the race of a season", "Hexley Town are in the race for the title.", ""},
		{"two words behind a common participle", "The inspections under the contract are done by Harrap Baines, a surveying practice.", "Harrap Baines/supplier"},
		{"a minister", "To ask the Secretary of State for Rivers how much the contract with Serco cost.", "Serco/supplier"},
		{"a national body", "The Scottish Canal Agency has signed a contract with Serco.", "Scottish Canal Agency/buyer; Serco/supplier"},
		{"served until a month", "The meals contract, provided until July by Goodfare, was not renewed by the firm.", "Goodfare/supplier"},
		{"another firm of a doubtful name", "The contract of Southern Water, a firm that pumps, was renewed. Southern Water said so.", "Southern Water/supplier; Southern Water/supplier"},
		{"an owner", "Owner Les Mace said the firm had a maintenance contract.", ""},
		{"days", "The council set aside £640,000 for the contract, and opens on Sundays from May.", ""},
		{"an adjective of time", "The firm's contract is an arrangement with Victorian elegance.", ""},
		{"a member's seat", "Sarah Iddon (Rochford West): To ask ministers which companies hold contracts.", ""},
		{"a person", "Work on the contract was delivered by Ann Orr, the firm's manager.", ""},
		{"a town in a list with nothing", "The firm won contracts in Leeds, Hexley and York.", ""},
		{"a comma that ends a clause", "After the talks with Capita, Hexley residents asked about the contract.", "Capita/supplier"},
		{"a place behind a company's name", "The contract went to Solaris Benefit Systems Ltd of Tulsa.", "Solaris Benefit Systems Ltd/supplier"},
		{"a shouted word before a name", "CASH-STRAPPED Dunholme Council is to pay the firm more.", "Dunholme Council/buyer"},
		{"a maker's product", "Eleven Airbus A350s were taken out of service.", "Airbus/supplier"},
	}
	checkRoles(t, tests)
}

func TestNamesThatMeanSomethingElseToo(t *testing.T) {
	tests := []roleCase{
		{"an acronym heads the sentence", "NSL wardens were out in Saltby before dawn.", "NSL/supplier"},
		{"an acronym at work", "Graduates at EY will come in four days a week.", "EY/supplier"},
		{"an acronym behind a possessive", "Canada's CGI may buy the software house.", "CGI/supplier"},
		{"behind at", "A shortage of surveyors at Mears was blamed.", "Mears/supplier"},
		{"a verb of doing follows", "Mears is out, and the tenants get a new handyman.", "Mears/supplier"},
		{"a short form beside a word of trade", "The previous cleaner, Churchill, lost out on price.", "Churchill/supplier"},
		{"a person says", "Churchill says that he sold the boat in May.", ""},
		{"a statesman", "The bust of Winston Churchill was moved; Churchill would have laughed.", ""},
		{"a street", "They met in Reed and walked home.", ""},
		{"a noun heads the sentence", "Tarmac laid on Mill Lane is lifting again.", ""},
	}
	checkRoles(t, tests)
}

// roleCase is a text with the organisations in it and their roles.
type roleCase struct{ name, text, want string }

func checkRoles(t *testing.T, tests []roleCase) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, strings.Join(rolesIn(t, tt.text), "; ")); d != "" {
				t.Errorf("%s\n(-want +got)\n%s", tt.text, d)
			}
		})
	}
}

// TestPublicBodiesByShape shows bodies that no list has as buyers, whatever the
// sentence says that they do, and none of them as a supplier.
func TestPublicBodiesByShape(t *testing.T) {
	for _, body := range []string{"Ministry for Rivers", "Department of Corrections and Parole", "Office for Harbour Works", "Westershire County Council",
		"Royal Borough of Redmere", "Police Service of Westershire", "Westershire Fire Service", "Hexley NHS Foundation Trust", "NHS Westershire",
		"Westershire Integrated Care Board", "Border Patrol Force"} {
		for _, text := range []string{"The " + body + " has hired Serco to run its canteen.", "The contract was won by the " + body + ", officials said.",
			"Serco and the " + body + " signed a £5m contract."} {
			t.Run(body, func(t *testing.T) {
				got := rolesIn(t, text)
				if strings.Contains(strings.Join(got, "; "), body+"/supplier") {
					t.Errorf("%s\n%v", text, got)
				}
				if !strings.Contains(strings.Join(got, "; "), body+"/buyer") {
					t.Errorf("%s\nthe body is missing from %v", text, got)
				}
			})
		}
	}
}

func TestATownIsNotItsCouncil(t *testing.T) {
	got := rolesIn(t, "The bill for Penhallow's new software has trebled. Penhallow Council bought it from Civica.")
	if d := cmp.Diff([]string{"Penhallow Council/buyer", "Civica/supplier"}, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// TestAJointVentureIsNeitherOfItsOwners shows that the alert of an owner does not
// ring for a venture that bears its name.
func TestAJointVentureIsNeitherOfItsOwners(t *testing.T) {
	d := &copytaster.Document{Article: copytaster.Article{Text: "Balfour Beatty VINCI, which builds part of the line, said costs had risen. Serco said nothing."}}
	shared(t).Tag(d)
	var got []string
	for _, m := range d.Mentions {
		got = append(got, m.Surface+"="+m.Entity+"/"+string(m.Role))
	}
	if diff := cmp.Diff([]string{"Balfour Beatty VINCI=/supplier", "Serco=serco/supplier"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	t.Run("owners that a mark parts stay two", func(t *testing.T) {
		if d := cmp.Diff([]string{"Balfour Beatty/supplier", "Vinci/supplier"}, rolesIn(t, "A venture of Balfour Beatty and Vinci builds the line.")); d != "" {
			t.Errorf("(-want +got)\n%s", d)
		}
	})
}
