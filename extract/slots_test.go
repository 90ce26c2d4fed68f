// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
)

// read analyses a text with the built-in list.
func read(t *testing.T, text string) *analysis {
	t.Helper()
	tagger := shared(t)
	return tagger.relations.analyse(&analysis{text: text, money: tagger.money.Find(text, Hint{}), scratch: new(scratch)})
}

// pieces prints the first sentence as the rules see it: N a name, F what stands
// for a supplier, B for a buyer, M a figure, C a contract noun, V a verb.
func pieces(t *testing.T, text string) string {
	t.Helper()
	a := read(t, text)
	s := &a.sents[0]
	var out []string
	for _, it := range a.items(s) {
		w := a.text[a.toks[it.from].start:a.toks[it.to-1].end]
		mark := map[itemKind]string{itName: "N", itFirm: "F", itBody: "B", itMoney: "M", itPaper: "C", itVerb: "V"}[it.kind]
		if it.kind == itVerb && it.passive {
			mark += "p"
		}
		if it.kind == itVerb && it.negated {
			mark += "n"
		}
		if mark != "" {
			out = append(out, mark+":"+w)
		}
	}
	return strings.Join(out, " ")
}

func TestItems(t *testing.T) {
	for text, want := range map[string]string{
		"Serco has won a £5m contract.":                                  "N:Serco V:won M:£5m C:contract",
		"Serco has been awarded the deal.":                               "N:Serco Vp:awarded C:deal",
		"Serco did not win the contract.":                                "N:Serco Vn:win C:contract",
		"The outsourcing giant was stripped of its contract.":            "F:The outsourcing giant Vp:stripped of C:contract",
		"Ministers handed the firm the contract.":                        "B:Ministers V:handed F:the firm C:contract",
		"The council's decision to award Serco the contract":             "B:The council V:award N:Serco C:contract",
		"Nine suppliers appointed to the framework met.":                 "Vp:appointed C:framework",
		"Serco lost a £40m court services contract.":                     "N:Serco V:lost M:£40m C:contract",
		"The Home Office is to review the contract.":                     "N:Home Office V:review C:contract",
		"A review of the contract was ordered.":                          "C:contract Vp:ordered",
		"Serco pulled out of the contract and walked away from it":       "N:Serco V:pulled out C:contract V:walked away F:it",
		"It would be in the public interest to know.":                    "",
		"Germany's defence ministry has cancelled the order for rifles.": "N:Germany B:ministry V:cancelled C:order",
	} {
		if diff := cmp.Diff(want, pieces(t, text)); diff != "" {
			t.Errorf("%s\n-want +got:\n%s", text, diff)
		}
	}
}

func TestDiscoveredNames(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a legal suffix", "The work went to Orr Vane Ltd.", "Orr Vane Ltd"},
		{"an apposition before", "The software firm Quillfeather won.", "Quillfeather"},
		{"an apposition behind", "Quillfeather, a software firm, won.", "Quillfeather"},
		{"a company word", "The contract went to Norwood Dredging.", "Norwood Dredging"},
		{"a possessive inside", "The council hired Harkin's Coaches to drive pupils.", "Harkin's Coaches"},
		{"trading as", "Orr Limited t/a Vane Foods won.", "Orr Limited t/a Vane Foods"},
		{"a body's full name", "Northfield Hospitals NHS Foundation Trust paid.", "Northfield Hospitals NHS Foundation Trust"},
		{"an ampersand", "Ladle & Larder, which won the contract, cooks.", "Ladle & Larder"},
		{"a place behind it is not part of it", "It went to Lensguard of Ohio.", "Lensguard"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := read(t, c.text)
			for i := range a.names {
				if a.surface(&a.names[i]) == c.want {
					return
				}
			}
			t.Errorf("%q has no name %q", c.text, c.want)
		})
	}
}

