// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// canonicalAuthority drops user and password and the scheme's default port, and
// normalises the host.
func canonicalAuthority(authority, scheme string) (string, error) {
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		authority = authority[i+1:]
	}
	host, port := splitPort(authority)
	host, err := canonicalHost(host)
	if err != nil {
		return "", err
	}
	port, err = canonicalPort(port)
	if err != nil {
		return "", err
	}
	if port == "" || scheme == "http" && port == "80" || scheme == "https" && port == "443" {
		return host, nil
	}
	return host + ":" + port, nil
}

// splitPort cuts an authority at the colon that is not inside brackets.
func splitPort(authority string) (host, port string) {
	i := strings.LastIndexByte(authority, ':')
	if i < 0 || i < strings.LastIndexByte(authority, ']') {
		return authority, ""
	}
	return authority[:i], authority[i+1:]
}

func canonicalPort(port string) (string, error) {
	if port == "" {
		return "", nil
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || port[0] == '+' {
		return "", fmt.Errorf("bad port %.20q", port)
	}
	return strconv.FormatUint(n, 10), nil
}

// canonicalHost returns a host as browsers do: a name in ASCII and lower case, a
// dotted IPv4 address however it was spelt, an IPv6 address in brackets. The dot
// that may end a name is dropped.
func canonicalHost(host string) (string, error) {
	if strings.HasPrefix(host, "[") {
		return canonicalIPv6(host)
	}
	host, err := url.PathUnescape(host)
	if err != nil {
		return "", errors.New("bad escape in the host")
	}
	name, err := asciiHost(host)
	if err != nil {
		return "", err
	}
	name = strings.TrimSuffix(name, ".")
	switch {
	case name == "":
		return "", errors.New("no host")
	case name[0] == '.' || name[len(name)-1] == '.' || strings.Contains(name, ".."):
		return "", fmt.Errorf("empty label in the host %.80q", name)
	case strings.ContainsAny(name, "\x00\t\n\r #/:<>?@[\\]^|%") || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r >= 0x7f }):
		return "", fmt.Errorf("forbidden character in the host %.80q", name)
	case endsInNumber(name):
		return canonicalIPv4(name)
	}
	return name, nil
}

// hostNames is the profile of UTS 46 that browsers use for host names.
var hostNames = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false),
	idna.CheckHyphens(false), idna.CheckJoiners(true), idna.BidiRule(), idna.VerifyDNSLength(false))

func asciiHost(host string) (string, error) {
	name, err := hostNames.ToASCII(host)
	if err != nil {
		return "", fmt.Errorf("bad host name: %w", err)
	}
	// The last label may have had dots of its own once it was mapped, and a
	// mapped escape may decode to a name that maps again.
	again, err := hostNames.ToASCII(name)
	if err != nil || again != name {
		return "", fmt.Errorf("bad host name %.80q", name)
	}
	return name, nil
}

// endsInNumber tells whether the last label makes the host an IPv4 address.
func endsInNumber(name string) bool {
	last := name[strings.LastIndexByte(name, '.')+1:]
	if last != "" && strings.Trim(last, "0123456789") == "" {
		return true
	}
	_, err := ipv4Number(last)
	return err == nil
}

// ipv4Number reads a part of an address: 0x is hexadecimal, a leading 0 octal.
func ipv4Number(s string) (uint64, error) {
	if s == "" || strings.ContainsAny(s, "+-_") {
		return 0, errors.New("not a number")
	}
	lower := strings.ToLower(s)
	switch {
	case lower == "0x":
		return 0, nil
	case strings.HasPrefix(lower, "0x"):
		return strconv.ParseUint(lower[2:], 16, 64)
	case len(lower) > 1 && lower[0] == '0':
		return strconv.ParseUint(lower[1:], 8, 64)
	}
	return strconv.ParseUint(lower, 10, 64)
}

func canonicalIPv4(name string) (string, error) {
	parts := strings.Split(name, ".")
	if len(parts) > 4 {
		return "", fmt.Errorf("bad IPv4 address %.80q", name)
	}
	var addr uint64
	for i, p := range parts {
		n, err := ipv4Number(p)
		if err != nil {
			return "", fmt.Errorf("bad IPv4 address %.80q", name)
		}
		width := 8 // bits; the last part fills what is left
		if i == len(parts)-1 {
			width = 32 - 8*i
		}
		if n >= 1<<width {
			return "", fmt.Errorf("bad IPv4 address %.80q", name)
		}
		addr = addr<<width | n
	}
	return netip.AddrFrom4([4]byte{byte(addr >> 24), byte(addr >> 16), byte(addr >> 8), byte(addr)}).String(), nil
}

// canonicalIPv6 takes a bracketed address without a zone. An IPv4 address
// inside it is written in hexadecimal, as browsers do.
func canonicalIPv6(host string) (string, error) {
	inner, ok := strings.CutSuffix(host[1:], "]")
	addr, err := netip.ParseAddr(inner)
	if !ok || err != nil || !addr.Is6() || addr.Zone() != "" {
		return "", fmt.Errorf("bad IPv6 address %.80q", host)
	}
	if addr.Is4In6() {
		b := addr.As16()
		return fmt.Sprintf("[::ffff:%x:%x]", uint(b[12])<<8|uint(b[13]), uint(b[14])<<8|uint(b[15])), nil
	}
	return "[" + addr.String() + "]", nil
}
