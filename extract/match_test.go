// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
)

// named are the listed organisations that a text names: "surface=id".
func named(g *Gazetteer, text string) []string {
	out := []string{}
	d := &copytaster.Document{Article: copytaster.Article{Text: text}}
	NewTagger(g).Tag(d)
	for _, m := range d.Mentions {
		if m.Entity != "" {
			out = append(out, m.Surface+"="+m.Entity)
		}
	}
	return out
}

func TestNamesAsTheyAreWritten(t *testing.T) {
	g := builtin(t)
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a one-word name", "Serco won.", []string{"Serco=serco"}},
		{"a possessive", "Serco's win and Capita’s loss", []string{"Serco=serco", "Capita=capita"}},
		{"a hyphenation", "the Atos-run tests", []string{"Atos=atos"}},
		{"glued to a small word", "overseen byAtos and ofCapita’s role", []string{"Atos=atos", "Capita=capita"}},
		{"glued to a stop", "support.Atos left", []string{"Atos=atos"}},
		{"across a hard line break", "Sopra\nSteria has been paid by the Home\nOffice for visas", []string{"Sopra\nSteria=sopra-steria", "Home\nOffice=home-office"}},
		{"upper case of a notice", "Awarded to: CAPITA BUSINESS SERVICES LIMITED", []string{"CAPITA BUSINESS SERVICES LIMITED=capita"}},
		{"a legal suffix belongs to the name", "Serco Group plc and Mitie Ltd", []string{"Serco Group plc=serco", "Mitie Ltd=mitie"}},
		{"and for &", "Turner and Townsend, Ernst & Young", []string{"Turner and Townsend=turner-townsend", "Ernst & Young=ey"}},
		{"without the accent", "AtkinsRealis and Laing O’Rourke", []string{"AtkinsRealis=atkins", "Laing O’Rourke=laing-orourke"}},
		{"the longest name wins", "Atos Healthcare staff", []string{"Atos Healthcare=atos"}},
		{"a name inside another word is none", "Sercos and Atossa", []string{}},
		{"small letters are none", "per capita and the oracle", []string{}},
		{"short forms in their own case only", "the dwp, The Dwp and the DWP", []string{"DWP=dwp"}},
		{"commas inside a body's name", "the Department for Environment, Food and Rural Affairs", []string{"Department for Environment, Food and Rural Affairs=defra"}},
		{"not across a full stop", "He joined Balfour. Beatty left.", []string{}},
		{"not across a paragraph", "Balfour\n\nBeatty", []string{}},
		{"nothing from a web address", "https://example.org/atos/Capita/Serco", []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, named(g, c.text)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestNamesThatMeanSomethingElse(t *testing.T) {
	g := builtin(t)
	for _, text := range []string{
		"Per Capita incomes rose.",
		"The Circus Maximus tour costs a little.",
		"Atos Kaplan scored twice before half-time.",
		"Mr Kier Hallam, 46, of Derby, objected.",
		"Dr Amey Patel said the results were good.",
		"She joined the Faculty of Arts.",
		"A walk in the Arctic Circle with Leonardo da Vinci.",
		"Winston Churchill sailed through the Suez Canal.",
		"Gordon Ramsay cooked; Lou Reed sang.",
		"Wincanton lies in Somerset.",
		"They read Thales of Miletus by the Amazon River.",
		"A mace was carried before the Compass Rose was unveiled.",
	} {
		if got := named(g, text); len(got) > 0 {
			t.Errorf("%s\n\tfound %v", text, got)
		}
	}
}

func TestAmbiguousNamesNeedASign(t *testing.T) {
	g := builtin(t)
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a word of the trade licenses one", "Circle has won a contract to run the hospital.", []string{"Circle=circle-health"}},
		{"the full name licenses the short one", "Kier Group has the work. Later that day Kier began.", []string{"Kier Group=kier", "Kier=kier"}},
		{"a list with a supplier does", "Serco, Reed and Capita", []string{"Serco=serco", "Reed=reed", "Capita=capita"}},
		{"a legal suffix does", "Mears Ltd", []string{"Mears Ltd=mears"}},
		{"nothing does not", "Reed looked out over the marsh.", []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, named(g, c.text)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestBodiesOfSeveralCountries(t *testing.T) {
	g := builtin(t)
	for text, want := range map[string]string{
		"The Army paid £5m for boots, ministers in London said.":                          "british-army",
		"The Army paid $5 million for boots, the Pentagon said in Washington.":            "us-army",
		"The HSE paid €19m, the Dáil heard in Dublin.":                                    "hse-ie",
		"The HSE fined the builder £5,000 after an accident in Leeds, England.":           "hse-gb",
		"The Department of Defence spent A$310 million on ships, the Australian said.":    "au-defence",
		"Ministers said the Department of Health had paid £12m for gowns in Westminster.": "dhsc",
	} {
		if got := strings.Join(named(g, text), " "); !strings.Contains(got, "="+want) {
			t.Errorf("%s\n\tgot %s, want %s", text, got, want)
		}
	}
}

func TestThePublishersCountryDecides(t *testing.T) {
	d := &copytaster.Document{Article: copytaster.Article{Text: "The Army has bought boots.", Country: "US"}}
	shared(t).Tag(d)
	if len(d.Mentions) != 1 || d.Mentions[0].Entity != "us-army" {
		t.Errorf("got %+v", d.Mentions)
	}
}

func TestMarksOfAnAlias(t *testing.T) {
	g := NewGazetteer([]Entry{{ID: "orr", Name: "Orr Works", Aliases: []string{"Orrco", "orr dot com"}, Quiet: []string{"Orrco"},
		AnyCase: []string{"Orr Works"}, Exclude: []string{"Orr Works Road"}}})
	d := &copytaster.Document{Article: copytaster.Article{Text: "Orrco, orr works, orr dot com and Orr Works Road."}}
	NewTagger(g).Tag(d)
	var got []string
	for _, m := range d.Mentions {
		if m.Entity == "" {
			continue
		}
		got = append(got, fmt.Sprintf("%s %s %v", m.Surface, m.Alias, m.Quiet))
	}
	want := []string{"Orrco Orrco true", "orr works Orr Works false", "orr dot com orr dot com false"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