func TestLikeness(t *testing.T) {
	like := func(text, name string) int {
		a := read(t, text)
		for i := range a.names {
			if a.surface(&a.names[i]) == name {
				return a.names[i].like
			}
		}
		t.Fatalf("%q has no name %q", text, name)
		return 0
	}
	for _, c := range []struct{ text, name string }{
		{"The work went to Orr Vane Ltd.", "Orr Vane Ltd"},
		{"The work went to Norwood Dredging.", "Norwood Dredging"},
		{"The software firm Quillfeather won.", "Quillfeather"},
		{"CyanConnode and others bid.", "CyanConnode"},
	} {
		if got := like(c.text, c.name); got < 1 {
			t.Errorf("%s: %q has %d", c.text, c.name, got)
		}
	}
	for _, c := range []struct{ text, name string }{
		{"The minister Ida Orr said no.", "Ida Orr"},
		{"It met Paul Vane there.", "Paul Vane"},
		{"Many in Thornby complain.", "Thornby"},
		{"A tour of the University of Maine ended.", "University of Maine"},
		{"Serco (LSE: SRP) rose.", "SRP"},
		{"The shadow minister for Defence spoke.", "Defence"},
		{"The firm, of Arlington, Virginia, won.", "Arlington"},
	} {
		if got := like(c.text, c.name); got > -1 {
			t.Errorf("%s: %q has %d", c.text, c.name, got)
		}
	}
}

func TestShortFormsNameTheSameParty(t *testing.T) {
	for _, c := range []struct{ text, short, full string }{
		{"Contrack International has a contract. Contrack said so.", "Contrack", "Contrack International"},
		{"The contract went to Arts Alliance Cinema (AAC). AAC said so.", "AAC", "Arts Alliance Cinema"},
	} {
		a := read(t, c.text)
		for i := range a.names {
			if n := &a.names[i]; a.surface(n) == c.short && n.party != c.full {
				t.Errorf("%q is of %q", c.short, n.party)
			}
		}
	}
}

func TestShortFormOfAListedNameIsListed(t *testing.T) {
	d := &copytaster.Document{Article: copytaster.Article{Text: "Transport for London (TFLX) has hired Serco to clean. TFLX said so."}}
	shared(t).Tag(d)
	n := 0
	for _, m := range d.Mentions {
		if m.Surface == "TFLX" && m.Entity == "tfl" {
			n++
		}
	}
	if n != 2 {
		t.Errorf("%d of 2 short forms are bound: %+v", n, d.Mentions)
	}
}

func TestBuyers(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"the one that awards, not the one that reports", "The National Audit Office said the Home Office had awarded Serco a contract.", "home-office"},
		{"the specific one, not the general", "Serco has won a contract with the Government. Its agreement with the Home Office covers hotels.", "home-office"},
		{"the government where no other is named", "Serco has signed a contract with the Government in London.", "uk-government"},
		{"the American one in an American text", "The Government in Washington has awarded Leidos a $5m contract.", "us-government"},
		{"a body spoken of before", "Norwood Council met. The council has awarded Serco a contract.", "Norwood Council"},
		{"a name of no known sort that awards", "Blythe Academies has awarded a contract worth £5,000 to Serco.", "Blythe Academies"},
		{"not the one it is compared with", "Serco won a contract instead of the NHS.", ""},
		{"the contracting activity", "Leidos, Reston, Virginia, was awarded a $5,000,000 contract for radios. Naval Fells Command is the contracting activity.", "Naval Fells Command"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &copytaster.Document{Article: copytaster.Article{Text: c.text}}
			shared(t).Tag(d)
			if len(d.Contracts) != 1 || d.Contracts[0].Buyer.Key() != c.want {
				t.Errorf("got %+v, want the buyer %q", d.Contracts, c.want)
			}
		})
	}
}

