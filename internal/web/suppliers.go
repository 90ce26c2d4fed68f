// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/contracts"
)

// maxDealArticles bounds the articles with contracts that the table of suppliers
// reads: the newest of the period.
const maxDealArticles = 2000

// suppliersData is the table of the suppliers that a period's copy names.
type suppliersData struct {
	Periods []option
	Days    int // 0 for all time
	Rows    []supplierRow
	Stories int  // articles that name any
	Cut     bool // contracts were counted in the newest articles only
	More    bool // suppliers beyond those shown
}

// supplierRow is one supplier in a period.
type supplierRow struct {
	Name, Link string
	Stories    int
	Contracts  int
	Largest    []string // the largest sum in each currency
}

func (s *server) suppliers(r *http.Request) (view, error) {
	d := suppliersData{Days: 30}
	if n, err := strconv.Atoi(r.FormValue("days")); err == nil && n >= 0 && n <= 3660 {
		d.Days = n
	}
	for _, p := range []option{{Value: "7", Text: "the last 7 days"}, {Value: "30", Text: "the last 30 days"}, {Value: "365", Text: "the last year"}, {Value: "0", Text: "all time"}} {
		p.Chosen = p.Value == strconv.Itoa(d.Days)
		d.Periods = append(d.Periods, p)
	}
	period := s.period(d.Days)
	q, _, err := s.resolve("supplier:* " + period)
	if err != nil {
		return view{}, err
	}
	res, err := s.Index.Search(r.Context(), q, index.Page{Size: 1, Facets: []string{"supplier"}})
	if err != nil {
		return view{}, err
	}
	sums, cut, err := s.sums(r.Context(), period)
	if err != nil {
		return view{}, err
	}
	d.Stories, d.Cut, d.More = res.Total, cut, len(res.Facets["supplier"]) == index.Buckets("supplier")
	for _, b := range res.Facets["supplier"] {
		row := supplierRow{Name: cmp.Or(b.Label, b.Value), Link: supplierLink(b.Value), Stories: b.Count}
		if sum := sums[b.Value]; sum != nil {
			row.Contracts, row.Largest = sum.n, sum.labels()
		}
		d.Rows = append(d.Rows, row)
	}
	return view{name: "suppliers", Title: "Suppliers", Data: d}, nil
}

// period is the condition of the last days by the newsroom's calendar, "" for
// all time.
func (s *server) period(days int) string {
	if days == 0 {
		return ""
	}
	now := s.Now().In(s.Zone)
	return "published:" + now.AddDate(0, 0, 1-days).Format("2006-01-02") + ".." + now.Format("2006-01-02")
}

// dealSum is the contracts of one supplier.
type dealSum struct {
	n       int
	largest map[string]*copytaster.Money // by currency
}

// sums counts the contracts of a period by supplier: by id or, for one that was
// discovered, by folded name, as the facet does. cut tells that there were too
// many articles to read them all.
func (s *server) sums(ctx context.Context, period string) (sums map[string]*dealSum, cut bool, err error) {
	q, _, err := s.resolve("contract:(supplier:*) " + period)
	if err != nil {
		return nil, false, err
	}
	sums = map[string]*dealSum{}
	page := index.Page{Size: exportPage}
	for read := 0; read < maxDealArticles; read += exportPage {
		res, err := s.Index.Search(ctx, q, page)
		if err != nil {
			return nil, false, err
		}
		for _, h := range res.Hits {
			for i := range h.Document.Contracts {
				addSums(sums, &h.Document.Contracts[i])
			}
		}
		if page.After = res.Next; page.After == "" {
			return sums, false, nil
		}
	}
	return sums, true, nil
}

func addSums(sums map[string]*dealSum, c *copytaster.Contract) {
	for _, p := range c.Suppliers {
		key := cmp.Or(p.Entity, copytaster.FoldName(p.Name))
		if sums[key] == nil {
			sums[key] = &dealSum{largest: map[string]*copytaster.Money{}}
		}
		sums[key].n++
		if m := contracts.Total(c); m != nil {
			sums[key].offer(m)
		}
	}
}

// offer keeps a figure if it is the largest of its currency.
func (d *dealSum) offer(m *copytaster.Money) {
	_, high, _ := m.Interval()
	if old := d.largest[m.Currency]; old != nil {
		if _, had, _ := old.Interval(); had >= high {
			return
		}
	}
	d.largest[m.Currency] = m
}

func (d *dealSum) labels() []string {
	var all []string
	for _, m := range d.largest {
		all = append(all, m.Label())
	}
	slices.SortFunc(all, strings.Compare)
	return all
}
