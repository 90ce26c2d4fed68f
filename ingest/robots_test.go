// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"net/url"
	"strings"
	"testing"
)

func allowedBy(robots []byte, agent, raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return true
	}
	return parseRobots(robots, agent).allows(robotsPath(u))
}

func TestRobotsRulesAgreeWithOtherParsers(t *testing.T) {
	good, all := 0, 0
	for _, row := range conformance[struct {
		ID, Robots, Agent, URL string
		RobotsB64              string `json:"robots_b64"`
		Allowed                *bool
		GoogleOnly             bool `json:"google_only"`
		RawNonASCII            bool `json:"raw_non_ascii_url"`
	}](t, "robots") {
		if row.Allowed == nil || row.GoogleOnly || row.RawNonASCII {
			continue
		}
		all++
		if got := allowedBy(inputOf(t, row.Robots, row.RobotsB64), row.Agent, row.URL); got == *row.Allowed {
			good++
		} else {
			t.Logf("%s: %q may ask %q: %t, want %t of %q", row.ID, row.Agent, row.URL, got, *row.Allowed, row.Robots)
		}
	}
	rate(t, "robots rules", good, all, 0.95)
}

func TestRobotsOfRealSitesAgreeWithAnotherParser(t *testing.T) {
	good, all := 0, 0
	for _, row := range conformance[struct {
		ID, Robots string
		RobotsB64  string `json:"robots_b64"`
		Checks     [][3]any
	}](t, "robots_real") {
		for _, c := range row.Checks {
			all++
			if got := allowedBy(inputOf(t, row.Robots, row.RobotsB64), c[0].(string), "http://h"+c[1].(string)); got == c[2].(bool) {
				good++
			} else {
				t.Logf("%s: %v: got %t", row.ID, c, got)
			}
		}
	}
	rate(t, "robots of real sites", good, all, 0.99)
}

func TestParseRobots(t *testing.T) {
	const file = "Disallow: /before-any-group\nUser-agent: *\nDisallow: /private\nCrawl-delay: 2.5\n\n" +
		"User-agent: CopyTaster/9\nUser-agent: other\nDisallow: /a\nAllow: /a/b$\nDisallow: /*.pdf$\nDisallow: /tie\nAllow: /tie\n"
	for path, want := range map[string]bool{
		"/": true, "/private": true, "/before-any-group": true, "/a": false, "/a/b": true, "/a/b/c": false,
		"/x.pdf": false, "/x.pdf?y": true, "/tie": true, "/%61": false, "/robots.txt": true,
	} {
		if got := parseRobots([]byte(file), "copytaster").allows(path); got != want {
			t.Errorf("copytaster may ask %q: %t, want %t", path, got, want)
		}
	}
	all := parseRobots([]byte(file), "stranger")
	if all.allows("/private/x") || !all.allows("/a") || all.delay.Seconds() != 2.5 {
		t.Errorf("a stranger's rules: %+v", all)
	}
}

func TestParseRobotsOfAPageIsNoRules(t *testing.T) {
	if r := parseRobots([]byte("<html>Not found: disallow: /</html>"), "copytaster"); len(r.rules) != 0 || !r.allows("/x") {
		t.Errorf("rules %+v", r)
	}
}

func TestParseRobotsBoundsItsRules(t *testing.T) {
	r := parseRobots([]byte("User-agent: *\n"+strings.Repeat("Disallow: /x\n", 2*maxRobotsRules)), "copytaster")
	if len(r.rules) != maxRobotsRules {
		t.Errorf("%d rules", len(r.rules))
	}
}

func FuzzParseRobots(f *testing.F) {
	f.Add([]byte("user-agent: *\ndisallow: /a*b$\nallow: /%zz"), "/aXb")
	f.Add([]byte("user-agent copytaster\rdisallow /*****$"), "/%2a")
	f.Fuzz(func(t *testing.T, body []byte, path string) {
		r := parseRobots(body, "copytaster")
		r.allows(path)
		if !r.allows("/robots.txt") {
			t.Error("robots.txt itself is forbidden")
		}
	})
}
