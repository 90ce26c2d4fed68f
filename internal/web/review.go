// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// Reviewer keeps what the newsroom decides of discovered suppliers. Decide is
// repeatable; what makes no sense is an error and changes nothing.
type Reviewer interface {
	Decisions(ctx context.Context) ([]copytaster.Decision, error)
	Decide(ctx context.Context, name string, v copytaster.Verdict) (copytaster.Decision, error)
}

// The review reads the latest articles that name a supplier, and shows the names
// that most of them have.
const (
	reviewArticles = 1000
	reviewNames    = 50
	reviewSamples  = 2
)

// reviewData is the names to decide on, and those that were decided.
type reviewData struct {
	Names   []candidate
	More    int // names that are not shown
	Read    int // articles that were read
	Decided []copytaster.Decision
	Said    string
	Problem string
}

// candidate is a discovered supplier with sentences that name it.
type candidate struct {
	Name     string
	Search   string // link to its copy
	Articles int
	Mentions int
	Samples  []sample
}

// sample is a sentence and where it stands.
type sample struct {
	Runs             []piece
	Link, Host, Date string
}

func (s *server) review(r *http.Request) (view, error) { return s.reviewView(r, "") }

func (s *server) reviewView(r *http.Request, problem string) (view, error) {
	decided, err := s.Reviewer.Decisions(r.Context())
	if err != nil {
		return view{}, err
	}
	d := reviewData{Decided: decided, Problem: problem, Said: decidedText(r)}
	if err := s.candidates(r.Context(), &d); err != nil {
		return view{}, err
	}
	v := view{name: "review", Title: "Review", Data: d}
	if problem != "" {
		v.status = http.StatusBadRequest
	}
	return v, nil
}

// decidedText is what the write before this page has done.
func decidedText(r *http.Request) string {
	name := r.FormValue("name")
	switch copytaster.Verdict(r.FormValue("done")) {
	case copytaster.VerdictAccepted:
		return name + " is on the newsroom's list. New copy is tagged with it."
	case copytaster.VerdictRejected:
		return name + " is not tagged again in new copy."
	case copytaster.VerdictOpen:
		return "Nothing is decided of " + name + " any more."
	}
	return ""
}

// candidates fills in the names of the latest copy that nobody has decided on.
func (s *server) candidates(ctx context.Context, d *reviewData) error {
	q, _, err := s.resolve("supplier:*")
	if err != nil {
		return err
	}
	found := gathering{decided: map[string]bool{}, at: map[string]int{}}
	for _, v := range d.Decided {
		found.decided[copytaster.FoldName(v.Name)] = true
	}
	page := index.Page{Size: exportPage, Sort: index.SortFetched}
	for d.Read < reviewArticles {
		res, err := s.Index.Search(ctx, q, page)
		if err != nil {
			return err
		}
		for _, h := range res.Hits {
			found.read(h.Document)
		}
		d.Read += len(res.Hits)
		if page.After = res.Next; page.After == "" {
			break
		}
	}
	slices.SortStableFunc(found.names, func(a, b candidate) int { return cmp.Compare(b.Articles, a.Articles) })
	d.Names, d.More = found.names[:min(len(found.names), reviewNames)], max(len(found.names)-reviewNames, 0)
	return nil
}

// gathering collects discovered names in the order of the copy.
type gathering struct {
	decided map[string]bool
	at      map[string]int
	names   []candidate
}

func (g *gathering) read(d *copytaster.Document) {
	here := map[int]bool{}
	for _, m := range d.Mentions {
		key := copytaster.FoldName(m.Name)
		if m.Entity != "" || m.Role != copytaster.RoleSupplier || key == "" || g.decided[key] {
			continue
		}
		i, ok := g.at[key]
		if !ok {
			i = len(g.names)
			g.at[key] = i
			g.names = append(g.names, candidate{Name: m.Name, Search: link("/search", "q", term("supplier", m.Name))})
		}
		c := &g.names[i]
		if c.Mentions++; !here[i] {
			here[i] = true
			c.Articles++
			c.sample(d, m.Span)
		}
	}
}

// sample keeps the sentence of a mention while there are few.
func (c *candidate) sample(d *copytaster.Document, at copytaster.Span) {
	if len(c.Samples) >= reviewSamples {
		return
	}
	for _, s := range d.Sentences {
		if s.Contains(at) && s.Of(d.Text) != "" {
			c.Samples = append(c.Samples, sample{Runs: cut(d.Text, s, labels(d.Mentions, d.Money), []copytaster.Span{at}),
				Link: articleLink(d.ID, term("supplier", c.Name)), Host: host(d.URL), Date: dayText(d.Published)})
			return
		}
	}
}

func (s *server) decide(r *http.Request) (view, error) {
	name, verdict := strings.TrimSpace(r.PostFormValue("name")), copytaster.Verdict(r.PostFormValue("verdict"))
	if _, err := s.Reviewer.Decide(r.Context(), name, verdict); err != nil {
		return s.reviewView(r, err.Error())
	}
	return view{}, redirect(link("/review", "done", string(verdict), "name", name))
}
