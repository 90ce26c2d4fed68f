// SPDX-License-Identifier: Apache-2.0

package alert

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/copytaster/copytaster"
)

func TestPlainNeutralisesWhatControlsATerminal(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"ordinary text", "Café – £500m “deal”", "Café – £500m “deal”"},
		{"white space", " a \t\r\n b\u00a0c ", " a b c "},
		{"escape sequence", "\x1b[31mred", "\ufffd[31mred"},
		{"C1 control", "a\u009b31m\u0085b", "a\ufffd31m\ufffdb"},
		{"bidi override", "a\u202eb\u2066c\u200fd", "a\ufffdb\ufffdc\ufffdd"},
		{"broken UTF-8", "a\xffb", "a\ufffdb"},
		{"NUL and DEL", "a\x00b\x7f", "a\ufffdb\ufffd"},
		{"byte order mark", "\ufeffa", "\ufffda"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := plain(tt.in); got != tt.want {
				t.Errorf("plain(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("a\x1b[2J\u202e\xff\n")
	f.Fuzz(func(t *testing.T, in string) {
		out := plain(in)
		if !utf8.ValidString(out) || strings.ContainsFunc(out, func(r rune) bool {
			return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
		}) {
			t.Errorf("plain(%q) = %q", in, out)
		}
		if again := plain(out); again != out {
			t.Errorf("plain is not idempotent: %q, then %q", out, again)
		}
	})
}

func FuzzEventKeepsItsValues(f *testing.F) {
	f.Add("\u202eevil\u009b\x00\ufeff")
	f.Fuzz(func(t *testing.T, title string) {
		a := &copytaster.Alert{ID: "w.a", Title: title}
		body, err := encodeEvent(a)
		if err != nil {
			t.Fatal(err)
		}
		var got struct{ Data copytaster.Alert }
		if err := json.Unmarshal(body, &got); err != nil {
			t.Fatal(err)
		}
		want := strings.ToValidUTF8(title, "\ufffd")
		if utf8.ValidString(title) && got.Data.Title != want {
			t.Errorf("title %q came back as %q", title, got.Data.Title)
		}
		if strings.ContainsFunc(string(body), unsafeRune) {
			t.Errorf("control characters in %q", body)
		}
	})
}

func FuzzRetryAfter(f *testing.F) {
	f.Add("120")
	f.Add("Thu, 27 Mar 2014 05:00:00 GMT")
	f.Fuzz(func(t *testing.T, value string) {
		now := (&copytaster.Alert{}).Fetched
		if d := retryAfter(value, now); d < 0 || d > maxRetryAfter {
			t.Errorf("retryAfter(%q) = %v", value, d)
		}
	})
}
