// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// robotsRules is what a robots.txt says to one agent (RFC 9309).
type robotsRules struct {
	rules []robotsRule
	delay time.Duration // Crawl-delay, which is not in the RFC but widely meant
}

type robotsRule struct {
	allow    bool
	length   int      // of the pattern in octets: the longest that matches wins
	parts    []string // of the pattern between its asterisks
	anchored bool     // the pattern ends in $
}

// Limits of one file.
const (
	maxRobotsRules = 20000
	maxRobotsLine  = 4096
)

// parseRobots finds the rules for an agent: those of all groups that name it, or
// else of the groups for all agents. The file is read as leniently as the large
// crawlers read it: a missing colon, space before it and common misspellings are
// understood; rules before any group are not rules.
func parseRobots(body []byte, agent string) *robotsRules {
	var own, all robotsRules
	ownSeen, forOwn, forAll, naming := false, false, false, false
	for line := range bytes.FieldsFuncSeq(bytes.TrimPrefix(body, []byte("\ufeff")), func(r rune) bool { return r == '\n' || r == '\r' }) {
		key, value := robotsLine(line)
		switch key {
		case "user-agent":
			if !naming {
				forOwn, forAll, naming = false, false, true
			}
			token := robotsToken(value)
			forAll = forAll || token == "*"
			forOwn = forOwn || token != "" && strings.EqualFold(token, agent)
			ownSeen = ownSeen || forOwn
		case "allow", "disallow", "crawl-delay":
			if key != "crawl-delay" {
				naming = false
			}
			if forOwn {
				own.add(key, value)
			}
			if forAll {
				all.add(key, value)
			}
		}
	}
	if ownSeen {
		return &own
	}
	return &all
}

// robotsLine splits a line into its key, in lower case and spelt right, and its
// value.
func robotsLine(line []byte) (key, value string) {
	s := string(line[:min(len(line), maxRobotsLine)])
	s, _, _ = strings.Cut(s, "#")
	s = strings.TrimSpace(s)
	i := strings.IndexByte(s, ':')
	if i < 0 {
		i = strings.IndexAny(s, " \t")
	}
	if i < 0 {
		return "", ""
	}
	key = strings.ToLower(strings.TrimSpace(s[:i]))
	switch key {
	case "useragent", "user agent":
		key = "user-agent"
	case "dissallow", "dissalow", "disalow", "diasllow", "disallaw":
		key = "disallow"
	case "crawldelay", "crawl delay":
		key = "crawl-delay"
	}
	return key, strings.TrimSpace(s[i+1:])
}

// robotsToken is the product token that a User-agent line names: what stands
// before a slash or another sign that no token holds; "*" for all agents.
func robotsToken(value string) string {
	if value == "*" || strings.HasPrefix(value, "* ") {
		return "*"
	}
	end := strings.IndexFunc(value, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_' || r == '-')
	})
	if end < 0 {
		return value
	}
	return value[:end]
}

func (r *robotsRules) add(key, value string) {
	if key == "crawl-delay" {
		if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 && !math.IsInf(s, 0) {
			r.delay = time.Duration(min(s, 86400) * float64(time.Second))
		}
		return
	}
	if value == "" || len(r.rules) >= maxRobotsRules {
		return
	}
	pattern, anchored := strings.CutSuffix(value, "$")
	pattern = robotsOctets(pattern, true)
	r.rules = append(r.rules, robotsRule{
		allow: key == "allow", length: len(value), parts: strings.Split(pattern, "*"), anchored: anchored,
	})
}

// allows tells whether a path with its query may be asked for: the longest
// pattern that matches decides, and among equals one that allows.
func (r *robotsRules) allows(path string) bool {
	if path == "/robots.txt" {
		return true
	}
	path = robotsOctets(path, false)
	best, allow := -1, true
	for _, rule := range r.rules {
		if rule.length >= best && rule.matches(path) {
			allow = rule.allow || rule.length == best && allow
			best = rule.length
		}
	}
	return allow
}

// matches finds the pattern's parts in path one after the other. Taking each at
// its first place is right, because only the last one can be bound to the end.
func (r robotsRule) matches(path string) bool {
	rest, ok := strings.CutPrefix(path, r.parts[0])
	if !ok {
		return false
	}
	for i, part := range r.parts[1:] {
		if r.anchored && i == len(r.parts)-2 {
			return strings.HasSuffix(rest, part)
		}
		_, after, ok := strings.Cut(rest, part)
		if !ok {
			return false
		}
		rest = after
	}
	return !r.anchored || rest == ""
}

// robotsOctets gives a path or a pattern the one spelling in which they are
// compared (RFC 9309 section 2.2.2): what needs no escape is bare, all else an
// escape in upper case. In a path an asterisk or dollar sign is just a sign; in a
// pattern the asterisk stays.
func robotsOctets(s string, pattern bool) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c, escaped := s[i], false
		if c == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				c, escaped = byte(n), true
				i += 2
			}
		}
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0:
			b.WriteByte(c)
		case !escaped && (strings.IndexByte("/?:@!&'()+,;=%[]", c) >= 0 || c == '*' && pattern):
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
