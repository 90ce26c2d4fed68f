// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"

	"github.com/copytaster/copytaster"
)

// guard dials public addresses only. It checks the address that is dialled, not
// the name, so that a name which resolves differently the second time gains
// nothing. Proxies of the environment are not used: they would dial for us.
type guard struct {
	o       ClientOptions
	public  *ssrf.Guardian
	checked *net.Dialer
	free    *net.Dialer
}

func newGuard(o ClientOptions) *guard {
	g := &guard{o: o, public: ssrf.New(ssrf.WithPorts(append([]uint16{80, 443, 8080, 8443}, o.Ports...)...))}
	g.checked = &net.Dialer{Timeout: 10 * time.Second, Control: g.control}
	g.free = &net.Dialer{Timeout: 10 * time.Second}
	return g
}

// dial connects to addr (host:port) if the configuration lets it.
func (g *guard) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	d := g.checked
	if g.named(addr) {
		d = g.free
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	if g.o.Lookup == nil || net.ParseIP(host) != nil {
		return d.DialContext(ctx, network, addr)
	}
	addrs, err := g.o.Lookup(ctx, "ip", host)
	if err != nil {
		return nil, err
	}
	err = &net.DNSError{Err: "no address", Name: host, IsNotFound: true}
	for _, a := range addrs {
		var conn net.Conn
		if conn, err = d.DialContext(ctx, network, net.JoinHostPort(a.String(), port)); err == nil {
			return conn, nil
		}
	}
	return nil, err
}

// named tells whether the configuration trusts a host by name.
func (g *guard) named(addr string) bool {
	host, _, _ := net.SplitHostPort(addr)
	return slices.ContainsFunc(g.o.AllowHosts, func(h string) bool {
		return strings.EqualFold(h, addr) || strings.EqualFold(h, host)
	})
}

// control is called with the resolved address just before it is dialled.
func (g *guard) control(network, address string, c syscall.RawConn) error {
	if ap, err := netip.ParseAddrPort(address); err == nil {
		ip := ap.Addr().Unmap()
		for _, p := range g.o.AllowPrivate {
			if p.Contains(ip) {
				return nil
			}
		}
	}
	err := g.public.Safe(network, address, c)
	if errors.Is(err, ssrf.ErrProhibitedIP) || errors.Is(err, ssrf.ErrProhibitedPort) || errors.Is(err, ssrf.ErrProhibitedNetwork) {
		return copytaster.Permanent(fmt.Errorf("%s is not a public web address: %w", address, err))
	}
	return err
}
