// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"net/url"
	"sort"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// siteRule names what is never read on the pages of a host and its subdomains.
type siteRule struct {
	host string
	drop string // a CSS selector
}

// siteRules is sorted by host. A rule is a last resort: it goes stale with the
// next redesign, and the classifier and the site model see to nearly everything.
func siteRules() []siteRule {
	return []siteRule{
		{"archive.org", "#wm-ipp-base, #wm-ipp, #donato"},                    // the archive's own bar above an archived page
		{"thehill.com", ".rollover-people-block"},                            // the card behind a politician's name
		{"webcache.googleusercontent.com", "#bN015htcoyT__google-cache-hdr"}, // the note above a cached page
	}
}

// ruleFor is the selector of the rule for a page's host, nil for most.
func ruleFor(page string) cascadia.Matcher {
	u, err := url.Parse(page)
	if err != nil || page == "" {
		return nil
	}
	rules := siteRules()
	for host := strings.ToLower(u.Hostname()); host != ""; {
		i := sort.Search(len(rules), func(i int) bool { return rules[i].host >= host })
		if i < len(rules) && rules[i].host == host {
			if m, err := cascadia.ParseGroup(rules[i].drop); err == nil {
				return m
			}
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return nil
}

// dropped reports whether the host's rule leaves an element out.
func (w *walker) dropped(n *html.Node) bool {
	return w.rule != nil && n.Type == html.ElementNode && w.rule.Match(n)
}
