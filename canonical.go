// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// MaxURL is the longest URL, in bytes, that is taken from outside.
const MaxURL = 4096

// ErrURL is wrapped by every error of Canonical.
var ErrURL = errors.New("unusable URL")

// Canonical returns the one spelling of an http or https URL under which an
// article is known, or an error that wraps ErrURL. It reads raw as browsers do
// (WHATWG URL: surrounding space and embedded tabs and line ends go, a backslash
// is a slash, odd spellings of an IPv4 address are numbers) and then drops what
// does not name the page: user and password, the default port, the fragment, a
// session id, empty parameters and those that only say where the reader came
// from. The order of the other parameters is kept, because servers may care.
// Names of loose files (urn:sha256:HEX) and of files in a folder source
// (file:SOURCE/PATH) come back as they are. Canonical(Canonical(u)) ==
// Canonical(u) for every u.
func Canonical(raw string) (string, error) {
	if len(raw) > MaxURL {
		return "", fmt.Errorf("%w: %d bytes, more than %d", ErrURL, len(raw), MaxURL)
	}
	s := cleanURL(raw)
	if ownName(s) {
		return s, nil
	}
	scheme, rest, ok := strings.Cut(s, ":")
	scheme = strings.ToLower(scheme)
	if !ok || (scheme != "http" && scheme != "https") {
		return "", fmt.Errorf("%w %.80q: neither http nor https", ErrURL, s)
	}
	rest, _, _ = strings.Cut(rest, "#")
	rest, query, _ := strings.Cut(rest, "?")
	rest = strings.TrimLeft(strings.ReplaceAll(rest, `\`, "/"), "/")
	authority, path, _ := strings.Cut(rest, "/")
	host, err := canonicalAuthority(authority, scheme)
	if err != nil {
		return "", fmt.Errorf("%w %.80q: %w", ErrURL, s, err)
	}
	out := scheme + "://" + host + canonicalPath(path)
	if q := canonicalQuery(query); q != "" {
		out += "?" + q
	}
	if len(out) > MaxURL {
		return "", fmt.Errorf("%w: %d bytes once encoded, more than %d", ErrURL, len(out), MaxURL)
	}
	return out, nil
}

// cleanURL takes off what browsers ignore: controls and spaces around a URL, and
// tabs and line ends anywhere in it.
func cleanURL(raw string) string {
	s := strings.TrimFunc(raw, func(r rune) bool { return r <= ' ' })
	if !strings.ContainsAny(s, "\t\r\n") {
		return s
	}
	return strings.NewReplacer("\t", "", "\r", "", "\n", "").Replace(s)
}

var ownNames = regexp.MustCompile(`^(?:urn:sha256:[0-9a-f]{64}|file:[a-z0-9-]{1,64}/[^/\x00-\x1f\x7f][^\x00-\x1f\x7f]*)$`)

func ownName(s string) bool { return ownNames.MatchString(s) }

var sessionID = regexp.MustCompile(`(?i);(?:jsessionid|phpsessid|sid)=[^/;?]*`)

// canonicalPath normalises a path without its leading slash: percent signs
// first, so that a hidden dot is seen, then session ids and dot segments.
func canonicalPath(path string) string {
	path = sessionID.ReplaceAllString(escapeURL(path, pathSafe), "")
	segments := strings.Split(path, "/")
	out := segments[:0]
	for i, s := range segments {
		last := i == len(segments)-1
		switch s {
		case "..":
			if len(out) > 0 {
				out = out[:len(out)-1]
			}
		case ".":
		default:
			out = append(out, s)
			continue
		}
		if last {
			out = append(out, "")
		}
	}
	return "/" + strings.Join(out, "/")
}

// canonicalQuery drops empty and tracking parameters and normalises the rest.
func canonicalQuery(query string) string {
	var out []string
	for p := range strings.SplitSeq(query, "&") {
		p = escapeURL(p, querySafe)
		name, value, _ := strings.Cut(p, "=")
		if p != "" && p != "=" && !tracking(name, value) {
			out = append(out, p)
		}
	}
	return strings.Join(out, "&")
}

// Bytes that stand for themselves in a path and in a query, besides the
// unreserved ones of RFC 3986.
const (
	pathSafe  = "!$&'()*+,;=:@/[]|"
	querySafe = "!$()*+,;=:@/?[]|^`{}\\"
)

// escapeURL gives every byte its one spelling: unreserved ones bare, those in
// safe as they came, all others as %XX in upper case. A percent sign that begins
// no escape is itself escaped, so that a second pass finds nothing new.
func escapeURL(s, safe string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			c = unhex(s[i+1])<<4 | unhex(s[i+2])
			i += 2
			if unreserved(c) {
				b.WriteByte(c)
			} else {
				fmt.Fprintf(&b, "%%%02X", c)
			}
			continue
		}
		if unreserved(c) || strings.IndexByte(safe, c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == '-' || c == '.' || c == '_' || c == '~'
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}
