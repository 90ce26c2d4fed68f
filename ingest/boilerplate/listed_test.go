// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
)

const listedText = `The harbour board has let the dredging of the north channel to Orrin Marine for £4.1m, after a competition that drew three bids.

Most read
Ferry fares to rise in spring
Seven walks for a wet Sunday

Vacancies
Orrin Marine: Deck Hand – £26,000 per annum
Capita: Clerk, Hallam – £13 per hour

The work will start in March and is to be finished before the regatta, which the board has promised not to move again.`

func TestListsUnderALabelAreNotTheArticle(t *testing.T) {
	want := map[string]copytaster.Zone{"north channel": copytaster.ZoneBody, "Ferry fares": copytaster.ZoneRelated, "Seven walks": copytaster.ZoneRelated,
		"Deck Hand": copytaster.ZoneJobs, "Clerk, Hallam": copytaster.ZoneJobs, "before the regatta": copytaster.ZoneBody}
	for _, z := range ZoneText(listedText) {
		piece := z.Of(listedText)
		for mark, zone := range want {
			if strings.Contains(piece, mark) && z.Zone != zone {
				t.Errorf("%q stands in zone %q, want %q", mark, z.Zone, zone)
			}
		}
	}
	if got := StripText(listedText, "").Text; strings.Contains(got, "Ferry") || !strings.Contains(got, "regatta") {
		t.Errorf("stripped to %q", got)
	}
}

// TestListsWithoutABlankLine shows labels that need none, a list in one line and
// offers that no label announces.
func TestListsWithoutABlankLine(t *testing.T) {
	const before, behind = "Orrin Marine is to dredge the north channel for the harbour board at a cost of £4.1m.", "The work will start in March and end before the regatta."
	for name, list := range map[string]string{
		"a label":       "Editors’ picks\nBrannoch rival warns on profit\nThe £40 kettle that beat them all",
		"another":       "\nMore on this story\nBrannoch names new chief\nThe best kettles for under £60\n",
		"in one line":   "\nYou may also like: Brannoch founder's hideaway | Five signs your boss wants you out | How to bake with beer\n",
		"offers":        "\nBrannoch: Night Porter, Hallam – £23,400 a year\nTarvelle: Payroll Clerk – £14 an hour\nBrannoch: Contract Clerk, six months\n",
		"under a label": "Vacancies\nBrannoch: Night Porter, Hallam – £23,400 a year",
	} {
		text := before + "\n" + list + "\n" + behind
		for _, z := range ZoneText(text) {
			piece := z.Of(text)
			body := strings.Contains(piece, "dredge") || strings.Contains(piece, "regatta")
			if body != (z.Zone == copytaster.ZoneBody) {
				t.Errorf("%s: %q stands in zone %q", name, piece, z.Zone)
			}
		}
	}
}

func TestAHeadingThatReadsLikeALabelKeepsItsProse(t *testing.T) {
	text := `Jobs

The yard will take on forty people in the spring, the manager said, and most of them will be welders who have worked there before.

Trending

Prices are trending upwards, and the council expects to pay a tenth more for steel than it did when the bridge was designed.`
	if got := StripText(text, "").Text; !strings.Contains(got, "forty people") || !strings.Contains(got, "upwards") {
		t.Errorf("stripped to %q", got)
	}
}

func TestAddressesDoNotEndAList(t *testing.T) {
	text := strings.Replace(listedText, "Ferry fares to rise in spring\n", "Ferry fares to rise in spring\n<https://courier.example/ferry>\n", 1)
	for _, b := range StripText(text, "").Blocks {
		if strings.HasPrefix(b.Text, "Seven walks") && b.Zone != copytaster.ZoneRelated {
			t.Errorf("%q is in zone %q", b.Text, b.Zone)
		}
	}
}
