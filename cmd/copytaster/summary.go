// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/bus"
)

// account is what a run came to.
type account struct {
	tally                       []index.Count
	articles, dead              int
	suppliers, contracts, money int
	edits                       []edit
	watches                     int
	alerts                      []copytaster.Alert // each once, however often it was delivered
}

// edit is a story that its publisher changed: its headline before and after.
type edit struct{ before, after string }

// summarise reads from the ledger, the index and the bus what a run came to.
func summarise(ctx context.Context, h *holding, watches []copytaster.Watch) (*account, error) {
	tally, err := h.Index.Tally(ctx)
	if err != nil {
		return nil, err
	}
	st, err := h.Bus.Status(ctx)
	if err != nil {
		return nil, err
	}
	s := &account{tally: tally, watches: len(watches), dead: int(st.Dead)}
	names := map[string]bool{}
	page := index.Page{Size: 200}
	for {
		res, err := h.Index.Search(ctx, copytaster.Query{}, page)
		if err != nil {
			return nil, err
		}
		for _, hit := range res.Hits {
			s.add(hit.Document, names)
			if err := s.follow(ctx, h, hit.Document.ID, watches); err != nil {
				return nil, err
			}
		}
		if page.After = res.Next; page.After == "" {
			s.suppliers = len(names)
			return s, nil
		}
	}
}

// add counts what was found in an article.
func (s *account) add(d *copytaster.Document, names map[string]bool) {
	s.articles++
	s.money += len(d.Money)
	s.contracts += len(d.Contracts)
	for _, m := range d.Mentions {
		if m.Role == copytaster.RoleSupplier {
			names[m.Key()] = true
		}
	}
}

// follow looks up whether an article was edited, and which alerts it rang: those
// that stand in the stream, which holds each once.
func (s *account) follow(ctx context.Context, h *holding, id string, watches []copytaster.Watch) error {
	revisions, err := h.Index.Revisions(ctx, id)
	if err != nil {
		return err
	}
	if first, last := revisions[len(revisions)-1], revisions[0]; first.Hash != last.Hash {
		s.edits = append(s.edits, edit{first.Headline(), last.Headline()})
	}
	for _, w := range watches {
		m, err := h.Bus.Last(ctx, bus.AlertSubject(w.Name, id))
		if errors.Is(err, bus.ErrNotFound) {
			continue
		}
		var a copytaster.Alert
		if err == nil {
			err = json.Unmarshal(m.Data, &a)
		}
		if err != nil {
			return fmt.Errorf("alert of watch %s: %w", w.Name, err)
		}
		s.alerts = append(s.alerts, a)
	}
	return nil
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
	p.line("\n%s", p.bold("What became of it"))
	p.line("  %4d URLs found", found)
	p.tally(s.tally)
	p.line("  %4d articles: %s named, %s, %s", s.articles, plural(s.suppliers, "supplier", "suppliers"),
		plural(s.contracts, "contract", "contracts"), plural(s.money, "money figure", "money figures"))
	for _, e := range s.edits {
		p.text("       ", "edited since: "+p.bold(alert.Plain(e.after)))
		if e.before != e.after {
			p.text("       ", "before: "+alert.Plain(e.before))
		}
	}
	p.rang(s)
}

// plural is "1 watch" or "2 watches".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// maxShown is how many alerts a summary shows.
const maxShown = 5

// rang shows how many alerts each watch rang, and some of them: one of each
// watch before a second of any.
func (p *printer) rang(s *account) {
	p.line("\n%s", p.bold(fmt.Sprintf("%s from %s", plural(len(s.alerts), "alert", "alerts"), plural(s.watches, "watch", "watches"))))
	for _, a := range someOf(s.alerts, maxShown) {
		p.line("  %s", p.dim(alert.Plain(a.Watch)))
		p.text("    ", p.bold(alert.Plain(cmp.Or(a.Title, a.URL))))
		if a.Evidence.Sentence != "" && a.Evidence.Sentence != a.Title {
			p.text("    ", p.marked(a.Evidence.Sentence, a.Evidence.Marks))
		}
	}
	if n := len(s.alerts) - maxShown; n > 0 {
		p.line("  and %d more", n)
	}
}

// someOf returns at most n alerts: the first of each watch, then the second.
func someOf(alerts []copytaster.Alert, n int) []copytaster.Alert {
	turn := map[string]int{}
	turns := make([]int, len(alerts))
	order := make([]int, len(alerts))
	for i, a := range alerts {
		turns[i], order[i] = turn[a.Watch], i
		turn[a.Watch]++
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(turns[a], turns[b]), cmp.Compare(alerts[a].Watch, alerts[b].Watch))
	})
	var out []copytaster.Alert
	for _, i := range order[:min(n, len(order))] {
		out = append(out, alerts[i])
	}
	return out
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
		if state == copytaster.StateIndexed || state == copytaster.StateUnchanged || state == copytaster.StateDuplicate {
			reasons = nil // they say nothing new
		}
		p.state(n, label(state), reasons)
	}
}

// maxReasons is how many reasons of a state are shown: those of most URLs.
const maxReasons = 5

// state prints how many URLs are in a state and why.
func (p *printer) state(n int, name string, reasons []index.Count) {
	reasons = slices.DeleteFunc(reasons, func(c index.Count) bool { return c.Reason == "" })
	if len(reasons) == 1 && reasons[0].N == n {
		p.text("  ", fmt.Sprintf("%4d %s: %s", n, name, alert.Plain(reasons[0].Reason)))
		return
	}
	p.line("  %4d %s", n, name)
	slices.SortStableFunc(reasons, func(a, b index.Count) int { return b.N - a.N })
	for _, r := range reasons[:min(len(reasons), maxReasons)] {
		p.text("         ", fmt.Sprintf("%d: %s", r.N, alert.Plain(r.Reason)))
	}
	if more := len(reasons) - maxReasons; more > 0 {
		p.line("         and %s", plural(more, "other reason", "other reasons"))
	}
}

// next tells a newcomer what to type: as the program was started.
func (p *printer) next(dir, base string) {
	run := os.Args[0]
	if strings.Contains(os.Args[0], "go-build") {
		run = "go run ./cmd/copytaster"
	}
	run += " -d " + dir
	p.line("\n%s", p.bold("What to type next"))
	p.line("  %s search 'supplier:atos'", run)
	p.line("  %s search 'money:>=100m currency:gbp' --sort amount", run)
	p.line("  %s search 'contract:(supplier:serco status:awarded)'", run)
	p.line("  %s why %s/courier/news/care-records", run, base)
	p.line("  %s add FILE-OR-URL...", run)
}