func TestEvidenceQuotesTheStatement(t *testing.T) {
	text := "Serco was busy. It has won a £5m contract with the Home Office. Rain fell. The contract is under review."
	d := &copytaster.Document{Article: copytaster.Article{Text: text}}
	shared(t).Tag(d)
	if len(d.Contracts) != 1 {
		t.Fatalf("%+v", d.Contracts)
	}
	var got []string
	for _, e := range d.Contracts[0].Evidence {
		got = append(got, e.Of(text))
	}
	want := []string{"It has won a £5m contract with the Home Office.", "The contract is under review."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestOutranks(t *testing.T) {
	for _, c := range []struct {
		later, before copytaster.Status
		want          bool
	}{
		{copytaster.StatusTerminated, copytaster.StatusAwarded, true},
		{copytaster.StatusUnderReview, copytaster.StatusInForce, true},
		{copytaster.StatusAwarded, copytaster.StatusBidding, true},
		{copytaster.StatusAwarded, copytaster.StatusTerminated, false},
		{copytaster.StatusInForce, copytaster.StatusExtended, false},
	} {
		if got := outranks(c.later, c.before); got != c.want {
			t.Errorf("%s after %s: %v", c.later, c.before, got)
		}
	}
}

func TestVerbForms(t *testing.T) {
	for w, want := range map[string]form{
		"won": formPast | formPart, "wins": formS, "winning": formIng, "win": formBase, "stripped": formPast | formPart, "renewed": formPast | formPart,
		"chosen": formPart, "supplies": formS, "supplied": formPast | formPart, "bidding": formIng, "scrapping": formIng, "has": formS, "cancelled": formPast | formPart,
	} {
		if got := verbs[w].form; got != want {
			t.Errorf("%s: %b, want %b", w, got, want)
		}
	}
}

func TestPhraseAt(t *testing.T) {
	const s = " serco was stripped of its deal "
	for phrase, want := range map[string]bool{"stripped of": true, "serco": true, "deal": true, "ripped of": false, "strip": false, "of its de": false, "": false} {
		if got := hasPhrase(s, phrase); got != want {
			t.Errorf("%q: %v", phrase, got)
		}
	}
}

func TestSuffixes(t *testing.T) {
	for name, want := range map[string]int{
		"Orr Ltd": 1, "Orr Ltd.": 2, "Orr Pty Ltd": 2, "Orr": 0, "Ltd": 0, "Orr Group plc": 1, "Orr & Co": 1, "Orr S.A.": 1, "Orr Works": 0,
	} {
		if got := suffixLen(name, tokenise(name)); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
}

func TestOverlapOfSubjects(t *testing.T) {
	for _, c := range []struct {
		x, y string
		want float64
	}{
		{"electronic tagging", "the electronic tagging of offenders", 1},
		{"electronic tagging", "asylum housing", 0},
		{"run two hotels", "two hotels in Kent", 1},
	} {
		if got := overlap(c.x, c.y); fmt.Sprintf("%.1f", got) != fmt.Sprintf("%.1f", c.want) {
			t.Errorf("%q and %q: %.2f", c.x, c.y, got)
		}
	}
}

// TestAnOptionIsNoExtension shows that a contract that may be extended was not.
func TestAnOptionIsNoExtension(t *testing.T) {
	const won = "Serco has won a £148m contract with the Home Office. "
	for text, want := range map[string]copytaster.Status{
		won + "It may be extended by up to two years.":             copytaster.StatusAwarded,
		won + "The contract could be extended by up to two years.": copytaster.StatusAwarded,
		won + "The contract has been extended by two years.":       copytaster.StatusExtended,
	} {
		d := &copytaster.Document{Article: copytaster.Article{Text: text}}
		shared(t).Tag(d)
		if len(d.Contracts) != 1 || d.Contracts[0].Status != want {
			t.Errorf("%s\n%+v, want %s", text, d.Contracts, want)
		}
	}
}

// TestTheSameGovernmentEveryTime shows that a text of two countries, for which as
// much speaks, has one customer however often it is read.
func TestTheSameGovernmentEveryTime(t *testing.T) {
	const text = "The Sydney company was awarded a $30m contract by the Government to guard hotels in Melbourne, the Washington paper said. Serco runs the others under a contract with the Government."
	first := told(t, text)
	for range 60 {
		if diff := cmp.Diff(first, told(t, text)); diff != "" {
			t.Fatalf("-first +again:\n%s", diff)
		}
	}
}
