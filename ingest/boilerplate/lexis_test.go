// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"math"
	"testing"
)

func TestLexis(t *testing.T) {
	l := ReadLexis("-40\tread,read more,^zoë\n25\tcouncil\nnonsense\n", "-100\tpromo\n50\tbody,text\n")
	for text, want := range map[string]float64{
		"":                    0,
		"Nothing known":       0,
		"COUNCIL":             0.25,
		"Read":                -0.4,
		"Read more":           -0.8 / math.Sqrt(2),
		"more, read":          -0.4 / math.Sqrt(2),
		"Zoë":                 -0.4,
		"about Zoë's council": 0.25 / math.Sqrt(4),
	} {
		if got := l.says(text); math.Abs(float64(got)-want) > 1e-6 {
			t.Errorf("%q says %v, want %v", text, got, want)
		}
	}
	lex := lexer{words: vocabulary(), lexis: l, seen: map[string]said{}}
	for value, want := range map[string]float32{"": 0, "richText-body": 1, "promo": -1, "promoted": 0} {
		for range 2 { // the second time from memory
			if got := lex.read(value).says; got != want {
				t.Errorf("%q says %v, want %v", value, got, want)
			}
		}
	}
}

// TestLexisAsksAsTheTrainerDoes compares the entries that the trainer counts with
// those that a text is weighed by.
func TestLexisAsksAsTheTrainerDoes(t *testing.T) {
	const text = "Read MORE: the İstanbul council’s “Straße” deal, 2024 – and what’s next for Zoë"
	s := ObserveText(text, ReadLexis("", ""))
	asked := s.Words(0)
	if len(asked) < 20 {
		t.Fatalf("asked %q", asked)
	}
	for _, entry := range asked {
		if got := ReadLexis("100\t"+entry+"\n", "").says(text); got == 0 {
			t.Errorf("nothing asks for %q", entry)
		}
	}
}

func TestSheetNamesTheBoxes(t *testing.T) {
	s, err := Observe(Input{HTML: []byte(`<div class="promo-box"><p class="leadText"><span class="inner">One.</span></p><p>Two.</p></div>`)}, ReadLexis("", ""))
	if err != nil {
		t.Fatal(err)
	}
	for level, want := range []int{2, 2, 0} {
		if got := s.Names(0, level); len(got) != want {
			t.Errorf("%d boxes up are the names %q", level, got)
		}
	}
	if got := s.Names(1, 0); len(got) != 0 {
		t.Errorf("a box without names has %q", got)
	}
}
