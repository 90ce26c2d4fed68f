// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// hostOf is the host of a URL with its port, in lower case, or "".
func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// resolve makes a reference on a page absolute. It returns "" for what is not a
// web page: other schemes, bare fragments, rubbish.
func resolve(base *url.URL, ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" || strings.HasPrefix(ref, "#") {
		return ""
	}
	u, err := base.Parse(ref)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return ""
	}
	u.Fragment, u.RawFragment, u.User = "", "", nil
	return u.String()
}

// sameSite tells whether two hosts belong to one registrable domain, or are the
// same address.
func sameSite(a, b string) bool {
	a, b = siteOf(a), siteOf(b)
	return a != "" && a == b
}

// siteOf is the registrable domain of a host (example.co.uk), or the host
// itself where there is none.
func siteOf(host string) string {
	u := url.URL{Host: strings.ToLower(host)}
	name := strings.TrimSuffix(u.Hostname(), ".")
	if _, err := netip.ParseAddr(name); err == nil {
		return u.Host
	}
	if site, err := publicsuffix.EffectiveTLDPlusOne(name); err == nil {
		return site
	}
	return u.Host
}
