// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"testing"
	"time"
)

func TestSpan(t *testing.T) {
	const text = "a £5 b"
	for _, tt := range []struct {
		name string
		span Span
		of   string
		fits bool
	}{
		{"a piece", Span{2, 5}, "£5", true},
		{"the whole", Span{0, len(text)}, text, true},
		{"an empty one", Span{2, 2}, "", false},
		{"a backward one", Span{3, 2}, "", false},
		{"before the text", Span{-1, 2}, "", false},
		{"behind the text", Span{2, len(text) + 1}, "", false},
		{"a start inside a character", Span{3, 5}, text[3:5], false},
		{"an end inside a character", Span{2, 3}, text[2:3], false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.span.Of(text); got != tt.of {
				t.Errorf("Of = %q, want %q", got, tt.of)
			}
			if err := tt.span.Validate(text); (err == nil) != tt.fits {
				t.Errorf("Validate = %v, want fits %t", err, tt.fits)
			}
		})
	}
	s := Span{10, 20}
	for _, tt := range []struct {
		other              Span
		contains, overlaps bool
	}{
		{Span{10, 20}, true, true}, {Span{12, 15}, true, true}, {Span{5, 11}, false, true}, {Span{19, 25}, false, true},
		{Span{5, 25}, false, true}, {Span{5, 10}, false, false}, {Span{20, 25}, false, false},
	} {
		if s.Contains(tt.other) != tt.contains || s.Overlaps(tt.other) != tt.overlaps || tt.other.Overlaps(s) != tt.overlaps {
			t.Errorf("%v and %v: contains %t, overlaps %t, want %t, %t", s, tt.other, s.Contains(tt.other), s.Overlaps(tt.other), tt.contains, tt.overlaps)
		}
	}
}

func TestVersionsRise(t *testing.T) {
	at := time.Date(2014, 2, 26, 6, 40, 12, 0, time.UTC)
	inOrder := []Article{
		{Fetched: at}, {Fetched: at, Generation: 1}, {Fetched: at, Generation: 1023},
		{Fetched: at.Add(time.Millisecond)}, {Fetched: at.Add(time.Hour), Generation: 2},
	}
	for i := 1; i < len(inOrder); i++ {
		if a, b := inOrder[i-1].Version(), inOrder[i].Version(); a >= b {
			t.Errorf("version %d (%d) does not rise above %d (%d)", i, b, i-1, a)
		}
	}
}

func TestPartyKey(t *testing.T) {
	if got := (Party{Entity: "atos", Name: "Atos SE"}).Key(); got != "atos" {
		t.Errorf("Key of a listed party = %s", got)
	}
	if got := (Party{Name: "Northgate"}).Key(); got != "Northgate" {
		t.Errorf("Key of a discovered party = %s", got)
	}
}
