// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
)

func sentencesOf(text string, zones ...copytaster.Zoned) []string {
	var out []string
	for _, s := range split(text, tokenise(text), zones, &fieldForm{}) {
		out = append(out, s.Of(text))
	}
	return out
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a stop before a capital", "It won. Serco lost.", []string{"It won.", "Serco lost."}},
		{"short forms do not end one", "Mr. Vane of St. Ives met Dr. Orr.", []string{"Mr. Vane of St. Ives met Dr. Orr."}},
		{"a company's suffix may", "It hired Orr Ltd. The deal is new.", []string{"It hired Orr Ltd.", "The deal is new."}},
		{"and may not", "Orr Ltd. Holdings won.", []string{"Orr Ltd. Holdings won."}},
		{"initials of a state", "Reston, Va.-based Leidos won.", []string{"Reston, Va.-based Leidos won."}},
		{"a closing quote belongs to its sentence", "“We won.” Serco said so.", []string{"“We won.”", "Serco said so."}},
		{"questions", "G4S anyone? After that, no.", []string{"G4S anyone?", "After that, no."}},
		{"no-break spaces after the stop", "the contract.\u00a0\u00a0But bear", []string{"the contract.", "But bear"}},
		{"a blank line always ends one", "Award information\n\nSupplier", []string{"Award information", "Supplier"}},
		{"a short line is one", "Supplier\nOrr Limited", []string{"Supplier", "Orr Limited"}},
		{"hard-wrapped lines are joined", "Sopra\nSteria has won a contract to run the\ncentres.", []string{"Sopra\nSteria has won a contract to run the\ncentres."}},
		{"a stop that markup glued", "government support.Atos left", []string{"government support", "Atos left"}},
		{"a decimal point ends none", "It rose 3.4 per cent.", []string{"It rose 3.4 per cent."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, sentencesOf(c.text)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestSentencesBreakWhereTheZoneChanges(t *testing.T) {
	text := "the body goes on and the widget begins"
	at := len("the body goes on ")
	got := sentencesOf(text, copytaster.Zoned{Span: copytaster.Span{Start: 0, End: at}, Zone: copytaster.ZoneBody},
		copytaster.Zoned{Span: copytaster.Span{Start: at, End: len(text)}, Zone: copytaster.ZoneJobs})
	if diff := cmp.Diff([]string{"the body goes on", "and the widget begins"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestSentencesRunThroughChromeThatHoldsNoWord(t *testing.T) {
	text := "Atos \n<https://example.org/x>\n, the firm, won."
	from := len("Atos \n")
	to := len("Atos \n<https://example.org/x>\n")
	got := sentencesOf(text, copytaster.Zoned{Span: copytaster.Span{Start: 0, End: from}, Zone: copytaster.ZoneBody},
		copytaster.Zoned{Span: copytaster.Span{Start: from, End: to}},
		copytaster.Zoned{Span: copytaster.Span{Start: to, End: len(text)}, Zone: copytaster.ZoneBody})
	if len(got) != 1 {
		t.Errorf("got %d sentences: %q", len(got), got)
	}
}
