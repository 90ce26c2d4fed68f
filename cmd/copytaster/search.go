// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/control"
)

// searchOptions are the flags of the verb.
type searchOptions struct {
	csv    bool
	sort   string
	limit  int
	after  string
	facets []string
	fail   bool
}

func searchCmd(g *globals) *cobra.Command {
	var o searchOptions
	c := &cobra.Command{
		Use:   "search QUERY...",
		Short: "Search the archive",
		Long: `Search the archive: docs/QUERY.md describes the language. Examples:

  copytaster search 'supplier:atos'
  copytaster search 'money:>=500m currency:gbp'
  copytaster search 'contract:(supplier:atos status:exiting_early)'
  copytaster search '"fit for work" -kind:opinion published:2014..2016'
  copytaster search 'supplier:*' --sort amount --facets money`,
		RunE: g.operation(nil, func(cmd *cobra.Command, s *session, args []string, p *printer) error {
			query := strings.Join(args, " ")
			page := index.Page{Size: o.limit, After: o.after, Sort: index.Sort(o.sort), Facets: o.facets}
			reply, err := s.Search(cmd.Context(), control.SearchRequest{Query: query, Page: page})
			if err != nil {
				return queryError(query, err)
			}
			if err := g.printHits(p, o, reply); err != nil {
				return err
			}
			if o.fail && reply.Total == 0 {
				return errors.New("no hits")
			}
			return nil
		}),
	}
	f := c.Flags()
	f.BoolVar(&o.csv, "csv", false, "write CSV")
	f.StringVarP(&o.sort, "sort", "s", "newest", "newest, oldest, fetched (latest in), relevance (best match) or amount (largest figure)")
	f.IntVarP(&o.limit, "limit", "n", 20, "hits on the page, 1 to 1000")
	f.StringVar(&o.after, "after", "", "the page after this cursor")
	f.StringSliceVar(&o.facets, "facets", nil, "fields to count over all hits: "+strings.Join(index.FacetNames(), ", "))
	f.BoolVar(&o.fail, "fail-empty", false, "exit 1 if nothing is found")
	return c
}

// queryError shows where a query is wrong.
func queryError(query string, err error) error {
	var f *control.Fault
	if !errors.As(err, &f) || f.Pos == 0 || f.Pos > len(query)+1 {
		return err
	}
	column := len([]rune(query[:f.Pos-1]))
	return usage(fmt.Errorf("%s\n  %s\n  %s^", f.Msg, query, strings.Repeat(" ", column)))
}

func (g *globals) printHits(p *printer, o searchOptions, r control.SearchReply) error {
	switch {
	case g.json:
		return json.NewEncoder(p.w).Encode(r)
	case o.csv:
		w := copytaster.NewCSVWriter(p.w)
		for i := range r.Hits {
			if err := w.Write(r.Hits[i].Document, r.Hits[i].Evidence.Sentence); err != nil {
				return err
			}
		}
		return w.Flush()
	}
	for _, n := range r.Notices {
		p.text("", "note: "+alert.Plain(n))
	}
	p.line("%s", counted(r.Total, len(r.Hits), o))
	for i := range r.Hits {
		p.hit(i+1, &r.Hits[i], index.Sort(o.sort))
	}
	for _, name := range o.facets {
		p.facet(name, r.Facets[name])
	}
	if r.Next != "" {
		p.line("\nmore: --after %s", r.Next)
	}
	return p.err
}

func counted(total, shown int, o searchOptions) string {
	switch {
	case total == 0:
		return "no hits"
	case total == 1:
		return "1 hit"
	case shown < total:
		return fmt.Sprintf("%d hits, %s first; %d shown", total, orderName(o.sort), shown)
	}
	return fmt.Sprintf("%d hits, %s first", total, orderName(o.sort))
}

func orderName(s string) string {
	switch index.Sort(s) {
	case index.SortRelevance:
		return "best"
	case index.SortFetched:
		return "latest in"
	case index.SortAmount:
		return "largest figure"
	}
	return s
}
