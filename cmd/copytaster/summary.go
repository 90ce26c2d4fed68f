// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/index"
)

// account is what a run came to.
type account struct {
	tally                       []index.Count
	articles, dead              int
	suppliers, contracts, money int
	alerts                      int
}

// counter counts the alerts that a terminal channel writes and, unless quiet,
// passes them on.
type counter struct {
	w     io.Writer
	quiet bool
	n     int
}

func (c *counter) Write(p []byte) (int, error) {
	if len(bytes.TrimSpace(p)) > 0 {
		c.n++
	}
	if c.quiet {
		return len(p), nil
	}
	return c.w.Write(p)
}

func summarise(ctx context.Context, h *holding, alerts int) (*account, error) {
	tally, err := h.Index.Tally(ctx)
	if err != nil {
		return nil, err
	}
	st, err := h.Bus.Status(ctx)
	if err != nil {
		return nil, err
	}
	s := &account{tally: tally, alerts: alerts, dead: int(st.Dead)}
	names := map[string]bool{}
	page := index.Page{Size: 200}
	for {
		res, err := h.Index.Search(ctx, copytaster.Query{}, page)
		if err != nil {
			return nil, err
		}
		for _, hit := range res.Hits {
			s.articles++
			s.money += len(hit.Document.Money)
			s.contracts += len(hit.Document.Contracts)
			for _, m := range hit.Document.Mentions {
				if m.Role == copytaster.RoleSupplier {
					names[m.Key()] = true
				}
			}
		}
		if page.After = res.Next; page.After == "" {
			s.suppliers = len(names)
			return s, nil
		}
	}
}

// of counts the URLs in some states.
func (s *account) of(states ...copytaster.State) int {
	n := 0
	for _, c := range s.tally {
		if slices.Contains(states, c.State) {
			n += c.N
		}
	}
	return n
}

// check says what does not balance: every URL must have ended, every article
// that the ledger has indexed must be found, and every death must have its
// letter.
func (s *account) check() error {
	var errs []error
	if n := s.of(copytaster.StatePending); n > 0 {
		errs = append(errs, fmt.Errorf("%d URLs have not ended", n))
	}
	if n := s.of(copytaster.StateIndexed, copytaster.StateUnchanged); n != s.articles {
		errs = append(errs, fmt.Errorf("the ledger says that %d articles are indexed, the index holds %d", n, s.articles))
	}
	if n := s.of(copytaster.StateDead, copytaster.StateGone); n != s.dead {
		errs = append(errs, fmt.Errorf("the ledger says that %d URLs died, there are %d dead letters", n, s.dead))
	}
	if len(errs) > 0 {
		return fmt.Errorf("the ledger does not balance: %w", errors.Join(errs...))
	}
	return nil
}

func (p *printer) account(s *account) {
	found := 0
	for _, c := range s.tally {
		found += c.N
	}
	p.line("\n%s", p.bold("Summary"))
	p.line("  %4d URLs found", found)
	p.tally(s.tally)
	p.line("  %4d articles: %d suppliers named, %d contracts, %d money figures", s.articles, s.suppliers, s.contracts, s.money)
	p.line("  %4d alerts from 3 watches", s.alerts)
}

// tally prints the states in their order, each with its reasons.
func (p *printer) tally(counts []index.Count) {
	for _, state := range copytaster.States() {
		n, reasons := 0, []index.Count{}
		for _, c := range counts {
			if c.State == state {
				n += c.N
				reasons = append(reasons, c)
			}
		}
		if n == 0 {
			continue
		}
		p.line("  %4d %s", n, label(state))
		if state == copytaster.StateIndexed || state == copytaster.StateUnchanged || state == copytaster.StateDuplicate {
			continue // their reasons say nothing new
		}
		for _, r := range reasons {
			p.line("         %d: %s", r.N, alert.Plain(r.Reason))
		}
	}
}

// next tells a newcomer what to type.
func (p *printer) next(dir, base string) {
	run := "go run ./cmd/copytaster -d " + dir
	p.line("\n%s", p.bold("What to type next"))
	p.line("  %s search 'supplier:atos'", run)
	p.line("  %s search 'money:>=100m currency:gbp'", run)
	p.line("  %s search 'contract:(supplier:serco status:awarded)'", run)
	p.line("  %s why %s/courier/news/care-records", run, base)
	p.line("  %s add FILE-OR-URL...", run)
}
