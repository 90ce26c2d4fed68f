// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/copytaster/copytaster"
)

// BusyError says that a host may not be asked for a while. It comes with the
// advice copytaster.RetryAfter: nothing has failed, and the link should be
// taken up again after Wait without counting as an attempt.
type BusyError struct {
	Host string
	Wait time.Duration
}

func (e *BusyError) Error() string {
	return fmt.Sprintf("%s may not be asked for another %s", e.Host, e.Wait.Round(time.Millisecond))
}

// pacer lets one request at a time into each host, and one per delay.
type pacer struct {
	o     ClientOptions
	mu    sync.Mutex
	hosts map[string]*hostPace
}

type hostPace struct {
	turn  chan struct{} // holds one token: who has it may ask
	next  time.Time     // when the next request may begin
	delay time.Duration // between requests; of the options or of robots.txt
	users int           // waiting or asking
}

func newPacer(o ClientOptions) *pacer {
	return &pacer{o: o, hosts: map[string]*hostPace{}}
}

// maxHosts is how many hosts are remembered before idle ones are forgotten.
const maxHosts = 4096

// enter waits for the host's turn. The function that it returns ends the turn.
func (p *pacer) enter(ctx context.Context, host string) (done func(), err error) {
	h := p.use(host)
	defer func() {
		if err != nil {
			p.leave(h)
		}
	}()
	limit := time.NewTimer(p.o.MaxWait)
	defer limit.Stop()
	select {
	case <-h.turn:
	case <-limit.C:
		return nil, busy(host, p.o.MaxWait)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := p.rest(ctx, host, h); err != nil {
		h.turn <- struct{}{}
		return nil, err
	}
	return func() { p.end(h) }, nil
}

// rest sleeps until the host may be asked again, unless that is too long.
func (p *pacer) rest(ctx context.Context, host string, h *hostPace) error {
	p.mu.Lock()
	wait := time.Until(h.next)
	p.mu.Unlock()
	switch {
	case wait > p.o.MaxWait:
		return busy(host, wait)
	case wait > 0:
		return p.o.Wait(ctx, host, wait)
	}
	return ctx.Err()
}

func busy(host string, wait time.Duration) error {
	return copytaster.RetryAfter(&BusyError{Host: host, Wait: wait}, wait)
}

func (p *pacer) use(host string) *hostPace {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.hosts[host]
	if h == nil {
		p.forget()
		h = &hostPace{turn: make(chan struct{}, 1), delay: p.o.PerHost}
		h.turn <- struct{}{}
		p.hosts[host] = h
	}
	h.users++
	return h
}

// forget drops idle hosts once there are too many.
func (p *pacer) forget() {
	if len(p.hosts) < maxHosts {
		return
	}
	for name, h := range p.hosts {
		if h.users == 0 && time.Since(h.next) > 0 {
			delete(p.hosts, name)
		}
	}
}

func (p *pacer) end(h *hostPace) {
	p.mu.Lock()
	if next := time.Now().Add(h.delay); next.After(h.next) {
		h.next = next
	}
	p.mu.Unlock()
	h.turn <- struct{}{}
	p.leave(h)
}

func (p *pacer) leave(h *hostPace) {
	p.mu.Lock()
	h.users--
	p.mu.Unlock()
}

// pause keeps a host alone for d, as it asked with Retry-After.
func (p *pacer) pause(host string, d time.Duration) {
	h := p.use(host)
	p.mu.Lock()
	if next := time.Now().Add(d); next.After(h.next) {
		h.next = next
	}
	p.mu.Unlock()
	p.leave(h)
}

// slow sets the delay that a host's robots.txt asks for, if it is longer than
// ours.
func (p *pacer) slow(host string, d time.Duration) {
	h := p.use(host)
	p.mu.Lock()
	h.delay = max(p.o.PerHost, min(d, p.o.MaxPace))
	p.mu.Unlock()
	p.leave(h)
}
