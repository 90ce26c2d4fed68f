// SPDX-License-Identifier: Apache-2.0

package pipeline_test

import (
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"testing"
)

// cutter breaks connections between a request and its answer: the request has
// gone through, and the answer does not come back. Proxies may share one.
type cutter struct {
	mu    sync.Mutex
	left  int
	match func(request []byte) bool
}

// arm cuts n times after requests that match. Only one of three is taken, so that
// a repeated request gets through too.
func (c *cutter) arm(n int, match func([]byte) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.left, c.match = n, match
}

func (c *cutter) remaining() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.left
}

func (c *cutter) takes(request []byte) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left == 0 || !c.match(request) || rand.IntN(3) > 0 {
		return false
	}
	c.left--
	return true
}

// proxy stands in front of a server on a port of its own.
type proxy struct {
	addr   string
	target string
	cut    *cutter
	mu     sync.Mutex
	away   bool
	open   map[net.Conn]bool
}

func startProxy(t *testing.T, target string, cut *cutter) *proxy {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{addr: ln.Addr().String(), target: target, cut: cut, open: map[net.Conn]bool{}}
	t.Cleanup(func() {
		_ = ln.Close() // accept ends with it
		p.setAway(true)
	})
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go p.serve(conn)
		}
	}()
	return p
}

// setAway breaks all connections and refuses new ones, as a server does that was
// stopped, until it is called with false.
func (p *proxy) setAway(away bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.away = away
	if away {
		for c := range p.open {
			_ = c.Close() // its pumps end with it
		}
	}
}

// admit notes a connection, unless the server is away.
func (p *proxy) admit(c net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.away {
		return false
	}
	p.open[c] = true
	return true
}

func (p *proxy) drop(conns ...net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range conns {
		delete(p.open, c)
		_ = c.Close() // it may be closed already
	}
}

func (p *proxy) serve(client net.Conn) {
	server, err := net.Dial("tcp", p.target)
	if err != nil || !p.admit(client) || !p.admit(server) {
		p.drop(client)
		if server != nil {
			p.drop(server)
		}
		return
	}
	var hit atomic.Bool
	go func() {
		defer p.drop(client, server)
		pump(server, client, func(b []byte) bool {
			if p.cut.takes(b) {
				hit.Store(true)
			}
			return true
		})
	}()
	defer p.drop(client, server)
	pump(client, server, func([]byte) bool { return !hit.Load() })
}

// pump copies until one side ends or pass says no.
func pump(to, from net.Conn, pass func([]byte) bool) {
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		if n > 0 && !pass(buf[:n]) {
			return
		}
		if n > 0 {
			if _, werr := to.Write(buf[:n]); werr != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}
