// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
)

func TestSiteRules(t *testing.T) {
	rules := siteRules()
	if !slices.IsSortedFunc(rules, func(a, b siteRule) int { return strings.Compare(a.host, b.host) }) {
		t.Error("the rules are not sorted by host")
	}
	for _, r := range rules {
		if _, err := cascadia.ParseGroup(r.drop); err != nil {
			t.Errorf("%s: %v", r.host, err)
		}
		if r.host != strings.ToLower(r.host) || strings.HasPrefix(r.host, "www.") {
			t.Errorf("%s is not the bare host in lower case", r.host)
		}
	}
}

func TestRuleFor(t *testing.T) {
	for url, want := range map[string]bool{
		"https://web.archive.org/web/2020/https://courier.example/": true,
		"https://archive.org/":       true,
		"https://notarchive.org/":    false,
		"https://courier.example/":   false,
		"":                           false,
		"::":                         false,
		"https://archive.org.evil./": false,
	} {
		if got := ruleFor(url) != nil; got != want {
			t.Errorf("%q has a rule: %v", url, got)
		}
	}
}

func TestSiteRuleLeavesElementsOut(t *testing.T) {
	const page = `<div id="wm-ipp-base"><p>Success. 12 captures from 2019 to 2021, and this is a sentence.</p></div><h1>Deal ends</h1><p>The council has ended its deal with the firm, it said on Monday.</p>`
	r := StripHTML(Input{HTML: []byte(page), URL: "https://web.archive.org/web/2020/https://courier.example/deal"}, nil)
	for _, b := range r.Blocks {
		if strings.Contains(b.Text, "captures") {
			t.Errorf("read %q", b.Text)
		}
	}
	if !strings.Contains(r.Text, "ended its deal") {
		t.Errorf("text is %q", r.Text)
	}
}
