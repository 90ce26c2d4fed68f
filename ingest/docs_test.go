// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

func TestTheManualsExamplesAreSources(t *testing.T) {
	manual, err := os.ReadFile("../docs/SOURCES.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(manual, -1)
	if len(blocks) == 0 {
		t.Fatal("no examples")
	}
	seen := map[string]bool{}
	for _, b := range blocks {
		var sources []SourceConfig
		if err := yaml.UnmarshalWithOptions(b[1], &sources, yaml.Strict()); err != nil {
			t.Fatal(err)
		}
		for _, c := range sources {
			seen[c.Kind] = true
			if _, err := NewSource(c, nil); err != nil {
				t.Error(err)
			}
		}
	}
	for _, kind := range Kinds() {
		if !seen[kind] || !strings.Contains(string(manual), "| `"+kind+"` |") {
			t.Errorf("the manual does not show the kind %q", kind)
		}
	}
}

func TestLanguageTags(t *testing.T) {
	for in, want := range map[string]string{"en-us": "en-US", "en_GB": "en-GB", "EN": "en", " de ": "de", "english": "", "": "", "x": "", strings.Repeat("a", 40): "", "<b>": ""} {
		if got := languageTag(in); got != want {
			t.Errorf("languageTag(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCountryOfAHost(t *testing.T) {
	for in, want := range map[string]string{
		"https://www.example.co.uk/x": "GB", "https://example.com.au/": "AU", "http://example.ie": "IE", "https://example.fr:8080/": "FR", "https://www.example.gov/": "US",
		"https://example.com/": "", "https://example.tv/": "", "https://example.eu/": "", "http://127.0.0.1/": "", "file:///a.uk": "", "http://example.zz/": "",
	} {
		if got := countryOf(in); got != want {
			t.Errorf("countryOf(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSameSite(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want bool
	}{
		{"www.example.co.uk", "news.example.co.uk", true}, {"a.co.uk", "b.co.uk", false}, {"127.0.0.1:80", "127.0.0.1:81", false}, {"127.0.0.1:80", "127.0.0.1:80", true},
		{"one.github.io", "two.github.io", false}, {"", "", false}, {"Example.org", "example.org.", true}, {"localhost:1", "localhost:1", true},
	} {
		if got := sameSite(tc.a, tc.b); got != tc.want {
			t.Errorf("sameSite(%q, %q) = %t", tc.a, tc.b, got)
		}
	}
}
